"""A firm's own account: details, a proven phone, papers, people with roles, the end of a suspension, visits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.factories import NOW, TODAY, EmployerFactory, OfficeFactory, VacancyFactory, account_with, actor_with

from openpes.core.actors import Actor
from openpes.core.decisions import NotFound, NotPermitted, Refused
from openpes.core.models import AccessEntry, ChangeEntry, StoredFile
from openpes.core.tests.test_pictures import PDF_FILE, jpeg
from openpes.journeys import change_firm as journey
from openpes.journeys.register_employer import decide_employer
from openpes.messaging.models import Message
from openpes.organisations import firm_operations as firms
from openpes.organisations.firm_operations import FirmDetails
from openpes.organisations.models import Employer, EmployerContact, EmployerPaper, Membership, PhoneProof
from openpes.organisations.papers import ending_papers, keep_paper, open_paper, papers_of, remove_paper
from openpes.organisations.portfolio import answers_in_bands, note_contact, portfolio
from openpes.organisations.rules import VisitFacts, VisitRule, may_move_employer, visit_due
from openpes.organisations.states import ContactKind, EmployerState, PaperKind, SizeBand
from openpes.people.roles import needs_second_factor
from openpes.vacancies.access import public_vacancies

pytestmark = pytest.mark.django_db(databases=["default", "access"])


def details(employer: Employer, **other: object) -> FirmDetails:
    """What a firm says of itself, with something changed."""
    held = {
        "name": employer.name,
        "registration_number": employer.registration_number,
        "sector": employer.sector,
        "size_band": SizeBand.FIVE_TO_NINE,
        "area_code": employer.area_code,
        "address": "Colon Street",
        "contact_name": "Ben Cruz",
        "contact_phone": employer.contact_phone,
        "language": "en",
    }
    return FirmDetails(**{**held, **other})  # type: ignore[arg-type]


def administrator_of(employer: Employer) -> Actor:
    """Somebody who may change the firm."""
    return actor_with("employer_administrator", scope_id=employer.pk)


def test_a_new_address_holds_at_once_and_a_new_name_waits_for_an_officer() -> None:
    """The jobs go with the firm: nobody takes over a checked name."""
    vacancy = VacancyFactory()
    employer, by = vacancy.employer, administrator_of(vacancy.employer)
    journey.change_firm(employer=employer, new=details(employer), by=by, at=NOW)
    employer.refresh_from_db()
    assert (employer.state, employer.address) == (EmployerState.VERIFIED, "Colon Street")
    assert public_vacancies().exists()
    journey.change_firm(employer=employer, new=details(employer, name="Golden Gate Bank"), by=by, at=NOW)
    employer.refresh_from_db()
    assert employer.state == EmployerState.SUBMITTED and not public_vacancies().exists()
    assert "Kusina" in employer.events.get().words


def test_hiring_staff_and_strangers_change_nothing_of_a_firm() -> None:
    """Refused, and the record is as it was."""
    employer = EmployerFactory()
    for by in (actor_with("employer_staff", scope_id=employer.pk), administrator_of(EmployerFactory())):
        with pytest.raises(NotPermitted):
            journey.change_firm(employer=employer, new=details(employer, name="Other"), by=by, at=NOW)
    assert not Employer.objects.filter(name="Other").exists() and not ChangeEntry.objects.exists()


def test_a_suspended_firm_keeps_its_name() -> None:
    """A new name is no way out."""
    employer = EmployerFactory(state=EmployerState.SUSPENDED)
    with pytest.raises(Refused) as caught:
        firms.change_firm(employer=employer, new=details(employer, name="Other"), by=administrator_of(employer), at=NOW)
    assert caught.value.decision.reasons[0].code == "suspended_keeps_name"


def test_a_suspension_ends_on_its_day_and_not_before() -> None:
    """The firm is told, and its jobs are public again."""
    vacancy = VacancyFactory()
    office = vacancy.employer.office
    officer = account_with("employer_adviser", office=office)
    by = actor_with("employer_adviser", scope_id=office.pk, account=officer)
    until = TODAY + timedelta(days=7)
    decide_employer(
        employer=vacancy.employer, to=EmployerState.SUSPENDED, note="Nobody answers", until=until, by=by, at=NOW
    )
    assert journey.end_suspensions(at=NOW + timedelta(days=6)) == 0 and not public_vacancies().exists()
    assert journey.end_suspensions(at=NOW + timedelta(days=7)) == 1 and public_vacancies().exists()
    assert journey.end_suspensions(at=NOW + timedelta(days=7)) == 0
    assert Message.objects.filter(kind="employer_verified").count() == 1
    vacancy.employer.refresh_from_db()
    assert vacancy.employer.suspended_until is None and vacancy.employer.events.count() == 2


@pytest.mark.parametrize(("days", "allowed"), [(1, True), (0, False), (-3, False)])
def test_a_suspension_lasts_into_the_future(days: int, allowed: bool) -> None:
    """Until today would be none."""
    decision = may_move_employer(
        now_in=EmployerState.VERIFIED,
        to=EmployerState.SUSPENDED,
        note="why",
        until=TODAY + timedelta(days=days),
        on=TODAY,
    )
    assert decision.refused is not allowed


def code_of(employer: Employer, by: Actor) -> str:
    """Ask for a code and read it from the text."""
    journey.send_phone_code(employer=employer, by=by, at=NOW)
    text = Message.objects.filter(kind="phone_code").latest("pk").text
    return next(word.strip(".") for word in text.split() if word.strip(".").isdigit())


def test_the_code_from_the_text_proves_the_phone_and_never_the_firm() -> None:
    """A wrong code counts as a try; after too many or too late even the right one is over."""
    employer = EmployerFactory(unverified=True)
    by = actor_with("employer_staff", scope_id=employer.pk)
    code = code_of(employer, by)
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(4):
        with pytest.raises(Refused):
            journey.prove_phone(employer=employer, code=wrong, by=by, at=NOW)
    assert PhoneProof.objects.get().tries == 4 and code not in PhoneProof.objects.get().code_hash
    with pytest.raises(Refused):
        journey.prove_phone(employer=employer, code=code, by=by, at=NOW + timedelta(minutes=16))
    journey.prove_phone(employer=employer, code=code, by=by, at=NOW)
    employer.refresh_from_db()
    assert employer.phone_proven_at == NOW and employer.state == EmployerState.SUBMITTED


def test_five_wrong_tries_end_a_code_and_five_codes_end_the_day() -> None:
    """Guessing a code of six digits is hopeless."""
    employer = EmployerFactory()
    by = actor_with("employer_staff", scope_id=employer.pk)
    code = code_of(employer, by)
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(5):
        with pytest.raises(Refused):
            journey.prove_phone(employer=employer, code=wrong, by=by, at=NOW)
    with pytest.raises(Refused) as caught:
        journey.prove_phone(employer=employer, code=code, by=by, at=NOW)
    assert caught.value.decision.reasons[0].code == "code_over"
    for _ in range(4):
        code_of(employer, by)
    with pytest.raises(Refused) as caught:
        code_of(employer, by)
    assert caught.value.decision.reasons[0].code == "codes_enough"


def test_another_number_has_to_be_proven_again() -> None:
    """A proof is about one number."""
    employer = EmployerFactory(phone_proven_at=NOW)
    firms.change_firm(
        employer=employer,
        new=details(employer, contact_phone="+639187654321"),
        by=administrator_of(employer),
        at=NOW,
    )
    employer.refresh_from_db()
    assert employer.phone_proven_at is None


def keep(employer: Employer, by: Actor, content: bytes = b"", **other: object) -> EmployerPaper:
    """Keep a permit."""
    return keep_paper(
        **{  # type: ignore[arg-type]
            "employer": employer,
            "kind": PaperKind.PERMIT,
            "content": content or jpeg(),
            "name": "permit.jpg",
            "expires_on": date(2026, 12, 1),
            "largest_mb": 1,
            "most": 2,
            "by": by,
            "at": NOW,
            **other,
        }
    )


def test_papers_are_kept_once_seen_by_officers_and_each_look_is_logged() -> None:
    """The firm and the officers of its office; nobody else, and no counsellor."""
    employer = EmployerFactory()
    by = actor_with("employer_staff", scope_id=employer.pk)
    paper = keep(employer, by)
    assert keep(employer, by) == paper and StoredFile.objects.count() == 1
    officer = actor_with("employer_adviser", scope_id=employer.office_id)
    assert open_paper(officer, paper.ref, at=NOW)[1].startswith(b"\xff\xd8")
    assert AccessEntry.objects.using("access").get().thing == f"employer_paper:{paper.ref}"
    elsewhere = actor_with("employer_adviser", scope_id=OfficeFactory().pk)
    with pytest.raises(NotFound):
        open_paper(elsewhere, paper.ref, at=NOW)
    for stranger in (
        actor_with("counsellor", scope_id=employer.office_id),
        actor_with("employer_reader", scope_id=employer.pk),
    ):
        with pytest.raises(NotPermitted):
            open_paper(stranger, paper.ref, at=NOW)
    assert AccessEntry.objects.using("access").count() == 1
    assert ending_papers([employer.pk], before=date(2026, 12, 2)) == {employer.pk: date(2026, 12, 1)}
    remove_paper(paper=paper, by=by, at=NOW)
    assert papers_of(by, employer) == []


def test_what_is_no_paper_or_too_much_is_refused_with_the_mend() -> None:
    """Nothing is stored."""
    employer = EmployerFactory()
    by = actor_with("employer_staff", scope_id=employer.pk)
    for content, code in ((b"<html>", "paper_not_kept"), (b"\xff" * (1024 * 1024 + 1), "paper_too_large")):
        with pytest.raises(Refused) as caught:
            keep(employer, by, content)
        assert caught.value.decision.reasons[0].code == code
    assert not StoredFile.objects.exists()
    keep(employer, by), keep(employer, by, PDF_FILE)
    with pytest.raises(Refused) as caught:
        keep(employer, by, jpeg(wide=9))
    assert caught.value.decision.reasons[0].code == "papers_enough"


def test_the_first_of_a_firm_looks_after_its_people_behind_a_second_step() -> None:
    """Whoever came later does not."""
    employer = EmployerFactory()
    first, later = account_with("employer_staff", employer=employer), account_with("employer_staff", employer=employer)
    with pytest.raises(Refused):
        firms.become_administrator(
            employer=employer,
            by=actor_with("employer_staff", scope_id=employer.pk, account=later),
            at=NOW,
            on=TODAY,
        )
    by = actor_with("employer_staff", scope_id=employer.pk, account=first)
    membership = firms.become_administrator(employer=employer, by=by, at=NOW, on=TODAY)
    assert membership.role == "employer_administrator" and needs_second_factor((membership.role,))
    assert not firms.may_take_over(employer, later.pk, on=TODAY)
    assert [one.role for one in firms.living_members(employer, on=TODAY)].count("employer_administrator") == 1


def test_a_colleague_is_invited_joins_with_the_account_at_hand_and_leaves() -> None:
    """Once, only the one meant, and the day after the last one it is over."""
    employer, other = EmployerFactory(), EmployerFactory()
    boss = account_with("employer_administrator", employer=employer)
    by = actor_with("employer_administrator", scope_id=employer.pk, account=boss)
    colleague = account_with("employer_staff", employer=other, username="ben@firm.example")
    invitation, key = firms.invite_colleague(
        employer=employer,
        name="Ben",
        username="ben@firm.example",
        role="employer_reader",
        language="en",
        by=by,
        at=NOW,
        secret="s",
    )
    assert key not in invitation.key_hash
    as_colleague = actor_with("employer_staff", scope_id=other.pk, account=colleague)
    with pytest.raises(NotFound):
        firms.join_firm(invitation=invitation, account=boss, at=NOW, on=TODAY, by=by)
    joined = firms.join_firm(invitation=invitation, account=colleague, at=NOW, on=TODAY, by=as_colleague)
    with pytest.raises(Refused):
        firms.join_firm(invitation=invitation, account=colleague, at=NOW, on=TODAY, by=as_colleague)
    firms.end_colleague(membership=joined, last_day=TODAY + timedelta(days=3), on=TODAY, by=by, at=NOW)
    assert len(firms.living_members(employer, on=TODAY + timedelta(days=3))) == 2
    assert len(firms.living_members(employer, on=TODAY + timedelta(days=4))) == 1
    colleague.refresh_from_db()
    assert colleague.is_active


def test_the_last_administrator_stays_and_staff_end_nobody() -> None:
    """A refusal changes nothing."""
    employer = EmployerFactory()
    boss = account_with("employer_administrator", employer=employer)
    account_with("employer_staff", employer=employer)
    by = actor_with("employer_administrator", scope_id=employer.pk, account=boss)
    with pytest.raises(Refused):
        firms.end_colleague(membership=Membership.objects.get(account=boss), last_day=None, on=TODAY, by=by, at=NOW)
    for actor in (actor_with("employer_staff", scope_id=employer.pk), administrator_of(EmployerFactory())):
        with pytest.raises(NotPermitted):
            firms.end_colleague(
                membership=Membership.objects.get(account=boss), last_day=None, on=TODAY, by=actor, at=NOW
            )
        with pytest.raises(NotPermitted):
            firms.invite_colleague(
                employer=employer,
                name="X",
                username="x",
                role="employer_staff",
                language="en",
                by=actor,
                at=NOW,
                secret="s",
            )
    assert not Membership.objects.exclude(ended_at=None).exists()


RULE = VisitRule(new_within=30, every=180, low_share=0.5)


@pytest.mark.parametrize(
    ("facts", "due"),
    [
        (VisitFacts(None, None, None, None), None),
        (VisitFacts(date(2026, 11, 1), None, None, None), date(2026, 12, 1)),
        (VisitFacts(date(2026, 1, 1), date(2026, 6, 1), None, 0.9), date(2026, 11, 28)),
        (VisitFacts(date(2026, 1, 1), date(2026, 6, 1), None, 0.2), date(2026, 8, 30)),
        (VisitFacts(date(2026, 1, 1), date(2026, 6, 1), date(2026, 7, 1), 0.9), date(2026, 7, 1)),
        (VisitFacts(date(2026, 1, 1), date(2026, 7, 1), date(2026, 7, 1), 0.9), date(2026, 12, 28)),
    ],
)
def test_when_a_firm_is_due_a_visit(facts: VisitFacts, due: date | None) -> None:
    """A day that was agreed, else soon after the check, else by the rule and earlier where nobody answers."""
    assert visit_due(facts, RULE) == due


def test_the_portfolio_puts_the_due_first_and_reads_once(django_assert_num_queries: object) -> None:
    """One query for one firm and for twenty; only the own office's."""
    office = OfficeFactory()
    by = actor_with("employer_adviser", scope_id=office.pk)
    met = EmployerFactory(office=office, decided_at=NOW - timedelta(days=400), introductions=4, answers=4)
    EmployerFactory(office=office, decided_at=NOW - timedelta(days=300), introductions=4, answers=1, name="Late")
    EmployerFactory(decided_at=NOW - timedelta(days=300))
    note_contact(
        employer=met,
        kind=ContactKind.VISIT,
        happened_on=TODAY - timedelta(days=2),
        words="All is well",
        next_on=None,
        by=by,
        at=NOW,
    )
    held = portfolio(by, on=TODAY)
    assert [(one.employer.name, one.is_due) for one in held] == [("Late", True), (met.name, False)]
    assert answers_in_bands(held) == [(0, 25, 0), (25, 50, 1), (50, 75, 0), (75, 100, 1)]
    EmployerFactory.create_batch(18, office=office, decided_at=NOW)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(portfolio(by, on=TODAY)) == 20
    assert sum(one.is_new for one in portfolio(by, on=TODAY)) == 18


def test_a_counsellor_notes_no_visit_and_nobody_one_to_come() -> None:
    """Nothing is written."""
    employer = EmployerFactory()
    wrong = {"employer": employer, "kind": ContactKind.CALL, "words": "", "next_on": None, "at": NOW}
    with pytest.raises(NotPermitted):
        note_contact(**wrong, happened_on=TODAY, by=actor_with("counsellor", scope_id=employer.office_id))  # type: ignore[arg-type]
    with pytest.raises(Refused):
        note_contact(  # type: ignore[arg-type]
            **wrong,
            happened_on=TODAY + timedelta(days=1),
            by=actor_with("employer_adviser", scope_id=employer.office_id),
        )
    assert not EmployerContact.objects.exists()
