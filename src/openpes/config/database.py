"""Where the data lies: one SQLite file (or a PostgreSQL database), and a file of its own for the access log.

SQLite runs in WAL mode with synchronous=FULL (an acknowledged write survives a power cut) and takes the write lock
at the beginning of a write transaction (IMMEDIATE), so that two writers queue instead of failing half-way.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=20000;"
    " PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
)


def sqlite(path: Path) -> dict[str, Any]:
    """Settings of one SQLite file."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"init_command": PRAGMAS, "transaction_mode": "IMMEDIATE", "timeout": 20},
    }


def postgresql(url: str) -> dict[str, Any]:
    """Settings of a PostgreSQL database from its address. Raises ValueError with the mend."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ValueError("Write DATABASE_URL as postgres://user:password@host:5432/name, or leave it unset for SQLite.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
    }


def databases(data: Path, country: str, url: str) -> dict[str, dict[str, Any]]:
    """The two databases. Each country has files of its own, so that changing the country mixes nothing."""
    main = postgresql(url) if url else sqlite(data / f"openpes-{country.lower()}.sqlite3")
    return {"default": main, "access": sqlite(data / f"access-{country.lower()}.sqlite3")}


class AccessLogRouter:
    """Sends the access log to its own file and keeps everything else out of it."""

    @staticmethod
    def _of(model: Any) -> str:
        return "access" if model._meta.label == "core.AccessEntry" else "default"

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """Where a model is read."""
        return self._of(model)

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """Where a model is written."""
        return self._of(model)

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool:
        """The access log's table lives only in its file, all others only in the main database."""
        is_log = app_label == "core" and model_name == "accessentry"
        return is_log if db == "access" else not is_log
