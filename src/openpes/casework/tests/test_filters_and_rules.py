"""What comes next with a person, which people a list shows, and what may be written. Plain values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from openpes.casework.filters import CaseFacts, CasePolicy, Filters, filters_from, fits, in_order, next_step
from openpes.casework.rules import (
    Movable,
    may_correct,
    may_hand_over,
    may_keep_list,
    may_name_helper,
    may_note,
    may_stand_in,
    to_move,
)
from openpes.casework.states import Order, Step

ON = date(2026, 11, 24)
POLICY = CasePolicy(silent_days=30, sleep_days=180, sleeping_soon_days=14)
CALM = CaseFacts(
    jobseeker_id=1,
    name="Ana",
    state="active",
    registered_on=ON - timedelta(days=60),
    confirmed_on=ON - timedelta(days=10),
    isco=("5131",),
    area="PH-CEB",
    minor=False,
    last_contact_on=ON - timedelta(days=5),
    has_plan=True,
    review_on=ON + timedelta(days=20),
    open_referrals=1,
)


@pytest.mark.parametrize(
    ("changed", "step"),
    [
        ({}, Step.NONE),
        ({"state": "waiting_for_guardian"}, Step.GUARDIAN),
        ({"call_again_on": ON}, Step.CALL_AGAIN),
        ({"call_again_on": ON + timedelta(days=1)}, Step.NONE),
        ({"overdue": 1}, Step.OVERDUE),
        ({"overdue": 1, "call_again_on": ON}, Step.CALL_AGAIN),
        ({"comes_on": ON}, Step.COMES),
        ({"has_plan": False, "review_on": None, "last_contact_on": None}, Step.FIRST_TALK),
        ({"has_plan": False, "review_on": None}, Step.NO_PLAN),
        ({"review_on": ON}, Step.REVIEW),
        ({"confirmed_on": ON - timedelta(days=166)}, Step.SLEEPING_SOON),
        ({"confirmed_on": ON - timedelta(days=165)}, Step.NONE),
        ({"waiting_referrals": 1}, Step.ANSWER_WAITS),
        ({"open_referrals": 0}, Step.INTRODUCE),
        ({"last_contact_on": ON - timedelta(days=30)}, Step.CONTACT),
    ],
)
def test_the_next_step_is_the_first_that_holds(changed, step):
    assert next_step(replace(CALM, **changed), POLICY, on=ON) == step


@pytest.mark.parametrize(
    ("filters", "fitting", "other"),
    [
        (Filters(no_plan=True), {"has_plan": False}, {}),
        (Filters(overdue=True), {"overdue": 2}, {}),
        (Filters(minors=True), {"minor": True}, {}),
        (Filters(sleeping_soon=True), {"confirmed_on": ON - timedelta(days=170)}, {}),
        (Filters(silent_days=30), {"last_contact_on": ON - timedelta(days=30)}, {}),
        (Filters(silent_days=30), {"last_contact_on": None}, {"last_contact_on": ON - timedelta(days=29)}),
        (Filters(isco="9313"), {"isco": ("5131", "9313")}, {}),
        (Filters(area="PH-00"), {"area": "PH-00"}, {}),
    ],
)
def test_a_filter_shows_who_fits_and_nobody_else(filters, fitting, other):
    assert fits(replace(CALM, **fitting), filters, POLICY, on=ON)
    assert not fits(replace(CALM, **other), filters, POLICY, on=ON)


def test_filters_come_back_from_an_address_as_they_were_and_nonsense_is_left_out():
    asked = Filters(no_plan=True, silent_days=30, isco="5131", order=Order.NAME)
    assert filters_from(asked.as_data()) == asked
    assert filters_from({"silent_days": "-3", "order": "sex", "no_plan": "", "sex": "female"}) == Filters()
    assert not Filters().narrows and asked.narrows


def test_the_order_is_the_one_asked_for():
    late = replace(CALM, jobseeker_id=2, name="Ben", overdue=1, overdue_since=ON - timedelta(days=3))
    silent = replace(CALM, jobseeker_id=3, name="Cai", last_contact_on=None)
    rows = [CALM, silent, late]
    assert next(one.name for one in in_order(rows, Order.NEXT_STEP, POLICY, on=ON)) == "Ben"
    assert next(one.name for one in in_order(rows, Order.LAST_CONTACT, POLICY, on=ON)) == "Cai"
    assert [one.name for one in in_order(rows, Order.NAME, POLICY, on=ON)] == ["Ana", "Ben", "Cai"]


def codes(decision):
    return [one.code for one in decision.reasons] if decision.refused else []


def test_what_may_be_written():
    assert not codes(may_note(words="Wants mornings.")) and not codes(
        may_correct(words="No: evenings.", corrected=False)
    )
    assert codes(may_note(words=" ")) == ["note_words_needed"]
    assert codes(may_note(words="x" * 2001)) == ["note_too_long"]
    assert codes(may_correct(words="Again.", corrected=True)) == ["note_corrected_already"]
    assert not codes(may_name_helper(name="Aunt Rosa", role="relative", since=ON, until=None))
    assert codes(may_name_helper(name="", role="boss", since=ON, until=ON - timedelta(days=1))) == [
        "helper_name_needed",
        "unknown_helper_role",
        "helper_ends_early",
    ]
    assert not codes(may_keep_list(name="No plan", taken=["Overdue"], kept=1, most=12))
    assert codes(may_keep_list(name="No plan", taken=["No plan"], kept=12, most=12)) == [
        "list_name_taken",
        "too_many_lists",
    ]
    assert codes(may_keep_list(name=" ", taken=[], kept=0, most=12)) == ["list_name_needed"]


def test_who_may_stand_in():
    fine = {
        "first": ON,
        "last": ON + timedelta(days=13),
        "on": ON,
        "most_days": 92,
        "same_person": False,
        "both_serve": True,
        "taken": False,
    }
    assert not codes(may_stand_in(**fine))
    for changed, code in (
        ({"same_person": True}, "stand_in_is_absent"),
        ({"both_serve": False}, "not_at_office"),
        ({"last": ON - timedelta(days=1), "first": ON}, "stand_in_ends_early"),
        ({"first": ON - timedelta(days=9), "last": ON - timedelta(days=1)}, "stand_in_in_past"),
        ({"last": ON + timedelta(days=92)}, "stand_in_too_long"),
        ({"taken": True}, "stand_in_taken"),
    ):
        assert code in codes(may_stand_in(**{**fine, **changed})), code


def test_a_handover_needs_people_a_word_and_another_colleague():
    assert not codes(may_hand_over(people=1, note="I move to Cebu.", same_person=False, serves=True))
    assert codes(may_hand_over(people=0, note="", same_person=True, serves=False)) == [
        "nobody_chosen",
        "note_words_needed",
        "stand_in_is_absent",
        "not_at_office",
    ]


def test_the_newest_move_first_and_nobody_with_a_plan():
    people = [
        Movable(1, ON - timedelta(days=9), has_plan=False),
        Movable(2, ON, has_plan=True),
        Movable(3, ON - timedelta(days=1), has_plan=False),
    ]
    assert to_move(people, number=1) == [3] and to_move(people, number=9) == [3, 1] and to_move(people, number=0) == []
