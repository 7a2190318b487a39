"""Advice on how much help somebody needs. Pure: facts and published rules in, an Advice out.

    advise(facts, rules) -> Advice

Every stage has this signature. Stage 0 is the scorecard: points for what is known, no probability, not statistical.
A statistical stage is another function under its own AdviceKind in STAGES; no screen changes. An advice never refuses
anything and never reaches the ranker, which stands below this room.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from openpes.guidance.states import AdviceKind, Level

MOST_REASONS: Final = 3
OPERATORS: Final[Mapping[str, Callable[[int, int], bool]]] = {
    "gte": lambda found, wanted: found >= wanted,
    "lte": lambda found, wanted: found <= wanted,
    "is": lambda found, wanted: found == wanted,
}


@dataclass(frozen=True)
class SeekerFacts:
    """What an advice may know. None is unknown and gives no points.

    No sex, age, group, disability, area or name; barriers are counted and not named. `data_age`: days since anything
    of it was last told.
    """

    isced: int | None = None
    experience_months: int | None = None
    months_registered: int | None = None
    turned_down: int | None = None
    skills_told: int | None = None
    own_phone: int | None = None
    heavy_barriers: int | None = None
    data_age: int = 0


FACTS: Final = tuple(one.name for one in fields(SeekerFacts) if one.name != "data_age")


class BadScorecard(ValueError):
    """A scorecard that may not be used; the text says where and what to write."""


@dataclass(frozen=True)
class Rule:
    """One published rule: when a known fact compares so with a value, it gives points."""

    code: str
    fact: str
    op: str
    value: int
    points: int

    def holds(self, facts: SeekerFacts) -> bool:
        """Does it hold for these facts? An unknown fact: no."""
        found = getattr(facts, self.fact)
        return found is not None and OPERATORS[self.op](int(found), self.value)


@dataclass(frozen=True)
class Scorecard:
    """The published rules with the points from which more help is advised."""

    rules: tuple[Rule, ...]
    supported_from: int
    intensive_from: int

    def level(self, points: int) -> Level:
        """The level of a number of points."""
        if points >= self.intensive_from:
            return Level.INTENSIVE
        return Level.SUPPORTED if points >= self.supported_from else Level.SELF_HELP


@dataclass(frozen=True)
class Told:
    """A reason, or what would change an advice: a code of a rule with the figures of its words."""

    code: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Advice:
    """A level with its strongest reasons and what would change it. `data_age` in days."""

    level: Level
    reasons: tuple[Told, ...]
    would_change: tuple[Told, ...]
    kind: AdviceKind
    data_age: int


def read_scorecard(block: Mapping[str, Any]) -> Scorecard:
    """The scorecard of a policy. Raises BadScorecard when a rule names a fact that advice may not know."""
    rules = []
    for number, one in enumerate(block.get("rules") or (), start=1):
        if set(one) != {"code", "fact", "op", "value", "points"}:
            raise BadScorecard(f"Rule {number}: write code, fact, op, value and points.")
        if one["fact"] not in FACTS:
            raise BadScorecard(f"Rule {number}: “{one['fact']}” may not be asked. Use one of: {', '.join(FACTS)}.")
        if one["op"] not in OPERATORS:
            raise BadScorecard(f"Rule {number}: “{one['op']}” is not known. Use one of: {', '.join(OPERATORS)}.")
        if not isinstance(one["points"], int) or one["points"] < 1:
            raise BadScorecard(f"Rule {number}: points are whole numbers from 1: they only ever add help.")
        rules.append(Rule(**one))
    supported, intensive = block.get("supported_from", 0), block.get("intensive_from", 0)
    if not rules or not 0 < supported < intensive:
        raise BadScorecard("Write rules, and supported_from below intensive_from.")
    if len({one.code for one in rules}) != len(rules):
        raise BadScorecard("Two rules have the same code.")
    return Scorecard(tuple(rules), supported, intensive)


def by_scorecard(facts: SeekerFacts, rules: Scorecard) -> Advice:
    """Stage 0. The order of reasons is points, then the order of the published list."""
    holding = [one for one in rules.rules if one.holds(facts)]
    points = sum(one.points for one in holding)
    strongest = sorted(holding, key=lambda one: -one.points)
    return Advice(
        rules.level(points),
        tuple(_told(one, facts) for one in strongest[:MOST_REASONS]),
        tuple(_would_change(rules, holding, points, facts)),
        AdviceKind.SCORECARD,
        facts.data_age,
    )


def _told(rule: Rule, facts: SeekerFacts) -> Told:
    return Told(rule.code, {"found": getattr(facts, rule.fact), "value": rule.value})


def _would_change(rules: Scorecard, holding: list[Rule], points: int, facts: SeekerFacts) -> list[Told]:
    """Single rules that, had they been otherwise, would have led to another level; and what is not known yet."""
    level = rules.level(points)
    less = [one for one in holding if rules.level(points - one.points) != level]
    more = [
        one
        for one in rules.rules
        if one not in holding and getattr(facts, one.fact) is None and rules.level(points + one.points) != level
    ]
    return [_told(one, facts) for one in (*less, *more)][:MOST_REASONS]


STAGES: Final[Mapping[AdviceKind, Callable[[SeekerFacts, Scorecard], Advice]]] = {AdviceKind.SCORECARD: by_scorecard}


def advise(facts: SeekerFacts, rules: Scorecard, *, kind: AdviceKind = AdviceKind.SCORECARD) -> Advice:
    """The advice of one stage."""
    return STAGES[kind](facts, rules)


@dataclass(frozen=True)
class OverrideRate:
    """How often counsellors of an office decided otherwise. `percent` None: too few to tell."""

    answered: int
    percent: int | None
    alarm: str


def override_rate(*, answered: int, otherwise: int, fewest: int, below: int, above: int) -> OverrideRate:
    """The rate in whole per cent, and an alarm ("blind" or "misfit") only where the numbers are large enough."""
    if answered < max(fewest, 1):
        return OverrideRate(answered, None, "")
    percent = round(100 * otherwise / answered)
    exact = 100 * otherwise
    if exact < below * answered:
        return OverrideRate(answered, percent, "blind")
    return OverrideRate(answered, percent, "misfit" if exact > above * answered else "")
