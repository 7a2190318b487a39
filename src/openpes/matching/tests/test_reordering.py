"""What may change the order of a list after the ranking: priority of groups, freshness and answers."""

from __future__ import annotations

import random

import numpy as np
import pytest

from openpes.matching.priority import put_first
from openpes.matching.standing import ENOUGH_INTRODUCTIONS, STALE_DAYS, kept, reordered


def test_somebody_of_a_group_moves_up_as_far_as_allowed() -> None:
    """And no farther, and each move is told."""
    made = put_first([10, 11, 12, 13], {13: "youth"}, places=2)
    assert made.order == (10, 13, 11, 12)
    assert [(one.person_id, one.from_place, one.to_place, one.group) for one in made.moves] == [(13, 4, 2, "youth")]


@pytest.mark.parametrize("seed", range(30))
def test_nobody_is_lost_and_groups_keep_their_order(seed: int) -> None:
    """For any list: a permutation, both kinds in their order, nobody of a group lower or up too far."""
    draw = random.Random(seed)
    ranked = draw.sample(range(100), 20)
    groups = {one: "g" for one in ranked if draw.random() < 0.4}
    places = draw.randrange(6)
    order = put_first(ranked, groups, places=places).order
    assert sorted(order) == sorted(ranked)
    for kind in (True, False):
        assert [one for one in order if (one in groups) is kind] == [one for one in ranked if (one in groups) is kind]
    for one in groups:
        assert 0 <= ranked.index(one) - order.index(one) <= places


def test_without_places_nothing_moves() -> None:
    """Off is off."""
    assert put_first([1, 2], {2: "youth"}, places=0).moves == ()
    with pytest.raises(ValueError, match="twice"):
        put_first([1, 1], {}, places=1)


def test_a_fresh_vacancy_of_an_employer_who_answers_loses_nothing() -> None:
    """And unknown facts cost nothing either."""
    days = np.array([0, -1, STALE_DAYS, STALE_DAYS * 3, 0, 0])
    answers = np.array([9, 0, 9, 9, 0, 0])
    asked = np.array([9, 0, 9, 9, 10, ENOUGH_INTRODUCTIONS - 1])
    assert kept(days, answers, asked, liveness=100, answering=50).tolist() == [
        1_000_000,
        1_000_000,
        900_000,
        900_000,
        950_000,
        1_000_000,
    ]


def test_the_order_changes_only_by_what_is_at_stake() -> None:
    """A stale vacancy falls behind one that is nearly as good; the empty end of a list stays the end."""
    score = np.array([[1000, 990, -1], [1000, 900, -1]])
    share = np.array([[980_000, 1_000_000, 1_000_000], [980_000, 1_000_000, 0]])
    assert reordered(score, share).tolist() == [[1, 0, 2], [0, 1, 2]]
