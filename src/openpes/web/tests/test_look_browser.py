"""The look in a real browser: nothing wider than the phone, thumb-sized targets, axe finds nothing."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import include, path
from django.utils import translation

from openpes.web.look.gallery import gallery_context

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

STATIC = Path(__file__).parent.parent / "static"
ADDRESS = "http://openpes.test"

# The header's ways in and out, so that the look is tried without the rest of the service.
urlpatterns = [
    path(
        "",
        include(
            (
                [
                    path("in", lambda _request: HttpResponse(), name="sign_in"),
                    path("out", lambda _request: HttpResponse(), name="sign_out"),
                ],
                "web",
            )
        ),
    )
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls(__name__),
]

FRAME: dict[str, Any] = {
    "signed_in": True,
    "csrf_token": "specimen",
    "country_name": "Philippines",
    "demo_mode": True,
    "demo_url": "/demo",
    "navigation": [
        {"label": label, "url": f"/{label}", "current": label == "Today"}
        for label in ("Today", "Find a person", "Register a person", "Vacancies", "Employers", "Figures")
    ],
    "languages": [
        {"code": "en", "name": "English", "url": "/en"},
        {"code": "fil", "name": "Filipino", "url": "/fil"},
    ],
    "footer_links": [
        {"label": "Rules in force", "url": "/rules"},
        {"label": "Accessibility", "url": "/accessibility"},
    ],
}

PAGES = {
    "gallery-en": ("en", "openpes/gallery.html"),
    "gallery-vi": ("vi", "openpes/gallery.html"),
    "gallery-km": ("km", "openpes/gallery.html"),
    "ready": ("en", "openpes/getting_ready.html"),
    "404": ("en", "openpes/errors/404.html"),
    "500": ("en", "openpes/errors/500.html"),
}

SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, select, summary, textarea, input')]
    .filter(e => !e.matches('.govuk-skip-link'))
    .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
    .filter(([, box]) => box.height > 0 && (box.height < 43.5))
    .map(([html, box]) => `${Math.round(box.height)} px: ${html}`)"""


def opened(browser: Any, name: str, width: int) -> Any:
    """The page in a new tab, served from memory."""
    language, template = PAGES[name]
    with translation.override(language):
        html = render_to_string(template, {**FRAME, **gallery_context(language), "refresh_seconds": 0})

    def answer(route: Any) -> None:
        path = route.request.url.removeprefix(ADDRESS)
        if path == "/":
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
            return
        file = STATIC / path.removeprefix("/static/")
        if file.is_file():
            route.fulfill(path=str(file), content_type=mimetypes.guess_type(file.name)[0] or "text/plain")
        else:
            route.fulfill(status=404, body="")

    page = browser.new_page(viewport={"width": width, "height": 800})
    page.route("**/*", answer)
    page.goto(ADDRESS + "/")
    return page


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways(browser: Any, name: str) -> None:
    page = opened(browser, name, 1280)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 247, 239)"
    for width in (1280, 768, 360, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("name", ["gallery-en", "gallery-km", "404"])
def test_targets_are_tall_enough_for_a_thumb(browser: Any, name: str) -> None:
    page = opened(browser, name, 360)
    assert page.evaluate(SMALL_TARGETS) == []
    page.close()


@pytest.mark.parametrize(
    ("name", "width"),
    [("gallery-en", 1280), ("gallery-km", 360), ("gallery-vi", 360), ("ready", 360), ("404", 360)],
)
def test_axe_finds_nothing(browser: Any, name: str, width: int) -> None:
    page = opened(browser, name, width)
    found = axe.Axe().run(page)
    assert [(v["id"], v["nodes"][0]["html"]) for v in found.response["violations"]] == []
    page.close()


def test_focus_is_thick_and_dark(browser: Any) -> None:
    page = opened(browser, "gallery-en", 360)
    for id_ in ("#id_name", "#id_pay_period"):
        page.focus(id_)
        style = page.eval_on_selector(id_, "e => [getComputedStyle(e).outlineWidth, getComputedStyle(e).outlineColor]")
        assert style == ["3px", "rgb(28, 43, 46)"]
    page.close()


def test_on_paper_the_furniture_stays_away(browser: Any) -> None:
    page = opened(browser, "gallery-en", 1280)
    page.emulate_media(media="print")
    shown = {
        selector: page.eval_on_selector(selector, "e => getComputedStyle(e).display !== 'none'")
        for selector in (".op-nav", ".op-footer", ".govuk-button", "h1", ".op-card")
    }
    assert shown == {
        ".op-nav": False,
        ".op-footer": False,
        ".govuk-button": False,
        "h1": True,
        ".op-card": True,
    }
    page.close()
