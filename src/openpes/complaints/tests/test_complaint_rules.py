"""By when, by whom, and when an advert is held: pure."""

from __future__ import annotations

from datetime import date

import pytest

from openpes.complaints.rules import (
    MakeFacts,
    OwnerFacts,
    due_on,
    holds_advert,
    is_overdue,
    may_answer,
    may_hand_off,
    may_make,
    may_own,
)
from openpes.complaints.states import ALLOWED_MOVES, ComplaintKind, ComplaintState, Danger

ON = date(2026, 11, 24)
DAYS = {kind.value: 10 for kind in ComplaintKind}
SOMEBODY = OwnerFacts(account=5, complained_about=None, answered_before=None, made_by=None)


def codes(decision) -> list[str]:
    return [one.code for one in decision.reasons]


def test_anybody_may_complain_with_a_kind_and_words() -> None:
    assert may_make(MakeFacts("not_paid", "Two months.", "safe")).allowed
    assert codes(may_make(MakeFacts("", " ", ""))) == ["kind_needed", "words_needed", "danger_needed"]
    assert codes(may_make(MakeFacts("other", "x" * 2001, "safe"))) == ["words_too_long"]


def test_danger_now_is_looked_at_today() -> None:
    assert due_on(kind=ComplaintKind.OTHER, danger=Danger.NOW, on=ON, days=DAYS) == ON
    assert due_on(kind=ComplaintKind.OTHER, danger=Danger.SAFE, on=ON, days=DAYS) == date(2026, 12, 4)


def test_nobody_answers_about_themselves_and_the_second_look_is_anothers() -> None:
    assert codes(may_own(OwnerFacts(5, 5, None, None))) == ["not_about_oneself"]
    assert codes(may_own(OwnerFacts(5, None, 5, None))) == ["second_look_by_another"]
    assert codes(may_own(OwnerFacts(None, None, None, None))) == ["named_officer_needed"]
    assert may_own(SOMEBODY).allowed


def test_an_answer_says_something_and_comes_once() -> None:
    assert may_answer(now_in=ComplaintState.IN_HAND, answer="We called them.", owner=SOMEBODY).allowed
    assert codes(may_answer(now_in=ComplaintState.CLOSED, answer="No.", owner=SOMEBODY)) == [
        "not_from_here",
        "answer_needed",
    ]


@pytest.mark.parametrize(
    ("kind", "known", "reports", "held"),
    [
        (ComplaintKind.ASKED_FOR_MONEY, True, 0, True),
        (ComplaintKind.ASKED_FOR_MONEY, False, 1, False),
        (ComplaintKind.FAKE_ADVERT, False, 2, True),
        (ComplaintKind.NOT_PAID, True, 5, False),
    ],
)
def test_when_an_advert_is_held(kind, known, reports, held) -> None:
    assert holds_advert(kind=kind, is_known=known, reports=reports) is held


def test_what_the_inspectorate_gets() -> None:
    assert may_hand_off(kind=ComplaintKind.UNSAFE, person_agrees=True, is_open=True).allowed
    assert codes(may_hand_off(kind=ComplaintKind.DATA, person_agrees=False, is_open=False)) == [
        "not_for_the_inspectorate",
        "agreement_needed",
        "already_ended",
    ]


def test_the_table_of_moves_is_whole_and_ends() -> None:
    assert set(ALLOWED_MOVES) == set(ComplaintState) and not ALLOWED_MOVES[ComplaintState.CLOSED]
    assert is_overdue(due=ON, is_open=True, on=date(2026, 11, 25)) and not is_overdue(due=ON, is_open=True, on=ON)
    assert not is_overdue(due=ON, is_open=False, on=date(2027, 1, 1))
