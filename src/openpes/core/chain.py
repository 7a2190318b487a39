"""Appending to, and checking, a log whose lines are chained by hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db import connections, transaction

from openpes.core.models import ChainedEntry

GENESIS = "0" * 64
# One number for all: a PostgreSQL advisory lock that orders the writers of a chain until they commit.
LOCK_OF_CHAINS = 7_305_001

Entry = TypeVar("Entry", bound=ChainedEntry)


@dataclass(frozen=True)
class ChainReport:
    """What a check found: how many lines, and the id of the first that does not fit (None when all fit)."""

    lines: int
    first_broken_id: int | None

    @property
    def whole(self) -> bool:
        """True when every line fits the one before it."""
        return self.first_broken_id is None


def hash_of(entry: ChainedEntry) -> str:
    """SHA-256 over the line's own content and the hash before it."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    content = [at, entry.actor, entry.verb, entry.thing, entry.subject, entry.detail, entry.previous_hash]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def append(
    model: type[Entry],
    *,
    using: str,
    at: datetime,
    actor: str,
    verb: str,
    thing: str = "",
    subject: str = "",
    detail: dict[str, Any] | None = None,
) -> Entry:
    """Add one line after the last one. Writers queue: two lines never share a predecessor."""
    with transaction.atomic(using=using):
        connection = connections[using]
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK_OF_CHAINS])
        last = model._default_manager.using(using).order_by("-pk").values_list("hash", flat=True).first()
        entry = model(
            at=at,
            actor=actor,
            verb=verb,
            thing=thing,
            subject=subject,
            detail=detail or {},
            previous_hash=last or GENESIS,
        )
        entry.hash = hash_of(entry)
        entry.save(using=using, force_insert=True)
        return entry


def check(model: type[Entry], *, using: str, cuts: Iterable[str] = ()) -> ChainReport:
    """Walk the whole chain and report the first line that was altered, removed or added.

    `cuts` are the hashes after which old lines were let go: the chain may begin behind one of them.
    """
    beginnings, lines, expected = {GENESIS, *cuts}, 0, ""
    for entry in model._default_manager.using(using).order_by("pk").iterator(chunk_size=2000):
        fits = entry.previous_hash == expected if lines else entry.previous_hash in beginnings
        lines += 1
        if not fits or hash_of(entry) != entry.hash:
            return ChainReport(lines, entry.pk)
        expected = entry.hash
    return ChainReport(lines, None)


@dataclass(frozen=True)
class Cut:
    """Lines that may go: how many, the id of the first that stays, and the hash that it follows."""

    lines: int
    first_kept_id: int
    follows: str


def may_be_cut(model: type[Entry], *, using: str, before: datetime) -> Cut | None:
    """The unbroken run of lines older than an instant; the last line of all always stays. None: there are none."""
    rows = model._default_manager.using(using).order_by("pk")
    kept = rows.filter(at__gte=before).first() or rows.last()
    lines = rows.filter(pk__lt=kept.pk).count() if kept is not None else 0
    return Cut(lines, kept.pk, kept.previous_hash) if kept is not None and lines else None


def cut(model: type[Entry], found: Cut, *, using: str) -> int:
    """Let the lines go. The caller has written the cut down before, so that the check finds where the chain begins."""
    return model._default_manager.using(using).filter(pk__lt=found.first_kept_id).delete()[0]
