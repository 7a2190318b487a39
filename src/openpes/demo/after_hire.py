"""What follows an introduction in a demonstration: meetings, checks after hires with a few disputes, a job fair."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from openpes.core.actors import Actor
from openpes.demo.chance import stream
from openpes.demo.first_firm import give_hires
from openpes.demo.nation import Nation
from openpes.fairs import seeding as fairs
from openpes.jobseekers.models import Jobseeker
from openpes.placements import seeding as placements
from openpes.placements.checking import check_days
from openpes.placements.seeding import SyntheticCheck
from openpes.placements.states import CheckState, Side
from openpes.referrals import seeding as referrals
from openpes.vacancies.models import Vacancy

SHOWN, DAYS_BACK = 40, 200
MEETINGS = 8
VISITORS, STANDS, HOURS = 24, 6, 6


def write_after_hire(*, nation: Nation, office_ids: Sequence[int], employer_id: int, by: Actor) -> int:
    """Meetings, checks and a fair of the first office and the first firm. Returns the checks written."""
    clock = nation.clock
    rng = stream(nation.seed, "after-hire", 0)
    tomorrow = datetime.combine(clock.today + timedelta(days=1), time(10), clock.zone).astimezone(UTC)
    keys = referrals.meetings_to_draw(employer_id=employer_id, office_id=office_ids[0], limit=MEETINGS)
    slots = [tomorrow, tomorrow + timedelta(days=1), tomorrow + timedelta(days=1, hours=4)]
    rows = [(key, slots, number % 2 == 0) for number, key in enumerate(keys)]
    referrals.write_meetings(rows=rows, place="Main Street 1", by=by, at=clock.at)
    people, jobs = _who_and_what(office_ids[0])
    for name, starts in (
        ("Jobs Day", tomorrow + timedelta(days=9)),
        ("Open Doors Fair", clock.at - timedelta(hours=2)),
    ):
        fairs.write_fair(
            office_id=office_ids[0],
            name=f"{name} (demonstration)",
            place="Town hall",
            starts_at=starts,
            hours=HOURS,
            jobseeker_ids=people,
            vacancy_ids=jobs,
            by=by,
            at=clock.at,
        )
    give_hires(employer_id=employer_id, on=clock.today)
    hires = placements.hires_to_check(
        employer_id=employer_id, office_id=office_ids[0], since=clock.today - timedelta(days=DAYS_BACK), limit=SHOWN
    )
    return _checks(rng, hires, by=by, at=clock.at, on=clock.today)


def _who_and_what(office_id: int) -> tuple[list[int], list[int]]:
    seekers = Jobseeker.objects.filter(office=office_id, state="active", person__synthetic=True)
    live = Vacancy.objects.filter(office=office_id, state="live", synthetic=True)
    return (
        list(seekers.order_by("pk").values_list("pk", flat=True)[:VISITORS]),
        list(live.order_by("pk").values_list("pk", flat=True)[:STANDS]),
    )


def _checks(rng: Random, hires: Sequence[tuple[int, date]], *, by: Actor, at: datetime, on: date) -> int:
    days = check_days(on)
    rows: list[SyntheticCheck] = []
    contested: list[int] = []
    for number, (key, starts_on) in enumerate(hires):
        disputed = number % 12 == 1
        for day in days.days:
            due = starts_on + timedelta(days=day)
            if due > on:
                rows.append(SyntheticCheck(key, day, due, CheckState.WAITING))
                continue
            asked = datetime.combine(due, time(3), UTC)
            if not disputed and due >= on - timedelta(days=days.close) and rng.random() < 0.5:
                rows.append(SyntheticCheck(key, day, due, CheckState.ASKED, asked))
                continue
            words = tuple(
                (side, not (disputed and side == Side.WORKER), min(asked + timedelta(hours=5), at))
                for side in Side
                if disputed or rng.random() < 0.8
            )
            contested += [key] if disputed else []
            rows.append(SyntheticCheck(key, day, due, CheckState.CLOSED, asked, words))
    return placements.write_checks(rows=rows, contested=sorted(set(contested)), by=by, at=at)
