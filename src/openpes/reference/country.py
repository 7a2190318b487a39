"""The country in force: its pack, its day, its areas. Rooms and doors ask here, never the settings."""

from __future__ import annotations

import math
from datetime import date, datetime
from functools import lru_cache

from django.conf import settings

from openpes.core.clock import local_date
from openpes.reference.in_force import country_in_force
from openpes_countries import Country, load_country
from openpes_countries.country import Area


def country() -> Country:
    """The law of the country that this installation serves: its pack, and what its officers made of it."""
    return country_in_force(settings.COUNTRY).country


def country_name(language: str) -> str:
    """What the country calls itself; its English name for readers of English."""
    return country().name if language == "en" else country().own_name


def today(at: datetime) -> date:
    """The calendar date of an instant in the country."""
    return local_date(at, country().timezone)


@lru_cache(maxsize=8)
def _areas_by_code(code: str) -> dict[str, Area]:
    return {area.code: area for area in load_country(code).areas}


def area(code: str) -> Area | None:
    """The area with this code, or None."""
    return _areas_by_code(settings.COUNTRY).get(code)


def area_name(code: str, language: str) -> str:
    """The name of an area in a language; the code itself when it is not known."""
    found = area(code)
    return found.name(language) if found else code


def larger_areas(code: str) -> tuple[str, ...]:
    """The areas around an area, nearest first."""
    around: list[str] = []
    found = area(code)
    while found is not None and found.parent and found.parent not in around:
        around.append(found.parent)
        found = area(found.parent)
    return tuple(around)


def largest_area(code: str) -> str:
    """The area of the first level that an area lies in; the code itself where nothing is around it."""
    return (code, *larger_areas(code))[-1]


def area_choices(language: str) -> list[tuple[str, str]]:
    """(code, name) of the smallest areas that people choose from, grouped under the larger one in the name."""
    areas = _areas_by_code(settings.COUNTRY)
    parents = {one.parent for one in areas.values() if one.parent}
    leaves = [one for one in areas.values() if one.code not in parents]
    return sorted(((one.code, one.name(language)) for one in leaves), key=lambda pair: pair[1])


def area_coordinates(code: str) -> tuple[float, float] | None:
    """Latitude and longitude that stand for an area, or None: then a distance is unknown, and is said to be."""
    found = area(code)
    if found is None or found.latitude is None or found.longitude is None:
        return None
    return found.latitude, found.longitude


def areas_near(code: str, *, within_km: float) -> frozenset[str]:
    """The area itself and those whose middle is within so many kilometres of its own; alone when it is not known."""
    here = area_coordinates(code)
    if here is None:
        return frozenset({code})
    near = {code}
    for other in _areas_by_code(settings.COUNTRY):
        there = area_coordinates(other)
        if there is not None and distance_km(here, there) <= within_km:
            near.add(other)
    return frozenset(near)


def distance_km(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Great-circle distance of two points (haversine on a mean radius of 6371 km)."""
    latitude, longitude, other_latitude, other_longitude = (math.radians(one) for one in (*here, *there))
    half = (
        math.sin((other_latitude - latitude) / 2) ** 2
        + math.cos(latitude) * math.cos(other_latitude) * math.sin((other_longitude - longitude) / 2) ** 2
    )
    return 2 * 6371 * math.asin(math.sqrt(half))


def currency() -> str:
    """The ISO 4217 code of the country's money."""
    return country().currency.code


def pages_language(wanted: str) -> str:
    """The wanted language if the pages speak it, else English."""
    codes = [code for code, _name in settings.LANGUAGES]
    return wanted if wanted in codes else ("en" if "en" in codes else codes[0])
