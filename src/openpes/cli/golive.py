"""Is the service ready for real people? Says everything that is in the way; with --as, signs that it goes live.

openpes golive --check            what is in the way (exit code 1), or nothing (0)
openpes golive --as USERNAME      go live under the name of an administrator; refused while anything is in the way
openpes golive --leave --as USERNAME --note "why"      no longer live
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpes.core.actors import Actor

NAME = "golive"
HELP = "what keeps the service from going live, and going live"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--check`, `--as`, `--leave` and `--note`."""
    parser.add_argument("--check", action="store_true", help="only say what is in the way")
    parser.add_argument("--as", dest="username", metavar="USERNAME", help="the administrator who signs")
    parser.add_argument("--leave", action="store_true", help="the service is no longer live")
    parser.add_argument("--note", default="", help="a note that stays with the signature")


def run(args: argparse.Namespace) -> int:
    """0: ready, or done; 1: something is in the way, all of it printed; 2: nobody who may sign was named."""
    from openpes.core.clock import now
    from openpes.core.decisions import NotPermitted, Refused
    from openpes.journeys.go_live import go_live, leave_live, obstacles
    from openpes.journeys.go_live_words import OBSTACLE, obstacle_words

    at = now()
    if args.check or not args.username:
        found = obstacles(at=at) if not args.leave else []
        for one in found:
            print(f"{one.about}: {obstacle_words(one)}")
        print(f"{len(found)} in the way." if found else "Nothing is in the way.", file=sys.stderr)
        if not args.check:
            print("Say who signs: openpes golive --as USERNAME", file=sys.stderr)
            return 2
        return 1 if found else 0
    actor = _signer(args.username)
    if actor is None:
        print(f"There is no account {args.username!r} that may sign.", file=sys.stderr)
        return 2
    try:
        if args.leave:
            leave_live(why=args.note, by=actor, at=at)
        else:
            go_live(note=args.note, by=actor, at=at)
    except NotPermitted:
        print(f"{args.username!r} may not sign this: it takes an administrator.", file=sys.stderr)
        return 2
    except Refused as refused:
        for reason in refused.decision.reasons:
            print(str(OBSTACLE.get(reason.code, reason.code)) % {"thing": "", "count": 0, **reason.facts})
        print(f"{len(refused.decision.reasons)} in the way. Nothing was changed.", file=sys.stderr)
        return 1
    print("The service is no longer live." if args.leave else "The service is live.", file=sys.stderr)
    return 0


def _signer(username: str) -> Actor | None:
    """The actor behind a sign-in name, or None."""
    from openpes.core.clock import now
    from openpes.organisations.queries import actor_for
    from openpes.people.queries import account_by_username
    from openpes.reference.country import today

    account = account_by_username(username)
    return actor_for(account, on=today(now())) if account is not None and account.is_active else None
