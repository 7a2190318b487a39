"""What every test needs: both databases, a forgetful matcher, and a browser of each role."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from openpes.matching import live
from openpes.people.models import Account
from openpes.reference import in_force
from openpes.web.doorkeeper import SIGNED_IN_BY_DEMO


@pytest.fixture(autouse=True)
def forgetful_matcher() -> Iterator[None]:
    """Each test has another database: the matcher in memory must not carry one into the next."""
    live.forget()
    yield
    live.forget()


@pytest.fixture(autouse=True)
def no_overlay() -> Iterator[None]:
    """Each test begins with the pack alone; a request, or `in_force.refresh`, reads what the test has signed."""
    in_force.hold(in_force.Held(in_force.NOTHING))
    yield
    in_force.hold(in_force.Held(in_force.NOTHING))


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A request in another language leaves it on in its thread: each test begins and ends in English."""
    translation.activate("en")
    timezone.deactivate()
    yield
    translation.activate("en")
    timezone.deactivate()


@pytest.fixture
def signed_in() -> Callable[[Account], Client]:
    """A browser signed in as an account, second factor given."""

    def sign_in(account: Account) -> Client:
        client = Client()
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session[SIGNED_IN_BY_DEMO] = True
        session.save()
        return client

    return sign_in


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One real Chromium for all tests of a process; skipped visibly where there is none."""
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine: apt install chromium")
    from playwright.sync_api import sync_playwright

    # The framework refuses its database from a thread with an event loop; Playwright's loop never touches it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()
