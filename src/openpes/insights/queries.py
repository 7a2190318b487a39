"""Figures, narrowed to the actor."""

from __future__ import annotations

from datetime import datetime

from openpes.core.actors import Actor
from openpes.core.decisions import NotFound
from openpes.insights.access import scope_of
from openpes.insights.by_occupation import OccupationRow, by_occupation
from openpes.insights.monthly import MonthFigures, month_figures
from openpes.reference.country import country, today


def figures_for(actor: Actor, *, month: str, office_id: int | None, at: datetime) -> MonthFigures:
    """The month of the whole service or of one office. Small counts are hidden but for the office's own staff.

    Raises NotPermitted, NotFound for another's office, ValueError for an impossible month.
    """
    offices, protected = _within_scope(actor, office_id)
    return month_figures(month=month, zone=country().timezone, at=at, protected=protected, office_ids=offices)


def occupations_for(
    actor: Actor, *, month: str, office_id: int | None, scheme: str, at: datetime
) -> tuple[datetime, list[OccupationRow]]:
    """People looking and live places by occupation, and when they were counted. Raises as `figures_for`, and

    ValueError for a classification that was not in force then.
    """
    offices, protected = _within_scope(actor, office_id)
    return by_occupation(
        month=month, zone=country().timezone, at=at, scheme=scheme, office_ids=offices, protected=protected
    )


def _within_scope(actor: Actor, office_id: int | None) -> tuple[list[int] | None, bool]:
    """The offices that are counted (None: all), and whether small counts are hidden."""
    scope = scope_of(actor)
    if office_id is None and not scope.everywhere:
        office_id = min(scope.office_ids)
    if office_id is not None and office_id not in scope.office_ids and not scope.everywhere:
        raise NotFound("office")
    own = office_id is not None and office_id in scope.office_ids
    return (None if office_id is None else [office_id]), not own


def months_until(at: datetime, *, number: int = 12) -> list[str]:
    """The last months, the running one first, as YYYY-MM."""
    day = today(at)
    months = []
    for back in range(number):
        index = day.year * 12 + day.month - 1 - back
        months.append(f"{index // 12:04d}-{index % 12 + 1:02d}")
    return months
