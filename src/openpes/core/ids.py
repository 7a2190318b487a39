"""References that people read aloud and web addresses carry: short, unguessable, without look-alike letters."""

from __future__ import annotations

import hashlib
import hmac
import random
import secrets
import unicodedata

# Crockford's base 32 leaves out I, L, O and U.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10


def new_ref(chooser: random.Random | None = None) -> str:
    """A reference of ten characters (50 bits). A seeded chooser is for synthetic records only."""
    if chooser is None:
        return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "".join(chooser.choices(ALPHABET, k=LENGTH))


def new_log_key() -> str:
    """A pseudonym for the logs: 16 random bytes in hexadecimal."""
    return secrets.token_hex(16)


def fold_ref(text: str) -> str:
    """What somebody typed, as a reference: upper case, any digits, look-alikes mended, the rest dropped."""
    latin = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    folded = unicodedata.normalize("NFKC", latin).upper().translate(str.maketrans("OILU", "011V"))
    return "".join(letter for letter in folded if letter in ALPHABET)


def keyed_hash(text: str, key: str) -> str:
    """HMAC-SHA-256 of a text in hexadecimal: compare national numbers without keeping them."""
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()
