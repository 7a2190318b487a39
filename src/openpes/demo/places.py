"""Where things are: areas drawn by the people of their towns, spots in towns, and which office is near."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

from openpes.demo.chance import Weighted
from openpes.reference.country import distance_km
from openpes_countries import Area, Country, Town

# Towns are counted, villages are not: an exponent under one gives the countryside its people back.
TOWNS_COUNT_FOR = 0.8
PEOPLE_OF_AN_UNCOUNTED_TOWN = 10_000
LATIN = ("Latin", "Latn")
# A synthetic address lies within about a kilometre and a half of the middle of its town.
JITTER_DEGREES = 0.014


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a town. `town` is its name as written in the country where that is known."""

    area_code: str
    town: str
    latitude: float
    longitude: float


class Places:
    """The inhabited map of a country: its smallest areas and their towns."""

    def __init__(self, country: Country) -> None:
        parents = {area.parent for area in country.areas}
        located = [area for area in country.areas if area.latitude is not None and area.longitude is not None]
        self.areas = {area.code: area for area in located if area.code not in parents}
        self._tag = country.main_language.tag
        self._native = country.main_language.script not in LATIN
        self.people = {code: sum(_people_of(town) for town in towns_of(area)) for code, area in self.areas.items()}
        self._draw_area = Weighted({code: people**TOWNS_COUNT_FOR for code, people in self.people.items()})
        self._draw_town = {
            code: Weighted([(town, float(_people_of(town))) for town in towns_of(area)])
            for code, area in self.areas.items()
        }

    def draw_area(self, rng: Random) -> str:
        """The code of an area, the fuller the likelier."""
        return self._draw_area.draw(rng)

    def draw_spot(self, rng: Random, area_code: str) -> Spot:
        """A spot in a town of an area, the larger the town the likelier."""
        town = self._draw_town[area_code].draw(rng)
        area = self.areas[area_code]
        name = area.name(self._tag) if self._native and self._tag in area.names else town.name
        return Spot(
            area_code,
            name,
            round(town.latitude + rng.uniform(-JITTER_DEGREES, JITTER_DEGREES), 5),
            round(town.longitude + rng.uniform(-JITTER_DEGREES, JITTER_DEGREES), 5),
        )

    def fullest(self, count: int) -> list[Area]:
        """The areas with most people in towns, fullest first; again from the top when there are too few."""
        ordered = sorted(self.areas.values(), key=lambda area: (-self.people[area.code], area.code))
        return [ordered[number % len(ordered)] for number in range(count)]

    def centre(self, area_code: str) -> tuple[float, float]:
        """Latitude and longitude that stand for an area."""
        area = self.areas[area_code]
        assert area.latitude is not None and area.longitude is not None
        return area.latitude, area.longitude

    def nearest(self, area_code: str, among: tuple[str, ...]) -> list[int]:
        """The positions in `among` of the areas nearest to an area (several when an area stands there twice)."""
        return _nearest(self, area_code, among)


@cache
def _nearest(places: Places, area_code: str, among: tuple[str, ...]) -> list[int]:
    here = places.centre(area_code)
    far = {code: distance_km(here, places.centre(code)) for code in set(among)}
    least = min(far.values())
    return [position for position, code in enumerate(among) if far[code] == least]


def towns_of(area: Area) -> tuple[Town, ...]:
    """The towns of an area; where none is known, the place that stands for it."""
    if area.towns:
        return area.towns
    assert area.latitude is not None and area.longitude is not None
    return (Town(area.name(), area.latitude, area.longitude),)


def _people_of(town: Town) -> int:
    return town.population or PEOPLE_OF_AN_UNCOUNTED_TOWN
