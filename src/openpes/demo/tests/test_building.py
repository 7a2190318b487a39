"""A whole small nation in the database: the same every time, consistent with itself, synthetic to the last row."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from openpes.casework.models import PaperToShow, StandIn
from openpes.core.change_log import check_change_log
from openpes.core.clock import age_on
from openpes.core.models import Schedule
from openpes.demo import marker
from openpes.demo.building import build_nation
from openpes.demo.firm_desk import ANOTHER
from openpes.demo.nation import ImpossibleNation
from openpes.demo.signing_in import demo_accounts
from openpes.imports.models import ImportBatch, ImportRow
from openpes.jobseekers.models import Jobseeker, JobseekerMove, WantedOccupation
from openpes.messaging.models import Message
from openpes.organisations.models import Business, Employer, EmployerContact, EmployerPaper, Membership, Office
from openpes.people.models import Account, Consent, Person, PersonMerge, PersonPhone
from openpes.people.roles import ROLES
from openpes.placements.models import HireCheck, Outcome, OutcomeEvidence
from openpes.placements.states import STRENGTH, EvidenceGrade
from openpes.reference.country import country
from openpes.referrals.models import Referral, ReferralEvent
from openpes.referrals.queries import clocks_on
from openpes.referrals.rules import ClockAct, ClockFacts, clock_act, counts_as_answer
from openpes.referrals.states import Ending, EventKind, ReferralState
from openpes.vacancies.access import public_vacancies
from openpes.vacancies.figures import live_at
from openpes.vacancies.models import Vacancy, VacancyMove
from openpes_countries import hazardous_age

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 24, 4, 30, tzinfo=UTC)
SIZES = {"people": 260, "employers": 30, "vacancies": 90, "offices": 3}
TABLES = (Office, Account, Membership, Person, PersonPhone, Consent, Employer, Vacancy, Jobseeker, WantedOccupation,
          JobseekerMove, VacancyMove, Referral, ReferralEvent, Outcome, OutcomeEvidence, Message)  # fmt: skip


def build(**changes):
    return build_nation(**{"country_code": "PH", "seed": 11, "at": AT, **SIZES, **changes})


def content() -> dict[str, list[tuple]]:
    """Every row of every table, keys left out: they differ from one database to the next."""
    rows = {}
    for model in TABLES:
        plain = [
            field.attname
            for field in model._meta.concrete_fields
            # `about` names a partner by its reference, which is drawn anew.
            if not field.is_relation and not field.primary_key and field.attname != "about"
        ]
        rows[model.__name__] = sorted(map(repr, model.objects.values_list(*plain)))
    return rows


def test_the_same_seed_gives_the_same_nation_and_another_seed_another():
    first = build()
    before = content()
    Schedule.objects.filter(job=marker.MARK).delete()
    again = build()
    assert content() == before
    assert again == first
    Schedule.objects.filter(job=marker.MARK).delete()
    build(seed=12)
    assert content()["Person"] != before["Person"]


def test_a_nation_that_stands_is_left_alone():
    built = build()
    before = content()
    second = build(seed=99, people=500)
    assert second.was_there and not built.was_there
    assert second.people == SIZES["people"]
    assert content() == before


def test_an_interrupted_build_is_cleared_away_and_done_again():
    class PowerCut(Exception):
        pass

    def until_the_people(step: str, done: int, total: int) -> None:
        if step == "people":
            raise PowerCut

    with pytest.raises(PowerCut):
        build(progress=until_the_people)
    assert Vacancy.objects.exists() and not marker.is_finished()
    build()
    rebuilt = content()
    Schedule.objects.filter(job=marker.MARK).delete()
    build()
    assert content() == rebuilt


def test_progress_is_told_and_every_step_comes_to_its_end():
    told: list[tuple[str, int, int]] = []
    build(progress=lambda *step: told.append(step))
    assert list(dict.fromkeys(step for step, _done, _total in told)) == ["offices", "employers", "vacancies", "people"]
    last = {step: (done, total) for step, done, total in told}
    assert all(done == total for done, total in last.values())


def test_every_row_is_synthetic_and_no_account_can_be_entered_by_password():
    build()
    for model in (Office, Person, Account, Employer, Vacancy, Message):
        assert model.objects.exists()
        assert not model.objects.filter(synthetic=False).exists()
    assert not any(account.has_usable_password() for account in Account.objects.all())
    assert check_change_log().whole


def test_a_real_service_is_never_mixed_with_a_demonstration():
    Person.objects.create(name_as_given="A real person", language="en", created_at=AT)
    with pytest.raises(ImpossibleNation, match="Real people"):
        build()
    assert not Office.objects.exists()


def test_counts_agree_with_the_referrals_behind_them():
    report = build(people=600)
    ended: Counter[int] = Counter()
    answered: Counter[int] = Counter()
    hired: Counter[int] = Counter()
    for referral in Referral.objects.select_related("vacancy"):
        if referral.ending:
            counted = counts_as_answer(Ending(referral.ending))
            ended[referral.vacancy.employer_id] += counted is not None
            answered[referral.vacancy.employer_id] += bool(counted)
        hired[referral.vacancy_id] += referral.ending == Ending.HIRED
    for employer in Employer.objects.all():
        assert (employer.introductions, employer.answers) == (ended[employer.pk], answered[employer.pk])
    for vacancy in Vacancy.objects.all():
        filled = vacancy.close_reason == "filled"
        assert vacancy.places_left == (0 if filled else vacancy.places - hired[vacancy.pk])
        assert hired[vacancy.pk] <= vacancy.places
    live = Vacancy.objects.filter(state="live", places_left__gte=1)
    assert live.exclude(source=ANOTHER).count() == SIZES["vacancies"] < live.count()
    assert report.referrals == Referral.objects.count() > 60
    assert report.placements == sum(hired.values()) == Outcome.objects.exclude(referral=None).count() > 0


def test_every_referral_has_a_story_that_its_clock_agrees_with():
    build()
    clocks = clocks_on(AT.date())
    for referral in Referral.objects.select_related("jobseeker__person", "vacancy").prefetch_related("events"):
        events = list(referral.events.all())
        assert [event.at for event in events] == sorted(event.at for event in events)
        assert events[0].kind == EventKind.SENT and events[0].at == referral.sent_at
        assert (events[-1].kind == EventKind.ENDED) == (referral.state == ReferralState.ENDED)
        assert all(event.at <= AT for event in events)
        vacancy, jobseeker = referral.vacancy, referral.jobseeker
        assert vacancy.live_since <= referral.sent_at and jobseeker.registered_at <= referral.sent_at
        if referral.ending == Ending.CLOSED_UNANSWERED:
            kinds = [event.kind for event in events]
            assert EventKind.REMINDED in kinds and EventKind.TASK_RAISED in kinds
        if referral.state == ReferralState.ENDED:
            continue
        assert vacancy.state == "live" and jobseeker.state == "active"
        assert len(referral.parts) == 7 and sum(referral.parts) == referral.score > 0
        facts = ClockFacts(
            state=ReferralState(referral.state),
            sent_at=referral.sent_at,
            answer_due_at=referral.answer_due_at,
            reminded_at=referral.reminded_at,
            task_raised_at=referral.task_raised_at,
            answered=referral.first_answer_at is not None,
        )
        assert clock_act(facts, at=AT - timedelta(minutes=10), clocks=clocks) == ClockAct.NOTHING


def test_the_ledgers_of_moves_end_where_things_stand():
    build(people=600)
    for jobseeker in Jobseeker.objects.prefetch_related("moves"):
        moves = sorted(jobseeker.moves.all(), key=lambda move: move.at)
        assert moves[0].at == jobseeker.registered_at
        assert moves[-1].state == jobseeker.state and moves[-1].at <= AT
        assert (jobseeker.left_at is not None) == (jobseeker.state == "left")
    stock = live_at(instant=AT)
    live = Vacancy.objects.filter(state="live", same_as=None)
    assert (stock.vacancies, stock.places) == (live.count(), sum(live.values_list("places_left", flat=True)))
    assert 0 < live_at(instant=AT - timedelta(days=120)).vacancies < stock.vacancies


def test_nobody_under_age_was_sent_to_hazardous_work():
    build(people=900)
    grown = hazardous_age(country(), on=AT.date()).value
    minors = 0
    for referral in Referral.objects.select_related("jobseeker__person", "vacancy"):
        if age_on(referral.jobseeker.person.born_on, referral.sent_at.date()) < grown:
            minors += 1
            assert not referral.vacancy.hazardous
    assert minors > 5


def test_outcomes_carry_the_grade_of_their_evidence_and_move_people_into_work():
    build(people=600)
    for outcome in Outcome.objects.select_related("jobseeker").prefetch_related("evidence"):
        agreeing = [EvidenceGrade(one.grade) for one in outcome.evidence.all() if one.agrees]
        assert outcome.grade == max(agreeing, key=STRENGTH.__getitem__)
        assert outcome.is_placement == (outcome.vacancy_id is not None)
    working = Jobseeker.objects.filter(state="in_work")
    assert working.exists()
    assert all(Outcome.objects.filter(jobseeker=one).exists() for one in working)


def test_what_is_public_is_lawful_and_approved_by_somebody_else():
    build()
    for vacancy in Vacancy.objects.filter(state="live").select_related("employer"):
        assert not [finding for finding in vacancy.findings if finding["weight"] == "stops"]
        assert vacancy.employer.state == "verified"
        assert vacancy.decided_by_id is not None and vacancy.decided_by_id != vacancy.posted_by_id
    states = set(Vacancy.objects.values_list("state", flat=True))
    assert {"draft", "submitted", "refused", "paused", "closed"} <= states


def test_the_sign_in_page_shows_a_story_that_can_be_walked():
    assert demo_accounts() == []
    build()
    shown = demo_accounts()
    roles = Counter(account.role for account in shown)
    assert roles["counsellor"] == 2
    assert {"jobseeker", "employer_administrator", "employer_adviser", "office_manager", "analyst",
            "administrator"} <= set(roles) <= set(ROLES)  # fmt: skip
    assert len({account.place for account in shown if account.role == "counsellor"}) == 1
    young = Jobseeker.objects.get(person__account__username="jobseeker-1")
    assert age_on(young.person.born_on, AT.date()) == 19
    assert Referral.objects.filter(jobseeker=young).exclude(state="ended").count() == 1
    employer = Membership.objects.get(account__username="employer-1").employer
    assert Vacancy.objects.filter(employer=employer, state="live").count() >= 4
    assert Referral.objects.filter(vacancy__employer=employer).exclude(state="ended").count() >= 5


def test_the_adviser_finds_the_odd_cases():
    """Papers, a register with a near match, visits, an advert twice shown once, one held, a paused firm."""
    build()
    assert 0 < Business.objects.count() <= SIZES["employers"]
    assert EmployerPaper.objects.exists() and EmployerContact.objects.exists()
    assert Vacancy.objects.filter(paused_because="held").exists() and Vacancy.objects.exclude(same_as=None).exists()
    copies = Vacancy.objects.exclude(same_as=None)
    assert not public_vacancies().filter(pk__in=copies.values("pk")).exists()


def test_the_firm_that_a_visitor_enters_has_hired_and_one_hire_is_disputed():
    """With checks on the days of the policy, and answer counts that still fit its introductions."""
    build()
    firm = Employer.objects.get(pk=Membership.objects.get(account__username="employer-1").employer_id)
    hires = Outcome.objects.filter(employer=firm, referral__isnull=False)
    assert hires.count() >= 2
    assert set(HireCheck.objects.filter(outcome__in=hires).values_list("day", flat=True)) == {1, 90, 180}
    assert hires.exclude(contested_at=None).exists()
    assert not hires.exclude(vacancy__employer=firm).exists()
    ended = Referral.objects.filter(vacancy__employer=firm, state=ReferralState.ENDED)
    counted = [counts_as_answer(Ending(one.ending)) for one in ended]
    assert (firm.introductions, firm.answers) == (
        sum(one is not None for one in counted), sum(one is True for one in counted)
    )  # fmt: skip


def test_a_desk_has_what_lies_on_a_desk():
    """A stand-in, an old list with rows to mend, two records to compare, somebody to ask for a paper."""
    report = build()
    assert StandIn.objects.filter(ended_at=None).exists() and PaperToShow.objects.filter(shown_at=None).exists()
    batch = ImportBatch.objects.get(file_name="old-list.csv")
    states = set(ImportRow.objects.filter(batch=batch).values_list("state", flat=True))
    assert {"bad", "ready"} <= states, states
    office = dict(Jobseeker.objects.values_list("person__ref", "office"))
    at_one_office = [pair for pair in report.duplicates if office[pair[0]] == office[pair[1]]]
    assert PersonMerge.objects.filter(state="proposed").exists() is bool(at_one_office)
