"""Firms that never answer are paused, told why, may appeal, and are back with their first answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.factories import NOW, EmployerFactory, ReferralFactory, VacancyFactory, account_with, actor_with

from openpes.complaints.models import Complaint
from openpes.core.decisions import NotFound, NotPermitted, Refused
from openpes.journeys.answer_by_text import answer_by_text
from openpes.journeys.answer_referral import answer_referral
from openpes.journeys.clocks import run_answer_clock
from openpes.journeys.pause_employers import CLOCK, appeal, pause_silent_employers
from openpes.journeys.register_employer import decide_employer
from openpes.messaging.models import Message
from openpes.organisations import pausing_operations
from openpes.organisations.models import EmployerEvent
from openpes.organisations.states import EmployerState
from openpes.referrals.models import Referral
from openpes.referrals.queries import audit_of, usual_answer_days
from openpes.referrals.states import Answer, AnswerChannel, Ending, ReferralState
from openpes.vacancies.queries import search_public

pytestmark = pytest.mark.django_db(databases=["default", "access"])


@pytest.fixture
def vacancy():
    return VacancyFactory(places=9)


def run_days(days: int, *, start: int = 0) -> None:
    for day in range(start, start + days):
        run_answer_clock(at=NOW + timedelta(days=day))


def silence(vacancy, number: int = 3) -> None:
    """So many introductions that the clock closes without an answer."""
    for _ in range(number):
        ReferralFactory(vacancy=vacancy)
    run_days(20)


def test_three_silent_introductions_pause_the_firm(vacancy) -> None:
    """Its adverts leave the public, it is told once, the ledger names the rule; doing it again changes nothing."""
    silence(vacancy)
    at = NOW + timedelta(days=21)
    assert pause_silent_employers(at=at) == 1
    vacancy.employer.refresh_from_db()
    assert vacancy.employer.state == EmployerState.PAUSED
    assert vacancy.employer.paused_at == at
    assert not Referral.objects.exclude(ending=Ending.CLOSED_UNANSWERED).exists()
    assert Message.objects.filter(kind="employer_paused").count() == 1
    assert [(one.state, one.actor) for one in EmployerEvent.objects.all()] == [("paused", "system:clock")]
    assert not search_public().exists()
    assert pause_silent_employers(at=at) == 0


def test_two_silent_introductions_do_not(vacancy) -> None:
    """Below the policy's number nothing happens, and the operation itself refuses."""
    silence(vacancy, 2)
    at = NOW + timedelta(days=21)
    assert pause_silent_employers(at=at) == 0
    with pytest.raises(Refused):
        pausing_operations.pause_employer(employer_id=vacancy.employer_id, after=3, by=CLOCK, at=at)
    vacancy.employer.refresh_from_db()
    assert vacancy.employer.state == EmployerState.VERIFIED
    assert not EmployerEvent.objects.exists()


def test_no_officer_pauses(vacancy) -> None:
    """Only the rule may: neither the operation nor the decision of an officer leads there."""
    silence(vacancy)
    officer = actor_with(
        "office_manager",
        scope_id=vacancy.employer.office_id,
        account=account_with("office_manager", office=vacancy.employer.office),
    )
    with pytest.raises(NotPermitted):
        pausing_operations.pause_employer(employer_id=vacancy.employer_id, after=3, by=officer, at=NOW)
    with pytest.raises(Refused):
        decide_employer(employer=vacancy.employer, to=EmployerState.PAUSED, note="silent", by=officer, at=NOW)
    vacancy.employer.refresh_from_db()
    assert vacancy.employer.state == EmployerState.VERIFIED


def test_an_answer_ends_the_pause_and_begins_the_count_again(vacancy) -> None:
    """By text from the firm's own number; another number finds nothing and changes nothing."""
    silence(vacancy)
    at = NOW + timedelta(days=21)
    waiting = ReferralFactory(vacancy=vacancy, sent_at=at, answer_due_at=at + timedelta(days=14))
    pause_silent_employers(at=at)
    with pytest.raises(NotFound):
        answer_by_text(number="+639990000000", ref=waiting.ref, answer=Answer.INTERVIEW, at=at)
    waiting.refresh_from_db()
    vacancy.employer.refresh_from_db()
    assert (waiting.state, vacancy.employer.state) == (ReferralState.SENT, EmployerState.PAUSED)
    answered = answer_by_text(
        number=vacancy.employer.contact_phone, ref=waiting.ref.lower(), answer=Answer.INTERVIEW, at=at
    )
    vacancy.employer.refresh_from_db()
    assert answered.state == ReferralState.INTERVIEW
    assert answered.events.last().channel == AnswerChannel.SMS
    assert (vacancy.employer.state, vacancy.employer.silent_in_a_row) == (EmployerState.VERIFIED, 0)
    assert pause_silent_employers(at=at) == 0


def test_a_step_without_an_end_is_no_silence(vacancy) -> None:
    """Who said something once is not paused for what was closed later; the answer rate still counts it."""
    for one in [ReferralFactory(vacancy=vacancy) for _ in range(3)]:
        by = actor_with("employer_staff", scope_id=vacancy.employer_id)
        answer_referral(referral=one, answer=Answer.DECIDING, channel=AnswerChannel.WEB, by=by, at=NOW)
    run_days(40)
    vacancy.employer.refresh_from_db()
    assert (vacancy.employer.introductions, vacancy.employer.answers) == (3, 0)
    assert vacancy.employer.silent_in_a_row == 0
    assert all(audit_of(one).sound for one in Referral.objects.all())


