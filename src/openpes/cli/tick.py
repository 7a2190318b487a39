"""Whatever is due now: answer clocks, reminders, expiries. Run it from a timer, or let the worker do it each minute."""

from __future__ import annotations

import argparse
import json
import sys

NAME = "tick"
HELP = "do whatever is due now"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It needs none: the clock says what is due."""


def tick() -> dict[str, int]:
    """Run every clock once; returns what was done, by name."""
    from openpes.core.clock import now
    from openpes.journeys import clocks

    return clocks.run_due(at=now())


def run(args: argparse.Namespace) -> int:
    """0: everything that was due is done."""
    done = tick()
    print(json.dumps(done))
    print("Everything that was due is done.", file=sys.stderr)
    return 0
