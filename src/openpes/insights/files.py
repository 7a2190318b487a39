"""The month's figures as files: tidy rows, each with its definition's version and when it was counted."""

from __future__ import annotations

from collections.abc import Iterator

from openpes.core.spreadsheets import Value, as_csv, as_xlsx
from openpes.insights.definitions import BY_ID, INDICATORS
from openpes.insights.monthly import MonthFigures

HEADER = (
    "month",
    "place",
    "indicator",
    "definition_version",
    "kind",
    "dimension",
    "category",
    "value",
    "status",
    "unit",
    "counted_at",
)


def tidy_rows(figures: MonthFigures, *, place: str) -> Iterator[tuple[Value, ...]]:
    """One row a cell: total, by sex, by age, by part. `status` is "ok", "hidden" or "nothing_happened"."""
    counted = figures.stock_at.isoformat(timespec="seconds")
    for one in figures.figures:
        about = BY_ID[one.indicator]
        empty = "hidden" if one.hidden else "nothing_happened"
        parts = (("total", {"total": one.total}), ("sex", one.by_sex), ("age", one.by_age), ("part", one.by_part))
        for dimension, cells in parts:
            for category, value in cells.items():
                missing = empty if dimension == "total" else "hidden"
                yield (
                    figures.month,
                    place,
                    one.indicator,
                    about.version,
                    about.kind.value,
                    dimension,
                    category,
                    value,
                    "ok" if value is not None else missing,
                    str(about.unit),
                    counted,
                )


def as_csv_file(figures: MonthFigures, *, place: str) -> bytes:
    """The figures as CSV."""
    return as_csv(HEADER, tidy_rows(figures, place=place))


def as_xlsx_file(figures: MonthFigures, *, place: str) -> bytes:
    """The figures as a workbook, with the definitions on a sheet of their own."""
    definitions = [
        (
            one.id,
            one.version,
            one.kind.value,
            str(one.title),
            str(one.definition),
            str(one.caution),
            str(one.unit),
            one.reference,
        )
        for one in INDICATORS
    ]
    return as_xlsx(
        [
            (f"Figures {figures.month}", HEADER, tidy_rows(figures, place=place)),
            (
                "Definitions",
                ("indicator", "version", "kind", "title", "definition", "caution", "unit", "reference"),
                definitions,
            ),
        ]
    )
