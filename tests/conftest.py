"""What every test needs: both databases, a forgetful matcher, and a browser of each role."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from openpes.matching import live
from openpes.people.models import Account
from openpes.web.doorkeeper import SIGNED_IN_BY_DEMO


@pytest.fixture(autouse=True)
def forgetful_matcher() -> Iterator[None]:
    """Each test has another database: the matcher in memory must not carry one into the next."""
    live.forget()
    yield
    live.forget()


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
