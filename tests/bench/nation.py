"""Measure the national run from database to screen: read, match, share out, stage, publish, read one person's list.

    python tests/bench/nation.py [--people 100000] [--vacancies 10000] [--again] [--write]

The database is the one of OPENPES_DATA or DATABASE_URL, which must be empty or made by this program: everybody in it is
synthetic. --again measures on what stands. --write keeps the result in docs/benchmarks.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openpes.config.settings")
os.environ.setdefault("OPENPES_COUNTRY", "PH")

import django  # noqa: E402
import numpy as np  # noqa: E402

AT, ON = datetime(2026, 11, 24, 2, 0, tzinfo=UTC), date(2026, 11, 24)
AT_ONCE = 20_000
DOCS = ROOT / "docs" / "benchmarks"


def say(text: str) -> None:
    """One line now."""
    print(text, flush=True)


def fill(model: Any, constant: dict[str, Any], names: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Rows straight into a table: every column not named has the value in `constant` or the field's default."""
    from django.db import connection, transaction

    fields = {field.column: field for field in model._meta.local_concrete_fields}
    fixed = {}
    for column, field in fields.items():
        if column in names or (column == "id" and "id" not in names):
            continue
        value = constant.get(column, field.get_default())
        fixed[column] = field.get_db_prep_save(value, connection)
    columns = [*names, *fixed]
    tail = tuple(
        value.dumps(value.obj) if hasattr(value, "dumps") and hasattr(value, "obj") else value
        for value in fixed.values()
    )
    into = f'"{model._meta.db_table}" ({", ".join(columns)})'
    batch: list[tuple[Any, ...]] = []
    for row in rows:
        batch.append(row + tail)
        if len(batch) == AT_ONCE:
            _insert(connection, transaction, into, len(columns), batch)
            batch = []
    if batch:
        _insert(connection, transaction, into, len(columns), batch)


def _insert(connection: Any, transaction: Any, into: str, width: int, batch: list[tuple[Any, ...]]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")  # the keys are right by construction
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in batch:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * width)
            cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", batch)  # noqa: S608  names of our own tables


def _texts(lists: Any, prefix: str, known: Any = None) -> Iterator[str | None]:
    start, item = lists.start.tolist(), [f'"{prefix}{i}"' for i in range(lists.width)]
    numbers = lists.item.tolist()
    for row in range(len(lists)):
        labels = ", ".join([item[i] for i in numbers[start[row] : start[row + 1]]])
        yield f"[{labels}]" if known is None or known[row] else None


