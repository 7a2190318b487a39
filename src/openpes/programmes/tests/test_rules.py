"""Rules on plain values: the same facts give the same places."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from openpes.programmes.eligibility import eligible, fields_of, known_facts
from openpes.programmes.rules import (
    Line,
    affordable,
    allocate,
    by_draw,
    by_score,
    frozen_list,
    list_hash,
    priority_score,
)

AT = datetime(2026, 11, 24, tzinfo=UTC)
YOUNG = {
    "all": [{"field": "age", "op": "between", "value": [18, 24]}, {"field": "employed", "op": "is", "value": False}]
}


def line(key: int, *groups: str, score: int = 0) -> Line:
    return Line(key, AT + timedelta(minutes=key), frozenset(groups), f"t{key:03d}", score)


@pytest.mark.parametrize(
    ("facts", "recalled", "allowed"),
    [
        ({"age": 20, "employed": False}, False, True),
        ({"age": 30, "employed": False}, False, False),
        ({"age": 20}, False, None),
        ({"age": 30}, False, False),
        ({"age": 30, "employed": False}, True, None),
    ],
)
def test_what_is_not_known_never_denies(facts: dict[str, object], recalled: bool, allowed: bool | None) -> None:
    """Nor does a rule that was written from memory."""
    found = eligible(rule=YOUNG, facts=facts, recalled=recalled, by_hand=["papers"], source="Act 1, art. 2")
    assert found.allowed is allowed
    assert [one.field for one in found.conditions] == ["age", "employed"]
    assert found.as_kept()["source"] == "Act 1, art. 2"


def test_no_rule_is_unknown() -> None:
    assert eligible(rule=None, facts={"age": 20}, recalled=False).allowed is None


def test_answers_stand_above_the_registration() -> None:
    facts = known_facts(
        age=20, isced=3, experience_months=0, work_status="looking", answers={"employed": True, "x": None}
    )
    assert facts["employed"] is True and facts["unemployed"] is True and "x" not in facts


def test_each_question_is_asked_once() -> None:
    assert fields_of([YOUNG, {"not": {"field": "age", "op": "gt", "value": 60}}, None]) == ("age", "employed")


def test_quotas_come_first_and_leave_no_place_empty() -> None:
    lines = [line(1), line(2), line(3, "women"), line(4, "women"), line(5)]
    places = allocate(lines, free=3, quotas=[("women", 1), ("disabled", 1)])
    assert [(one.key, one.quota) for one in places] == [(3, "women"), (1, ""), (2, "")]
    assert allocate(lines, free=0, quotas=[("women", 2)]) == []
    assert len(allocate(lines, free=1, quotas=[("women", 2)])) == 1
    assert len(allocate(lines, free=9, quotas=[])) == 5


def test_points_are_published_and_explained() -> None:
    assert priority_score(["women", "other"], {"women": 3, "rural": 2}) == (3, (("women", 3),))
    assert [one.key for one in by_score([line(1), line(2, score=5), line(3, score=5)])] == [2, 3, 1]


def test_a_draw_is_the_hash_of_value_and_ticket() -> None:
    lines = [line(number) for number in range(20)]
    expected = sorted((one.ticket for one in lines), key=lambda t: hashlib.sha256(f"4711:{t}".encode()).hexdigest())
    assert [one.ticket for one in by_draw(reversed(lines), "4711")] == expected
    assert [one.ticket for one in by_draw(lines, "4712")] != expected


def test_the_frozen_list_names_no_order_but_the_tickets() -> None:
    text = frozen_list([line(2, "b", "a"), line(1)], ["a", "b"])
    assert text == "t001\t\nt002\ta,b\n"
    assert list_hash(text) == hashlib.sha256(text.encode()).hexdigest()


def test_money_pays_whole_places() -> None:
    assert affordable(budget=Decimal(1000), above=Decimal(0), committed=Decimal(300), cost=Decimal(200)) == 3
    assert affordable(budget=Decimal(1000), above=Decimal(100), committed=Decimal(300), cost=Decimal(200)) == 4
    assert affordable(budget=Decimal(0), above=Decimal(0), committed=Decimal(0), cost=Decimal(0)) is None
