"""Reads of the interests room: one's own; what a person shows to their office; answers without names for research."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from openpes.core.access_log import record_view
from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted
from openpes.core.privacy import export_rows
from openpes.interests.items import VERSION, sides_of
from openpes.interests.models import InterestAnswers, ValueSort
from openpes.interests.rules import LEAST_ANSWERS, Profile, alpha, correlation, item_rest, profile_of
from openpes.interests.states import Length, Side
from openpes.jobseekers.models import Jobseeker

DATA = Path(__file__).parent / "data" / "occupations.csv"


@lru_cache(maxsize=1)
def letters_by_isco() -> dict[str, str]:
    """The letters of each kind of work, by unit group."""
    with DATA.open(encoding="utf-8", newline="") as lines:
        return {row["isco"]: row["letters"] for row in csv.DictReader(lines)}


def own_answers(actor: Actor, person_id: int) -> InterestAnswers | None:
    """The person's latest questionnaire. Raises NotPermitted."""
    _require_own(actor, person_id)
    return InterestAnswers.objects.filter(person=person_id).first()


def own_values(actor: Actor, person_id: int) -> ValueSort | None:
    """The person's latest sort of cards. Raises NotPermitted."""
    _require_own(actor, person_id)
    return ValueSort.objects.filter(person=person_id).first()


def _require_own(actor: Actor, person_id: int) -> None:
    if not actor.may("jobseeker.view_own", person_id=person_id):
        raise NotPermitted("jobseeker.view_own")


def profile_in(held: InterestAnswers) -> Profile:
    """The profile of a stored questionnaire."""
    return profile_of(held.answers, sides_of(Length(held.length)))


@dataclass(frozen=True)
class Shown:
    """What a person shows to their office; None for what they keep to themselves or have not done."""

    profile: Profile | None
    top_cards: tuple[str, ...]


def shown_to_office(actor: Actor, jobseeker: Jobseeker, *, at: Any) -> Shown:
    """What the person shows; a look that finds something is logged. Raises NotPermitted for another office."""
    if not actor.may("jobseeker.view", office_id=jobseeker.office_id):
        raise NotPermitted("jobseeker.view")
    answers = InterestAnswers.objects.filter(person=jobseeker.person_id).first()
    values = ValueSort.objects.filter(person=jobseeker.person_id).first()
    shown = Shown(
        profile_in(answers) if answers is not None and answers.shown_at is not None else None,
        tuple(values.top) if values is not None and values.shown_at is not None else (),
    )
    if shown.profile is not None or shown.top_cards:
        record_view(by=actor, at=at, subject=jobseeker.person.log_key, thing=f"interests:{jobseeker.ref}")
    return shown


@dataclass(frozen=True)
class Reliability:
    """How far the questions of one side hold together. `retest`: None below the least number of pairs of answers."""

    side: Side
    alpha: float | None
    weakest: str
    weakest_with_rest: float | None
    retest: float | None


def reliability(length: Length) -> tuple[int, int, list[Reliability]]:
    """(people, people who answered twice, a line a side) of those who agreed; no lines below the least number."""
    rows = InterestAnswers.objects.filter(for_research=True, version=VERSION, length=length).order_by("answered_at")
    by_person: dict[int, list[dict[str, int]]] = {}
    for person, answers in rows.values_list("person", "answers"):
        by_person.setdefault(person, []).append(answers)
    first = [told[0] for told in by_person.values()]
    twice = [(told[0], told[-1]) for told in by_person.values() if len(told) > 1]
    if len(first) < LEAST_ANSWERS:
        return len(first), len(twice), []
    return len(first), len(twice), [_of_side(side, length, first, twice) for side in Side]


def _of_side(
    side: Side, length: Length, first: list[dict[str, int]], twice: list[tuple[dict[str, int], dict[str, int]]]
) -> Reliability:
    codes = [code for code, of in sides_of(length).items() if of == side]
    table = [[told[code] for code in codes] for told in first]
    rest = item_rest(table)
    place = min(range(len(codes)), key=lambda one: 0.0 if rest[one] is None else rest[one] or 0.0)
    sums = [[sum(told[code] for code in codes) for told in both] for both in twice]
    retest = None
    if len(twice) >= LEAST_ANSWERS:
        retest = correlation([one[0] for one in sums], [one[1] for one in sums])
    return Reliability(side, alpha(table), codes[place], rest[place], retest)


def export_person(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """All that this room knows about a person, for their own download."""
    return {
        "what I like": export_rows(InterestAnswers, person_id),
        "what matters to me": export_rows(ValueSort, person_id),
    }
