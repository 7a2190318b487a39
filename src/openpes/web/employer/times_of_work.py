"""Times of work as an employer says them: a usual pattern, or single parts of the week."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.reference.shifts import DAYS, PARTS_OF_DAY, SHIFT_SLOTS, mask_of, slots_of

AGREED, OWN = "agreed", "own"
WORKDAYS = DAYS[:5]
PATTERNS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    AGREED: (gettext_lazy("We agree on the times together"), ()),
    "weekdays": (gettext_lazy("Daytime, Monday to Friday"), tuple(f"{day}-day" for day in WORKDAYS)),
    "six_days": (gettext_lazy("Daytime, Monday to Saturday"), tuple(f"{day}-day" for day in DAYS[:6])),
    "every_day": (gettext_lazy("Daytime, all seven days"), tuple(f"{day}-day" for day in DAYS)),
    "evenings": (gettext_lazy("Evenings, Monday to Friday"), tuple(f"{day}-evening" for day in WORKDAYS)),
    "nights": (gettext_lazy("Nights, Monday to Friday"), tuple(f"{day}-night" for day in WORKDAYS)),
    "weekends": (gettext_lazy("Daytime, Saturday and Sunday"), tuple(f"{day}-day" for day in DAYS[5:])),
}
DAY = {
    "mon": gettext_lazy("Monday"),
    "tue": gettext_lazy("Tuesday"),
    "wed": gettext_lazy("Wednesday"),
    "thu": gettext_lazy("Thursday"),
    "fri": gettext_lazy("Friday"),
    "sat": gettext_lazy("Saturday"),
    "sun": gettext_lazy("Sunday"),
}
PART = {"day": gettext_lazy("Day"), "evening": gettext_lazy("Evening"), "night": gettext_lazy("Night")}


def pattern_choices() -> list[tuple[str, str | Promise]]:
    """(code, words) of the usual patterns, and of "I tick the times"."""
    return [
        *((code, words) for code, (words, _slots) in PATTERNS.items()),
        (OWN, gettext_lazy("Other times: I tick them below")),
    ]


def slot_choices() -> list[tuple[str, str]]:
    """(slot, words) of the 21 parts of a week."""
    return [(slot, slot_words(slot)) for slot in SHIFT_SLOTS]


def slot_words(slot: str) -> str:
    """A slot such as "mon-day" in words."""
    day, part = slot.split("-")
    return _("%(day)s, %(part)s") % {"day": DAY[day], "part": str(PART[part]).lower()}


def said_of(mask: int) -> tuple[str, tuple[str, ...]]:
    """The pattern a mask stands for, and the slots when none of the usual patterns fits."""
    for code, (_words, slots) in PATTERNS.items():
        if mask_of(slots) == mask:
            return code, ()
    return OWN, slots_of(mask)


def mask_said(pattern: str, slots: list[str]) -> int:
    """The mask of what was said: a pattern, or the ticked parts of the week."""
    return mask_of(slots) if pattern == OWN or slots else mask_of(PATTERNS[pattern][1])


def words_of_mask(mask: int) -> str:
    """A mask in words."""
    pattern, slots = said_of(mask)
    return str(PATTERNS[pattern][0]) if pattern != OWN else "; ".join(slot_words(slot) for slot in slots)


def grid(ticked: list[str] | tuple[str, ...]) -> list[dict[str, object]]:
    """Rows of a week to tick: a day with its three parts."""
    return [
        {
            "day": DAY[day],
            "parts": [
                {
                    "slot": f"{day}-{part}",
                    "words": slot_words(f"{day}-{part}"),
                    "short": PART[part],
                    "ticked": f"{day}-{part}" in ticked,
                }
                for part in PARTS_OF_DAY
            ],
        }
        for day in DAYS
    ]