def test_an_officer_ends_the_pause(vacancy) -> None:
    """A named officer restores it, and the next night does not pause it again."""
    silence(vacancy)
    pause_silent_employers(at=NOW)
    vacancy.employer.refresh_from_db()
    account = account_with("office_manager", office=vacancy.employer.office, name="Rosa Diaz")
    officer = actor_with("office_manager", scope_id=vacancy.employer.office_id, account=account)
    decide_employer(employer=vacancy.employer, to=EmployerState.VERIFIED, note="called", by=officer, at=NOW)
    assert pause_silent_employers(at=NOW) == 0
    assert list(EmployerEvent.objects.values_list("state", flat=True)) == ["paused", "verified"]


def test_the_appeal_goes_to_somebody_else(signed_in) -> None:
    """From the firm's page, once at a time; the officer who suspended it is the one it is about."""
    employer = EmployerFactory(state=EmployerState.VERIFIED)
    account = account_with("office_manager", office=employer.office)
    officer = actor_with("office_manager", scope_id=employer.office_id, account=account)
    decide_employer(employer=employer, to=EmployerState.SUSPENDED, note="fees asked", by=officer, at=NOW)
    client = signed_in(account_with("employer_staff", employer=employer))
    page = client.get(reverse("employer:firm")).content.decode()
    assert reverse("employer:appeal") in page
    empty = client.post(reverse("employer:appeal"), {"words": ""})
    assert (empty.status_code, Complaint.objects.count()) == (422, 0)
    sent = client.post(reverse("employer:appeal"), {"words": "It was another firm."}, follow=True)
    made = Complaint.objects.get()
    assert made.ref in sent.content.decode()
    assert (made.kind, made.employer_id, made.about_account_id) == ("appeal", employer.pk, account.pk)
    again = client.post(reverse("employer:appeal"), {"words": "Once more."})
    assert (again.status_code, Complaint.objects.count()) == (422, 1)
    assert "Once more." in again.content.decode()


def test_there_is_nothing_to_appeal_for_a_firm_in_good_standing(vacancy) -> None:
    """Nor may somebody of another firm."""
    by = actor_with("employer_staff", scope_id=vacancy.employer_id)
    with pytest.raises(Refused):
        appeal(employer=vacancy.employer, words="why", language="en", by=by, at=NOW)
    with pytest.raises(NotPermitted):
        appeal(
            employer=vacancy.employer,
            words="why",
            language="en",
            by=actor_with("employer_staff", scope_id=vacancy.employer_id + 1),
            at=NOW,
        )
    assert not Complaint.objects.exists()


def test_the_job_page_tells_how_fast_the_firm_usually_answers(vacancy, client) -> None:
    """With enough cases; a firm that is new says nothing."""
    assert usual_answer_days(vacancy.employer_id, at=NOW) is None
    for days in (1, 2, 3.2, 9, 10):
        sent = NOW - timedelta(days=20)
        ReferralFactory(vacancy=vacancy, sent_at=sent, first_answer_at=sent + timedelta(days=days))
    assert usual_answer_days(vacancy.employer_id, at=NOW) == 4
    page = client.get(reverse("web:job", args=[vacancy.ref])).content.decode()
    assert "usually answers within 4 days" in page


def test_the_office_reads_the_clock_in_one_line(vacancy, signed_in) -> None:
    """Sent, reminded, called, ended: with the days, and that its events explain it."""
    silence(vacancy, 1)
    referral = Referral.objects.get()
    client = signed_in(account_with("office_manager", office=vacancy.office))
    page = client.get(reverse("counsellor:referral", args=[referral.ref])).content.decode()
    line = "sent Nov 24, 2026; reminded Nov 27, 2026; given to the office to call Dec 1, 2026; ended Dec 8, 2026."
    assert line in page.replace("\u00a0", " ")
    assert "Its events explain it." in page
    referral.events.filter(kind="reminded").delete()
    page = client.get(reverse("counsellor:referral", args=[referral.ref])).content.decode()
    assert "It was closed as unanswered without a reminder." in page


def test_the_office_sees_who_decided_what_about_a_firm(vacancy, signed_in) -> None:
    """The pause with its reason, on the firm's page; the officer may end it there."""
    silence(vacancy)
    pause_silent_employers(at=NOW + timedelta(days=21))
    client = signed_in(account_with("office_manager", office=vacancy.employer.office))
    page = client.get(reverse("counsellor:employer", args=[vacancy.employer.ref])).content.decode()
    assert "3 introductions in a row without any answer" in page
    assert "Accept this employer" in page


def test_the_firm_is_told_why_it_is_paused(vacancy, signed_in) -> None:
    """On its first page and its own page, with the way back."""
    silence(vacancy)
    pause_silent_employers(at=NOW + timedelta(days=21))
    client = signed_in(account_with("employer_staff", employer=vacancy.employer))
    assert "you did not answer about the people we sent" in client.get(reverse("employer:home")).content.decode()
    assert "You did not answer about the last 3 people." in client.get(reverse("employer:firm")).content.decode()
