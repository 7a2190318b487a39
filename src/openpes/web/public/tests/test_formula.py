"""The published formula: all terms, their weights, and an example that adds up."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from openpes.core.clock import now
from openpes.matching.policy import policy_on
from openpes.reference.country import today

pytestmark = pytest.mark.django_db(databases=["default", "access"])


@pytest.mark.parametrize("language", ["en", "fil"])
def test_every_term_stands_there_with_its_weight_and_the_example_adds_up(client: Client, language: str) -> None:
    """The points of the example are the matcher's own and add up to the total shown."""
    client.cookies["openpes_language"] = language
    page = client.get(reverse("web:formula")).content.decode()
    for weight in policy_on(today(now())).weights:
        assert f'numeric">{weight} <span' in page
    points = [int(re.sub(r"\D", "", one)) for one in re.findall(r'numeric">(?:<strong>)?([\d.,\s]+?) (?:of|sa) ', page)]
    if language == "en":
        assert len(points) == 8 and sum(points[:7]) == points[7] > 0
    assert len(page.encode()) < 60_000


def test_the_rules_lead_there(client: Client) -> None:
    """From the rules and from the foot of every page."""
    assert reverse("web:formula") in client.get(reverse("web:rules")).content.decode()
    assert reverse("web:formula") in client.get(reverse("web:home")).content.decode()
