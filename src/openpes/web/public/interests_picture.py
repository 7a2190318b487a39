"""The hexagon of a profile as numbers for an SVG: corners, the person's shape, and where the labels stand."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any

from openpes.interests.rules import Profile
from openpes.interests.states import Side
from openpes.interests.words import LIKES, SIDE

MIDDLE, RADIUS, LABEL_AT = 150, 110, 132
RINGS = (25, 50, 75, 100)


@dataclass(frozen=True)
class Corner:
    """One side of work: where its corner and its label stand, in units of the picture (300 by 300)."""

    letter: str
    name: Any
    points: int
    x: int
    y: int
    label_x: int
    label_y: int


@dataclass(frozen=True)
class Hexagon:
    """The picture. `rings` and `shape` are lists of points as SVG writes them."""

    corners: tuple[Corner, ...]
    rings: tuple[str, ...]
    shape: str


def _at(place: int, length: float) -> tuple[int, int]:
    angle = pi * place / 3 - pi / 2
    return round(MIDDLE + length * cos(angle)), round(MIDDLE + length * sin(angle))


def _line(lengths: list[float]) -> str:
    return " ".join("{},{}".format(*_at(place, length)) for place, length in enumerate(lengths))


def hexagon(profile: Profile) -> Hexagon:
    """The picture of a profile; a side with no points still shows as a dot's width, so that the shape has a middle."""
    corners = tuple(
        Corner(side.value, SIDE[side], profile.points[side], *_at(place, RADIUS), *_at(place, LABEL_AT))
        for place, side in enumerate(Side)
    )
    return Hexagon(
        corners,
        tuple(_line([RADIUS * ring / 100] * len(Side)) for ring in RINGS),
        _line([RADIUS * max(profile.points[side], 3) / 100 for side in Side]),
    )


def strongest(profile: Profile) -> list[tuple[Any, Any]]:
    """(name, what it means) of the three strongest sides."""
    return [(SIDE[Side(letter)], LIKES[Side(letter)]) for letter in profile.letters]
