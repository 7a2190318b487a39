"""The signed part of a link to a CV: a reference and letters that only this service can make."""

from __future__ import annotations

import hmac

from django.utils.crypto import salted_hmac

from openpes.core.decisions import NotFound
from openpes.core.ids import ALPHABET, LENGTH, fold_ref

SALT = "openpes.cv"
SIGNATURE = 10


def _signature(ref: str) -> str:
    digest = salted_hmac(SALT, ref, algorithm="sha256").digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:SIGNATURE])


def link_token(ref: str) -> str:
    """The token of a link: twenty letters and digits, short enough for a text."""
    return ref + _signature(ref)


def ref_in_token(token: str) -> str:
    """The reference that a token names. Raises NotFound when it was altered."""
    folded = fold_ref(token)
    ref, signature = folded[:LENGTH], folded[LENGTH:]
    if len(folded) != LENGTH + SIGNATURE or not hmac.compare_digest(signature, _signature(ref)):
        raise NotFound("link")
    return ref
