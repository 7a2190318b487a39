"""What a practice card says, and whether it says it honestly. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from openpes.exchange.states import Grade, WrittenFrom
from openpes.guidance.scripts import script_from
from openpes_countries.eligibility import check_rule
from openpes_countries.errors import Misfit, PackError
from openpes_evidence.definitions import registry

WORDS = ("id", "country", "title", "kind", "problem", "target_group", "staff", "cost", "contact", "written_from")
LISTS = ("preconditions", "steps", "indicators", "results", "sources")
MOST_LINES = 60
LONGEST = 4_000
_SOUNDS_LIKE_CAUSE = re.compile(r"\b(impact|effect(s|ive)?|caus(e|es|ed)|thanks to)\b", re.IGNORECASE)
NOT_ENDORSED = "Written from public facts. The institution has not seen or endorsed this card."


def mistakes(body: Mapping[str, Any]) -> list[str]:
    """What is wrong with a card, in sentences; none for a good one."""
    found = [f"“{name}” is missing or not text." for name in WORDS if not _is_text(body.get(name))]
    found += [f"“{name}” is not a list." for name in LISTS if not _is_list(body.get(name))]
    if found:
        return found
    if not isinstance(body.get("version"), int) or isinstance(body["version"], bool):
        found.append("“version” is not a whole number.")
    if body["written_from"] not in {one.value for one in WrittenFrom}:
        found.append("“written_from” is neither living_programme nor public_facts.")
    if body["written_from"] == WrittenFrom.PUBLIC_FACTS and not body["sources"]:
        found.append("A card that is written from public facts names its sources.")
    for name in ("preconditions", "steps"):
        if not all(_is_text(one) for one in body[name]):
            found.append(f"“{name}” holds something that is not text.")
    found += _of_indicators(body["indicators"])
    found += _of_results(body["results"])
    found += _of_sources(body["sources"])
    return found + _of_configuration(body.get("configuration"))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= LONGEST


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and len(value) <= MOST_LINES


def _of_indicators(rows: Iterable[Any]) -> list[str]:
    good = all(isinstance(one, Mapping) and _is_text(one.get("id")) and _is_text(one.get("version")) for one in rows)
    return [] if good else ["An indicator has no id or no version."]


def _of_results(rows: Iterable[Any]) -> list[str]:
    found = []
    for one in rows:
        if not isinstance(one, Mapping) or not _is_text(one.get("words")):
            found.append("A result has no words.")
        elif one.get("grade") not in {grade.value for grade in Grade}:
            found.append("A result has no grade of evidence (A, B, C or D).")
        elif speaks_too_boldly(str(one["grade"]), str(one["words"])):
            found.append("A result of grade D tells what happened, not what the practice caused: choose other words.")
    return found


def speaks_too_boldly(grade: str, words: str) -> bool:
    """Grade D is association only: words of cause and effect would say more than is known."""
    return grade == Grade.ASSOCIATION and bool(_SOUNDS_LIKE_CAUSE.search(words))


def _of_sources(rows: Iterable[Any]) -> list[str]:
    good = all(_is_source(one) for one in rows)
    return [] if good else ["A source has no name, or no confidence (high, medium, low)."]


def _is_source(one: Any) -> bool:
    return isinstance(one, Mapping) and _is_text(one.get("name")) and one.get("confidence") in ("high", "medium", "low")


def _of_configuration(configuration: Any) -> list[str]:
    if configuration is None:
        return []
    if not isinstance(configuration, Mapping) or not isinstance(configuration.get("programme", {}), Mapping):
        return ["“configuration” is not a block of fields."]
    programme = configuration.get("programme", {})
    found = []
    for name in ("documents", "checked_by_hand", "isco"):
        if not _is_list(programme.get(name, [])) or not all(_is_text(one) for one in programme.get(name, [])):
            found.append(f"“{name}” of the programme is not a list of texts.")
    rule = programme.get("rule")
    if rule is not None:
        try:
            check_rule(rule)
        except (Misfit, RecursionError, TypeError) as wrong:
            found.append(f"The rule of the programme is not understood: {wrong}")
    texts = configuration.get("texts", [])
    if not _is_list(texts) or not all(_is_text(one) for one in texts):
        found.append("“texts” is not a list of texts.")
    return found + _of_scripts(configuration.get("scripts", []))


def _of_scripts(rows: Any) -> list[str]:
    """Interview scripts, each as its own file would hold it."""
    if not _is_list(rows) or not all(isinstance(one, Mapping) for one in rows):
        return ["“scripts” is not a list of interview scripts."]
    found = []
    for at, one in enumerate(rows, start=1):
        try:
            script_from(one, f"script {at}")
        except (PackError, TypeError, AttributeError) as wrong:
            found.append(f"An interview script is not understood: {wrong}")
    return found


def rule_of(body: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The rule of the programme that the card carries, or None."""
    configuration = body.get("configuration") or {}
    return (configuration.get("programme") or {}).get("rule")


