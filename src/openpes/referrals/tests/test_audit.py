"""A clock is explained by its events alone, and each way in which it could not be is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from openpes.referrals.audit import Step, audit_clock
from openpes.referrals.rules import Clocks, median_days
from openpes.referrals.states import AnswerChannel, Ending, EventKind

CLOCKS = Clocks(answer=14, reminder=3, task=7, extension=14)
START = datetime(2026, 11, 3, 2, 0, tzinfo=UTC)


def step(kind: EventKind, day: float, channel: AnswerChannel = AnswerChannel.CLOCK, **detail: str) -> Step:
    return Step(kind, START + timedelta(days=day), channel, detail)


SENT = step(EventKind.SENT, 0, AnswerChannel.WEB, due=(START + timedelta(days=14)).isoformat())
REMINDED, CALLED = step(EventKind.REMINDED, 3), step(EventKind.TASK_RAISED, 7)
CLOSED = step(EventKind.ENDED, 14, ending="closed_unanswered")
STEPPED = step(EventKind.STEP, 5, AnswerChannel.LINK, due=(START + timedelta(days=19)).isoformat())


def test_the_honest_close_is_explained() -> None:
    """Sent, reminded, given to the office, closed on its day."""
    audit = audit_clock([SENT, REMINDED, CALLED, CLOSED], CLOCKS)
    assert audit.sound
    assert audit.ending == Ending.CLOSED_UNANSWERED


def test_a_step_restarts_the_clock_once() -> None:
    """After a step everything begins again from the new due day."""
    again = [step(EventKind.REMINDED, 8), step(EventKind.TASK_RAISED, 12)]
    assert audit_clock(
        [SENT, REMINDED, STEPPED, *again, step(EventKind.ENDED, 19, ending="closed_unanswered")], CLOCKS
    ).sound
    early = [*again, step(EventKind.ENDED, 18, ending="closed_unanswered")]
    assert audit_clock([SENT, REMINDED, STEPPED, *early], CLOCKS).faults == ("closed_too_early",)
    second = step(EventKind.STEP, 6, AnswerChannel.LINK, due=(START + timedelta(days=30)).isoformat())
    assert audit_clock([SENT, STEPPED, second], CLOCKS).faults == ("restarted_twice",)


def test_an_open_clock_has_no_ending_and_no_fault() -> None:
    """What has not ended is not a fault of the clock."""
    assert audit_clock([SENT, REMINDED], CLOCKS) == audit_clock([SENT], CLOCKS)
    assert audit_clock([SENT], CLOCKS).ending is None


@pytest.mark.parametrize(
    ("steps", "fault"),
    [
        ([REMINDED], "not_sent_first"),
        ([], "not_sent_first"),
        ([SENT, SENT], "sent_twice"),
        ([SENT, REMINDED, step(EventKind.REMINDED, 4)], "reminded_twice"),
        ([SENT, step(EventKind.REMINDED, 2)], "reminded_too_early"),
        ([SENT, CALLED], "task_without_reminder"),
        ([SENT, REMINDED, step(EventKind.TASK_RAISED, 6)], "task_too_early"),
        ([SENT, CLOSED], "closed_without_reminder"),
        ([SENT, REMINDED, CLOSED], "closed_without_call"),
        ([SENT, REMINDED, CALLED, step(EventKind.ENDED, 13, ending="closed_unanswered")], "closed_too_early"),
        (
            [SENT, REMINDED, CALLED, step(EventKind.ENDED, 14, AnswerChannel.WEB, ending="closed_unanswered")],
            "closed_by_hand",
        ),
        ([SENT, step(EventKind.ENDED, 4, ending="hired")], "answered_by_clock"),
        ([SENT, step(EventKind.STEP, 4, AnswerChannel.CLOCK)], "step_by_clock"),
        ([SENT, REMINDED, CALLED, CLOSED, step(EventKind.STEP, 15, AnswerChannel.WEB)], "after_the_end"),
        ([SENT, step(EventKind.STEP, -1, AnswerChannel.WEB)], "out_of_order"),
    ],
)
def test_each_fault_is_told(steps: list[Step], fault: str) -> None:
    """Whatever the events cannot explain has a name."""
    assert fault in audit_clock(steps, CLOCKS).faults


def test_the_usual_wait_is_told_with_enough_cases_only() -> None:
    """The median in days begun; no answer is an endless wait; too few say nothing."""
    waits = [(START, START + timedelta(days=days)) for days in (1, 3.5, 20)]
    assert median_days(waits, least=3) == 4
    assert median_days(waits, least=4) is None
    assert median_days([*waits, *[(START, None)] * 4], least=3) is None
    assert median_days([(START, START)] * 3, least=3) == 1
