"""The month's figures: one calculation for the page, the file and the command."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from openpes.core.clock import local_date, month_bounds
from openpes.insights.disclosure import protect, protect_total
from openpes.jobseekers import figures as of_jobseekers
from openpes.people.age_bands import BAND_CODES
from openpes.people.figures import Cell
from openpes.people.states import Sex
from openpes.placements import figures as of_placements
from openpes.placements.states import EvidenceGrade, OutcomeKind
from openpes.referrals import figures as of_referrals
from openpes.referrals.states import Ending
from openpes.vacancies import figures as of_vacancies
from openpes.vacancies.states import CloseReason


@dataclass(frozen=True)
class Breakdown:
    """One figure: its total and the same total by sex, by age band and by what else it is divided into.

    A count is None where it is hidden because it is small; a rate or duration is None where nothing happened.
    """

    indicator: str
    total: int | float | None
    by_sex: dict[str, int | None] = field(default_factory=dict)
    by_age: dict[str, int | None] = field(default_factory=dict)
    by_part: dict[str, int | None] = field(default_factory=dict)
    hidden: bool = False


@dataclass(frozen=True)
class MonthFigures:
    """All figures of a month for the whole service or some offices, as they stood at an instant."""

    month: str
    starts_at: datetime
    ends_before: datetime
    stock_at: datetime
    is_running: bool
    protected: bool
    figures: tuple[Breakdown, ...]

    def of(self, indicator: str) -> Breakdown:
        """One figure by its id. Raises KeyError."""
        return next(one for one in self.figures if one.indicator == indicator)


def _sum_by(cells: Iterable[Cell], key: Callable[[Cell], str], codes: Iterable[str]) -> dict[str, int]:
    found = dict.fromkeys(codes, 0)
    for cell in cells:
        found[key(cell)] = found.get(key(cell), 0) + cell.n
    return found


def _shown(row: dict[str, int], protected: bool) -> dict[str, int | None]:
    return protect(row) if protected else dict(row)


def _of_people(indicator: str, cells: list[Cell], *, protected: bool, parts: dict[str, int] | None = None) -> Breakdown:
    total = sum(cell.n for cell in cells)
    shown = protect_total(total) if protected else total
    if protected and shown is None:
        return Breakdown(indicator, None, hidden=True)
    ages = _sum_by(cells, lambda cell: cell.band, BAND_CODES)
    ages = {code: n for code, n in ages.items() if n or code not in {"under_15", "unknown"}}
    return Breakdown(
        indicator,
        shown,
        by_sex=_shown(_sum_by(cells, lambda cell: cell.sex, Sex), protected),
        by_age=_shown(ages, protected),
        by_part=_shown(parts or {}, protected),
    )


def month_figures(
    *, month: str, zone: str, at: datetime, office_ids: Iterable[int] | None = None, protected: bool
) -> MonthFigures:
    """Count a month. `protected` hides small counts: for everybody but the office that serves the people anyway.

    Stocks are counted at the end of the month, or now while it runs. Raises ValueError for a month that is no month
    or has not begun.
    """
    starts_at, ends_before = month_bounds(month, zone)
    if starts_at > at:
        raise ValueError(f"The month {month} has not begun yet. Choose an earlier one.")
    stock_at = min(ends_before, at)
    on = local_date(min(ends_before - timedelta(seconds=1), at), zone)
    offices = None if office_ids is None else sorted(office_ids)
    span: dict[str, Any] = {"starts_at": starts_at, "ends_before": ends_before, "office_ids": offices}
    live = of_vacancies.live_at(instant=stock_at, office_ids=offices)
    posted = of_vacancies.became_live(**span)
    closed = of_vacancies.closed_by_reason(**span)
    endings = of_referrals.ended_by_ending(**span)
    answers = of_referrals.answers(**span)
    outcomes = of_placements.recorded(on=on, **span)
    placed = [cell for cell in outcomes if not cell.by[2]]
    figures = (
        _of_people("registered", of_jobseekers.registered(on=on, **span), protected=protected),
        _of_people("active", of_jobseekers.active_at(instant=stock_at, on=on, office_ids=offices), protected=protected),
        Breakdown("live_vacancies", live.vacancies),
        Breakdown("live_places", live.places),
        Breakdown(
            "postings", posted.vacancies, by_part={f"closed_{code.value}": closed.get(code, 0) for code in CloseReason}
        ),
        _of_people(
            "referrals",
            of_referrals.sent(on=on, **span),
            protected=protected,
            parts={f"ended_{code.value}": endings.get(code, 0) for code in Ending},
        ),
        Breakdown(
            "answer_rate",
            None if answers.rate is None else round(100 * answers.rate, 1),
            by_part=_shown({"answered": answers.answered, "unanswered": answers.unanswered}, protected),
        ),
        Breakdown("answer_days", answers.median_days),
        _of_people(
            "placements", placed, protected=protected, parts=_sum_by(placed, lambda cell: cell.by[1], EvidenceGrade)
        ),
        _of_people(
            "outcomes",
            outcomes,
            protected=protected,
            parts={
                **_sum_by(outcomes, lambda cell: cell.by[0], OutcomeKind),
                **_sum_by(outcomes, lambda cell: cell.by[1], EvidenceGrade),
            },
        ),
    )
    return MonthFigures(month, starts_at, ends_before, stock_at, at < ends_before, protected, figures)
