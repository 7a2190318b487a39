"""`openpes card …`: signed practice cards and adaptation logs as files: check, take in, write out."""

from __future__ import annotations

import argparse
from pathlib import Path

from openpes.cli.signed_papers import answered, verify, write_out

NAME = "card"
HELP = "practice cards of this and other countries: verify, import, export, log, key"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    checking = actions.add_parser("verify", help="does the signature fit? needs no database and no network")
    checking.add_argument("file", type=Path)
    taking = actions.add_parser("import", help="take in a card or a log; prints it beside the law of this country")
    taking.add_argument("file", type=Path)
    taking.add_argument("--compared", action="store_true", help="the fingerprint was compared by telephone")
    export = actions.add_parser("export", help="write out a card or a log that is held here")
    export.add_argument("ref", help="its number on the page, or the id of a card")
    export.add_argument("--out", type=Path, help="file to write (standard output when left out)")
    actions.add_parser("list", help="cards that are held")
    actions.add_parser("key", help="the fingerprint of this service's own key")


def run(args: argparse.Namespace) -> int:
    """Do it. 1 where a signature does not fit or the file is refused, 2 where it cannot begin."""
    actions = {"verify": verify, "import": _import, "export": _export, "list": _list, "key": _key}
    return answered(actions, args)


def _actor():
    from openpes.core.actors import system

    return system("practice.view", "practice.exchange", label="command")


def _import(args: argparse.Namespace) -> int:
    from openpes.core.clock import now
    from openpes.exchange.operations import take_paper
    from openpes.exchange.papers import Kind
    from openpes.exchange.queries import law_beside
    from openpes.reference.country import today

    at = now()
    held = take_paper(text=args.file.read_text("utf-8"), key_compared=args.compared, by=_actor(), at=at)
    print(f"{held.ref}\t{held.kind}\t{held.title}\t{held.signer}")
    if held.kind == Kind.CARD:
        for line in law_beside(held, on=today(at)):
            print(f"{line.level}\t{line.what}\t{line.says}")
    return 0


def _export(args: argparse.Namespace) -> int:
    from openpes.exchange.queries import paper_by_name

    return write_out(paper_by_name(_actor(), args.ref).text, args.out)


def _list(args: argparse.Namespace) -> int:
    from openpes.exchange.queries import cards

    for one in cards(_actor()):
        whose = "own" if one.own else "of others"
        print(f"{one.ref}\t{one.subject}\t{one.number}\t{whose}\t{one.title}")
    return 0


def _key(args: argparse.Namespace) -> int:
    from openpes.exchange.keys import own_public_key
    from openpes.exchange.papers import fingerprint_of

    print(fingerprint_of(own_public_key()))
    return 0
