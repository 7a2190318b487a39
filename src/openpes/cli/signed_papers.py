"""What the commands about signed papers (`card`, `dataset`) share: how they end, check and write."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

Action = Callable[[argparse.Namespace], int]


def answered(actions: Mapping[str, Action], args: argparse.Namespace) -> int:
    """Do what is asked. 1 where a signature does not fit or the file is refused, 2 where it cannot begin."""
    from openpes.core.decisions import NotFound, Refused
    from openpes.exchange.papers import BadPaper
    from openpes.exchange.words import told

    try:
        return actions[args.action](args)
    except BadPaper as bad:
        print(str(bad), file=sys.stderr)
        return 1
    except Refused as refused:
        print("\n".join(told(refused)), file=sys.stderr)
        return 1
    except NotFound:
        print("Nothing with this number is held. See: openpes card list", file=sys.stderr)
        return 2
    except (OSError, UnicodeDecodeError) as wrong:
        print(str(wrong), file=sys.stderr)
        return 2


def verify(args: argparse.Namespace) -> int:
    """Does the signature fit? Needs no database and no network."""
    from openpes.exchange.papers import read_paper

    paper = read_paper(args.file.read_text("utf-8"))
    print(f"The signature fits.\nsigned by\t{paper.signer}\nkey\t{paper.fingerprint}\nSHA-256\t{paper.digest}")
    print("The name is what the signer wrote. Compare the key by telephone.")
    return 0


def write_out(text: str, out: Path | None) -> int:
    """Into the file that was named, or onto standard output."""
    if out is None:
        sys.stdout.write(text)
    else:
        out.write_text(text, "utf-8")
        print(f"Wrote {out}.", file=sys.stderr)
    return 0
