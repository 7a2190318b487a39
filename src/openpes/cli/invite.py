"""Invites the first administrator of a service, or another who works for the whole of it; prints the link to hand over.

Everybody else is invited on a page, by an administrator or the manager of their office. The link is shown once.
"""

from __future__ import annotations

import argparse
import sys

NAME = "invite"
HELP = "invite an administrator or a statistician"
NEEDS_DJANGO = True
ROLES = ("administrator", "analyst")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who, and for what."""
    parser.add_argument("--role", choices=ROLES, default="administrator", help="what for (administrator)")
    parser.add_argument("--name", required=True, metavar="NAME", help="the person's name, as they write it")
    parser.add_argument("--username", required=True, metavar="NAME", help="the name to sign in with")
    parser.add_argument("--lang", metavar="L", help="language of the pages, such as en (the first of the country)")


def run(args: argparse.Namespace) -> int:
    """0: invited, the link is on standard output; 2: not invited, and why."""
    from django.conf import settings
    from django.urls import reverse

    from openpes.core.actors import system
    from openpes.core.clock import now
    from openpes.core.decisions import Refused
    from openpes.organisations.operations import invite_staff
    from openpes.organisations.words import REASON

    languages = [code for code, _name in settings.LANGUAGES]
    language = args.lang or languages[0]
    if language not in languages:
        print(f"The pages do not speak {language}. Choose one of {', '.join(languages)}.", file=sys.stderr)
        return 2
    by = system("staff.invite", label="command line")
    try:
        invitation, key = invite_staff(
            name=args.name, username=args.username, role=args.role, office=None, language=language, by=by, at=now(),
            secret=settings.SECRET_KEY,
        )  # fmt: skip
    except Refused as refused:
        for reason in refused.decision.reasons:
            print(str(REASON[reason.code]) % reason.facts, file=sys.stderr)
        return 2
    print(reverse("web:invitation", args=[key]))
    print(
        f"Hand this address of your service to {invitation.name}. It works once, until "
        f"{invitation.expires_at:%Y-%m-%d %H:%M} UTC, and is not kept anywhere.",
        file=sys.stderr,
    )
    return 0
