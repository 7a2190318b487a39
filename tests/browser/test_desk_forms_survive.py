"""A cut in the middle of a form, in a real browser: with the script and without it, by keyboard, at 200 % zoom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from openpes.casework.models import FormDraft
from openpes.jobseekers.models import Jobseeker
from tests.factories import OfficeFactory, account_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db(databases=["default", "access"], transaction=True)]
ZOOMED = {"width": 640, "height": 450}


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def desk(request: Any, browser: Any, live_server: Any, signed_in: Any, settings: Any) -> Iterator[Any]:
    """A counsellor's browser at 200 % zoom."""
    client = signed_in(account_with("counsellor", office=OfficeFactory(), name="Ana"))
    context = browser.new_context(
        viewport=ZOOMED, java_script_enabled=request.param, base_url=live_server.url, locale="en-PH"
    )
    context.set_default_timeout(45_000)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page = context.new_page()
    page.scripted = request.param
    yield page
    context.close()


def test_half_a_registration_is_there_after_the_cut(desk: Any) -> None:
    desk.goto("/desk/register/")
    desk.locator("[name=name]").focus()
    desk.keyboard.type("Luzviminda Evangelista")
    desk.locator("[name=work_text]").focus()
    desk.keyboard.type("waitress")
    keep = desk.get_by_role("button", name="Keep what I typed so far")
    if desk.scripted:
        desk.locator("[data-draft-says]", has_text="Kept").wait_for()
    else:
        keep.focus()
        with desk.expect_navigation():
            desk.keyboard.press("Enter")
    assert FormDraft.objects.get().words["name"] == ["Luzviminda Evangelista"] and not Jobseeker.objects.exists()

    desk.goto("about:blank")  # the power goes
    desk.goto("/desk/register/")
    go_on = desk.get_by_role("link", name="Go on where I stopped")
    go_on.focus()
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    assert desk.locator("[name=name]").input_value() == "Luzviminda Evangelista"
    assert desk.locator("[name=work_text]").input_value() == "waitress"
    assert not desk.locator("[name=agreed]").is_checked()
    box = desk.locator("main").bounding_box()
    assert box is not None and box["x"] + box["width"] <= ZOOMED["width"]
    if desk.scripted:
        found = Axe().run(desk)
        assert found.violations_count == 0, found.generate_report()


def test_a_day_on_paper_is_keyed_in_with_the_keyboard(desk: Any) -> None:
    desk.goto("/desk/day-on-paper/")
    desk.locator("[name=number1]").focus()
    desk.keyboard.type("ZZZZ")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Tab")
    desk.keyboard.type("Asked about the course")
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    assert desk.get_by_role("alert").is_visible()
    assert desk.locator("[name=words1]").input_value() == "Asked about the course"
    assert len(desk.content().encode()) <= 30 * 1024
    box = desk.locator("main").bounding_box()
    assert box is not None and box["x"] + box["width"] <= ZOOMED["width"]
