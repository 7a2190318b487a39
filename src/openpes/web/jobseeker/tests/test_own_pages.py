"""A registered person's own pages: what to do next, jobs with reasons, applications, details, data, leaving."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import (
    NOW,
    EmployerFactory,
    JobseekerFactory,
    OfficeFactory,
    PersonFactory,
    ReferralFactory,
    VacancyFactory,
    account_with,
    actor_with,
)
from tests.house.test_addresses import all_views

from openpes.core.access_log import record_view
from openpes.dialogues.models import SavedJob
from openpes.jobseekers.models import Jobseeker
from openpes.journeys.answer_referral import answer_referral
from openpes.messaging.models import Message
from openpes.people.models import Account, Consent, Passkey, Person, PersonPhone
from openpes.people.states import Purpose
from openpes.placements.models import Outcome, OutcomeEvidence
from openpes.reference.country import area_coordinates
from openpes.reference.taxonomy import skills_of
from openpes.referrals.models import Referral, ReferralEvent
from openpes.referrals.states import Answer, AnswerChannel, NotHiredReason
from openpes.web.audience import Door

pytestmark = pytest.mark.django_db(databases=["default", "access"])


def url(name: str, *args: str) -> str:
    return reverse(f"jobseeker:{name}", args=args)


def text(browser: Client, name: str, *args: str) -> str:
    response = browser.get(url(name, *args))
    assert response.status_code == 200
    return response.content.decode()


def hired(referral: Referral) -> Referral:
    employer = actor_with("employer_staff", scope_id=referral.vacancy.employer_id)
    return answer_referral(referral=referral, answer=Answer.HIRED, channel=AnswerChannel.WEB, by=employer, at=NOW)


# --- the first page -------------------------------------------------------------------------------


def test_the_first_page_says_what_to_do_next(me, browser):
    assert "Tell us what you can do" in text(browser, "home")
    Jobseeker.objects.update(skills_confirmed_at=NOW)
    assert "No job fits you just now" in text(browser, "home")
    job = VacancyFactory()
    assert "See the job “Waiter”" in text(browser, "home")
    ReferralFactory(jobseeker=me, vacancy=job)
    assert "You have applied. Now the employers must answer" in text(browser, "home")
    Referral.objects.update(state="interview")
    assert "An employer wants to meet you about “Waiter”" in text(browser, "home")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("waiting_for_guardian", "together with a parent or guardian"),
        ("sleeping", "Yes, I still look"),
        ("in_work", "I look for work again"),
    ],
)
def test_each_state_has_its_next_step(me, browser, state, words):
    Jobseeker.objects.update(state=state)
    assert words in text(browser, "home")


@pytest.mark.parametrize("state", ["sleeping", "in_work", "active"])
def test_one_tap_says_that_somebody_looks_for_work(me, browser, state):
    Jobseeker.objects.update(state=state, last_confirmed_at=NOW - timedelta(days=100))
    browser.post(url("still_looking"))
    me.refresh_from_db()
    assert me.state == "active" and me.last_confirmed_at > NOW - timedelta(days=1)


def test_a_minor_does_not_wake_the_registration_alone(me, browser):
    Jobseeker.objects.update(state="waiting_for_guardian")
    browser.post(url("still_looking"))
    me.refresh_from_db()
    assert me.state == "waiting_for_guardian"


# --- jobs -----------------------------------------------------------------------------------------


def test_jobs_come_with_reasons_and_with_what_is_missing(me, browser):
    skills = [link.skill.id for link in skills_of("5131")[:4]]
    Jobseeker.objects.update(skill_ids=skills[:1], skills_confirmed_at=NOW)
    VacancyFactory(skill_ids=skills)
    page = text(browser, "suggestions")
    assert "exactly what you want" in page
    assert "1 of 4 skills" in page and "Missing:" in page
    assert "within your 20 km" in page


def test_the_list_of_jobs_reads_the_same_number_of_times(me, browser):
    office = OfficeFactory()
    counts = []
    for more in (1, 4, 5):
        for _number in range(more):
            VacancyFactory(employer=EmployerFactory(office=office))
        browser.get(url("suggestions"))
        with CaptureQueriesContext(connections["default"]) as queries:
            page = text(browser, "suggestions")
        counts.append(len(queries))
    assert page.count("exactly what you want") == 10
    assert len(set(counts)) == 1, counts


def test_a_job_shows_all_seven_parts_and_what_the_employer_will_see(me, browser):
    job = VacancyFactory()
    page = text(browser, "suggestion", job.ref)
    for part in ("Kind of work", "Skills", "Distance", "Pay", "Experience", "Education", "Languages"):
        assert f'<span class="op-score__name">{part}</span>' in page
    assert "will see your name, where you live" in page and "Not your birth date, and not your sex" in page


def test_two_taps_apply_and_both_sides_are_told(me, browser):
    job = VacancyFactory()
    response = browser.post(url("suggestion", job.ref))
    referral = Referral.objects.get()
    assert response.url == url("referral", referral.ref)
    assert (referral.made_by_jobseeker, referral.vacancy_id, referral.score > 0) == (True, job.pk, True)
    assert set(Message.objects.values_list("kind", flat=True)) == {"referred", "introduced"}
    assert "Waiting for the employer" in text(browser, "referral", referral.ref)


def test_the_phone_is_shown_only_after_a_yes(browser, me):
    Consent.objects.filter(purpose=Purpose.SHARE_CONTACT).delete()
    browser.post(url("suggestion", VacancyFactory().ref))
    assert not Consent.objects.filter(purpose=Purpose.SHARE_CONTACT).exists()
    browser.post(url("suggestion", VacancyFactory().ref), {"share": "yes"})
    assert Consent.objects.filter(purpose=Purpose.SHARE_CONTACT, withdrawn_at=None).count() == 1


def test_applying_twice_is_refused_in_words(browser):
    job = VacancyFactory()
    browser.post(url("suggestion", job.ref))
    again = browser.post(url("suggestion", job.ref))
    assert again.status_code == 422
    assert "You have applied for this job already" in again.content.decode()
    assert Referral.objects.count() == 1


@pytest.mark.parametrize("state", ["waiting_for_guardian", "sleeping", "in_work"])
def test_who_is_not_active_is_told_and_nobody_else_is(me, browser, state):
    job = VacancyFactory()
    Jobseeker.objects.update(state=state)
    assert browser.post(url("suggestion", job.ref)).status_code == 422
    assert not Referral.objects.exists() and not Message.objects.exists()


def test_why_not_names_what_stands_in_the_way(me, browser):
    far = VacancyFactory(latitude=14.6, longitude=121.0)
    page = text(browser, "why_not", far.ref)
    assert "something stands in the way" in page and "Too far" in page
    near = VacancyFactory()
    assert "It is number 1 of the 1 jobs in your list." in text(browser, "why_not", near.ref)


def test_jobs_that_are_not_public_do_not_exist_here(browser):
    hidden = VacancyFactory(waiting=True)
    for name in ("suggestion", "why_not"):
        assert browser.get(url(name, hidden.ref)).status_code == 404
    assert browser.post(url("suggestion", hidden.ref)).status_code == 404


# --- applications ---------------------------------------------------------------------------------


def test_an_application_tells_its_story_but_not_why_the_employer_said_no(me, browser):
    referral = ReferralFactory(jobseeker=me)
    employer = actor_with("employer_staff", scope_id=referral.vacancy.employer_id)
    answer_referral(
        referral=referral,
        answer=Answer.NOT_HIRED,
        reason=NotHiredReason.SKILLS_MISSING,
        channel=AnswerChannel.WEB,
        by=employer,
        at=NOW,
    )
    page = text(browser, "referral", referral.ref)
    assert "We told the employer about you" in page and "Not this time" in page
    assert "skills_missing" not in page and "Some skills are missing" not in page
    assert "no longer sees your name" in page


@pytest.mark.parametrize("state", ["sent", "interview"])
def test_how_to_reach_the_employer_is_shown_once_they_want_to_meet(me, browser, state):
    referral = ReferralFactory(jobseeker=me, state=state)
    shown = referral.vacancy.employer.contact_phone in text(browser, "referral", referral.ref)
    assert shown == (state == "interview")


def test_an_application_is_taken_back_with_a_reason(me, browser):
    referral = ReferralFactory(jobseeker=me)
    assert browser.post(url("withdraw", referral.ref), {}).status_code == 422
    browser.post(url("withdraw", referral.ref), {"reason": "jobseeker_withdrew"})
    referral.refresh_from_db()
    assert (referral.ending, referral.ending_reason) == ("withdrawn", "jobseeker_withdrew")
    assert browser.post(url("withdraw", referral.ref), {"reason": "jobseeker_withdrew"}).status_code == 422


def test_somebody_elses_records_do_not_exist(me, browser):
    theirs = ReferralFactory()
    outcome = Outcome.objects.create(
        jobseeker=theirs.jobseeker,
        office=theirs.office,
        kind="job",
        starts_on=NOW.date(),
        grade="said_by_employer",
        recorded_at=NOW,
    )
    for name in ("referral", "withdraw"):
        assert browser.get(url(name, theirs.ref)).status_code == 404
    assert browser.post(url("withdraw", theirs.ref), {"reason": "jobseeker_withdrew"}).status_code == 404
    assert browser.post(url("confirm", outcome.ref), {"right": "no"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.state == "sent" and not OutcomeEvidence.objects.exists()


def test_lists_of_applications_read_the_same_number_of_times(me, browser):
    office, counts = OfficeFactory(), []
    text(browser, "referrals")
    for more in (1, 19, 20):
        for _number in range(more):
            ReferralFactory(jobseeker=me, vacancy=VacancyFactory(employer=EmployerFactory(office=office)))
        with CaptureQueriesContext(connections["default"]) as queries:
            text(browser, "referrals")
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


# --- what became of somebody ----------------------------------------------------------------------


def test_news_of_work_ends_what_was_open(me, browser):
    ReferralFactory(jobseeker=me)
    day = {"starts_on_day": "24", "starts_on_month": "11", "starts_on_year": "2026"}
    assert browser.post(url("news"), day).status_code == 422
    browser.post(url("news"), {"kind": "self_employment", **day})
    outcome = Outcome.objects.get()
    assert (outcome.kind, outcome.grade) == ("self_employment", "said_by_person")
    assert Referral.objects.get().ending_reason == "jobseeker_found_work"
    assert Jobseeker.objects.get(pk=me.pk).state == "in_work"
    old = browser.post(url("news"), {"kind": "job", **day, "starts_on_year": "2020"})
    assert old.status_code == 422 and "more than a year ago" in old.content.decode()


@pytest.mark.parametrize(("said", "contested"), [("yes", False), ("no", True)])
def test_a_hire_that_an_employer_reported_is_confirmed_or_not(me, browser, said, contested):
    hired(ReferralFactory(jobseeker=me))
    assert "says that you work there" in text(browser, "home")
    outcome = Outcome.objects.get()
    browser.post(url("confirm", outcome.ref), {"right": said})
    outcome.refresh_from_db()
    assert (outcome.contested_at is not None) == contested
    assert outcome.evidence.filter(grade="said_by_person", agrees=not contested).count() == 1
    assert "says that you work there" not in text(browser, "home")


# --- details --------------------------------------------------------------------------------------


def test_each_part_of_the_details_can_be_changed(me, browser):
    skill = skills_of("5120")[0].skill.id
    browser.post(url("profile_work"), {"work1_text": "cook", "work1_code": "5120"})
    browser.post(url("profile_skills"), {"skills": [skill], "licences": ["none"], "experience": "12"})
    browser.post(url("profile_wishes"), {"max_km": "50", "times": ["days"], "pay_amount": "", "pay_period": "month"})
    browser.post(url("profile_languages"), {"languages": ["ceb"]})
    browser.post(url("profile_place"), {"area_code": "PH-00", "education": "none", "work_status": "caring"})
    one = Jobseeker.objects.get(pk=me.pk)
    assert [row.isco for row in one.wanted.all()] == ["5120"]
    assert (one.skill_ids, one.licence_ids, one.experience_months) == ([skill], [], 12)
    assert (one.max_km, one.min_pay_amount, one.language_codes) == (50, None, ["ceb"])
    assert (one.area_code, one.education_level, one.work_status) == ("PH-00", 0, "caring")
    assert one.latitude and abs(one.latitude - 14.6) < 0.5
    page = text(browser, "profile")
    for words in ("Cook", "Cebuano", "50 km", "National Capital Region", "Daytime, Monday to Friday"):
        assert words in page


def test_a_part_sent_unchanged_changes_nothing(me, browser):
    latitude, longitude = area_coordinates(me.area_code)
    Jobseeker.objects.update(shifts=0b101, max_km=17, skills_confirmed_at=NOW, latitude=latitude, longitude=longitude)
    before = Jobseeker.objects.filter(pk=me.pk).values().get()
    for part in ("place", "work", "skills", "wishes", "languages"):
        form = browser.get(url(f"profile_{part}")).context["form"]
        sent = {}
        for field in form:
            value = field.value()
            widget = field.field.widget
            if hasattr(widget, "widgets_names"):
                parts = value if isinstance(value, list) else widget.decompress(value)
                sent |= {
                    f"{field.html_name}{name}": one or "" for name, one in zip(widget.widgets_names, parts, strict=True)
                }
            else:
                sent[field.html_name] = "" if value is None else value
        assert browser.post(url(f"profile_{part}"), sent).status_code == 302, part
    after = Jobseeker.objects.filter(pk=me.pk).values().get()
    assert after == before


def test_a_work_chosen_from_the_list_stands_ready(browser):
    answer = browser.post(url("kind", "71"), {"isco": "7112"})
    assert answer.url == url("profile_work") + "?add=7112"
    assert 'value="7112" checked' in browser.get(answer.url).content.decode()


def test_another_phone_needs_the_pin(me):
    account = account_with("jobseeker", person=me.person, username="ABCD-EFGH")
    account.set_password("481927")
    account.save()
    browser = Client()
    browser.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    new = {"phone": "0918 765 4321", "owner": "own"}
    assert browser.post(url("profile_phone"), {**new, "pin": "000001"}).status_code == 422
    assert not PersonPhone.objects.filter(number="+639187654321").exists()
    assert browser.post(url("profile_phone"), {**new, "pin": "481927"}).status_code == 302
    assert PersonPhone.objects.get(person=me.person, is_main=True).number == "+639187654321"


# --- data -----------------------------------------------------------------------------------------


def test_the_download_holds_everything_about_me_and_nothing_about_others(me, browser):
    mine = hired(ReferralFactory(jobseeker=me))
    ReferralFactory(jobseeker=JobseekerFactory(person=PersonFactory(name_as_given="Somebody Else")))
    record_view(by=actor_with("counsellor", scope_id=me.office_id), at=NOW, subject=me.person.log_key, thing="test")
    SavedJob.objects.create(person=me.person, vacancy=mine.vacancy, saved_at=NOW)
    Passkey.objects.create(account=me.person.account, key_id="k", public_key=b"p", name="Blue phone", made_at=NOW)
    response = browser.post(url("download"))
    told = json.loads(response.content)
    assert told["dialogues"]["saved_jobs"][0]["vacancy"] == mine.vacancy.title
    assert told["people"]["passkeys"][0]["device that signs in"] == "Blue phone"
    for about, words in (("saved_jobs", mine.vacancy.title), ("passkeys", "Blue phone")):
        assert words in browser.get(url("everything"), {"about": about}).content.decode()
    assert "attachment" in response["Content-Disposition"]
    assert told["people"]["person"][0]["name"] == me.person.name_as_given
    assert len(told["referrals"]["introductions"]) == 1
    assert len(told["referrals"]["steps"]) == ReferralEvent.objects.filter(referral=mine).count()
    assert told["placements"]["outcomes"][0]["what became of me"] == "job"
    assert told["access log"]["who looked"][0]["actor"] == "counsellor"
    assert told["messaging"]["messages"]
    assert "Somebody Else" not in response.content.decode()


def test_the_data_page_says_who_looked(me, browser):
    record_view(
        by=actor_with("counsellor", scope_id=me.office_id),
        at=NOW,
        subject=me.person.log_key,
        thing="test",
        reason="absence of a colleague",
    )
    assert browser.get(url("everything"), {"about": "no such table"}).status_code == 200
    page = text(browser, "data")
    assert "counsellor: absence of a colleague" in page
    assert me.person.name_as_given in text(browser, "everything")


def test_the_yes_for_the_phone_is_taken_back_at_once(me, browser):
    browser.post(url("share_contact"), {"agree": "no"})
    assert not Consent.objects.filter(person=me.person, purpose="share_contact", withdrawn_at=None).exists()
    browser.post(url("share_contact"), {"agree": "yes"})
    browser.post(url("share_contact"), {"agree": "yes"})
    assert Consent.objects.filter(person=me.person, purpose="share_contact", withdrawn_at=None).count() == 1


def test_leaving_erases_signs_out_and_needs_the_pin(me):
    account = account_with("jobseeker", person=me.person, username="ABCD-EFGH")
    account.set_password("481927")
    account.save()
    browser = Client()
    browser.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    referral = ReferralFactory(jobseeker=me)
    assert browser.post(url("leave"), {"understood": "on", "pin": "000001"}).status_code == 422
    assert browser.post(url("leave"), {"pin": "481927"}).status_code == 422
    assert Person.objects.get(pk=me.person_id).name_as_given
    answer = browser.post(url("leave"), {"understood": "on", "pin": "481927"})
    assert answer["Clear-Site-Data"]
    assert Person.objects.get(pk=me.person_id).name_as_given == ""
    assert not Account.objects.filter(pk=account.pk).exists()
    referral.refresh_from_db()
    assert referral.ending == "withdrawn"
    assert "your data is erased" in browser.get("/").content.decode()
    assert browser.get(url("home")).status_code == 302


# --- the door -------------------------------------------------------------------------------------


OWN = sorted(
    pattern
    for pattern, view in all_views()
    if view.__module__.startswith("openpes.web.jobseeker") and view.audience.door == Door.ROLES and "<" not in pattern
)


@pytest.mark.parametrize("path", OWN)
def test_nobody_else_gets_in(path, signed_in):
    assert Client().get(f"/{path}").status_code == 302
    for role in ("counsellor", "administrator"):
        place = OfficeFactory() if role == "counsellor" else None
        assert signed_in(account_with(role, office=place)).get(f"/{path}").status_code == 404


@pytest.mark.parametrize("path", OWN)
def test_own_pages_are_light(path, me, browser):
    for _number in range(12):
        VacancyFactory(skill_ids=[link.skill.id for link in skills_of("5131")])
    for _number in range(20):
        ReferralFactory(jobseeker=me)
    response = browser.get(f"/{path}")
    # Only some countries have unemployment benefit; its page has tests of its own.
    assert response.status_code in ({404} if path == "me/benefit/" else {200, 405})
    assert len(response.content) <= 30 * 1024, len(response.content)
