"""The key with which this service signs. It is made once, lies in the data folder, and never leaves it."""

from __future__ import annotations

import contextlib
import os
import tempfile
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from openpes.exchange.papers import public_key_of

NAME = "exchange-{country}.key"


def own_key() -> Ed25519PrivateKey:
    """This service's private key, made when it is first needed. Raises OSError where the folder cannot be written."""
    return _read_or_make(Path(settings.DATA) / NAME.format(country=settings.COUNTRY.lower()))


def own_public_key() -> str:
    """The public half, in base64."""
    return public_key_of(own_key())


@lru_cache(maxsize=8)
def _read_or_make(path: Path) -> Ed25519PrivateKey:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        made = Ed25519PrivateKey.generate()
        handle, whole = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(made.private_bytes_raw())
            # Two processes may start at once: a link is made whole or not at all, and the first one stays.
            with contextlib.suppress(FileExistsError):
                os.link(whole, path)
        finally:
            os.unlink(whole)
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())
