"""Beveridge points and the guess of the month: only where survey and register both know."""

from __future__ import annotations

import pytest
from tests.factories import NOW

from openpes.insights.models import OutsideFigure
from openpes.insights.states import Source
from openpes.web.public.labour_market_structure import beveridge, beveridge_shape, last_month_of, nowcast_to_show
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
    assert beveridge_shape(found)["line"].count(",") == 4
    assert "Unemployment and vacancies" in page("labour_market_structure").content.decode()
    assert nowcast_to_show() is None
