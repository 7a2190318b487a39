"""Reads of the imports room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from openpes.core.actors import Actor
from openpes.core.decisions import NotFound
from openpes.core.ids import fold_ref
from openpes.core.privacy import export_rows
from openpes.imports.access import visible_to
from openpes.imports.columns import guess_columns, header_key
from openpes.imports.models import ColumnMemory, ImportBatch, ImportRow
from openpes.imports.states import WRITTEN, BatchState, ListKind, RowState


def batch_for(actor: Actor, ref: str) -> ImportBatch:
    """A list of the actor's office. Raises NotFound."""
    row = visible_to(actor).filter(ref=fold_ref(ref)).select_related("office", "account").first()
    if row is None:
        raise NotFound("import")
    return row


def batch_by_ref(ref: str) -> ImportBatch | None:
    """A list by its reference, for the worker that was told to read it."""
    return ImportBatch.objects.filter(ref=ref).select_related("office", "account").first()


def batches_of(actor: Actor, *, limit: int = 20) -> list[ImportBatch]:
    """The latest lists of the actor's offices, newest first."""
    return list(visible_to(actor).select_related("office", "account").order_by("-made_at", "-pk")[:limit])


def same_file(*, kind: ListKind, office_id: int, sha256: str) -> ImportBatch | None:
    """The list that this very file made before at this office, unless it was undone."""
    rows = ImportBatch.objects.filter(kind=kind, office=office_id, sha256=sha256).exclude(state=BatchState.UNDONE)
    return rows.order_by("-made_at", "-pk").first()


def columns_for(batch: ImportBatch) -> dict[str, str]:
    """How the columns are read: as said for this list, else as this office said last time, else a guess."""
    if batch.columns:
        return dict(batch.columns)
    kept = ColumnMemory.objects.filter(
        office=batch.office_id, kind=batch.kind, header_key=header_key(batch.header)
    ).first()
    return dict(kept.columns) if kept else guess_columns(ListKind(batch.kind), batch.header)


def counts_of(batch: ImportBatch) -> dict[str, int]:
    """How many rows stand where."""
    return dict(batch.rows.order_by().values_list("state").annotate(n=Count("pk")))


def rows_in(batch: ImportBatch, states: Iterable[str], *, after: int = 0, limit: int | None = None) -> list[ImportRow]:
    """Rows of a list in some states, by line, from behind a line on."""
    rows = batch.rows.filter(state__in=list(states), line__gt=after).select_related("batch").order_by("line")
    return list(rows if limit is None else rows[:limit])


def row_of(batch: ImportBatch, line: int) -> ImportRow:
    """One row. Raises NotFound."""
    row = batch.rows.filter(line=line).select_related("batch", "batch__office", "jobseeker", "person").first()
    if row is None:
        raise NotFound("row")
    return row


def already_taken(batch: ImportBatch, marks: Sequence[tuple[str, str]]) -> set[str]:
    """Which of these marks (of cells, of what was read) belong to rows that were written before."""
    every = {mark for pair in marks for mark in pair if mark}
    rows = ImportRow.objects.filter(batch__office=batch.office_id, batch__kind=batch.kind, state__in=WRITTEN)
    found: set[str] = set()
    for pair in rows.filter(Q(print_of_cells__in=every) | Q(print_of_clean__in=every)).values_list(
        "print_of_cells", "print_of_clean"
    ):
        found |= set(pair)
    return found & every


def sample_of(batch: ImportBatch, *, limit: int = 3) -> list[dict[str, Any]]:
    """The cells of the first rows, to recognise a column by."""
    return list(batch.rows.order_by("line").values_list("cells", flat=True)[:limit])


def column_texts(batch: ImportBatch, column: str) -> list[str]:
    """All that one column says."""
    return [str(cells.get(column, "")) for cells in batch.rows.values_list("cells", flat=True)]


def last_read_line(batch: ImportBatch) -> int:
    """How far the reading or taking has come, as a line."""
    waiting = RowState.WAITING if batch.state == BatchState.CHECKING else RowState.READY
    rows: QuerySet[ImportRow] = batch.rows.exclude(state=waiting)
    return int(rows.aggregate(line=Max("line"))["line"] or 0)


def provenance_of(jobseeker_id: int) -> ImportRow | None:
    """The row of a list that a registration came from, or None."""
    rows = ImportRow.objects.filter(jobseeker=jobseeker_id, state__in=(*WRITTEN, RowState.KEPT))
    return rows.select_related("batch").order_by("pk").first()


def people_of(batch_id: int) -> list[int]:
    """The registrations that a list made or was written to, as keys. The caller has checked access to the list."""
    rows = ImportRow.objects.filter(batch=batch_id, jobseeker__isnull=False, state__in=WRITTEN)
    return list(rows.order_by("line").values_list("jobseeker", flat=True))


def export_person(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """All that this room knows about a person, for their own download."""
    return {"rows of old lists": export_rows(ImportRow, person_id)}
