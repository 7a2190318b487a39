"""Settings for the tests: a throw-away data folder, a quick password hasher, SQLite unless DATABASE_URL says other."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ.setdefault("OPENPES_SECRET", "a key for tests only, not for any service")
os.environ.setdefault("OPENPES_DATA", tempfile.mkdtemp(prefix="openpes-tests-"))
os.environ.setdefault("OPENPES_COUNTRY", "PH")
os.environ.setdefault("OPENPES_DEMO", "1")
# The data folder is new for every run of the tests, and compiling again each time would take longer than they do.
os.environ.setdefault("OPENPES_NUMBA_CACHE", str(Path.home() / ".cache" / "openpes"))

from openpes.config.settings import *  # noqa: F403
from openpes.config.settings import DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
AXES_ENABLED = False
# A thread that reads tables beside the tests would lock them; the tests that want it start it themselves.
SEARCH_LOADED_TITLES = False
for _database in DATABASES.values():
    _database["CONN_MAX_AGE"] = 0
