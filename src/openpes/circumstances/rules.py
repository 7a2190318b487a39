"""What may be written down about somebody's circumstances, and read. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from openpes.circumstances.states import BarrierKind, Severity, UsedFor
from openpes.core.decisions import Decision, Reason, no, yes

LONGEST_WORDS = 400


def may_write(*, agreed: Iterable[UsedFor]) -> Decision:
    """Nothing is written down before the person has agreed to at least one use of it."""
    if not set(agreed):
        return no(Reason("circumstances_need_consent"))
    return yes()


def may_note_barrier(*, agreed: Iterable[UsedFor], kind: str, severity: str) -> Decision:
    """A barrier is of the list, has its weight in words, and is for guidance: that is what it is asked for."""
    reasons = []
    if UsedFor.GUIDANCE not in set(agreed):
        reasons.append(Reason("circumstances_need_consent"))
    if kind not in set(BarrierKind):
        reasons.append(Reason("unknown_barrier", {"code": kind}))
    if severity not in set(Severity):
        reasons.append(Reason("severity_needed"))
    return no(*reasons) if reasons else yes()


def may_name_group(*, agreed: Iterable[UsedFor], code: str, known: Iterable[str]) -> Decision:
    """A group is one that the country's pack names, and the person says so themselves."""
    allowed = may_write(agreed=agreed)
    if allowed.refused:
        return allowed
    if code not in set(known):
        return no(Reason("unknown_group", {"code": code}))
    return yes()


def may_read(*, agreed: Iterable[UsedFor], purpose: UsedFor) -> bool:
    """What was told for one purpose is not read for another."""
    return purpose in set(agreed)


def must_forget(*, agreed: Iterable[UsedFor]) -> bool:
    """When the last consent is taken back, there is no purpose left to keep anything for."""
    return not set(agreed)
