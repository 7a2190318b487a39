"""After the hire: rules with plain values, answers of two sides, disputes, the clock, and the figures."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.conf import settings
from tests.factories import NOW, TODAY, JobseekerFactory, OfficeFactory, ReferralFactory, VacancyFactory, actor_with

from openpes.core.decisions import NotFound, NotPermitted, Refused
from openpes.journeys.after_hire import answer_check, check_actor, check_url, read_check_token, run_check_clock
from openpes.journeys.answer_referral import answer_referral
from openpes.messaging.queries import latest_messages
from openpes.placements.check_queries import checks_to_call, own_checks
from openpes.placements.checking import tell_promise
from openpes.placements.day_counts import placed_between
from openpes.placements.figures import first_work, recorded, retained
from openpes.placements.models import CheckAnswer, HireCheck, Outcome, PromiseKept
from openpes.placements.rules_checks import (
    CheckAct,
    CheckDays,
    check_act,
    check_plan,
    is_contested,
    kept,
    may_answer_check,
    never_began,
    retention,
    says_it_began,
)
from openpes.placements.states import (
    CheckChannel,
    CheckState,
    EvidenceGrade,
    Kept,
    LeavingReason,
    OutcomeKind,
    Promise,
    Side,
)
from openpes.referrals.states import Answer, AnswerChannel

DAYS = CheckDays((1, 90, 180), 3, 7, 30)
db = pytest.mark.django_db(databases=["default", "access"])


def test_only_work_with_somebody_else_is_asked_about() -> None:
    """A job has three checks; an own business and a school have none; what was due long ago is left out."""
    plan = check_plan(kind=OutcomeKind.JOB, starts_on=TODAY, on=TODAY, days=DAYS)
    assert [(day, due - TODAY) for day, due in plan] == [(day, timedelta(days=day)) for day in (1, 90, 180)]
    assert check_plan(kind=OutcomeKind.SELF_EMPLOYMENT, starts_on=TODAY, on=TODAY, days=DAYS) == []
    old = check_plan(kind=OutcomeKind.JOB, starts_on=TODAY - timedelta(days=100), on=TODAY, days=DAYS)
    assert [day for day, _due in old] == [90, 180]


def test_silence_is_neither_yes_nor_no() -> None:
    """Two words that differ are a conflict; one word stands alone; no word is unknown."""
    assert kept({}) == Kept.UNKNOWN
    assert kept({Side.WORKER: True}) == Kept.YES
    assert kept({Side.WORKER: False, Side.EMPLOYER: False}) == Kept.NO
    assert kept({Side.WORKER: True, Side.EMPLOYER: False}) == Kept.CONFLICT


def test_the_last_word_of_each_side_counts_and_a_register_settles() -> None:
    """Who takes a word back ends the dispute."""
    person, firm = EvidenceGrade.SAID_BY_PERSON, EvidenceGrade.SAID_BY_EMPLOYER
    assert is_contested([(firm, True), (person, False)])
    assert not is_contested([(firm, True), (person, False), (person, True)])
    assert not is_contested([(firm, True), (person, False), (EvidenceGrade.CONFIRMED_BY_REGISTER, True)])


def test_a_check_is_not_answered_before_its_day() -> None:
    """From the day on, also late; not when it is not needed."""
    assert may_answer_check(state=CheckState.WAITING, due_on=TODAY, on=TODAY).allowed
    assert may_answer_check(state=CheckState.CLOSED, due_on=TODAY, on=TODAY).allowed
    assert may_answer_check(state=CheckState.WAITING, due_on=TODAY + timedelta(days=1), on=TODAY).refused
    assert may_answer_check(state=CheckState.NOT_NEEDED, due_on=TODAY, on=TODAY).refused


def test_the_clock_asks_reminds_and_closes_in_this_order() -> None:
    """A service that stood still reminds first and closes later."""
    asked = NOW - timedelta(days=40)
    common = {"due_on": TODAY, "at": NOW, "on": TODAY, "days": DAYS}
    assert check_act(state=CheckState.WAITING, asked_at=None, reminded_at=None, **common) == CheckAct.ASK
    assert check_act(state=CheckState.ASKED, asked_at=asked, reminded_at=None, **common) == CheckAct.REMIND
    assert check_act(state=CheckState.ASKED, asked_at=asked, reminded_at=NOW, **common) == CheckAct.CLOSE
    assert check_act(state=CheckState.CLOSED, asked_at=asked, reminded_at=None, **common) == CheckAct.NOTHING


def test_retention_adds_up_and_shows_the_unknown() -> None:
    """By both, by one, gone, disputed, unknown: together all that was due."""
    cohort = [
        {Side.WORKER: True, Side.EMPLOYER: True},
        {Side.EMPLOYER: True},
        {Side.WORKER: True},
        {Side.WORKER: False},
        {Side.WORKER: False, Side.EMPLOYER: True},
        {},
    ]
    told = retention(cohort)
    assert (told.by_both, told.by_employer, told.by_person, told.gone, told.disputed, told.unknown) == (1,) * 6
    assert told.due == len(cohort)


@pytest.fixture
def hire() -> Outcome:
    """Somebody whom an employer has hired from today."""
    referral = ReferralFactory(vacancy=VacancyFactory(title="Waiter"))
    by = actor_with("employer_staff", scope_id=referral.vacancy.employer_id)
    answer_referral(
        referral=referral,
        answer=Answer.HIRED,
        starts_on=TODAY,
        contract_type="fixed_term",
        channel=AnswerChannel.WEB,
        by=by,
        at=NOW,
    )
    return Outcome.objects.get(referral=referral)


def say(hire: Outcome, day: int, side: Side, works_there: bool, **more: object) -> HireCheck:
    check = HireCheck.objects.get(outcome=hire, day=day)
    by = check_actor(check, side)
    at = NOW + timedelta(days=day)
    return answer_check(
        check=check, side=side, works_there=works_there, channel=CheckChannel.LINK, by=by, at=at, **more
    )


@db
def test_a_hire_has_a_contract_and_three_checks(hire) -> None:
    """Written down with the employer's answer."""
    assert hire.contract_type == "fixed_term"
    assert list(hire.checks.values_list("day", flat=True)) == [1, 90, 180]


