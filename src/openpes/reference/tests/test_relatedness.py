"""Relatedness equals its definition, computed here a second time and more slowly."""

import math

import numpy as np
import pytest

from openpes.reference import relatedness, taxonomy


def slow_relatedness(isco_a, isco_b):
    """Written from the docstring of the module, with sets and without its caches."""
    if isco_a == isco_b:
        return 255
    digits = next((n for n in (3, 2, 1) if isco_a[:n] == isco_b[:n]), 0)
    tree = {3: 180, 2: 110, 1: 40, 0: 0}[digits]

    def parts(isco):
        return {
            link.skill.id: (2 if link.kind == "essential" else 1)
            * (math.floor(math.log2(436**4 // len(taxonomy.occupations_with(link.skill.id)) ** 4)) + 1)
            for link in taxonomy.skills_of(isco)
        }

    a, b = parts(isco_a), parts(isco_b)
    overlap = sum(min(a[skill], b[skill]) for skill in a if skill in b)
    skills = min(254, 765 * overlap // (sum(a.values()) + sum(b.values())))
    return max(tree, skills if skills >= 60 else 0)


def test_equals_the_slow_definition():
    codes = taxonomy.unit_codes()
    sample = [codes[i] for i in np.random.default_rng(7).choice(len(codes), 60, replace=False)]
    for isco_a in sample:
        for isco_b in sample:
            assert relatedness.relatedness(isco_a, isco_b) == slow_relatedness(isco_a, isco_b)


def test_stored_file_is_up_to_date():
    stored = (taxonomy.DATA_FOLDER / relatedness.RELATED_FILE).read_text(encoding="utf-8")
    assert stored == relatedness.pairs_as_csv(relatedness.computed_pairs()), (
        "run python -m openpes.reference.relatedness --write"
    )


def test_only_pairs_that_say_more_than_the_tree_are_stored():
    for isco_a, isco_b, value in relatedness.computed_pairs():
        assert isco_a < isco_b
        assert relatedness.tree_value(isco_a, isco_b) < value <= 254


def test_matrix_is_symmetric_whole_and_locked():
    codes, matrix = relatedness.proximity_matrix()
    assert codes == taxonomy.unit_codes()
    assert matrix.shape == (436, 436) and matrix.dtype == np.uint8
    assert (matrix == matrix.T).all()
    assert (matrix.diagonal() == 255).all()
    assert (matrix == 255).sum() == 436
    with pytest.raises(ValueError, match="read-only"):
        matrix[0, 0] = 1


def test_matrix_says_what_the_function_says():
    codes, matrix = relatedness.proximity_matrix()
    rng = np.random.default_rng(3)
    for row, column in rng.integers(0, len(codes), (500, 2)):
        assert matrix[row, column] == relatedness.relatedness(codes[row], codes[column])


@pytest.mark.parametrize(
    ("isco", "near", "far"),
    [
        ("5131", "5246", "7212"),  # a waiter is nearer to a counter attendant than to a welder
        ("9313", "7112", "4110"),  # a construction helper to a bricklayer than to an office clerk
        ("9412", "5120", "8332"),  # a kitchen helper to a cook than to a truck driver
        ("8153", "7531", "5414"),  # a sewing machine operator to a tailor than to a guard
        ("5321", "3221", "5223"),  # a nursing aide to an assistant nurse than to a shop assistant
    ],
)
def test_skills_join_what_the_tree_parts(isco, near, far):
    assert relatedness.relatedness(isco, near) > relatedness.relatedness(isco, far)


def test_nearest_is_sorted_and_leaves_out_itself():
    near = relatedness.nearest("5120", limit=20)
    assert len(near) == 20
    assert "5120" not in dict(near)
    values = [value for _, value in near]
    assert values == sorted(values, reverse=True)
    assert relatedness.nearest("5120", limit=5) == near[:5]


def test_crossing_parts_the_skills_into_shared_and_missing():
    step = relatedness.crossing("9412", "5120")
    target = {link.skill.id for link in taxonomy.skills_of("5120")}
    shared = {skill.id for skill in step.shared}
    missing = {skill.id for skill in step.missing_essential + step.missing_useful}
    assert shared | missing == target and not shared & missing
    assert shared <= {link.skill.id for link in taxonomy.skills_of("9412")}
    assert "know-food-hygiene" in shared and "season-and-taste" in missing


def test_crossing_names_the_licence_that_is_new():
    assert [licence.id for licence in relatedness.crossing("9333", "8332").missing_licences] == ["truck-licence"]
    assert relatedness.crossing("8332", "8332").missing_licences == ()


def test_unknown_and_incomplete_codes_are_refused():
    with pytest.raises(taxonomy.UnknownCode):
        relatedness.relatedness("5131", "9999")
    with pytest.raises(taxonomy.UnknownCode, match="four digits"):
        relatedness.nearest("513")
