"""What the labour market pages show, gathered from published months only. A constant number of reads a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openpes.core.decisions import NotFound
from openpes.insights.bulletin import month_in_words
from openpes.insights.headlines import AreaFit, across, headlines
from openpes.insights.models import Freeze
from openpes.insights.queries import published, published_months, series_of
from openpes.insights.release import ReleasedTable, released_figures, released_table
from openpes.organisations.queries import open_offices
from openpes.reference import taxonomy
from openpes.reference.country import area, area_coordinates, area_name, country
from openpes.reference.labels import occupation_name
from openpes.web.look.charts_series import Point, pair_shape, series_shape
from openpes.web.look.charts_tiles import Tile, tile_layout, tile_map
from openpes.web.public.occupation_facts import kind_name
from openpes.web.templatetags.openpes import number
from openpes_evidence.cells import Cell, Status
from openpes_evidence.definitions import Definition, Kind, registry
from openpes_evidence.seasonal import adjust

TOTAL = "_T"
# What the page of a month lists, in this order; each leads to its own page.
LISTED = (
    "registered_stock",
    "registered_inflow",
    "registered_outflow",
    "live_places",
    "live_vacancies",
    "postings",
    "fill_rate",
    "time_to_fill",
    "answer_rate",
    "answer_days",
    "placements",
    "in_work_6",
    "retained_90",
    "wait_first_interview",
    "complaints_in_time",
)
FEWEST_TO_ADJUST = 36
Figures = Mapping[str, Cell]


def top_areas() -> list[str]:
    """The codes of the largest areas of the country, in the order of its list."""
    return [one.code for one in country().areas if not one.parent]


def freeze_of(month: str) -> Freeze | None:
    """The published freeze that an address asks for ("" for the latest). Raises NotFound for an unpublished month."""
    found = published(month=month)
    if found is None and month:
        raise NotFound("month")
    return found


@dataclass(frozen=True)
class MonthPicture:
    """A published month with the one published before it, figures by place and indicator."""

    freeze: Freeze
    months: list[Freeze]
    now: Mapping[str, Figures]
    before: Mapping[str, Figures]


def picture_of(freeze: Freeze) -> MonthPicture:
    """Three reads."""
    months = published_months()
    earlier = next((one for one in months if one.month < freeze.month), None)
    return MonthPicture(freeze, months, _by_place(freeze), {} if earlier is None else _by_place(earlier))


def _by_place(freeze: Freeze) -> dict[str, dict[str, Cell]]:
    found: dict[str, dict[str, Cell]] = {}
    for cell in released_figures(freeze):
        if "OFFICE" not in cell.dimensions:
            found.setdefault(cell.dimensions.get("AREA", ""), {})[cell.indicator] = cell
    return found


def sentences(picture: MonthPicture, place: str = "") -> list[str]:
    """The headlines of the country, or of one area."""
    told = headlines(picture.now.get(place, {}), picture.before.get(place, {}))
    return told if place else [told[0], *across(area_fits(picture)), *told[1:]]


def area_fits(picture: MonthPicture) -> list[AreaFit]:
    """Every large area with its people and places; an area of which nothing was counted has none of either."""
    language = _language()
    found = []
    for code in top_areas():
        cells = picture.now.get(code, {})
        people, places = cells.get("registered_stock"), cells.get("live_places")
        found.append(
            AreaFit(
                code,
                area_name(code, language),
                0.0 if people is None else people.value,
                0.0 if places is None else places.value or 0.0,
            )
        )
    return found


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def month_query(picture: MonthPicture) -> str:
    """What keeps the month in addresses: nothing for the latest one."""
    latest = picture.months[0].month if picture.months else ""
    return "" if picture.freeze.month == latest else f"?month={picture.freeze.month}"


def area_map(picture: MonthPicture) -> dict[str, Any]:
    """The tile map of people for each place, and its rows for the table."""
    fits, query = area_fits(picture), month_query(picture)
    tiles = [
        Tile(
            one.code,
            one.name,
            one.code.split("-")[-1],
            one.each,
            "–" if one.each is None else number(one.each),
            reverse("web:labour_market_area", args=[one.code]) + query,
        )
        for one in fits
    ]
    spots = tile_layout({code: area_coordinates(code) for code in top_areas()})
    rows = [
        {
            "label": one.code.split("-")[-1],
            "name": one.name,
            "url": tile.url,
            "people": count_text(one.people),
            "places": number(int(one.places)),
            "each": tile.text,
        }
        for one, tile in zip(fits, tiles, strict=True)
    ]
    return {"shape": tile_map(tiles, spots), "rows": rows}


def count_text(n: float | None) -> str:
    """A count of people as it is shown; an ellipsis where it is hidden."""
    return "…" if n is None else number(int(n))


def value_text(cell: Cell | None) -> str:
    """A figure with its unit, in the digits of the reader."""
    if cell is None or cell.value is None:
        return "…"
    about = registry()[cell.indicator]
    text = number(int(cell.value) if float(cell.value).is_integer() else cell.value)
    if about.unit == "PT":
        return f"{text} %"
    return _("%(number)s days") % {"number": text} if about.unit == "D" else text


def figure_rows(picture: MonthPicture, place: str = "") -> list[dict[str, str]]:
    """The month's figures with those of the month before, under the same definition only."""
    now, before = picture.now.get(place, {}), picture.before.get(place, {})
    rows = []
    for name in LISTED:
        old = before.get(name)
        # What nobody could count in either month only looks as if it were hidden.
        told = [one for one in (now.get(name), old) if one is not None and one.status != Status.MISSING]
        if name in now and told:
            same = old is not None and old.version == now[name].version
            rows.append(
                {
                    "title": _(registry()[name].title),
                    "url": reverse("web:labour_market_figure", args=[name]) + (f"?area={place}" if place else ""),
                    "now": value_text(now[name]),
                    "before": value_text(old) if same else "–",
                }
            )
    return rows


