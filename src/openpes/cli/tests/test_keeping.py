"""Backup, restore and verify on a real installation: a folder of files, through the command line."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

MAKE = """
import django; django.setup()
from openpes.config.prepare import prepare; prepare(lambda text: None)
from django.db import transaction
from openpes.core import access_log, change_log, clock, files
from openpes.core.actors import system
by = system(label="test")
for number in range(3):
    with transaction.atomic():
        change_log.record_change(by=by, at=clock.now(), verb="thing.change", thing=f"thing:{number}")
    access_log.record_view(by=by, at=clock.now(), subject="p-1", thing="person")
files.store(content=b"a letter", name="letter.txt", media_type="text/plain", by=by, at=clock.now())
"""


@dataclass
class Installation:
    """One data folder, and how to call the service on it."""

    data: Path

    def call(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run Python with these arguments on this installation."""
        keep: Mapping[str, str] = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("OPENPES_", "DATABASE_URL", "DJANGO_"))
        }
        environment = {
            **keep,
            "DJANGO_SETTINGS_MODULE": "openpes.config.settings",
            "OPENPES_COUNTRY": "PH",
            "PYTHONPATH": str(Path(__file__).parents[3]),
            "OPENPES_DATA": str(self.data),
            **more,
        }
        return subprocess.run(
            [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False
        )

    def openpes(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run one command."""
        return self.call("-m", "openpes.cli", *arguments, **more)

    @property
    def main(self) -> Path:
        """The main database."""
        return self.data / "openpes-ph.sqlite3"

    def things(self) -> list[str]:
        """What the change log names."""
        with closing(sqlite3.connect(self.main)) as database:
            return [row[0] for row in database.execute("SELECT thing FROM core_changeentry ORDER BY id")]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation made once; tests work on copies."""
    there = Installation(tmp_path_factory.mktemp("made") / "data")
    done = there.call("-c", MAKE)
    assert done.returncode == 0, done.stderr
    return there.data


@pytest.fixture
def installation(made: Path, tmp_path: Path) -> Installation:
    """A copy of the made installation."""
    return Installation(Path(shutil.copytree(made, tmp_path / "data")))


def test_a_backup_restores_elsewhere_and_verifies(installation: Installation, tmp_path: Path) -> None:
    """The whole way: back up, restore into an empty folder, everything is whole and the same."""
    backup = tmp_path / "b.tar.gz"
    done = installation.openpes("backup", str(backup))
    assert done.returncode == 0, done.stderr
    assert installation.openpes("backup", str(backup)).returncode == 2, "a backup is not overwritten by accident"
    elsewhere = Installation(tmp_path / "elsewhere")
    done = elsewhere.openpes("restore", str(backup))
    assert done.returncode == 0, done.stderr
    assert elsewhere.things() == installation.things() != []
    assert (elsewhere.data / "secret-key").read_text() == (installation.data / "secret-key").read_text()
    done = elsewhere.openpes("verify")
    assert done.returncode == 0, done.stdout
    assert "stored files: whole" in done.stdout and "access log: whole" in done.stdout


def test_restore_overwrites_nothing_unasked(installation: Installation, tmp_path: Path) -> None:
    """Without --force nothing changes; with it, what was there is kept aside; a running service is not pulled away."""
    backup = tmp_path / "b.tar"
    assert installation.openpes("backup", str(backup)).returncode == 0
    with closing(sqlite3.connect(installation.main)) as database:
        database.execute("DELETE FROM core_changeentry")
        database.commit()
    refused = installation.openpes("restore", str(backup))
    assert refused.returncode == 2 and "--force" in refused.stderr and installation.things() == []
    with closing(sqlite3.connect(installation.main)) as running:
        running.execute("SELECT count(*) FROM core_changeentry").fetchone()
        refused = installation.openpes("restore", str(backup), "--force")
        assert refused.returncode == 2 and "Stop it" in refused.stderr
    done = installation.openpes("restore", str(backup), "--force")
    assert done.returncode == 0, done.stderr
    assert "thing:2" in installation.things()
    aside = next(installation.data.glob("before-restore-*"))
    with closing(sqlite3.connect(aside / "openpes-ph.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM core_changeentry").fetchone() == (0,)
    wrong_country = Installation(tmp_path / "vn").openpes("restore", str(backup), OPENPES_COUNTRY="VN")
    assert wrong_country.returncode == 2 and "OPENPES_COUNTRY=PH" in wrong_country.stderr


@pytest.fixture
def postgresql() -> Iterator[str]:
    """The address of an empty PostgreSQL database that lives as long as the test."""
    import psycopg

    server = "postgres://postgres@localhost:5432"
    name = f"openpes_keeping_{os.getpid()}"
    try:
        connection = psycopg.connect(f"{server}/postgres", autocommit=True, connect_timeout=2)
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL answers at localhost")
    with connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield f"{server}/{name}"
    finally:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.postgres
@pytest.mark.skipif(shutil.which("pg_dump") is None, reason="needs pg_dump (apt install postgresql-client)")
def test_postgresql_is_backed_up_and_restored(postgresql: str, tmp_path: Path) -> None:
    """The same promises: nothing overwritten unasked, what was there kept aside, not under a running service."""
    import psycopg

    service, backup = Installation(tmp_path / "data"), tmp_path / "b.tar.gz"
    done = service.call("-c", MAKE, DATABASE_URL=postgresql)
    assert done.returncode == 0, done.stderr
    assert service.openpes("backup", str(backup), DATABASE_URL=postgresql).returncode == 0
    with psycopg.connect(postgresql) as running:
        running.execute("DELETE FROM core_changeentry")
        running.commit()
        assert "--force" in service.openpes("restore", str(backup), DATABASE_URL=postgresql).stderr
        refused = service.openpes("restore", str(backup), "--force", DATABASE_URL=postgresql)
        assert refused.returncode == 2 and "Stop it" in refused.stderr
    done = service.openpes("restore", str(backup), "--force", DATABASE_URL=postgresql)
    assert done.returncode == 0, done.stderr
    with psycopg.connect(postgresql) as connection:
        rows = connection.execute("SELECT thing FROM core_changeentry ORDER BY id").fetchall()
    assert ("thing:2",) in rows
    assert (next(service.data.glob("before-restore-*")) / "openpes.dump").stat().st_size > 1000


def test_verify_finds_what_was_altered(installation: Installation) -> None:
    """An altered line of each log, an altered stored file: each is named, exit code 1."""
    with closing(sqlite3.connect(installation.main)) as database:
        database.execute("UPDATE core_changeentry SET actor = 'somebody else' WHERE thing = 'thing:1'")
        database.commit()
    with closing(sqlite3.connect(installation.data / "access-ph.sqlite3")) as database:
        database.execute("DELETE FROM core_accessentry WHERE id = 2")
        database.commit()
    stored = next(path for path in (installation.data / "files").rglob("*") if path.is_file())
    stored.write_bytes(b"another letter")
    done = installation.openpes("verify")
    assert done.returncode == 1
    said = done.stdout
    assert "change log: 1 problems" in said and "access log: 1 problems" in said and "stored files: 1 problems" in said
    assert "database files: whole" in said


def test_a_missing_stored_file_is_reported_and_the_rest_is_backed_up(
    installation: Installation, tmp_path: Path
) -> None:
    """Exit code 1: the backup is there, and says what it could not hold."""
    next(path for path in (installation.data / "files").rglob("*") if path.is_file()).unlink()
    done = installation.openpes("backup", str(tmp_path / "b.tar"))
    assert done.returncode == 1 and "missing: " in done.stderr and (tmp_path / "b.tar").exists()


def test_nothing_to_back_up_is_said_plainly(tmp_path: Path) -> None:
    """No traceback, a mend, exit code 2, and no file."""
    done = Installation(tmp_path / "nothing").openpes("backup", str(tmp_path / "b.tar"))
    assert done.returncode == 2 and "OPENPES_DATA" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "b.tar").exists()


def test_the_worker_once_does_what_waits(installation: Installation) -> None:
    """On an installation without work it ends at once; on one without tables it says what to do."""
    done = installation.openpes("worker", "--once")
    assert done.returncode == 0, done.stderr
    nowhere = Installation(installation.data.parent / "empty").openpes("tick")
    assert nowhere.returncode == 2 and "script/run" in nowhere.stderr and "Traceback" not in nowhere.stderr


def test_the_first_administrator_is_invited_once(installation: Installation) -> None:
    """The link goes to standard output; the same person cannot be invited in a language that no page speaks."""
    done = installation.openpes("invite", "--name", "Cher", "--username", "cher")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("/invitation/") and "Cher" in done.stderr
    with closing(sqlite3.connect(installation.main)) as database:
        rows = database.execute("SELECT username, role, key_hash FROM organisations_invitation").fetchall()
    assert [row[:2] for row in rows] == [("cher", "administrator")]
    assert rows[0][2] not in done.stdout, "only a hash of the key is kept"
    refused = installation.openpes("invite", "--name", "X", "--username", "x", "--lang", "xx")
    assert refused.returncode == 2 and "en" in refused.stderr
