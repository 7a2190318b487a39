"""The one shape in which every figure travels: a tidy cell. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Status(StrEnum):
    """Why a cell has, or has not, a value. The letters are those of the SDMX code list CL_OBS_STATUS."""

    NORMAL = "A"
    ESTIMATED = "E"
    BREAK = "B"
    UNRELIABLE = "U"
    HIDDEN = "Q"  # suppressed so that nobody can be recognised
    MISSING = "M"  # nobody collects it, or nothing happened that could be divided by


@dataclass(frozen=True)
class Cell:
    """One number with all that is needed to read it.

    `dimensions`: name to code, for example {"SEX": "F", "AGE": "Y15T24", "REF_AREA": "PH"}.
    `value`, `lower`, `upper`: in the unit of the definition; None where `status` says why.
    `n`: people, vacancies or interviews behind the number (unweighted).
    `version`: of the definition. `vintage`: the id of the freeze or file that it was computed from.
    """

    indicator: str
    version: str
    dimensions: Mapping[str, str] = field(default_factory=dict)
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    n: int | None = None
    status: Status = Status.NORMAL
    vintage: str = ""
    sources: tuple[str, ...] = ()

    def hidden(self) -> Cell:
        """The same cell with everything taken away that a person could be recognised by."""
        return replace(self, value=None, lower=None, upper=None, n=None, status=Status.HIDDEN)


HEADER = (
    "indicator",
    "definition_version",
    "dimensions",
    "value",
    "lower",
    "upper",
    "n",
    "status",
    "vintage",
    "sources",
)


def tidy_rows(cells: Iterable[Cell]) -> Iterable[tuple[object, ...]]:
    """One row a cell, in the order of `HEADER`; dimensions as `SEX=F|AGE=Y15T24`, sorted by name."""
    for cell in cells:
        places = "|".join(f"{name}={cell.dimensions[name]}" for name in sorted(cell.dimensions))
        yield (
            cell.indicator,
            cell.version,
            places,
            cell.value,
            cell.lower,
            cell.upper,
            cell.n,
            cell.status.value,
            cell.vintage,
            "|".join(cell.sources),
        )


def rate(numerator: float, denominator: float) -> float | None:
    """Per cent; None where there is nothing to divide by."""
    return None if denominator <= 0 else 100.0 * numerator / denominator
