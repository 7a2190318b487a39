"""The promises of the service are counted from the records; too few cases say nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import NOW, JobseekerFactory, OfficeFactory, VacancyFactory

from openpes.complaints.models import Complaint
from openpes.guidance.models import Interview
from openpes.insights.standards import SPAN_DAYS, measured, measured_by_office

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


def kept_of(name: str) -> tuple[int | None, int]:
    found = next(one for one in measured(on=ON, at=NOW) if one.dated.key == f"service_standards.{name}")
    return found.kept, found.cases


def test_a_first_talk_counts_when_it_came_in_time() -> None:
    registered = NOW - timedelta(days=60)
    people = [JobseekerFactory(registered_at=registered) for _ in range(10)]
    for person, days in zip(people, (1, 20, 30, 31), strict=False):
        at = registered + timedelta(days=days)
        for again in (0, 1):  # a second talk is no second case
            Interview.objects.create(
                jobseeker=person, office=person.office, started_at=at, ended_at=at, held_on=at.date(), state="ended",
                on_paper=bool(again),
            )  # fmt: skip
    assert kept_of("first_interview") == (30, 10)


def test_a_complaint_counts_by_its_own_day() -> None:
    office, received = OfficeFactory(), NOW - timedelta(days=40)
    for number in range(10):
        answered = received + timedelta(days=1 if number < 7 else 5) if number < 9 else None
        Complaint.objects.create(
            office=office, kind="unsafe", channel="web", words="x", received_at=received,
            due_on=(received + timedelta(days=2)).date(), first_answered_at=answered,
        )  # fmt: skip
    assert kept_of("complaint_answer") == (70, 10)


def test_each_office_is_measured_by_its_own_cases_and_few_say_nothing() -> None:
    posted = NOW - timedelta(days=30)
    many, few = OfficeFactory(), OfficeFactory()
    for office, number in ((many, 10), (few, 9)):
        for _ in range(number):
            VacancyFactory(office=office, posted_at=posted, decided_at=posted + timedelta(days=1))
    key = "service_standards.vacancy_decision"
    found = {one.office_id: one.kept for one in measured_by_office(on=ON, at=NOW, key=key)}
    assert found == {many.pk: 100, few.pk: None}
    page = Client().get(reverse("web:standards_by_office"), {"about": "vacancy_decision"}).content.decode()
    assert many.name in page and few.name in page
    assert "9" not in page.split(few.name)[1].split("</tr>")[0].replace("h9", ""), "the number held back is not shown"
