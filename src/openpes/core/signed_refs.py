"""Short signed references for links in texts and letters: the reference of a thing and letters only this service makes.

    sign("openpes.booking", ref)            what stands in the address
    read("openpes.booking", token)          the reference again, or NotFound

The salt names the purpose: a link for one thing opens no other. `about` is signed along and not shown, for links of
which one thing has several. How long a link lives is for the thing itself to say.
"""

from __future__ import annotations

import hmac

from django.utils.crypto import salted_hmac

from openpes.core.decisions import NotFound
from openpes.core.ids import ALPHABET, LENGTH, fold_ref

# Eight of 32 letters are 40 bits: with the reference's own 50 far beyond guessing over the net.
LETTERS = 8


def _signature(salt: str, text: str, letters: int) -> str:
    digest = salted_hmac(salt, text, algorithm="sha256").digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:letters])


def _text(ref: str, about: str) -> str:
    return f"{ref}:{about}" if about else ref


def sign(salt: str, ref: str, *, about: str = "", letters: int = LETTERS) -> str:
    """The reference with its signature: letters and digits, easy to type from a letter."""
    return ref + _signature(salt, _text(ref, about), letters)


def read(salt: str, token: str, *, about: str = "", letters: int = LETTERS) -> str:
    """The reference of a token, as somebody typed it. Raises NotFound when it was altered or is for something else."""
    folded = fold_ref(token)
    ref, signature = folded[:LENGTH], folded[LENGTH:]
    right = _signature(salt, _text(ref, about), letters)
    if len(folded) != LENGTH + letters or not hmac.compare_digest(signature, right):
        raise NotFound("link")
    return ref
