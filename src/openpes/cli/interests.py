"""``openpes interests reliability``: how far the questions on interests can be trusted, from answers without names.

Counts only people who agreed to it. Below 100 people it says how many are lacking, and nothing else.
"""

from __future__ import annotations

import argparse
import sys

NAME = "interests"
HELP = "how far the questions on interests can be trusted here"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``reliability`` to the parser."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="reliability")
    one = verbs.add_parser("reliability", help="alpha, the weakest question and test-retest of each side of work")
    one.add_argument("--form", choices=("short", "long"), default="short", help="30 or 60 questions (short)")


def run(args: argparse.Namespace) -> int:
    """0: told; 1: too few answers yet."""
    from openpes.interests.queries import reliability
    from openpes.interests.rules import LEAST_ANSWERS
    from openpes.interests.states import Length
    from openpes.reference.country import country

    people, twice, lines = reliability(Length(args.form))
    print(f"{country().name}, {args.form} form: {people} people agreed, {twice} of them answered twice.")
    if not lines:
        print(f"Too few: at least {LEAST_ANSWERS} people are needed.", file=sys.stderr)
        return 1
    print("side  alpha  weakest question (with the rest)  test-retest")
    for one in lines:
        retest = _two(one.retest) if one.retest is not None else f"needs {LEAST_ANSWERS} people twice"
        print(f"{one.side.value:<5} {_two(one.alpha):>5}  {one.weakest} ({_two(one.weakest_with_rest)})  {retest}")
    return 0


def _two(number: float | None) -> str:
    return "-" if number is None else f"{number:.2f}"
