"""Programme rules as data: {all | any | not, field/op/value} evaluated to yes, no or unknown, with reasons.

A missing fact gives unknown, never no. A rule that was written from memory can inform but not refuse: its "no" is
handed on as "unknown", with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from openpes_countries.answers import Answer, Reason, Verdict, answer, because
from openpes_countries.errors import Misfit
from openpes_countries.schema import Programme

YES, NO, UNSURE = Verdict.YES, Verdict.NO, Verdict.UNKNOWN


def _between(found: Any, bounds: Any) -> bool:
    low, high = bounds
    return (low is None or found >= low) and (high is None or found <= high)


OPERATORS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "is": lambda found, wanted: bool(found == wanted),
    "in": lambda found, wanted: found in wanted,
    "has_any": lambda found, wanted: bool(set(found) & set(wanted)),
    "gte": lambda found, wanted: bool(found >= wanted),
    "gt": lambda found, wanted: bool(found > wanted),
    "lte": lambda found, wanted: bool(found <= wanted),
    "lt": lambda found, wanted: bool(found < wanted),
    "between": _between,
}
_WORDS: Final = {
    "is": "is {wanted}",
    "in": "is one of {wanted}",
    "has_any": "includes one of {wanted}",
    "gte": "is at least {wanted}",
    "gt": "is more than {wanted}",
    "lte": "is at most {wanted}",
    "lt": "is less than {wanted}",
    "between": "is between {wanted}",
}
FIELDS: Final = (
    "age", "isced", "experience_months", "employed", "in_education", "in_training", "out_of_school_youth", "student",
    "poor_household", "priority_groups", "rural", "sex", "citizen", "employed_days_in_year", "graduated_months_ago",
    "registered_unemployed", "first_job", "family_income_year", "monthly_wage", "hired_on", "lives_in_calamity_area",
    "displaced_worker", "parent_displaced_worker", "underemployed", "seasonal_worker", "income_and_assets_low",
    "military_service_years", "has_disability", "graduate", "unemployed", "citizen_of_country", "passed_language_test",
)  # fmt: skip


def check_rule(rule: Any) -> None:
    """Raise Misfit when the rule is not one that can be evaluated."""
    if not isinstance(rule, Mapping) or not rule:
        raise Misfit(f"{rule!r} is not a rule.", "Write all:, any:, not: or field:/op:/value:.")
    for joint in ("all", "any"):
        if joint in rule:
            if len(rule) != 1 or not isinstance(rule[joint], list) or not rule[joint]:
                raise Misfit(f"`{joint}` stands alone above a list.", f"Write {joint}: and the conditions below it.")
            for part in rule[joint]:
                check_rule(part)
            return
    if "not" in rule:
        if len(rule) != 1:
            raise Misfit("`not` stands alone above one condition.", "Write not: and the condition below it.")
        check_rule(rule["not"])
        return
    if set(rule) != {"field", "op", "value"}:
        raise Misfit(f"a condition has {', '.join(rule)}.", "Write field, op and value.")
    if rule["field"] not in FIELDS:
        raise Misfit(f"the field “{rule['field']}” is not known.", f"Use one of: {', '.join(FIELDS)}.")
    if rule["op"] not in OPERATORS:
        raise Misfit(f"the op “{rule['op']}” is not known.", f"Use one of: {', '.join(OPERATORS)}.")


def _shown(wanted: Any) -> str:
    if isinstance(wanted, tuple | list):
        return " and ".join("any" if part is None else str(part) for part in wanted)
    return {True: "yes", False: "no"}.get(wanted, str(wanted)) if isinstance(wanted, bool) else str(wanted)


def _condition(rule: Mapping[str, Any], facts: Mapping[str, Any]) -> tuple[Verdict, tuple[Reason, ...]]:
    name, op, wanted = rule["field"], rule["op"], rule["value"]
    found = facts.get(name)
    words = _WORDS[op].format(wanted=_shown(wanted))
    label = name.replace("_", " ")
    if found is None:
        return UNSURE, (
            because("rule.not_known", "We do not know yet whether {label} {words}.", label=label, words=words),
        )
    if isinstance(found, float):
        found = Decimal(str(found))
    shown = _shown(found)
    if OPERATORS[op](found, wanted):
        return YES, (because("rule.met", "Met: {label} {words} ({shown}).", label=label, words=words, shown=shown),)
    return NO, (because("rule.not_met", "Not met: {label} {words} ({shown}).", label=label, words=words, shown=shown),)


def evaluate(rule: Mapping[str, Any], facts: Mapping[str, Any]) -> tuple[Verdict, tuple[Reason, ...]]:
    """Three-valued (Kleene) evaluation; the reasons are those that decided."""
    if "not" in rule:
        verdict, reasons = evaluate(rule["not"], facts)
        turned = {YES: NO, NO: YES, UNSURE: UNSURE}[verdict]
        return turned, tuple(because("rule.must_not", "Must not hold: {text}", text=str(reason)) for reason in reasons)
    if "all" in rule or "any" in rule:
        decides, otherwise = (NO, YES) if "all" in rule else (YES, NO)
        parts = [evaluate(part, facts) for part in rule["all" if "all" in rule else "any"]]
        for wanted in (decides, UNSURE):
            hits = tuple(reason for verdict, reasons in parts if verdict is wanted for reason in reasons)
            if any(verdict is wanted for verdict, _ in parts):
                return wanted, hits
        return otherwise, tuple(reason for _, reasons in parts for reason in reasons)
    return _condition(rule, facts)


def programme_eligibility(programme: Programme, facts: Mapping[str, Any], *, on: date) -> Answer:
    """May this person enter the programme on this day?

    `facts` is flat (age, isced, employed, ...; see FIELDS); what is missing or None is unknown. Conditions that the
    pack only describes in words (`not_checked`) are listed as reasons: a yes means "on what we know".
    """
    basis = (programme.dated,)
    if not programme.dated.in_force(on):
        reason = because("programme.not_in_force", "{name} is not in force on {on}.", name=programme.name, on=on)
        return answer(NO, reason, rests_on=basis)
    if programme.rule is None:
        reason = because("programme.no_rule", "The conditions of {name} are not known here: ask.", name=programme.name)
        return answer(UNSURE, reason, rests_on=basis)
    verdict, reasons = evaluate(programme.rule, facts)
    also = tuple(
        because("programme.check_by_hand", "A person checks: {text}.", text=text) for text in programme.not_checked
    )
    if verdict is NO and programme.dated.recalled:
        soft = because("rule.recalled", "This rule has not been checked in its source, so it refuses nobody.")
        return answer(UNSURE, soft, *reasons, *also, rests_on=basis)
    return answer(verdict, *reasons, *also, rests_on=basis)
