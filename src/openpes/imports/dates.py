"""Dates as lists hold them: orders, names of months, numbers of spreadsheets, local years and digits. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from openpes.core.calendars import as_typed
from openpes.people.phones import fold_digits

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Filipino, Indonesian and Malay, Portuguese: by the letters that tell them from the English ones.
OTHER_MONTHS = {
    "ene": 1,
    "peb": 2,
    "abr": 4,
    "mei": 5,
    "mac": 3,
    "hun": 6,
    "hul": 7,
    "ago": 8,
    "agu": 8,
    "ogo": 8,
    "agt": 8,
    "set": 9,
    "okt": 10,
    "out": 10,
    "nob": 11,
    "dis": 12,
    "des": 12,
    "fev": 2,
    "mai": 5,
    "dez": 12,
}
# Day 1 of the count of spreadsheets, with the leap year 1900 that they believe in.
SPREADSHEET_BEGINS = date(1899, 12, 30)
SPREADSHEET_DAYS = range(7_000, 60_000)
_NUMBERS = re.compile(r"(\d{1,4})\D+(\d{1,2})\D+(\d{1,4})")
_WITH_NAME = re.compile(r"(\d{1,2})?\s*\.?\s*([^\W\d_]{3,})\.?\s*(\d{1,2})?(?:st|nd|rd|th)?,?\s+(\d{4})", re.UNICODE)
_CENTURY = 100
USUAL_AGE = timedelta(days=22 * 365)


@dataclass(frozen=True)
class ReadDate:
    """A day, or None; `other` is a second reading that is as good, where there is one."""

    day: date | None
    other: date | None = None


def day_comes_first(texts: Iterable[str]) -> bool | None:
    """What the whole column says about 03/04: True where a first number is over 12, False where a second is."""
    first = second = False
    for text in texts:
        found = _NUMBERS.search(fold_digits(text))
        if found and len(found[1]) <= 2:
            first |= int(found[1]) > 12
            second |= int(found[2]) > 12
    return first if first != second else None


def read_date(text: str, *, day_first: bool | None, calendar: str, near: date) -> ReadDate:
    """The day that a cell means. `day_first` None: the column does not tell, so an open case has two readings."""
    folded = fold_digits(text.strip()).replace("T", " ", 1) if text[:4].isdigit() else fold_digits(text.strip())
    if folded.isdigit() and int(folded) in SPREADSHEET_DAYS:
        return ReadDate(SPREADSHEET_BEGINS + timedelta(days=int(folded)))
    named = _WITH_NAME.search(folded)
    if named:
        month = _month(named[2])
        days = named[1] or named[3]
        return ReadDate(_day(int(named[4]), month, int(days), calendar, near) if month and days else None)
    found = _NUMBERS.search(folded)
    if not found:
        return ReadDate(None)
    if len(found[1]) > 2:
        return ReadDate(_day(int(found[1]), int(found[2]), int(found[3]), calendar, near))
    one, two, year = int(found[1]), int(found[2]), _full_year(found[3], near)
    as_day, as_month = _day(year, two, one, calendar, near), _day(year, one, two, calendar, near)
    if day_first is not None:
        return ReadDate(as_day if day_first else as_month)
    if as_day and as_month and as_day != as_month:
        return ReadDate(as_day, as_month)
    return ReadDate(as_day or as_month)


def _month(word: str) -> int | None:
    short = word.casefold()[:3]
    return MONTHS.index(short) + 1 if short in MONTHS else OTHER_MONTHS.get(short)


def _full_year(text: str, near: date) -> int:
    """Two digits are the latest such year that is not to come: nobody on a list is born tomorrow."""
    if len(text) > 2:
        return int(text)
    year = near.year - near.year % _CENTURY + int(text)
    return year if year <= near.year else year - _CENTURY


def _day(year: int, month: int, day: int, calendar: str, near: date) -> date | None:
    try:
        return as_typed(year, month, day, calendar, near=near - USUAL_AGE, latest=near)
    except ValueError:
        return None
