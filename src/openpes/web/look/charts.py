"""Shapes of the inline charts: pure arithmetic from values to SVG coordinates, already written as text.

Coordinates leave here as strings with a full stop, because templates would write numbers in the
reader's locale and "12,5" is no coordinate.
"""

from __future__ import annotations

import hashlib
import math
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.translation import gettext

BAR_ROW = 46
LINE_TOP, LINE_HEIGHT, LINE_FOOT = 24, 170, 30
# Colour and dash both differ, so that lines can be told apart without colour. All >= 3:1 on white.
LINE_STYLES = (
    {"stroke": "#0d5c63", "dash": ""},
    {"stroke": "#b4521d", "dash": "7 4"},
    {"stroke": "#5b3e8c", "dash": "2 3"},
    {"stroke": "#5a6467", "dash": "10 3 2 3"},
)


def coordinate(value: float) -> str:
    """A number as SVG wants it."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


NARROW = 34


def width_of(text: str) -> float:
    """About how wide a text is set, in Latin letters: marks above and below take no room, other scripts take more."""
    width = 0.0
    for letter in text:
        if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
            continue
        wide = unicodedata.east_asian_width(letter) in {"W", "F"}
        width += 1.9 if wide else 1.0 if letter < "\u0900" else 1.2
    return width


def shortened(text: str, length: float = NARROW) -> str:
    """Text that fits above a bar on a narrow phone; the table beside has it whole."""
    if width_of(text) <= length:
        return text
    kept = ""
    for letter in text:
        if width_of(kept + letter) > length - 1:
            break
        kept += letter
    return kept.rstrip() + "…"


def read(thing: Any, key: str, default: Any = None) -> Any:
    """A value of a dict or an attribute of a thing."""
    if isinstance(thing, dict):
        return thing.get(key, default)
    return getattr(thing, key, default)


def read_rows(rows: Iterable[Any]) -> list[tuple[str, float | None]]:
    """(label, value) of pairs, dicts or things."""
    return [
        (str(row[0]), row[1]) if isinstance(row, (tuple, list)) else (str(read(row, "label", "")), read(row, "value"))
        for row in rows
    ]


def read_series(series: Iterable[Any]) -> list[tuple[str, list[float | None]]]:
    """(label, values) of pairs, dicts or things."""
    return [
        (str(one[0]), list(one[1]))
        if isinstance(one, (tuple, list))
        else (str(read(one, "label", "")), list(read(one, "values", ())))
        for one in series
    ]


def nice_top(highest: float) -> float:
    """A round number at or above the highest value, for the top of an axis."""
    if highest <= 0:
        return 1
    power = 10.0 ** math.floor(math.log10(highest))
    return next(step * power for step in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if step * power >= highest * 0.9999)


def bar_shape(rows: Sequence[tuple[str, float | None]], write: Callable[[Any], str]) -> dict[str, Any]:
    """Bars from the left, longest value 100 % wide."""
    known = [float(value) for _label, value in rows if value is not None]
    highest = max([*known, 0.0]) or 1.0
    bars = []
    for index, (label, value) in enumerate(rows):
        top = index * BAR_ROW
        text = gettext("not known") if value is None else write(value)
        share = 0.0 if value is None else max(float(value), 0.0) / highest * 100
        bars.append(
            {
                "label": label,
                # The number stands on the same line, at its other end.
                "short": shortened(label, NARROW - width_of(text) - 1),
                "text": text,
                "known": value is not None,
                "width": coordinate(share),
                "text_y": coordinate(top + 18),
                "bar_y": coordinate(top + 25),
            }
        )
    said = ""
    if known:
        best = max(((v, label) for label, v in rows if v is not None), key=lambda pair: pair[0])
        said = gettext("%(count)s bars. The longest is %(label)s with %(value)s.") % {
            "count": write(len(bars)),
            "label": best[1],
            "value": write(best[0]),
        }
    table = [{"label": bar["label"], "cells": [bar["text"]]} for bar in bars]
    return {"bars": bars, "height": coordinate(len(bars) * BAR_ROW + 4), "table": table, "said": said}


def line_shape(
    points: Sequence[str], series: Sequence[tuple[str, list[float | None]]], write: Callable[[Any], str]
) -> dict[str, Any]:
    """Lines over evenly spaced points, axis from 0 to a round number.

    Raises ValueError when there are more than four series or a series is not as long as the points.
    """
    if len(series) > len(LINE_STYLES):
        raise ValueError(f"A line chart shows at most {len(LINE_STYLES)} series; this one has {len(series)}.")
    for label, values in series:
        if len(values) != len(points):
            raise ValueError(f"Series {label!r} has {len(values)} values for {len(points)} points.")
    known = [float(v) for _label, values in series for v in values if v is not None]
    top = nice_top(max([*known, 0.0]))
    spots = [3 + (94 * index / (len(points) - 1) if len(points) > 1 else 47) for index in range(len(points))]

    def height(value: float) -> float:
        return 100 - value / top * 100

    drawn = []
    for (label, values), style in zip(series, LINE_STYLES, strict=False):
        segments, dots = _segments(spots, values, height)
        drawn.append({"label": label, "segments": segments, "dots": dots, **style})
    ticks = [
        {"y": coordinate(LINE_TOP + LINE_HEIGHT * (1 - share)), "text": write(round(top * share, 6))}
        for share in (0, 0.5, 1)
    ]
    table = [
        {
            "label": str(point),
            "cells": [
                gettext("not known") if values[index] is None else write(values[index]) for _label, values in series
            ],
        }
        for index, point in enumerate(points)
    ]
    return {
        "series": drawn,
        "ticks": ticks,
        "feet": _feet(points, spots),
        "top": coordinate(LINE_TOP),
        "plot": coordinate(LINE_HEIGHT),
        "foot_y": coordinate(LINE_TOP + LINE_HEIGHT + 22),
        "height": coordinate(LINE_TOP + LINE_HEIGHT + LINE_FOOT),
        "table": table,
        "said": _said(points, series, write),
    }


def _segments(
    spots: Sequence[float], values: Sequence[float | None], height: Callable[[float], float]
) -> tuple[list[str], list[dict[str, str]]]:
    """Unbroken runs of a line and a dot at each known value; an unknown value breaks the line."""
    runs: list[list[str]] = [[]]
    dots = []
    for spot, value in zip(spots, values, strict=True):
        if value is None:
            runs.append([])
            continue
        y = height(float(value))
        runs[-1].append(f"{coordinate(spot)},{coordinate(y)}")
        dots.append({"x": coordinate(spot), "y": coordinate(LINE_TOP + LINE_HEIGHT * y / 100)})
    return [" ".join(run) for run in runs if len(run) > 1], dots


def _feet(points: Sequence[str], spots: Sequence[float]) -> list[dict[str, str]]:
    """The first, middle and last label under a line chart: more would collide on a phone."""
    if not points:
        return []
    last = len(points) - 1
    shown = {0: "start", last: "end"} if last else {0: "middle"}
    if last >= 4:
        shown[last // 2] = "middle"
    return [
        {"text": str(points[index]), "x": coordinate(spots[index]), "anchor": anchor}
        for index, anchor in sorted(shown.items())
    ]


def _said(points: Sequence[str], series: Sequence[tuple[str, list[float | None]]], write: Callable[[Any], str]) -> str:
    sentences = []
    for label, values in series:
        known = [(point, value) for point, value in zip(points, values, strict=True) if value is not None]
        if known:
            sentences.append(
                gettext("%(label)s: %(first)s in %(start)s, %(last)s in %(end)s.")
                % {
                    "label": label,
                    "first": write(known[0][1]),
                    "start": known[0][0],
                    "last": write(known[-1][1]),
                    "end": known[-1][0],
                }
            )
    return " ".join(sentences)


def score_rows(parts: Iterable[Any], total: Any, out_of: Any, label: str) -> dict[str, Any]:
    """Rows of a parts-of-a-score bar; an unknown part keeps its place and says that it is unknown."""
    rows = []
    for part in parts:
        value, whole = read(part, "value"), float(read(part, "out_of", 100) or 100)
        share = None if value is None else min(max(float(value) / whole, 0.0), 1.0) * 100
        rows.append(
            {
                "label": read(part, "label", ""),
                "words": read(part, "words", "") or (gettext("not known") if value is None else ""),
                "width": None if share is None else coordinate(share),
                "strength": "unknown"
                if share is None
                else "strong"
                if share >= 66
                else "some"
                if share >= 33
                else "weak",
            }
        )
    return {"rows": rows, "total": total, "out_of": out_of, "label": label}


def chart_id(kind: str, title: str, shape: dict[str, Any]) -> str:
    """An id for one chart on a page: the same data gives the same page, byte for byte."""
    digest = hashlib.sha256(f"{title}{shape['table']}".encode()).hexdigest()
    return f"{kind}-{digest[:8]}"
