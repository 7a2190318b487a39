"""Which months a demonstration publishes: ended ones, and none in which its register was still filling."""

from __future__ import annotations

from datetime import UTC, datetime

from openpes.demo.nation import Nation
from openpes.demo.published_months import MOST_MONTHS, months_of
from openpes_countries import load_country


def nation(at: datetime, days: int = 270) -> Nation:
    return Nation(load_country("PH"), 20, 4, 12, 1, 7, at, ("en",), days)


def test_the_months_between_filling_and_now() -> None:
    assert months_of(nation(datetime(2026, 11, 24, tzinfo=UTC))) == [f"2026-{month:02d}" for month in range(6, 11)]


def test_a_month_is_over_when_it_is_over_in_the_country() -> None:
    # In Manila it is already the first of November.
    assert months_of(nation(datetime(2026, 10, 31, 17, tzinfo=UTC)))[-1] == "2026-10"
    assert months_of(nation(datetime(2026, 10, 31, 15, tzinfo=UTC)))[-1] == "2026-09"


def test_no_more_than_thirteen_and_none_of_a_short_history() -> None:
    assert len(months_of(nation(datetime(2026, 11, 24, tzinfo=UTC), 900))) == MOST_MONTHS
    assert months_of(nation(datetime(2026, 11, 24, tzinfo=UTC), 60)) == []
