"""The national match: everybody against every public vacancy, published when it is whole."""

from __future__ import annotations

import argparse
import sys
import time

NAME = "match-nation"
HELP = "match everybody against every public vacancy"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--stop", action="store_true", help="ask the run that is under way to stop")
    parser.add_argument("--progress", action="store_true", help="say how far it is, also outside a terminal")


def run(args: argparse.Namespace) -> int:
    """0: published, or asked to stop; 1: stopped, or another run is under way."""
    from openpes.core.actors import system
    from openpes.core.clock import now
    from openpes.core.decisions import Refused
    from openpes.journeys.run_match import run_national_match
    from openpes.matching.operations import stop_run
    from openpes.matching.words import REASON

    by = system("match.run", label="match-nation")
    if args.stop:
        found = stop_run(by=by, at=now())
        print("The run stops at its next step." if found else "No run is under way.", file=sys.stderr)
        return 0
    told = _Told() if args.progress or sys.stderr.isatty() else None
    try:
        made = run_national_match(by=by, at=now(), progress=told)
    except Refused as refused:
        print("\n".join(str(REASON[reason.code]) for reason in refused.decision.reasons), file=sys.stderr)
        return 1
    if made.stopped_at is not None:
        print("Stopped. Nothing was published; people see the run before.", file=sys.stderr)
        return 1
    print(
        f"Matched {made.people:,} people and {made.vacancies:,} vacancies in {made.milliseconds / 1000:.1f} s: "
        f"{made.suggestions:,} suggestions.",
        file=sys.stderr,
    )
    if "gap_ppm" in made.sharing:
        print(
            f"Places that could be filled together: {made.sharing['filled']:,} of {made.sharing['places']:,}; "
            f"proven to be within {made.sharing['gap_ppm'] / 10_000:.3f} % of the best there is.",
            file=sys.stderr,
        )
    print(f"{made.unserved['without']:,} people received nothing.", file=sys.stderr)
    return 0


class _Told:
    """A line for each step, and one that renews itself on a terminal."""

    def __init__(self) -> None:
        self._step, self._began, self._last = "", time.monotonic(), 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        if step == self._step and time.monotonic() - self._last < 0.5:
            return
        new, self._step, self._last = step != self._step, step, time.monotonic()
        seconds = self._last - self._began
        if sys.stderr.isatty():
            print(f"\r\033[K{seconds:6.1f} s  {step}: {done:,} of {total:,}", end="", file=sys.stderr, flush=True)
        elif new:
            print(f"{seconds:6.1f} s  {step}", file=sys.stderr, flush=True)