@db
def test_both_sides_are_asked_by_text_once_then_again_then_the_check_closes(hire) -> None:
    """The clock is idempotent; who answered is not asked again; silence closes as unknown."""
    at = NOW + timedelta(days=1)
    assert run_check_clock(at=at)["checks_asked"] == 1
    assert run_check_clock(at=at)["checks_asked"] == 0
    kinds = [one.kind for one in latest_messages(limit=20)]
    assert kinds.count("check_worker") == kinds.count("check_employer") == 1
    say(hire, 1, Side.WORKER, True)
    assert run_check_clock(at=at + timedelta(days=3))["checks_reminded"] == 1
    kinds = [one.kind for one in latest_messages(limit=20)]
    assert (kinds.count("check_worker"), kinds.count("check_employer")) == (1, 2)
    assert run_check_clock(at=at + timedelta(days=30))["checks_closed"] == 1
    hire.refresh_from_db()
    assert hire.contested_at is None


@db
def test_a_no_on_the_first_day_contests_the_hire_and_comes_to_the_office(hire) -> None:
    """One says hired, the other not: a counsellor's task; when the person takes it back, it is settled."""
    counsellor = actor_with("counsellor", scope_id=hire.office_id)
    at = NOW + timedelta(days=1)
    run_check_clock(at=at)
    assert not checks_to_call(counsellor, at=at, on=TODAY + timedelta(days=1)).exists()
    say(hire, 1, Side.WORKER, False, reason=LeavingReason.NEVER_BEGAN)
    hire.refresh_from_db()
    assert hire.contested_at is not None
    assert checks_to_call(counsellor, at=at, on=TODAY + timedelta(days=1)).count() == 1
    elsewhere = actor_with("counsellor", scope_id=OfficeFactory().pk)
    assert not checks_to_call(elsewhere, at=at, on=TODAY + timedelta(days=1)).exists()
    say(hire, 1, Side.WORKER, True)
    hire.refresh_from_db()
    assert hire.contested_at is None


@db
def test_when_both_say_that_it_ended_nobody_is_asked_again(hire) -> None:
    """Gone at 90 is gone at 180, and the figures say so."""
    say(hire, 90, Side.WORKER, False, reason=LeavingReason.TOO_FAR, left_on=TODAY + timedelta(days=60))
    assert HireCheck.objects.get(outcome=hire, day=180).state == CheckState.WAITING
    say(hire, 90, Side.EMPLOYER, False)
    assert HireCheck.objects.get(outcome=hire, day=180).state == CheckState.NOT_NEEDED
    told = retained(day=180, due_from=TODAY, due_before=TODAY + timedelta(days=365))
    assert (told.due, told.gone, told.unknown) == (1, 1, 0)
    hire.refresh_from_db()
    assert hire.contested_at is None


@db
def test_still_there_and_left_is_a_dispute(hire) -> None:
    """At 90 days one says there, the other left."""
    say(hire, 90, Side.EMPLOYER, True)
    say(hire, 90, Side.WORKER, False)
    hire.refresh_from_db()
    assert hire.contested_at is not None
    assert retained(day=90, due_from=TODAY, due_before=TODAY + timedelta(days=365)).disputed == 1


@db
def test_who_may_not_speak_for_a_side_changes_nothing(hire) -> None:
    """A firm never speaks for the worker, nor another firm for this one; too early is refused."""
    check = HireCheck.objects.get(outcome=hire, day=1)
    firm = check_actor(check, Side.EMPLOYER)
    common = {"check": check, "works_there": True, "channel": CheckChannel.WEB}
    later = NOW + timedelta(days=2)
    with pytest.raises(NotPermitted):
        answer_check(side=Side.WORKER, by=firm, at=later, **common)
    other = actor_with("employer_staff", scope_id=VacancyFactory().employer_id)
    with pytest.raises(NotPermitted):
        answer_check(side=Side.EMPLOYER, by=other, at=later, **common)
    with pytest.raises(NotPermitted):
        tell_promise(check=check, promise=Promise.PAID, was_kept=True, by=firm, at=later)
    with pytest.raises(Refused):
        answer_check(side=Side.EMPLOYER, by=firm, at=NOW, **common)
    assert not CheckAnswer.objects.exists()
    assert not PromiseKept.objects.exists()