def build_world(people: int, vacancies: int) -> None:
    """A synthetic nation in the tables."""
    from openpes.jobseekers.models import Jobseeker, WantedOccupation
    from openpes.organisations.models import Employer, Office
    from openpes.people.models import Person
    from openpes.reference.relatedness import proximity_matrix
    from openpes.vacancies.models import Vacancy
    from tests.bench._matching_nation import build

    nation = build(people, vacancies)
    codes, _matrix = proximity_matrix()
    office = Office.objects.create(code="BENCH", name="Bench", area_code="PH-00")
    employers = max(1, vacancies // 5)
    fill(
        Employer,
        {
            "area_code": "PH-00",
            "office_id": office.pk,
            "contact_name": "",
            "state": "verified",
            "registered_at": AT,
            "synthetic": True,
        },
        ["id", "ref", "name", "name_key"],
        ((i, f"E{i:09d}", f"Firm {i}", f"firm {i}") for i in range(1, employers + 1)),
    )
    p, v = nation.people, nation.vacancies
    say("people ...")
    ids = range(1, people + 1)
    fill(
        Person,
        {"language": "en", "synthetic": True, "created_at": AT, "name_as_given": "Synthetic", "sex": "female"},
        ["id", "ref", "log_key", "born_on"],
        ((i, f"P{i:09d}", f"{i:032d}", date(2026 - age, 1, 1)) for i, age in zip(ids, p.age.tolist(), strict=True)),
    )
    fill(
        Jobseeker,
        {
            "office_id": office.pk,
            "channel": "desk",
            "registered_at": AT,
            "last_confirmed_at": AT,
            "changed_at": AT,
            "area_code": "PH-00",
            "skills_confirmed_at": AT,
            "min_pay_currency": "PHP",
        },
        [
            "id",
            "ref",
            "person_id",
            "latitude",
            "longitude",
            "max_km",
            "education_level",
            "experience_months",
            "min_pay_amount",
            "shifts",
            "skill_ids",
            "language_codes",
            "licence_ids",
        ],
        (
            (i, f"J{i:09d}", i, *rest)
            for i, *rest in zip(
                ids,
                p.lat.tolist(),
                p.lon.tolist(),
                p.max_km.astype(int).tolist(),
                p.education.tolist(),
                p.experience_months.tolist(),
                p.min_wage.tolist(),
                p.shifts.tolist(),
                _texts(p.skills, "skill-"),
                _texts(p.languages, "l"),
                _texts(p.licences, "licence-"),
                strict=True,
            )
        ),
    )
    fill(
        WantedOccupation,
        {},
        ["jobseeker_id", "position", "isco"],
        (
            (i, place + 1, codes[one])
            for i, row in zip(ids, p.wanted.tolist(), strict=True)
            for place, one in enumerate(row)
            if one >= 0
        ),
    )
    say("vacancies ...")
    fill(
        Vacancy,
        {
            "office_id": office.pk,
            "state": "live",
            "title": "Synthetic",
            "area_code": "PH-00",
            "posted_at": AT,
            "live_since": AT,
            "last_confirmed_at": AT,
            "changed_at": AT,
            "pay_currency": "PHP",
            "weekly_hours": Decimal(48),
            "synthetic": True,
        },
        [
            "id",
            "ref",
            "employer_id",
            "isco",
            "places",
            "places_left",
            "pay_amount",
            "shifts",
            "latitude",
            "longitude",
            "education_level",
            "experience_months",
            "skill_ids",
            "language_codes",
            "licence_ids",
        ],
        (
            (i, f"V{i:09d}", i % employers + 1, codes[occupation], places, places, *rest)
            for i, occupation, places, *rest in zip(
                range(1, vacancies + 1),
                v.occupation.tolist(),
                v.places.tolist(),
                v.wage.tolist(),
                v.shifts.tolist(),
                v.lat.tolist(),
                v.lon.tolist(),
                v.education.tolist(),
                v.experience_months.tolist(),
                _texts(v.skills, "skill-"),
                _texts(v.languages, "l"),
                _texts(v.licences, "licence-"),
                strict=True,
            )
        ),
    )


class Steps:
    """Seconds of each step of a run."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._step, self._since = "", time.perf_counter()

    def __call__(self, step: str, _done: int, _total: int) -> None:
        now = time.perf_counter()
        if self._step:
            self.seconds[self._step] = self.seconds.get(self._step, 0) + now - self._since
        self._step, self._since = step, now

    def end(self) -> None:
        """Close the last step."""
        self("", 0, 0)


class Reader:
    """Somebody who opens their list all the time while the run goes on."""

    def __init__(self, people: int) -> None:
        self._stop, self._people = threading.Event(), people
        self.milliseconds: list[float] = []
        self.failures = 0
        self._thread = threading.Thread(target=self._read)

    def __enter__(self) -> Reader:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join()

    def _read(self) -> None:
        from django.db import connections

        from openpes.core.actors import system
        from openpes.jobseekers.models import Jobseeker
        from openpes.matching.queries import suggestions_for

        by, draw = system("match.view", label="bench"), np.random.default_rng(1)
        while not self._stop.is_set():
            person = Jobseeker.objects.filter(pk=int(draw.integers(1, self._people + 1))).select_related("office").get()
            began = time.perf_counter()
            try:
                suggestions_for(by, person)
            except Exception as error:
                self.failures += 1
                say(f"a reader failed: {error!r}")
            self.milliseconds.append((time.perf_counter() - began) * 1000)
            self._stop.wait(0.05)
        connections.close_all()


def measure(people: int) -> dict[str, Any]:
    """One run over what stands, with a reader beside it."""
    from django.db import connection

    from openpes.core.actors import system
    from openpes.journeys.run_match import run_national_match
    from openpes_matching import warm_up
    from openpes_matching.compiling import points_kernel

    began = time.perf_counter()
    warm_up()
    points_kernel()
    compiling = time.perf_counter() - began
    steps, began, used = Steps(), time.perf_counter(), time.process_time()
    with Reader(people) as reader:
        run = run_national_match(by=system("match.run", label="bench"), at=AT, progress=steps)
        steps.end()
        seconds = time.perf_counter() - began
    times = sorted(reader.milliseconds)
    return {
        "database": connection.vendor,
        "people": run.people,
        "vacancies": run.vacancies,
        "suggestions": run.suggestions,
        "seconds": round(seconds, 1),
        "cpu_seconds": round(time.process_time() - used, 1),
        "start_seconds": round(compiling, 1),
        "steps": {name: round(value, 1) for name, value in steps.seconds.items()},
        "published_after": round(run.milliseconds / 1000, 1),
        "gigabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2, 2),
        "sharing": run.sharing,
        "without": run.unserved["without"],
        "reasons": run.unserved["reasons"],
        "reader_p50_ms": round(times[len(times) // 2], 1),
        "reader_p99_ms": round(times[len(times) * 99 // 100], 1),
        "reads": len(times),
        "failed_reads": reader.failures,
    }


def main() -> int:
    """0: measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--vacancies", type=int, default=10_000)
    parser.add_argument("--again", action="store_true", help="measure on what stands")
    parser.add_argument("--write", action="store_true", help="keep the result in docs/benchmarks")
    args = parser.parse_args()
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from openpes.people.models import Person

    for database in ("default", "access"):
        call_command("migrate", database=database, verbosity=0)
    if not args.again:
        if Person.objects.exists():
            say("There are people in this database. Name an empty one, or use --again on one made here.")
            return 2
        began = time.perf_counter()
        build_world(args.people, args.vacancies)
        say(f"built in {time.perf_counter() - began:.0f} s")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    result = measure(Person.objects.count())
    say(json.dumps(result, indent=1))
    if args.write:
        file = DOCS / "nation.json"
        kept = json.loads(file.read_text()) if file.exists() else {}
        kept[f"{result['database']} {result['people']}x{result['vacancies']}"] = result
        file.write_text(json.dumps(kept, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
