"""Bikram Sambat and Buddhist Era against days that everybody knows, and the rule for what somebody typed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from openpes.core.calendars import (
    BIKRAM_SAMBAT,
    BUDDHIST,
    GREGORIAN,
    LAST_KNOWN,
    as_typed,
    bikram_month,
    from_civil,
    to_civil,
)
from openpes.core.dates_in_words import calendar_for, in_words, locale_of, own_digits

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("civil", "day"),
    [
        ((2007, 11, 7), date(1951, 2, 18)),  # Democracy Day, the end of the Rana rule
        ((2017, 9, 1), date(1960, 12, 15)),  # the royal takeover
        ((2047, 7, 23), date(1990, 11, 9)),  # the constitution of 1990
        ((2058, 2, 19), date(2001, 6, 1)),  # the massacre in the palace
        ((2063, 1, 11), date(2006, 4, 24)),  # Loktantra Day
        ((2065, 2, 15), date(2008, 5, 28)),  # Republic Day
        ((2072, 1, 12), date(2015, 4, 25)),  # the earthquake
        ((2072, 6, 3), date(2015, 9, 20)),  # Constitution Day
        ((2077, 1, 1), date(2020, 4, 13)),  # New Year
        ((2081, 1, 1), date(2024, 4, 13)),
        ((2083, 1, 1), date(2026, 4, 14)),
    ],
)
def test_days_of_nepals_history_stand_where_they_belong(civil, day):
    assert from_civil(*civil, BIKRAM_SAMBAT) == day
    assert tuple(to_civil(day, BIKRAM_SAMBAT)) == civil


def test_every_day_of_a_lifetime_goes_there_and_back():
    day = date(1945, 1, 1)
    while day < LAST_KNOWN:
        assert from_civil(*to_civil(day, BIKRAM_SAMBAT), BIKRAM_SAMBAT) == day
        day += timedelta(days=13)


def test_years_that_are_not_published_are_neither_shown_nor_read():
    with pytest.raises(ValueError, match="outside"):
        to_civil(LAST_KNOWN, BIKRAM_SAMBAT)
    with pytest.raises(ValueError, match="not published"):
        from_civil(2084, 1, 1, BIKRAM_SAMBAT)
    assert in_words(LAST_KNOWN, "long", locale_of("ne", "NP"), BIKRAM_SAMBAT) == "१४ अप्रिल २०२७"


@pytest.mark.parametrize(
    ("typed", "calendar", "bounds", "day"),
    [
        # A young woman's birthday in either calendar.
        ((2060, 3, 5), BIKRAM_SAMBAT, {"latest": date(2012, 11, 24)}, date(2003, 6, 19)),
        ((2003, 6, 19), BIKRAM_SAMBAT, {"latest": date(2012, 11, 24)}, date(2003, 6, 19)),
        # Both readings are possible birthdays: the nearer one.
        ((2008, 3, 5), BIKRAM_SAMBAT, {"latest": date(2012, 11, 24)}, date(2008, 3, 5)),
        # When somebody can begin.
        ((2083, 8, 20), BIKRAM_SAMBAT, {}, date(2026, 12, 6)),
        ((2026, 12, 6), BIKRAM_SAMBAT, {"earliest": TODAY}, date(2026, 12, 6)),
        # A 32nd day exists in one calendar only.
        ((2083, 3, 32), BIKRAM_SAMBAT, {}, date(2026, 7, 16)),
        ((2569, 11, 24), BUDDHIST, {}, TODAY),
        ((2550, 2, 28), BUDDHIST, {"latest": TODAY}, date(2007, 2, 28)),
        ((2007, 2, 28), BUDDHIST, {"latest": TODAY}, date(2007, 2, 28)),
        # Written in the Buddhist Era in Laos and Cambodia too, whose civil calendar is the Gregorian one.
        ((2550, 2, 28), GREGORIAN, {}, date(2007, 2, 28)),
    ],
)
def test_what_somebody_typed_is_read_in_the_calendar_that_was_meant(typed, calendar, bounds, day):
    assert as_typed(*typed, calendar, near=TODAY, **bounds) == day


def test_the_name_of_a_month_settles_the_calendar_and_nonsense_is_no_day():
    assert as_typed(2008, 3, 5, BIKRAM_SAMBAT, near=TODAY, only=BIKRAM_SAMBAT).year == 1951
    assert (bikram_month("मंसिर"), bikram_month("Mangsir"), bikram_month("November")) == (8, 8, None)
    for impossible in ((2083, 13, 1), (2083, 3, 33), (2026, 2, 30)):
        with pytest.raises(ValueError, match="no such day"):
            as_typed(*impossible, GREGORIAN, near=TODAY)


@pytest.mark.parametrize(
    ("language", "country", "calendar", "full", "long"),
    [
        ("bn", "BD", GREGORIAN, "মঙ্গলবার, ২৪ নভেম্বর, ২০২৬", "২৪ নভেম্বর, ২০২৬"),
        ("en", "NP", BIKRAM_SAMBAT, "Tuesday, 24 November 2026", "24 November 2026"),
        ("fj", "FJ", GREGORIAN, "Tusiti, 24 Noveba 2026", "24 Noveba 2026"),
        ("hi", "IN", GREGORIAN, "मंगलवार, 24 नवंबर 2026", "24 नवंबर 2026"),
        ("hif", "FJ", GREGORIAN, "Mangalwaar, 24 November 2026", "24 November 2026"),
        ("id", "ID", GREGORIAN, "Selasa, 24 November 2026", "24 November 2026"),
        ("km", "KH", GREGORIAN, "ថ្ងៃអង្គារ ទី24 ខែវិច្ឆិកា ឆ្នាំ2026", "ថ្ងៃទី24 ខែវិច្ឆិកា ឆ្នាំ2026"),
        ("ko", "KR", GREGORIAN, "2026년 11월 24일 화요일", "2026년 11월 24일"),
        ("lo", "LA", GREGORIAN, "ວັນອັງຄານ, 24 ພະຈິກ 2026", "24 ພະຈິກ 2026"),
        ("mn", "MN", GREGORIAN, "2026 оны 11-р сарын 24, мягмар", "2026 оны 11-р сарын 24"),
        ("ms", "MY", GREGORIAN, "Selasa, 24 November 2026", "24 November 2026"),
        ("ne", "NP", BIKRAM_SAMBAT, "८ मंसिर २०८३, मङ्गलबार", "८ मंसिर २०८३"),
        ("pt", "TL", GREGORIAN, "terça-feira, 24 de novembro de 2026", "24 de novembro de 2026"),
        ("tet", "TL", GREGORIAN, "Tersa, 24 Novembru 2026", "24 Novembru 2026"),
        ("th", "TH", BUDDHIST, "วันอังคารที่ 24 พฤศจิกายน 2569", "24 พฤศจิกายน 2569"),
        ("th", "LA", GREGORIAN, "วันอังคารที่ 24 พฤศจิกายน 2026", "24 พฤศจิกายน 2026"),
        ("vi", "VN", GREGORIAN, "Thứ Ba, ngày 24 tháng 11 năm 2026", "24 tháng 11 năm 2026"),
        ("zh-hans", "CN", GREGORIAN, "2026年11月24日星期二", "2026年11月24日"),
    ],
)
def test_a_date_in_the_words_of_a_language_and_the_calendar_of_its_country(language, country, calendar, full, long):
    locale = locale_of(language, country)
    assert in_words(TODAY, "full", locale, calendar) == full
    assert in_words(TODAY, "long", locale, calendar) == long
    assert in_words(TODAY, "month", locale, calendar)


def test_digits_of_their_own_stand_where_public_offices_print_them():
    assert own_digits("12", "ne") == "१२" and own_digits("12", "bn") == "১২" and own_digits("12", "th") == "12"
    assert calendar_for("ne", GREGORIAN) == GREGORIAN and calendar_for("en", BIKRAM_SAMBAT) == GREGORIAN
