"""The facts of an explanation, ready for words: labels instead of numbers. Pure but for the reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from openpes_matching import TERMS, TOP_SCORE, Explanation, Vocabulary


@dataclass(frozen=True)
class TermFacts:
    """One term of a score. `points` of `most` points; `known` is False when the term is neutral for want of a fact."""

    term: str
    points: int
    most: int
    known: bool
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class ObstacleFacts:
    """One reason why a pair cannot be, with its facts."""

    code: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class MatchFacts:
    """A pair: the score, the seven terms that add up to it, and what stands in the way (nothing when it can be)."""

    vacancy_id: int
    score: int
    terms: tuple[TermFacts, ...]
    obstacles: tuple[ObstacleFacts, ...]

    @property
    def parts(self) -> tuple[int, ...]:
        """The points of the seven terms in the order of `TERMS`."""
        return tuple(term.points for term in self.terms)

    @property
    def percent(self) -> int:
        """The score in hundredths of the highest possible, rounded down: for a bar, never for a decision."""
        return self.score * 100 // TOP_SCORE


def _labels(words: Vocabulary, kind: str, numbers: Any) -> tuple[str, ...]:
    interner = getattr(words, kind)
    return tuple(str(interner.labels[number]) for number in numbers)


def _term_facts(words: Vocabulary, term: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Labels instead of the numbers of one term."""
    shown = dict(facts)
    if term == "skills":
        for name in ("matched_skills", "missing_skills"):
            shown[name] = _labels(words, "skills", facts[name])
    if term == "languages":
        for name in ("spoken", "asked", "missing"):
            shown[name] = _labels(words, "languages", facts[name] or ())
    if term == "occupation":
        shown["wanted"] = _labels(words, "occupations", facts["wanted"])
        offered = facts["offered"]
        shown["offered"] = None if offered is None else _labels(words, "occupations", [offered])[0]
    return shown


def _obstacle_facts(words: Vocabulary, code: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    kind = {"licences": "licences", "permits": "permits", "must_skills": "skills"}.get(code)
    return {**facts, "missing": _labels(words, kind, facts["missing"])} if kind else dict(facts)


def facts_of(explanation: Explanation, words: Vocabulary) -> MatchFacts:
    """The facts of an explanation with labels."""
    terms = tuple(
        TermFacts(part.term, part.points, part.weight * 255, part.known, _term_facts(words, part.term, part.facts))
        for part in explanation.parts
    )
    obstacles = tuple(
        ObstacleFacts(one.code, _obstacle_facts(words, one.code, one.facts)) for one in explanation.obstacles
    )
    return MatchFacts(explanation.vacancy, explanation.score, terms, obstacles)


__all__ = ["TERMS", "TOP_SCORE", "MatchFacts", "ObstacleFacts", "TermFacts", "facts_of"]
