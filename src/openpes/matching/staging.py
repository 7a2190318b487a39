"""Writing a run's lists fast: one short transaction a piece, COPY on PostgreSQL and one prepared statement on SQLite.

Rows that are staged belong to a run that no pointer names yet, so no reader sees them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models, transaction

from openpes.matching.models import SuggestionList, TimesSuggested


def write_lists(run_id: int, rows: Iterable[tuple[int, bytes]]) -> None:
    """(jobseeker key, packed list) of one piece, in one transaction."""
    _write(SuggestionList, ("run_id", "jobseeker_id", "vacancies"), [(run_id, *row) for row in rows])


def write_counts(run_id: int, rows: Iterable[tuple[int, int]]) -> None:
    """(vacancy key, people) of a whole run, in one transaction."""
    _write(TimesSuggested, ("run_id", "vacancy_key", "people"), [(run_id, *row) for row in rows])


def _write(table: type[models.Model], columns: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
    quote = connection.ops.quote_name
    into = f"{quote(table._meta.db_table)} ({', '.join(quote(name) for name in columns)})"
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            kinds = [
                "int8"
                if field.get_internal_type() in {"ForeignKey", "BigIntegerField"}
                else "int4"
                if field.get_internal_type() == "PositiveIntegerField"
                else "bytea"
                for field in (_field(table, name) for name in columns)
            ]
            with cursor.copy(f"COPY {into} FROM STDIN (FORMAT BINARY)") as copy:
                copy.set_types(kinds)
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", rows)  # noqa: S608  names of our own tables


def _field(table: type[models.Model], column: str) -> Any:
    return next(field for field in table._meta.local_concrete_fields if field.column == column)
