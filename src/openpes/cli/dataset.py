"""`openpes dataset …`: the comparable mini-dataset as signed files: write ours, check and take in those of others."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

NAME = "dataset"
HELP = "comparable figures between countries: export, verify, import"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    export = actions.add_parser("export", help="sign the latest published month")
    export.add_argument("--out", type=Path, help="file to write (standard output when left out)")
    verify = actions.add_parser("verify", help="does the signature fit? needs no database and no network")
    verify.add_argument("file", type=Path)
    taking = actions.add_parser("import", help="take in the figures of another country")
    taking.add_argument("file", type=Path)
    taking.add_argument("--compared", action="store_true", help="the fingerprint was compared by telephone")


def run(args: argparse.Namespace) -> int:
    """Do it. 1 where a signature does not fit or the file is refused, 2 where it cannot begin."""
    from openpes.core.decisions import Refused
    from openpes.exchange.papers import BadPaper
    from openpes.exchange.words import told

    actions: dict[str, Callable[[argparse.Namespace], int]] = {"export": _export, "verify": _verify, "import": _import}
    try:
        return actions[args.action](args)
    except BadPaper as bad:
        print(str(bad), file=sys.stderr)
        return 1
    except Refused as refused:
        print("\n".join(told(refused)), file=sys.stderr)
        return 1
    except (OSError, UnicodeDecodeError) as wrong:
        print(str(wrong), file=sys.stderr)
        return 2


def _actor():
    from openpes.core.actors import system

    return system("practice.view", "dataset.exchange", label="command")


def _export(args: argparse.Namespace) -> int:
    from openpes.core.clock import now
    from openpes.exchange.dataset import sign_dataset

    text = sign_dataset(by=_actor(), at=now()).text
    if args.out is None:
        sys.stdout.write(text)
    else:
        args.out.write_text(text, "utf-8")
        print(f"Wrote {args.out}.", file=sys.stderr)
    return 0


def _verify(args: argparse.Namespace) -> int:
    from openpes.exchange.papers import read_paper

    paper = read_paper(args.file.read_text("utf-8"))
    print(f"The signature fits.\nsigned by\t{paper.signer}\nkey\t{paper.fingerprint}\nSHA-256\t{paper.digest}")
    return 0


def _import(args: argparse.Namespace) -> int:
    from openpes.core.clock import now
    from openpes.exchange.operations import take_paper

    text = args.file.read_text("utf-8")
    held = take_paper(text=text, key_compared=args.compared, by=_actor(), at=now())
    print(f"{held.ref}\t{held.title}\t{held.signer}")
    return 0
