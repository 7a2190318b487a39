"""The interview in a real browser with the keyboard alone: saved as one types, and still there after a cut."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from openpes.guidance.models import Interview, InterviewPart, Plan
from tests.factories import JobseekerFactory, OfficeFactory, account_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db(databases=["default", "access"], transaction=True)]


@pytest.fixture
def desk(browser: Any, live_server: Any, signed_in: Any, settings: Any) -> Iterator[Any]:
    """A counsellor's browser with a person, at 1280 px and 200 % zoom (so 640 px wide)."""
    office = OfficeFactory()
    seeker = JobseekerFactory(office=office)
    client = signed_in(account_with("counsellor", office=office, name="Ana"))
    context = browser.new_context(viewport={"width": 640, "height": 450}, base_url=live_server.url, locale="en-PH")
    context.set_default_timeout(15_000)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page = context.new_page()
    page.seeker = seeker
    yield page
    context.close()


def press_to(page: Any, words: str) -> None:
    """Tab to the control with these words and press Enter."""
    for _step in range(120):
        page.keyboard.press("Tab")
        if words in page.evaluate(
            "document.activeElement.matches('a, button') && document.activeElement.innerText || ''"
        ):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"the keyboard does not reach {words!r}")


def tab_to_field(page: Any, name: str) -> None:
    """Tab to a box by its name."""
    for _step in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name || ''") == name:
            return
    raise AssertionError(f"the keyboard does not reach {name!r}")


def accept(page: Any) -> None:
    """axe finds nothing on the page, and nothing is wider than it."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_an_interview_with_the_keyboard_alone(desk: Any) -> None:
    desk.goto(f"/desk/people/{desk.seeker.ref}/")
    press_to(desk, "Hold an interview")
    accept(desk)
    press_to(desk, "Begin")
    accept(desk)
    tab_to_field(desk, "arrive.welcome")
    with desk.expect_response(lambda answer: answer.request.headers.get("x-autosave") == "1") as saved:
        desk.keyboard.type("My aunt sent me")
    assert saved.value.json()["versions"]["arrive"] == 1
    desk.reload()  # the power is back
    assert InterviewPart.objects.get().answers == {"welcome": "My aunt sent me"}
    assert desk.locator("textarea").first.input_value() == "My aunt sent me"
    press_to(desk, "Save, and make the plan")
    accept(desk)
    for name, keys in (("diagnosis", "Re"), ("strategy", "Look for work"), ("goal", "A job nearby")):
        tab_to_field(desk, name)
        desk.keyboard.type(keys)
    tab_to_field(desk, "a1_title")
    desk.keyboard.type("Visit two firms")
    desk.keyboard.press("Escape")
    for part, value in (("day", "1"), ("month", "2"), ("year", "2100")):
        tab_to_field(desk, f"a1_due_{part}")
        desk.keyboard.type(value)
    press_to(desk, "Agree on this plan")
    assert "days away" in desk.locator(".govuk-error-summary").inner_text()
    assert not Plan.objects.exists() and desk.locator("[name=goal]").input_value() == "A job nearby"
    due = desk.evaluate("new Date(Date.now() + 7 * 864e5).toISOString().slice(0, 10)").split("-")
    for part, value in zip(("year", "month", "day"), due, strict=True):
        desk.locator(f"[name=a1_due_{part}]").fill(value)
    desk.locator("[name=goal]").focus()
    press_to(desk, "Agree on this plan")
    accept(desk)
    assert Plan.objects.get().goal == "A job nearby" and Interview.objects.get().state == "ended"
