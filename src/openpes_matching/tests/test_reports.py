"""Reports beside the ranker: who received nothing and why, and selection ratios."""

from __future__ import annotations

import numpy as np
import pytest

from openpes_matching import (
    Matcher,
    Vocabulary,
    by_group,
    listed_people,
    proximity_from_isco,
    selection_ratios,
    why_unserved,
)
from openpes_matching.fairness import wilson
from openpes_matching.tests import oracle, worlds

LAW = {"minimum_age": 15, "hazardous_age": 18}


@pytest.mark.parametrize("seed", range(4))
def test_reasons_follow_from_the_constraints(seed: int) -> None:
    people, vacancies = worlds.world(seed, 60, 6, unknown=0.0)
    words = Vocabulary(worlds.CODES)
    matcher = Matcher(words.people(people), words.vacancies(vacancies), proximity=proximity_from_isco(worlds.CODES))
    told = why_unserved(matcher, [row["id"] for row in people])
    assert [one.person for one in told] == [row["id"] for row in people]
    for one, person in zip(told, people, strict=True):
        against = [oracle.excluded(person, vacancy, LAW) for vacancy in vacancies]
        free = sum(not codes for codes in against)
        alone = [next(iter(codes)) for codes in against if len(codes) == 1]
        if free:
            assert (one.reason, one.opens) == ("eligible", free)
        elif alone:
            assert one.opens == alone.count(one.reason) == max(alone.count(code) for code in alone)
        else:
            assert (one.reason, one.opens) == ("several", 0)
    groups = [row["age"] // 10 for row in people]
    table = by_group(told, groups)
    assert sum(sum(counts.values()) for counts in table.values()) == len(people)


def test_no_vacancies_at_all() -> None:
    words = Vocabulary(["1111"])
    matcher = Matcher(words.people([{"id": 4}]), words.vacancies([]), proximity=np.ones((1, 1), np.uint8))
    assert [one.reason for one in why_unserved(matcher, None)] == ["no_vacancies"]


def test_selection_ratios_by_hand() -> None:
    selected = np.array([True] * 30 + [False] * 70 + [True] * 12 + [False] * 38)
    women, men = selection_ratios(selected, ["f"] * 100 + ["m"] * 50)
    assert (women.people, women.selected, women.rate, women.ratio) == (100, 30, 0.3, 1.0)
    assert men.ratio == pytest.approx(0.8) and men.ratio_low is not None and men.ratio_high is not None
    assert men.ratio_low == pytest.approx(0.449, abs=0.001) and men.ratio_high == pytest.approx(1.425, abs=0.001)
    assert wilson(30, 100) == pytest.approx((0.2189, 0.3958), abs=0.0001)


def test_selection_ratios_at_the_edges() -> None:
    assert selection_ratios(np.zeros(0, np.bool_), []) == []
    none, some = selection_ratios(np.array([False, True, True]), ["a", "b", "b"])
    assert none.rate == 0 and none.ratio is not None and 0 < none.ratio < 1
    assert some.ratio == 1.0
    with pytest.raises(ValueError, match="reference"):
        selection_ratios(np.array([True]), ["a"], reference="z")


def test_listed_people() -> None:
    people, vacancies = worlds.world(3, 40, 20)
    words = Vocabulary(worlds.CODES)
    matcher = Matcher(words.people(people), words.vacancies(vacancies), proximity=proximity_from_isco(worlds.CODES))
    found = matcher.match_vacancies(5)
    ids = np.array([row["id"] for row in people])
    listed = listed_people(found, ids, 2)
    assert set(ids[listed]) == {int(i) for row in found.id[:, :2] for i in row if i >= 0}
