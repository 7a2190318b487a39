"""A vacancy as one text message, `VAC COOK 2 12000 CEBU`, in any order. Pure: message and areas in, parts out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from openpes.core.money import PayPeriod

COMMANDS = frozenset({"vac", "vacancy", "job", "post"})
# A number up to this one, written alone, says how many people; a larger one is pay.
MOST_PLACES_BY_TEXT = 50
TIMES = {"k": 1_000, "rb": 1_000, "ribu": 1_000, "jt": 1_000_000, "juta": 1_000_000, "tr": 1_000_000}
PERIODS = {
    PayPeriod.HOUR: {"h", "hr", "hour", "hourly", "jam", "oras", "giờ", "ชั่วโมง"},
    PayPeriod.DAY: {"d", "day", "daily", "hari", "harian", "araw", "ngày", "วัน", "ថ្ងៃ", "दिन", "দিন"},
    PayPeriod.WEEK: {"w", "wk", "week", "weekly", "minggu", "linggo", "tuần"},
    PayPeriod.MONTH: {"m", "mo", "month", "monthly", "bulan", "buwan", "tháng", "เดือน", "ខែ", "महीना", "মাস"},
}
EACH = frozenset({"a", "an", "per"})
NUMBER = re.compile(r"^(\d{1,3}(?:[.,]\d{3})+|\d+)([^\W\d_]*)$")


@dataclass(frozen=True)
class Line:
    """The parts that were found. Pay in the country's money; nothing is guessed that is not written."""

    title: str = ""
    places: int | None = None
    pay: Decimal | None = None
    period: PayPeriod = PayPeriod.MONTH
    area_code: str = ""


def plain(text: str) -> str:
    """Composed, without case, with western digits and single blanks."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    digits = (str(unicodedata.digit(one)) if one.isdigit() else one for one in folded)
    return " ".join("".join(digits).split())


def read_line(text: str, areas: Iterable[tuple[str, str]]) -> Line | None:
    """The parts of a message; None when it is no vacancy. `areas`: (code, name), those named first win a tie."""
    words = plain(text).replace("/", " ").split()
    if not words or words[0].strip(":") not in COMMANDS:
        return None
    area_code, words = _area(words[1:], {plain(name): code for code, name in reversed(list(areas))})
    numbers: list[Decimal] = []
    title: list[str] = []
    places, period = None, PayPeriod.MONTH
    for position, word in enumerate(words):
        number = NUMBER.match(word.removeprefix("x")) or NUMBER.match(word)
        found = next((code for code, said in PERIODS.items() if word in said), None)
        if number and (word.startswith("x") or number[2] == "x"):
            places = int(_value(number[1]))
        elif number and (number[2] in TIMES or not number[2]):
            numbers.append(_value(number[1]) * TIMES.get(number[2], 1))
        elif found is not None and position and (title or numbers) and _is_number(words[position - 1]):
            period = found
            if words[position - 1] in EACH and title and title[-1] == words[position - 1]:
                title.pop()
        else:
            title.append(word)
    places, pay = _told_apart(numbers, places)
    return Line(" ".join(title), places, pay, period, area_code)


def _is_number(word: str) -> bool:
    found = NUMBER.match(word)
    return bool(found and (found[2] in TIMES or not found[2])) or word in EACH


def _value(digits: str) -> Decimal:
    return Decimal(re.sub(r"[.,]", "", digits))


def _told_apart(numbers: list[Decimal], places: int | None) -> tuple[int | None, Decimal | None]:
    """How many people, and the pay: the smaller number and the larger one; one alone by its size."""
    ordered = sorted(numbers)
    if places is None and ordered and ordered[0] <= MOST_PLACES_BY_TEXT and (len(ordered) > 1 or ordered[0] > 0):
        places = int(ordered.pop(0))
    return places, (ordered[-1] if ordered else None)


def _area(words: list[str], codes: Mapping[str, str]) -> tuple[str, list[str]]:
    """The area whose name takes most words, from the end of the message back; and the words without it."""
    for length in range(min(4, len(words)), 0, -1):
        for start in range(len(words) - length, -1, -1):
            code = codes.get(" ".join(words[start : start + length]))
            if code is not None:
                return code, words[:start] + words[start + length :]
    return "", words
