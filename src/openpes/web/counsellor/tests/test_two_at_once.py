"""Two officers edit one person at the same time."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.factories import JobseekerFactory, OfficeFactory, account_with

from openpes.people.models import Account, Person

pytestmark = pytest.mark.django_db(databases=["default", "access"])


@pytest.fixture
def two(signed_in: Callable[[Account], Client]) -> tuple[Any, Client, Client]:
    """One person and the browsers of two counsellors."""
    office = OfficeFactory()
    jobseeker = JobseekerFactory(office=office, person__name_as_given="Maria Santos", person__phone=False)
    first, second = (signed_in(account_with("counsellor", office=office)) for _one in range(2))
    return jobseeker, first, second


def carried(client: Client, page: str) -> str:
    """What the opened page carries."""
    found = re.search(r'name="seen" value="([^"]+)"', client.get(page).content.decode())
    assert found is not None
    return found[1]


def typed(seen: str, **other: str) -> dict[str, str]:
    """The form as the person stood, with what somebody changed."""
    return {
        "seen": seen,
        "name": "Maria Santos",
        "born_on_day": "14",
        "born_on_month": "3",
        "born_on_year": "2007",
        "sex": "female",
        "language": "en",
        "phone": "",
        "phone_owner": "own",
        **other,
    }


def test_different_fields_both_stand(two: tuple[Any, Client, Client]) -> None:
    """The one corrects the name, the other the birth date; neither loses."""
    jobseeker, first, second = two
    page = f"/desk/people/{jobseeker.ref}/who/"
    seen = [carried(client, page) for client in (first, second)]
    assert first.post(page, typed(seen[0], name="Maria Cruz Santos")).status_code == 302
    assert second.post(page, typed(seen[1], born_on_day="15")).status_code == 302
    person = Person.objects.get()
    assert (person.name_as_given, person.born_on and person.born_on.day) == ("Maria Cruz Santos", 15)


def test_the_same_field_shows_both_and_asks(two: tuple[Any, Client, Client]) -> None:
    """Nothing is written at first; saving again is a decision."""
    jobseeker, first, second = two
    page = f"/desk/people/{jobseeker.ref}/who/"
    seen = [carried(client, page) for client in (first, second)]
    first.post(page, typed(seen[0], name="Maria Cruz"))
    answer = second.post(page, typed(seen[1], name="Maria Reyes"))
    shown = answer.content.decode()
    assert answer.status_code == 422 and "Maria Cruz" in shown and "Maria Reyes" in shown
    assert Person.objects.get().name_as_given == "Maria Cruz"
    again = re.search(r'name="seen" value="([^"]+)"', shown)
    assert again is not None
    assert second.post(page, typed(again[1], name="Maria Reyes")).status_code == 302
    assert Person.objects.get().name_as_given == "Maria Reyes"


def test_a_forged_page_does_not_overwrite(two: tuple[Any, Client, Client]) -> None:
    """A mark that nobody signed counts as nothing seen: what stands is told first."""
    jobseeker, first, _second = two
    page = f"/desk/people/{jobseeker.ref}/who/"
    assert first.post(page, typed("forged", name="Somebody Else")).status_code == 422
    assert Person.objects.get().name_as_given == "Maria Santos"


def test_parts_of_a_profile(two: tuple[Any, Client, Client]) -> None:
    """Distance by the one, experience by the other."""
    jobseeker, first, second = two
    page = f"/desk/people/{jobseeker.ref}/profile/"
    seen = [carried(client, page) for client in (first, second)]
    base = {"work_status": "not_said", "area_code": jobseeker.area_code, "education": "senior_high"}
    held = {"experience_months": "6", "max_km": "20", "pay_0": "12000", "pay_amount": "12000", "pay_period": "month"}
    held |= {"language_codes": ["fil", "en"], "licence_ids": ["none"]}  # type: ignore[dict-item]
    first.post(page, base | held | {"seen": seen[0], "max_km": "35"})
    second.post(page, base | held | {"seen": seen[1], "experience_months": "18"})
    jobseeker.refresh_from_db()
    assert (jobseeker.max_km, jobseeker.experience_months) == (35, 18)
