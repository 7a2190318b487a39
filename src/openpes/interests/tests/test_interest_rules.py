"""The arithmetic of interests with plain numbers, and the data behind it."""

from __future__ import annotations

import pytest

from openpes.guidance.lists import activities
from openpes.interests.items import ITEMS, items_of, sides_of
from openpes.interests.queries import letters_by_isco
from openpes.interests.rules import (
    agreement_of,
    alpha,
    correlation,
    gap,
    item_rest,
    likeness,
    may_finish,
    may_sort,
    most_alike,
    profile_of,
)
from openpes.interests.states import Agreement, Length, Side
from openpes.interests.words import CARD, DID
from openpes.reference.taxonomy import skills, unit_codes

SHORT = sides_of(Length.SHORT)


def answers(**by_side: int) -> dict[str, int]:
    return {code: by_side.get(side.value, 1) for code, side in SHORT.items()}


def test_sixty_questions_ten_a_side_and_a_short_form_of_five():
    assert len({one.code for one in ITEMS}) == len({str(one.words) for one in ITEMS}) == 60
    for length, each in ((Length.LONG, 10), (Length.SHORT, 5)):
        asked = [one.side for one in items_of(length)]
        assert {side: asked.count(side) for side in Side} == dict.fromkeys(Side, each)
    assert all(len(str(one.words).split()) <= 8 for one in ITEMS)


def test_every_kind_of_work_has_letters():
    letters = letters_by_isco()
    assert set(letters) == set(unit_codes())
    assert all(2 <= len(one) <= 3 and len(set(one)) == len(one) and set(one) <= set(Side) for one in letters.values())


def test_everyday_work_has_words_for_the_person_and_known_skills():
    assert set(DID) == set(activities())
    assert all(skill in skills() for one in activities().values() for skill in one.skills)
    assert len(CARD) == 20


def test_points_are_the_mean_from_0_to_100():
    profile = profile_of(answers(S=5, E=4, R=3), SHORT)
    assert profile.points == {Side.R: 50, Side.I: 0, Side.A: 0, Side.S: 100, Side.E: 75, Side.C: 0}
    assert profile.letters == "SER" and profile.agreement == Agreement.CLOSE and not profile.flat


def test_equal_answers_are_flat_and_like_no_work():
    profile = profile_of(answers(R=3, I=3, A=3, S=3, E=3, C=3), SHORT)
    assert profile.flat and likeness(profile.points, "SER") == 0


def test_a_side_without_answers_is_no_profile():
    with pytest.raises(ValueError, match="side C"):
        profile_of({code: 3 for code, side in SHORT.items() if side != Side.C}, SHORT)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (Side.R, Side.I, Agreement.CLOSE),
        (Side.C, Side.R, Agreement.CLOSE),
        (Side.R, Side.A, Agreement.MIDDLE),
        (Side.C, Side.I, Agreement.MIDDLE),
        (Side.R, Side.S, Agreement.FAR),
        (Side.E, Side.I, Agreement.FAR),
    ],
)
def test_steps_around_the_hexagon(first, second, expected):
    assert agreement_of(first, second) == expected


def test_work_with_the_same_letters_comes_first():
    profile = profile_of(answers(S=5, I=3, R=2), SHORT)
    found = most_alike(profile.points, {"1": "CER", "2": "SIR", "3": "RIS"}, 3)
    assert [code for code, _value in found] == ["2", "3", "1"]
    # Points 25, 50, 0, 100, 0, 0 against 1, 2, 0, 3, 0, 0: 250 over the root of 8020.83 times 8.
    assert found[0][1] == pytest.approx(250 / (48125 / 6 * 8) ** 0.5) and found[-1][1] < 0


def test_finishing_needs_each_answer():
    whole = answers(R=2)
    assert may_finish(whole, SHORT).allowed
    assert may_finish(whole | {"R01": 6}, SHORT).refused
    assert may_finish({}, SHORT).refused


def test_cards_need_a_heap_each_and_at_most_five_on_top():
    cards = ("a", "b", "c", "d", "e", "f")
    sorting = dict.fromkeys(cards, "very")
    assert may_sort(sorting, cards[:5], cards).allowed
    assert may_sort(sorting, cards, cards).reasons[0].code == "top_too_many"
    assert may_sort(sorting, ("x",), cards).refused
    assert may_sort(sorting | {"a": "odd"}, (), cards).reasons[0].code == "cards_missing"


def test_alpha_of_a_table_worked_out_by_hand():
    # Variances of the columns 2.5 and 2.5; sums 3, 3, 7, 7, 10, their variance 9.
    rows = [(1, 2), (2, 1), (3, 4), (4, 3), (5, 5)]
    assert alpha(rows) == pytest.approx(2 * (1 - 5 / 9)) and item_rest(rows)[0] == pytest.approx(0.8)
    assert alpha([(1, 5), (5, 1)]) is None and alpha([(1, 1)]) is None


def test_correlation_of_what_does_not_vary_is_unknown():
    assert correlation([1, 2, 3], [2, 4, 6]) == pytest.approx(1)
    assert correlation([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)
    assert correlation([1, 1, 1], [1, 2, 3]) is None


def test_the_gap_keeps_the_order():
    found = gap(["a", "b", "c"], {"c", "a"})
    assert found.has == ("a", "c") and found.lacks == ("b",)
