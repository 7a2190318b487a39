"""The quarter on one page, for the advisory committee of employers and workers: from published months and nothing else.

Six figures, what changed, the promises kept, complaints answered in time, and questions that the committee may want to
talk about. The questions follow from the figures by fixed rules: nobody has to find them awkward.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from openpes.core.decisions import NotFound
from openpes.insights.bulletin import month_in_words
from openpes.insights.headlines import headlines, in_digits
from openpes.insights.queries import published_months
from openpes.insights.release import released_figures, vintage_of
from openpes.insights.standards import Standard
from openpes.reference.country import country_name
from openpes.reference.press import set_paper
from openpes_evidence.cells import Cell
from openpes_evidence.definitions import Kind, registry

TEMPLATE = Path(__file__).parent / "quarterly.typ"
SIX = ("registered_stock", "registered_inflow", "live_places", "placements", "answer_rate", "complaints_in_time")
MONTHS = 3
# When a figure becomes a question: per cent of change in people or places, points of change in a rate.
CHANGED_BY, POINTS = 10.0, 5.0
LOWEST_RATE = 70.0


@dataclass(frozen=True)
class QuarterLine:
    """One of the six: its value in each month, the earliest first, and how far the last is from the first."""

    indicator: str
    title: str
    values: tuple[float | None, ...]
    change: float | None
    is_rate: bool


@dataclass(frozen=True)
class Quarter:
    """Everything that page and paper show. `months` and `vintages` the earliest first."""

    months: tuple[str, ...]
    vintages: tuple[str, ...]
    synthetic: bool
    headline: str
    lines: tuple[QuarterLine, ...]
    questions: tuple[str, ...]


def quarter_of(last: str = "") -> Quarter:
    """The three published months that end with `last` ("" for the latest). Raises NotFound when there are not three."""
    months = [one for one in published_months() if not last or one.month <= last][:MONTHS][::-1]
    if len(months) < MONTHS or (last and months[-1].month != last):
        raise NotFound("quarter")
    figures = [{one.indicator: one for one in released_figures(freeze, place="")} for freeze in months]
    lines = tuple(_line(name, figures) for name in SIX)
    return Quarter(
        tuple(one.month for one in months),
        tuple(vintage_of(one) for one in months),
        any(one.synthetic for one in months),
        headlines(figures[-1], {})[0],
        lines,
        tuple(_questions(lines)),
    )


def _line(name: str, figures: Sequence[Mapping[str, Cell]]) -> QuarterLine:
    about = registry()[name]
    cells = [one.get(name) for one in figures]
    values = tuple(None if cell is None else cell.value for cell in cells)
    same = len({cell.version for cell in cells if cell is not None}) == 1
    is_rate = about.kind is Kind.RATE
    return QuarterLine(name, _(about.title), values, _change(values[0], values[-1], is_rate) if same else None, is_rate)


def _change(first: float | None, last: float | None, is_rate: bool) -> float | None:
    """Points for a rate, per cent for a count; None where one of the two is not known or nought to begin with."""
    if first is None or last is None:
        return None
    if is_rate:
        return round(last - first, 1)
    return round(100 * (last - first) / first, 1) if first else None


def _questions(lines: Sequence[QuarterLine]) -> list[str]:
    """What the figures ask; always at least one."""
    found = []
    for one in lines:
        if one.change is None:
            found.append(_("%(figure)s: why can the change not be told?") % {"figure": one.title})
        elif abs(one.change) >= (POINTS if one.is_rate else CHANGED_BY):
            found.append(_("%(figure)s: what is behind the change?") % {"figure": one.title})
        elif one.is_rate and (one.values[-1] or 0.0) < LOWEST_RATE:
            found.append(_("%(figure)s: what would make it better?") % {"figure": one.title})
    return found or [_("What should the service do differently in the next quarter?")]


def change_text(line: QuarterLine) -> str:
    """The change as it is printed, with its sign."""
    if line.change is None:
        return "–"
    unit = _("points") if line.is_rate else "%"
    sign = "−" if line.change < 0 else "+"
    return f"{sign}{in_digits(abs(line.change))} {unit}"


def _text(value: float | None, is_rate: bool) -> str:
    return "…" if value is None else in_digits(value) + (" %" if is_rate else "")


def table_of(quarter: Quarter, language: str) -> tuple[list[str], list[list[str]]]:
    """(head, rows) of the six figures."""
    # A sign, not the word: "Change" is what a button says, and most languages have another word for a difference.
    head = [_("Figure"), *(month_in_words(month, language) for month in quarter.months), "+ / −"]
    rows = [
        [one.title, *(_text(value, one.is_rate) for value in one.values), change_text(one)] for one in quarter.lines
    ]
    return head, rows


def promise_text(standard: Standard) -> str:
    """How far a promise was kept."""
    if standard.kept is None:
        return _("Too few cases to say.")
    return _("Kept in %(n)s of 100 cases.") % {"n": in_digits(standard.kept)}


def words_of(quarter: Quarter, promises: Sequence[tuple[str, Standard]], language: str) -> dict[str, Any]:
    """The words of the paper. `promises`: each in words, with what became of it."""
    head, rows = table_of(quarter, language)
    return {
        "language": language,
        "title": title_of(quarter, language),
        "place": country_name(language),
        "vintage": " · ".join(quarter.vintages),
        "invented": _("All people and employers here are invented.") if quarter.synthetic else "",
        "headline": quarter.headline,
        "figures_title": _("Six figures"),
        "figures_head": head,
        "figures": rows,
        "promises_title": _("What the service promises"),
        "promises": [[promise, promise_text(one)] for promise, one in promises],
        "questions_title": _("Questions for the committee"),
        "questions": list(quarter.questions),
        "notes": [
            _("Registered with the service is not the same as unemployed: a labour force survey counts that."),
            _("Counts of people come in steps of ten. “…” stands for fewer than ten, or for what would tell them."),
        ],
    }


def title_of(quarter: Quarter, language: str) -> str:
    """ "The labour market, August 2026 to October 2026"."""
    ends = {"first": month_in_words(quarter.months[0], language), "last": month_in_words(quarter.months[-1], language)}
    return _("The labour market, %(first)s to %(last)s") % ends


def as_pdf(words: dict[str, Any]) -> bytes:
    """One A4 page."""
    return set_paper(TEMPLATE, words)
