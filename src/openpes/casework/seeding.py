"""Bulk writing of synthetic notes and named helpers for a demonstration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from openpes.casework.models import CaseNote, NamedHelper
from openpes.casework.states import HelperRole, NoteKind
from openpes.core.actors import Actor
from openpes.core.change_log import record_change


@dataclass(frozen=True, slots=True)
class SyntheticNote:
    """A drawn note on a person."""

    ref: str
    jobseeker_id: int
    office_id: int
    writer_id: int | None
    writer: str
    kind: NoteKind
    words: str
    at: datetime
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class SyntheticHelper:
    """A drawn helper of a person."""

    ref: str
    jobseeker_id: int
    role: HelperRole
    name: str
    reached_by: str


@transaction.atomic
def write_cases(*, notes: Sequence[SyntheticNote], helpers: Sequence[SyntheticHelper], by: Actor, at: datetime) -> None:
    """Write notes and helpers, in two inserts."""
    CaseNote.objects.bulk_create(
        [
            CaseNote(
                ref=row.ref,
                jobseeker_id=row.jobseeker_id,
                office_id=row.office_id,
                kind=row.kind,
                words=row.words,
                written_at=row.at,
                written_by_id=row.writer_id,
                writer=row.writer,
                pinned_at=row.at if row.pinned else None,
            )
            for row in notes
        ]
    )
    NamedHelper.objects.bulk_create(
        [
            NamedHelper(
                ref=row.ref,
                jobseeker_id=row.jobseeker_id,
                role=row.role,
                name=row.name,
                reached_by=row.reached_by,
                noted_at=at,
            )
            for row in helpers
        ]
    )
    record_change(
        by=by, at=at, verb="casework.seed", thing="demo:nation", detail={"notes": len(notes), "helpers": len(helpers)}
    )