def series_chart(indicator: str, *, place: str = "") -> dict[str, Any] | None:
    """The series of a figure as a chart with its table; None where no month was published. One read."""
    language, about = _language(), registry()[indicator]
    found = series_of(indicator, place=f"A:{place}" if place else "")
    if not found:
        return None
    points = []
    version = found[0][1].version
    for month, cell in found:
        words = month_in_words(month, language)
        points.append(Point(words, cell.value, cell.lower, cell.upper, cell.version != version, cell.version))
        version = cell.version
    months = [month for month, _cell in found]
    counted = about.kind in (Kind.STOCK, Kind.FLOW) and _without_gap(months)
    smooth = adjusted([point.value for point in points]) if counted else []
    shape = series_shape(points, number, smooth=smooth)
    has_band = any(point.lower is not None for point in points)
    return {
        "id": f"series-{indicator}{'-' + place if place else ''}",
        "title": _(about.title),
        "unit": unit_words(about),
        "shape": shape,
        "has_band": has_band,
        "is_adjusted": bool(smooth),
        "desc": _said(points),
        "rows": [
            {
                "label": point.label,
                "value": value_text(cell),
                "band": f"{number(point.lower)} – {number(point.upper)}" if point.lower is not None else "",
                "n": "" if cell.n is None else number(cell.n),
                "version": point.note,
                "breaks": point.breaks,
            }
            for point, (_month, cell) in zip(points, found, strict=True)
        ],
    }


def adjusted(values: list[float | None]) -> list[float | None]:
    """The seasonally adjusted line; nothing with fewer than 36 months, a gap, or no season in it."""
    known = [value for value in values if value is not None]
    if len(known) < FEWEST_TO_ADJUST or len(known) != len(values):
        return []
    found = adjust(known)
    return [float(one) for one in found.values] if found.seasonal else []


def _without_gap(months: list[str]) -> bool:
    counted = [int(month[:4]) * 12 + int(month[5:]) for month in months]
    return counted == list(range(counted[0], counted[0] + len(counted)))


def _said(points: list[Point]) -> str:
    known = [point for point in points if point.value is not None]
    if not known:
        return ""
    return "; ".join(f"{one.label}: {number(one.value)}" for one in dict.fromkeys((known[0], known[-1])))


def unit_words(about: Definition) -> str:
    """What the figure is counted in."""
    return {"PT": "%", "D": _("days")}.get(about.unit, "")


def sex_and_age(freeze: Freeze) -> dict[str, Any]:
    """Women and men by age as bars in pairs, with their table. Of an area only sex or age alone is published."""
    table = released_table(freeze, "stock_sex_age")
    ages = [age for age in table.codes(1) if age not in ("under_15", "unknown")]
    rows = [(age.replace("-", "–"), _cell(table, "female", age), _cell(table, "male", age)) for age in ages]
    return {
        "shape": pair_shape(rows, number, unknown="…"),
        "rows": [
            {"label": label, "cells": [count_text(women), count_text(men), count_text(_cell(table, TOTAL, age))]}
            for (label, women, men), age in zip(rows, ages, strict=True)
        ],
    }


