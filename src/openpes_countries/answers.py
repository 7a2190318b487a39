"""The three-valued answer that every rule gives, with its reasons and the law it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NoReturn

from openpes_countries.schema import UNKNOWN, Dated, Source


class Verdict(StrEnum):
    """Three-valued: what is not known is neither yes nor no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a stable code for translators, the figures that fill it, and the English sentence."""

    code: str
    text: str
    values: tuple[tuple[str, Any], ...] = ()

    def __str__(self) -> str:
        return self.text

    @property
    def params(self) -> dict[str, Any]:
        return dict(self.values)


def because(code: str, template: str, **values: Any) -> Reason:
    """A reason whose English sentence is the template filled with the values."""
    return Reason(code, template.format(**values), tuple(sorted(values.items())))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a rule says.

    verdict        yes, no or unknown; for a rule that returns a figure, yes means "known"
    value          the figure when the rule returns one, else UNKNOWN
    reasons        in words, most important first
    sources        the articles the answer rests on
    fallback_used  True when an ILO floor stood in for, or was stricter than, the national value
    recalled       True when a value that decided was written from memory and not read in its source
    """

    verdict: Verdict
    value: Any = UNKNOWN
    reasons: tuple[Reason, ...] = ()
    sources: tuple[Source, ...] = ()
    fallback_used: bool = False
    recalled: bool = False

    @property
    def is_yes(self) -> bool:
        return self.verdict is Verdict.YES

    @property
    def is_no(self) -> bool:
        return self.verdict is Verdict.NO

    @property
    def is_unknown(self) -> bool:
        return self.verdict is Verdict.UNKNOWN

    def __bool__(self) -> NoReturn:
        raise TypeError("An answer is yes, no or unknown: ask answer.is_yes, answer.is_no or answer.is_unknown.")


def answer(
    verdict: Verdict,
    *reasons: Reason,
    value: Any = UNKNOWN,
    rests_on: Iterable[Dated] = (),
    fallback_used: bool = False,
) -> Answer:
    """Build an Answer; sources and the `recalled` flag come from the dated values it rests on."""
    basis = tuple(rests_on)
    return Answer(
        verdict=verdict,
        value=value,
        reasons=reasons,
        sources=tuple(dict.fromkeys(dated.source for dated in basis)),
        fallback_used=fallback_used,
        recalled=any(dated.recalled for dated in basis),
    )


def facts_text(facts: Mapping[str, Any]) -> str:
    """A mapping as short text for reasons and worked examples: `age=17, isced=3`."""
    return ", ".join(f"{name}={value}" for name, value in sorted(facts.items()))
