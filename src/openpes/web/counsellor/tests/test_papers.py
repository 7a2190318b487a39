"""The paper twin of the registration, and how long typing it takes."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import CEBU, TODAY, OfficeFactory, account_with

from openpes.jobseekers.models import Jobseeker, PaperForm
from openpes.jobseekers.paper import forms_pdf
from openpes.jobseekers.paper_numbers import SIGNS, fold_paper, in_groups, is_number, new_number
from openpes.people.models import Account, Person
from openpes.web.counsellor.forms import RegisterForm
from openpes.web.counsellor.papers import KeyForm

PAGE = "/desk/register/papers/"
KEYS_A_MINUTE = 25 * 5  # 25 words a minute, a word being five keys with its space
MOST_MINUTES = 8
# Keys that a field takes at the desk, on the long side of usual. To move on costs one key each.
USUAL_KEYS = {
    "number": 9,
    "held_on": 8 + 2,
    "office": 2,
    "name": 28,
    "born_on": 8 + 2,
    "sex": 2,
    "phone": 11,
    "phone_owner": 2,
    "language": 2,
    "area_code": 6,
    "education": 4,
    "work": 24 + 10,
    "no_paper": 1,
    "agreed": 1,
    "share_contact": 1,
    "guardian_name": 28,
    "guardian_phone": 11,
    "another_person": 1,
}
READ_ALOUD_MINUTES = 1.0  # 53 words, slowly
ASKING_SECONDS = 12  # a question and its answer, for each field


@pytest.mark.parametrize("form", [RegisterForm, KeyForm])
@pytest.mark.django_db
def test_typing_fits_into_eight_minutes(form: type[RegisterForm]) -> None:
    """Counted from the fields that the form has: a field more makes it longer, and one without a length fails."""
    made = form(language="en", today=TODAY, offices=[OfficeFactory(), OfficeFactory()])
    assert set(made.fields) <= set(USUAL_KEYS), "say how many keys the new field takes"
    typing = sum(USUAL_KEYS[name] + 1 for name in made.fields) / KEYS_A_MINUTE
    whole = typing + READ_ALOUD_MINUTES + len(made.fields) * ASKING_SECONDS / 60
    assert whole <= MOST_MINUTES, f"{whole:.1f} minutes"


@given(st.integers(), st.integers(0, 8), st.sampled_from(SIGNS))
def test_a_slip_of_the_pen_is_no_number(seed: int, place: int, sign: str) -> None:
    """One wrong sign, or two neighbours exchanged, never give a number that a form can carry."""
    number = new_number(random.Random(seed))
    assert is_number(number) and is_number(in_groups(number).lower())
    wrong = number[:place] + sign + number[place + 1 :]
    assert is_number(wrong) == (wrong == number)
    swapped = number[:place] + number[place : place + 2][::-1] + number[place + 2 :]
    assert is_number(swapped) == (swapped == number)


def test_forms_are_printed_in_the_language() -> None:
    """A page a form; the same numbers give the same bytes."""
    numbers = [new_number(random.Random(one)) for one in range(3)]
    pdf = forms_pdf(numbers, language="km", office="Cebu")
    assert pdf.startswith(b"%PDF") and pdf == forms_pdf(numbers, language="km", office="Cebu")
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type/Page\n") in {0, 3}


@pytest.fixture
def desk(signed_in: Callable[[Account], Client]) -> Client:
    """A counsellor's browser."""
    office = OfficeFactory()
    return signed_in(account_with("counsellor", office=office))


def typed(number: str, **other: Any) -> dict[str, Any]:
    """A form as somebody keys it in."""
    return {
        "number": number,
        "held_on_day": "20",
        "held_on_month": "11",
        "held_on_year": "2025",
        "name": "Maria Santos",
        "born_on_day": "14",
        "born_on_month": "3",
        "born_on_year": "2004",
        "sex": "female",
        "phone": "0917 123 4567",
        "phone_owner": "own",
        "language": "en",
        "area_code": CEBU,
        "education": "senior_high",
        "work_text": "waiter",
        "work": "waiter",
        "agreed": "on",
        **other,
    }


@pytest.mark.django_db(databases=["default", "access"])
def test_a_form_is_keyed_in_once(desk: Client) -> None:
    """Its day is kept apart from the time of keying; the same paper is not taken twice; what was typed stays."""
    number = new_number()
    answer = desk.post(PAGE, typed(in_groups(number)))
    assert answer.status_code == 302, answer.content.decode()
    paper = PaperForm.objects.get()
    assert (paper.number, paper.held_on.isoformat(), paper.jobseeker_id) == (
        fold_paper(number),
        "2025-11-20",
        Jobseeker.objects.get().pk,
    )
    assert paper.entered_at.date() > paper.held_on
    again = desk.post(PAGE, typed(number, name="Ben Cruz", born_on_year="2001"))
    assert again.status_code == 422
    assert "keyed in before" in again.content.decode() and "Ben Cruz" in again.content.decode()
    assert Person.objects.count() == 1


@pytest.mark.django_db(databases=["default", "access"])
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"number": "123"}, "no form with this number"),
        ({"held_on_year": "2999"}, ""),
        ({"agreed": ""}, "Without the tick"),
        ({"name": ""}, ""),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(desk: Client, wrong: dict[str, str], sentence: str) -> None:
    """Each form alone: the pile goes on with the next."""
    answer = desk.post(PAGE, typed(new_number()) | wrong)
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert not Person.objects.exists() and not PaperForm.objects.exists()


@pytest.mark.django_db(databases=["default", "access"])
def test_blank_forms_come_as_one_file(desk: Client) -> None:
    """And a wrong wish leads back to the page."""
    assert desk.get(f"{PAGE}blank.pdf?count=2&language=en")["Content-Type"] == "application/pdf"
    assert desk.get(f"{PAGE}blank.pdf?count=9999&language=en").status_code == 302
