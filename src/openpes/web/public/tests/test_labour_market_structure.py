"""Beveridge points and the guess of the month: only where survey and register both know."""

from __future__ import annotations

import math

import pytest
from tests.factories import NOW

from openpes.insights.models import OutsideFigure
from openpes.insights.states import Source
from openpes.web.public.labour_market_structure import (
    FitPoint,
    beveridge,
    beveridge_shape,
    last_month_of,
    nowcast_to_show,
    stretches,
)
from openpes.web.public.tests.test_labour_market import SEPTEMBER, month, page, places


def told(indicator: str, period: str, value: float) -> None:
    OutsideFigure.objects.create(
        area="PHL",
        indicator=indicator,
        period=period,
        age="AGE_YTHADULT_YGE15",
        value=value,
        source_kind=Source.SURVEY_FILE,
        source="invented",
        read_at=NOW,
    )


@pytest.mark.parametrize(("period", "last"), [("2026", "2026-12"), ("2026-Q3", "2026-09"), ("2026-04", "2026-04")])
def test_the_month_in_which_a_period_ends(period: str, last: str) -> None:
    assert last_month_of(period) == last


@pytest.mark.django_db(databases=["default", "access"])
def test_points_only_where_both_are_known() -> None:
    places(3, at=SEPTEMBER.replace(month=1))
    quarters = {"2026-Q1": "2026-03", "2026-Q2": "2026-06", "2026-Q3": "2026-09"}
    for number, (quarter, last) in enumerate(quarters.items()):
        month(last)
        told("LU1", quarter, 5.0 + number)
        told("EMPLOYED", quarter, 99.0)
    assert beveridge() == []
    month("2026-10")
    told("LU1", "2026-10", 8.0)
    told("EMPLOYED", "2026-10", 99.0)
    found = beveridge()
    assert [(one.period, one.unemployment) for one in found] == [
        ("2026-Q1", 5.0), ("2026-Q2", 6.0), ("2026-Q3", 7.0), ("2026-10", 8.0),
    ]  # fmt: skip
    assert {round(one.vacancies, 2) for one in found} == {1.0}
    shape = beveridge_shape(found)
    assert [one["path"].count(",") for one in shape["lines"]] == [4] and shape["stretches"] == []
    assert "Unemployment and vacancies" in page("labour_market_structure").content.decode()
    assert nowcast_to_show() is None


@pytest.mark.django_db(databases=["default", "access"])
def test_the_curve_is_cut_where_it_moved():
    months = [f"{2023 + at // 12}-{at % 12 + 1:02d}" for at in range(40)]
    rates = [4.0 + 1.5 * math.sin(at / 3) for at in range(40)]
    points = [
        FitPoint(month, u, (2.0 if at < 20 else 4.0) * (4.0 / u) ** 0.8)
        for at, (month, u) in enumerate(zip(months, rates, strict=True))
    ]
    found = stretches(points)
    assert [(one.first, one.last) for one in found] == [("2023-01", "2024-08"), ("2024-09", "2026-04")]
    assert all(round(one.elasticity, 6) == 0.8 for one in found)
    lines = beveridge_shape(points)["lines"]
    assert [one["path"].count(",") for one in lines] == [21, 20] and lines[0]["dash"] != lines[1]["dash"]
    assert stretches([FitPoint("2026-01", 0.0, 1.0), *points]) == []
