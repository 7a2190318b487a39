"""Where a country has unemployment benefit, the person sees the duty and what they did; elsewhere nothing of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import NOW, JobseekerFactory, ReferralFactory

from openpes.core.clock import now
from openpes_countries import known_countries, load_country, reporting_duty

pytestmark = pytest.mark.django_db(databases=["default", "access"])
HAVE = {"ID", "KR", "MY", "VN"}


def test_the_countries_with_unemployment_insurance_say_so() -> None:
    said = {code for code in known_countries() if reporting_duty(load_country(code), on=NOW.date()).value}
    assert said >= HAVE and "NP" not in said


@pytest.mark.parametrize("code", sorted(HAVE))
def test_the_duty_and_what_was_done_stand_on_one_page(code: str, me: Any, browser: Client, settings: Any) -> None:
    settings.COUNTRY = code
    mine = ReferralFactory(jobseeker=me, sent_at=now() - timedelta(days=2))
    old = ReferralFactory(jobseeker=me, sent_at=now() - timedelta(days=90))
    others = ReferralFactory(jobseeker=JobseekerFactory(), sent_at=now() - timedelta(days=2))
    for number, one in enumerate((mine, old, others)):
        one.vacancy.title = f"Job number {number}"
        one.vacancy.save()
    assert reverse("jobseeker:benefit") in browser.get(reverse("jobseeker:referrals")).content.decode()
    page = browser.get(reverse("jobseeker:benefit")).content.decode()
    duty = load_country(code).value("unemployment_benefit.benefit", on=NOW.date())
    assert duty.value["duties"][0] in page and duty.source.instrument in page
    assert "written from memory" in page
    assert "Job number 0" in page and "Job number 1" not in page and "Job number 2" not in page


def test_without_a_benefit_there_is_no_page(browser: Client, settings: Any) -> None:
    settings.COUNTRY = "NP"
    assert browser.get(reverse("jobseeker:benefit")).status_code == 404
    assert reverse("jobseeker:benefit") not in browser.get(reverse("jobseeker:referrals")).content.decode()
