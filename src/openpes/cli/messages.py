"""`openpes messages extract|compile|check`: the message catalogues of the pages."""

from __future__ import annotations

import argparse
import sys

NAME = "messages"
HELP = "collect, compile and check translations"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("act", choices=["extract", "compile", "check"])
    parser.add_argument("--lang", action="append", default=[], help="only this language (can be repeated)")


def run(args: argparse.Namespace) -> int:
    """1 when a check finds sentences that a language lacks."""
    from openpes.config import catalogues

    if args.act == "compile":
        done = catalogues.compile_all(only_stale=False)
        print(f"Compiled: {', '.join(done) or 'nothing to compile'}.", file=sys.stderr)
        return 0
    template = catalogues.collect()
    chosen = args.lang or catalogues.languages()
    if args.act == "extract":
        for language in chosen:
            catalogues.update(language, template)
        print(f"{len(template)} sentences in {', '.join(chosen)}.", file=sys.stderr)
        return 0
    found = [gap for language in chosen for gap in catalogues.gaps(language, template)]
    for gap in found:
        print(f"{gap.language}: {gap.problem}: {gap.sentence}")
    print(f"{len(template)} sentences, {len(found)} gaps in {', '.join(chosen)}.", file=sys.stderr)
    return 1 if found else 0
