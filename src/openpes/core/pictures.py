"""Photos and PDF files that strangers hand in: what they really are, and the form in which they may be kept.

kept_form(content) -> (content, media type): a JPEG or PNG without what the camera or a program wrote into it, or a PDF
that runs nothing. Raises NotKeepable for everything else, whatever its name says.
"""

from __future__ import annotations

import re
import struct

JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"
EXTENSION = {JPEG: "jpg", PNG: "png", PDF: "pdf"}
PNG_MARK = b"\x89PNG\r\n\x1a\n"
# Pieces of a PNG that make the picture; texts, times and everything unknown are left out.
PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs"})
MOST_PIXELS = 60_000_000
# What makes a PDF do something when it is opened, or hides its content from a check.
PDF_ACTS = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|OpenAction|AA|Encrypt)\b")
PDF_NAME_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")


class NotKeepable(ValueError):
    """This is no photo and no plain PDF."""


def kept_form(content: bytes) -> tuple[bytes, str]:
    """The content to keep and its media type. Raises NotKeepable."""
    if content.startswith(b"\xff\xd8\xff"):
        return _plain_jpeg(content), JPEG
    if content.startswith(PNG_MARK):
        return _plain_png(content), PNG
    if content.startswith(b"%PDF-"):
        return _plain_pdf(content), PDF
    raise NotKeepable("neither a photo nor a PDF")


def _plain_jpeg(content: bytes) -> bytes:
    """The picture's own segments up to the end of the scan; what cameras and programs add is dropped."""
    kept, place, has_size = [b"\xff\xd8"], 2, False
    while place + 4 <= len(content):
        if content[place] != 0xFF:
            raise NotKeepable("a damaged photo")
        mark = content[place + 1]
        if mark == 0xFF:
            place += 1
            continue
        length = struct.unpack(">H", content[place + 2 : place + 4])[0]
        if length < 2 or place + 2 + length > len(content):
            raise NotKeepable("a damaged photo")
        segment = content[place : place + 2 + length]
        if 0xC0 <= mark <= 0xCF and mark not in {0xC4, 0xC8, 0xCC}:
            high, wide = struct.unpack(">HH", segment[5:9]) if len(segment) >= 9 else (0, 0)
            _require_size(wide, high)
            has_size = True
        if mark == 0xDA:
            ends = content.rfind(b"\xff\xd9")
            if not has_size or ends <= place:
                raise NotKeepable("a damaged photo")
            return b"".join([*kept, content[place : ends + 2]])
        # APP0 to APP15 and comments hold what others wrote; 0xEE tells how colours are stored and is needed.
        if not (0xE0 <= mark <= 0xEF or mark == 0xFE) or mark in {0xE0, 0xEE}:
            kept.append(segment)
        place += 2 + length
    raise NotKeepable("a damaged photo")


def _plain_png(content: bytes) -> bytes:
    kept, place = [PNG_MARK], len(PNG_MARK)
    while place + 12 <= len(content):
        length = struct.unpack(">I", content[place : place + 4])[0]
        name, ends = content[place + 4 : place + 8], place + 12 + length
        if ends > len(content):
            break
        if name == b"IHDR":
            _require_size(*struct.unpack(">II", content[place + 8 : place + 16]))
        if name in PNG_KEPT:
            kept.append(content[place:ends])
        if name == b"IEND":
            return b"".join(kept)
        place = ends
    raise NotKeepable("a damaged picture")


def _require_size(wide: int, high: int) -> None:
    if not 0 < wide * high <= MOST_PIXELS:
        raise NotKeepable("too large to show")


def _plain_pdf(content: bytes) -> bytes:
    # A name may be written with codes: /J#61vaScript is /JavaScript.
    plain = PDF_NAME_CODE.sub(lambda found: bytes([int(found[1], 16)]), content)
    if b"%%EOF" not in content[-2048:] or PDF_ACTS.search(plain):
        raise NotKeepable("a PDF that does more than show pages")
    return content
