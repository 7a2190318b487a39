"""The rules with plain values: hours, money, samples, initials."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from openpes.enrolments.rules import (
    draw_controls,
    has_completed,
    initials,
    may_decide_claim,
    may_list,
    may_pay,
    middle,
    months_after,
    stipend_for,
    two_people,
)
from openpes.enrolments.states import ClaimState, ControlWhy, ListState, PayState


@pytest.mark.parametrize(("present", "held", "enough"), [(80, 100, True), (79, 100, False), (0, 0, False)])
def test_completed_by_hours(present: int, held: int, enough: bool) -> None:
    assert has_completed(present=present, held=held, percent=80) is enough


@pytest.mark.parametrize(
    ("days", "held", "last", "amount"),
    [
        (10, 10, date(2026, 5, 1), "3000.00"),
        (5, 10, date(2026, 5, 1), "1500.00"),
        (10, 10, date(2026, 4, 16), "1500.00"),
        (12, 10, date(2026, 5, 1), "3000.00"),
        (1, 3, date(2026, 5, 1), "1000.00"),
        (0, 0, date(2026, 5, 1), "0"),
    ],
)
def test_a_stipend_follows_attendance(days: int, held: int, last: date, amount: str) -> None:
    found = stipend_for(
        monthly=Decimal(3000), days_present=days, days_held=held, starts_on=date(2026, 4, 1), ends_before=last
    )
    assert found == Decimal(amount)


def test_two_people_and_the_span_of_a_list() -> None:
    assert two_people(1, 2).allowed
    assert two_people(1, 1).refused and two_people(1, None).refused
    span = {"starts_on": date(2026, 4, 1), "overlapping": False, "amount": Decimal(1)}
    assert may_list(**(span | {"ends_before": date(2026, 5, 2)})).allowed
    assert may_list(**(span | {"ends_before": date(2026, 5, 3)})).refused
    assert may_list(**(span | {"ends_before": date(2026, 5, 1), "overlapping": True})).refused
    assert may_list(**(span | {"ends_before": date(2026, 5, 1), "amount": None})).refused


def test_nothing_is_paid_before_release_or_to_nowhere() -> None:
    paid = {"now_in": PayState.DUE, "to": PayState.PAID}
    assert may_pay(released=ListState.RELEASED, account="12", **paid).allowed
    assert may_pay(released=ListState.PREPARED, account="12", **paid).refused
    assert may_pay(released=ListState.RELEASED, account=" ", **paid).refused
    again = {"now_in": PayState.PAID, "to": PayState.PAID}
    assert may_pay(released=ListState.RELEASED, account="12", **again).refused


def test_a_claim_needs_the_ledger_and_a_refusal_needs_words() -> None:
    filed = ClaimState.FILED
    assert may_decide_claim(state=filed, to=ClaimState.AGREED, placement=True, why="").allowed
    assert may_decide_claim(state=filed, to=ClaimState.AGREED, placement=None, why="").refused
    assert may_decide_claim(state=filed, to=ClaimState.REFUSED, placement=True, why=" ").refused
    assert may_decide_claim(state=filed, to=ClaimState.PAID, placement=True, why="").refused


def test_the_sample_can_be_repeated_and_looks_at_flags_second() -> None:
    drawn = draw_controls(range(200), flags={7: 3, 8: 1}, seed="a", chance_percent=5, risk_percent=5)
    assert drawn == draw_controls(reversed(range(200)), flags={7: 3, 8: 1}, seed="a", chance_percent=5, risk_percent=5)
    assert sum(one.because == ControlWhy.CHANCE for one in drawn) == 10
    risky = [one.key for one in drawn if one.because == ControlWhy.RISK]
    by_chance = {one.key for one in drawn} - set(risky)
    assert risky == [key for key in (7, 8) if key not in by_chance]
    other = draw_controls(range(200), flags={}, seed="b", chance_percent=5, risk_percent=5)
    assert {one.key for one in other} != by_chance


def test_small_words() -> None:
    assert initials("Maria  Santos") == "M. S." and initials("Suharto") == "S."
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert middle([3, 1, 2, 9]) == 2 and middle([]) is None
