"""The secret key: from the environment, or made once and kept beside the data with the owner's eyes only."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path


def read_or_make(data: Path) -> str:
    """The secret key of this installation."""
    given = os.environ.get("OPENPES_SECRET", "")
    if given:
        return given
    path = data / "secret-key"
    if path.exists():
        return path.read_text().strip()
    made = secrets.token_urlsafe(50)
    with contextlib.suppress(OSError):  # an unwritable folder is reported by script/run in plain words
        data.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(made)
    return path.read_text().strip() if path.exists() else made
