"""Pages after an introduction: the check by link, the meeting by link, the firm's own list, the desk, the quota."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.factories import OfficeFactory, ReferralFactory, VacancyFactory, account_with, actor_with

from openpes.journeys.after_hire import check_url
from openpes.journeys.answer_referral import answer_referral
from openpes.journeys.links import answer_path, answer_token
from openpes.journeys.meet_employer import meeting_url, offer_interview
from openpes.placements.models import CheckAnswer, HireCheck, Outcome, PromiseKept
from openpes.placements.states import CheckChannel, Side
from openpes.referrals.models import Interview, ListReply, Referral
from openpes.referrals.states import Answer, AnswerChannel

pytestmark = pytest.mark.django_db(databases=["default", "access"])


def hire(vacancy=None, *, days_ago: int = 2) -> HireCheck:
    """The first check of somebody who began some days ago."""
    at = timezone.now() - timedelta(days=days_ago)
    vacancy = vacancy or VacancyFactory()
    referral = ReferralFactory(vacancy=vacancy, sent_at=at, answer_due_at=at + timedelta(days=14))
    by = actor_with("employer_staff", scope_id=vacancy.employer_id)
    answer_referral(
        referral=referral, answer=Answer.HIRED, starts_on=at.date(), channel=AnswerChannel.WEB, by=by, at=at
    )
    return HireCheck.objects.get(outcome=Outcome.objects.get(referral=referral), day=1)


def path_of(url: str) -> str:
    return url.removeprefix(settings.BASE_URL)


def test_a_worker_answers_in_one_tap_and_four_more_and_is_shown_the_way_to_complain() -> None:
    """Looking writes nothing; each tap is one question; a no leads to the complaints desk."""
    check = hire()
    client, path = Client(), path_of(check_url(check, Side.WORKER))
    assert client.get(path).status_code == 200
    assert not CheckAnswer.objects.exists()
    client.post(path, {"tap": "yes"})
    assert CheckAnswer.objects.get().works_there
    for tap in ("paid:yes", "hours:yes", "safe:no", "registered:yes"):
        assert tap.split(":")[0] + ":yes" in client.get(path).content.decode()
        client.post(path, {"tap": tap})
    assert PromiseKept.objects.count() == 4
    page = client.get(path).content.decode()
    assert f'class="govuk-button" href="{reverse("web:report")}"' in page


def test_an_employer_never_sees_what_the_worker_said(signed_in) -> None:
    """Neither by link nor on the own page; a firm cannot tap a promise."""
    check = hire()
    worker = path_of(check_url(check, Side.WORKER))
    Client().post(worker, {"tap": "no"})
    Client().post(worker, {"tap": "left", "reason": "not_safe"})
    firm = path_of(check_url(check, Side.EMPLOYER))
    Client().post(firm, {"tap": "paid:no"})
    assert not PromiseKept.objects.exists()
    client = signed_in(account_with("employer_staff", employer=check.outcome.employer))
    for page in (
        Client().get(firm),
        client.get(reverse("employer:hired")),
        client.get(reverse("employer:hired_check", args=[check.ref])),
    ):
        assert page.status_code == 200
        assert "not safe" not in page.content.decode()
        assert "ended" not in page.content.decode().lower().split("<main")[1]


def test_another_firms_hire_does_not_exist(signed_in) -> None:
    """404 for a stranger; and hidden or erased people are gone from the list."""
    check = hire()
    stranger = signed_in(account_with("employer_staff", employer=VacancyFactory().employer))
    assert stranger.get(reverse("employer:hired_check", args=[check.ref])).status_code == 404
    own = signed_in(account_with("employer_staff", employer=check.outcome.employer))
    name = check.outcome.jobseeker.person.name_as_given
    assert name in own.get(reverse("employer:hired")).content.decode()
    Referral.objects.update(hidden_from_employer_at=timezone.now())
    assert name not in own.get(reverse("employer:hired")).content.decode()
    assert own.get(reverse("employer:hired_check", args=[check.ref])).status_code == 404
    person = check.outcome.jobseeker.person
    person.erased_at = timezone.now()
    person.save(update_fields=["erased_at"])
    assert Client().get(path_of(check_url(check, Side.EMPLOYER))).status_code == 404


def test_the_list_of_hired_people_asks_the_database_as_often_for_one_as_for_many(signed_in) -> None:
    """Constant number of queries."""
    vacancy = VacancyFactory(places=30)
    client = signed_in(account_with("employer_staff", employer=vacancy.employer))
    hire(vacancy)
    client.get(reverse("employer:hired"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("employer:hired"))
    for _ in range(12):
        hire(vacancy)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("employer:hired"))
    assert len(one) == len(many)


def test_a_dispute_is_called_about_and_written_down_at_the_desk(signed_in) -> None:
    """Both words, both phones; the person's last word by phone settles it; another office sees nothing."""
    check = hire()
    Client().post(path_of(check_url(check, Side.WORKER)), {"tap": "no"})
    client = signed_in(account_with("counsellor", office=check.outcome.office))
    HireCheck.objects.filter(pk=check.pk).update(state="asked", asked_at=timezone.now())
    page = client.get(reverse("counsellor:after_hire")).content.decode()
    assert reverse("counsellor:after_hire_check", args=[check.ref]) in page
    address = reverse("counsellor:after_hire_check", args=[check.ref])
    assert client.get(address).status_code == 200
    answer = client.post(address, {"side": "worker", "works_there": "yes", "paid": "no"})
    assert answer.status_code == 302
    check.outcome.refresh_from_db()
    assert check.outcome.contested_at is None
    assert not PromiseKept.objects.get().kept
    stranger = signed_in(account_with("counsellor", office=OfficeFactory()))
    assert stranger.get(address).status_code == 404


