"""Several people take one time in the same instant: one gets it, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[3]
EXPECTED = "booked time_taken time_taken time_taken 1"


def ask_at_once(data: Path, **more: str) -> str:
    """Run the program on a new installation; its last line."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("OPENPES_", "DATABASE_URL"))}
    environment = {
        **kept,
        "DJANGO_SETTINGS_MODULE": "openpes.config.settings_test",
        "OPENPES_COUNTRY": "PH",
        "OPENPES_DATA": str(data),
        "PYTHONPATH": f"{SOURCE}{os.pathsep}{SOURCE.parent}",
        **more,
    }
    done = subprocess.run(
        [sys.executable, "-m", "openpes.appointments.tests.two_at_once"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip().splitlines()[-1]


def test_a_time_is_given_once_on_sqlite(tmp_path: Path) -> None:
    """A file, as a service has it: the memory of a test knows no waiting."""
    assert ask_at_once(tmp_path) == EXPECTED


@pytest.fixture
def postgresql() -> Iterator[str]:
    """The address of an empty PostgreSQL database that lives as long as the test."""
    import psycopg

    server, name = "postgres://postgres@localhost:5432", f"openpes_booking_{os.getpid()}"
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
def test_a_time_is_given_once_on_postgresql(postgresql: str, tmp_path: Path) -> None:
    """Two transactions that do not see each other: the constraint decides."""
    assert ask_at_once(tmp_path, DATABASE_URL=postgresql) == EXPECTED
