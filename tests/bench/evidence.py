"""Measure a frozen month: all rows, all tables, all figures, protected; beside the same tables from pandas.

    python -m tests.bench.evidence [--people 100000] [--again] [--write]

The database is the one of OPENPES_DATA or DATABASE_URL, which must be empty or made by this program: everybody in it is
synthetic. The peer is what a statistician would do instead: read the rows with pandas and group them there.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openpes.config.settings")
os.environ.setdefault("OPENPES_COUNTRY", "PH")

import django
import numpy as np

from tests.bench.nation import fill, say

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
MONTH = "2026-10"
DOCS = Path(__file__).resolve().parents[2] / "docs" / "benchmarks"
STATES = ("in_work", "sleeping", "left", "active")


def build(people: int, seed: int = 1) -> None:
    """People who came over two years, a third of whom have moved on since, in all areas of the country."""
    from openpes.jobseekers.models import Jobseeker, JobseekerMove, WantedOccupation
    from openpes.organisations.models import Office
    from openpes.people.models import Person
    from openpes.reference import taxonomy
    from openpes.reference.country import area_choices

    rng = np.random.default_rng(seed)
    areas = [code for code, _name in area_choices("en")]
    codes = list(taxonomy.unit_codes())
    offices = [
        Office.objects.create(code=f"B{i:03d}", name=f"Bench {i}", area_code=areas[i % len(areas)]) for i in range(100)
    ]
    ids = range(1, people + 1)
    came = [AT - timedelta(days=float(days)) for days in rng.uniform(0, 730, people)]
    moved = rng.random(people) < 1 / 3
    later = rng.uniform(1, 300, people)
    say("people ...")
    fill(
        Person,
        {"language": "en", "synthetic": True, "created_at": AT, "name_as_given": "Synthetic"},
        ["id", "ref", "log_key", "born_on", "sex"],
        (
            (i, f"P{i:09d}", f"{i:032d}", date(1990 + int(year), 1, 1), ("female", "male")[int(sex)])
            for i, year, sex in zip(ids, rng.integers(0, 20, people), rng.integers(0, 2, people), strict=True)
        ),
    )
    say("registrations ...")
    fill(
        Jobseeker,
        {"channel": "desk", "last_confirmed_at": AT, "changed_at": AT, "min_pay_currency": "PHP"},
        ["id", "ref", "person_id", "office_id", "registered_at", "area_code", "education_level"],
        (
            (i, f"J{i:09d}", i, offices[i % 100].pk, at, areas[int(place)], int(level))
            for i, at, place, level in zip(
                ids, came, rng.integers(0, len(areas), people), rng.integers(0, 8, people), strict=True
            )
        ),
    )
    fill(
        WantedOccupation,
        {},
        ["jobseeker_id", "position", "isco"],
        ((i, 1, codes[int(at)]) for i, at in zip(ids, rng.integers(0, len(codes), people), strict=True)),
    )
    say("moves ...")
    fill(JobseekerMove, {"state": "active"}, ["jobseeker_id", "at"], zip(ids, came, strict=True))
    fill(
        JobseekerMove,
        {},
        ["jobseeker_id", "state", "at"],
        (
            (i, STATES[i % 4], at + timedelta(days=float(days)))
            for i, at, days, gone in zip(ids, came, later, moved, strict=True)
            if gone
        ),
    )


def freeze_once() -> dict[str, float]:
    """Seconds of a freeze, and of protecting all its tables and figures."""
    from openpes.core.actors import system
    from openpes.insights.freezing import make_freeze
    from openpes.insights.models import Freeze
    from openpes.insights.release import released_figures, released_tables

    began = time.perf_counter()
    earlier = Freeze.objects.filter(month=MONTH).exists()
    note = "measured again" if earlier else ""
    freeze = make_freeze(month=MONTH, note=note, by=system("figures.freeze", label="bench"), at=AT)
    made = time.perf_counter()
    tables, figures = released_tables(freeze), released_figures(freeze)
    done = time.perf_counter()
    say(f"{freeze.people.count():,} rows, {len(tables)} tables, {len(figures)} figures")
    return {"freeze_s": made - began, "protect_s": done - made, "whole_s": done - began}


def peer() -> float:
    """Seconds of the same tables of people from pandas: read the joined rows, work out the states, group."""
    import pandas
    from django.db import connection

    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT j.id, j.office_id, j.area_code, p.sex, p.born_on, j.education_level, j.registered_at, w.isco"
            " FROM jobseekers_jobseeker j JOIN people_person p ON p.id = j.person_id"
            " LEFT JOIN jobseekers_wantedoccupation w ON w.jobseeker_id = j.id AND w.position = 1"
        )
        people = pandas.DataFrame(
            cursor.fetchall(), columns=["id", "office", "area", "sex", "born", "edu", "came", "isco"]
        )
        cursor.execute("SELECT jobseeker_id, state, at FROM jobseekers_jobseekermove")
        moves = pandas.DataFrame(cursor.fetchall(), columns=["id", "state", "at"])
    moves["at"] = pandas.to_datetime(moves["at"], utc=True, format="ISO8601" if moves["at"].dtype == object else None)
    people["born"] = pandas.to_datetime(people["born"])
    end = pandas.Timestamp("2026-10-31T16:00:00Z")
    last = moves[moves["at"] < end].sort_values("at").groupby("id")["state"].last()
    people = people.join(last, on="id")
    active = people[people["state"] == "active"].copy()
    active["band"] = pandas.cut(2026 - active["born"].dt.year, [0, 15, 20, 25, 30, 99], right=False).astype(str)
    active["occ"] = active["isco"].str[:2]
    for columns in (
        ["sex", "band"], ["sex", "edu"], ["area", "sex"], ["area", "band"], ["office"], ["occ", "sex"], ["occ", "area"],
    ):  # fmt: skip
        active.groupby(columns).size()
    return time.perf_counter() - began


def main() -> int:
    """0 when it ran."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--again", action="store_true", help="measure on what stands")
    parser.add_argument("--write", action="store_true", help="keep the result in docs/benchmarks")
    args = parser.parse_args()
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from openpes.jobseekers.models import Jobseeker

    call_command("migrate", verbosity=0)
    if not args.again:
        if Jobseeker.objects.exists():
            print("The database is not empty. Give an empty one, or --again.", file=sys.stderr)
            return 2
        build(args.people)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
    result: dict[str, Any] = {"people": Jobseeker.objects.count(), "database": connection.vendor, **freeze_once()}
    result["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    result["pandas_s"] = peer()
    result["pandas_over_ours"] = result["pandas_s"] / result["whole_s"]
    result = {key: round(value, 2) if isinstance(value, float) else value for key, value in result.items()}
    say(json.dumps(result, indent=1))
    if args.write:
        (DOCS / f"evidence-{result['database']}.json").write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
