"""Who may move an appointment where, and what follows when somebody does not come. Pure: facts in, decisions out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from openpes.appointments.states import (
    ALLOWED_MOVES,
    GRID_MINUTES,
    LENGTHS,
    QUEUE_MOVES,
    AppointmentState,
    QueueState,
)
from openpes.core.decisions import Decision, Reason, no, yes


@dataclass(frozen=True)
class Policy:
    """The country's choices about appointments. Days and minutes as named; times of day are local."""

    show_days: int
    invitation_days: int
    latest_change_minutes: int
    grace_minutes: int
    second_invitation_days: int
    invitations_before_task: int
    remind_day_before_at: time
    remind_morning_minutes: int


def may_move(*, now_in: AppointmentState, to: AppointmentState) -> Decision:
    """An appointment moves along the table of moves."""
    if to not in ALLOWED_MOVES[now_in]:
        return no(Reason("appointment_move", {"from": now_in.value, "to": to.value}))
    return yes()


def may_move_in_queue(*, now_in: QueueState, to: QueueState) -> Decision:
    """A number of the queue moves along its own table."""
    if to not in QUEUE_MOVES[now_in]:
        return no(Reason("queue_move"))
    return yes()


@dataclass(frozen=True)
class BookFacts:
    """What the rule needs to know of a wanted time. `is_free`: it is one of the slots that are offered."""

    minutes: int
    starts_at: datetime
    is_free: bool
    jobseeker_is_served: bool


def may_book(facts: BookFacts, *, at: datetime) -> Decision:
    """May this time be taken? A person who has left is told so first."""
    if not facts.jobseeker_is_served:
        return no(Reason("not_served"))
    if facts.minutes not in LENGTHS:
        return no(Reason("no_such_length"))
    if facts.starts_at <= at:
        return no(Reason("time_has_passed"))
    if not facts.is_free:
        return no(Reason("time_taken"))
    return yes()


def may_change_alone(*, starts_at: datetime | None, at: datetime, policy: Policy) -> Decision:
    """May the person move or cancel without calling? Until shortly before; after that the office helps by phone."""
    if starts_at is not None and starts_at - at < timedelta(minutes=policy.latest_change_minutes):
        return no(Reason("too_late_to_change"))
    return yes()


def may_arrive(*, now_in: AppointmentState, starts_at: datetime, today_starts: datetime, at: datetime) -> Decision:
    """Arrival is ticked on the day itself."""
    allowed = may_move(now_in=now_in, to=AppointmentState.ARRIVED)
    if allowed.refused:
        return allowed
    if starts_at < today_starts or starts_at >= today_starts + timedelta(days=1):
        return no(Reason("not_today"))
    return yes()


def is_no_show(*, state: AppointmentState, starts_at: datetime | None, at: datetime, policy: Policy) -> bool:
    """True when a booked person has not come and the grace is over."""
    if state != AppointmentState.BOOKED or starts_at is None:
        return False
    return at >= starts_at + timedelta(minutes=policy.grace_minutes)


class AfterNoShow(StrEnum):
    """What follows when somebody did not come. None of it is a sanction."""

    NOTHING = "nothing"
    INVITE_AGAIN = "invite_again"
    RAISE_TASK = "raise_task"


def after_no_show(*, invitations: int, paused: bool, served: bool, policy: Policy) -> AfterNoShow:
    """A second invitation first; then a counsellor is asked to call. Whoever is paused or gone is left in peace."""
    if not served:
        return AfterNoShow.NOTHING
    if invitations >= policy.invitations_before_task:
        return AfterNoShow.RAISE_TASK
    return AfterNoShow.NOTHING if paused else AfterNoShow.INVITE_AGAIN


class Reminder(StrEnum):
    """Which reminder is due."""

    NONE = "none"
    DAY_BEFORE = "day_before"
    MORNING = "morning"


@dataclass(frozen=True)
class ReminderFacts:
    """What the clock looks at; instants, and the local midnight that begins the day of the appointment."""

    starts_at: datetime
    day_starts: datetime
    booked_at: datetime
    reminded_day_at: datetime | None
    reminded_morning_at: datetime | None


def reminder_due(facts: ReminderFacts, *, at: datetime, policy: Policy) -> Reminder:
    """The evening before, and again the same morning. Not for a time that was chosen only after the reminder was due.

    A service that stood still does not catch up: only one reminder goes out, the one for now.
    """
    if at >= facts.starts_at:
        return Reminder.NONE
    morning = max(facts.day_starts, facts.starts_at - timedelta(minutes=policy.remind_morning_minutes))
    if at >= morning:
        wanted = facts.reminded_morning_at is None and facts.booked_at < morning
        return Reminder.MORNING if wanted else Reminder.NONE
    before = facts.day_starts - timedelta(days=1) + _since_midnight(policy.remind_day_before_at)
    if at >= before:
        wanted = facts.reminded_day_at is None and facts.booked_at < before
        return Reminder.DAY_BEFORE if wanted else Reminder.NONE
    return Reminder.NONE


def _since_midnight(moment: time) -> timedelta:
    return timedelta(hours=moment.hour, minutes=moment.minute)


def tens(starts_at: datetime, minutes: int) -> list[datetime]:
    """The ten-minute pieces that a time holds: the instants at which they begin.

    Raises ValueError for a time off the grid: two times that overlap must share a piece.
    """
    if starts_at.minute % GRID_MINUTES or starts_at.second or starts_at.microsecond or minutes <= 0:
        raise ValueError("Times begin on the grid of ten minutes.")
    pieces = -(-minutes // GRID_MINUTES)
    return [starts_at + timedelta(minutes=GRID_MINUTES * number) for number in range(pieces)]
