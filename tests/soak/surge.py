"""A day on which everybody applies at once: 20,000 applications to 500 places, from many threads.

    script/soak surge [--applications 20000] [--places 500] [--threads 8]

On PostgreSQL when DATABASE_URL names one, in a test database of its own beside it; else on SQLite in a file. Nothing
that is there is touched. It prints figures, and ends with 1 when an application was lost, a place was given twice, or
one stayed free. Each application is started, sent, and agreed to by a second person through the same journey as
at the desk, which offers free places in the same breath.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpes.core.actors import Actor
    from openpes.programmes.models import Cycle

START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


class _NoMigrations(dict[str, None]):
    """Every app is without migrations."""

    def __contains__(self, _app: object) -> bool:
        return True

    def __getitem__(self, _app: str) -> None:
        return None


def _set_up(folder: Path) -> str:
    """Databases of our own for one run; returns what they are."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openpes.config.settings_test")
    import django
    from django.conf import settings

    django.setup()
    from django.db import connections
    from django.test.utils import setup_databases

    # Tables as the models say, without the story of how they came to be: the same tables, minutes sooner.
    settings.MIGRATION_MODULES = _NoMigrations()

    for one in connections.all():
        if one.vendor == "sqlite":
            # A file, so that threads share it.
            one.settings_dict["TEST"]["NAME"] = str(folder / f"{one.alias}.sqlite3")
    setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
    return connections["default"].vendor


def _people(number: int) -> list[int]:
    """Registrations of synthetic people, made in bulk: making them is not what is measured."""
    from openpes.jobseekers.models import Jobseeker
    from openpes.people.models import Person
    from tests.factories import JobseekerFactory, OfficeFactory, PersonFactory

    office = OfficeFactory.create()
    persons = Person.objects.bulk_create(
        PersonFactory.build_batch(number, phone=False, consents=False), batch_size=1000
    )
    seekers = [JobseekerFactory.build(person=one, office=office) for one in persons]
    return [one.pk for one in Jobseeker.objects.bulk_create(seekers, batch_size=1000)]


def _one_application(number: int, seeker: int, cycle: Cycle, clerk: Actor, second: Actor) -> None:
    """Somebody applies and sends it, a second person agrees; the journey offers what is free in the same breath."""
    from openpes.jobseekers.models import Jobseeker
    from openpes.journeys.place_in_programme import approve_application
    from openpes.programmes.operations import start_application, submit_application

    at = START + timedelta(milliseconds=number)
    jobseeker = Jobseeker.objects.select_related("person").get(pk=seeker)
    made = start_application(cycle=cycle, jobseeker=jobseeker, answers={}, by=clerk, at=at)
    submit_application(application=made, by=clerk, at=at)
    approve_application(application=made, by=second, at=at)


def _share(
    mine: range, seekers: list[int], cycle: Cycle, clerk: Actor, second: Actor, told: Callable[[], None]
) -> list[str]:
    """One thread's part of the day, on one connection of its own; what went wrong, in words."""
    from django.db import connections

    wrong = []
    try:
        for number in mine:
            try:
                _one_application(number, seekers[number], cycle, clerk, second)
            except Exception as error:  # whatever stops it is what this run looks for
                wrong.append(f"application {number}: {type(error).__name__}: {error}")
            told()
    finally:
        connections.close_all()
    return wrong


def surge(applications: int, places: int, threads: int) -> list[str]:
    """Run the day; what was wrong, in words."""
    from openpes.core.actors import Actor, ActorKind, Grant
    from openpes.programmes.tests.makers import a_cycle, a_version
    from tests.factories import AccountFactory

    seekers = _people(applications)
    cycle = a_cycle(a_version(rule=None), places=places)
    print(f"{applications} people are there; the day begins", flush=True)

    def officer(name: str, *verbs: str) -> Actor:
        account = AccountFactory.create().pk
        return Actor(ActorKind.ACCOUNT, name, (Grant("officer", frozenset(verbs), "service"),), account_id=account)

    clerk, second = officer("clerk", "programme.nominate"), officer("second", "programme.approve_application")
    began, done = time.perf_counter(), itertools.count(1)

    def told() -> None:
        number = next(done)
        if number % 2000 == 0:
            print(f"{number} in {time.perf_counter() - began:.0f} s", flush=True)

    # Neighbours in time go to different threads, so that they meet.
    shares = [range(first, applications, threads) for first in range(threads)]
    with ThreadPoolExecutor(threads) as pool:
        parts = pool.map(lambda mine: _share(mine, seekers, cycle, clerk, second, told), shares)
        wrong = [one for part in parts for one in part]
    return wrong + _look(cycle, applications, places, time.perf_counter() - began)


def _look(cycle: Cycle, applications: int, places: int, took: float) -> list[str]:
    """What must be true after the day."""
    from openpes.core.change_log import check_change_log
    from openpes.programmes.models import Application, Cycle
    from openpes.programmes.states import ApplicationState

    rows = Application.objects.filter(cycle=cycle)
    kept, people = rows.count(), rows.values("jobseeker").distinct().count()
    offered = rows.filter(state=ApplicationState.OFFERED).count()
    waiting = rows.filter(state=ApplicationState.WAITING).count()
    taken = Cycle.objects.get(pk=cycle.pk).places_taken
    print(
        f"{kept} applications kept of {applications}, {offered} places offered of {places}, {waiting} wait, "
        f"{took:.0f} s, {applications / took:.0f} a second"
    )
    wrong = []
    if kept != applications or people != applications:
        wrong.append(f"lost or doubled: {applications} applied, {kept} kept, of {people} people")
    if offered != min(places, applications) or taken != offered:
        wrong.append(f"{offered} offered, the counter says {taken}, places are {places}")
    if offered + waiting != applications:
        wrong.append(f"{applications - offered - waiting} neither have a place nor wait")
    report = check_change_log()
    # Started, sent, agreed: three lines for each.
    if not report.whole or report.lines < 3 * applications:
        wrong.append(f"the change log has {report.lines} lines, the first that does not fit: {report.first_broken_id}")
    return wrong


def main() -> int:
    """Read the arguments, run, tell."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--applications", type=int, default=20_000)
    words.add_argument("--places", type=int, default=500)
    words.add_argument("--threads", type=int, default=8)
    told = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        vendor = _set_up(Path(folder))
        print(f"{vendor}, {told.threads} threads", flush=True)
        wrong = surge(told.applications, told.places, told.threads)
        from django.db import connections

        for one in connections.all():
            one.creation.destroy_test_db(one.settings_dict["NAME"], verbosity=0)
    for one in wrong:
        print(f"WRONG: {one}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
