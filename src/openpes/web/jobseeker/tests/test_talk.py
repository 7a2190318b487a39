"""What began by text goes on as a page."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.factories import JobseekerFactory, VacancyFactory

from openpes.core.clock import now
from openpes.dialogues.operations import hear
from openpes.organisations.models import Office
from openpes.people.models import Account

pytestmark = pytest.mark.django_db(databases="__all__")
PATH, PHONE = "/me/talk/", "+639171112222"


def test_a_question_that_came_by_text_is_answered_on_the_page(client: Client) -> None:
    """The same conversation, with what was begun by text said so; an empty answer loses nothing."""
    jobseeker = JobseekerFactory(person__phone=PHONE)
    account = Account.objects.create(username="K7M4", name="x", person=jobseeker.person, created_at=now())
    hear(channel="sms", address=PHONE, text="BAD", at=now())
    client.force_login(account)
    page = client.get(PATH).content.decode()
    assert "You began by text" in page
    assert "Are you in danger" in page
    assert client.post(PATH, {"text": ""}).status_code == 422
    assert "What happened" in client.post(PATH, {"text": "3"}).content.decode()
    assert Office.objects.count() == 1


def test_somebody_else_s_question_is_not_shown(client: Client) -> None:
    """Only one's own."""
    JobseekerFactory(person__phone=PHONE)
    other = JobseekerFactory()
    account = Account.objects.create(username="K7M5", name="x", person=other.person, created_at=now())
    hear(channel="sms", address=PHONE, text="BAD", at=now())
    client.force_login(account)
    assert "Are you in danger" not in client.get(PATH).content.decode()


def test_jobs_that_came_by_text_wait_on_the_page_in_words(client: Client) -> None:
    """The question says the jobs as the text did."""
    jobseeker = JobseekerFactory(person__phone=PHONE)
    VacancyFactory()
    account = Account.objects.create(username="K7M6", name="x", person=jobseeker.person, created_at=now())
    hear(channel="sms", address=PHONE, text="JOB", at=now())
    client.force_login(account)
    page = client.get(PATH).content.decode()
    assert "Waiter, 16000 PHP" in page
    assert "{" not in page.split("<main", 1)[1].split("</main", 1)[0]
