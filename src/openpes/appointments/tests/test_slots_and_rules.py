"""Free times, the table of moves, reminders and what follows a no-show: with plain values."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from openpes.appointments.rules import (
    AfterNoShow,
    BookFacts,
    Policy,
    Reminder,
    ReminderFacts,
    after_no_show,
    is_no_show,
    may_book,
    may_change_alone,
    may_move,
    reminder_due,
    tens,
)
from openpes.appointments.slots import Counsellor, OfficeHours, Span, free_slots, instant
from openpes.appointments.states import ALLOWED_MOVES, AppointmentState

ZONE = "Asia/Manila"
MONDAY = date(2026, 11, 23)
POLICY = Policy(14, 7, 60, 30, 1, 2, time(17), 120)
DAY_OPEN = {day: [Span(time(8), time(12)), Span(time(13), time(17))] for day in range(5)}
EVERYBODY = (Counsellor(1),)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def hours(**changes):
    return OfficeHours(**{"weekly": DAY_OPEN, "weekend": frozenset({5, 6}), **changes})


def slots(*, days=(MONDAY,), counsellors=EVERYBODY, held=None, minutes=40, office=None, after=LONG_AGO):
    return free_slots(
        days=days,
        hours=office or hours(),
        counsellors=counsellors,
        held=held or {},
        minutes=minutes,
        zone=ZONE,
        after=after,
    )


def test_a_day_with_a_break_gives_twelve_times_of_forty_minutes():
    found = slots()
    assert len(found) == 12
    assert found[0].starts_at == instant(MONDAY, time(8), ZONE)
    lunch = (instant(MONDAY, time(12), ZONE), instant(MONDAY, time(13), ZONE))
    assert not any(one.starts_at < lunch[1] and one.ends_at > lunch[0] for one in found)


@pytest.mark.parametrize("minutes", [10, 20, 40])
def test_no_time_overlaps_what_is_held_and_none_is_lost(minutes):
    taken = frozenset(tens(instant(MONDAY, time(8, 20), ZONE), 20))
    found = slots(held={1: taken}, minutes=minutes)
    pieces = [piece for one in found for piece in tens(one.starts_at, minutes)]
    assert len(pieces) == len(set(pieces)) and not taken & set(pieces)
    # After what is held the next time begins at once: 08:40.
    assert instant(MONDAY, time(8, 40), ZONE) in [one.starts_at for one in found]


@pytest.mark.parametrize(
    ("office", "number"),
    [
        (hours(holidays=frozenset({MONDAY})), 0),
        (hours(weekend=frozenset({0})), 0),
        (hours(exceptions={MONDAY: []}), 0),
        (hours(exceptions={MONDAY: [Span(time(9), time(10))]}), 1),
        (hours(holidays=frozenset({MONDAY}), exceptions={MONDAY: [Span(time(9), time(10))]}), 1),
    ],
)
def test_holidays_weekends_and_single_days(office, number):
    assert len(slots(office=office)) == number


def test_an_absence_and_own_working_times_narrow_a_counsellor():
    assert slots(counsellors=[Counsellor(1, absent=((MONDAY, MONDAY),))]) == []
    part_time = Counsellor(1, weekly={0: [Span(time(10), time(14))]})
    found = slots(counsellors=[part_time])
    assert [one.starts_at for one in found] == [
        instant(MONDAY, moment, ZONE) for moment in (time(10), time(10, 40), time(11, 20), time(13))
    ]
    assert slots(days=[MONDAY + timedelta(days=1)], counsellors=[part_time]) == []


def test_nothing_is_offered_that_has_begun():
    noon = instant(MONDAY, time(12), ZONE)
    assert min(one.starts_at for one in slots(after=noon)) == instant(MONDAY, time(13), ZONE)
    assert all(one.starts_at > noon for one in slots(after=noon + timedelta(hours=1, minutes=3)))


def test_times_begin_on_the_grid():
    with pytest.raises(ValueError, match="grid"):
        tens(datetime(2026, 11, 23, 8, 5, tzinfo=UTC), 10)


@pytest.mark.parametrize("now_in", list(AppointmentState))
def test_every_move_that_is_not_in_the_table_is_refused(now_in):
    for to in AppointmentState:
        assert may_move(now_in=now_in, to=to).refused is (to not in ALLOWED_MOVES[now_in])


NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, ""),
        ({"is_free": False}, "time_taken"),
        ({"starts_at": NOON}, "time_has_passed"),
        ({"minutes": 15}, "no_such_length"),
        ({"jobseeker_is_served": False}, "not_served"),
    ],
)
def test_what_may_be_booked(changes, reason):
    facts = {"minutes": 20, "starts_at": NOON + timedelta(hours=1), "is_free": True, "jobseeker_is_served": True}
    decision = may_book(BookFacts(**{**facts, **changes}), at=NOON)
    assert [one.code for one in decision.reasons] == ([reason] if reason else [])


def test_the_person_changes_alone_until_shortly_before():
    early, late = NOON + timedelta(minutes=60), NOON + timedelta(minutes=59)
    assert not may_change_alone(starts_at=early, at=NOON, policy=POLICY).refused
    assert may_change_alone(starts_at=late, at=NOON, policy=POLICY).refused


def test_not_come_only_after_the_grace():
    for minutes, missed in ((29, False), (30, True)):
        at = NOON + timedelta(minutes=minutes)
        assert is_no_show(state=AppointmentState.BOOKED, starts_at=NOON, at=at, policy=POLICY) is missed
    late = NOON + timedelta(hours=3)
    assert not is_no_show(state=AppointmentState.ARRIVED, starts_at=NOON, at=late, policy=POLICY)


@pytest.mark.parametrize(
    ("invitations", "paused", "served", "act"),
    [
        (1, False, True, AfterNoShow.INVITE_AGAIN),
        (1, True, True, AfterNoShow.NOTHING),
        (2, False, True, AfterNoShow.RAISE_TASK),
        (2, True, True, AfterNoShow.RAISE_TASK),
        (1, False, False, AfterNoShow.NOTHING),
    ],
)
def test_a_no_show_leads_to_an_invitation_then_to_a_call_and_never_to_a_sanction(invitations, paused, served, act):
    assert after_no_show(invitations=invitations, paused=paused, served=served, policy=POLICY) == act
    assert set(AfterNoShow) == {AfterNoShow.NOTHING, AfterNoShow.INVITE_AGAIN, AfterNoShow.RAISE_TASK}


TEN = instant(date(2026, 11, 25), time(10), ZONE)


def due(at, **changes):
    facts = {
        "starts_at": TEN,
        "day_starts": instant(date(2026, 11, 25), time(0), ZONE),
        "booked_at": LONG_AGO,
        "reminded_day_at": None,
        "reminded_morning_at": None,
    }
    return reminder_due(ReminderFacts(**{**facts, **changes}), at=at, policy=POLICY)


def test_reminders_the_evening_before_and_the_same_morning():
    evening, morning = instant(date(2026, 11, 24), time(17), ZONE), instant(date(2026, 11, 25), time(8), ZONE)
    assert due(evening - timedelta(minutes=1)) == Reminder.NONE
    assert due(evening) == Reminder.DAY_BEFORE
    assert due(evening, reminded_day_at=evening) == Reminder.NONE
    assert due(morning, reminded_day_at=evening) == Reminder.MORNING
    assert due(morning, reminded_day_at=evening, reminded_morning_at=morning) == Reminder.NONE
    assert due(TEN) == Reminder.NONE
    # Chosen after the reminder would have gone: the person knows.
    assert due(evening, booked_at=evening + timedelta(minutes=1)) == Reminder.NONE
    # A service that stood still over the evening sends one reminder, not two.
    assert due(morning) == Reminder.MORNING
