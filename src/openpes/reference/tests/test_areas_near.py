"""Areas near an area: itself always, others by distance, nothing guessed where the place is not known."""

from __future__ import annotations

import pytest

from openpes.reference.country import area_coordinates, areas_near, country

CEBU, BOHOL = "PH-CEB", "PH-BOH"


def test_an_area_is_near_itself() -> None:
    """At any distance, and when it does not exist."""
    assert CEBU in areas_near(CEBU, within_km=0)
    assert areas_near("XX-1", within_km=100) == {"XX-1"}


def test_neighbours_come_with_the_distance() -> None:
    """Bohol lies some 70 km from Cebu; nobody is further than half the way round the earth."""
    assert BOHOL not in areas_near(CEBU, within_km=30)
    assert BOHOL in areas_near(CEBU, within_km=150)
    known = {area.code for area in country().areas if area_coordinates(area.code)}
    assert areas_near(CEBU, within_km=20_100) == known


@pytest.mark.parametrize("km", [10.0, 60.0, 300.0])
def test_nearness_is_mutual(km: float) -> None:
    """If A is near B, B is near A."""
    for code in (CEBU, BOHOL, "PH-00"):
        for other in areas_near(code, within_km=km):
            assert code in areas_near(other, within_km=km)
