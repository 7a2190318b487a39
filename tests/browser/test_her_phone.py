"""Her day on a cheap phone: 360 px, no JavaScript, the line of 2G. Every page counts its bytes and its seconds."""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from openpes.core.actors import system
from openpes.core.clock import now
from openpes.jobseekers.models import Jobseeker
from openpes.journeys.answer_referral import answer_referral
from openpes.journeys.run_match import run_national_match
from openpes.referrals.models import Referral
from openpes.referrals.states import Answer, AnswerChannel, NotHiredReason
from tests.browser.test_story import fill_what_is_asked, go_on, no_sideways
from tests.factories import CEBU, OfficeFactory, VacancyFactory, actor_with
from tests.house.source import SOURCE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(databases=["default", "access"], transaction=True)]
PHONE = {"width": 360, "height": 740}
# What browsers call "2G": bits a second down and up, milliseconds there and back.
DOWN, UP, LATENCY = 250_000, 50_000, 300
FIRST, LATER = 60 * 1024, 30 * 1024
# Readable within. The first page brings the style sheet along, which the server of a test does not compress as a real
# one does: its bytes are counted as they would travel, and its seconds get room.
FIRST_SECONDS, LATER_SECONDS = 30.0, 6.0
STYLE = SOURCE / "openpes" / "web" / "static" / "openpes" / "openpes.css"


def saved_by_compression() -> int:
    """Bytes of the style sheet that a real server does not send."""
    raw = STYLE.read_bytes()
    return len(raw) - len(gzip.compress(raw, 9))


@dataclass
class Line:
    """A page behind a slow line that counts what travels."""

    page: Any
    session: Any
    visits: list[tuple[str, int, float]] = field(default_factory=list)
    received: int = 0

    def count(self, event: dict[str, Any]) -> None:
        """One resource has arrived: its bytes as they travelled, headers included."""
        self.received += int(event["encodedDataLength"])

    def visit(self, name: str, act: Any) -> None:
        """Do something that brings a page, and note how heavy it was and how long it took until it could be read."""
        self.received, begun = 0, time.monotonic()
        act()
        self.page.wait_for_load_state("domcontentloaded")
        self.page.locator("h1").first.wait_for()
        seconds = time.monotonic() - begun
        self.page.wait_for_load_state("load")
        no_sideways(self.page)
        self.visits.append((name, self.received, seconds))


@pytest.fixture
def line(browser: Any, live_server: Any) -> Iterator[Line]:
    """Her phone: small, without JavaScript, on 2G."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, base_url=live_server.url, locale="en-PH")
    context.set_default_timeout(30_000)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "downloadThroughput": DOWN / 8, "uploadThroughput": UP / 8, "latency": LATENCY},
    )
    made = Line(page, session)
    session.on("Network.loadingFinished", made.count)
    yield made
    context.close()


def test_her_day_over_2g(line: Line, live_server: Any, settings: Any) -> None:
    """Register, see jobs, apply in two taps, read the answer, print a CV, sign out."""
    settings.BASE_URL = live_server.url
    page = line.page
    OfficeFactory(area_code=CEBU, name="Cebu office")
    vacancies = [VacancyFactory(title=f"Waiter at table {number}") for number in range(6)]

    line.visit("the first page", lambda: page.goto("/"))
    line.visit("registering", lambda: page.get_by_role("link", name="Register for work").first.click())
    for _step in range(16):
        if page.url.endswith("/registered/"):
            break
        fill_what_is_asked(page)
        line.visit("a step of registering", lambda: go_on(page))
    assert page.url.endswith("/registered/"), page.url
    assert "What to expect" in page.content()
    jobseeker = Jobseeker.objects.get()
    run_national_match(by=system("match.run"), at=now())

    line.visit("her own page", lambda: page.goto("/me/"))
    assert page.locator(".op-card--sun").count() >= 1
    line.visit("her jobs", lambda: page.get_by_role("link", name="All jobs for me").click())
    before = len(line.visits)
    line.visit("one job", lambda: page.get_by_role("link", name=re.compile("^Waiter at table")).first.click())
    line.visit("applied", lambda: page.get_by_role("button", name="Apply for this job").click())
    assert len(line.visits) - before == 2, "two taps"
    referral = Referral.objects.get(jobseeker=jobseeker)
    assert referral.vacancy in vacancies
    assert "You will hear by" in page.content(), page.locator("main").inner_text()

    employer = actor_with("employer_staff", scope_id=referral.vacancy.employer_id)
    answer_referral(
        referral=referral,
        answer=Answer.NOT_HIRED,
        reason=NotHiredReason.ANOTHER_CANDIDATE,
        channel=AnswerChannel.WEB,
        by=employer,
        at=now(),
    )
    line.visit("the answer", lambda: page.reload())
    assert "Not this time" in page.content() and page.get_by_role("link", name="Jobs for me").count()

    line.visit("her CV", lambda: page.goto("/me/cv/"))
    assert "Liza" in page.content()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Get it as PDF").click()
    with open(waiting.value.path(), "rb") as paper:
        assert paper.read(5) == b"%PDF-"
    line.visit("signing out", lambda: page.goto("/sign-out/"))
    line.visit("signed out", lambda: go_on(page))
    page.goto("/me/")
    assert "/sign-in/" in page.url

    first = line.visits[0]
    line.visits[0] = (first[0], first[1] - saved_by_compression(), first[2])
    heavy = [one for one in line.visits if one[1] > (FIRST if one is line.visits[0] else LATER)]
    slow = [one for one in line.visits if one[2] > (FIRST_SECONDS if one is line.visits[0] else LATER_SECONDS)]
    told = "\n".join(f"{name}: {size} bytes, {seconds:.1f} s" for name, size, seconds in line.visits)
    print(told)
    assert not heavy, told
    assert not slow, told
    assert all(size > 0 for _name, size, _seconds in line.visits), told
