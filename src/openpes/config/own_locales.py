"""Tetum, Fijian and Fiji Hindi for Babel: dates, numbers and "3 days ago" in languages that CLDR does not know.

Each begins as a copy of the locale that its country's numbers and money follow, with the words replaced. The words are
a draft until a speaker has read them, as the catalogues are.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from babel import localedata
from babel.dates import parse_pattern

_WIDTHS = ("wide", "abbreviated", "narrow")
# Words of a language: the locale that it starts from, months, days from Monday, patterns, and units as (past, future).
_WORDS: dict[str, dict[str, Any]] = {
    "tet": {
        "like": "pt_TL",
        "months": "Janeiru Fevereiru Marsu Abríl Maiu Juñu Jullu Agostu Setembru Outubru Novembru Dezembru",
        "short_months": "Jan Fev Mar Abr Mai Juñ Jul Ago Set Out Nov Dez",
        "days": "Segunda Tersa Kuarta Kinta Sesta Sábadu Domingu",
        "units": {
            "minute": ("minutu {0} liubá", "minutu {0} tan"),
            "hour": ("oras {0} liubá", "oras {0} tan"),
            "day": ("loron {0} liubá", "loron {0} tan"),
            "week": ("semana {0} liubá", "semana {0} tan"),
            "month": ("fulan {0} liubá", "fulan {0} tan"),
            "year": ("tinan {0} liubá", "tinan {0} tan"),
        },
        "languages": {"tet": "Tetun", "pt": "Portugés", "en": "Inglés", "id": "Indonéziu"},
    },
    "fj": {
        "like": "en_FJ",
        "months": "Janueri Feperueri Maji Epereli Me June Julai Okosita Seviteba Okotova Noveba Tiseba",
        "short_months": "Jan Fep Maj Epe Me Jun Jul Oko Sev Okt Nov Tis",
        "days": "Moniti Tusiti Vukelulu Lotulevu Vakaraubuka Vakarauwai Sigatabu",
        "units": {
            "minute": ("{0} na miniti sa oti", "{0} na miniti mai oqo"),
            "hour": ("{0} na aua sa oti", "{0} na aua mai oqo"),
            "day": ("{0} na siga sa oti", "{0} na siga mai oqo"),
            "week": ("{0} na macawa sa oti", "{0} na macawa mai oqo"),
            "month": ("{0} na vula sa oti", "{0} na vula mai oqo"),
            "year": ("{0} na yabaki sa oti", "{0} na yabaki mai oqo"),
        },
        "languages": {"fj": "Vosa Vakaviti", "hif": "Vosa Vakaidia e Viti", "en": "Vosa Vakavalagi"},
    },
    "hif": {
        "like": "en_FJ",
        "months": "Janwari Farwari March April May June July Agast September October November December",
        "short_months": "Jan Far Mar Apr May Jun Jul Aga Sep Oct Nov Dec",
        "days": "Somwaar Mangalwaar Budhwaar Bif Sukwaar Sanichar Itwaar",
        "units": {
            "minute": ("{0} minute pahile", "{0} minute me"),
            "hour": ("{0} ghanta pahile", "{0} ghanta me"),
            "day": ("{0} din pahile", "{0} din me"),
            "week": ("{0} hafta pahile", "{0} hafta me"),
            "month": ("{0} mahina pahile", "{0} mahina me"),
            "year": ("{0} saal pahile", "{0} saal me"),
        },
        "languages": {"hif": "Fiji Hindi", "fj": "Kaibiti bhasa", "en": "English"},
    },
}
OWN = tuple(_WORDS)


def register() -> None:
    """Make the languages known to Babel in this process; again is harmless."""
    for code, words in _WORDS.items():
        # Babel looks here before it looks for a file, and has no other way in for a locale that it does not ship.
        localedata._cache[code] = _data(words)


def _data(words: dict[str, Any]) -> dict[str, Any]:
    data: Any = {key: deepcopy(value) for key, value in localedata.load(words["like"]).items()}
    months, short = (dict(enumerate(words[name].split(), 1)) for name in ("months", "short_months"))
    days = dict(enumerate(words["days"].split()))
    for context in ("format", "stand-alone"):
        data["months"][context] = {width: months if width == "wide" else short for width in _WIDTHS}
        data["days"][context] = {
            width: days if width == "wide" else {number: name[:3] for number, name in days.items()}
            for width in (*_WIDTHS, "short")
        }
    for width, pattern in (
        ("full", "EEEE, d MMMM y"),
        ("long", "d MMMM y"),
        ("medium", "d MMM y"),
        ("short", "dd/MM/y"),
    ):
        data["date_formats"][width] = parse_pattern(pattern)
    data["datetime_skeletons"]["yMMMM"] = parse_pattern("MMMM y")
    for unit, (past, future) in words["units"].items():
        # The noun stays as it is after any number.
        data["date_fields"][unit] = {
            way: {"one": text, "other": text} for way, text in (("past", past), ("future", future))
        }
    data["languages"] = {**data["languages"], **words["languages"]}
    return data
