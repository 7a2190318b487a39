"""The stylesheet keeps its budget, templates keep the page rules, charts carry their words and numbers."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from openpes.core.money import Pay, PayPeriod
from openpes.web.look import charts
from openpes.web.look.gallery import gallery_context
from openpes.web.look.specimens import LANGUAGES

WEB = Path(__file__).parent.parent
STATIC = WEB / "static" / "openpes"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
CSS_BUDGET = 14 * 1024
FIRST_LOAD_BUDGET = 60 * 1024


def written(source: str, **context: Any) -> str:
    return Template("{% load openpes %}" + source).render(Context(context))


def gallery(language: str) -> str:
    with translation.override(language):
        return render_to_string("openpes/gallery.html", {**gallery_context(language), "country_name": "Philippines"})


# --- the stylesheet -------------------------------------------------------------------------------


def test_the_stylesheet_keeps_its_budget() -> None:
    assert len(gzip.compress((STATIC / "openpes.css").read_bytes(), 9)) <= CSS_BUDGET


def test_a_first_visit_keeps_its_budget() -> None:
    files = [STATIC / "openpes.css", STATIC / "icon.svg"]
    page = gallery("km").encode()
    total = sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) + len(gzip.compress(page, 6))
    assert total <= FIRST_LOAD_BUDGET / 2, "the gallery holds every piece: half of the budget must do"


def test_the_stylesheet_asks_for_nothing_else_and_uses_no_font_that_is_not_ours() -> None:
    css = (STATIC / "openpes.css").read_text()
    assert "@font-face" not in css
    assert "GDS" not in css
    assert "@import" not in css
    assert set(re.findall(r"url\(([^)]*)\)", css)) == set()


def test_licences_of_what_others_made_stand_beside_it() -> None:
    text = (STATIC / "LICENSES.txt").read_text()
    assert "govuk-frontend" in text
    assert "Permission is hereby granted" in text
    assert "htmx" in text
    assert "Zero-Clause BSD" in text


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


COLOURS = dict(re.findall(r"\$([a-z-]+): (#[0-9a-f]{6});", (WEB / "look" / "ours" / "_colours.scss").read_text()))


@pytest.mark.parametrize("ground", ["paper", "white", "sand", "river-mist"])
@pytest.mark.parametrize("text", ["ink", "quiet", "river", "river-deep", "clay", "leaf", "edge"])
def test_text_colours_have_contrast(text: str, ground: str) -> None:
    assert contrast(COLOURS[text], COLOURS[ground]) >= 4.5


def test_the_main_button_and_the_header_have_contrast() -> None:
    assert contrast(COLOURS["ink"], COLOURS["sun"]) >= 7
    assert contrast(COLOURS["white"], COLOURS["river"]) >= 4.5
    for style in charts.LINE_STYLES:
        assert contrast(style["stroke"], COLOURS["white"]) >= 3


# --- templates ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB / "templates")))
def test_templates_carry_nothing_inline(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle\s*=", text), "no style attributes: the page rules forbid them"
    assert not re.search(r"<style", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "no event attributes"
    assert not re.search(r"<script(?![^>]*\ssrc=|\stype=\"application/ld\+json\">)", text), (
        "scripts only from our own files"
    )
    assert "javascript:" not in text
    loaded = r"""<(?:link|script|img|iframe|source|use|form)\b[^>]*\s(?:src|href|action)=["'](?:https?:)?//"""
    assert not re.search(loaded, text), "nothing is loaded from elsewhere; a link that a person follows may lead away"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB / "templates")))
def test_classes_of_our_own_exist_in_the_stylesheet(path: Path) -> None:
    css = set(re.findall(r"\.(op-[\w-]+)", (STATIC / "openpes.css").read_text()))
    pieces = {re.split("__|--", name)[0] for name in css}
    # A class that ends where a template variable begins is not whole: "op-steps__{{ state }}".
    bare = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "\x00", path.read_text())
    values = re.findall(r'class="([^"]*)"', bare)
    used = {name for value in values for name in re.findall(r"(?<!\S)op-[\w-]+(?![\w\x00-])", value)}
    unknown = {name for name in used if re.split("__|--", name)[0] not in pieces or ("--" in name and name not in css)}
    assert unknown == set(), "not a piece of the look: see docs/design-language.md"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_gallery_renders_with_unique_ids_and_whole_references(language: str) -> None:
    page = Marks(gallery(language))
    ids = [attrs["id"] for _tag, attrs in page.tags if attrs.get("id")]
    assert len(ids) == len(set(ids))
    for _tag, attrs in page.tags:
        for key in ("aria-describedby", "aria-labelledby", "for"):
            for target in (attrs.get(key) or "").split():
                assert target in ids, f"{key} points at {target}, which is not on the page"
    assert page.tags[0][1]["lang"] == language
    assert len([1 for tag, _attrs in page.tags if tag == "h1"]) == 1
    assert len([1 for tag, _attrs in page.tags if tag == "main"]) == 1


