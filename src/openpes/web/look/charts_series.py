"""One figure over time with its band and its breaks, and bars in pairs that are told apart without colour. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from openpes.web.look.charts import LINE_FOOT, LINE_HEIGHT, LINE_TOP, NARROW, coordinate, nice_top, shortened, width_of

PAIR_ROW = 58
LEFT = 14
MOST_DOTS = 24


@dataclass(frozen=True)
class Point:
    """One month of a series. `value` None: hidden or missing; `breaks`: from here on the definition is another one."""

    label: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    breaks: bool = False
    note: str = ""


def series_shape(
    points: Sequence[Point], write: Callable[[Any], str], *, smooth: Sequence[float | None] = ()
) -> dict[str, Any]:
    """The line, the band around it, dashed uprights at breaks. A month without a value is a gap, never nought.

    `smooth`: a second, seasonally adjusted line, one value a point; none where there is none.
    """
    numbers = [one for point in points for one in (point.value, point.upper) if one is not None]
    top = nice_top(max([*numbers, *(one for one in smooth if one is not None), 0.0]))
    # Room on the left for the numbers of the axis.
    spots = [LEFT + ((97 - LEFT) * at / (len(points) - 1) if len(points) > 1 else 40) for at in range(len(points))]

    def y(value: float) -> float:
        return 100 - value / top * 100

    runs = _runs(points)
    return {
        "lines": [_path(run, spots, lambda at: y(points[at].value or 0.0)) for run in runs if len(run) > 1],
        "bands": [_band(run, points, spots, y) for run in _runs(points, band=True) if len(run) > 1],
        "smooth": _smooth(smooth, spots, y),
        "dots": [
            {"x": coordinate(spots[at]), "y": coordinate(LINE_TOP + LINE_HEIGHT * y(points[at].value or 0.0) / 100)}
            for run in runs
            for at in run
            # Of a long line only the end, and what no line joins: more dots would hide it.
            if len(points) <= MOST_DOTS or len(run) == 1 or at == len(points) - 1
        ],
        "breaks": [coordinate(spots[at]) for at, point in enumerate(points) if point.breaks],
        "ticks": [
            {"y": coordinate(LINE_TOP + LINE_HEIGHT * (1 - share)), "text": write(round(top * share, 6))}
            for share in (0, 0.5, 1)
        ],
        "feet": _feet(points, spots),
        "top": coordinate(LINE_TOP),
        "plot": coordinate(LINE_HEIGHT),
        "foot_y": coordinate(LINE_TOP + LINE_HEIGHT + 22),
        "bottom": coordinate(LINE_TOP + LINE_HEIGHT),
        "height": coordinate(LINE_TOP + LINE_HEIGHT + LINE_FOOT),
    }


def _runs(points: Sequence[Point], *, band: bool = False) -> list[list[int]]:
    """Months that may be joined by a line: neighbours with a value, under one definition."""
    runs: list[list[int]] = [[]]
    for at, point in enumerate(points):
        if point.breaks:
            runs.append([])
        if point.value is None or (band and (point.lower is None or point.upper is None)):
            runs.append([])
        else:
            runs[-1].append(at)
    return [run for run in runs if run]


def _path(run: Sequence[int], spots: Sequence[float], y: Callable[[int], float]) -> str:
    return " ".join(f"{coordinate(spots[at])},{coordinate(y(at))}" for at in run)


def _band(run: Sequence[int], points: Sequence[Point], spots: Sequence[float], y: Callable[[float], float]) -> str:
    above = _path(run, spots, lambda at: y(points[at].upper or 0.0))
    return f"{above} {_path(list(reversed(run)), spots, lambda at: y(points[at].lower or 0.0))}"


def _smooth(values: Sequence[float | None], spots: Sequence[float], y: Callable[[float], float]) -> str:
    known = [(spot, value) for spot, value in zip(spots, values, strict=False) if value is not None]
    return " ".join(f"{coordinate(spot)},{coordinate(y(value))}" for spot, value in known)


def _feet(points: Sequence[Point], spots: Sequence[float]) -> list[dict[str, str]]:
    """First and last month, and the middle one where all three fit on a phone."""
    last = len(points) - 1
    shown = {0: "start", last: "end"} if last > 0 else {0: "middle"} if points else {}
    if last >= 6 and sum(width_of(points[at].label) for at in (0, last // 2, last)) <= NARROW:
        shown[last // 2] = "middle"
    return [
        {"text": points[at].label, "x": coordinate(spots[at]), "anchor": anchor} for at, anchor in sorted(shown.items())
    ]


def pair_shape(
    rows: Sequence[tuple[str, float | None, float | None]], write: Callable[[Any], str], *, unknown: str
) -> dict[str, Any]:
    """Two bars a row, the first full, the second striped. None is written as `unknown` and never drawn as nought."""
    highest = max([value for row in rows for value in row[1:] if value is not None] + [0.0]) or 1.0
    drawn = []
    for at, (label, *values) in enumerate(rows):
        top = at * PAIR_ROW
        bars = [
            {
                "known": value is not None,
                "width": coordinate(0.0 if value is None else 78 * max(value, 0.0) / highest),
                # The number stands behind the end of its bar.
                "end": coordinate(1 + (0.0 if value is None else 78 * max(value, 0.0) / highest)),
                "text": unknown if value is None else write(value),
                "y": coordinate(top + 20 + 16 * number),
                "text_y": coordinate(top + 30 + 16 * number),
            }
            for number, value in enumerate(values)
        ]
        drawn.append({"label": label, "short": shortened(label), "text_y": coordinate(top + 13), "bars": bars})
    return {"rows": drawn, "height": coordinate(len(rows) * PAIR_ROW)}
