"""May somebody take part: the written rule on what is known of them. Pure: a missing fact is unknown, never no."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from openpes_countries.answers import Verdict
from openpes_countries.eligibility import evaluate

NUMBER_FIELDS = frozenset(
    {
        "age", "isced", "experience_months", "employed_days_in_year", "graduated_months_ago", "family_income_year",
        "monthly_wage", "military_service_years",
    }
)  # fmt: skip
OTHER_FIELDS = frozenset({"sex", "priority_groups", "hired_on", "citizen_of_country"})
"""Neither a number nor yes or no: known from the record, or checked by a person."""


@dataclass(frozen=True)
class Condition:
    """One condition of the rule and what is known of it. `text` is the rule's own English sentence."""

    field: str
    verdict: Verdict
    text: str


@dataclass(frozen=True)
class Eligibility:
    """Yes, no or unknown, with each condition; `by_hand` is what only a person can check."""

    verdict: Verdict
    conditions: tuple[Condition, ...]
    by_hand: tuple[str, ...]
    recalled: bool
    source: str

    @property
    def allowed(self) -> bool | None:
        """True, False, or None where it is not known."""
        return {Verdict.YES: True, Verdict.NO: False, Verdict.UNKNOWN: None}[self.verdict]

    def as_kept(self) -> dict[str, Any]:
        """What is kept with an application: the answer as it stood, with its reasons and source."""
        return {
            "verdict": self.verdict.value,
            "conditions": [[one.field, one.verdict.value, one.text] for one in self.conditions],
            "by_hand": list(self.by_hand),
            "source": self.source,
        }


def leaves(rule: Mapping[str, Any] | None) -> tuple[Mapping[str, Any], ...]:
    """The single conditions of a rule, in the order in which they are written."""
    if not rule:
        return ()
    if "not" in rule:
        return leaves(rule["not"])
    for joint in ("all", "any"):
        if joint in rule:
            return tuple(leaf for part in rule[joint] for leaf in leaves(part))
    return (rule,)


def fields_of(rules: Iterable[Mapping[str, Any] | None]) -> tuple[str, ...]:
    """What has to be asked to answer these rules, each once."""
    return tuple(dict.fromkeys(str(leaf["field"]) for rule in rules for leaf in leaves(rule)))


def eligible(
    *,
    rule: Mapping[str, Any] | None,
    facts: Mapping[str, Any],
    recalled: bool,
    by_hand: Iterable[str] = (),
    source: str = "",
) -> Eligibility:
    """The answer for one person. A rule written from memory refuses nobody: its no becomes unknown."""
    hand = tuple(by_hand)
    if not rule:
        return Eligibility(Verdict.UNKNOWN, (), hand, recalled, source)
    verdict, _reasons = evaluate(rule, facts)
    conditions = []
    for leaf in leaves(rule):
        one, reasons = evaluate(leaf, facts)
        conditions.append(Condition(str(leaf["field"]), one, "; ".join(str(reason) for reason in reasons)))
    if verdict is Verdict.NO and recalled:
        verdict = Verdict.UNKNOWN
    return Eligibility(verdict, tuple(conditions), hand, recalled, source)


def known_facts(
    *,
    age: int | None,
    isced: int | None,
    experience_months: int | None,
    work_status: str,
    answers: Mapping[str, Any],
    groups: frozenset[str] | None = None,
) -> dict[str, Any]:
    """What the registration tells, and on top what the person answered. `groups` None: not agreed, so not known."""
    facts: dict[str, Any] = {"age": age, "isced": isced, "experience_months": experience_months}
    if work_status == "looking":
        facts |= {"employed": False, "unemployed": True}
    elif work_status == "working_wants_other":
        facts |= {"employed": True, "unemployed": False}
    elif work_status == "studying":
        facts |= {"student": True, "in_education": True}
    if groups:
        facts["priority_groups"] = sorted(groups)
    return facts | {name: value for name, value in answers.items() if value is not None}
