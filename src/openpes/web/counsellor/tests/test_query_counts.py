"""Lists of the desk make the same number of queries whether they hold 1, 20 or 100 rows."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import (
    NOW,
    TODAY,
    EmployerFactory,
    JobseekerFactory,
    OfficeFactory,
    ReferralFactory,
    VacancyFactory,
    account_with,
)

from openpes.placements.models import Outcome

pytestmark = pytest.mark.django_db(databases=["default", "access"])
SIZES = (1, 20, 100)


@pytest.fixture
def world(signed_in):
    """An office with somebody, a vacancy and an employer to whom rows are added."""
    office = OfficeFactory()
    employer = EmployerFactory(office=office, name="Kusina ni Rosa")
    vacancy = VacancyFactory(employer=employer)
    return {
        "office": office,
        "client": signed_in(account_with("office_manager", office=office)),
        "seeker": JobseekerFactory(office=office, person__name_as_given="Rosa Dela Cruz"),
        "employer": employer,
        "vacancy": vacancy,
    }


def grow(world):
    """One more of everything that a list of the desk may hold."""
    office = world["office"]
    seeker = JobseekerFactory(office=office, person__name_as_given="Rosa Dela Cruz", person__born_on=None)
    JobseekerFactory(office=office, waiting_for_guardian=True)
    ReferralFactory(jobseeker=seeker, vacancy=world["vacancy"], task_raised_at=NOW)
    ReferralFactory(jobseeker=world["seeker"], vacancy__employer=world["employer"])
    Outcome.objects.create(
        jobseeker=world["seeker"],
        office=office,
        kind="job",
        starts_on=TODAY,
        recorded_at=NOW,
        grade="said_by_person",
        contested_at=NOW,
    )
    VacancyFactory(employer=world["employer"], waiting=True)
    VacancyFactory(employer=world["employer"])
    EmployerFactory(office=office, name="Kusina ni Rosa", unverified=True)


@pytest.mark.parametrize(
    "page",
    ["today", "find", "follow_up", "vacancies", "employers", "person", "match", "why_not", "vacancy", "employer"],
)
def test_the_number_of_queries_does_not_grow(page, world):
    of = {"person": "seeker", "match": "seeker", "why_not": "seeker", "vacancy": "vacancy", "employer": "employer"}
    url = reverse(f"counsellor:{page}", args=[world[of[page]].ref] if page in of else [])
    url += {"find": "?text=rosa", "employers": "?text=kusina", "why_not": "?text=waiter"}.get(page, "")
    held, counts = 0, {}
    for size in SIZES:
        for _number in range(size - held):
            grow(world)
        held = size
        assert world["client"].get(url).status_code == 200  # the first page of a session writes when it was seen
        with CaptureQueriesContext(connection) as queries:
            world["client"].get(url)
        counts[size] = len(queries)
    assert len(set(counts.values())) == 1, counts
    # Today reads a dozen rooms: the calendar, the queue, the tasks, what one began, and the facts of the call rules.
    assert counts[100] <= (46 if page == "today" else 30), counts
