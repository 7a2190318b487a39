"""A map of equal tiles: every area one square, about where it lies. Small and large areas are read alike. Pure.

No boundary file is needed: the squares are laid out from one point for each area, so that a country whose pack has
points has a map. Coordinates leave as text, as in `charts`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpes.web.look.charts import coordinate

Spot = tuple[int, int]
# All squares together are about as wide as a small phone shows; few columns have larger squares.
WIDTH, LARGEST, GAP = 290, 56, 3
LEVELS = 4


@dataclass(frozen=True)
class Tile:
    """One square. `value` None: hidden or not known. `text`: the value as it is read; `url`: where it leads."""

    code: str
    name: str
    label: str
    value: float | None
    text: str
    url: str = ""


def tile_layout(points: Mapping[str, tuple[float, float] | None], *, widest: int = 7) -> dict[str, Spot]:
    """(row, column) of each area, north up, at most `widest` columns. Areas without a point stand in a last row.

    Each area takes the free square nearest to where it lies, those far from the middle first, so that the outline of
    the country stays. The same points always give the same map.
    """
    known = {code: point for code, point in points.items() if point is not None}
    spots = _placed(known, widest) if known else {}
    lost = sorted(set(points) - set(known))
    below = max((row for row, _column in spots.values()), default=-1) + 1
    spots |= {code: (below + at // widest, at % widest) for at, code in enumerate(lost)}
    return spots


# So many squares for each area, in the shape of the country: the empty ones are the sea and the neighbours.
ROOM = 2.0


def _placed(points: Mapping[str, tuple[float, float]], widest: int) -> dict[str, Spot]:
    south, north = min(p[0] for p in points.values()), max(p[0] for p in points.values())
    west, east = min(p[1] for p in points.values()), max(p[1] for p in points.values())
    shrink = math.cos(math.radians((south + north) / 2))
    high, wide = max(north - south, 1e-6), max((east - west) * shrink, 1e-6)
    columns = min(widest, max(1, round(math.sqrt(ROOM * len(points) * wide / high))), len(points))
    rows = max(math.ceil(len(points) / columns), min(round(columns * high / wide), math.ceil(ROOM * len(points))))
    wanted = {
        code: ((north - lat) / high * (rows - 1), (lon - west) * shrink / wide * (columns - 1))
        for code, (lat, lon) in points.items()
    }
    middle = ((rows - 1) / 2, (columns - 1) / 2)
    order = sorted(wanted, key=lambda code: (-math.dist(wanted[code], middle), code))
    free = {(row, column) for row in range(rows) for column in range(columns)}
    spots: dict[str, Spot] = {}
    for code in order:
        spots[code] = min(free, key=lambda spot: (math.dist(spot, wanted[code]), spot))
        free.discard(spots[code])
    return _without_empty_edges(spots)


def _without_empty_edges(spots: dict[str, Spot]) -> dict[str, Spot]:
    rows = {row: at for at, row in enumerate(sorted({row for row, _column in spots.values()}))}
    left = min(column for _row, column in spots.values())
    return {code: (rows[row], column - left) for code, (row, column) in spots.items()}


def level_ends(values: Sequence[float]) -> list[float]:
    """The upper ends of all levels but the highest: quarters of the areas, equal values on one level."""
    known = sorted(values)
    ends = [known[min(len(known) - 1, len(known) * at // LEVELS)] for at in range(1, LEVELS)] if known else []
    return sorted(set(ends))


def level_of(value: float, ends: Sequence[float]) -> int:
    """The level of a value, 1 for the lowest."""
    return 1 + sum(value >= end for end in ends)


# Light to dark, each with the ink that is read on it (at least 4.5 : 1). The squares also carry as many dots.
GROUNDS = ("#eef3f1", "#c3dcda", "#2f7f85", "#0a464c")
INKS = ("#1d2b2e", "#1d2b2e", "#ffffff", "#ffffff")


def tile_map(tiles: Sequence[Tile], spots: Mapping[str, Spot]) -> dict[str, Any]:
    """The squares with their places as SVG wants them, and the size of the whole."""
    ends = level_ends([one.value for one in tiles if one.value is not None])
    rows = 1 + max((spots[one.code][0] for one in tiles), default=0)
    columns = 1 + max((spots[one.code][1] for one in tiles), default=0)
    side = min(LARGEST, WIDTH // columns - GAP)
    return {
        "tiles": list(_drawn(tiles, spots, ends, side)),
        "width": coordinate(columns * (side + GAP) - GAP),
        "height": coordinate(rows * (side + GAP) - GAP),
        "side": coordinate(side),
        "any_hidden": any(one.value is None for one in tiles),
    }


def _drawn(
    tiles: Sequence[Tile], spots: Mapping[str, Spot], ends: Sequence[float], side: int
) -> Iterator[dict[str, Any]]:
    for one in tiles:
        row, column = spots[one.code]
        x, y = column * (side + GAP), row * (side + GAP)
        level = 0 if one.value is None else level_of(one.value, ends)
        yield {
            "code": one.code,
            "name": one.name,
            "label": one.label,
            "text": one.text,
            "url": one.url,
            "level": level,
            "x": coordinate(x),
            "y": coordinate(y),
            "middle": coordinate(x + side / 2),
            "label_y": coordinate(y + side * 0.32),
            "value_y": coordinate(y + side * 0.66),
            "ground": GROUNDS[level - 1] if level else "#ffffff",
            "ink": INKS[level - 1] if level else "#1d2b2e",
            "dots": [
                {"x": coordinate(x + side / 2 + 6 * (at - (level - 1) / 2)), "y": coordinate(y + side * 0.85)}
                for at in range(level)
            ],
        }
