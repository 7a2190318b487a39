"""What an officer may do to the law in force. Pure: values, days and names in, a Decision out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openpes.core.decisions import Decision, Reason, no, yes
from openpes_countries import Dated, Source


class LawAct(StrEnum):
    """verify: right as written. waive: used unverified. replace: another value from a day. withdraw: take back."""

    VERIFY = "verify"
    WAIVE = "waive"
    REPLACE = "replace"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Officer:
    """Who signs: the pseudonym of the logs, and the name that stands in the law."""

    key: str
    name: str


def _names_an_officer(officer: Officer) -> list[Reason]:
    return [] if officer.name.strip() and officer.key else [Reason("officer_not_named")]


def _reading(source: Source | None, today: date) -> list[Reason]:
    """What was read, where in it, and when: a verification without these would be an opinion."""
    if source is None or not source.instrument.strip():
        return [Reason("source_missing")]
    reasons = []
    if not (source.article or "").strip():
        reasons.append(Reason("article_missing"))
    if source.read_on is None:
        reasons.append(Reason("read_on_missing"))
    elif source.read_on > today:
        reasons.append(Reason("read_in_the_future"))
    return reasons


def _answer(reasons: list[Reason], pack_hash: str) -> Decision:
    return no(*reasons, pack_hash=pack_hash) if reasons else yes(pack_hash=pack_hash)


def may_verify(*, dated: Dated, source: Source | None, officer: Officer, today: date, pack_hash: str) -> Decision:
    """A named officer who has read the source may sign a value that is known."""
    reasons = _names_an_officer(officer) + _reading(source, today)
    if not dated.known:
        reasons.append(Reason("value_unknown", {"key": dated.key}))
    return _answer(reasons, pack_hash)


def may_waive(
    *, why: str, before: date | None, longest_days: int, officer: Officer, today: date, pack_hash: str
) -> Decision:
    """A named officer may let a value be used unverified, for a reason and until a day that is not far."""
    reasons = _names_an_officer(officer)
    if not why.strip():
        reasons.append(Reason("reason_missing"))
    if before is None or before <= today:
        reasons.append(Reason("end_missing"))
    elif (before - today).days > longest_days:
        reasons.append(Reason("end_too_far", {"days": longest_days}))
    return _answer(reasons, pack_hash)


def may_propose(*, source: Source | None, starts_on: date | None, officer: Officer, pack_hash: str) -> Decision:
    """A named officer may put another value before a second one, with the source that it comes from."""
    reasons = _names_an_officer(officer)
    if source is None or not source.instrument.strip():
        reasons.append(Reason("source_missing"))
    if starts_on is None:
        reasons.append(Reason("start_missing"))
    return _answer(reasons, pack_hash)


def may_withdraw(*, why: str, is_in_force: bool, officer: Officer, pack_hash: str) -> Decision:
    """What counts now may be taken back, with a reason that stays in the history."""
    reasons = _names_an_officer(officer)
    if not is_in_force:
        reasons.append(Reason("entry_over"))
    if not why.strip():
        reasons.append(Reason("reason_missing"))
    return _answer(reasons, pack_hash)


def needs_second(*, act: LawAct, of: LawAct | None = None) -> bool:
    """Four eyes for what changes a value: setting one, and taking back one that was set."""
    return act == LawAct.REPLACE or (act == LawAct.WITHDRAW and of == LawAct.REPLACE)


def may_answer(
    *, proposed_by: str, is_open: bool, agreed: bool, note: str, officer: Officer, pack_hash: str
) -> Decision:
    """Another officer than the one who proposed agrees, or refuses with a reason."""
    reasons = _names_an_officer(officer)
    if not is_open:
        reasons.append(Reason("entry_over"))
    if officer.key == proposed_by and agreed:
        reasons.append(Reason("second_officer_needed"))
    if not agreed and not note.strip():
        reasons.append(Reason("reason_missing"))
    return _answer(reasons, pack_hash)
