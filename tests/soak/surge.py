"""A day on which everybody applies at once: 20,000 applications to 500 places, from many threads.

    script/soak surge [--applications 20000] [--places 500] [--threads 8]

On PostgreSQL when DATABASE_URL names one, in a test database of its own beside it; else on SQLite in a file. Nothing
that is there is touched. It prints figures, and ends with 1 when an application was lost, a place was given twice, or
one stayed free.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def _set_up(folder: Path) -> str:
    """Databases of our own for one run; returns what they are."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openpes.config.settings_test")
    import django

    django.setup()
    from django.db import connections
    from django.test.utils import setup_databases

    for one in connections.all():
        if one.vendor == "sqlite":
            # A file, so that threads share it.
            one.settings_dict["TEST"]["NAME"] = str(folder / f"{one.alias}.sqlite3")
    setup_databases(verbosity=0, interactive=False)
    return connections["default"].vendor


def surge(applications: int, places: int, threads: int) -> list[str]:
    """Run the day; what was wrong, in words."""
    from django.db import connections

    from openpes.core.actors import Actor, ActorKind, Grant
    from openpes.core.decisions import Refused
    from openpes.programmes.models import Application, Cycle
    from openpes.programmes.operations import start_application, submit_application
    from openpes.programmes.placing import offer_places
    from openpes.programmes.states import ApplicationState
    from openpes.programmes.tests.makers import a_cycle, a_version
    from tests.factories import JobseekerFactory, OfficeFactory, PersonFactory

    office = OfficeFactory.create()
    cycle = a_cycle(a_version(rule=None), places=places)
    seekers = [
        JobseekerFactory.create(person=PersonFactory.create(phone=False, consents=[]), office=office, wanted=["5131"])
        for _number in range(applications)
    ]
    verbs = frozenset({"programme.nominate", "programme.place", "programme.approve_application"})
    clerk = Actor(ActorKind.SYSTEM, "surge", (Grant("system", verbs, "service"),), label="surge")
    began = time.perf_counter()

    def apply(number: int) -> int:
        try:
            at = START + timedelta(milliseconds=number)
            made = start_application(cycle=cycle, jobseeker=seekers[number], answers={}, by=clerk, at=at)
            submit_application(application=made, by=clerk, at=at)
            # The second person's look is not what is measured: whoever sent it in time waits.
            Application.objects.filter(pk=made.pk).update(state=ApplicationState.WAITING)
            if number % 50 == 0:
                offer_places(cycle=cycle, by=clerk, at=at)
            return 1
        except Refused:
            return 0
        finally:
            if threads > 1:
                connections.close_all()

    if threads > 1:
        with ThreadPoolExecutor(threads) as pool:
            done = sum(pool.map(apply, range(applications)))
    else:
        done = sum(map(apply, range(applications)))
    offer_places(cycle=cycle, by=clerk, at=START + timedelta(days=1))
    took = time.perf_counter() - began
    cycle = Cycle.objects.get(pk=cycle.pk)
    kept = Application.objects.filter(cycle=cycle).count()
    offered = Application.objects.filter(cycle=cycle, state=ApplicationState.OFFERED).count()
    people = Application.objects.filter(cycle=cycle).values("jobseeker").distinct().count()
    print(f"{kept} applications kept of {applications}, {offered} places offered of {places}, {took:.0f} s")
    wrong = []
    if done != applications or kept != applications or people != applications:
        wrong.append(f"lost or doubled: {applications} applied, {kept} kept, of {people} people")
    if offered != min(places, applications) or cycle.places_taken != offered:
        wrong.append(f"{offered} offered, the counter says {cycle.places_taken}, places are {places}")
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
