"""The labour market pages in a real browser: nothing wider than a phone, and axe finds nothing."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import CEBU, MANILA

from openpes.web.public.tests.test_labour_market import AUGUST, OCTOBER, month, places, registered

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

STATIC = Path(__file__).parents[2] / "static"
ADDRESS = "http://openpes.test"
PAGES: dict[str, tuple[str, ...]] = {
    "labour_market": (),
    "labour_market_area": ("PH-07",),
    "labour_market_work": (),
    "labour_market_kind": ("51",),
    "labour_market_figure": ("answer_rate",),
    "labour_market_structure": (),
    "labour_market_quarter": (),
    "labour_market_near": ("5131",),
    "labour_market_embed": ("registered_stock",),
    "labour_market_api": (),
}
pytestmark = [pytest.mark.browser, pytest.mark.django_db(databases=["default", "access"])]


def written() -> dict[str, str]:
    """Each page as the service writes it, over three published months."""
    for number in range(40):
        registered((AUGUST, OCTOBER)[number % 2], area_code=(CEBU, MANILA)[number % 2])
    places(12, CEBU, AUGUST)
    places(3, MANILA, AUGUST)
    for one in ("2026-08", "2026-09", "2026-10"):
        month(one)
    return {name: Client().get(reverse(f"web:{name}", args=args)).content.decode() for name, args in PAGES.items()}


def opened(browser: Any, html: str) -> Any:
    """A page from memory, with the style that it asks for."""

    def answer(route: Any) -> None:
        path = route.request.url.removeprefix(ADDRESS)
        file = STATIC / path.removeprefix("/static/")
        if path == "/":
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif file.is_file():
            route.fulfill(path=str(file), content_type=mimetypes.guess_type(file.name)[0] or "text/plain")
        else:
            route.fulfill(status=404, body="")

    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.route("**/*", answer)
    page.goto(ADDRESS + "/")
    return page


def test_pages_fit_a_phone_and_axe_finds_nothing(browser: Any) -> None:
    for name, html in written().items():
        page = opened(browser, html)
        found = axe.Axe().run(page)
        assert [(name, one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == []
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        page.close()
