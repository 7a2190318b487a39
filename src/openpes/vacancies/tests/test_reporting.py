"""What the ministry's report carries and the advert may not show: two lists that never meet."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import NOW, TODAY, EmployerFactory, OfficeFactory, VacancyFactory, account_with, actor_with

from openpes.core.decisions import NotFound, NotPermitted, Refused
from openpes.core.models import ChangeEntry
from openpes.matching.rows import vacancy_rows
from openpes.vacancies.models import ReportAnswer
from openpes.vacancies.queries import offers
from openpes.vacancies.reporting import (
    HEADER,
    Answers,
    answer_report,
    answers_of,
    asked_on,
    may_answer,
    ministry_report,
)

pytestmark = pytest.mark.django_db(databases=["default", "access"])
NOVEMBER = {"starts_at": datetime(2026, 11, 1, tzinfo=UTC), "ends_before": datetime(2026, 12, 1, tzinfo=UTC), "at": NOW}


@pytest.fixture
def indonesia(settings):
    settings.COUNTRY = "ID"


@pytest.fixture
def job():
    return VacancyFactory(title="Pelayan")


def employer_of(job):
    return actor_with("employer_staff", scope_id=job.employer_id)


def test_what_can_be_told() -> None:
    asked = ("age", "sex")
    assert may_answer(Answers("women", 18, 30), asked=asked).allowed
    assert may_answer(Answers(), asked=()).allowed
    for wrong, code in (
        (Answers("women", 30, 18), "ages_in_order"),
        (Answers("", 5, None), "ages_in_order"),
        (Answers("girls"), "sex_of_the_list"),
    ):
        assert [one.code for one in may_answer(wrong, asked=asked).reasons] == [code]
    assert [one.code for one in may_answer(Answers("any"), asked=()).reasons] == ["not_asked_here"]


def test_in_most_countries_nothing_is_asked(job) -> None:
    assert asked_on(TODAY) == ()
    with pytest.raises(NotFound):
        answers_of(employer_of(job), job, on=TODAY)
    with pytest.raises(Refused):
        answer_report(vacancy=job, answers=Answers("men"), by=employer_of(job), at=NOW, on=TODAY)
    assert not ReportAnswer.objects.exists()


def test_indonesia_the_report_has_it_and_nobody_else(indonesia, job) -> None:
    assert set(asked_on(TODAY)) == {"age", "sex"}
    before = Client().get(reverse("web:job", args=[job.ref])).content
    rows = vacancy_rows(offers(only=[job.pk]), currency="IDR")
    answer_report(vacancy=job, answers=Answers("women", 18, 27), by=employer_of(job), at=NOW, on=TODAY)
    assert Client().get(reverse("web:job", args=[job.ref])).content == before
    assert vacancy_rows(offers(only=[job.pk]), currency="IDR") == rows
    manager = actor_with("office_manager", scope_id=job.office_id)
    (line,) = ministry_report(manager, **NOVEMBER)
    told = dict(zip(HEADER, line, strict=True))
    assert (told["sex_for_the_report"], told["age_from_for_the_report"], told["age_to_for_the_report"]) == (
        "women",
        18,
        27,
    )
    assert ChangeEntry.objects.filter(verb="vacancy.report").exists()


def test_others_neither_answer_nor_take_the_report(indonesia, job) -> None:
    stranger = actor_with("employer_staff", scope_id=EmployerFactory().pk)
    with pytest.raises(NotPermitted):
        answer_report(vacancy=job, answers=Answers("men"), by=stranger, at=NOW, on=TODAY)
    for actor in (stranger, employer_of(job), actor_with("counsellor", scope_id=job.office_id)):
        with pytest.raises(NotPermitted):
            ministry_report(actor, **NOVEMBER)
    elsewhere = actor_with("office_manager", scope_id=OfficeFactory().pk)
    assert ministry_report(elsewhere, **NOVEMBER) == []


def test_pages(indonesia, job, signed_in) -> None:
    owner = signed_in(account_with("employer_staff", employer=job.employer))
    url = reverse("employer:ministry", args=[job.ref])
    assert url in owner.get(reverse("employer:vacancy", args=[job.ref])).content.decode()
    refused = owner.post(url, {"sex": "women", "age_from": "40", "age_to": "20"})
    assert refused.status_code == 422 and 'value="40"' in refused.content.decode()
    assert owner.post(url, {"sex": "women", "age_from": "18", "age_to": "30"}).status_code == 302
    manager = signed_in(account_with("office_manager", office=job.office))
    file = manager.get(reverse("figures:notified", args=["csv"]) + "?month=2026-11")
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert rows[0]["sex_for_the_report"] == "women" and rows[0]["title"] == "Pelayan"
    assert manager.get(reverse("figures:notified", args=["xlsx"]) + "?month=2026-11").content[:2] == b"PK"
    counsellor = signed_in(account_with("counsellor", office=job.office))
    assert counsellor.get(reverse("figures:notified", args=["csv"])).status_code == 404
    stranger = signed_in(account_with("employer_staff", employer=EmployerFactory()))
    assert stranger.get(url).status_code == 404
