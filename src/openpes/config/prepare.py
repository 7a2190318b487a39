"""Brings an installation up to date: tables, the country in force, message catalogues, static files.

Each step looks first and does nothing when nothing is to be done, so that the second start is quick.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError, OperationalError

from openpes.config.catalogues import compile_all
from openpes.config.preflight import CannotStart
from openpes.core.actors import system
from openpes.core.clock import now
from openpes.reference.operations import put_country_in_force

Say = Callable[[str], None]


def prepare(say: Say) -> None:
    """Do every step. Raises CannotStart with the mend."""
    settings.DATA.mkdir(parents=True, exist_ok=True)
    try:
        migrate(say)
        put_country_in_force(by=system("country.load", label="setup"), at=now())
    except OperationalError as error:
        raise CannotStart(_database_sentence(error)) from error
    except DatabaseError as error:
        raise CannotStart(
            f"The database could not be brought up to date: {error} Nothing of that step was kept; "
            "restore the last backup (script/openpes restore F) or ask for help."
        ) from error
    try:
        compiled = compile_all()
        if compiled:
            say(f"Translations compiled: {', '.join(compiled)}.")
    except (ValueError, OSError, SyntaxError) as error:
        raise CannotStart(f"The translations could not be compiled: {error}") from error
    collect_static(say)


def _database_sentence(error: OperationalError) -> str:
    words = " ".join(str(error).split())
    main = settings.DATABASES["default"]
    if main["ENGINE"].endswith("postgresql"):
        return (
            f"PostgreSQL at {main['HOST'] or 'the local socket'} cannot be used ({words}). Start it and create "
            f"the database {main['NAME']}, correct DATABASE_URL, or unset it to use SQLite."
        )
    return (
        f"The database file {main['NAME']} cannot be used ({words}). Stop other copies of the service, check that "
        "the folder is yours and not full, or choose another OPENPES_DATA."
    )


def migrate(say: Say) -> None:
    """Create or update the tables of both databases, when there is something to do."""
    for alias in ("default", "access"):
        executor = MigrationExecutor(connections[alias])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            say("Making the tables ..." if alias == "default" else "Making the access log ...")
            call_command("migrate", database=alias, verbosity=0, interactive=False)


def collect_static(say: Say) -> None:
    """Put styles, scripts and pictures where the server finds them, when they changed."""
    fingerprint = _fingerprint_of_static()
    root = Path(settings.STATIC_ROOT)
    marker = Path(settings.DATA) / "static-made-from"  # beside the folder: what is inside is served
    if marker.exists() and marker.read_text() == fingerprint:
        return
    say("Collecting styles and pictures ...")
    shutil.rmtree(root, ignore_errors=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    marker.write_text(fingerprint)


def _fingerprint_of_static() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            place = Path(storage.path(path)).stat()
            digest.update(f"{path} {place.st_size} {place.st_mtime_ns}\n".encode())
    return digest.hexdigest()