def test_times_are_offered_by_the_employers_link_and_chosen_by_the_persons() -> None:
    """No account on either side; the file for a calendar names nobody."""
    at = timezone.now()
    referral = ReferralFactory(sent_at=at, answer_due_at=at + timedelta(days=14))
    token = answer_token(referral_ref=referral.ref, employer_id=referral.vacancy.employer_id, at=at)
    address, day = answer_path(token) + "times/", at + timedelta(days=5)
    told = {"place": "Colon Street", "day_1_day": day.day, "day_1_month": day.month, "day_1_year": day.year}
    wrong = Client().post(address, told)
    assert wrong.status_code == 422
    assert "Colon Street" in wrong.content.decode()
    assert Client().post(address, {**told, "time_1": "14:30"}).status_code == 302
    held = Interview.objects.get()
    person = path_of(meeting_url(held))
    page = Client().get(person).content.decode()
    assert held.slots[0] in page
    assert Client().post(person, {"slot": held.slots[0]}).status_code == 302
    held.refresh_from_db()
    assert held.state == "booked"
    calendar = Client().get(person.rstrip("/") + ".ics")
    assert b"BEGIN:VEVENT" in calendar.content
    assert referral.jobseeker.person.name_as_given.encode() not in calendar.content
    assert Client().post(person, {"slot": "2001-01-01T00:00:00+00:00"}).status_code == 422


def test_a_person_finds_meeting_and_check_on_the_own_page(signed_in) -> None:
    """Each one tap away; somebody else's does not exist."""
    check = hire()
    client = signed_in(account_with("jobseeker", person=check.outcome.jobseeker.person))
    assert reverse("jobseeker:check", args=[check.ref]) in client.get(reverse("jobseeker:home")).content.decode()
    assert client.get(reverse("jobseeker:check", args=[check.ref])).status_code == 200
    at = timezone.now()
    other = ReferralFactory(sent_at=at)
    by = actor_with("employer_staff", scope_id=other.vacancy.employer_id)
    slots = [at + timedelta(days=3)]
    offer_interview(referral=other, slots=slots, place="x", channel=AnswerChannel.WEB, by=by, at=at)
    assert client.get(reverse("jobseeker:interview", args=[other.ref])).status_code == 404
    theirs = signed_in(account_with("jobseeker", person=other.jobseeker.person))
    assert theirs.get(reverse("jobseeker:check", args=[check.ref])).status_code == 404
    assert reverse("jobseeker:interview", args=[other.ref]) in theirs.get(reverse("jobseeker:home")).content.decode()
    assert theirs.get(reverse("jobseeker:interview", args=[other.ref])).status_code == 200


def test_a_crawler_reads_no_more_people_than_the_quota(signed_in) -> None:
    """Page by page and link by link together; the answer is still taken; the list names only who was opened."""
    vacancy, at = VacancyFactory(places=30), timezone.now()
    rows = [ReferralFactory(vacancy=vacancy, sent_at=at, answer_due_at=at + timedelta(days=9)) for _ in range(18)]
    client = signed_in(account_with("employer_staff", employer=vacancy.employer))
    named = 0
    for number, one in enumerate(rows):
        if number % 2:
            page = client.get(reverse("employer:introduction", args=[one.ref]))
        else:
            token = answer_token(referral_ref=one.ref, employer_id=vacancy.employer_id, at=at)
            page = Client().get(answer_path(token))
        named += one.jobseeker.person.name_as_given in page.content.decode()
    assert named == 15
    listed = client.get(reverse("employer:introductions")).content.decode()
    assert sum(one.jobseeker.person.name_as_given in listed for one in rows) <= 15
    told = client.post(reverse("employer:introduction", args=[rows[17].ref]), {"answer": "deciding"})
    assert told.status_code == 302


def test_an_employer_says_why_none_fits_and_the_desk_reads_it(signed_in) -> None:
    """A reason is needed; a stranger's vacancy does not exist; the counsellor sees words and quota."""
    vacancy = VacancyFactory()
    client = signed_in(account_with("employer_staff", employer=vacancy.employer))
    address = reverse("employer:list_reply", args=[vacancy.ref])
    assert client.post(address, {}).status_code == 422
    assert not ListReply.objects.exists()
    assert client.post(address, {"wish": "too_far"}).status_code == 302
    stranger = signed_in(account_with("employer_staff", employer=VacancyFactory().employer))
    assert stranger.get(address).status_code == 404
    desk = signed_in(account_with("counsellor", office=vacancy.office))
    page = desk.get(reverse("counsellor:people_for", args=[vacancy.ref])).content.decode()
    assert "They live too far away" in page
    assert "opened 0 of 15 people" in page


def test_the_first_word_of_a_firm_on_its_page_is_kept_with_its_channel(signed_in) -> None:
    """One tap on the page."""
    check = hire()
    client = signed_in(account_with("employer_staff", employer=check.outcome.employer))
    client.post(reverse("employer:hired_check", args=[check.ref]), {"tap": "yes"})
    said = CheckAnswer.objects.get()
    assert (said.side, said.channel, said.works_there) == ("employer", CheckChannel.WEB, True)
