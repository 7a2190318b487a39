"""How people and jobs fit: shortages with their parts, the Beveridge points, register beside survey, the nowcast.

Each is shown only where its numbers are there: nothing is filled in for a survey that nobody made.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from openpes.insights.models import Freeze, OutsideFigure
from openpes.insights.queries import outside_figures, published_months, series_of
from openpes.insights.release import released_table
from openpes.reference.country import country
from openpes.web.look.charts import LINE_STYLES, coordinate, nice_top
from openpes.web.public.labour_market_facts import TOTAL, sub_major_language, sub_major_name, title_of
from openpes.web.templatetags.openpes import number
from openpes_evidence.definitions import registry
from openpes_evidence.nowcast import Nowcast, nowcast
from openpes_evidence.structure import Occupation, beveridge_segments, shortage_list, vacancy_rate

ADULTS = "AGE_YTHADULT_YGE15"
FEWEST_POINTS = 4
MOST_LISTED = 10
# The parts of the score that the register fills, by the figure that tells a reader what each is about.
PARTS = {"tightness": "tightness", "days_to_fill": "time_to_fill", "vacancy_growth": "postings"}


def shortages(freeze: Freeze) -> tuple[list[dict[str, Any]], int]:
    """(the kinds of work most likely short of people, with each part of the score; how many are too small to say)."""
    people, places = released_table(freeze, "stock_occ_sex"), released_table(freeze, "places_occ_area")
    growth = _posting_growth(freeze)
    known = [
        Occupation(
            code,
            looking=people.cells.get((code, TOTAL), 0) or 0,
            live_places=places.cells.get((code, TOTAL)) or 0,
            vacancy_growth=growth.get(code),
        )
        for code in sorted({*people.codes(0), *places.codes(0)} - {"?"})
    ]
    listed, few = shortage_list(known)
    by_code = {one.code: one for one in known}
    names = {one.code: sub_major_name(one.code, get_language() or "en") for one in listed}
    rows = [
        {
            "code": one.code,
            "name": names[one.code],
            "lang": sub_major_language(names[one.code], one.code),
            "score": f"{one.score:+.1f}".replace("-", "−"),
            "people": number(by_code[one.code].looking),
            "places": number(by_code[one.code].live_places),
            "parts": [
                {"name": title_of(registry()[figure]), "value": f"{one.parts[name]:+.1f}".replace("-", "−")}
                for name, figure in PARTS.items()
                if name in one.parts
            ],
        }
        for one in listed
        if one.score > 0
    ]
    return rows[:MOST_LISTED], len(few)


def _posting_growth(freeze: Freeze) -> dict[str, float]:
    """Per cent by which postings grew against the same month a year earlier; nothing where that was not published."""
    year_before = f"{int(freeze.month[:4]) - 1}{freeze.month[4:]}"
    earlier = next((one for one in published_months() if one.month == year_before), None)
    if earlier is None:
        return {}
    now, then = released_table(freeze, "posted_occ"), released_table(earlier, "posted_occ")
    return {
        code: 100 * ((now.cells.get((code,)) or 0) / old - 1)
        for code in then.codes(0)
        if (old := then.cells.get((code,)) or 0)
    }


@dataclass(frozen=True)
class FitPoint:
    """One period of the Beveridge picture, both rates in per cent."""

    period: str
    unemployment: float
    vacancies: float


def _survey(indicator: str) -> dict[str, OutsideFigure]:
    found: dict[str, OutsideFigure] = {}
    for one in outside_figures(indicator, area=country().alpha3):
        if one.sex == "SEX_T" and one.age == ADULTS and one.value is not None:
            found.setdefault(one.period, one)
    return found


def last_month_of(period: str) -> str:
    """The last month of a period written 2026, 2026-Q3 or 2026-09."""
    if len(period) == 4:
        return f"{period}-12"
    if "Q" in period:
        return f"{period[:4]}-{int(period[-1]) * 3:02d}"
    return period


def beveridge() -> list[FitPoint]:
    """Survey unemployment beside the rate of live vacancies at the end of each period that both know."""
    rates, employed = _survey("LU1"), _survey("EMPLOYED")
    if not rates or not employed:
        return []
    live = {month: cell.value for month, cell in series_of("live_vacancies")}
    found = []
    for period in sorted({*rates} & {*employed}, key=last_month_of):
        vacancies, jobs = live.get(last_month_of(period)), employed[period].value
        rate = vacancy_rate(vacancies, jobs) if vacancies is not None and jobs else None
        unemployed = rates[period].value
        if rate is not None and unemployed is not None:
            found.append(FitPoint(period, unemployed, 100 * rate))
    return found if len(found) >= FEWEST_POINTS else []


@dataclass(frozen=True)
class Stretch:
    """Periods in which the curve stayed where it was: per cent by which vacancies rise as unemployment falls by one."""

    first: str
    last: str
    elasticity: float
    error: float


def stretches(points: list[FitPoint]) -> list[Stretch]:
    """The stretches between the times at which the curve moved; none where a rate is nought or the series is short."""
    if any(one.unemployment <= 0 or one.vacancies <= 0 for one in points):
        return []
    found = beveridge_segments([one.unemployment for one in points], [one.vacancies for one in points])
    return [
        Stretch(points[one.starts].period, points[one.ends_before - 1].period, one.elasticity, one.error)
        for one in found
        if math.isfinite(one.error)
    ]


def _stretch_rows(points: list[FitPoint]) -> list[dict[str, str]]:
    return [
        {
            "first": one.first,
            "last": one.last,
            "elasticity": number(round(one.elasticity, 1)),
            "error": number(round(one.error, 1)),
        }
        for one in stretches(points)
    ]


def _lines(points: list[FitPoint], spots: list[tuple[float, float]]) -> list[dict[str, str]]:
    """One line a stretch, each with its own dash, begun where the one before ended."""
    starts = {one.first for one in stretches(points)}
    cuts = [at for at, one in enumerate(points) if at and one.period in starts]
    found = []
    for at, (begin, end) in enumerate(zip([0, *cuts], [*cuts, len(points) - 1], strict=True)):
        path = " ".join(f"{coordinate(x)},{coordinate(y)}" for x, y in spots[begin : end + 1])
        found.append({"path": path, **LINE_STYLES[at % len(LINE_STYLES)]})
    return found


def _axis(values: list[float]) -> tuple[float, float]:
    """Both ends of an axis: from nought, or where all values lie far above it, from a round number below them."""
    top = nice_top(max(values))
    step = top / 10
    low = math.floor(0.95 * min(values) / step) * step
    return (0.0, top) if low < top / 3 else (round(low, 6), top)


def beveridge_shape(points: list[FitPoint]) -> dict[str, Any]:
    """The points joined in time, unemployment to the right and vacancies upward, as SVG of 100 by 100."""
    left, wide = _axis([one.unemployment for one in points])
    low, high = _axis([one.vacancies for one in points])
    spots = [
        (4 + 92 * (one.unemployment - left) / (wide - left), 96 - 92 * (one.vacancies - low) / (high - low))
        for one in points
    ]
    return {
        "lines": _lines(points, spots),
        "stretches": _stretch_rows(points),
        "dots": [
            {"x": coordinate(x), "y": coordinate(24 + 1.7 * y), "last": at == len(spots) - 1, "first": at == 0}
            for at, (x, y) in enumerate(spots)
        ],
        "ends": (points[0].period, points[-1].period),
        "wide": f"{number(left)}–{number(wide)}",
        "high": f"{number(low)}–{number(high)}",
        "rows": [(one.period, number(round(one.unemployment, 1)), number(round(one.vacancies, 2))) for one in points],
    }


def nowcast_to_show() -> tuple[str, Nowcast] | None:
    """(month, guess of the unemployment rate before the survey tells it), only if it beat both plain guesses before."""
    rates = {period: one.value for period, one in _survey("LU1").items() if len(period) == 7 and "Q" not in period}
    register = {month: cell.value for month, cell in series_of("registered_stock", limit=240)}
    if not rates:
        return None
    wanted = _month_after(max(rates))
    months = [wanted]
    while (before := _month_before(months[0])) in rates:
        months.insert(0, before)
    stock = [register.get(month) for month in months]
    if any(one is None for one in stock):
        return None
    found = nowcast([rates[month] or 0.0 for month in months[:-1]], [one or 0.0 for one in stock])
    return (wanted, found) if found is not None and found.publish else None


def _month_after(month: str) -> str:
    index = int(month[:4]) * 12 + int(month[5:])
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def _month_before(month: str) -> str:
    index = int(month[:4]) * 12 + int(month[5:]) - 2
    return f"{index // 12:04d}-{index % 12 + 1:02d}"
