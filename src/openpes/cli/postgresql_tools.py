"""pg_dump and pg_restore, with the database that the settings name."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from openpes.cli.archive import ArchiveTrouble


def _call(tool: str, main: dict[str, Any], *arguments: str) -> None:
    if shutil.which(tool) is None:
        raise ArchiveTrouble(f"{tool} is not installed. Install it: sudo apt install postgresql-client")
    # The password goes through the environment: a command line can be read by everybody on the machine.
    environment = os.environ | {
        "PGHOST": main["HOST"],
        "PGPORT": str(main["PORT"] or 5432),
        "PGUSER": main["USER"],
        "PGPASSWORD": main["PASSWORD"],
    }
    done = subprocess.run([tool, *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it gave no reason"])[-1]
        raise ArchiveTrouble(f"{tool} failed: {last}")


def dump(main: dict[str, Any], target: Path) -> None:
    """One consistent dump of the main database. Raises ArchiveTrouble."""
    _call("pg_dump", main, "--format=custom", "--no-owner", "--no-privileges", f"--file={target}", main["NAME"])


def check_dump(path: Path) -> None:
    """Can the dump's table of contents be read?"""
    if shutil.which("pg_restore") is None:
        raise ArchiveTrouble("pg_restore is not installed. Install it: sudo apt install postgresql-client")
    done = subprocess.run(["pg_restore", "--list", str(path)], capture_output=True, check=False)
    if done.returncode:
        raise ArchiveTrouble("The PostgreSQL dump in the backup cannot be read. Use another copy of it.")


def load(main: dict[str, Any], path: Path) -> None:
    """Replace the content of the main database, all or nothing. Raises ArchiveTrouble."""
    _call(
        "pg_restore",
        main,
        "--clean",
        "--if-exists",
        "--no-owner",
        "--no-privileges",
        "--single-transaction",
        f"--dbname={main['NAME']}",
        str(path),
    )
