"""Puts a backup in place, after every byte of it was checked. Stop the service first.

Nothing is overwritten: with --force, what was there is moved into a folder beside it.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from openpes.cli import archive, postgresql_tools

NAME = "restore"
HELP = "put a backup in place"
NEEDS_DJANGO = True
SQLITE_PARTS = ("", "-wal", "-shm", "-journal")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The backup to read."""
    parser.add_argument("file", metavar="F", type=Path, help="a file that `openpes backup` wrote")
    parser.add_argument("--force", action="store_true", help="replace the data that is there (it is kept aside)")


def run(args: argparse.Namespace) -> int:
    """0: restored; 2: not restored, nothing changed."""
    try:
        manifest, aside = restore(args.file, force=args.force)
    except archive.ArchiveTrouble as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(
            f"The backup could not be put in place: {error}. Make room or choose another OPENPES_DATA.", file=sys.stderr
        )
        return 2
    if aside is not None:
        print(f"What was there is now in {aside}. Remove it when you no longer need it.", file=sys.stderr)
    print(
        f"Restored the service of {manifest.country} as it was at {manifest.made_at}. Check it: script/openpes verify"
    )
    return 0


def restore(source: Path, *, force: bool) -> tuple[archive.Manifest, Path | None]:
    """Check the backup, then put it in place. Returns what it held and where the former data went (None: none)."""
    from django.conf import settings
    from django.db import connections

    from openpes.core.clock import now

    if not source.is_file():
        raise archive.ArchiveTrouble(f"There is no file {source}. Write the path of a backup.")
    connections.close_all()
    data = Path(settings.DATA)
    data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=data) as work:
        manifest = archive.unpack(source, Path(work))
        targets = _targets(manifest, settings.DATABASES, data)
        _check_content(manifest, Path(work), settings.COUNTRY, settings.DATABASES["default"])
        there = [path for path in targets.values() if path.exists()]
        holds_rows = archive.DUMP in manifest.members and _postgresql_holds_tables()
        # A key alone is made by the first command that runs; it is no data.
        if (holds_rows or any(path.name != archive.SECRET for path in there)) and not force:
            raise archive.ArchiveTrouble(
                f"There is data already in {data}. Add --force to replace it (it is kept aside), "
                "or choose another OPENPES_DATA."
            )
        for path in there:
            _refuse_while_in_use(path)
        if holds_rows:
            _refuse_while_others_are_connected()
        aside = None
        if there or holds_rows:
            aside = data / f"before-restore-{now():%Y%m%dT%H%M%S%f}"
            aside.mkdir(mode=0o700)
            if holds_rows:
                postgresql_tools.dump(settings.DATABASES["default"], aside / archive.DUMP)
            _move_aside(there, aside)
        if archive.DUMP in manifest.members:
            postgresql_tools.load(settings.DATABASES["default"], Path(work) / archive.DUMP)
        _put_in_place(Path(work), targets)
        _put_files_in_place(Path(work) / "files", Path(settings.STORED_FILES))
    return manifest, aside


def _targets(manifest: archive.Manifest, databases: dict[str, dict[str, Any]], data: Path) -> dict[str, Path]:
    """Where each part but the stored files and the dump goes. Stored files are named by their content: they never
    collide."""
    places = {
        archive.MAIN: Path(str(databases["default"]["NAME"])),
        archive.ACCESS: Path(str(databases["access"]["NAME"])),
        archive.SECRET: data / "secret-key",
    }
    return {name: path for name, path in places.items() if name in manifest.members}


def _check_content(manifest: archive.Manifest, work: Path, country: str, main: dict[str, Any]) -> None:
    if manifest.country != country:
        raise archive.ArchiveTrouble(
            f"This is a backup of {manifest.country} and OPENPES_COUNTRY is {country}. "
            f"Set OPENPES_COUNTRY={manifest.country}."
        )
    on_postgresql = main["ENGINE"].endswith("postgresql")
    if on_postgresql != (archive.DUMP in manifest.members):
        kind = "PostgreSQL" if archive.DUMP in manifest.members else "SQLite"
        raise archive.ArchiveTrouble(
            f"This backup is of a {kind} database and the service uses the other kind. "
            f"{'Set' if kind == 'PostgreSQL' else 'Unset'} DATABASE_URL."
        )
    if on_postgresql:
        postgresql_tools.check_dump(work / archive.DUMP)
    for name in {archive.MAIN, archive.ACCESS} & manifest.members.keys():
        problems = archive.sqlite_problems(work / name)
        if problems:
            raise archive.ArchiveTrouble(
                f"The backup holds a damaged database ({problems[0]}). Use another copy of it."
            )


def _postgresql_holds_tables() -> bool:
    from django.db import connections

    return bool(connections["default"].introspection.table_names())


def _refuse_while_in_use(path: Path) -> None:
    """A running service holds its database open; replacing the file beneath it would split the data in two."""
    if path.name == archive.SECRET:
        return
    try:
        with closing(sqlite3.connect(path, timeout=0.5, isolation_level=None)) as database:
            database.execute("PRAGMA locking_mode=EXCLUSIVE")
            database.execute("BEGIN EXCLUSIVE")
            database.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise archive.ArchiveTrouble(f"The service is running and uses {path}. Stop it, then restore.") from error
    except sqlite3.DatabaseError:
        pass  # damaged is why it is restored; it is moved aside as it is


def _refuse_while_others_are_connected() -> None:
    from django.db import connections

    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        others = cursor.fetchone()[0]
    connections["default"].close()
    if others:
        raise archive.ArchiveTrouble(
            f"The service is running: {others} connections use the database. Stop it, then restore."
        )


def _move_aside(paths: list[Path], aside: Path) -> None:
    for path in paths:
        for suffix in SQLITE_PARTS:
            part = path.with_name(path.name + suffix)
            if part.exists():
                part.rename(aside / part.name)


def _put_in_place(work: Path, targets: dict[str, Path]) -> None:
    for name, target in targets.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(work / name, target)


def _put_files_in_place(source: Path, target: Path) -> None:
    for path in sorted(source.glob("*/*")):
        place = target / path.parent.name / path.name
        place.parent.mkdir(parents=True, exist_ok=True)
        path.replace(place)
