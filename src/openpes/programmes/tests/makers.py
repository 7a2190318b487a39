"""Programmes, rounds and people who apply, for the tests of this room and its pages."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.factories import NOW, TODAY, JobseekerFactory

from openpes.jobseekers.models import Jobseeker
from openpes.programmes.models import Application, Cycle, Programme, ProgrammeVersion
from openpes.programmes.states import ApplicationState, PlaceRule, ProgrammeKind, VersionState

YOUNG = {"all": [{"field": "age", "op": "between", "value": [18, 24]}, {"field": "isced", "op": "gte", "value": 2}]}


def a_version(**fields: Any) -> ProgrammeVersion:
    """A programme in force since the start of the year."""
    programme = Programme.objects.create(kind=ProgrammeKind.TRAINING, provider="Training centre", created_at=NOW)
    values: dict[str, Any] = {
        "number": 1,
        "state": VersionState.APPROVED,
        "starts_on": date(2026, 1, 1),
        "title": "Cooking for hotels",
        "source": "openpes default",
        "rule": YOUNG,
        "documents": ["School certificate"],
    }
    return ProgrammeVersion.objects.create(programme=programme, **(values | fields))


def a_cycle(version: ProgrammeVersion | None = None, **fields: Any) -> Cycle:
    """A round to which people may apply today."""
    values: dict[str, Any] = {
        "apply_from": TODAY - timedelta(days=5),
        "apply_until": TODAY + timedelta(days=5),
        "starts_on": TODAY + timedelta(days=20),
        "ends_before": TODAY + timedelta(days=80),
        "places": 2,
        "place_rule": PlaceRule.FIRST_COME,
        "cost_per_place": Decimal(0),
    }
    return Cycle.objects.create(version=version or a_version(), **(values | fields))


def waiting(cycle: Cycle, number: int, **fields: Any) -> list[Application]:
    """People who wait, a minute after one another."""
    return [an_application(cycle, submitted_at=NOW + timedelta(minutes=one), **fields) for one in range(number)]


def an_application(cycle: Cycle, jobseeker: Jobseeker | None = None, **fields: Any) -> Application:
    """One application; waiting unless said otherwise."""
    values: dict[str, Any] = {"state": ApplicationState.WAITING, "created_at": NOW, "submitted_at": NOW}
    return Application.objects.create(
        cycle=cycle, jobseeker=jobseeker or JobseekerFactory.create(), **(values | fields)
    )


def later(days: int) -> datetime:
    """So many days after the tests' instant."""
    return NOW + timedelta(days=days)
