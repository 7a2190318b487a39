"""How answers become a profile, how work is compared with it, and how far the questions can be trusted. Pure.

The whole arithmetic is told on a public page and in docs/interests.md.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, variance

from openpes.core.decisions import Decision, Reason, no, yes
from openpes.interests.states import ANSWERS, Agreement, Side, Weight

TOP_CARDS = 5
FLAT_BELOW = 10
"""A profile whose strongest and weakest side are less than so many points apart says little."""
LETTER_WEIGHTS = (3, 2, 1)
"""What the first, second and third letter of a kind of work count; letters that it lacks count nothing."""
LEAST_ANSWERS = 100
"""Below so many people nothing is said about how far the questions can be trusted."""


@dataclass(frozen=True)
class Profile:
    """Points 0 to 100 for each side; the strongest three letters; how well the first two go together."""

    points: Mapping[Side, int]
    letters: str
    agreement: Agreement
    flat: bool


def may_finish(answers: Mapping[str, int], sides: Mapping[str, Side]) -> Decision:
    """Every question of the form has one of the five answers."""
    complete = all(answers.get(code) in ANSWERS for code in sides)
    return yes() if complete else no(Reason("answers_missing"))


def profile_of(answers: Mapping[str, int], sides: Mapping[str, Side]) -> Profile:
    """Points of a side: the mean of its answers, with 1 as 0 and 5 as 100. Equal points: the order of the hexagon.

    Raises ValueError when a side has no answer.
    """
    points = {}
    for side in Side:
        given = [answers[code] for code, of in sides.items() if of == side and code in answers]
        if not given:
            raise ValueError(f"no answers for side {side.value}")
        points[side] = round((fmean(given) - 1) * 25)
    order = sorted(Side, key=lambda one: -points[one])
    return Profile(
        points=points,
        letters="".join(one.value for one in order[:3]),
        agreement=agreement_of(order[0], order[1]),
        flat=points[order[0]] - points[order[-1]] < FLAT_BELOW,
    )


def agreement_of(first: Side, second: Side) -> Agreement:
    """By the steps between two sides around the hexagon: 1, 2 or 3."""
    places = list(Side)
    steps = abs(places.index(first) - places.index(second))
    return {1: Agreement.CLOSE, 2: Agreement.MIDDLE}.get(min(steps, 6 - steps), Agreement.FAR)


def correlation(left: Sequence[float], right: Sequence[float]) -> float | None:
    """Pearson's r, -1 to 1; None where one of the two does not vary or there are fewer than two pairs."""
    if len(left) < 2 or len(left) != len(right):
        return None
    mean_left, mean_right = fmean(left), fmean(right)
    top = sum((a - mean_left) * (b - mean_right) for a, b in zip(left, right, strict=True))
    under = sqrt(sum((a - mean_left) ** 2 for a in left) * sum((b - mean_right) ** 2 for b in right))
    return top / under if under else None


def likeness(points: Mapping[Side, int], letters: str) -> float:
    """How alike a profile and the letters of a kind of work are, -1 to 1; 0 for a profile that does not vary."""
    held = dict(zip(letters, LETTER_WEIGHTS, strict=False))
    found = correlation([points[side] for side in Side], [held.get(side.value, 0) for side in Side])
    return 0.0 if found is None else found


def most_alike(points: Mapping[Side, int], letters_of: Mapping[str, str], limit: int) -> list[tuple[str, float]]:
    """(code, likeness) of the kinds of work most like a profile; equal ones in the order of their codes."""
    told = ((code, likeness(points, letters)) for code, letters in letters_of.items())
    return sorted(told, key=lambda one: (-one[1], one[0]))[:limit]


@dataclass(frozen=True)
class Gap:
    """Skills that a kind of work asks for: those a person has, and those they would still learn."""

    has: tuple[str, ...]
    lacks: tuple[str, ...]


def gap(asked: Sequence[str], held: Collection[str]) -> Gap:
    """What somebody has and lacks of the skills asked for, in their order."""
    return Gap(tuple(one for one in asked if one in held), tuple(one for one in asked if one not in held))


def may_sort(sorting: Mapping[str, str], top: Collection[str], cards: Collection[str]) -> Decision:
    """Every card has its place, and at most five are on top."""
    reasons = []
    if any(sorting.get(card) not in set(Weight) for card in cards):
        reasons.append(Reason("cards_missing"))
    if len(top) > TOP_CARDS or not set(top) <= set(cards):
        reasons.append(Reason("top_too_many", {"most": TOP_CARDS}))
    return no(*reasons) if reasons else yes()


def alpha(rows: Sequence[Sequence[int]]) -> float | None:
    """Cronbach's alpha of people's answers to the questions of one side; None where the sums do not vary."""
    if len(rows) < 2 or len(rows[0]) < 2:
        return None
    sums = variance([sum(row) for row in rows])
    if not sums:
        return None
    count = len(rows[0])
    apart = sum(variance(column) for column in zip(*rows, strict=True))
    return count / (count - 1) * (1 - apart / sums)


def item_rest(rows: Sequence[Sequence[int]]) -> list[float | None]:
    """For each question, how its answers go with the sum of the other questions of the side."""
    return [
        correlation([row[place] for row in rows], [sum(row) - row[place] for row in rows])
        for place in range(len(rows[0]) if rows else 0)
    ]
