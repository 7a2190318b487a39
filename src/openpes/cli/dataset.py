"""`openpes dataset …`: the comparable mini-dataset as signed files: write ours, check and take in those of others."""

from __future__ import annotations

import argparse
from pathlib import Path

from openpes.cli.signed_papers import answered, verify, write_out

NAME = "dataset"
HELP = "comparable figures between countries: export, verify, import"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    export = actions.add_parser("export", help="sign the latest published month")
    export.add_argument("--out", type=Path, help="file to write (standard output when left out)")
    checking = actions.add_parser("verify", help="does the signature fit? needs no database and no network")
    checking.add_argument("file", type=Path)
    taking = actions.add_parser("import", help="take in the figures of another country")
    taking.add_argument("file", type=Path)
    taking.add_argument("--compared", action="store_true", help="the fingerprint was compared by telephone")


def run(args: argparse.Namespace) -> int:
    """Do it. 1 where a signature does not fit or the file is refused, 2 where it cannot begin."""
    actions = {"export": _export, "verify": verify, "import": _import}
    return answered(actions, args)


def _actor():
    from openpes.core.actors import system

    return system("practice.view", "dataset.exchange", label="command")


def _export(args: argparse.Namespace) -> int:
    from openpes.core.clock import now
    from openpes.exchange.dataset import sign_dataset

    return write_out(sign_dataset(by=_actor(), at=now()).text, args.out)


def _import(args: argparse.Namespace) -> int:
    from openpes.core.clock import now
    from openpes.exchange.operations import take_paper

    text = args.file.read_text("utf-8")
    held = take_paper(text=text, key_compared=args.compared, by=_actor(), at=now())
    print(f"{held.ref}\t{held.title}\t{held.signer}")
    return 0
