"""How many people came, did not come, were called and met in groups in a span of time: for the return of a desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from openpes.appointments.models import Appointment, Contact, GroupSession
from openpes.appointments.states import CALL_RESULTS, AppointmentState, ContactResult, ContactWay, SessionState

IN_PERSON = (ContactWay.APPOINTMENT, ContactWay.WALK_IN, ContactWay.GROUP)


@dataclass(frozen=True)
class Met:
    """Counts of a span. `people` counts each person once; `left_open` are times that are over and have no end yet."""

    people: int
    visits: int
    calls: int
    reached: int
    missed: int
    booked: int
    left_open: int
    sessions: int
    in_sessions: int


def met_between(
    office_ids: Iterable[int], *, account_id: int | None = None, starts: datetime, ends: datetime, at: datetime
) -> Met:
    """What happened at offices, by one account where it is named, from `starts` until before `ends`. Three queries."""
    offices = list(office_ids)
    span = Q(at__gte=starts, at__lt=ends, office__in=offices)
    times = Q(starts_at__gte=starts, starts_at__lt=ends, office__in=offices)
    by, with_whom, led = Q(), Q(), Q()
    if account_id is not None:
        by, with_whom, led = Q(by=account_id), Q(counsellor=account_id), Q(leader=account_id)
    here = Q(way__in=IN_PERSON, result=ContactResult.CAME)
    called = Q(way=ContactWay.CALL, result__in=CALL_RESULTS)
    no_talk = Q(result__in=(ContactResult.NO_ANSWER, ContactResult.WRONG_NUMBER))
    talked = Contact.objects.filter(span & by).aggregate(
        people=Count("jobseeker", filter=here, distinct=True),
        visits=Count("pk", filter=here),
        calls=Count("pk", filter=called),
        reached=Count("pk", filter=called & ~no_talk),
    )
    gone = Q(state=AppointmentState.BOOKED, starts_at__lt=at)
    kept = Appointment.objects.filter(times & with_whom).exclude(
        state__in=(AppointmentState.MOVED, AppointmentState.CANCELLED)
    )
    booked = kept.aggregate(
        booked=Count("pk"),
        missed=Count("pk", filter=Q(state=AppointmentState.NO_SHOW)),
        left_open=Count("pk", filter=gone),
    )
    sessions = GroupSession.objects.filter(times & led, state=SessionState.HELD)
    held = sessions.aggregate(
        sessions=Count("pk", distinct=True),
        in_sessions=Count("appointments", filter=Q(appointments__state=AppointmentState.SEEN)),
    )
    return Met(**talked, **booked, **held)
