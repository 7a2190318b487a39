"""Can a clock be explained from its events alone? Reads nothing but them and the policy of the day. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from openpes.referrals.rules import Clocks
from openpes.referrals.states import EMPLOYER_ENDINGS, AnswerChannel, Ending, EventKind


@dataclass(frozen=True)
class Step:
    """One event as it was written down. `detail` holds "due" (an instant, ISO 8601) where the clock was set."""

    kind: EventKind
    at: datetime
    channel: AnswerChannel
    detail: Mapping[str, Any]


@dataclass(frozen=True)
class Audit:
    """How it ended (None: still open), and what the events cannot explain. Nothing to explain is a sound clock."""

    ending: Ending | None
    faults: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """True when the events explain the clock."""
        return not self.faults


@dataclass
class _Clock:
    """The clock as it is rebuilt, step by step."""

    due: datetime
    restarted: bool = False
    reminded: datetime | None = None
    called: datetime | None = None


def audit_clock(steps: Sequence[Step], clocks: Clocks) -> Audit:
    """Rebuild the clock from its events, the first one first, and tell every fault."""
    if not steps or steps[0].kind != EventKind.SENT:
        return Audit(None, ("not_sent_first",))
    faults: list[str] = []
    clock = _Clock(_due_in(steps[0]) or steps[0].at + timedelta(days=clocks.answer))
    ending: Ending | None = None
    for before, step in pairwise(steps):
        if step.at < before.at:
            faults.append("out_of_order")
        if ending is not None:
            faults.append("after_the_end")
        elif step.kind == EventKind.SENT:
            faults.append("sent_twice")
        elif step.kind == EventKind.STEP:
            faults += _step(clock, step, clocks)
        elif step.kind == EventKind.ENDED:
            ending = Ending(step.detail["ending"])
            faults += _end(clock, step, ending)
        else:
            faults += _act(clock, step, clocks)
    return Audit(ending, tuple(dict.fromkeys(faults)))


def _due_in(step: Step) -> datetime | None:
    text = step.detail.get("due")
    return datetime.fromisoformat(text) if text else None


def _step(clock: _Clock, step: Step, clocks: Clocks) -> list[str]:
    """A step of the employer restarts the clock once; a later one must leave it as it was."""
    due = _due_in(step)
    if clock.restarted:
        return [] if due is None or due == clock.due else ["restarted_twice"]
    clock.due = due or max(clock.due, step.at + timedelta(days=clocks.extension))
    clock.restarted, clock.reminded, clock.called = True, None, None
    return ["step_by_clock"] if step.channel == AnswerChannel.CLOCK else []


def _act(clock: _Clock, step: Step, clocks: Clocks) -> list[str]:
    """A reminder or a call for the office, not before its day and in this order."""
    started = clock.due - timedelta(days=clocks.answer)
    if step.kind == EventKind.REMINDED:
        again = ["reminded_twice"] if clock.reminded is not None else []
        clock.reminded = step.at
        return again + (["reminded_too_early"] if step.at < started + timedelta(days=clocks.reminder) else [])
    faults = [] if clock.reminded is not None else ["task_without_reminder"]
    clock.called = step.at
    return faults + (["task_too_early"] if step.at < started + timedelta(days=clocks.task) else [])


def _end(clock: _Clock, step: Step, ending: Ending) -> list[str]:
    """Only the clock closes unanswered, and only after reminder, call and due day; it never answers for an employer."""
    if ending != Ending.CLOSED_UNANSWERED:
        by_clock = step.channel == AnswerChannel.CLOCK and ending in EMPLOYER_ENDINGS
        return ["answered_by_clock"] if by_clock else []
    faults = [] if step.channel == AnswerChannel.CLOCK else ["closed_by_hand"]
    if clock.reminded is None:
        faults.append("closed_without_reminder")
    if clock.called is None:
        faults.append("closed_without_call")
    if step.at < clock.due:
        faults.append("closed_too_early")
    return faults
