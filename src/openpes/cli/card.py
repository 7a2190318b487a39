"""`openpes card …`: signed practice cards and adaptation logs as files: check, take in, write out."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from openpes.cli.signed_papers import answered, verify, write_out

NAME = "card"
HELP = "practice cards of this and other countries: make, verify, import, draft, export, list, key"
TOLD = "problem, target_group, staff, cost, contact, preconditions, steps, result, grade, texts"
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
    making = actions.add_parser("make", help="sign a card of a programme that runs here, and write it out")
    making.add_argument("programme", help="the number of the programme")
    making.add_argument("--told", type=Path, required=True, help=f"YAML file with what people know: {TOLD}")
    making.add_argument("--script", action="append", default=[], help="an interview script to send along (repeat it)")
    making.add_argument("--out", type=Path, help="file to write (standard output when left out)")
    drafting = actions.add_parser("draft", help="make a draft programme of a card that is held")
    drafting.add_argument("ref", help="its number on the page, or the id of a card")
    drafting.add_argument("--script", help="lay this script of the card before an office, too")
    drafting.add_argument("--office", help="the code of that office")
    actions.add_parser("scripts", help="interview scripts that a card can carry")
    actions.add_parser("list", help="cards that are held")
    actions.add_parser("key", help="the fingerprint of this service's own key")


def run(args: argparse.Namespace) -> int:
    """Do it. 1 where a signature does not fit or the file is refused, 2 where it cannot begin."""
    actions = {
        "make": _make,
        "verify": verify,
        "import": _import,
        "draft": _draft,
        "export": _export,
        "scripts": _scripts,
        "list": _list,
        "key": _key,
    }
    return answered(actions, args)


def _actor():
    from openpes.core.actors import system

    return system("practice.view", "practice.exchange", "programme.draft", "programme.view", label="command")


def _make(args: argparse.Namespace) -> int:
    import yaml

    from openpes.core.clock import now
    from openpes.exchange.making import told_from
    from openpes.exchange.operations import issue_card
    from openpes.exchange.reuse import chosen_scripts
    from openpes.programmes.queries import in_force
    from openpes.reference.country import today

    at = now()
    version = in_force(today(at)).filter(programme__ref=args.programme).first()
    try:
        told = told_from(yaml.safe_load(args.told.read_text("utf-8")), scripts=chosen_scripts(args.script))
    except (yaml.YAMLError, ValueError) as wrong:
        print(f"{args.told}: {wrong}", file=sys.stderr)
        return 2
    if version is None:
        print(f"No programme {args.programme} is in force. Open Programmes and take its number.", file=sys.stderr)
        return 2
    return write_out(issue_card(version=version, told=told, by=_actor(), at=at).text, args.out)


def _draft(args: argparse.Namespace) -> int:
    from openpes.core.clock import now
    from openpes.exchange.operations import adopt
    from openpes.exchange.queries import adoption_of, paper_by_name
    from openpes.exchange.reuse import give_script

    card, at = paper_by_name(_actor(), args.ref), now()
    adoption = adoption_of(card) if args.script else None
    adoption = adoption or adopt(card=card, by=_actor(), at=at)
    print(f"{adoption.programme.ref}\tdraft\t{card.title}")
    if args.script:
        row = give_script(adoption=adoption, code=args.script, office_code=args.office or "", by=_actor(), at=at)
        print(f"{row.ref}\tdraft script\t{row.code}")
    return 0


def _scripts(args: argparse.Namespace) -> int:
    from openpes.exchange.reuse import scripts_to_share

    for one in scripts_to_share():
        print(f"{one.key}\t{one.script.minutes}\t{one.script.title}")
    return 0


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
