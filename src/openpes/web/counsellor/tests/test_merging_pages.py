"""Two records of one person, at the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import JobseekerFactory, OfficeFactory, account_with

from openpes.people.models import Account, Person, PersonMerge

pytestmark = pytest.mark.django_db(databases=["default", "access"])


@pytest.fixture
def two(signed_in: Callable[[Account], Client]) -> tuple[Any, Any, Client, Client]:
    """Two records of Maria, and the browsers of two counsellors."""
    office = OfficeFactory()
    kept = JobseekerFactory(office=office, person__name_as_given="Maria Santos")
    gone = JobseekerFactory(office=office, person__name_as_given="Maria Santoz", person__phone="+639170000009")
    first, second = (signed_in(account_with("counsellor", office=office)) for _one in range(2))
    return kept, gone, first, second


def test_from_the_likeness_to_one_record_and_back(two: tuple[Any, Any, Client, Client]) -> None:
    """Compared, proposed, agreed to by the other, and taken apart."""
    kept, gone, first, second = two
    address = f"/desk/people/{kept.ref}/merge/{gone.ref}/"
    assert address in first.get(f"/desk/people/{kept.ref}/").content.decode()
    shown = first.get(address).content.decode()
    assert "Maria Santos" in shown and "Maria Santoz" in shown
    assert first.post(address, {"stays": "first", "taken": ["name"]}).status_code == 422
    assert not PersonMerge.objects.exists()
    first.post(address, {"stays": "first", "taken": ["name"], "note": "the same card"})
    page = f"/desk/merges/{PersonMerge.objects.get().ref}/"
    assert page in second.get("/desk/merges/").content.decode()
    assert "I agree" not in first.get(page).content.decode()
    first.post(page, {"act": "agree"})
    assert PersonMerge.objects.get().state == "proposed"
    second.post(page, {"act": "agree"})
    assert PersonMerge.objects.get().state == "done"
    assert Person.objects.get(pk=kept.person_id).name_as_given == "Maria Santoz"
    assert "One record with" in first.get(f"/desk/people/{kept.ref}/").content.decode()
    assert first.get(f"/desk/people/{gone.ref}/").status_code == 404
    first.post(page, {"act": "apart"})
    assert Person.objects.get(pk=kept.person_id).name_as_given == "Maria Santos"
    assert first.get(f"/desk/people/{gone.ref}/").status_code == 200


def test_other_offices_do_not_see_it(
    two: tuple[Any, Any, Client, Client], signed_in: Callable[[Account], Client]
) -> None:
    """Neither the comparison nor the proposal nor the list."""
    kept, gone, first, _second = two
    first.post(f"/desk/people/{kept.ref}/merge/{gone.ref}/", {"stays": "first", "note": "card"})
    page = f"/desk/merges/{PersonMerge.objects.get().ref}/"
    stranger = signed_in(account_with("counsellor", office=OfficeFactory()))
    assert stranger.get(page).status_code == 404
    assert stranger.post(page, {"act": "agree"}).status_code == 404
    assert page not in stranger.get("/desk/merges/").content.decode()
    elsewhere = JobseekerFactory()
    assert first.get(f"/desk/people/{kept.ref}/merge/{elsewhere.ref}/").status_code == 404


def test_the_list_costs_the_same_for_many(two: tuple[Any, Any, Client, Client]) -> None:
    """One and twenty proposals, the same number of queries."""
    kept, gone, first, _second = two
    counts = []
    pairs = [(kept, gone)] + [
        (JobseekerFactory(office=kept.office), JobseekerFactory(office=kept.office)) for _n in range(20)
    ]
    for pair in ([pairs[0]], pairs[1:]):
        for one, other in pair:
            PersonMerge.objects.create(kept=one.person, gone=other.person, proposed_at=one.registered_at)
        first.get("/desk/merges/")
        with CaptureQueriesContext(connection) as seen:
            assert first.get("/desk/merges/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
