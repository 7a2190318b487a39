"""Figures, narrowed to the actor."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, Q

from openpes.core.actors import Actor
from openpes.core.decisions import NotFound
from openpes.core.ids import fold_ref
from openpes.insights.access import require_may, scope_of
from openpes.insights.by_occupation import OccupationRow, by_occupation
from openpes.insights.models import Freeze, FrozenFigure, FrozenPerson, OutsideFigure
from openpes.insights.monthly import MonthFigures, month_figures
from openpes.insights.release import hidden_beside, released_figure
from openpes.insights.states import FreezeState, Source
from openpes.reference.country import country, today
from openpes_evidence.cells import Cell


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


def freezes(actor: Actor) -> list[Freeze]:
    """All freezes, the latest month first, for those who make them. Raises NotPermitted."""
    require_may("figures.freeze", actor)
    return list(Freeze.objects.all())


def freeze_for(actor: Actor, ref: str) -> Freeze:
    """A freeze that the actor may see: a published one anybody, another only who makes them. Raises NotFound."""
    row = Freeze.objects.filter(ref=fold_ref(ref)).first()
    if row is None or (row.state == FreezeState.MADE and not actor.everywhere("figures.freeze")):
        raise NotFound("freeze")
    return row


def published(*, month: str = "") -> Freeze | None:
    """The published freeze of a month, or of the latest month that has one."""
    rows = Freeze.objects.filter(state=FreezeState.PUBLISHED)
    return (rows.filter(month=month) if month else rows).order_by("-month").first()


def freeze_of_vintage(vintage: str) -> Freeze:
    """The freeze that a published number names; one that was replaced since is still there. Raises NotFound."""
    month, dot, rest = vintage.partition(".")
    number, _dash, mark = rest.partition("-")
    if not (dot and number.isascii() and number.isdigit() and len(number) < 4 and len(mark) == 8):
        raise NotFound("freeze")
    rows = Freeze.objects.filter(month=month, number=int(number)).exclude(state=FreezeState.MADE)
    row = rows.first()
    if row is None or row.digest[:8] != mark:
        raise NotFound("freeze")
    return row


def published_months(*, limit: int = 60) -> list[Freeze]:
    """The published freezes, the latest month first."""
    return list(Freeze.objects.filter(state=FreezeState.PUBLISHED).order_by("-month")[:limit])


def series_of(indicator: str, *, place: str = "", limit: int = 60) -> list[tuple[str, Cell]]:
    """(month, protected cell) of one indicator over all published months, the earliest first. One query."""
    months = Freeze.objects.filter(state=FreezeState.PUBLISHED).order_by("-month")[:limit]
    wanted = FrozenFigure.objects.filter(indicator=indicator, freeze__in=months.values("pk"))
    # What is hidden of a place depends on the other places of the same kind.
    wanted = wanted.filter(Q(place="") | Q(place__startswith=place[:2]) if place else Q(place=""))
    rows = list(wanted.select_related("freeze").order_by("freeze__month"))
    beside = hidden_beside(rows) if place else frozenset()
    return [(row.freeze.month, released_figure(row, row.freeze, beside=beside)) for row in rows if row.place == place]


def survey_figures(names: Collection[str], *, areas: Collection[str]) -> list[OutsideFigure]:
    """Figures of surveys that were read here, for everybody of an age, the earliest period first. One query."""
    rows = OutsideFigure.objects.filter(
        indicator__in=names, sex="SEX_T", source_kind=Source.SURVEY_FILE, area__in=areas
    )
    return list(rows.order_by("period", "pk"))


def frozen_groups(freeze: Freeze) -> list[tuple[str, str, str, int | None, int]]:
    """(sex, age band, area, education level, people) of those who look at the end of a frozen month. One query.

    True counts, for arithmetic whose result is protected before anybody sees it.
    """
    rows = FrozenPerson.objects.filter(freeze=freeze, is_active=True).order_by()
    return list(rows.values_list("sex", "age_band", "area_code", "education_level").annotate(n=Count("pk")))


def outside_figures(indicator: str, *, area: str = "") -> list[OutsideFigure]:
    """Figures of others under a name, the latest period first."""
    rows = OutsideFigure.objects.filter(indicator=indicator)
    return list((rows.filter(area=area) if area else rows).order_by("-period", "sex", "age"))
