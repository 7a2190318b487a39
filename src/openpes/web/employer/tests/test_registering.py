"""An employer registers itself: signed in at once, nothing public, nothing typed lost."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import CEBU, OfficeFactory, account_with

from openpes.organisations.models import Employer
from openpes.organisations.states import EmployerState
from openpes.people.models import Account
from openpes.vacancies.access import public_vacancies
from openpes.vacancies.models import Vacancy
from openpes.vacancies.states import VacancyState
from openpes.web.employer.tests.browser import standing_in

pytestmark = pytest.mark.django_db(databases=["default", "access"])

FIRM = {
    "organisation": "Kusina ni Ana",
    "sector": "I",
    "area_code": CEBU,
    "contact_name": "Ana Reyes",
    "phone": "0918 123 4567",
    "language": "en",
    "username": "ana@kusina.example",
    "new_password": "three words apart",
    "registration_number": "",
    "size_band": "",
    "address": "Colon Street",
}


def test_a_firm_registers_and_writes_its_first_vacancy_at_once() -> None:
    """No account needed before; the advert waits with the firm."""
    OfficeFactory()
    client = Client()
    answer = client.post(reverse("employer:register"), FIRM, follow=True)
    assert answer.redirect_chain == [(reverse("employer:welcome"), 302)]
    employer = Employer.objects.get()
    assert (employer.state, employer.contact_phone) == (EmployerState.SUBMITTED, "+639181234567")
    assert b"Nothing of yours is public before" in answer.content
    page = client.get(reverse("employer:home"))
    assert reverse("employer:post") in page.content.decode()

    form = standing_in(client.get(reverse("employer:post")).content.decode(), "work_text")
    form |= {"work_text": ["Waiter"], "pay_amount": ["16000"], "step": ["job"]}
    second = standing_in(client.post(reverse("employer:post"), form).content.decode(), "skills_for")
    sent = client.post(reverse("employer:post"), second | {"step": ["send"]})
    vacancy = Vacancy.objects.get()
    assert sent.status_code == 302
    assert vacancy.state == VacancyState.SUBMITTED
    assert not public_vacancies().exists()


def test_a_taken_sign_in_name_is_said_and_nothing_typed_is_lost() -> None:
    """The firm is not written down twice."""
    office = OfficeFactory()
    account_with("counsellor", office=office, username="ana@kusina.example")
    answer = Client().post(reverse("employer:register"), FIRM)
    assert answer.status_code == 422
    assert "is taken" in answer.content.decode()
    kept = standing_in(answer.content.decode(), "organisation")
    assert {name: kept[name] for name in ("organisation", "phone", "address")} == {
        "organisation": ["Kusina ni Ana"],
        "phone": ["0918 123 4567"],
        "address": ["Colon Street"],
    }
    assert not Employer.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("phone", "12", "phone number"),
        ("new_password", "short", "too short"),
        ("organisation", "", "Fill in"),
        ("sector", "", "Choose an answer"),
        ("area_code", "XX-1", "valid choice"),
    ],
)
def test_each_mistake_is_told_beside_its_field(field: str, typed: str, said: str) -> None:
    """And nobody gets an account by mistake."""
    OfficeFactory()
    answer = Client().post(reverse("employer:register"), FIRM | {field: typed})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Employer.objects.exists()
    assert not Account.objects.exists()


def test_without_an_office_the_firm_is_told_and_not_half_made() -> None:
    """Nobody could check it."""
    answer = Client().post(reverse("employer:register"), FIRM)
    assert answer.status_code == 422
    assert "No office is open yet" in answer.content.decode()
    assert not Account.objects.exists()
