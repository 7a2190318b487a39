"""Public holidays of the packs."""

from __future__ import annotations

from datetime import date

import pytest

from openpes_countries import known_countries, load_country
from openpes_countries.rules_days import holiday_on, holidays_of, knows_holidays


@pytest.mark.parametrize("code", known_countries())
def test_every_pack_knows_this_year_and_the_next_and_says_that_nobody_verified_them(code):
    country = load_country(code)
    for year in (2026, 2027):
        days = holidays_of(country, year=year)
        assert knows_holidays(country, year=year) and days
        assert all(one.on.year == year and one.name for one in days)
        assert country.value("holidays.days", on=date(year, 7, 1)).verify_before_use


def test_a_day_and_a_year_that_is_not_known():
    country = load_country("PH")
    found = holiday_on(country, date(2026, 11, 30))
    assert found is not None and "Bonifacio" in found.name
    assert holiday_on(country, date(2026, 11, 24)) is None
    assert not knows_holidays(country, year=2040) and holidays_of(country, year=2040) == ()
