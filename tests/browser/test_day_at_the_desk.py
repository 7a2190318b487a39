"""A counsellor's morning in a real browser, without JavaScript, at 200 % zoom: what each piece of work costs.

Typing is counted, not timed: the strokes of a usual registration at 25 words a minute (five strokes a word), and three
seconds for each press of a button, tick or choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from openpes.appointments.models import QueueTicket
from openpes.complaints.models import Complaint
from openpes.core.clock import now
from openpes.guidance.models import Plan
from openpes.jobseekers.models import Jobseeker
from openpes.messaging.models import Message
from openpes.referrals.models import Referral
from tests.factories import CEBU, JobseekerFactory, OfficeFactory, VacancyFactory, account_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db(databases=["default", "access"], transaction=True)]
ZOOMED = {"width": 640, "height": 450}
STROKES_A_MINUTE, SECONDS_A_PRESS = 25 * 5, 3
REGISTRATION_MINUTES, REFERRAL_SECONDS = 8, 60
MOST_KILOBYTES = 30


class Counted:
    """A page that counts what the counsellor types and presses."""

    def __init__(self, page: Any) -> None:
        self.page, self.strokes, self.presses, self.screens = page, 0, 0, 0

    def start(self) -> None:
        self.strokes = self.presses = self.screens = 0

    def type(self, name: str, text: str) -> None:
        self.page.locator(f"main [name='{name}']").first.fill(text)
        self.strokes += len(text) + 1

    def choose(self, name: str, value: str) -> None:
        box = self.page.locator(f"main [name='{name}']").first
        if box.evaluate("one => one.tagName") == "SELECT":
            box.select_option(value)
        elif value == "on":
            box.check()
        else:
            self.page.locator(f"main [name='{name}'][value='{value}']").check()
        self.presses += 1

    def press(self, words: str, *, role: str = "button") -> None:
        self.page.get_by_role(role, name=words).first.click()
        self.presses += 1
        self.screens += 1
        self.accept()

    def accept(self) -> None:
        """Every page is light and nothing is wider than the zoomed screen."""
        box = self.page.locator("main").bounding_box()
        assert box is not None and box["x"] + box["width"] <= ZOOMED["width"], self.page.url
        assert len(self.page.content().encode()) <= MOST_KILOBYTES * 1024, self.page.url

    @property
    def seconds(self) -> float:
        return 60 * self.strokes / STROKES_A_MINUTE + SECONDS_A_PRESS * self.presses


@pytest.fixture
def desk(browser: Any, live_server: Any, signed_in: Any, settings: Any) -> Iterator[Counted]:
    """A counsellor's browser, and an office with live jobs for waiters."""
    office = OfficeFactory()
    for number in range(6):
        VacancyFactory(employer__office=office, title=f"Waiter {number}")
    client = signed_in(account_with("counsellor", office=office, name="Ana"))
    context = browser.new_context(viewport=ZOOMED, java_script_enabled=False, base_url=live_server.url, locale="en-PH")
    context.set_default_timeout(15_000)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    counted = Counted(context.new_page())
    counted.office = office  # type: ignore[attr-defined]
    yield counted
    context.close()


def test_a_walk_in_from_the_door_to_the_slip(desk: Counted) -> None:
    page = desk.page
    page.goto("/desk/")
    desk.accept()
    page.goto("/desk/queue/")
    desk.start()
    desk.press("Register for work")
    assert desk.presses == 1 and QueueTicket.objects.count() == 1
    desk.press("Call the next")

    page.goto("/desk/register/")
    desk.start()
    for field, text in (
        ("name", "Luzviminda Evangelista"),
        ("born_on_day", "14"),
        ("born_on_month", "3"),
        ("born_on_year", "2007"),
        ("phone", "0917 123 4567"),
        ("work_text", "waitress in a restaurant"),
    ):
        desk.type(field, text)
    for field, value in (("sex", "female"), ("phone_owner", "shared"), ("area_code", CEBU), ("agreed", "on")):
        desk.choose(field, value)
    desk.press("Register")
    if page.locator("main [name=work_code]").count():
        desk.choose("work_code", "5131")
        desk.press("Register")
    seeker = Jobseeker.objects.get()
    assert desk.seconds <= 60 * REGISTRATION_MINUTES, desk.seconds

    page.goto(f"/desk/people/{seeker.ref}/")
    desk.start()
    desk.press("Hold an interview", role="link")
    desk.press("Begin")
    desk.press("Save, and make the plan")
    assert desk.screens <= 3
    desk.choose("diagnosis", page.locator("[name=diagnosis] option").nth(1).get_attribute("value"))
    desk.choose("strategy", page.locator("[name=strategy] option").nth(1).get_attribute("value"))
    page.locator("[name=goal]").fill("A job as a waitress within a month")
    page.locator("[name=a1_title]").fill("Visit two restaurants")
    due = now() + timedelta(days=7)
    for part, value in (("day", due.day), ("month", due.month), ("year", due.year)):
        page.locator(f"[name=a1_due_{part}]").fill(str(value))
    desk.press("Agree on this plan")
    plan = Plan.objects.get()
    assert 1 <= plan.actions.count() <= 3
    slip = page.context.request.get(f"/desk/people/{seeker.ref}/plan/slip.pdf")
    assert slip.status == 200 and slip.body().startswith(b"%PDF")


def test_a_referral_takes_six_presses_and_less_than_a_minute(desk: Counted) -> None:
    seeker = JobseekerFactory(office=desk.office)  # type: ignore[attr-defined]
    page = desk.page
    page.goto(f"/desk/people/{seeker.ref}/")
    desk.start()
    desk.press("Jobs for this person", role="link")
    first = page.locator("main [name=vacancies]")
    assert first.count() <= 5
    first.first.check()
    desk.presses += 1
    desk.choose("agreed", "on")
    page.locator("main form button.govuk-button:not(.govuk-button--secondary)").first.click()
    desk.presses += 1
    assert Referral.objects.count() == 1
    assert desk.presses <= 6 and desk.seconds <= REFERRAL_SECONDS
    assert Message.objects.filter(kind="introduced").exists()


def test_what_went_wrong_is_written_down_on_the_way(desk: Counted) -> None:
    seeker = JobseekerFactory(office=desk.office)  # type: ignore[attr-defined]
    page = desk.page
    page.goto(f"/desk/people/{seeker.ref}/")
    desk.press("Something went wrong", role="link")
    desk.choose("danger", "safe")
    desk.choose("kind", "not_paid")
    desk.type("words", "Two weeks without pay.")
    desk.press("Write it down")
    held = Complaint.objects.get()
    assert held.ref in page.url
    desk.press("Take it on")
    desk.type("answer", "We called the owner. You are paid on Friday.")
    desk.press("Answer the person")
    held.refresh_from_db()
    assert held.state == "answered" and re.search(held.ref, Message.objects.latest("pk").text)
