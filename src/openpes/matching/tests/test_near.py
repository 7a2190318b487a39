"""Who would fit a job that is being written: by the rules of the matching, near the place, in few reads."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.factories import CEBU, MANILA, TODAY, JobseekerFactory, OfficeFactory, PersonFactory

from openpes.matching.near import count_fitting
from openpes.vacancies.operations import Offered

pytestmark = pytest.mark.django_db(databases=["default", "access"])


def job(**other: Any) -> Offered:
    """A waiter's job in Cebu."""
    said = {"title": "Waiter", "isco": "5131", "places": 1, "area_code": CEBU}
    return Offered(**{**said, "pay_amount": Decimal(16000), "pay_currency": "PHP", **other})


def test_only_people_who_fit_are_counted() -> None:
    """Too far, another work, asleep, without the licence, or too young for danger: not counted."""
    office = OfficeFactory()
    JobseekerFactory.create_batch(3, office=office)
    JobseekerFactory(office=office, area_code=MANILA, latitude=14.6, longitude=121.0)
    JobseekerFactory(office=office, wanted=["2221"])
    JobseekerFactory(office=office, sleeping=True)
    JobseekerFactory(office=office, person=PersonFactory(born_on=date(2010, 1, 5)))
    assert count_fitting(job(), on=TODAY) == 4
    assert count_fitting(job(hazardous=True), on=TODAY) == 3
    assert count_fitting(job(licence_ids=("driver_b",)), on=TODAY) == 0
    assert count_fitting(job(isco=""), on=TODAY) == count_fitting(job(area_code=""), on=TODAY) == 0


def test_the_reads_do_not_grow_with_the_people(django_assert_num_queries: Any) -> None:
    """One person or thirty: the check runs as somebody types."""
    office = OfficeFactory()
    JobseekerFactory(office=office)
    count_fitting(job(), on=TODAY)
    for more in (0, 29):
        JobseekerFactory.create_batch(more, office=office)
        with django_assert_num_queries(3):
            count_fitting(job(), on=TODAY)
