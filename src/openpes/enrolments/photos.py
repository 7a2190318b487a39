"""The mark of a photo: enough to see the same one twice, nothing to show it by. The picture itself is never kept.

What is marked is the picture in the file, without what travels beside it (a date, a camera, a comment): the same photo
sent twice has one mark, also when somebody changed those. A photo that was cut or saved anew has another one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from openpes.core.ids import keyed_hash

MOST_BYTES = 8_000_000
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
PNG_PICTURE = frozenset({b"IHDR", b"PLTE", b"IDAT"})
MARK_LENGTH = 16


class NotAPhoto(ValueError):
    """Neither a JPEG nor a PNG, or broken, or too large."""


def photo_mark(content: bytes, secret: str) -> str:
    """Sixteen signs for one picture. Raises NotAPhoto."""
    if len(content) > MOST_BYTES:
        raise NotAPhoto("too large")
    if content.startswith(PNG):
        parts = list(_png(content))
    elif content.startswith(JPEG):
        parts = list(_jpeg(content))
    else:
        raise NotAPhoto("neither JPEG nor PNG")
    if not parts:
        raise NotAPhoto("no picture in it")
    picture = hashlib.sha256(b"".join(parts)).hexdigest()
    return keyed_hash(f"photo:{picture}", secret)[:MARK_LENGTH]


def _png(content: bytes) -> Iterator[bytes]:
    at = len(PNG)
    while at + 8 <= len(content):
        length, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        if kind in PNG_PICTURE:
            yield kind + content[at + 8 : at + 8 + length]
        at += length + 12


def _jpeg(content: bytes) -> Iterator[bytes]:
    """Every segment but those of the applications (E0 to EF) and comments (FE); from the scan on, all that follows."""
    at = len(JPEG)
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            raise NotAPhoto("broken")
        kind, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if kind == 0xDA:
            yield content[at:]
            return
        if not (0xE0 <= kind <= 0xEF or kind == 0xFE):
            yield content[at : at + 2 + length]
        at += 2 + length
    raise NotAPhoto("broken")
