"""Dates and digits as a language writes them, in the calendar that its country counts in.

Who reads a country's national language reads the country's own calendar (Nepali: Bikram Sambat, Thai: Buddhist Era);
other readers of the same pages read the Gregorian one. Local digits stand only in languages whose public offices
print them.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, get_day_names

from openpes.core.calendars import BIKRAM_MONTHS, BIKRAM_SAMBAT, BUDDHIST, GREGORIAN, to_civil

# The calendars that a language's readers count their days in, where the country does.
CALENDAR_OF = {"ne": BIKRAM_SAMBAT, "th": BUDDHIST}
# Languages whose pages show their own digits.
DIGITS = {"bn": "০১২৩৪৫৬৭৮৯", "ne": "०१२३४५६७८९"}
# Where the library's pattern is not what an office of the country writes.
_PATTERNS = {
    ("km", "full"): "'ថ្ងៃ'EEEE 'ទី'd 'ខែ'MMMM 'ឆ្នាំ'y",
    ("km", "long"): "'ថ្ងៃទី'd 'ខែ'MMMM 'ឆ្នាំ'y",
    ("mn", "full"): "y 'оны' M'-р' 'сарын' d, EEEE",
    ("mn", "long"): "y 'оны' M'-р' 'сарын' d",
    ("ne", "full"): "d MMMM y, EEEE",
    ("ne", "long"): "d MMMM y",
    ("pt", "medium"): "d MMM y",
    ("th", "full"): "EEEE'ที่' d MMMM y",
    ("th", "long"): "d MMMM y",
    ("th", "month"): "MMMM y",
    ("vi", "full"): "EEEE, 'ngày' d MMMM 'năm' y",
    ("vi", "long"): "d MMMM 'năm' y",
    ("vi", "medium"): "dd/MM/y",
}


@lru_cache(maxsize=64)
def locale_of(language: str, country: str) -> Locale:
    """The Babel locale of a language as used in a country; world English where Babel has none."""
    code = language.replace("-", "_")
    for candidate in (f"{code}_{country}", "en_001" if code.split("_")[0] == "en" else code, code.split("_")[0]):
        try:
            return Locale.parse(candidate)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en_001")


def own_digits(text: str, language: str) -> str:
    """The text with its digits as the language prints them."""
    digits = DIGITS.get(language)
    return text.translate(str.maketrans("0123456789", digits)) if digits else text


def calendar_for(language: str, country_calendar: str) -> str:
    """The calendar that a reader of the language is shown."""
    own = CALENDAR_OF.get(language, GREGORIAN)
    return own if own == country_calendar else GREGORIAN


def in_words(day: date, width: str, locale: Locale, country_calendar: str = GREGORIAN) -> str:
    """A day as text. `width`: full (with its weekday), long, medium (for tables), or month (without the day)."""
    calendar = calendar_for(locale.language, country_calendar)
    if calendar == BIKRAM_SAMBAT and width != "month":
        try:
            return own_digits(_bikram(day, width, locale), locale.language)
        except ValueError:
            pass  # past the published years: the Gregorian date is surer
    pattern = _PATTERNS.get((locale.language, width), width)
    if calendar == BUDDHIST:
        pattern = pattern if width != "medium" else "d MMM y"
        pattern = pattern.replace("y", f"'{to_civil(day, BUDDHIST).year}'")
    elif width == "month" and pattern == "month":
        return own_digits(format_skeleton("yMMMM", day, locale=locale), locale.language)
    elif (locale.language, width) == ("th", "medium"):
        pattern = "d MMM y"
    return own_digits(format_date(day, format=pattern, locale=locale), locale.language)


def _bikram(day: date, width: str, locale: Locale) -> str:
    year, month, number = to_civil(day, BIKRAM_SAMBAT)
    text = f"{number} {BIKRAM_MONTHS[month - 1]} {year}"
    return f"{text}, {get_day_names('wide', locale=locale)[day.weekday()]}" if width == "full" else text
