"""Protected attributes cannot be passed in, and what stands for them moves no rank."""

from __future__ import annotations

import ast
import dataclasses
from pathlib import Path

import numpy as np
import pytest

import openpes_matching
from openpes_matching import Matcher, People, Vocabulary
from openpes_matching.tests import worlds

PROTECTED = ("sex", "gender", "name", "religion", "ethnicity", "disability", "marital_status", "photo", "group")


@pytest.mark.parametrize("attribute", PROTECTED)
def test_protected_columns_are_refused(attribute: str) -> None:
    with pytest.raises(TypeError):
        People(id=np.arange(1), **{attribute: np.zeros(1)})
    with pytest.raises(ValueError, match="does not take"):
        Vocabulary(["1111"]).people([{"id": 1, attribute: "x"}])
    assert attribute not in {field.name for field in dataclasses.fields(People)}


def test_swapping_age_above_the_legal_minimum_moves_no_rank() -> None:
    people, vacancies = worlds.world(21, 10_000, 200)
    for row in vacancies:
        row["min_age"] = min(row["min_age"] or 0, 21)
    adults = [dict(row, age=21 + i % 50) for i, row in enumerate(people)]
    mirrored = [dict(row, age=21 + (49 - i % 50)) for i, row in enumerate(people)]
    words = Vocabulary(worlds.CODES)
    near = np.full((13, 13), 100, np.uint8)
    offered = words.vacancies(vacancies)
    one = Matcher(words.people(adults), offered, proximity=near, engine="numba")
    other = Matcher(words.people(mirrored), offered, proximity=near, engine="numba")
    for ask in ("match_people", "match_vacancies"):
        a, b = getattr(one, ask)(10), getattr(other, ask)(10)
        assert np.array_equal(a.id, b.id) and np.array_equal(a.score, b.score)
        assert (a.id >= 0).any()


def test_age_is_read_only_as_a_constraint() -> None:
    """No feature and no kernel names the age: it ends at the need bits."""
    folder = Path(openpes_matching.__file__).parent
    scoring_files = [*(folder / "features").glob("*.py"), folder / "kernels.py", folder / "scoring.py"]
    for path in [*scoring_files, folder / "tables.py", folder / "segments.py"]:
        names = {node.attr for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)}
        assert "age" not in names and not names & set(PROTECTED), path


def test_legal_ages() -> None:
    words = Vocabulary(["1111"])
    people = words.people([{"id": i, "age": age} for i, age in enumerate([14, 15, 17, 18, None])])
    vacancies = words.vacancies(
        [{"id": 0}, {"id": 1, "hazardous": True}, {"id": 2, "min_age": 17}, {"id": 3, "min_age": 10}]
    )
    matcher = Matcher(people, vacancies, proximity=np.full((1, 1), 255, np.uint8))
    can = {(p, v) for p in range(5) for v in range(4) if not matcher.why_not(p, v)}
    young = {(1, 0), (1, 3), (2, 0), (2, 2), (2, 3)}
    adult = {(3, v) for v in range(4)}
    unknown = {(4, 0), (4, 2), (4, 3)}
    assert can == young | adult | unknown
    listed = matcher.match_people(4)
    assert {(int(q), int(i)) for q, row in zip(listed.query, listed.id, strict=True) for i in row if i >= 0} == can
