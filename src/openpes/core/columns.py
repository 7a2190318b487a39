"""Big reads: rows as the database gives them, without an object or a conversion for each value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connections
from django.db.models import QuerySet

AT_ONCE = 50_000


def raw_rows(rows: QuerySet[Any], *, using: str = "default") -> list[tuple[Any, ...]]:
    """The rows of a `values_list` query as the driver gives them: lists stay JSON text, decimals may be numbers."""
    sql, parameters = rows.query.get_compiler(using).as_sql()
    with connections[using].cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def chunks_by_key(rows: QuerySet[Any], *names: str, at_once: int = AT_ONCE) -> Iterator[list[tuple[Any, ...]]]:
    """Columns of a table in the order of its key (which comes first), chunk by chunk, each a short read of its own."""
    wanted = rows.order_by("pk").values_list("pk", *names)
    found, last = raw_rows(wanted[:at_once]), None
    while found:
        yield found
        if len(found) < at_once:
            return
        last = found[-1][0]
        found = raw_rows(wanted.filter(pk__gt=last)[:at_once])
