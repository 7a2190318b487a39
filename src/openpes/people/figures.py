"""Grouping people for figures: by sex and age band, as counts, never as rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from openpes.people.age_bands import band_expression


@dataclass(frozen=True)
class Cell:
    """A count for a sex, an age band and whatever else it was grouped by."""

    sex: str
    band: str
    n: int
    by: tuple[Any, ...] = ()


def count_by_sex_and_age(rows: QuerySet[Any], *, person: str, on: date, by: Iterable[str] = ()) -> list[Cell]:
    """Count rows by the sex and the age band (on a day) of the person behind a query path. One query."""
    also = tuple(by)
    found = (
        rows.order_by()
        .annotate(_band=band_expression(f"{person}__born_on", on))
        .values_list(f"{person}__sex", "_band", *also)
        .annotate(_n=Count("pk"))
    )
    return [Cell(sex=row[0], band=row[1], n=row[-1], by=tuple(row[2:-1])) for row in found]
