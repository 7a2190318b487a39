"""Sentences out of figures: right numbers, the better way round, and silence about what is hidden."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from openpes.insights.headlines import AreaFit, across, each_place, headlines
from openpes_evidence.cells import Cell


def figures(version: str = "1.0", **values: float | None) -> dict[str, Cell]:
    return {name: Cell(name, version, value=value) for name, value in values.items()}


def test_people_for_each_place() -> None:
    told = headlines(figures(registered_stock=1230.0, live_places=410.0), {})
    assert told == ["1,230 people looked for work and 410 places were open: 3 people for each place."]


def test_more_places_than_people_is_told_the_other_way_round() -> None:
    told = headlines(figures(registered_stock=200.0, live_places=500.0), {})
    assert told == ["200 people looked for work and 500 places were open: 2.5 places for each person."]


@pytest.mark.parametrize("values", [{"registered_stock": None, "live_places": 40.0}, {"live_places": 3.0}, {}])
def test_what_is_hidden_or_missing_makes_no_number(values: dict[str, float | None]) -> None:
    assert headlines(figures(**values), {}) == ["Too few people or places to say how hard it is to find work."]


def test_nobody_looking_is_no_division_by_nought() -> None:
    assert headlines(figures(registered_stock=0.0, live_places=5.0), {})[0].startswith("Too few")


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (900.0, "100 more people looked for work than a month before."),
        (1_040.0, "40 fewer people looked for work than a month before."),
        (1_000.0, "As many people looked for work as a month before."),
    ],
)
def test_the_change_since_the_month_before(before: float, said: str) -> None:
    assert said in headlines(figures(registered_stock=1_000.0, live_places=1.0), figures(registered_stock=before))


def test_no_change_is_told_across_two_definitions() -> None:
    told = headlines(figures(registered_stock=1_000.0), figures("2.0", registered_stock=900.0))
    assert len(told) == 1


def test_who_looked_who_found_and_who_was_answered() -> None:
    told = headlines(figures(women_share=53.4, youth_share=81.6, in_work_6=9.7, answer_rate=59.3), {})
    assert told[1:] == [
        "Of 100 people who looked for work, 53 were women and 82 were younger than 30.",
        "Of 100 people who registered, 10 had work within half a year.",
        "Of 100 people sent to employers, 59 got an answer.",
    ]
    assert len(headlines(figures(women_share=53.4, youth_share=None), {})) == 1


def test_digits_are_those_of_the_reader() -> None:
    with override("ne"):
        assert "१,२३०" in headlines(figures(registered_stock=1230.0, live_places=410.0), {})[0]


def test_the_hardest_and_the_easiest_area() -> None:
    areas = [AreaFit("A", "Hills", 300.0, 30), AreaFit("B", "Coast", 100.0, 50), AreaFit("C", "Isle", None, 90)]
    assert across(areas) == [
        "It was hardest to find work in Hills: 10 people for each place.",
        "It was easiest to find work in Coast: 2 people for each place.",
    ]
    assert across(areas[1:]) == []
    assert across([AreaFit("A", "Hills", 10.0, 5), AreaFit("B", "Coast", 20.0, 10)]) == []


def test_no_place_is_no_ratio() -> None:
    assert each_place(50.0, 0) is None and each_place(None, 5) is None
    assert (each_place(37.0, 10), each_place(123.0, 10)) == (3.7, 12.0)
