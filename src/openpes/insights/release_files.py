"""A published month as files for people: tidy CSV, and a workbook with the tables, the figures and their meanings."""

from __future__ import annotations

from collections.abc import Iterator

from openpes.core.spreadsheets import Value, as_csv, as_xlsx
from openpes.insights.models import Freeze
from openpes.insights.release import ReleasedTable, released_figures, released_tables, table_cells, vintage_of
from openpes_evidence.cells import HEADER, tidy_rows
from openpes_evidence.definitions import registry

DEFINITION_HEADER = ("id", "version", "title", "definition", "numerator", "denominator", "unit", "reference", "caution")


def _rows(freeze: Freeze) -> Iterator[tuple[Value, ...]]:
    for row in tidy_rows(released_figures(freeze)):
        yield row  # type: ignore[misc]
    for table in released_tables(freeze):
        for row in tidy_rows(table_cells(table)):
            yield row  # type: ignore[misc]


def csv_of(freeze: Freeze) -> bytes:
    """Every figure and every table, one row a cell."""
    return as_csv(HEADER, _rows(freeze))


def _sheet(table: ReleasedTable) -> tuple[str, tuple[str, ...], Iterator[tuple[Value, ...]]]:
    rows = ((*("total" if code == "_T" else code for code in key), n) for key, n in sorted(table.cells.items()))
    return table.table.id, (*table.table.dimensions, "count"), rows


def xlsx_of(freeze: Freeze) -> bytes:
    """A sheet of figures, one for each table, one of definitions."""
    meanings = [tuple(getattr(one, name) for name in DEFINITION_HEADER) for one in registry().values()]
    figures = (tuple(row) for row in tidy_rows(released_figures(freeze)))
    return as_xlsx(
        [
            (f"Figures {vintage_of(freeze)}", HEADER, figures),  # type: ignore[list-item]
            *(_sheet(table) for table in released_tables(freeze)),
            ("Definitions", DEFINITION_HEADER, meanings),
        ]
    )
