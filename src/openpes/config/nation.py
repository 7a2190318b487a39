"""Makes the demonstration nation and its first national match, in a process of its own, telling how far it is.

The database itself remembers what is finished, so that a copy, a restore or another machine knows it too. What was
interrupted is done again.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings

from openpes.config.preflight import CannotStart
from openpes.core import progress
from openpes.core.actors import system
from openpes.core.clock import now

MATCHER = system("match.run", label="demonstration")
PEOPLE, EMPLOYERS, VACANCIES, OFFICES, SEED = 5_000, 600, 1_500, 12, 2026
# Of the whole bar: where each step begins and ends, by how long it takes. Steps of the match share what is left.
SHARES = {"offices": (0, 2), "employers": (2, 5), "vacancies": (5, 25), "people": (25, 65)}
MATCH_FROM = 65
TELL_EVERY_SECONDS = 0.2

Told = Callable[[str, int, int], None]


def is_there() -> bool:
    """Is the nation built and matched? Raises CannotStart when the database belongs to real people."""
    from openpes.demo import marker
    from openpes.matching.models import CurrentRun

    if marker.is_finished():
        return CurrentRun.objects.exists()
    people = apps.get_model("people", "Person").objects
    if people.exists() and not people.filter(synthetic=True).exists():
        raise CannotStart(
            "This database holds a real service and no demonstration. Serve it with OPENPES_DEMO=0 script/run, "
            "or make a demonstration elsewhere: OPENPES_DATA=./demo script/run"
        )
    return False


def make(*, at: datetime, told: Told) -> None:
    """Build the nation and match it. Interrupted at any point, the next call does what is missing."""
    from openpes.demo.building import build_nation
    from openpes.journeys.run_match import run_national_match

    build_nation(
        country_code=settings.COUNTRY,
        people=PEOPLE,
        employers=EMPLOYERS,
        vacancies=VACANCIES,
        offices=OFFICES,
        seed=SEED,
        at=at,
        progress=on_the_bar(told),
    )
    run_national_match(by=MATCHER, at=now(), progress=on_the_bar(told))


def on_the_bar(told: Told) -> Told:
    """Turns steps that each count from 0 to their own total into one bar of 100 that only moves forward."""
    highest, begun = 0.0, float(MATCH_FROM)

    def tell(step: str, done: int, total: int) -> None:
        nonlocal highest, begun
        part = min(1.0, done / total) if total else 1.0
        if step in SHARES:
            start, end = SHARES[step]
            reached = start + (end - start) * part
        else:
            # How many steps the match still has is its own affair: each takes a third of what is left.
            reached = begun + (100 - begun) * part / 3
            begun = reached if part >= 1 else begun
        highest = max(highest, min(99.0, reached))
        told(step, int(highest), 100)

    return tell


class _Teller:
    """Writes the progress file, not more often than somebody can read."""

    def __init__(self, place: Path) -> None:
        self.place, self.last = place, 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        if time.monotonic() - self.last >= TELL_EVERY_SECONDS:
            self.last = time.monotonic()
            progress.write(self.place, progress.Progress(done * 100 // max(1, total), step))


def sign_in_lines(address: str) -> list[str]:
    """What the terminal says about who one can be."""
    from openpes.demo.signing_in import demo_accounts
    from openpes.people.words import ROLE

    accounts = demo_accounts()
    if not accounts:
        return []
    width = max(len(str(ROLE[account.role])) for account in accounts)
    return [
        f"  Walk in as anybody, with one click, at {address}demo/",
        *(
            f"    {ROLE[account.role]!s:<{width}}  {account.label}{', ' + account.place if account.place else ''}"
            for account in accounts
        ),
        "",
    ]


def _lower_our_priority() -> None:
    """Visitors come first: the pages that tell how far this is must not wait for it."""
    os.nice(5)


def main() -> int:
    """0: the nation is there; 1: it could not be made, and the progress file says why."""
    import django

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openpes.config.settings")
    django.setup()
    place = progress.place_of(Path(settings.DATA), settings.COUNTRY)
    _lower_our_priority()
    try:
        make(at=now(), told=_Teller(place))
    except KeyboardInterrupt:
        return 1
    except Exception as error:
        progress.write(place, progress.Progress(0, failure=f"{type(error).__name__}: {error}"))
        raise
    progress.write(place, progress.Progress(100, is_ready=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
