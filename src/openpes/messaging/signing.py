"""Signatures of what gateways hand in: HMAC-SHA-256 over the time and the body, and not older than five minutes."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

TIME, SIGNATURE = "X-Openpes-Time", "X-Openpes-Signature"
FRESH_SECONDS = 300


def signature_of(body: bytes, moment: str, secret: str) -> str:
    """The signature of a body at a moment (seconds since 1970, as text)."""
    return hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()


def is_signed(body: bytes, *, moment: str, signature: str, secret: str, at: datetime) -> bool:
    """Is a body signed by who knows the secret, and fresh? Without a secret nothing is."""
    if not secret or not (moment.isascii() and moment.isdigit()) or len(moment) > 12:
        return False
    right = hmac.compare_digest(signature_of(body, moment, secret).encode(), signature.encode())
    return right and abs(at.timestamp() - int(moment)) <= FRESH_SECONDS
