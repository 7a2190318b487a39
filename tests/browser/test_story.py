"""The story of the river, once, in a real browser at 360 px without JavaScript; then axe over the pages it met."""

from __future__ import annotations

import re
from base64 import b32decode
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django_otp.oath import totp

from openpes.core.actors import system
from openpes.core.clock import now
from openpes.core.outbox import work_once
from openpes.journeys.run_match import run_national_match
from openpes.messaging.models import Message
from openpes.placements.models import Outcome
from openpes.referrals.models import Referral
from openpes.vacancies.models import Vacancy
from tests.factories import CEBU, OfficeFactory, account_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db(databases=["default", "access"], transaction=True)]
PHONE = {"width": 360, "height": 740}
PASSWORD = "a very long word"


@pytest.fixture
def small_phone(browser: Any, live_server: Any) -> Iterator[Callable[[], Any]]:
    """Makes one more small phone without JavaScript: each has a browser of its own."""
    contexts = []

    def another() -> Any:
        context = browser.new_context(
            viewport=PHONE, java_script_enabled=False, base_url=live_server.url, locale="en-PH"
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield another
    for context in contexts:
        context.close()


def go_on(page: Any) -> None:
    """Press the one main button of the page."""
    buttons = "button.govuk-button, a.govuk-button"
    page.locator("main").locator(buttons).locator(
        "xpath=self::*[not(contains(@class, '--secondary')) and not(contains(@class, '--warning'))]"
    ).first.click()


def no_sideways(page: Any) -> None:
    """Nothing is wider than the phone. Measured from outside: the page itself runs no script."""
    box = page.locator("main").bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]


def register_alone(page: Any) -> str:
    """A young woman registers by herself; returns her code."""
    page.goto("/")
    page.get_by_role("link", name="Register for work").first.click()
    for _step in range(16):
        no_sideways(page)
        if page.url.endswith("/registered/"):
            break
        fill_what_is_asked(page)
        go_on(page)
    code = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", page.content())
    assert code, page.url
    return code.group(0)


ANSWERS = {
    "name": "Liza",
    "born_on_day": "2",
    "born_on_month": "5",
    "born_on_year": "2007",
    "phone": "0917 123 4567",
    "work1_text": "waitress",
    "pin": "481927",
    "again": "481927",
}


def fill_what_is_asked(page: Any) -> None:
    """Answer the questions of one screen the way Liza would."""
    for name, answer in ANSWERS.items():
        box = page.locator(f"main input[name='{name}']")
        if box.count() and box.first.is_visible():
            box.first.fill(answer)
    area = page.locator("main select[name='area_code'], main select[name='area']")
    if area.count():
        area.first.select_option(CEBU)
    for radio in ("sex", "owner", "work_status"):
        choices = page.locator(f"main input[type=radio][name='{radio}']")
        if choices.count() and not page.locator(f"main input[name='{radio}']:checked").count():
            choices.first.check()
    code = page.locator("main input[type=radio][name='work1_code'][value='5131']")
    if code.count():
        code.first.check()
    for name in ("skills", "agree", "share_contact"):
        for box in page.locator(f"main input[type=checkbox][name='{name}']").all()[:6]:
            box.check()


def register_employer_and_post(page: Any) -> None:
    """A restaurant registers and posts a job."""
    page.goto("/employer/register/")
    firm = {
        "organisation": "Kusina ni Ana",
        "contact_name": "Ana Reyes",
        "phone": "0918 123 4567",
        "username": "ana@example.org",
        "new_password": PASSWORD,
        "address": "Colon Street",
    }
    for name, answer in firm.items():
        page.locator(f"main input[name='{name}']").first.fill(answer)
    page.locator("main select[name='area_code']").select_option(CEBU)
    sector = page.locator("main select[name='sector']")
    if sector.count():
        sector.select_option("I")
    go_on(page)
    assert "/employer/" in page.url and "register" not in page.url, page.locator("main").inner_text()[:600]
    page.goto("/employer/post/")
    page.locator("input[name='work_text']").fill("waiter")
    page.locator("input[name='places']").fill("1")
    page.locator("input[name='pay_amount']").fill("18000")
    page.locator("select[name='pay_period'], input[name='pay_period'][value='month']").first.click()
    page.locator("select[name='area_code']").select_option(CEBU)
    hours = page.locator("input[name='weekly_hours']")
    if hours.count():
        hours.first.fill("48")
    for _step in range(4):
        if Vacancy.objects.exists():
            break
        code = page.locator("main input[type=radio][name='work_code'][value='5131']")
        if code.count() and not code.first.is_checked():
            code.first.check()
        go_on(page)
    assert Vacancy.objects.get().state == "submitted", page.locator("main").inner_text()[:800]


def sign_in(page: Any, username: str) -> None:
    """Staff sign in with name and password; the second factor was given in the test's session."""
    page.goto("/sign-in/")
    page.locator("input[name='username']").fill(username)
    page.locator("input[name='secret']").fill(PASSWORD)
    go_on(page)


