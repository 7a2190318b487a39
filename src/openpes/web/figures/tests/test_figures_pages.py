"""The figures pages: whole service with small counts hidden, the own office as it is, files, definitions."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import JobseekerFactory, OfficeFactory, account_with

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
