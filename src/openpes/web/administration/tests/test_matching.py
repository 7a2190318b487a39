"""The page of the national match: who may see it, what it says, start and stop."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.factories import NOW, JobseekerFactory, VacancyFactory, account_with

from openpes.core.actors import system
from openpes.core.clock import now
from openpes.journeys import clocks
from openpes.journeys.run_match import run_national_match
from openpes.matching.models import MatchRun

pytestmark = pytest.mark.django_db(databases=["default", "access"])


@pytest.fixture
def administrator(signed_in):
    return signed_in(account_with("administrator"))


def test_only_administrators_see_it(signed_in):
    counsellor = signed_in(account_with("counsellor"))
    for name in ("matching", "start_matching", "stop_matching"):
        method = counsellor.get if name == "matching" else counsellor.post
        assert method(reverse(f"administration:{name}")).status_code in {302, 403, 404}
    assert not MatchRun.objects.exists()


def test_a_run_is_asked_for_and_the_clock_runs_it(administrator):
    JobseekerFactory()
    VacancyFactory()
    page = administrator.post(reverse("administration:start_matching"), follow=True).content.decode()
    assert "A match is under way" in page and "Stop the match" in page
    assert clocks.run_due(at=now())["national_matches"] == 1
    assert clocks.run_due(at=now())["national_matches"] == 0
    page = administrator.get(reverse("administration:matching")).content.decode()
    assert "1 people, 1 vacancies" in page and "published" in page and "Start a match now" in page


def test_a_request_can_be_taken_back(administrator):
    administrator.post(reverse("administration:start_matching"))
    administrator.post(reverse("administration:stop_matching"))
    assert clocks.run_due(at=now())["national_matches"] == 0
    assert "stopped" in administrator.get(reverse("administration:matching")).content.decode()


def test_small_counts_are_hidden(administrator):
    for _ in range(3):
        JobseekerFactory(licence_ids=[])
    VacancyFactory(licence_ids=["x"])
    run = run_national_match(by=system("match.run", label="test"), at=NOW)
    assert run.unserved["without"] == 3
    page = administrator.get(reverse("administration:matching")).content.decode()
    assert "Fewer than 10 people." in page and "hidden" in page and "(3)" not in page


def test_the_page_does_not_grow_in_queries(administrator, django_assert_max_num_queries):
    for day in range(9):
        run_national_match(by=system("match.run", label="test"), at=NOW + timedelta(days=day))
    with django_assert_max_num_queries(12):
        administrator.get(reverse("administration:matching"))