def indicator_lines(body: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """(id, version there, what that means for here) of each indicator of a card."""
    lines = []
    for one in body["indicators"]:
        known = registry().get(str(one["id"]))
        if known is None:
            says = "not measured here"
        elif known.version != str(one["version"]):
            says = f"measured here by another definition (version {known.version}): do not compare"
        else:
            says = "measured here in the same way"
        lines.append((str(one["id"]), str(one["version"]), says))
    return lines


_OPS = {"is": "is", "in": "one of", "has_any": "one of", "gte": "at least", "gt": "more than", "lte": "at most"}


def condition_lines(rule: Mapping[str, Any] | None, *, depth: int = 0) -> list[str]:
    """A rule in words, a line a condition; what belongs together is set in."""
    if not rule:
        return []
    for joint, words in (("not", "Not:"), ("any", "One of these:"), ("all", "All of these:")):
        if joint in rule:
            parts = [rule["not"]] if joint == "not" else rule[joint]
            if joint == "all" and depth == 0:
                return [line for part in parts for line in condition_lines(part)]
            inner = [line for part in parts for line in condition_lines(part, depth=depth + 1)]
            return [f"{'– ' * depth}{words}", *inner]
    value = rule["value"]
    shown = {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    if isinstance(value, list | tuple):
        shown = ("–" if rule["op"] == "between" else ", ").join("any" if one is None else str(one) for one in value)
    words = {"between": "", "lt": "less than"}.get(rule["op"], _OPS.get(rule["op"], ""))
    label = str(rule["field"]).replace("_", " ")
    return [f"{'– ' * depth}{label}: {' '.join(part for part in (words if words != 'is' else '', shown) if part)}"]


def age_bounds(rule: Mapping[str, Any] | None) -> tuple[int | None, int | None]:
    """The youngest and the oldest age that a rule lets in, None where it sets none. `not` is left unread."""
    if not rule or "not" in rule:
        return None, None
    for joint in ("all", "any"):
        if joint in rule:
            return _joined(joint, [age_bounds(one) for one in rule[joint]])
    if rule.get("field") != "age":
        return None, None
    return _leaf_bounds(str(rule["op"]), rule["value"])


def _leaf_bounds(op: str, value: Any) -> tuple[int | None, int | None]:
    if op == "between":
        low, high = value if isinstance(value, list | tuple) and len(value) == 2 else (None, None)
        return _whole(low), _whole(high)
    if _whole(value) is None:
        return None, None
    return {
        "gte": (value, None),
        "lte": (None, value),
        "is": (value, value),
        "gt": (value + 1, None),
        "lt": (None, value - 1),
    }.get(op, (None, None))


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _joined(joint: str, parts: list[tuple[int | None, int | None]]) -> tuple[int | None, int | None]:
    """All: the narrowest; any: the widest, and none where one branch sets none."""
    lows, highs = [low for low, _high in parts], [high for _low, high in parts]
    if joint == "all":
        known_lows, known_highs = [one for one in lows if one is not None], [one for one in highs if one is not None]
        return max(known_lows, default=None), min(known_highs, default=None)
    low = None if None in lows else min(one for one in lows if one is not None)
    high = None if None in highs else max(one for one in highs if one is not None)
    return low, high