def give_second_factor(page: Any) -> None:
    """Set up the authenticator by typing the shown key, as an app would."""
    shown = page.locator(".op-code").first.inner_text().replace(" ", "")
    key = b32decode(shown + "=" * (-len(shown) % 8))
    page.locator("input[name='token']").fill(f"{totp(key):06d}")
    go_on(page)
    page.get_by_role("link", name=re.compile("I have kept them")).click()


def staff_at(office: Any, role: str, username: str) -> None:
    """An officer with a password."""
    account = account_with(role, office=office, username=username)
    account.set_password(PASSWORD)
    account.save()


def test_the_whole_story_without_javascript(small_phone: Any, live_server: Any, settings: Any) -> None:
    phone, employer_phone, desk_phone = small_phone(), small_phone(), small_phone()
    settings.BASE_URL = live_server.url
    office = OfficeFactory(area_code=CEBU, name="Cebu office")
    staff_at(office, "office_manager", "manager")

    code = register_alone(phone)
    register_employer_and_post(employer_phone)

    sign_in(desk_phone, "manager")
    give_second_factor(desk_phone)
    desk_phone.goto("/desk/employers/")
    desk_phone.get_by_role("link", name="Kusina ni Ana").first.click()
    desk_phone.locator("textarea[name='note']").fill("Permit seen.")
    desk_phone.get_by_role("button", name=re.compile("^(Checked by an officer|Verify|Accept)")).first.click()
    desk_phone.goto("/desk/vacancies/")
    desk_phone.locator("main a[href*='/desk/vacancies/']").first.click()
    safe = desk_phone.locator("input[name='judged_safe']")
    if safe.count():
        safe.check()
    desk_phone.get_by_role("button", name=re.compile("[Pp]ublish")).first.click()
    assert Vacancy.objects.get().state == "live", desk_phone.locator("main").inner_text()[:800]

    run_national_match(by=system("match.run"), at=now())
    phone.goto("/me/jobs/")
    no_sideways(phone)
    assert "aiter" in phone.locator("main").inner_text() or "aitress" in phone.locator("main").inner_text()

    desk_phone.goto("/desk/find/")
    desk_phone.locator("input[name='text']").fill(code)
    go_on(desk_phone)
    desk_phone.get_by_role("link", name="Liza").first.click()
    desk_phone.locator("main a[href$='/match/']").first.click()
    desk_phone.locator("input[name='vacancies']").first.check()
    desk_phone.locator("input[name='agreed']").check()
    go_on(desk_phone)
    assert Referral.objects.count() == 1, desk_phone.locator("main").inner_text()[:800]

    work_once(at=now())
    link = re.search(r"http\S+/answer/\S+/", Message.objects.get(kind="introduced").text)
    assert link
    employer_phone.goto(link.group(0))
    no_sideways(employer_phone)
    assert "Liza" in employer_phone.locator("main").inner_text()
    employer_phone.locator("input[name='answer'][value='hired']").check()
    go_on(employer_phone)

    outcome = Outcome.objects.get()
    assert (outcome.kind, outcome.grade, outcome.is_placement) == ("job", "said_by_employer", True)
    phone.goto("/me/")
    no_sideways(phone)
    desk_phone.goto("/figures/")
    tiles = desk_phone.locator(".op-tiles").inner_text()
    assert re.search(r"1\s+Placements", tiles), tiles


PAGES = (
    "/",
    "/jobs/",
    "/for-employers/",
    "/rules/",
    "/your-data/",
    "/about/",
    "/accessibility/",
    "/sign-in/",
    "/demo/",
    "/me/register/",
    "/employer/register/",
    "/figures/definitions/",
)


@pytest.mark.parametrize("path", PAGES)
def test_public_pages_are_axe_clean(path: str, browser: Any, live_server: Any) -> None:
    OfficeFactory(area_code=CEBU)
    context = browser.new_context(viewport=PHONE, base_url=live_server.url, bypass_csp=True)
    page = context.new_page()
    page.goto(path)
    found = Axe().run(page).response["violations"]
    context.close()
    assert not found, [(one["id"], one["nodes"][0]["html"][:200]) for one in found]


DESK_PAGES = ("/desk/", "/desk/find/", "/desk/register/", "/desk/vacancies/", "/desk/employers/", "/figures/")


def test_desk_pages_are_axe_clean(browser: Any, live_server: Any, signed_in: Any) -> None:
    client = signed_in(account_with("office_manager", office=OfficeFactory()))
    context = browser.new_context(viewport=PHONE, base_url=live_server.url, bypass_csp=True)
    context.add_cookies(
        [{"name": "openpes_session", "value": client.cookies["openpes_session"].value, "url": live_server.url}]
    )
    page = context.new_page()
    found = {}
    for path in DESK_PAGES:
        page.goto(path)
        assert page.url.endswith(path)
        found[path] = [(one["id"], one["nodes"][0]["html"][:200]) for one in Axe().run(page).response["violations"]]
    context.close()
    assert not any(found.values()), found
