"""The figures pages: whole service with small counts hidden, the own office as it is, files, definitions."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import NOW, JobseekerFactory, OfficeFactory, account_with

from openpes.jobseekers.models import JobseekerMove
from openpes.jobseekers.states import JobseekerState

LAST_MONTH = datetime(2026, 10, 5, tzinfo=UTC)
pytestmark = pytest.mark.django_db(databases=["default", "access"])


def test_the_analyst_sees_small_counts_hidden_and_the_office_its_own(signed_in):
    office, other = OfficeFactory(), OfficeFactory()
    for _number in range(3):
        JobseekerFactory(office=office)
    month = reverse("figures:month") + "?month=2026-11"
    analyst = signed_in(account_with("analyst")).get(month)
    assert "fewer than 10" in analyst.content.decode()
    own = signed_in(account_with("counsellor", office=office))
    assert ": 3</h2>" in own.get(month).content.decode()
    assert own.get(month + f"&office={other.ref}").status_code == 404


def test_files_and_definitions(signed_in):
    analyst = signed_in(account_with("analyst"))
    for kind in ("csv", "xlsx"):
        response = analyst.get(reverse("figures:file", args=[kind]) + "?month=2026-11")
        assert response.status_code == 200 and "attachment" in response["Content-Disposition"]
    assert analyst.get(reverse("figures:file", args=["exe"])).status_code == 404
    assert analyst.get(reverse("figures:month") + "?month=2999-01").status_code == 404
    assert Client().get(reverse("figures:definitions")).status_code == 200
    assert Client().get(reverse("figures:month")).status_code == 302


def _crosswalk() -> None:
    from openpes.reference.models import NationalCode, NationalScheme

    scheme = NationalScheme.objects.create(
        scheme="PSOC", version="2012", starts_on=date(2012, 1, 1), loaded_at=NOW, sha256="0" * 64
    )
    for code, title, isco in (
        ("B1", "Bar and floor", "5131"),
        ("B2", "Hosts", "5131"),
        ("B1", "Bar and floor", "5132"),
    ):
        NationalCode.objects.create(scheme=scheme, code=code, title=title, isco=isco, kind="broader")


def test_the_month_by_occupation_in_iscos_and_the_countrys_own_codes(signed_in):
    office = OfficeFactory()
    for isco in ("5131", "5131", "5131", "9111"):
        seeker = JobseekerFactory(office=office, wanted=[isco], registered_at=LAST_MONTH)
        JobseekerMove.objects.create(jobseeker=seeker, state=JobseekerState.ACTIVE, at=LAST_MONTH)
    url = reverse("figures:occupations") + "?month=2026-10"
    own = signed_in(account_with("counsellor", office=office))
    assert own.get(url + "&scheme=PSOC").status_code == 404
    _crosswalk()
    assert "PSOC" in own.get(reverse("figures:month") + "?month=2026-11").content.decode()

    def people(client, scheme: str) -> dict[str, str]:
        text = client.get(f"{url}&scheme={scheme}").content.decode("utf-8-sig")
        return {row["code"]: row["people_looking"] for row in csv.DictReader(io.StringIO(text))}

    assert people(own, "ISCO-08") == {"5131": "3", "9111": "1"}
    # Three people over two codes: whole numbers whose sum stays; what has no code is not lost.
    assert people(own, "PSOC") == {"B1": "2", "B2": "1", "": "1"}
    assert people(signed_in(account_with("analyst")), "PSOC") == {"B1": "", "B2": "", "": ""}
    assert Client().get(url).status_code == 302
