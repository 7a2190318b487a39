"""The interview in three screens, by the keyboard alone: choose, talk, plan; and what becomes of it."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import (
    TODAY,
    JobseekerFactory,
    OfficeFactory,
    VacancyFactory,
    account_with,
)

from openpes.circumstances.models import Agreement, Barrier
from openpes.core.clock import now
from openpes.guidance.models import Interview, InterviewPart, Plan
from openpes.guidance.scripts import shipped_scripts
from openpes.messaging.models import Message
from openpes.reference.country import today
from openpes.referrals.models import Referral

pytestmark = pytest.mark.django_db(databases=["default", "access"])


@pytest.fixture
def office():
    return OfficeFactory()


@pytest.fixture
def seeker(office):
    return JobseekerFactory(office=office)


@pytest.fixture
def desk(office, signed_in):
    return signed_in(account_with("counsellor", office=office, name="Ana"))


def fields_of(page):
    """What a browser would send of the form on a page: versions, words and ticks as they stand."""
    text, data = page.content.decode(), {}
    for tag in re.findall(r"<input[^>]*>", text):
        found = dict(re.findall(r'(\S+)="([^"]*)"', tag))
        kind = found.get("type", "text")
        if "name" in found and (kind in {"hidden", "text"} or " checked" in tag) and found["name"] not in data:
            data[found["name"]] = found.get("value", "on")
    for name, value in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', text):
        data[name] = value
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', text, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', body)
        data[name] = chosen.group(1) if chosen else ""
    data.pop("csrfmiddlewaretoken", None)
    return data


def begin(desk, seeker, script="care_duties_20", **more):
    answer = desk.post(reverse("counsellor:interviews", args=[seeker.ref]), {"script": script, **more})
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def due(days=7):
    day = today(now()) + timedelta(days=days)
    return {"day": day.day, "month": day.month, "year": day.year}


def plan_data(**more):
    data = {
        "seen_version": 0,
        "diagnosis": "barriers",
        "strategy": "clear_way",
        "goal": "Work near home",
        "a1_title": "Ask for the missing identity paper",
        "a1_who": "person",
        "a1_safe": "on",
    }
    return data | {f"a1_due_{part}": value for part, value in due().items()} | more


def test_three_screens_from_the_person_to_the_plan(desk, seeker):
    person = desk.get(reverse("counsellor:person", args=[seeker.ref])).content.decode()
    first = reverse("counsellor:interviews", args=[seeker.ref])
    assert first in person
    assert desk.get(first).status_code == 200  # screen 1
    url = begin(desk, seeker)
    page = desk.get(url)  # screen 2
    data = fields_of(page) | {
        "arrive.welcome": "Two hours a day of my own",
        "activities.chosen": ["small_children", "sells_food"],
        "barriers_agreed": "on",
        "barrier.care.severity": "blocks",
        "barrier.care.words": "A baby of ten months",
        "act": "plan",
    }
    answer = desk.post(url, data)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    plan_page = desk.get(answer.url).content.decode()  # screen 3
    assert "Change and bathe babies" in plan_page and plan_page.count("checked") >= 5
    skills = re.findall(r'name="skills" value="([^"]+)"', plan_page)
    done = desk.post(answer.url, plan_data(interview=Interview.objects.get().ref, skills=skills[:2]))
    assert done.status_code == 302 and done.url == reverse("counsellor:plan", args=[seeker.ref])
    seeker.refresh_from_db()
    assert seeker.skill_ids == skills[:2]
    plan = Plan.objects.get()
    assert (plan.goal, plan.interview.state, plan.actions.get().safe_to_text) == ("Work near home", "ended", True)
    assert Barrier.objects.get().words == "A baby of ten months"
    assert "Work near home" in desk.get(done.url).content.decode()


def test_a_cut_of_power_loses_nothing_that_was_saved_and_the_script_saves_as_one_types(desk, seeker):
    url = begin(desk, seeker)
    data = fields_of(desk.get(url)) | {"arrive.welcome": "Half a sentence"}
    answer = desk.post(url, data, headers={"X-Autosave": "1"})
    assert answer.json() == {"versions": answer.json()["versions"], "clashes": [], "problems": []}
    assert answer.json()["versions"]["arrive"] == 1
    again = desk.get(url).content.decode()
    assert "Half a sentence" in again and "autosave.js" in again
    first = desk.get(reverse("counsellor:interviews", args=[seeker.ref])).content.decode()
    assert "Go on with it" in first and url in first


def test_save_and_go_on_leads_to_the_next_part(desk, seeker):
    url = begin(desk, seeker)
    answer = desk.post(url, fields_of(desk.get(url)) | {"arrive.welcome": "Hello", "act": "2"})
    assert answer.url == f"{url}#part-2"


def test_two_counsellors_at_once_are_shown_both(desk, seeker, office, signed_in):
    url = begin(desk, seeker)
    mine, ben = fields_of(desk.get(url)), signed_in(account_with("counsellor", office=office, name="Ben"))
    ben.post(url, fields_of(ben.get(url)) | {"arrive.welcome": "Ben wrote this"})
    answer = desk.post(url, mine | {"arrive.welcome": "Ana wrote that", "story.day": "Up at five", "act": "plan"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Ben wrote this" in page and "Ana wrote that" in page and "Both are shown" in page
    assert InterviewPart.objects.get(code="arrive").answers == {"welcome": "Ben wrote this"}
    assert InterviewPart.objects.get(code="story").answers == {"day": "Up at five"}
    assert desk.post(url, fields_of(answer)).status_code == 302
    assert InterviewPart.objects.get(code="arrive").answers == {"welcome": "Ana wrote that"}


def test_barriers_without_a_yes_are_not_kept_and_nothing_typed_is_lost(desk, seeker):
    url = begin(desk, seeker)
    data = fields_of(desk.get(url)) | {
        "arrive.welcome": "Hello",
        "barrier.debt.severity": "some",
        "barrier.debt.words": "Owes an agent",
        "act": "plan",
    }
    answer = desk.post(url, data)
    assert answer.status_code == 422 and "Owes an agent" in answer.content.decode()
    assert "Ask first" in answer.content.decode()
    assert not Barrier.objects.exists() and not Agreement.objects.exists()
    assert InterviewPart.objects.get().answers == {"welcome": "Hello"}


def test_held_on_paper(desk, seeker):
    url = reverse("counsellor:interviews", args=[seeker.ref])
    tomorrow = today(now()) + timedelta(days=1)
    date = {"held_on_day": tomorrow.day, "held_on_month": tomorrow.month, "held_on_year": tomorrow.year}
    assert desk.post(url, {"script": "first_job_10", **date}).status_code == 422
    assert not Interview.objects.exists()
    date = {"held_on_day": 2, "held_on_month": 11, "held_on_year": 2025}
    page = desk.get(begin(desk, seeker, "first_job_10", **date)).content.decode()
    assert "Held on paper on" in page and "of 10 minutes" not in page
    paper = desk.get(reverse("counsellor:interview_paper", args=[seeker.ref, "first_job_40"]))
    assert paper.content.startswith(b"%PDF")
    assert desk.get(reverse("counsellor:interview_paper", args=[seeker.ref, "nothing"])).status_code == 404


@pytest.mark.parametrize("name", ["interviews", "plan", "new_plan", "advice", "circumstances", "match"])
def test_people_of_another_office_do_not_exist(desk, name):
    stranger = JobseekerFactory()
    assert desk.get(reverse(f"counsellor:{name}", args=[stranger.ref])).status_code == 404


def test_an_interview_belongs_to_its_person(desk, seeker, office):
    other = JobseekerFactory(office=office)
    begin(desk, seeker)
    assert desk.get(reverse("counsellor:interview", args=[other.ref, Interview.objects.get().ref])).status_code == 404


@pytest.mark.parametrize("code", ["first_job_10", "returning_migrant_20", "disability_40"])
def test_a_page_is_light(desk, seeker, code):
    page = desk.get(begin(desk, seeker, code))
    assert len(gzip.compress(page.content, 6)) <= 15 * 1024
    assert len(page.content) <= 60 * 1024, len(page.content)
    text = page.content.decode()
    labels = set(re.findall(r'<label[^>]* for="([^"]+)"', text))
    boxes = re.findall(r'<(?:input|textarea|select)(?![^>]*type="hidden")[^>]* id="([^"]+)"', text)
    assert boxes and set(boxes) <= labels
    assert "<script" not in text.replace('<script src="', "") and 'tabindex="1' not in text


def test_a_plan_that_is_refused_keeps_what_was_typed(desk, seeker):
    url = reverse("counsellor:new_plan", args=[seeker.ref])
    answer = desk.post(url, plan_data(a2_title="Second step", a2_who="partner", goal="Sew"))
    page = answer.content.decode()
    assert answer.status_code == 422 and "Second step" in page and "Action 2" in page and not Plan.objects.exists()
    assert desk.post(url, plan_data()).status_code == 302
    stale = desk.post(url, plan_data(goal="Other"))
    assert stale.status_code == 422 and "new plan meanwhile" in stale.content.decode() and Plan.objects.count() == 1


def test_the_slip_is_printed_and_texted_in_the_persons_language(desk, seeker, signed_in):
    seeker.person.language = "fil"
    seeker.person.save()
    desk.post(
        reverse("counsellor:new_plan", args=[seeker.ref]),
        plan_data(
            a2_title="See the doctor",
            a2_who="person",
            diagnosis_words="Her husband beats her",
            **{f"a2_due_{part}": value for part, value in due(9).items()},
        ),
    )
    assert desk.get(reverse("counsellor:plan_slip", args=[seeker.ref])).content.startswith(b"%PDF")
    me, ref = signed_in(account_with("jobseeker", person=seeker.person)), Plan.objects.get().ref
    assert "Work near home" in me.get(reverse("jobseeker:plan")).content.decode()
    assert me.get(reverse("jobseeker:plan_slip", args=[ref])).content.startswith(b"%PDF")
    other = signed_in(account_with("jobseeker", person=JobseekerFactory().person))
    assert other.get(reverse("jobseeker:plan_slip", args=[ref])).status_code == 404
    desk.post(reverse("counsellor:text_plan", args=[seeker.ref]))
    message = Message.objects.get(kind="plan")
    assert "Ask for the missing identity paper" in message.text and message.language == "fil"
    assert "doctor" not in message.text and "husband" not in message.text and "near home" not in message.text
    assert message.segments <= 3


def test_without_a_safe_action_or_a_phone_no_text_goes_out(desk, seeker):
    new, text = (reverse(f"counsellor:{name}", args=[seeker.ref]) for name in ("new_plan", "text_plan"))
    assert desk.post(text).status_code == 404
    data = plan_data()
    del data["a1_safe"]
    desk.post(new, data)
    assert "safe to text" in desk.post(text, follow=True).content.decode()
    desk.post(new, plan_data(seen_version=1))
    seeker.person.phones.all().delete()
    assert "no phone" in desk.post(text, follow=True).content.decode()
    assert not Message.objects.filter(kind="plan").exists()


def test_a_long_plan_fits_into_the_text(desk, seeker):
    more = {}
    for number in (1, 2, 3):
        more |= {f"a{number}_title": f"{number} " + "Ұ" * 70, f"a{number}_who": "person", f"a{number}_safe": "on"}
        more |= {f"a{number}_due_{part}": value for part, value in due(number).items()}
    desk.post(reverse("counsellor:new_plan", args=[seeker.ref]), plan_data(**more))
    desk.post(reverse("counsellor:text_plan", args=[seeker.ref]))
    assert Message.objects.get(kind="plan").segments <= 3


def test_actions_are_marked_and_the_plan_reviewed(desk, seeker):
    desk.post(reverse("counsellor:new_plan", args=[seeker.ref]), plan_data())
    action, url = Plan.objects.get().actions.get(), reverse("counsellor:plan", args=[seeker.ref])
    mark = reverse("counsellor:mark_action", args=[seeker.ref, action.ref])
    assert "what came instead" in desk.post(mark, {"to": "changed", "note": ""}, follow=True).content.decode()
    desk.post(mark, {"to": "done"})
    action.refresh_from_db()
    assert action.state == "done"
    desk.post(reverse("counsellor:review_plan", args=[seeker.ref]), {})
    assert Plan.objects.get().reviewed_at is not None and "last on" in desk.get(url).content.decode()
    assert desk.post(reverse("counsellor:mark_action", args=[seeker.ref, "0" * 10]), {"to": "done"}).status_code == 404


def test_matching_from_the_talk_comes_back_to_the_talk_in_six_clicks(desk, seeker, office):
    """Clicks: interview link, begin, jobs, one job, agreed, send."""
    vacancy = VacancyFactory(employer__office=office)
    url = begin(desk, seeker)
    match = reverse("counsellor:match", args=[seeker.ref])
    assert match in desk.get(url).content.decode()
    page = desk.get(match).content.decode()
    assert "less than 1 km" in page and "fare not known here" in page and "Programmes beside jobs" in page
    assert "not known yet" in page
    answer = desk.post(match, {"vacancies": [vacancy.ref], "agreed": "on"})
    assert answer.url == url and Referral.objects.count() == 1
    assert Message.objects.filter(kind="referred").exists()


def test_one_job_that_cannot_be_sent_does_not_stop_the_others(desk, seeker, office, monkeypatch):
    first, second = VacancyFactory(employer__office=office), VacancyFactory(employer__office=office)
    match = reverse("counsellor:match", args=[seeker.ref])
    desk.get(match)
    from openpes.journeys import refer_several as journey

    real = journey.refer_jobseeker

    def filled(**given):
        if given["vacancy"].pk == second.pk:
            second.places_left = 0
            second.save()
        return real(**given)

    monkeypatch.setattr(journey, "refer_jobseeker", filled)
    page = desk.post(match, {"vacancies": [first.ref, second.ref], "agreed": "on"}, follow=True).content.decode()
    assert Referral.objects.get().vacancy == first
    assert "1 employer is told now" in page and "No place is left" in page


def test_the_fare_is_told_where_the_country_has_a_figure(monkeypatch):
    from decimal import Decimal

    from openpes.web.counsellor import offers
    from openpes_countries import OverlayAct, OverlayEntry, Source, load_country, with_overlay

    assert offers.fare_a_day(10.0, on=TODAY) is None
    pack = with_overlay(
        load_country("PH"),
        [
            OverlayEntry(
                "travel.fare_per_km", OverlayAct.REPLACE, "A. Officer", TODAY, value="1.5", source=Source("Fare order")
            )
        ],
    )
    monkeypatch.setattr(offers, "country", lambda: pack)
    assert offers.fare_a_day(10.04, on=TODAY) == Decimal("30.00") and offers.fare_a_day(None, on=TODAY) is None


def test_programmes_say_yes_no_or_not_known(desk, seeker, office):
    from openpes.circumstances.queries import Circumstances
    from openpes.web.counsellor.offers import facts_for_programmes, programme_lines

    lines = {one.name: one for one in programme_lines(seeker, Circumstances(frozenset()), on=TODAY)}
    spes = lines["Special Program for Employment of Students (SPES)"]
    assert spes.verdict == "unknown" and spes.reasons and spes.source
    facts = facts_for_programmes(
        seeker, Circumstances(frozenset(), groups=frozenset({"out_of_school_youth"})), on=TODAY
    )
    assert facts["out_of_school_youth"] is True and "displaced_worker" not in facts


def test_groups_tell_facts_that_rules_ask_for():
    from openpes_countries import known_countries, load_country
    from openpes_countries.eligibility import FIELDS

    packs = [load_country(code) for code in known_countries()]
    known = {group.code for pack in packs for group in pack.priority_groups}
    for field, codes in packs[0].value("guidance.facts_of_groups", on=TODAY).value.items():
        assert field in FIELDS and set(codes) <= known, field


def test_the_library_is_found_printed_and_texted(desk, seeker, office):
    VacancyFactory(employer__office=office)
    url = reverse("counsellor:library")
    page = desk.get(f"{url}?q=waiter&person={seeker.ref}").content.decode()
    assert "1 live job" in page and reverse("web:occupation_pdf", args=["5131"]) in page and "accesskey" in page
    text = reverse("counsellor:text_sheet", args=[seeker.ref, "5131"])
    assert text in page
    assert desk.post(text, {"q": "waiter"}).url == f"{url}?person={seeker.ref}&q=waiter"
    message = Message.objects.get()
    assert "5131" in message.text and "/occupations/5131/" in message.text
    desk.post(reverse("counsellor:text_sheet", args=[seeker.ref, "9999"]))
    assert Message.objects.count() == 1
    assert "Being there for people" in desk.get(f"{url}?side=people").content.decode()
    assert desk.get(f"{url}?person={JobseekerFactory().ref}").status_code == 404


SIZES = (1, 20, 100)


def test_plan_pages_make_the_same_queries_whatever_came_before(desk, seeker, office):
    url, counts = reverse("counsellor:plan", args=[seeker.ref]), {}
    version = 0
    for size in SIZES:
        while version < size:
            assert (
                desk.post(
                    reverse("counsellor:new_plan", args=[seeker.ref]), plan_data(seen_version=version)
                ).status_code
                == 302
            )
            version += 1
        desk.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(url).status_code == 200
        counts[size] = len(queries)
    assert len(set(counts.values())) == 1 and counts[100] <= 30, counts


def test_every_script_can_be_held(desk, office):
    for code in shipped_scripts():
        seeker = JobseekerFactory(office=office)
        url = begin(desk, seeker, code)
        assert desk.get(url).status_code == 200