def _cell(table: ReleasedTable, *key: str) -> int | None:
    return table.cells.get(key, 0)


def by_kind(freeze: Freeze, *, place: str = "") -> list[tuple[str, str, int | None, int]]:
    """(code, name, people looking or None where hidden, live places) of each kind that anybody looks for or offers."""
    people, places = released_table(freeze, "stock_occ_area"), released_table(freeze, "places_occ_area")
    where = place or TOTAL
    codes = sorted({*people.codes(0), *places.codes(0)} - {"?"})
    language = _language()
    return [
        (code, sub_major_name(code, language), people.cells.get((code, where), 0), places.cells.get((code, where)) or 0)
        for code in codes
        if (code, where) in people.cells or (code, where) in places.cells
    ]


MOST_NAMED = 3


def sub_major_name(code: str, language: str) -> str:
    """A two-digit group in words: its official English title, elsewhere the everyday names of some work in it.

    There is no official title in most languages; the names are those of the first work of each part of the group.
    """
    try:
        title = taxonomy.occupation(code).title_en
    except taxonomy.UnknownCode:
        return code
    first_of_part: dict[str, str] = {}
    for unit in taxonomy.unit_codes():
        if unit.startswith(code):
            first_of_part.setdefault(unit[:3], unit)
    chosen = list(first_of_part.values())[:MOST_NAMED]
    named = [occupation_name(unit, language) for unit in chosen]
    if named == [occupation_name(unit, "en") for unit in chosen]:
        return title
    return ", ".join(named) + (" …" if len(first_of_part) > MOST_NAMED else "")


def sub_major_language(name: str, code: str) -> str:
    """The language to say for such a name: English for an official title, nothing for the reader's own."""
    return "en" if code not in taxonomy.occupations() or name == taxonomy.occupation(code).title_en else ""


def kinds_with_most_places(freeze: Freeze, *, place: str = "", most: int = 3) -> list[str]:
    """The kinds of work (of ten) with the most live places, in the reader's language. Places are about nobody."""
    table = released_table(freeze, "places_occ_area")
    where = place or TOTAL
    sums: dict[str, int] = {}
    for (code, at), n in table.cells.items():
        if at == where and code not in (TOTAL, "?"):
            sums[code[0]] = sums.get(code[0], 0) + (n or 0)
    best = sorted((code for code in sums if sums[code]), key=lambda code: (-sums[code], code))
    return [kind_name(code) for code in best[:most]]


def place_of(code: str) -> str:
    """A large area of the country. Raises NotFound."""
    found = area(code)
    if found is None or found.parent:
        raise NotFound("area")
    return found.code


def kind_by_area(freeze: Freeze, code: str) -> list[dict[str, Any]]:
    """Every large area with the people and places of one kind of work, most places first."""
    people, places = released_table(freeze, "stock_occ_area"), released_table(freeze, "places_occ_area")
    language = _language()
    rows = [
        {
            "name": area_name(one, language),
            "url": reverse("web:labour_market_area", args=[one]),
            "people": count_text(people.cells.get((code, one), 0)),
            "places": number(places.cells.get((code, one)) or 0),
            "places_number": places.cells.get((code, one)) or 0,
            "empty": not (people.cells.get((code, one), 0) != 0 or places.cells.get((code, one))),
        }
        for one in top_areas()
    ]
    return sorted((row for row in rows if not row["empty"]), key=lambda row: (-row["places_number"], row["name"]))


def units_of(code: str, language: str) -> list[tuple[str, str]]:
    """(code, name) of the occupations in a kind of work."""
    return [(one, occupation_name(one, language)) for one in taxonomy.unit_codes() if one.startswith(code)]


def title_of(about: Definition) -> str:
    """The title of a figure in the reader's language."""
    return _(about.title)


def by_office(freeze: Freeze) -> list[dict[str, str]]:
    """Each office with its people looking and how many of those it sent to employers got an answer. Two reads."""
    names = {one.code: one.name for one in open_offices()}
    found: dict[str, dict[str, Cell]] = {}
    for cell in released_figures(freeze):
        if cell.dimensions.get("OFFICE", "") in names:
            found.setdefault(cell.dimensions["OFFICE"], {})[cell.indicator] = cell
    rows = [
        {
            "name": names[code],
            "people": value_text(cells.get("registered_stock")),
            "answered": value_text(cells.get("answer_rate")),
        }
        for code, cells in found.items()
    ]
    return sorted(rows, key=lambda row: row["name"])
