"""The promises of the service are counted from the records; too few cases say nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import NOW, VacancyFactory

from openpes.insights.standards import SPAN_DAYS, measured

pytestmark = pytest.mark.django_db(databases=["default", "access"])
ON = NOW.date()


def decisions() -> tuple[int | None, int]:
    found = next(one for one in measured(on=ON, at=NOW) if one.dated.key == "service_standards.vacancy_decision")
    return found.kept, found.cases


def test_a_promise_is_kept_in_the_share_of_cases_that_made_it() -> None:
    posted = NOW - timedelta(days=30)
    for number in range(9):
        VacancyFactory(posted_at=posted, decided_at=posted + timedelta(days=1 if number < 6 else 5))
    assert decisions() == (None, 9), "fewer than ten tell of single firms"
    VacancyFactory(posted_at=posted, decided_at=None)
    assert decisions() == (60, 10)


def test_what_is_too_new_or_too_old_is_not_counted() -> None:
    for posted in (NOW - timedelta(hours=3), NOW - timedelta(days=SPAN_DAYS + 10)):
        VacancyFactory(posted_at=posted, decided_at=None)
    assert decisions() == (None, 0)


def test_the_page_is_public_and_costs_the_same_for_many() -> None:
    url, counted = reverse("web:standards"), []
    for number in (1, 20):
        for _case in range(number):
            VacancyFactory(posted_at=NOW - timedelta(days=30), decided_at=NOW - timedelta(days=29))
        with CaptureQueriesContext(connection) as queries:
            page = Client().get(url)
        assert page.status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]
