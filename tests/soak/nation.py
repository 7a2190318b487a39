"""Kill a national run again and again at any moment: readers see a whole run, and the next one sweeps what is left.

    python tests/soak/nation.py [--rounds 10]

The database is the one of OPENPES_DATA or DATABASE_URL, made before by tests/bench/nation.py; everybody in it is
synthetic.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openpes.config.settings")
os.environ.setdefault("OPENPES_COUNTRY", "PH")

import django  # noqa: E402


def start() -> subprocess.Popen[bytes]:
    """A run in a process of its own."""
    paths = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(
        [sys.executable, "-m", "openpes.cli", "match-nation"],
        env={**os.environ, "PYTHONPATH": paths},
        stderr=subprocess.DEVNULL,
    )


def faults() -> list[str]:
    """What is wrong with what readers see now."""
    from openpes.matching.models import CurrentRun, SuggestionList
    from openpes.matching.packing import unpack

    run: Any = CurrentRun.objects.select_related("run").get().run
    lists = SuggestionList.objects.filter(run=run)
    listed = sum(len(unpack(row.vacancies)) for row in lists.iterator(chunk_size=5_000))
    wrong = [] if run.finished_at is not None else [f"readers see run {run.pk}, which is not finished"]
    return wrong + ([] if listed == run.suggestions else [f"run {run.pk} says {run.suggestions}, and {listed} stand"])


def main() -> int:
    """0: every round left a whole run; 1: it did not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    django.setup()
    from openpes.matching.models import CurrentRun, MatchRun, SuggestionList

    began = time.monotonic()
    if start().wait() != 0:
        print("The first run did not end well.")
        return 1
    whole, draw, bad = time.monotonic() - began, random.Random(args.seed), 0
    for number in range(1, args.rounds + 1):
        # What a killed run leaves is silent for ten minutes before another may start: here it is told to be so.
        victim, wait = start(), draw.uniform(0.2, whole)
        time.sleep(wait)
        victim.kill()
        victim.wait()
        found = faults()
        bad += len(found)
        print(f"round {number}: killed after {wait:.1f} s; {'; '.join(found) or 'readers see a whole run'}", flush=True)
        MatchRun.objects.filter(finished_at=None, stopped_at=None).update(heartbeat_at=None)
    if start().wait() != 0:
        print("The last run did not end well.")
        return 1
    left = SuggestionList.objects.exclude(run=CurrentRun.objects.get().run).count()
    found = faults() + ([f"{left} lists of other runs are left"] if left else [])
    print("; ".join(found) or "the last run is whole, and nothing of the killed ones is left")
    return 1 if bad or found else 0


if __name__ == "__main__":
    sys.exit(main())
