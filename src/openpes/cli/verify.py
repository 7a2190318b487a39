"""Is everything whole? The hash chains of both logs, the database files, the stored files, the country pack.

Read-only; the service may go on meanwhile.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from openpes.cli import archive

NAME = "verify"
HELP = "check that the logs, the databases, the stored files and the pack are whole"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It needs none."""


def run(args: argparse.Namespace) -> int:
    """0: all whole; 1: every problem is listed; 2: there is nothing to check."""
    found = 0
    for title, check in CHECKS:
        problems = list(check())
        found += len(problems)
        counted = f" ({LINES[title]} lines)" if title in LINES else ""
        print(f"{title}: {'whole' if not problems else f'{len(problems)} problems'}{counted}")
        for problem in problems:
            print(f"  {problem}")
    if found:
        print("Restore the last good backup of what is damaged, and keep this list.", file=sys.stderr)
    return 1 if found else 0


# How many lines a log has. A chain cannot tell that its end was cut off; a number that is smaller than yesterday's can.
LINES: dict[str, int] = {}


def change_log() -> Iterator[str]:
    """Does each line of the change log fit the one before it?"""
    from openpes.core.change_log import check_change_log

    report = check_change_log()
    LINES["change log"] = report.lines
    if not report.whole:
        yield f"line {report.first_broken_id} was altered, removed or added ({report.lines} lines read)"


def access_log() -> Iterator[str]:
    """The same for the access log."""
    from openpes.core.access_log import check_access_log

    report = check_access_log()
    LINES["access log"] = report.lines
    if not report.whole:
        yield f"line {report.first_broken_id} was altered, removed or added ({report.lines} lines read)"


def database_files() -> Iterator[str]:
    """SQLite's own checks of each file; PostgreSQL checks itself."""
    from django.conf import settings

    for database in settings.DATABASES.values():
        if database["ENGINE"].endswith("sqlite3"):
            yield from archive.sqlite_problems(Path(str(database["NAME"])))


def tables() -> Iterator[str]:
    """Are the tables those of this version?"""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    for alias in ("default", "access"):
        executor = MigrationExecutor(connections[alias])
        for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes()):
            yield f"{alias}: {migration} is not applied; script/run applies it"


def stored_files() -> Iterator[str]:
    """Is each stored file there, with the content that was stored?"""
    from openpes.core.files import read
    from openpes.core.models import StoredFile

    for stored in StoredFile.objects.order_by("pk").iterator(chunk_size=500):
        try:
            read(stored)
        except FileNotFoundError:
            yield f"{stored.ref} ({stored.media_type}, {stored.size_bytes} bytes) is not on the disk"
        except OSError as error:
            yield str(error)


def country_pack() -> Iterator[str]:
    """Does the pack in force keep the contract of packs?"""
    from django.conf import settings

    from openpes.core.clock import now
    from openpes.reference.country import today
    from openpes_countries.checking import check_pack

    for problem in check_pack(settings.COUNTRY, on=today(now())).problems:
        yield str(problem)


CHECKS: tuple[tuple[str, Callable[[], Iterator[str]]], ...] = (
    ("tables", tables),
    ("database files", database_files),
    ("change log", change_log),
    ("access log", access_log),
    ("stored files", stored_files),
    ("country pack", country_pack),
)
