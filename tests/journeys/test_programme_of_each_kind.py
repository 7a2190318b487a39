"""One programme of each kind, from a draft to what became of its people after twelve months."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted, Refused
from openpes.enrolments import money
from openpes.enrolments import operations as enrolments
from openpes.enrolments.models import Enrolment, FollowUp, Session
from openpes.enrolments.money import Asked
from openpes.enrolments.operations import Details, Meeting
from openpes.enrolments.queries import enrolment_for, lines_of
from openpes.enrolments.states import ClaimState, EnrolmentState, FollowAnswer, FollowState, LeftWhy, PayState
from openpes.jobseekers.models import Jobseeker
from openpes.journeys import claim_subsidy
from openpes.journeys.enrol_in_programme import attend_by_link, attend_by_text, enrol_and_tell
from openpes.journeys.follow_programme import (
    answer_follow_up,
    follow_url,
    read_follow_token,
    run_follow_up_clock,
)
from openpes.journeys.place_in_programme import approve_application
from openpes.journeys.programme_results import results_of
from openpes.messaging.models import Message
from openpes.placements.models import Outcome
from openpes.placements.states import EvidenceGrade, OutcomeKind
from openpes.programmes import drafting
from openpes.programmes.drafting import Round, Written
from openpes.programmes.models import Cycle
from openpes.programmes.operations import accept_offer, start_application, submit_application
from openpes.programmes.states import ApplicationState, PlaceRule, ProgrammeKind
from tests.factories import EmployerFactory, JobseekerFactory, PersonFactory, account_with, actor_with

pytestmark = pytest.mark.django_db(databases=["default", "access"])
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)
FIRST, AFTER = date(2026, 4, 1), date(2026, 4, 11)
KINDS = [
    ProgrammeKind.TRAINING,
    ProgrammeKind.APPRENTICESHIP,
    ProgrammeKind.INTERNSHIP,
    ProgrammeKind.WAGE_SUBSIDY,
    ProgrammeKind.PUBLIC_WORKS,
    ProgrammeKind.FIRST_JOB,
    ProgrammeKind.ENTREPRENEURSHIP,
]
# What the person says after twelve months, as such a programme may end.
BECAME = {
    ProgrammeKind.APPRENTICESHIP: FollowAnswer.APPRENTICESHIP,
    ProgrammeKind.ENTREPRENEURSHIP: FollowAnswer.SELF_EMPLOYMENT,
}
WITH_A_FIRM = {ProgrammeKind.APPRENTICESHIP, ProgrammeKind.INTERNSHIP, ProgrammeKind.WAGE_SUBSIDY}


def manager() -> Actor:
    """A programme manager with a name."""
    return actor_with("programme_manager", account=account_with("programme_manager"))


def a_round(kind: ProgrammeKind, one: Actor, two: Actor) -> Cycle:
    """Drafted by one, approved by another, with money and a round of three places."""
    written = Written(
        title=f"{kind.value} of the province",
        source="openpes default",
        starts_on=date(2026, 1, 1),
        rule={"all": [{"field": "age", "op": "between", "value": [15, 29]}]},
        stipend_amount=Decimal("3000"),
        stipend_currency="PHP",
    )
    version = drafting.draft_programme(kind=kind, provider="Centre", written=written, by=one, at=NOW)
    with pytest.raises(Refused):
        drafting.approve_version(version=version, by=one, at=NOW)
    version = drafting.approve_version(version=version, by=two, at=NOW)
    fund = drafting.add_fund(name="Province", currency="PHP", budget=Decimal("100000"), by=one, at=NOW)
    opened = Round(
        apply_from=NOW.date(),
        apply_until=NOW.date() + 10 * DAY,
        starts_on=FIRST,
        ends_before=AFTER,
        places=3,
        place_rule=PlaceRule.FIRST_COME,
        fund_id=fund.pk,
        cost_per_place=Decimal("5000"),
    )
    return drafting.open_cycle(version=version, opened=opened, by=one, at=NOW)


def placed(cycle: Cycle, boss: Actor) -> Jobseeker:
    """Somebody nominated, approved by a second person, offered a place and glad of it."""
    seeker = JobseekerFactory.create(person=PersonFactory.create(born_on=date(2006, 5, 1)))
    counsellor = actor_with("counsellor", scope_id=seeker.office_id, account=account_with("counsellor"))
    application = start_application(cycle=cycle, jobseeker=seeker, answers={}, by=counsellor, at=NOW)
    application = submit_application(application=application, by=counsellor, at=NOW)
    application = approve_application(application=application, by=boss, at=NOW)
    assert application.state == ApplicationState.OFFERED
    accept_offer(application=application, by=counsellor, at=NOW + DAY)
    return seeker


def five_days(cycle: Cycle, boss: Actor) -> list[Session]:
    """Five mornings of four hours."""
    sessions = []
    for number in range(5):
        begins = datetime(2026, 4, 1 + number, 1, 0, tzinfo=UTC)
        meeting = Meeting(begins, begins + timedelta(hours=4), "Hall", "Trainer", 30)
        sessions.append(enrolments.hold_session(cycle=cycle, meeting=meeting, on=FIRST + number * DAY, by=boss, at=NOW))
    return sessions


def come(people: list[Enrolment], sessions: list[Session], boss: Actor) -> None:
    """One comes always, by link, text and list; one to four of five; one only once."""
    always, mostly, once = people
    phone = always.jobseeker.person.phones.get().number
    for number, session in enumerate(sessions):
        soon = session.starts_at + timedelta(minutes=3)
        if number == 0:
            attend_by_link(enrolment=always, code=session.code, at=soon)
        elif number == 1:
            attend_by_text(number=phone, code=session.code, at=soon)
        there = [one for one, days in ((always, 5), (mostly, 4), (once, 1)) if number < days]
        enrolments.note_list(session=session, present=there, by=boss, at=session.ends_at)


def pay(cycle: Cycle, one: Actor, two: Actor) -> Decimal:
    """A list by one, released by another, paid; one payment comes back."""
    at = datetime(2026, 4, 12, 2, 0, tzinfo=UTC)
    stipends = money.prepare_list(cycle=cycle, starts_on=FIRST, ends_before=AFTER, by=one, at=at)
    with pytest.raises(Refused):
        money.release_list(stipends=stipends, by=one, at=at)
    line = lines_of(stipends).first()
    assert line is not None
    with pytest.raises(Refused):
        money.note_payment(line=line, to=PayState.PAID, why="", by=two, at=at)
    money.release_list(stipends=stipends, by=two, at=at)
    for line in lines_of(stipends):
        money.note_payment(line=line, to=PayState.PAID, why="", by=two, at=at)
    last = lines_of(stipends).last()
    assert last is not None
    money.note_payment(line=last, to=PayState.RETURNED, why="Account closed", by=two, at=at)
    return sum((line.amount for line in lines_of(stipends).filter(state=PayState.PAID)), Decimal(0))


def claim(enrolment: Enrolment, boss: Actor, at: datetime) -> Decimal:
    """The firm claims; it is agreed only once the ledger holds the work, and the worker confirms."""
    firm = enrolment.employer
    assert firm is not None
    staff = actor_with("employer_staff", scope_id=firm.pk, account=account_with("employer_staff", employer=firm))
    asked = Asked(date(2026, 5, 1), date(2026, 6, 1), Decimal("4000"))
    filed = claim_subsidy.file_claim(enrolment=enrolment, employer=firm, asked=asked, by=staff, at=at)
    assert filed.placement is False
    with pytest.raises(Refused):
        claim_subsidy.decide_claim(claim=filed, to=ClaimState.AGREED, why="", by=boss, at=at)
    question, worker = claim_subsidy.read_claim_token(claim_subsidy.claim_url(filed).rstrip("/").split("/")[-1])
    # The firm gains by its own word, so that this alone is no work in the ledger; the worker's yes is.
    answered = claim_subsidy.worker_answer(claim=question, works=True, by=worker, at=at)
    assert answered.placement is True
    agreed = claim_subsidy.decide_claim(claim=filed, to=ClaimState.AGREED, why="", by=boss, at=at)
    return claim_subsidy.decide_claim(claim=agreed, to=ClaimState.PAID, why="", by=boss, at=at).amount


def twelve_months(people: list[Enrolment], kind: ProgrammeKind, ended: datetime) -> None:
    """Asked at 3, 6 and 12 months; one answers by link, one never: silence stays not known."""
    says = BECAME.get(kind, FollowAnswer.JOB)
    for days in (93, 185, 367):
        at = ended + days * DAY
        assert run_follow_up_clock(at=at)["follow_ups_asked"] == 3
        assert run_follow_up_clock(at=at)["follow_ups_asked"] == 0
        asked = FollowUp.objects.get(enrolment=people[0], state=FollowState.ASKED)
        token = follow_url(asked).rstrip("/").split("/")[-1]
        question, by = read_follow_token(token)
        answer_follow_up(question=question, says=says if days > 300 else FollowAnswer.NO_WORK, since=None, by=by, at=at)
        assert run_follow_up_clock(at=at + 31 * DAY)["follow_ups_closed"] == 2


@pytest.mark.parametrize("kind", KINDS)
def test_from_draft_to_twelve_months(kind: ProgrammeKind) -> None:
    one, two = manager(), manager()
    cycle = a_round(kind, one, two)
    for _number in range(3):
        placed(cycle, two)
    people = enrol_and_tell(cycle=cycle, by=one, at=NOW + 2 * DAY)
    assert len(people) == 3 and enrol_and_tell(cycle=cycle, by=one, at=NOW + 2 * DAY) == []
    assert Message.objects.filter(kind="course_link").count() == 3
    firm = EmployerFactory.create() if kind in WITH_A_FIRM else None
    for number, enrolment in enumerate(people):
        details = Details(payout_account=f"0012-3344-55{number}7", document_number=f"PH {number}")
        enrolments.note_details(
            enrolment=enrolment, details=details, by=one, at=NOW + 2 * DAY, secret="k", employer=firm
        )
    come(people, five_days(cycle, one), one)
    ended = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
    for enrolment in people[:2]:
        done = enrolments.complete(enrolment=enrolment, by=one, at=ended)
        assert done.state == EnrolmentState.COMPLETED
        enrolments.issue_certificate(enrolment=done, by=one, at=ended)
    with pytest.raises(Refused):
        enrolments.complete(enrolment=people[2], by=one, at=ended)
    enrolments.leave(enrolment=people[2], why=LeftWhy.FOUND_WORK, by=one, at=ended)
    with pytest.raises(Refused):
        enrolments.issue_certificate(enrolment=people[2], by=one, at=ended)
    spent = pay(cycle, one, two)
    first = enrolment_for(one, people[0].ref, at=ended)
    if kind == ProgrammeKind.WAGE_SUBSIDY:
        spent += claim(first, two, datetime(2026, 6, 2, tzinfo=UTC))
    twelve_months(people, kind, ended)
    entry = Outcome.objects.get(jobseeker=first.jobseeker, kind=OutcomeKind.PROGRAMME_ENTRY)
    assert entry.grade == EvidenceGrade.CONFIRMED_BY_REGISTER
    outcome = Outcome.objects.exclude(pk=entry.pk).get(jobseeker=first.jobseeker)
    if kind != ProgrammeKind.WAGE_SUBSIDY:
        assert outcome.kind == BECAME.get(kind, FollowAnswer.JOB).value
        assert outcome.grade == EvidenceGrade.SAID_BY_PERSON
    else:
        # The person's word joined the evidence of the one outcome; a second one would count the job twice.
        assert (outcome.employer_id, outcome.evidence.count()) == (first.employer_id, 3)
    found = results_of(ref=cycle.ref, by=one)
    assert (found.entered, found.completed, found.left, found.placements) == (3, 2, 1, 1)
    assert found.committed == Decimal("15000")
    assert found.spent == spent and spent > 0
    assert found.each_completion == (spent / 2).quantize(Decimal("0.01"))
    assert found.follow_ups[12] == {"planned": 3, "answered": 1, "in_work": 1}
    assert found.follow_ups[3] == {"planned": 3, "answered": 1, "in_work": 0}
    with pytest.raises(NotPermitted):
        enrolments.complete(enrolment=people[2], by=actor_with("analyst"), at=ended)
