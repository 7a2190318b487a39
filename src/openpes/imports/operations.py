"""Writes of the imports room: the list, its columns, its rows. What a row makes elsewhere is a journey's work."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Reason, Refused, no
from openpes.core.ids import keyed_hash
from openpes.core.privacy import erase_rows
from openpes.core.tables import Row
from openpes.imports.access import require_may_import
from openpes.imports.columns import FIELDS, header_key, missing_fields, twice_chosen
from openpes.imports.models import ColumnMemory, ImportBatch, ImportRow
from openpes.imports.rules import may_mend, may_move_batch
from openpes.imports.states import STILL_OPEN, BatchState, Choice, ListKind, RowState
from openpes.organisations.models import Office

ACCEPTED = "accepted"
AT_ONCE = 500


def mark_of(kind: str, office_id: int, values: Mapping[str, Any]) -> str:
    """The mark of a row's content, by which the same row is known again; nobody can read it back."""
    told = json.dumps({name: value for name, value in sorted(values.items()) if value not in ("", None)}, default=str)
    return keyed_hash(f"{kind}:{office_id}:{told}", settings.SECRET_KEY)


@transaction.atomic
def open_batch(
    *,
    kind: ListKind,
    office: Office,
    file_name: str,
    sha256: str,
    language: str,
    rows: Sequence[Row],
    by: Actor,
    at: datetime,
) -> ImportBatch:
    """Keep the rows of a file as they stand. Nothing is read from them yet."""
    require_may_import(by, kind, office.pk)
    header = list(rows[0].cells) if rows else []
    batch = ImportBatch.objects.create(
        kind=kind,
        office=office,
        account_id=by.account_id,
        file_name=file_name[:200],
        sha256=sha256,
        language=language,
        header=header,
        rows_total=len(rows),
        made_at=at,
        changed_at=at,
    )
    ImportRow.objects.bulk_create(
        [ImportRow(batch=batch, line=row.line, cells=row.cells, changed_at=at) for row in rows], batch_size=AT_ONCE
    )
    record_change(
        by=by, at=at, verb="import.open", thing=f"import:{batch.ref}", detail={"kind": kind, "rows": len(rows)}
    )
    return batch


@transaction.atomic
def set_columns(*, batch: ImportBatch, columns: Mapping[str, str], by: Actor, at: datetime) -> ImportBatch:
    """Say which column holds what, remember it for the next file with this header, and let the rows wait to be read."""
    require_may_import(by, ListKind(batch.kind), batch.office_id)
    chosen = {column: name for column, name in columns.items() if name in FIELDS[ListKind(batch.kind)]}
    reasons = [
        Reason("column_missing", {"fields": group})
        for group in missing_fields(ListKind(batch.kind), list(chosen.values()))
    ]
    reasons += [Reason("column_twice", {"field": one}) for one in twice_chosen(list(chosen.values()))]
    if reasons:
        raise Refused(no(*reasons))
    batch = move_batch(batch=batch, to=BatchState.CHECKING, by=by, at=at)
    batch.columns = chosen
    batch.save(update_fields=["columns"])
    batch.rows.filter(state__in=STILL_OPEN).update(state=RowState.WAITING)
    ColumnMemory.objects.update_or_create(
        office_id=batch.office_id,
        kind=batch.kind,
        header_key=header_key(batch.header),
        defaults={"columns": chosen, "saved_at": at},
    )
    return batch


@transaction.atomic
def move_batch(*, batch: ImportBatch, to: BatchState, by: Actor, at: datetime) -> ImportBatch:
    """Move a list along. Raises Refused where the table of moves has no such step."""
    require_may_import(by, ListKind(batch.kind), batch.office_id)
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("office").get(pk=batch.pk)
    decision = may_move_batch(now_in=BatchState(batch.state), to=to)
    if decision.refused:
        raise Refused(decision)
    batch.state, batch.changed_at = to, at
    batch.save(update_fields=["state", "changed_at"])
    record_change(by=by, at=at, verb=f"import.{to.value}", thing=f"import:{batch.ref}")
    return batch


def fields_of(row: ImportRow, columns: Mapping[str, str]) -> dict[str, str]:
    """What a row says, by field: the cell, or what somebody mended on screen."""
    said = {name: str(row.cells.get(column, "")) for column, name in columns.items()}
    return said | {name: text for name, text in row.mended.items() if name != ACCEPTED}


@transaction.atomic
def mend_row(
    *, row: ImportRow, mended: Mapping[str, str], choice: Choice, accepted: bool, by: Actor, at: datetime
) -> ImportRow:
    """Write what somebody corrected in a row and decided about it; the journey reads it again."""
    require_may_import(by, ListKind(row.batch.kind), row.batch.office_id)
    decision = may_mend(batch=BatchState(row.batch.state), row=RowState(row.state))
    if decision.refused:
        raise Refused(decision)
    row.mended = {**mended, **({ACCEPTED: True} if accepted else {})}
    row.choice, row.state, row.changed_at = choice, RowState.WAITING, at
    row.save(update_fields=["mended", "choice", "state", "changed_at"])
    record_change(by=by, at=at, verb="import.mend", thing=f"import:{row.batch.ref}", detail={"line": row.line})
    return row


def save_rows(rows: Sequence[ImportRow], *, at: datetime) -> None:
    """Write what became of rows. Inside the journey's transaction."""
    for row in rows:
        row.changed_at = at
    ImportRow.objects.bulk_update(
        rows,
        [
            "state",
            "choice",
            "clean",
            "problems",
            "doubts",
            "before",
            "print_of_cells",
            "print_of_clean",
            "person",
            "jobseeker",
            "employer",
            "vacancy",
            "changed_at",
        ],
        batch_size=AT_ONCE,
    )


def erase_person(*, person_id: int) -> int:
    """Forget what lists said of a person. Inside the journey's transaction."""
    return erase_rows(ImportRow, person_id)
