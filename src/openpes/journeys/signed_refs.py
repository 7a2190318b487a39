"""Short signed references for links in texts: the reference of a thing and eight signs that only this service makes.

token("openpes.follow", ref)            what stands in the address
read("openpes.follow", token)           the reference again, or NotFound
"""

from __future__ import annotations

import hmac

from django.utils.crypto import salted_hmac

from openpes.core.decisions import NotFound
from openpes.core.ids import ALPHABET, LENGTH, fold_ref

SIGNATURE = 8


def _signature(salt: str, ref: str) -> str:
    digest = salted_hmac(salt, ref, algorithm="sha256").digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:SIGNATURE])


def token(salt: str, ref: str) -> str:
    """The reference with its signature."""
    return ref + _signature(salt, ref)


def read(salt: str, told: str) -> str:
    """The reference of a token. Raises NotFound when it was altered."""
    folded = fold_ref(told)
    ref, signature = folded[:LENGTH], folded[LENGTH:]
    if len(folded) != LENGTH + SIGNATURE or not hmac.compare_digest(signature, _signature(salt, ref)):
        raise NotFound("link")
    return ref
