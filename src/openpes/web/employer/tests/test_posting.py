"""A vacancy in under three minutes, lawful before it is sent, and the same on the phone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import CEBU, MANILA, TODAY, EmployerFactory, OfficeFactory, VacancyFactory, account_with

from openpes.core.money import PayPeriod
from openpes.reference import titles
from openpes.reference.shifts import SHIFT_SLOTS, mask_of
from openpes.vacancies.models import Vacancy
from openpes.vacancies.states import VacancyState
from openpes.web.employer.tests.browser import standing_in
from openpes.web.employer.times_of_work import PATTERNS, mask_said, said_of
from openpes.web.employer.vacancy_form import VacancyForm

pytestmark = pytest.mark.django_db(databases=["default", "access"])

POST = "employer:post"
# What an employer types or chooses for a whole vacancy; everything else stands there already.
TYPED = {
    "work_text": ["Waiter"],
    "places": ["2"],
    "pay_amount": ["16000"],
    "description": ["Serve guests, set tables. Meals are free."],
    "weekly_hours": ["48"],
}


@pytest.fixture
def employer():
    return EmployerFactory()


@pytest.fixture
def client_of(employer, signed_in) -> Client:
    return signed_in(account_with("employer_staff", employer=employer))


def write(client: Client, typed: dict[str, list[str]], url: str = "") -> tuple[dict[str, list[str]], str]:
    """Step 1 without JavaScript: what stands in step 2, and the page."""
    url = url or reverse(POST)
    form = standing_in(client.get(url).content.decode(), "work_text") | typed
    page = client.post(url, form | {"step": ["job"]}).content.decode()
    return standing_in(page, "work_text"), page


def test_a_vacancy_takes_at_most_eight_answers(client_of, employer) -> None:
    """Typed into a page without JavaScript, in two steps."""
    assert len(TYPED) <= 8
    second, _page = write(client_of, TYPED)
    answer = client_of.post(reverse(POST), second | {"step": ["send"]})
    vacancy = Vacancy.objects.get()
    assert answer.url == reverse("employer:vacancy", args=[vacancy.ref])
    assert (vacancy.title, vacancy.isco, vacancy.places, vacancy.state) == ("Waiter", "5131", 2, VacancyState.SUBMITTED)
    assert (vacancy.pay_amount, vacancy.pay_currency, vacancy.pay_period) == (Decimal("16000"), "PHP", PayPeriod.MONTH)
    assert vacancy.area_code == employer.area_code
    assert vacancy.skill_ids, "the usual skills are proposed and need no typing"
    assert not vacancy.must_skill_ids, "nobody is left out unless the employer says so"


def test_a_button_pressed_twice_sends_one_vacancy(client_of) -> None:
    """The second time leads to the first."""
    second, _page = write(client_of, TYPED)
    answers = [client_of.post(reverse(POST), second | {"step": ["send"]}) for _time in range(2)]
    assert answers[0].url == answers[1].url
    assert Vacancy.objects.count() == 1
    client_of.post(reverse(POST), second | {"places": ["5"], "step": ["send"]})
    assert Vacancy.objects.count() == 2


def test_what_is_unlawful_stands_beside_the_field_and_is_mended(client_of) -> None:
    """Refused, everything kept, mended, sent."""
    wrong = TYPED | {"description": ["Only female, 18 to 25 years old. Bring 500 pesos placement fee."]}
    second, page = write(client_of, wrong)
    assert "may not choose people by sex" in page
    assert "nobody may be asked for money" in page
    assert 'href="#id_description"' in page
    assert second["description"] == wrong["description"]
    assert second["pay_amount"] == ["16000"]
    refused = client_of.post(reverse(POST), second | {"step": ["send"]})
    assert refused.status_code == 422
    assert not Vacancy.objects.exists()
    mended = standing_in(refused.content.decode(), "work_text") | {"description": TYPED["description"], "step": ["job"]}
    third = standing_in(client_of.post(reverse(POST), mended).content.decode(), "skills_for")
    assert client_of.post(reverse(POST), third | {"step": ["send"]}).status_code == 302
    assert Vacancy.objects.get().description == TYPED["description"][0]


def test_pay_below_the_minimum_wage_is_refused_at_the_pay(client_of) -> None:
    """Before anything is sent."""
    _second, page = write(client_of, TYPED | {"pay_amount": ["3000"], "area_code": [MANILA]})
    assert 'href="#id_pay_amount"' in page
    assert "below the minimum wage" in page


def test_words_that_may_mean_several_things_are_asked_for_and_not_guessed(client_of, monkeypatch) -> None:
    """The choice is no mistake in step 1, and has to be made before sending."""
    unsure = [
        titles.Proposal("9412", "Kitchen helper", "helper", 0.4, "low"),
        titles.Proposal("9313", "Building labourer", "helper", 0.39, "low"),
    ]
    monkeypatch.setattr(titles, "propose", lambda _text, _language: unsure)
    second, page = write(client_of, TYPED | {"work_text": ["helper"]})
    assert "Mistake" not in page
    assert second.get("work_code") is None
    assert 'value="send"' not in page
    early = client_of.post(reverse(POST), second | {"step": ["send"]})
    assert early.status_code == 422
    assert "Choose the one you mean" in early.content.decode()
    chosen = client_of.post(reverse(POST), second | {"work_code": ["9412"], "step": ["job"]}).content.decode()
    client_of.post(reverse(POST), standing_in(chosen, "skills_for") | {"step": ["send"]})
    assert Vacancy.objects.get().isco == "9412"


def test_another_kind_of_work_brings_its_own_skills_before_anything_is_sent(client_of) -> None:
    """Skills chosen for one kind of work are never sent for another."""
    second, _page = write(client_of, TYPED)
    changed = second | {"work_text": ["Welder"], "step": ["send"]}
    page = client_of.post(reverse(POST), changed).content.decode()
    assert not Vacancy.objects.exists()
    assert "The kind of work has changed" in page
    third = standing_in(page, "skills_for")
    assert third["skills_for"] == ["7212"]
    client_of.post(reverse(POST), third | {"step": ["send"]})
    vacancy = Vacancy.objects.get()
    assert vacancy.isco == "7212"
    assert not set(vacancy.skill_ids) & {
        name.removeprefix("skill-") for name in second if name.startswith("skill-")
    } - {name.removeprefix("skill-") for name in third}


def test_must_haves_are_few(client_of) -> None:
    """More than three leave nobody."""
    second, _page = write(client_of, TYPED)
    musts = [name for name in second if name.startswith("skill-")]
    answer = client_of.post(reverse(POST), second | {name: ["must"] for name in musts[:4]} | {"step": ["send"]})
    assert answer.status_code == 422
    assert "at most 3 skills" in answer.content.decode()
    client_of.post(reverse(POST), second | {name: ["must"] for name in musts[:3]} | {"step": ["send"]})
    assert len(Vacancy.objects.get().must_skill_ids) == 3


def test_times_of_work_are_patterns_or_ticks(client_of) -> None:
    """Both end as the same mask."""
    second, _page = write(client_of, TYPED | {"times": ["own"], "slots": ["mon-night", "sun-day"]})
    client_of.post(reverse(POST), second | {"step": ["send"]})
    assert Vacancy.objects.get().shifts == mask_of(["mon-night", "sun-day"])
    _second, page = write(client_of, TYPED | {"times": ["own"], "slots": []})
    assert "Tick the times" in page


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_pattern_is_found_again(pattern: str) -> None:
    """What was said comes back when the advert is changed."""
    assert said_of(mask_said(pattern, [])) == (pattern, ())


def test_ticked_slots_are_found_again() -> None:
    """Any other mask comes back as ticks."""
    ticked = [SHIFT_SLOTS[0], SHIFT_SLOTS[20]]
    assert said_of(mask_said("own", ticked)) == ("own", tuple(ticked))


def test_a_change_starts_from_what_stands_there_and_goes_back_to_the_office(client_of, employer) -> None:
    """Nothing is lost by opening and sending the form."""
    vacancy = VacancyFactory(
        employer=employer,
        must_skill_ids=["carry-plates-and-trays"],
        skill_ids=["know-food-hygiene"],
        shifts=mask_of(["mon-day", "tue-evening"]),
        experience_months=12,
        education_level=3,
        language_codes=["en"],
        starts_on=date(2026, 12, 1),
        address="Colon Street",
    )
    form = standing_in(client_of.get(reverse("employer:edit", args=[vacancy.ref])).content.decode(), "skills_for")
    answer = client_of.post(reverse("employer:edit", args=[vacancy.ref]), form | {"places": ["3"], "step": ["send"]})
    assert answer.status_code == 302, answer.content.decode()
    after = Vacancy.objects.get()
    assert (after.places, after.places_left, after.state) == (3, 3, VacancyState.SUBMITTED)
    for name in (
        "title",
        "isco",
        "description",
        "pay_amount",
        "pay_currency",
        "pay_period",
        "weekly_hours",
        "shifts",
        "address",
        "education_level",
        "experience_months",
        "must_skill_ids",
        "skill_ids",
        "language_codes",
        "starts_on",
    ):
        assert getattr(after, name) == getattr(vacancy, name), name


def test_a_copy_is_a_new_vacancy_without_the_old_days(client_of, employer) -> None:
    """Also of a closed one."""
    old = VacancyFactory(employer=employer, state=VacancyState.CLOSED, starts_on=date(2025, 1, 1))
    url = f"{reverse(POST)}?copy={old.ref}"
    form = standing_in(client_of.get(url).content.decode(), "skills_for")
    assert client_of.post(url, form | {"step": ["send"]}).status_code == 302
    new = Vacancy.objects.exclude(pk=old.pk).get()
    assert (new.title, new.state, new.starts_on) == (old.title, VacancyState.SUBMITTED, None)


@pytest.mark.parametrize("name", ["employer:edit", "employer:vacancy", "employer:close"])
def test_another_firms_vacancy_does_not_exist_here(client_of, name: str) -> None:
    """Though it is public."""
    other = VacancyFactory()
    assert client_of.get(reverse(name, args=[other.ref])).status_code == 404
    assert client_of.get(f"{reverse(POST)}?copy={other.ref}").status_code == 404


def test_the_check_answers_while_they_type(client_of, employer) -> None:
    """A fragment with findings told apart in words, people in bands, and honest pay."""
    data = {
        "work_text": "waiter",
        "area_code": CEBU,
        "pay_amount": "3000",
        "pay_period": "month",
        "places": "1",
        "times": "agreed",
        "description": "No Muslims please.",
    }
    page = client_of.post(reverse("employer:check"), data).content.decode()
    assert "<html" not in page
    assert "Has to change" in page
    assert "Fewer than 10 people" in page
    assert "too few to say" in page
    for amount in (15000, 16000, 17000, 18000, 19000):
        VacancyFactory(pay_amount=Decimal(amount))
    page = client_of.post(reverse("employer:check"), data).content.decode()
    assert "16,000" in page
    assert "18,000" in page
    assert "5 live adverts" in page


def test_the_check_of_an_empty_form_is_no_error(client_of) -> None:
    """They have only begun."""
    assert client_of.post(reverse("employer:check"), {}).status_code == 200


def test_nothing_personal_can_be_asked_for() -> None:
    """Neither a field nor a choice for a protected ground."""
    form = VacancyForm(language="en", area_code=CEBU, today=TODAY)
    forbidden = ("sex", "gender", "age", "marital", "religion", "height", "weight", "photo", "look", "nationality")
    assert not [name for name in form.fields for word in forbidden if word in name.split("_")]


class TestOnThePhone:
    """A counsellor writes for an employer of the own office."""

    def test_it_is_the_same_form_and_waits_for_a_colleague(self, signed_in, employer) -> None:
        account = account_with("counsellor", office=employer.office)
        client = signed_in(account)
        url = reverse("employer:post_for", args=[employer.ref])
        second, _page = write(client, TYPED, url)
        assert client.post(url, second | {"step": ["send"]}).status_code == 302
        vacancy = Vacancy.objects.get()
        assert (vacancy.employer, vacancy.posted_by, vacancy.state) == (employer, account, VacancyState.SUBMITTED)

    def test_another_offices_employer_does_not_exist(self, signed_in, employer) -> None:
        client = signed_in(account_with("counsellor", office=OfficeFactory()))
        for name in ("employer:post_for", "employer:check_for"):
            assert client.post(reverse(name, args=[employer.ref]), {}).status_code == 404

    def test_employers_have_no_such_page(self, client_of, employer) -> None:
        assert client_of.get(reverse("employer:post_for", args=[employer.ref])).status_code == 404


def test_pay_is_compared_with_the_place_and_with_the_country_where_the_place_has_too_few(client_of, employer) -> None:
    """Five adverts nearby speak for the place; four do not, and the page says whose pay it shows."""
    for _number in range(4):
        VacancyFactory(area_code=CEBU, pay_amount=Decimal(15000))
    for _number in range(5):
        VacancyFactory(area_code=MANILA, pay_amount=Decimal(25000))
    _second, page = write(client_of, TYPED | {"area_code": [CEBU]})
    assert "in the whole country: the middle half of 9 live adverts" in page
    VacancyFactory(area_code=CEBU, pay_amount=Decimal(15000))
    _second, page = write(client_of, TYPED | {"area_code": [CEBU]})
    assert "15,000 a month here: the middle half of 5 live adverts" in page and "25,000" not in page


def test_how_many_people_fit_near_here_is_a_band_and_never_a_number(client_of, monkeypatch) -> None:
    """Fourteen people are said to be at least ten; few are only said to be few."""
    for number, said in ((14, "At least 10 people"), (9, "Fewer than 10 people"), (0, "Fewer than 10 people")):
        monkeypatch.setattr("openpes.web.employer.vacancy_check.count_fitting", lambda _offered, *, on, n=number: n)
        _second, page = write(client_of, TYPED)
        assert said in page and "14 people" not in page
