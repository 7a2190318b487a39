"""The mini-dataset: the same few indicators from each service, protected, with the version of every definition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.decisions import Reason, Refused, no
from openpes.exchange.access import require
from openpes.exchange.models import HeldPaper
from openpes.exchange.operations import sign_and_hold
from openpes.exchange.papers import Kind
from openpes.insights.models import Freeze, OutsideFigure
from openpes.insights.queries import published, survey_figures
from openpes.insights.release import released_figures, vintage_of
from openpes.reference.country import country, today
from openpes_evidence.cells import Status
from openpes_evidence.definitions import Definition, registry


def mini_indicators() -> list[Definition]:
    """The indicators that every service gives, in the registry's order."""
    return [one for one in registry().values() if one.mini_dataset]


def dataset_body(freeze: Freeze, *, on: date) -> dict[str, Any]:
    """The mini-dataset of one published month. What nobody collects here is there without a value, and says so."""
    held = {cell.indicator: cell for cell in released_figures(freeze, place="")}
    outside = _survey_figures()
    rows = []
    for about in mini_indicators():
        row: dict[str, Any] = {"id": about.id, "version": about.version, "unit": about.unit, "period": freeze.month}
        cell, other = held.get(about.id), outside.get(about.id)
        if cell is not None:
            row |= {"value": cell.value, "lower": cell.lower, "upper": cell.upper, "n": cell.n}
            row |= {"version": cell.version, "status": cell.status.value}
        elif other is not None:
            row |= {"value": other.value, "lower": other.lower, "upper": other.upper, "n": None}
            row |= {"status": other.status, "period": other.period, "standard": other.standard, "source": other.source}
        else:
            row |= {"value": None, "status": Status.MISSING.value}
        rows.append(row)
    return {
        "country": country().code,
        "country_name": country().name,
        "month": freeze.month,
        "vintage": vintage_of(freeze),
        "written_on": on.isoformat(),
        "invented": freeze.synthetic,
        "age_bands": _bands(on),
        "figures": rows,
    }


_ADULT, _YOUNG = "AGE_YTHADULT_YGE15", "AGE_YTHADULT_Y15-24"
# Under which name and age a survey's figure is kept.
FROM_SURVEY = {
    "lu1": ("LU1", _ADULT),
    "lu4": ("LU4", _ADULT),
    "neet": ("NEET", _YOUNG),
    "youth_unemployment": ("LU1", _YOUNG),
}


def _survey_figures() -> dict[str, OutsideFigure]:
    """The latest national figure of each indicator that comes from a survey here. One query."""
    names = {name for name, _age in FROM_SURVEY.values()}
    rows = survey_figures(names, areas=(country().code, country().alpha3))
    latest = {(one.indicator, one.age): one for one in rows}
    return {id_: latest[key] for id_, key in FROM_SURVEY.items() if key in latest}


def _bands(on: date) -> list[list[int | None]]:
    found = country().value("youth_bands.reporting", on=on)
    return [[one["from_age"], one["to_age"]] for one in found.value] if found.known else []


@transaction.atomic
def sign_dataset(*, by: Actor, at: datetime) -> HeldPaper:
    """Sign the latest published month for others. Raises NotPermitted, Refused where nothing is published."""
    require("dataset.exchange", by)
    freeze = published()
    if freeze is None:
        raise Refused(no(Reason("nothing_published")))
    body = dataset_body(freeze, on=today(at))
    number = int(freeze.month.replace("-", ""))
    title = f"{country().name} {freeze.month}"
    return sign_and_hold(Kind.DATASET, body, subject=country().code, number=number, title=title, by=by, at=at)


def datasets_of_others(actor: Actor) -> list[Mapping[str, Any]]:
    """The latest data set of each other country that is held. Raises NotPermitted."""
    require("practice.view", actor)
    latest: dict[str, Mapping[str, Any]] = {}
    rows = HeldPaper.objects.filter(kind=Kind.DATASET, own=False).exclude(country=country().code)
    for one in rows.order_by("number", "held_at"):
        latest[one.country] = one.body
    return [latest[code] for code in sorted(latest)]


def own_dataset(*, on: date) -> dict[str, Any] | None:
    """Ours as it would be signed today, or None where no month is published."""
    freeze = published()
    return None if freeze is None else dataset_body(freeze, on=on)
