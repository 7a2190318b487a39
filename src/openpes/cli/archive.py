"""The backup file: one tar with the databases, the stored files and a list of hashes; written and read here.

manifest.json          what is inside, with size and SHA-256 of each member; the last member written
openpes.sqlite3        the main database (or openpes.dump, from pg_dump)
access.sqlite3         the access log
secret-key             the key that signs links, when it lies in the data folder
files/<aa>/<sha256>    stored files
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

FORMAT = "openpes-backup-1"
MANIFEST, MAIN, DUMP, ACCESS, SECRET = (
    "manifest.json",
    "openpes.sqlite3",
    "openpes.dump",
    "access.sqlite3",
    "secret-key",
)
MEMBER = re.compile(
    rf"{re.escape(MAIN)}|{re.escape(DUMP)}|{re.escape(ACCESS)}|{SECRET}|files/[0-9a-f]{{2}}/[0-9a-f]{{64}}"
)
CHUNK = 1 << 20


class ArchiveTrouble(Exception):
    """What is wrong with a backup, in one sentence with the mend."""


@dataclass
class Manifest:
    """What a backup says about itself. `members`: name -> (bytes, SHA-256)."""

    country: str
    made_at: str
    members: dict[str, tuple[int, str]] = field(default_factory=dict)

    def as_json(self) -> bytes:
        """The text that is stored."""
        content = {"format": FORMAT, "country": self.country, "made_at": self.made_at, "members": self.members}
        return json.dumps(content, indent=1, sort_keys=True).encode()


class _Hashing:
    """A reader that hashes what passes through it."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source, self.digest, self.size = source, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self.source.read(size)
        self.digest.update(data)
        self.size += len(data)
        return data


class Writer:
    """Adds members to a tar, one after the other, and at last the manifest."""

    def __init__(self, tar: tarfile.TarFile, manifest: Manifest) -> None:
        self.tar, self.manifest = tar, manifest

    def add(self, name: str, path: Path) -> None:
        """Add a file. Raises OSError when it cannot be read."""
        with path.open("rb") as handle:
            info = tarfile.TarInfo(name)
            info.size, info.mode = os.fstat(handle.fileno()).st_size, 0o600
            reader = _Hashing(handle)
            self.tar.addfile(info, reader)
        self.manifest.members[name] = (reader.size, reader.digest.hexdigest())

    def finish(self) -> None:
        """Write the manifest: a backup without one was not finished."""
        content = self.manifest.as_json()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mode = len(content), 0o600
        self.tar.addfile(info, io.BytesIO(content))


@contextmanager
def writing(path: Path, manifest: Manifest) -> Iterator[Writer]:
    """Write a backup: readable by its owner only, fsynced, and in its place only when it is whole."""
    waiting = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    try:
        handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w|gz" if path.name.endswith("gz") else "w|") as tar:
                writer = Writer(tar, manifest)
                yield writer
                writer.finish()
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(path)
    finally:
        waiting.unlink(missing_ok=True)


def unpack(path: Path, into: Path) -> Manifest:
    """Unpack a backup into an empty folder and check every byte of it. Raises ArchiveTrouble."""
    found: dict[str, tuple[int, str]] = {}
    told: dict[str, Any] | None = None
    try:
        with tarfile.open(path, mode="r|*") as tar:
            for member in tar:
                source = tar.extractfile(member) if member.isreg() else None
                if source is None or not (member.name == MANIFEST or MEMBER.fullmatch(member.name)):
                    raise ArchiveTrouble(
                        f"{path} holds {member.name!r}, which no backup of openpes holds. Use another file."
                    )
                if member.name == MANIFEST:
                    told = json.loads(source.read())
                else:
                    found[member.name] = _copy(source, into / member.name)
    except (tarfile.TarError, EOFError, ValueError, OSError) as error:
        raise ArchiveTrouble(f"{path} cannot be read as a backup ({error}). Use another copy of it.") from error
    if told is None or told.get("format") != FORMAT:
        raise ArchiveTrouble(f"{path} is not a finished backup of this version of openpes. Use another copy of it.")
    members = {name: (int(size), str(digest)) for name, (size, digest) in told["members"].items()}
    for name in sorted(members.keys() | found.keys()):
        if members.get(name) != found.get(name):
            raise ArchiveTrouble(f"{path} is damaged: {name} is not what was backed up. Use another copy of it.")
    return Manifest(str(told["country"]), str(told["made_at"]), members)


def _copy(source: IO[bytes], target: Path) -> tuple[int, str]:
    target.parent.mkdir(parents=True, exist_ok=True)
    reader = _Hashing(source)
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        while data := reader.read(CHUNK):
            file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return reader.size, reader.digest.hexdigest()


def copy_sqlite(source: Path, target: Path) -> None:
    """A consistent copy of a SQLite database in use, by SQLite's own backup: copying the file can lose tables."""
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, timeout=20)) as live,
        closing(sqlite3.connect(target)) as copy,
    ):
        live.backup(copy)
        # One file, without a write-ahead log beside it.
        copy.execute("PRAGMA journal_mode=DELETE")


def sqlite_problems(path: Path) -> list[str]:
    """What SQLite's own checks say about a database file: nothing when it is whole."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=20)) as database:
            said = [str(row[0]) for row in database.execute("PRAGMA integrity_check(20)")]
            loose = database.execute("PRAGMA foreign_key_check").fetchmany(20)
    except sqlite3.Error as error:
        return [f"{path.name} cannot be read: {error}"]
    problems = [f"{path.name}: {line}" for line in said if line != "ok"]
    return problems + [
        f"{path.name}: row {row[1]} of {row[0]} points at a row of {row[2]} that is not there" for row in loose
    ]