@db
def test_a_link_is_for_one_side_and_cannot_be_altered(hire) -> None:
    """The two links of a check differ, and a changed letter is no link."""
    check = HireCheck.objects.get(outcome=hire, day=1)
    urls = {side: check_url(check, side).removeprefix(settings.BASE_URL) for side in Side}
    assert len(set(urls.values())) == len(Side)
    token = urls[Side.WORKER].strip("/").split("/")[-1]
    assert read_check_token(token) == (check, Side.WORKER)
    with pytest.raises(NotFound):
        read_check_token(token[:-1] + ("2" if token[-1] != "2" else "3"))


@db
def test_a_job_found_alone_is_asked_of_the_person_only() -> None:
    """Without a firm that we know, the person's word closes the check."""
    from openpes.journeys.record_outcome import record_outcome

    person = JobseekerFactory()
    by = actor_with("jobseeker", scope_id=person.person_id)
    outcome = record_outcome(
        jobseeker=person,
        kind=OutcomeKind.JOB,
        starts_on=date(2026, 11, 20),
        grade=EvidenceGrade.SAID_BY_PERSON,
        source="own page",
        by=by,
        at=NOW,
    )
    due = own_checks(by, on=TODAY)
    assert [one.day for one in due] == [1]
    done = answer_check(check=due[0], side=Side.WORKER, works_there=True, channel=CheckChannel.WEB, by=by, at=NOW)
    assert done.state == CheckState.CLOSED
    assert own_checks(by, on=TODAY) == []
    assert outcome.checks.count() == 3


def test_it_never_began_only_when_all_who_can_be_asked_say_so() -> None:
    """One side alone makes a dispute; a register that confirms the work outweighs both."""
    person, firm, register = EvidenceGrade
    both = [person, firm]
    assert never_began([(firm, True), (person, False), (firm, False)], asked=both)
    assert not never_began([(firm, True), (firm, False)], asked=both)
    assert not never_began([(firm, True), (person, False)], asked=both)
    assert not never_began([(firm, False), (person, False), (register, True)], asked=both)
    assert never_began([(person, True), (person, False)], asked=[person])
    assert not never_began([], asked=[person])


def test_who_left_for_a_reason_had_begun() -> None:
    """A bare no on the first day is a no to "has it begun?"; a last day or a reason says that it had."""
    assert not says_it_began(works_there=False, reason=None, left_on=None)
    assert not says_it_began(works_there=False, reason=LeavingReason.NEVER_BEGAN, left_on=TODAY)
    assert says_it_began(works_there=False, reason=LeavingReason.PAY, left_on=None)
    assert says_it_began(works_there=False, reason=None, left_on=TODAY)
    assert says_it_began(works_there=True, reason=None, left_on=None)


@db
def test_work_that_never_began_is_no_placement_and_frees_place_and_person(hire) -> None:
    """Ledger, figures, the vacancy and the registration follow; when one side takes it back, all is as before."""
    span = {"starts_at": NOW - timedelta(days=1), "ends_before": NOW + timedelta(days=9)}
    vacancy, seeker = hire.vacancy, hire.jobseeker

    def counted() -> tuple[int, int, int]:
        placed = placed_between([hire.office_id], starts=span["starts_at"], ends=span["ends_before"])
        return len(recorded(on=TODAY, **span)), sum(placed.values()), len(first_work([seeker.pk]))

    vacancy.refresh_from_db()
    assert counted() == (1, 1, 1) and vacancy.places_left == 1
    say(hire, 1, Side.WORKER, False, reason=LeavingReason.NEVER_BEGAN)
    assert counted() == (1, 1, 1), "one side alone: disputed, and still in the ledger"
    say(hire, 1, Side.EMPLOYER, False)
    hire.refresh_from_db(), vacancy.refresh_from_db(), seeker.refresh_from_db()
    assert hire.never_began_at is not None and hire.contested_at is None and not hire.is_placement
    assert counted() == (0, 0, 0)
    assert (vacancy.places_left, seeker.state) == (2, "active")
    assert not checks_to_call(
        actor_with("counsellor", scope_id=hire.office_id), at=NOW, on=TODAY + timedelta(days=1)
    ).exists()
    say(hire, 1, Side.EMPLOYER, True)
    hire.refresh_from_db(), seeker.refresh_from_db()
    assert hire.never_began_at is None and hire.contested_at is not None and hire.is_placement
    assert counted() == (1, 1, 1) and seeker.state == "in_work"


@db
def test_begun_and_left_on_the_first_day_is_still_a_placement(hire) -> None:
    """Both say that it ended, for the hours: it had begun."""
    for side in Side:
        say(hire, 1, side, False, reason=LeavingReason.HOURS)
    hire.refresh_from_db()
    assert hire.never_began_at is None and hire.contested_at is None and hire.is_placement
