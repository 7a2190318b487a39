"""Nobody can be picked out of what leaves: small cells, what gives them away, and differences between tables."""

from __future__ import annotations

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from openpes_evidence.disclosure import SMALLEST, TOTAL, band, dominated, in_steps, protect, with_totals

SEXES, AGES, AREAS = ("F", "M"), ("15-19", "20-24", "25+"), ("A", "B")
COUNT = st.one_of(st.integers(0, 15), st.integers(0, 400))
TABLES = st.fixed_dictionaries({key: COUNT for key in product(SEXES, AGES, AREAS)})


@given(TABLES)
def test_no_small_count_is_shown(table: dict[tuple[str, ...], int]) -> None:
    made = protect(table, ("sex", "age", "area"))
    truth = with_totals(table, 3)
    for key, value in made.shown.items():
        assert value is None or truth[key] == 0 or truth[key] >= SMALLEST
        assert value is None or value == in_steps(truth[key])


@given(TABLES)
def test_no_equation_has_a_single_unknown_or_fewer_than_ten_people_behind_its_unknowns(
    table: dict[tuple[str, ...], int],
) -> None:
    made, truth = protect(table, ("sex", "age", "area")), with_totals(table, 3)
    codes = (SEXES, AGES, AREAS)
    for at in range(3):
        for rest in product(*((*codes[i], TOTAL) for i in range(3) if i != at)):
            line = [(*rest[:at], code, *rest[at:]) for code in (*codes[at], TOTAL)]
            unknown = [key for key in line if made.shown[key] is None]
            if unknown and any(truth[key] for key in line if made.shown[key] is not None):
                assert len(unknown) > 1
                assert sum(truth[key] for key in unknown) >= SMALLEST


@settings(max_examples=40)
@given(TABLES, st.lists(st.tuples(st.sampled_from(list(product(SEXES, AGES, AREAS))), st.integers(-3, 3)), max_size=6))
def test_no_pair_of_numbers_of_a_freeze_and_its_revision_differs_by_fewer_than_ten(
    table: dict[tuple[str, ...], int], changes: list[tuple[tuple[str, ...], int]]
) -> None:
    revised = dict(table)
    for key, by in changes:
        revised[key] = max(0, revised[key] + by)
    both = [protect(one, ("sex", "age", "area")).shown for one in (table, revised)]
    # Another table of the same freeze, cut otherwise, belongs to the pairs too.
    by_sex: dict[tuple[str, ...], int] = {}
    for (sex, _, _), count in table.items():
        by_sex[(sex,)] = by_sex.get((sex,), 0) + count
    numbers = [n for shown in (*both, protect(by_sex, ("sex",)).shown) for n in shown.values() if n is not None]
    for one, other in combinations(set(numbers), 2):
        assert abs(one - other) >= 10


def test_one_hidden_cell_takes_its_smallest_neighbour_along() -> None:
    made = protect({("F",): 4, ("M",): 30, ("O",): 90}, ("sex",))
    assert made.shown == {("F",): None, ("M",): None, ("O",): 90, (TOTAL,): 120}
    assert made.hidden_first == {("F",)} and made.hidden_second == {("M",)}


def test_a_cell_can_be_hidden_for_what_one_firm_makes_up() -> None:
    made = protect({("A",): 50, ("B",): 60, ("C",): 70}, ("area",), also=[("C",)])
    assert made.shown[("C",)] is None and made.shown[("A",)] is None and made.shown[("B",)] == 60


def test_dominance() -> None:
    assert dominated([90, 5, 5])
    assert dominated([50, 46, 2, 2])
    assert not dominated([40, 30, 30])
    assert not dominated([])


def test_bands_of_live_counts() -> None:
    assert [band(n) for n in (0, 1, 9, 10, 61, 499, 512)] == ["0", "1-9", "1-9", "10-24", "50-99", "250-499", "500+"]
