"""A phone that is hers alone, in a browser with scripts: pages without a signal, wiped by signing out; its own lock."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Error, expect

from openpes.core.clock import now
from openpes.jobseekers.card_operations import renew_card
from openpes.jobseekers.models import Jobseeker
from openpes.organisations.queries import actor_for
from openpes.people.models import Account, Passkey
from tests.factories import CEBU, JobseekerFactory, OfficeFactory, VacancyFactory

expect.set_options(timeout=30_000)
pytestmark = [pytest.mark.browser, pytest.mark.django_db(databases=["default", "access"], transaction=True)]
CODE, PIN = "ABCD-EFGH", "481927"
KEPT = """async () => {
  const found = [];
  for (const store of await caches.keys()) {
    for (const one of await (await caches.open(store)).keys()) found.push(new URL(one.url).pathname);
  }
  return found;
}"""


@pytest.fixture
def me() -> Jobseeker:
    """Somebody with a code, a PIN and a card, and a job that fits."""
    jobseeker: Jobseeker = JobseekerFactory(office=OfficeFactory(area_code=CEBU, name="Cebu office"))
    VacancyFactory(title="Waiter at the harbour")
    account = Account(username=CODE, name="x", person=jobseeker.person, created_at=now())
    account.set_password(PIN)
    account.save()
    renew_card(jobseeker=jobseeker, by=actor_for(account, on=now().date()), at=now())
    return jobseeker


@pytest.fixture
def page(browser: Any, live_server: Any, settings: Any) -> Iterator[Any]:
    """Her phone, with scripts."""
    settings.BASE_URL = live_server.url
    context = browser.new_context(viewport={"width": 360, "height": 740}, base_url=live_server.url, locale="en-PH")
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def until(page: Any, good: Callable[[set[str]], bool], *, seconds: float = 60) -> None:
    """Wait until what the phone keeps is as it should be."""
    ends = time.monotonic() + seconds
    while not good(held := set(page.evaluate(KEPT))):
        assert time.monotonic() < ends, held
        page.wait_for_timeout(200)


def sign_in(page: Any) -> None:
    """With code and PIN."""
    page.goto("/sign-in/")
    page.get_by_label("Your code or sign-in name").fill(CODE)
    page.get_by_label("PIN or password").fill(PIN)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="My page")).to_be_visible()


def is_hers_alone(page: Any) -> None:
    """She says that nobody else uses this phone, and waits until it has kept what it keeps."""
    page.goto("/me/offline/")
    page.get_by_role("button", name="The phone is mine alone").click()
    expect(page.get_by_text("This phone keeps them now.")).to_be_visible()
    until(page, lambda held: {"/me/card/", "/me/jobs/", "/me/appointments/", "/me/searches/"} <= held)
    until(page, lambda held: any(one.endswith(".css") for one in held))


def test_her_card_times_and_jobs_without_a_signal(me: Jobseeker, page: Any) -> None:
    """Kept after her word, read without a signal, gone when she signs out."""
    sign_in(page)
    assert page.evaluate(KEPT) == [], "nothing is kept unasked"
    is_hers_alone(page)
    page.goto("/me/")
    page.context.set_offline(True)
    assert page.evaluate("fetch('/me/data/').then(() => 'signal', () => 'none')") == "none"
    page.goto("/me/card/")
    page.reload()
    assert me.ref in page.content()
    page.goto("/me/appointments/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto("/me/jobs/")
    expect(page.get_by_role("link", name="Waiter at the harbour").first).to_be_visible()
    page.goto("/me/data/")
    expect(page.get_by_role("heading", name="My page")).to_be_visible()

    page.context.set_offline(False)
    page.goto("/sign-out/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_load_state()
    until(page, lambda held: not held)
    page.context.set_offline(True)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.goto("/me/card/")
    page.context.set_offline(False)
    page.goto("/me/card/")
    assert "/sign-in/" in page.url


def test_taking_the_word_back_wipes_the_phone(me: Jobseeker, page: Any) -> None:
    """Others use it after all: nothing is left, and nothing is kept again."""
    sign_in(page)
    is_hers_alone(page)
    page.get_by_role("button", name="Keep nothing on this phone").click()
    expect(page.get_by_text("Nothing is kept on this phone.")).to_be_visible()
    until(page, lambda held: not held)
    page.goto("/me/card/")
    page.context.set_offline(True)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.goto("/me/card/")


def test_the_lock_of_her_phone_signs_her_in(me: Jobseeker, page: Any) -> None:
    """Added on a phone that is hers alone, used in place of the PIN, dropped; all of it by the browser's own means."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    lock = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": lock})
    sign_in(page)
    page.goto("/me/details/sign-in/")
    assert page.get_by_role("button", name="Add this phone").count() == 0
    is_hers_alone(page)
    page.get_by_role("link", name="Sign in without a PIN").click()
    page.get_by_label("What do you call this phone?").fill("My phone")
    page.get_by_label("Your PIN").fill(PIN)
    page.get_by_role("button", name="Add this phone").click()
    expect(page.get_by_role("heading", name="My phone")).to_be_visible()

    page.goto("/sign-out/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.goto("/sign-in/?next=/me/card/")
    page.get_by_role("link", name="Sign in with this phone").click()
    page.get_by_role("button", name="Sign in with this phone").click()
    page.wait_for_url("**/me/card/")
    assert me.ref in page.content()
    assert Passkey.objects.get().used_at is not None

    page.goto("/me/details/sign-in/")
    page.get_by_role("button", name="Drop it").click()
    expect(page.get_by_text("Dropped.")).to_be_visible()
    page.goto("/sign-out/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.goto("/sign-in/passkey/")
    page.get_by_role("button", name="Sign in with this phone").click()
    expect(page.get_by_text("We do not know this phone.").first).to_be_visible()


def test_a_job_she_saved_without_a_signal(me: Jobseeker, page: Any) -> None:
    """Saved with one tap; the list and the whole advert can be read on the bus."""
    sign_in(page)
    is_hers_alone(page)
    page.goto("/me/jobs/")
    page.get_by_role("link", name="Waiter at the harbour").first.click()
    page.get_by_role("button", name="Save this job").click()
    page.get_by_role("link", name="Saved jobs").click()
    place = page.get_by_role("link", name="Waiter at the harbour").get_attribute("href")
    until(page, lambda held: place in held)
    page.context.set_offline(True)
    page.goto("/me/searches/")
    page.get_by_role("link", name="Waiter at the harbour").click()
    expect(page.get_by_role("heading", name="Waiter at the harbour", level=1)).to_be_visible()
    expect(page.get_by_role("heading", name="How it fits you")).to_be_visible()
