"""Somebody who is registered, and their browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories import JobseekerFactory, account_with

from openpes.jobseekers.models import Jobseeker


@pytest.fixture
def me() -> Jobseeker:
    """A registered person."""
    return JobseekerFactory()


@pytest.fixture
def browser(me: Jobseeker, signed_in: Callable[..., Client]) -> Client:
    """Their browser, signed in."""
    return signed_in(account_with("jobseeker", person=me.person, username="ABCD-EFGH"))
