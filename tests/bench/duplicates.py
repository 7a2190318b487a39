"""Measure how well copies of one job are found: recall and precision on seeded sets with noise.

script/bench duplicates [--pairs 2000] [--seed 1]
"""

from __future__ import annotations

import argparse

from openpes.vacancies.duplicates import DOUBTFUL, SURE, Verdict, verdict
from openpes.vacancies.tests.duplicate_set import pairs


def main() -> None:
    """Print recall and precision of what is called surely one job, and how many pairs a person would be asked about."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    said = [(verdict(one, other)[0], same) for one, other, same in pairs(asked.seed, asked.pairs)]
    hits = sum(one == Verdict.SAME and same for one, same in said)
    found, same_ones = sum(one == Verdict.SAME for one, _same in said), sum(same for _one, same in said)
    doubtful = sum(one == Verdict.DOUBTFUL for one, _same in said)
    print(f"recall {hits / same_ones:.3f}  precision {hits / found:.3f}  doubtful {doubtful / len(said):.3f}")
    print(f"pairs {len(said)}, seed {asked.seed}, sure from {SURE}, doubtful from {DOUBTFUL}")


if __name__ == "__main__":
    main()
