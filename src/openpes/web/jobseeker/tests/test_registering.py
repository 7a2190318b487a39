"""A person registers alone, in a browser without JavaScript: the story, and what can go wrong in it."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import CEBU, OfficeFactory, VacancyFactory

from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import seekers
from openpes.journeys.expectations import band_words
from openpes.people.models import Account, Consent, Person, PersonPhone
from openpes.reference.shifts import ANY_SHIFT, slots_of
from openpes.reference.taxonomy import skills_of
from openpes.web.jobseeker.draft import KEY, STEPS
from openpes.web.jobseeker.tests.registrant import ANSWERS, Registrant, step_url

pytestmark = pytest.mark.django_db(databases=["default", "access"])


@pytest.fixture(autouse=True)
def office():
    return OfficeFactory(name="Cebu employment office", area_code=CEBU, opening_hours="Mon-Fri 8-17")


def test_a_person_registers_alone_and_is_signed_in():
    VacancyFactory(places=4)
    skill = skills_of("5131")[0].skill.id
    page = Registrant(skills={"skills": [skill]}, consent={"share_contact": "on"}).finish().content.decode()
    one = Jobseeker.objects.get()
    assert (one.person.name_as_given, one.channel, one.state) == ("Maria Santos", "web", "active")
    assert (one.education_level, one.experience_months, one.max_km) == (3, 6, 25)
    assert (one.min_pay_amount, one.min_pay_currency, one.shifts) == (12000, "PHP", ANY_SHIFT)
    assert (one.skill_ids, [row.isco for row in one.wanted.all()]) == ([skill], ["5131"])
    assert PersonPhone.objects.get().number == "+639171234567"
    assert set(Consent.objects.values_list("purpose", "version", "way")) == {
        ("registration", "2026-11", "self_on_screen"),
        ("share_contact", "2026-11", "self_on_screen"),
    }
    account = Account.objects.get()
    assert account.username in page and "481927" not in page
    assert "Cebu employment office" in page and "4 free places" in page and "fewer than 10 people" in page


def test_code_and_pin_open_the_door_later():
    Registrant().finish()
    client = Client()
    answer = client.post(reverse("web:sign_in"), {"username": Account.objects.get().username, "secret": "481927"})
    assert answer.url == reverse("jobseeker:home")
    assert "My page" in client.get(answer.url).content.decode()


def test_one_name_no_phone_no_birth_date_are_enough():
    Registrant(
        who={"name": "Suharto", "born_on_day": "", "born_on_month": "", "born_on_year": "", "birth_unknown": "on"},
        phone={"phone": "", "owner": ""},
    ).finish()
    person = Person.objects.get()
    assert (person.name_as_given, person.born_on) == ("Suharto", None)
    assert not PersonPhone.objects.exists()


def test_khmer_names_and_words_are_kept_as_written():
    words = "អ្នករត់តុ"
    who = Registrant(
        who={"name": "សុខា", "born_on_day": "១៤", "born_on_month": "៣", "born_on_year": "២០០៥"},
        work={"work1_text": words, "work1_code": "5131"},
    )
    who.client.cookies["openpes_language"] = "km"
    who.finish()
    one = Jobseeker.objects.get()
    assert one.person.name_as_given == "សុខា"
    assert one.person.born_on.isoformat() == "2005-03-14"
    assert [(row.isco, row.words) for row in one.wanted.all()] == [("5131", words)]


def test_a_minor_is_registered_and_waits_for_a_guardian():
    who = Registrant(who={"born_on_year": "2010"})
    assert who.until("consent").status_code == 302
    assert "a parent or guardian agrees too" in who.client.get(step_url("consent")).content.decode()
    page = who.client.get(who.give("pin").url).content.decode()
    assert Jobseeker.objects.get().state == "waiting_for_guardian"
    assert "together with a parent or guardian" in page
    assert "together with a parent or guardian" in who.client.get(reverse("jobseeker:home")).content.decode()


def test_who_is_too_young_is_told_gently_and_at_once():
    response = Registrant(who={"born_on_year": "2015"}).give("who")
    assert response.status_code == 422
    assert "You can register from the age of 15" in response.content.decode()
    assert not Person.objects.exists()


@pytest.mark.parametrize("step", STEPS[1:])
def test_nobody_jumps_ahead(step):
    response = Registrant().client.get(step_url(step))
    assert (response.status_code, response.url) == (302, step_url("who"))


def test_what_was_typed_is_there_again_right_or_wrong():
    who = Registrant()
    who.give("who")
    who.give("phone", phone="12", owner="family")
    page = who.client.get(step_url("phone")).content.decode()
    assert 'value="12"' in page and re.search(r'value="family"[^>]*checked', page)
    assert "numbers" in page
    assert 'value="Maria Santos"' in who.client.get(step_url("who")).content.decode()
    assert "Go on where I stopped" in who.client.get(reverse("jobseeker:register")).content.decode()


def test_another_kind_of_work_asks_for_skills_again():
    who = Registrant()
    who.until("consent")
    assert who.give("work", work1_text="cook", work1_code="5120").url == step_url("skills")
    assert who.client.get(step_url("pin")).url == step_url("skills")


def test_a_change_from_the_check_page_leads_back_to_it():
    who = Registrant()
    who.until("wishes")
    assert who.give("phone", phone="", owner="", then="check").url == step_url("consent")


def test_words_alone_are_no_choice():
    who = Registrant(work={"work1_text": "something with people", "work1_code": ""})
    response = who.until("work")
    assert response.status_code == 422
    assert "something with people" in response.content.decode()


def test_the_list_of_kinds_fills_the_next_free_place():
    who = Registrant(work={"browse": "1"})
    assert who.until("place").status_code == 302
    assert who.give("work").url == reverse("jobseeker:kinds")
    kinds = who.client.get(reverse("jobseeker:kinds")).content.decode()
    assert reverse("jobseeker:kind", args=["51"]) in kinds
    assert 'value="5120"' in who.client.get(reverse("jobseeker:kind", args=["51"])).content.decode()
    assert who.client.post(reverse("jobseeker:kind", args=["51"]), {"isco": "5120"}).url == step_url("work")
    assert who.client.session[KEY]["typed"]["work"]["work2_code"] == ["5120"]
    assert who.client.get(reverse("jobseeker:kind", args=["99"])).status_code == 404
    assert who.client.post(reverse("jobseeker:kind", args=["51"]), {"isco": "7112"}).status_code == 422


@pytest.mark.parametrize(
    ("ticked", "known"),
    [([], None), (["none"], []), (["car-licence"], ["car-licence"]), (["none", "car-licence"], ["car-licence"])],
)
def test_papers_that_nobody_spoke_of_stay_unknown(ticked, known):
    Registrant(skills={"licences": ticked}).finish()
    one = Jobseeker.objects.get()
    assert one.licence_ids == known
    assert next(iter(seekers(only=[one.pk]))).licence_ids == (None if known is None else tuple(known))


def test_times_become_parts_of_the_week():
    Registrant(wishes={"times": ["evenings"]}).finish()
    one = Jobseeker.objects.get()
    assert slots_of(one.shifts) == tuple(f"{day}-evening" for day in ("mon", "tue", "wed", "thu", "fri"))
    assert next(iter(seekers(only=[one.pk]))).shifts == one.shifts


@pytest.mark.parametrize("pin", ["123456", "111111", "987654", "12345", "abcdef"])
def test_an_easy_pin_is_refused_and_no_pin_is_kept(pin):
    who = Registrant(pin={"pin": pin, "again": pin})
    assert who.until("pin").status_code == 422
    assert "pin" not in who.client.session[KEY]["typed"]
    assert not Person.objects.exists()


def test_without_a_yes_nothing_is_written():
    who = Registrant(consent={"agree": ""})
    assert who.until("consent").status_code == 422
    assert who.client.get(step_url("pin")).url == step_url("consent")


def test_somebody_who_is_known_gets_the_same_page():
    pages = []
    for _number in range(2):
        page = Registrant().finish().content.decode()
        code = re.search(r'class="op-code"[^>]*>([^<]+)<', page)[1]
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.replace(code, "CODE")))
    assert pages[0] == pages[1]
    assert Person.objects.filter(name_as_given="Maria Santos").count() == 2


def test_forgetting_leaves_nothing_on_a_borrowed_phone():
    who = Registrant()
    who.until("place")
    who.client.post(reverse("jobseeker:register_forget"))
    assert KEY not in who.client.session
    assert "Maria" not in who.client.get(step_url("who")).content.decode()


def test_the_draft_is_gone_after_registering_and_steps_lead_home():
    who = Registrant()
    who.finish()
    assert KEY not in who.client.session
    for url in (step_url("who"), reverse("jobseeker:register")):
        assert who.client.get(url).url == reverse("jobseeker:home")


def test_no_office_is_said_and_nothing_is_written(office):
    type(office).objects.update(is_open=False)
    response = Registrant().until("pin")
    assert response.status_code == 422
    assert "No office is open yet" in response.content.decode()
    assert not Person.objects.exists()


def test_a_job_that_made_somebody_register_is_waiting_at_the_end():
    job = VacancyFactory(title="Waiter at the harbour")
    who = Registrant()
    who.client.get(reverse("jobseeker:register"), {"job": job.ref})
    assert "Waiter at the harbour" in who.finish().content.decode()


def test_pages_are_light_and_never_cached():
    who = Registrant()
    for step in ANSWERS:
        response = who.client.get(step_url(step))
        assert len(response.content) <= 30 * 1024, step
        assert "no-store" in response["Cache-Control"]
        if step != "pin":
            who.give(step)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "fewer than 10"),
        (9, "fewer than 10"),
        (10, "10 to 24"),
        (99, "50 to 99"),
        (100, "100 to 249"),
        (5000, "1000 or more"),
    ],
)
def test_people_are_counted_in_bands(number, words):
    assert band_words(number) == words
