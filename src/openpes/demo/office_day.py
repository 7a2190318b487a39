"""A day at the first offices: who was seen, who is expected, who did not come, who waits. Cheap and seeded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from random import Random

from openpes.appointments import seeding
from openpes.appointments.seeding import SyntheticAppointment
from openpes.appointments.slots import on_grid
from openpes.appointments.states import AppointmentKind, AppointmentState, QueuePurpose
from openpes.core.actors import Actor
from openpes.core.ids import new_ref
from openpes.demo.chance import stream
from openpes.demo.nation import Nation

# Local times of day at which a counsellor of a demonstration is booked; the rest stays free, to be filled by calls.
TIMES = (time(8), time(9), time(10, 40), time(13), time(14, 20), time(15, 40))
DAYS_BACK = 7
OFFICES_SHOWN = 3
QUEUE = (QueuePurpose.REGISTER, QueuePurpose.JOBS, QueuePurpose.COUNSELLOR, QueuePurpose.PAPERS)


def write_days(
    *,
    nation: Nation,
    office_ids: Sequence[int],
    caseloads: Mapping[int, Sequence[tuple[int, int]]],
    by: Actor,
) -> int:
    """Hours for every office, and the last and next days of the first ones.

    `caseloads`: by key of the counsellor, (key of a registration that looks for work, position of the office).
    Returns the appointments written.
    """
    clock = nation.clock
    weekdays = [day for day in range(7) if day not in clock.weekend]
    seeding.write_hours(office_ids=office_ids, weekdays=weekdays, by=by, at=clock.at)
    rng = stream(nation.seed, "office-day", 0)
    rows: list[SyntheticAppointment] = []
    for counsellor, people in sorted(caseloads.items()):
        waiting = list(people)
        rng.shuffle(waiting)
        for back in range(DAYS_BACK, -3, -1):
            day = clock.today - timedelta(days=back)
            if day.weekday() in clock.weekend:
                continue
            for moment in TIMES[: rng.randrange(3, len(TIMES) + 1)]:
                if not waiting:
                    break
                jobseeker, office = waiting.pop()
                # Where the clock differs by an odd quarter of an hour (Nepal), times lie on the grid of instants.
                starts = on_grid(datetime.combine(day, moment, clock.zone).astimezone(UTC))
                rows.append(_drawn(rng, jobseeker, office_ids[office], counsellor, starts, clock.at))
    seeding.write_appointments(rows=rows, by=by, at=clock.at)
    for office in office_ids[:OFFICES_SHOWN]:
        taken = [(purpose, clock.at - timedelta(minutes=34 - 9 * n)) for n, purpose in enumerate(QUEUE)]
        seeding.write_queue(office_id=office, on=clock.today, taken=taken, by=by, at=clock.at)
    return len(rows)


def _drawn(
    rng: Random, jobseeker: int, office: int, counsellor: int, starts: datetime, at: datetime
) -> SyntheticAppointment:
    over = starts + timedelta(hours=1) < at
    came = rng.random() < 0.8
    state = AppointmentState.BOOKED if not over else AppointmentState.SEEN if came else AppointmentState.NO_SHOW
    first = rng.random() < 0.4
    return SyntheticAppointment(
        ref=new_ref(rng),
        jobseeker_id=jobseeker,
        office_id=office,
        counsellor_id=counsellor,
        kind=AppointmentKind.FIRST_INTERVIEW if first else AppointmentKind.FOLLOW_UP,
        state=state,
        starts_at=starts,
        minutes=40 if first else 20,
        booked_at=min(starts, at) - timedelta(days=3),
    )
