"""One running course for the desk of who manages programmes: who came, a list that waits, two flags, a certificate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from openpes.enrolments.models import (
    Attendance,
    Certificate,
    Enrolment,
    Flag,
    FollowUp,
    Session,
    StipendLine,
    StipendList,
)
from openpes.enrolments.states import EnrolmentState, Way
from openpes.people.models import Account
from openpes.programmes.models import Application, Cycle, Programme, ProgrammeVersion
from openpes.programmes.states import ApplicationState, PlaceRule, ProgrammeKind, VersionState
from openpes.reference.country import country, currency, today

DAYS, HOURS = 8, 4
STIPEND = Decimal(3000)


def write_courses(*, jobseeker_ids: Sequence[int], rng: Random, at: datetime) -> int:
    """Write the course and its people; returns how many. A country without enough people gets none."""
    people = list(jobseeker_ids)[-8:]
    if len(people) < 3:
        return 0
    cycle = _cycle(len(people), at)
    enrolled = [_enrol(cycle, key, number, at) for number, key in enumerate(people)]
    sessions = [_session(cycle, number, at) for number in range(DAYS)]
    ways = (Way.LIST, Way.LIST, Way.LINK, Way.SMS)
    Attendance.objects.bulk_create(
        Attendance(
            session=session,
            enrolment=one,
            way=rng.choice(ways),
            noted_at=session.starts_at + timedelta(minutes=rng.randrange(0, 40)),
            noted_by="demo",
            minutes=HOURS * 60,
        )
        for number, one in enumerate(enrolled)
        for session in sessions
        # The first is always there, the last seldom.
        if number == 0 or rng.random() < (0.3 if number == len(enrolled) - 1 else 0.9)
    )
    _certificate(enrolled[0], at)
    _list(cycle, enrolled, at)
    _flags(cycle, enrolled, sessions, at)
    return len(enrolled)


def _cycle(places: int, at: datetime) -> Cycle:
    on = today(at)
    programme = Programme.objects.create(
        kind=ProgrammeKind.TRAINING, provider="Training centre (demonstration)", created_at=at, synthetic=True
    )
    version = ProgrammeVersion.objects.create(
        programme=programme,
        number=1,
        state=VersionState.APPROVED,
        starts_on=on - timedelta(days=120),
        title="Serving guests (demonstration)",
        stipend_amount=STIPEND,
        stipend_currency=currency(),
        isco=["5131"],
        source="openpes default: synthetic, for demonstration",
        approved_at=at - timedelta(days=120),
    )
    return Cycle.objects.create(
        version=version,
        apply_from=on - timedelta(days=60),
        apply_until=on - timedelta(days=40),
        starts_on=on - timedelta(days=20),
        ends_before=on + timedelta(days=20),
        places=places,
        places_taken=places,
        place_rule=PlaceRule.FIRST_COME,
    )


def _enrol(cycle: Cycle, jobseeker: int, number: int, at: datetime) -> Enrolment:
    sent = at - timedelta(days=50)
    application = Application.objects.create(
        cycle=cycle, jobseeker_id=jobseeker, state=ApplicationState.ACCEPTED, created_at=sent, submitted_at=sent
    )
    return Enrolment.objects.create(
        application=application,
        cycle=cycle,
        jobseeker_id=jobseeker,
        enrolled_at=at - timedelta(days=25),
        payout_account="" if number == 2 else f"50{number}1 7{number}42 88{number}6",
    )


def _session(cycle: Cycle, number: int, at: datetime) -> Session:
    # Nine in the morning there, every second day, the last one not later than yesterday.
    day = today(at) - timedelta(days=2 * (DAYS - number) + 1)
    begins = datetime.combine(day, time(9), ZoneInfo(country().timezone)).astimezone(UTC)
    return Session.objects.create(
        cycle=cycle,
        starts_at=begins,
        ends_at=begins + timedelta(hours=HOURS),
        place="Hall (demonstration)",
        trainer="" if number == 3 else "Trainer (demonstration)",
        capacity=12,
        code=f"23456{2 + number}",
    )


def _certificate(one: Enrolment, at: datetime) -> None:
    one.state, one.ended_at = EnrolmentState.COMPLETED, at - timedelta(days=1)
    one.save(update_fields=["state", "ended_at"])
    Certificate.objects.create(enrolment=one, issued_at=at - timedelta(days=1), minutes=DAYS * HOURS * 60)
    FollowUp.objects.bulk_create(
        FollowUp(enrolment=one, month=month, due_on=today(at) + timedelta(days=91 * month // 3)) for month in (3, 6, 12)
    )


def _list(cycle: Cycle, enrolled: list[Enrolment], at: datetime) -> None:
    first = Account.objects.filter(username="programme_manager").first()
    stipends = StipendList.objects.create(
        cycle=cycle,
        starts_on=cycle.starts_on,
        ends_before=today(at),
        prepared_by=first,
        prepared_at=at - timedelta(hours=20),
    )
    StipendLine.objects.bulk_create(
        StipendLine(
            stipend_list=stipends,
            enrolment=one,
            days=one.attendances.count(),
            amount=(STIPEND * one.attendances.count() / DAYS).quantize(Decimal("0.01")),
            currency=currency(),
            payout_account=one.payout_account,
        )
        for one in enrolled
        if one.attendances.exists()
    )


def _flags(cycle: Cycle, enrolled: list[Enrolment], sessions: list[Session], at: datetime) -> None:
    """What the rules find in this course, as the daily look would write it."""
    odd, blank = sessions[3], enrolled[2]
    Flag.objects.create(
        cycle=cycle,
        rule="trainer_missing",
        rule_version=1,
        about=f"session:{odd.pk}",
        facts={"present": odd.attendances.count()},
        raised_at=at - timedelta(days=2),
    )
    Flag.objects.create(
        cycle=cycle,
        enrolment=blank,
        rule="account_blank",
        rule_version=1,
        about=f"enrolment:{blank.pk}",
        raised_at=at - timedelta(days=1),
    )