@pytest.mark.parametrize("code", ["400", "403", "404", "500"])
def test_error_pages_render_even_without_context(code: str) -> None:
    html = render_to_string(f"openpes/errors/{code}.html", {})
    page = Marks(html)
    assert [tag for tag, _attrs in page.tags].count("h1") == 1
    assert 'href="/"' in html


def test_the_getting_ready_page_shows_how_far_and_can_stand_still() -> None:
    steps = [{"label": "People", "state": "running", "done": 1200, "total": 5000}]
    moving = render_to_string("openpes/getting_ready.html", {"steps": steps, "percent": 24, "refresh_seconds": 3})
    assert '<meta http-equiv="refresh" content="3">' in moving
    assert "1,200 of 5,000" in moving
    assert 'width="24%"' in moving
    assert 'href="?still=1"' in moving
    still = render_to_string("openpes/getting_ready.html", {"steps": steps, "percent": 24, "refresh_seconds": 0})
    assert "http-equiv" not in still


class Marks(HTMLParser):
    """Every start tag of a page, with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


# --- charts ---------------------------------------------------------------------------------------


BARS = [("15–19", 2310), ("20–24", 5120), ("A <b>long</b> label that does not fit on a phone", None)]


def test_a_bar_chart_has_title_description_and_the_numbers_as_a_table() -> None:
    html = written("{% bar_chart 'Registered by age' rows unit='people' %}", rows=BARS)
    assert re.search(r'<svg[^>]*role="img"[^>]*aria-labelledby="(\S+) (\S+)"', html)
    assert re.search(r"<title id=\"bar-\w+-title\">Registered by age</title>", html)
    assert re.search(r"<desc id=\"bar-\w+-desc\">3 bars. The longest is 20–24 with 5,120.</desc>", html)
    table = html[html.index("<table") : html.index("</table>")]
    for text in (
        "15–19",
        "2,310",
        "5,120",
        "not known",
        "A &lt;b&gt;long&lt;/b&gt; label that does not fit on a phone",
    ):
        assert text in table
    assert "<b>" not in html
    assert 'width="45.12%"' in html
    assert 'width="100%"' in html
    assert html.count("op-chart__bar") == 2, "an unknown value is not drawn as a bar"


def test_a_line_chart_has_title_description_and_the_numbers_as_a_table() -> None:
    html = written(
        "{% line_chart 'By month' months series %}",
        months=["06/26", "07/26", "08/26"],
        series=[("Registered", [10, None, 30]), ("Hired", [1, 2, 3])],
    )
    assert "<title" in html
    assert "Registered: 10 in 06/26, 30 in 08/26. Hired: 1 in 06/26, 3 in 08/26." in html
    table = html[html.index("<table") : html.index("</table>")]
    assert table.count("<tr>") == 4
    assert "not known" in table
    assert html.count("<polyline") == 1, "an unknown value breaks the line instead of bridging it"
    assert html.count("<circle") == 5


def test_coordinates_do_not_follow_the_readers_decimal_comma() -> None:
    with translation.override("vi"):
        html = written("{% bar_chart 'x' rows %}", rows=[("a", 1234.5), ("b", 999)])
    assert "1.234,5" in html
    assert not re.search(r'(?:width|height|x|y|cx|cy)="[0-9]*,[0-9]', html)


def test_an_empty_chart_still_stands() -> None:
    assert "<table" in written("{% bar_chart 'x' rows %}", rows=[])
    assert "<table" in written("{% line_chart 'x' points series %}", points=[], series=[])


def test_charts_refuse_what_they_cannot_show() -> None:
    with pytest.raises(ValueError, match="3 values for 2 points"):
        charts.line_shape(["a", "b"], [("s", [1, 2, 3])], str)
    with pytest.raises(ValueError, match="at most 4"):
        charts.line_shape(["a"], [(str(i), [1]) for i in range(5)], str)


@pytest.mark.parametrize(("highest", "top"), [(0, 1), (1, 1), (1520, 2000), (97, 100), (101, 150), (0.3, 0.3)])
def test_the_axis_ends_on_a_round_number(highest: float, top: float) -> None:
    assert charts.nice_top(highest) == pytest.approx(top)


def test_a_score_bar_says_each_part_in_words_and_draws_unknown_as_unknown() -> None:
    parts = [
        {"label": "Skills", "value": 8, "out_of": 10, "words": "8 of 10 skills"},
        {"label": "Distance", "value": None},
        {"label": "Pay", "value": 130},
    ]
    html = written("{% score_bar parts 71 100 'fit' %}", parts=parts)
    assert "8 of 10 skills" in html
    assert 'width="80%"' in html
    assert "not known" in html
    assert html.count("op-score__fill") == 2
    assert "130" not in html
    assert 'aria-hidden="true"' in html


# --- words and numbers ----------------------------------------------------------------------------


def test_money_in_the_readers_language() -> None:
    assert written("{% money 12000 'PHP' 'month' %}") == "₱12,000 a month"
    assert written("{% money pay %}", pay=Pay(Decimal("512.50"), "PHP", PayPeriod.DAY)) == "₱512.50 a day"
    assert written("{% money 208 'USD' %}") in ("$208", "US$208")
    assert written("{% money none 'PHP' %}", none=None) == ""
    with translation.override("vi"):
        assert written("{% money 4500000 'VND' %}").replace("\u00a0", " ") == "4.500.000 ₫"
    with translation.override("km"):
        assert written("{% money 800000 'KHR' %}") == "800,000៛"


@pytest.mark.parametrize(
    ("km", "text"),
    [
        (12.2, "12 km"),
        (2.46, "2.5 km"),
        (0.4, "less than 1 km"),
        (0, "less than 1 km"),
        (None, "distance not known"),
        (1250, "1,250 km"),
    ],
)
def test_distances(km: float | None, text: str) -> None:
    assert written("{{ km|distance }}", km=km) == text


def test_dates_in_the_readers_language() -> None:
    day = date(2026, 11, 24)
    with translation.override("vi"):
        assert written("{{ d|plain_date }}", d=day) == "24 tháng 11 năm 2026"
    with translation.override("km"):
        assert "វិច្ឆិកា" in written("{{ d|plain_date }}", d=day)
    assert "\u00a0" in written("{{ d|short_date }}", d=day)
    assert written("{{ d|plain_date }}", d=None) == "–"
    assert written("{{ d|month_name }}", d=day) == "November 2026"


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (timedelta(), "just now"),
        (timedelta(minutes=5), "5 minutes ago"),
        (timedelta(days=1), "yesterday"),
        (timedelta(days=3), "3 days ago"),
        (timedelta(days=29), "29 days ago"),
        (timedelta(days=44), "44 days ago"),
        (timedelta(days=92), "3 months ago"),
        (timedelta(days=400), "1 year ago"),
        (timedelta(days=-1), "tomorrow"),
        (timedelta(days=-5), "in 5 days"),
    ],
)
def test_how_long_ago(before: timedelta, text: str) -> None:
    at = datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert written("{% ago then %}", then=at - before, at=at) == text


def test_names_are_escaped_isolated_and_not_machine_translated() -> None:
    class Person:
        name_as_given = " <Suharto> "

    assert written("{% person_name p %}", p=Person()) == '<bdi class="op-person" translate="no">&lt;Suharto&gt;</bdi>'
    assert "No name yet" in written("{% person_name p %}", p=object())


def test_state_tags_say_their_state_and_unknown_states_are_grey() -> None:
    assert written("{% state_tag 'hired' %}") == '<strong class="govuk-tag govuk-tag--green">Hired</strong>'
    assert "govuk-tag--grey" in written("{% state_tag 'something_new' %}")
    assert "Something new" in written("{% state_tag 'something_new' %}")


def test_pagination_keeps_the_filters_and_disappears_for_one_page() -> None:
    request = RequestFactory().get("/", {"q": "cook", "page": "2"})
    html = written("{% pagination page %}", request=request, page=Paginator(range(60), 20).page(2))
    assert 'href="?q=cook&amp;page=1"' in html
    assert 'href="?q=cook&amp;page=3"' in html
    assert "Page 2 of 3" in html
    assert "<nav" not in written("{% pagination page %}", request=request, page=Paginator(range(5), 20).page(1))


def test_an_empty_state_says_what_to_do() -> None:
    html = written("{% empty_state 'No answers yet' 'They have five days.' '/jobs' 'Look at jobs' %}")
    assert "No answers yet" in html
    assert 'href="/jobs"' in html
