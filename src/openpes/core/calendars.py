"""Calendars that a country counts its days in beside the Gregorian one, and dates typed in either of them.

    to_civil(date(2026, 11, 24), "bikram_sambat")   CivilDate(2083, 8, 8)
    from_civil(2083, 8, 8, "bikram_sambat")         date(2026, 11, 24); ValueError where there is no such day
    as_typed(2569, 11, 24, "buddhist", near=today)  date(2026, 11, 24), also for the year 2026

The Buddhist Era is the Gregorian calendar with 543 years more. Months of the Bikram Sambat are as long as Nepal's
calendar committee says each year; the lengths come from the library nepali-datetime (from 1918). For years that the
committee has not published, libraries differ by a day, so dates after LAST_PUBLISHED are neither shown nor read in it.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import nepali_datetime

GREGORIAN, BUDDHIST, BIKRAM_SAMBAT = "gregorian", "buddhist", "bikram_sambat"
BUDDHIST_YEARS = 543
# No Gregorian date on a form of a person now alive, nor of the next centuries, lies this late.
BUDDHIST_FROM = 2400
LAST_PUBLISHED = 2083
FIRST_KNOWN = nepali_datetime.date.min.to_datetime_date()
LAST_KNOWN = nepali_datetime.date(LAST_PUBLISHED + 1, 1, 1).to_datetime_date()

# In Nepali and as it is written in Latin letters; several spellings live beside each other.
BIKRAM_MONTHS = ("बैशाख", "जेठ", "असार", "साउन", "भदौ", "असोज", "कात्तिक", "मंसिर", "पुस", "माघ", "फागुन", "चैत")
_BIKRAM_SPELLINGS = (
    "वैशाख बैसाख वैसाख baisakh baishakh vaisakh",
    "जेष्ठ ज्येष्ठ jestha jeth jyestha",
    "आषाढ अषाढ asar ashar ashadh asadh",
    "श्रावण shrawan saun sawan shravan",
    "भाद्र भाद्रपद bhadra bhadau bhado",
    "आश्विन आसोज ashwin asoj aswin ashoj",
    "कार्तिक kartik kattik",
    "मङ्सिर मार्ग मंसीर mangsir mansir marga mungsir",
    "पौष पूस poush pus push paush",
    "magh",
    "फाल्गुन falgun phagun fagun phalgun",
    "चैत्र chaitra chait chaitya",
)
_BIKRAM_NUMBERS = {
    spelling: number
    for number, (name, others) in enumerate(zip(BIKRAM_MONTHS, _BIKRAM_SPELLINGS, strict=True), 1)
    for spelling in (name, *others.split())
}


class CivilDate(NamedTuple):
    """Year, month and day in a country's own calendar."""

    year: int
    month: int
    day: int


def to_civil(day: date, calendar: str) -> CivilDate:
    """A day in a calendar. Raises ValueError where the calendar does not reach."""
    if calendar == BUDDHIST:
        return CivilDate(day.year + BUDDHIST_YEARS, day.month, day.day)
    if calendar == BIKRAM_SAMBAT:
        if not FIRST_KNOWN <= day < LAST_KNOWN:
            raise ValueError("This day lies outside the years whose months are known.")
        found = nepali_datetime.date.from_datetime_date(day)
        return CivilDate(found.year, found.month, found.day)
    return CivilDate(day.year, day.month, day.day)


def from_civil(year: int, month: int, day: int, calendar: str) -> date:
    """The day that a date in a calendar means. Raises ValueError when there is no such day."""
    if calendar == BUDDHIST:
        return date(year - BUDDHIST_YEARS, month, day)
    if calendar == BIKRAM_SAMBAT:
        if year > LAST_PUBLISHED:
            raise ValueError("The months of this year are not published yet.")
        return nepali_datetime.date(year, month, day).to_datetime_date()
    return date(year, month, day)


def bikram_month(text: str) -> int | None:
    """1-12 for the name of a month of the Bikram Sambat, in Nepali or Latin letters; else None."""
    return _BIKRAM_NUMBERS.get(text.strip(" .").casefold())


def as_typed(
    year: int,
    month: int,
    day: int,
    calendar: str,
    *,
    near: date,
    earliest: date | None = None,
    latest: date | None = None,
    only: str | None = None,
) -> date:
    """The day that somebody means who may count in the country's calendar or in the Gregorian one.

    One rule: of the readings that exist and that the question allows (`earliest`, `latest`), the one nearest to `near`.
    In the Buddhist Era nothing can be taken for the other. `only` names the calendar when the month's name has said it.
    Raises ValueError when no reading exists.
    """
    readings = []
    for one in [only] if only else dict.fromkeys((GREGORIAN, _counted_in(year, calendar))):
        try:
            readings.append(from_civil(year, month, day, one))
        except (ValueError, OverflowError):
            continue
    if not readings:
        raise ValueError("There is no such day.")
    allowed = [one for one in readings if (not earliest or one >= earliest) and (not latest or one <= latest)]
    return min(allowed or readings, key=lambda one: abs((one - near).days))


def _counted_in(year: int, calendar: str) -> str:
    """The calendar that a year may be counted in beside the Gregorian one; Lao and Khmer write the Buddhist Era too."""
    if year >= BUDDHIST_FROM:
        return BUDDHIST
    return calendar if calendar != BUDDHIST else GREGORIAN
