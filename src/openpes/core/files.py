"""Stored files: written once under their own hash, fsynced before the row that names them."""

from __future__ import annotations

import hashlib
import os
from datetime import datetime
from pathlib import Path

from django.conf import settings

from openpes.core.actors import Actor
from openpes.core.decisions import NotFound
from openpes.core.ids import new_ref
from openpes.core.models import StoredFile


def path_of(sha256: str) -> Path:
    """Where the content with this hash lies."""
    return Path(settings.STORED_FILES) / sha256[:2] / sha256


def store(*, content: bytes, name: str, media_type: str, by: Actor, at: datetime, subject: str = "") -> StoredFile:
    """Keep a file. The same content is kept once, however often it is stored."""
    digest = hashlib.sha256(content).hexdigest()
    path = path_of(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        waiting = path.with_suffix(f".{new_ref()}")
        with open(waiting, "wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        waiting.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    return StoredFile.objects.create(
        ref=new_ref(),
        name=name[:200],
        media_type=media_type,
        size_bytes=len(content),
        sha256=digest,
        subject=subject,
        stored_at=at,
        stored_by=by.log_key,
    )


def read(stored: StoredFile) -> bytes:
    """The content, checked against its hash. Raises OSError when the disk has lost or altered it."""
    content = path_of(stored.sha256).read_bytes()
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise OSError(f"The stored file {stored.ref} is not what was stored. Restore it from the backup.")
    return content


def read_own(ref: str, *, by: Actor) -> bytes:
    """The content of a file that this actor stored. Raises NotFound for anybody else's."""
    stored = StoredFile.objects.filter(ref=ref, stored_by=by.log_key).first()
    if stored is None:
        raise NotFound("file")
    return read(stored)


def forget_stored(*, before: datetime) -> int:
    """Forget files stored before an instant; the content goes with the last row that names it. Returns how many."""
    old = StoredFile.objects.filter(stored_at__lt=before)
    hashes = set(old.values_list("sha256", flat=True))
    forgotten = old.delete()[0]
    for sha256 in hashes - set(StoredFile.objects.filter(sha256__in=hashes).values_list("sha256", flat=True)):
        path_of(sha256).unlink(missing_ok=True)
    return forgotten
