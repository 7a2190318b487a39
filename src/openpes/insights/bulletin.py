"""The month's bulletin, in a language of the country: one content for the page, the paper and the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from openpes.core.dates_in_words import in_words, locale_of
from openpes.core.spreadsheets import as_xlsx
from openpes.insights.headlines import headlines, in_digits
from openpes.insights.models import Freeze
from openpes.insights.queries import published_months
from openpes.insights.release import ReleasedTable, released_figures, released_table, vintage_of
from openpes.people.words import SEX
from openpes.reference.country import area_name, country, country_name
from openpes.reference.press import set_paper
from openpes_evidence.cells import Cell
from openpes_evidence.definitions import registry

TEMPLATE = Path(__file__).parent / "bulletin.typ"
TOTAL = "_T"
SHOWN = (
    "registered_stock",
    "registered_inflow",
    "registered_outflow",
    "live_places",
    "postings",
    "tightness",
    "answer_rate",
    "placements",
)


@dataclass(frozen=True)
class Line:
    """One figure of the bulletin: its title, this month, the month before, what must be read with it."""

    indicator: str
    title: str
    now: float | None
    before: float | None
    unit: str
    caution: str


@dataclass(frozen=True)
class Bulletin:
    """Everything that the three forms show, in one language."""

    language: str
    title: str
    place: str
    vintage: str
    synthetic: bool
    headline: str
    lines: tuple[Line, ...]
    by_sex_and_age: tuple[tuple[str | int | None, ...], ...]
    by_area: tuple[tuple[str, int | None, int], ...]


def bulletin_of(freeze: Freeze, *, language: str) -> Bulletin:
    """The bulletin of a freeze; the month before is the one published before it."""
    with override(language):
        now = {one.indicator: one for one in released_figures(freeze, place="")}
        before = _before(freeze)
        return Bulletin(
            language,
            _("The labour market in %(month)s") % {"month": month_in_words(freeze.month, language)},
            country_name(language),
            vintage_of(freeze),
            freeze.synthetic,
            headlines(now, {})[0],
            tuple(_line(name, now, before) for name in SHOWN if name in now),
            _sex_and_age(released_table(freeze, "stock_sex_age")),
            _areas(freeze, language),
        )


def month_in_words(month: str, language: str) -> str:
    """ "2026-10" as people read it, in the calendar of the country."""
    pack, (year, number) = country(), (int(part) for part in month.split("-"))
    return in_words(date(year, number, 1), "month", locale_of(language, pack.code), pack.calendar.civil)


def _before(freeze: Freeze) -> Mapping[str, Cell]:
    earlier = next((one for one in published_months() if one.month < freeze.month), None)
    return {} if earlier is None else {one.indicator: one for one in released_figures(earlier, place="")}


def _line(name: str, now: Mapping[str, Cell], before: Mapping[str, Cell]) -> Line:
    about = registry()[name]
    old = before[name].value if name in before and before[name].version == now[name].version else None
    # Titles are collected for translators from the registry itself.
    return Line(name, _(about.title), now[name].value, old, about.unit, about.caution)


def _sex_and_age(table: ReleasedTable) -> tuple[tuple[str | int | None, ...], ...]:
    """Rows of the table: a head, then an age band a row, women, men and all; None where hidden."""
    sexes = [sex for sex in ("female", "male") if any(key[0] == sex for key in table.cells)]
    head = (_("Age"), *(str(SEX[sex]) for sex in sexes), _("All"))  # type: ignore[index]
    ages = [age for age in table.codes(1) if age not in ("under_15", "unknown")]
    rows: list[tuple[str | int | None, ...]] = [head]
    for age in [*ages, TOTAL]:
        counts = (table.cells.get((sex, age), 0) for sex in (*sexes, TOTAL))
        rows.append((_("All") if age == TOTAL else age.replace("-", "–"), *counts))
    return tuple(rows)


def _printed(row: tuple[str | int | None, ...]) -> list[str]:
    return [one if isinstance(one, str) else _count(one) for one in row]


def _count(n: int | None) -> str:
    return "…" if n is None else in_digits(n)


def _areas(freeze: Freeze, language: str) -> tuple[tuple[str, int | None, int], ...]:
    people, places = released_table(freeze, "stock_area_sex"), released_table(freeze, "places_occ_area")
    rows = [
        (area_name(code, language), people.cells.get((code, TOTAL), 0), places.cells.get((TOTAL, code), 0) or 0)
        for code in people.codes(0)
    ]
    return tuple(sorted(rows, key=lambda row: (-(row[1] or 0), row[0])))


def words_of(bulletin: Bulletin) -> dict[str, Any]:
    """The bulletin as the words that paper and page print."""
    with override(bulletin.language):
        return {
            "language": bulletin.language,
            "title": bulletin.title,
            "place": bulletin.place,
            "vintage": bulletin.vintage,
            "invented": _("All people and employers here are invented.") if bulletin.synthetic else "",
            "headline": bulletin.headline,
            "figures_title": _("The month in figures"),
            "figures_head": [_("Figure"), _("This month"), _("Month before")],
            "figures": [[one.title, shown(one.now, one.unit), shown(one.before, one.unit)] for one in bulletin.lines],
            "people_title": _("People looking for work, by sex and age"),
            "people": [_printed(row) for row in bulletin.by_sex_and_age],
            "areas_title": _("People looking and places open, by area"),
            "areas_head": [_("Area"), _("People looking for work"), _("Live places")],
            "areas": [[name, _count(people), in_digits(places)] for name, people, places in bulletin.by_area],
            "notes": [
                _("Registered with the service is not the same as unemployed: a labour force survey counts that."),
                _("Counts of people come in steps of ten. “…” stands for fewer than ten, or for what would tell them."),
                _("Frozen as %(vintage)s. A later freeze of the month is its revision.")
                % {"vintage": bulletin.vintage},
            ],
        }


def shown(value: float | None, unit: str) -> str:
    """A number as it is printed, in the reader's digits: whole, or with a decimal or two; "…" where there is none."""
    if value is None:
        return "…"
    text = in_digits(round(value, 2 if unit == "IX" else 1))
    return f"{text} %" if unit == "PT" else text


def as_pdf(bulletin: Bulletin) -> bytes:
    """The bulletin on paper."""
    return set_paper(TEMPLATE, words_of(bulletin))


def as_workbook(bulletin: Bulletin) -> bytes:
    """The bulletin as a workbook."""
    words = words_of(bulletin)
    return as_xlsx(
        [
            (
                words["figures_title"],
                words["figures_head"],
                [(one.title, one.now, one.before) for one in bulletin.lines],
            ),
            (words["people_title"], words["people"][0], list(bulletin.by_sex_and_age[1:])),
            (words["areas_title"], words["areas_head"], [tuple(row) for row in bulletin.by_area]),
        ]
    )
