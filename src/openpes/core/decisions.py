"""A decision says yes, no or unknown, why, and on what law or policy it rests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from openpes_countries.answers import Answer, Verdict


@dataclass(frozen=True)
class Reason:
    """One coded reason. `facts` fill the named placeholders of its words; words live in each room's `words.py`.

    `text` is the English sentence of a reason that comes from a country's law.
    """

    code: str
    facts: dict[str, Any] = field(default_factory=dict)
    source: str = ""
    text: str = ""


@dataclass(frozen=True)
class Decision:
    """The answer of a rule. `allowed` None means unknown: it never refuses a service to a person."""

    allowed: bool | None
    reasons: tuple[Reason, ...] = ()
    sources: tuple[str, ...] = ()
    pack_hash: str = ""

    def __bool__(self) -> bool:
        raise TypeError("Ask decision.allowed or decision.refused: a decision can also be unknown.")

    @property
    def refused(self) -> bool:
        """True only for a plain no."""
        return self.allowed is False


def yes(*, sources: Iterable[str] = (), pack_hash: str = "") -> Decision:
    """Allowed."""
    return Decision(True, (), tuple(sources), pack_hash)


def no(*reasons: Reason, sources: Iterable[str] = (), pack_hash: str = "") -> Decision:
    """Refused, with at least one reason."""
    if not reasons:
        raise ValueError("A refusal needs a reason that can be told.")
    return Decision(False, reasons, tuple(sources), pack_hash)


def from_answer(answer: Answer, *, pack_hash: str) -> Decision:
    """The answer of a country's law as a decision."""
    verdict = {Verdict.YES: True, Verdict.NO: False, Verdict.UNKNOWN: None}[answer.verdict]
    reasons = tuple(Reason(reason.code, reason.params, "", str(reason)) for reason in answer.reasons)
    return Decision(verdict, reasons, tuple(source.cite() for source in answer.sources), pack_hash)


def first_refusal(decisions: Iterable[Decision]) -> Decision:
    """The first refusal among several decisions, or yes."""
    for decision in decisions:
        if decision.refused:
            return decision
    return yes()


class Refused(Exception):
    """An operation was asked for something its rule does not allow. Carries the decision, so a door can say why."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(", ".join(reason.code for reason in decision.reasons))
        self.decision = decision


class NotPermitted(Exception):
    """The actor may not do this here. Doors answer as if the thing did not exist."""


class NotFound(Exception):
    """There is no such thing, or not for this actor: the two are never told apart."""
