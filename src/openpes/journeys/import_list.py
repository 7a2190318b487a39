"""An office brings in an old list: read, mended, taken row by row, and taken back whole as long as nothing rests on it.

Whoever stands on a list of people has agreed to nothing: such a record is known, is found, and goes no further.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from openpes.core import outbox
from openpes.core.actors import Actor, ActorKind, Grant
from openpes.core.decisions import NotPermitted
from openpes.core.tables import UnreadableTable, read_table, require_safe
from openpes.imports import operations as imports
from openpes.imports.access import VERBS, require_may_import
from openpes.imports.cleaning import Setting
from openpes.imports.dates import day_comes_first
from openpes.imports.models import ImportBatch, ImportRow
from openpes.imports.queries import batch_by_ref, column_texts, columns_for, counts_of, rows_in, same_file
from openpes.imports.states import TO_LOOK_AT, BatchState, Choice, ListKind, RowState
from openpes.journeys import import_rows
from openpes.organisations.queries import office_by_ref
from openpes.reference.country import country, today

WORK = "imports.work"
CHUNK = 250


@dataclass(frozen=True)
class Brought:
    """What became of a list brought in one stroke: how many rows stand where, and those that wait for a person."""

    batch: ImportBatch
    is_new: bool
    counts: dict[str, int]
    waiting: list[ImportRow]


def policy(name: str, at: datetime) -> int:
    """A number of the policy on lists."""
    return int(country().value(f"imports.{name}", on=today(at)).value)


def upload_list(
    *, kind: ListKind, office_ref: str, content: bytes, file_name: str, language: str, by: Actor, at: datetime
) -> tuple[ImportBatch, bool]:
    """Keep a file's rows; the same file twice is the same list. Returns it and whether it is new.

    Raises UnreadableTable with the mend, NotPermitted, NotFound.
    """
    office = office_by_ref(office_ref)
    require_may_import(by, kind, office.pk)
    require_safe(content, most_mb=policy("largest_mb", at), most_unpacked_mb=policy("largest_unpacked_mb", at))
    digest = hashlib.sha256(content).hexdigest()
    known = same_file(kind=kind, office_id=office.pk, sha256=digest)
    if known is not None:
        return known, False
    rows = read_table(content, needed=())
    if not rows:
        raise UnreadableTable("There is no row under the header. The first line names the columns, the rows follow.")
    if len(rows) > policy("longest_rows", at):
        raise UnreadableTable(f"A list has at most {policy('longest_rows', at)} rows. Split it.")
    batch = imports.open_batch(
        kind=kind,
        office=office,
        file_name=file_name,
        sha256=digest,
        language=language,
        rows=rows,
        by=by,
        at=at,
    )
    return batch, True


def setting_of(batch: ImportBatch, at: datetime) -> Setting:
    """What the reading of the whole list rests on: the column of birth dates says which number is the day."""
    column = next((one for one, name in batch.columns.items() if name == "born_on"), "")
    texts = column_texts(batch, column) if column else []
    return Setting(ListKind(batch.kind), batch.language, today(at), batch.office.area_code, day_comes_first(texts))


@transaction.atomic
def map_columns(
    *, batch: ImportBatch, columns: Mapping[str, str], by: Actor, at: datetime, at_once: bool = False
) -> ImportBatch:
    """Say what the columns hold and read the rows: at once, or by the worker when there are many. Raises Refused."""
    batch = imports.set_columns(batch=batch, columns=columns, by=by, at=at)
    return _begin(batch, by, at, at_once)


@transaction.atomic
def take_list(*, batch: ImportBatch, by: Actor, at: datetime, at_once: bool = False) -> ImportBatch:
    """Write every row that is ready; the others wait. Doing it twice writes nothing twice. Raises Refused."""
    batch = imports.move_batch(batch=batch, to=BatchState.TAKING, by=by, at=at)
    return _begin(batch, by, at, at_once)


def _begin(batch: ImportBatch, by: Actor, at: datetime, at_once: bool) -> ImportBatch:
    if not at_once and batch.rows_total > policy("rows_at_once", at):
        outbox.put(kind=WORK, payload={"import": batch.ref, "after": 0}, at=at)
        return batch
    after: int | None = 0
    while after is not None:
        after = _work_on_chunk(batch, after, by=by, at=at)
    return imports.move_batch(batch=batch, to=_when_done(batch), by=by, at=at)


def _when_done(batch: ImportBatch) -> BatchState:
    return BatchState.CHECKED if batch.state == BatchState.CHECKING else BatchState.TAKEN


def _work_on_chunk(batch: ImportBatch, after: int, *, by: Actor, at: datetime) -> int | None:
    """Read or take the next rows; the last line done, or None when there are no more."""
    reading = batch.state == BatchState.CHECKING
    rows = rows_in(batch, [RowState.WAITING if reading else RowState.READY], after=after, limit=CHUNK)
    if not rows:
        return None
    if reading:
        import_rows.read_rows(batch, rows, setting_of(batch, at), by=by, at=at)
    else:
        for row in rows:
            import_rows.take_row(batch, row, by=by, at=at)
    imports.save_rows(rows, at=at)
    return rows[-1].line


@transaction.atomic
def work_on_list(*, batch_ref: str, after: int, at: datetime) -> None:
    """One piece of a long list, in the worker; what is left is put back into the outbox. Once done, it does nothing."""
    batch = batch_by_ref(batch_ref)
    if batch is None or batch.state not in {BatchState.CHECKING, BatchState.TAKING}:
        return
    by = _on_behalf_of(batch)
    last = _work_on_chunk(batch, after, by=by, at=at)
    if last is None:
        imports.move_batch(batch=batch, to=_when_done(batch), by=by, at=at)
    else:
        outbox.put(kind=WORK, payload={"import": batch.ref, "after": last}, at=at)


def _on_behalf_of(batch: ImportBatch) -> Actor:
    """The worker acts for whoever brought the list, with the one verb it needs, at the one office."""
    account = batch.account
    verbs = frozenset({VERBS[ListKind(batch.kind)], "employer.view", "vacancy.view", "jobseeker.edit"})
    return Actor(
        ActorKind.SYSTEM,
        account.log_key if account else "system:import",
        (Grant("system", verbs, "office", batch.office_id),),
        account_id=account.pk if account else None,
        label=account.name if account else "import",
    )


@transaction.atomic
def bring_list(
    *,
    kind: ListKind,
    office_ref: str,
    content: bytes,
    file_name: str,
    language: str,
    is_trial: bool,
    by: Actor,
    at: datetime,
) -> Brought:
    """A whole list in one stroke, its columns as guessed or remembered.

    A trial leaves nothing behind, not even the list. Raises UnreadableTable, Refused, NotPermitted.
    """
    batch, is_new = upload_list(
        kind=kind, office_ref=office_ref, content=content, file_name=file_name, language=language, by=by, at=at
    )
    if is_new:
        batch = map_columns(batch=batch, columns=columns_for(batch), by=by, at=at, at_once=True)
        if not is_trial:
            batch = take_list(batch=batch, by=by, at=at, at_once=True)
    brought = Brought(batch, is_new, counts_of(batch), rows_in(batch, TO_LOOK_AT) if is_new else [])
    transaction.set_rollback(is_trial)
    return brought


@transaction.atomic
def mend_row(
    *, row: ImportRow, mended: Mapping[str, str], choice: Choice, accepted: bool, by: Actor, at: datetime
) -> ImportRow:
    """Correct a row, decide about it, and read it again. Raises Refused, NotPermitted."""
    row = imports.mend_row(row=row, mended=mended, choice=choice, accepted=accepted, by=by, at=at)
    import_rows.read_rows(row.batch, [row], setting_of(row.batch, at), by=by, at=at)
    imports.save_rows([row], at=at)
    return row


@transaction.atomic
def undo_list(*, batch: ImportBatch, by: Actor, at: datetime) -> dict[str, int]:
    """Take a whole list back. Rows on which something was built stay, and say on what. Returns both counts.

    Only who brought it, or who may end staff of the office, does so. Raises NotPermitted, Refused.
    """
    if batch.account_id != by.account_id and not by.may("staff.end", office_id=batch.office_id):
        raise NotPermitted("import.undo")
    batch = imports.move_batch(batch=batch, to=BatchState.UNDONE, by=by, at=at)
    # Backwards: a row that looked like an earlier one of the list goes first.
    rows = rows_in(batch, [RowState.TAKEN, RowState.UPDATED])[::-1]
    for row in rows:
        import_rows.undo_row(row, by=by, at=at)
    imports.save_rows(rows, at=at)
    return {
        "undone": sum(row.state == RowState.UNDONE for row in rows),
        "kept": sum(row.state == RowState.KEPT for row in rows),
    }


def work_of(payload: Mapping[str, Any], at: datetime) -> None:
    """What the worker is told."""
    work_on_list(batch_ref=str(payload["import"]), after=int(payload["after"]), at=at)
