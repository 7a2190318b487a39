"""A month in sentences that anybody understands, computed from published figures and nothing else.

    headlines(now, before)        the country or one area: figures by indicator, this month and the month before
    across(areas)                 where work is hardest and easiest to find

Every number is one that was let out (`release`): stepped, or hidden. What is hidden or missing makes no sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from babel.numbers import format_decimal
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openpes.core.dates_in_words import locale_of, own_digits
from openpes.reference.country import country
from openpes_evidence.cells import Cell

Figures = Mapping[str, Cell]


@dataclass(frozen=True)
class AreaFit:
    """An area with its people looking (None: hidden) and its live places."""

    code: str
    name: str
    people: float | None
    places: float

    @property
    def each(self) -> float | None:
        """People for one place; None where either is not known or no place is open."""
        return each_place(self.people, self.places)


def each_place(people: float | None, places: float | None) -> float | None:
    """People for one place, with one decimal below ten and whole above; None where it cannot be said."""
    if people is None or not places:
        return None
    found = people / places
    return round(found, 1) if found < 10 else float(round(found))


def in_digits(value: float) -> str:
    """A number as the reader's language writes it."""
    language = get_language() or "en"
    whole = int(value) if float(value).is_integer() else value
    return own_digits(format_decimal(whole, locale=locale_of(language, country().code)), language.split("-")[0])


def headlines(now: Figures, before: Figures) -> list[str]:
    """Up to five sentences, the most important first; always at least one."""
    return [_fit(now), *_change(now, before), *_who(now), *_found(now), *_answered(now)]


def _value(figures: Figures, indicator: str) -> float | None:
    cell = figures.get(indicator)
    return None if cell is None else cell.value


def _fit(now: Figures) -> str:
    people, places = _value(now, "registered_stock"), _value(now, "live_places")
    each = each_place(people, places)
    if not people or not places or each is None:
        return _("Too few people or places to say how hard it is to find work.")
    # The sentence is the bulletin's; its whole numbers get the digits and groups of the reader's language here.
    told = _("%(people)d people looked for work and %(places)d places were open: %(each)s people for each place.")
    if people < places:
        told = _("%(people)d people looked for work and %(places)d places were open: %(each)s places for each person.")
        each = each_place(places, people) or 0.0
    return told.replace(")d", ")s") % {
        "people": in_digits(people),
        "places": in_digits(places),
        "each": in_digits(each),
    }


def _change(now: Figures, before: Figures) -> list[str]:
    cells = now.get("registered_stock"), before.get("registered_stock")
    if cells[0] is None or cells[1] is None or cells[0].version != cells[1].version:
        return []
    if cells[0].value is None or cells[1].value is None:
        return []
    more = cells[0].value - cells[1].value
    if not more:
        return [_("As many people looked for work as a month before.")]
    said = (
        _("%(number)s more people looked for work than a month before.")
        if more > 0
        else _("%(number)s fewer people looked for work than a month before.")
    )
    return [said % {"number": in_digits(abs(more))}]


def _who(now: Figures) -> list[str]:
    women, young = _value(now, "women_share"), _value(now, "youth_share")
    if women is None or young is None:
        return []
    told = _("Of 100 people who looked for work, %(women)s were women and %(young)s were younger than 30.")
    return [told % {"women": in_digits(round(women)), "young": in_digits(round(young))}]


def _found(now: Figures) -> list[str]:
    share = _value(now, "in_work_6")
    if share is None:
        return []
    return [
        _("Of 100 people who registered, %(share)s had work within half a year.") % {"share": in_digits(round(share))}
    ]


def _answered(now: Figures) -> list[str]:
    share = _value(now, "answer_rate")
    if share is None:
        return []
    return [_("Of 100 people sent to employers, %(share)s got an answer.") % {"share": in_digits(round(share))}]


def across(areas: Sequence[AreaFit]) -> list[str]:
    """Where work is hardest and where it is easiest to find; nothing for fewer than two areas that can be compared."""
    known = sorted((one for one in areas if one.each is not None), key=lambda one: (one.each or 0.0, one.name))
    if len(known) < 2 or known[0].each == known[-1].each:
        return []
    easy, hard = known[0], known[-1]
    return [
        _("It was hardest to find work in %(area)s: %(each)s people for each place.")
        % {"area": hard.name, "each": in_digits(hard.each or 0.0)},
        _("It was easiest to find work in %(area)s: %(each)s people for each place.")
        % {"area": easy.name, "each": in_digits(easy.each or 0.0)},
    ]
