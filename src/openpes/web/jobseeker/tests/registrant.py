"""Somebody who registers in a browser, step by step."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.factories import CEBU

ANSWERS: dict[str, dict[str, Any]] = {
    "who": {"name": "Maria Santos", "born_on_day": "14", "born_on_month": "3", "born_on_year": "2005", "sex": "female"},
    "phone": {"phone": "0917 123 4567", "owner": "shared"},
    "place": {"area_code": CEBU, "education": "senior_high", "work_status": "looking"},
    "work": {"work1_text": "waiter", "work1_code": "5131"},
    "skills": {"skills": [], "experience": "6"},
    "wishes": {"max_km": "25", "times": [], "pay_amount": "12 000", "pay_period": "month"},
    "consent": {"agree": "on"},
    "pin": {"pin": "481927", "again": "481927"},
}


def step_url(step: str) -> str:
    """The address of a step."""
    return reverse("jobseeker:register_step", args=[step])


class Registrant:
    """A browser with answers ready; give others by step."""

    def __init__(self, **other: dict[str, Any]) -> None:
        self.client = Client()
        self.answers = {step: {**answer, **other.get(step, {})} for step, answer in ANSWERS.items()}

    def give(self, step: str, **other: Any) -> HttpResponse:
        """Send the answers of a step."""
        return self.client.post(step_url(step), {**self.answers[step], **other})

    def until(self, last: str) -> HttpResponse:
        """All steps up to one, each of which must lead to the next."""
        for step in ANSWERS:
            response = self.give(step)
            if step == last:
                return response
            assert response.status_code == 302, (step, response.content.decode()[:4000])
        raise KeyError(last)

    def finish(self) -> HttpResponse:
        """Everything, and the page that follows."""
        response = self.until("pin")
        assert response.status_code == 302, response.content.decode()[:4000]
        return self.client.get(response.url)
