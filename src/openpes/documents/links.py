"""The signed part of a link to a CV: a reference and letters that only this service can make."""

from __future__ import annotations

from openpes.core import signed_refs

SALT = "openpes.cv"
# A CV is read by whoever has the address, so its signature is longer than that of a link that asks for a yes or no.
LETTERS = 10


def link_token(ref: str) -> str:
    """The token of a link: twenty letters and digits, short enough for a text."""
    return signed_refs.sign(SALT, ref, letters=LETTERS)


def ref_in_token(token: str) -> str:
    """The reference that a token names. Raises NotFound when it was altered."""
    return signed_refs.read(SALT, token, letters=LETTERS)
