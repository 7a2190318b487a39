"""What strangers hand in is looked at by what it is: photos lose what the camera wrote, a PDF may only show pages."""

from __future__ import annotations

import struct
import zlib

import pytest

from openpes.core.pictures import JPEG, PDF, PNG, NotKeepable, kept_form

PDF_FILE = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def jpeg(*, wide: int = 4, extra: bytes = b"") -> bytes:
    """The bones of a photo: its size, a place where the camera wrote, and a scan."""
    frame = b"\x08" + struct.pack(">HH", 3, wide) + b"\x01\x01\x11\x00"
    segments = [
        b"\xff\xe1" + struct.pack(">H", len(extra) + 2) + extra,
        b"\xff\xc0" + struct.pack(">H", len(frame) + 2),
    ]
    return b"\xff\xd8" + segments[0] + segments[1] + frame + b"\xff\xda\x00\x04\x01\x01scan\xff\xd9trailing"


def png(extra: bytes = b"") -> bytes:
    """A picture of one point with a text beside it."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    size = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", size)
        + chunk(b"tEXt", extra)
        + chunk(b"IDAT", zlib.compress(b"\x00\x00"))
        + chunk(b"IEND", b"")
    )


def test_a_photo_loses_what_the_camera_wrote_and_keeps_the_picture() -> None:
    """The place where it was taken is nobody's business; nothing hides behind the end."""
    kept, kind = kept_form(jpeg(extra=b"Exif\x00\x00GPS 10.31"))
    assert kind == JPEG and b"GPS" not in kept and b"scan" in kept and kept.endswith(b"\xff\xd9")
    kept, kind = kept_form(png(b"Author\x00Ana"))
    assert kind == PNG and b"Ana" not in kept and b"IDAT" in kept


def test_a_plain_pdf_is_kept_as_it_is() -> None:
    """Its bytes are the paper."""
    assert kept_form(PDF_FILE) == (PDF_FILE, PDF)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00program",
        b"<html><script>alert(1)</script></html>",
        b"GIF89a" + b"\x00" * 20,
        b"\xff\xd8\xff\xe0\x00\x10half",
        jpeg(wide=0),
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 30,
        PDF_FILE.replace(b"/Type", b"/OpenAction/Type"),
        PDF_FILE.replace(b"/Type", b"/J#61vaScript/Type"),
        PDF_FILE.replace(b"/Type", b"/Encrypt/Type"),
        PDF_FILE.replace(b"%%EOF", b""),
    ],
)
def test_everything_else_is_refused(content: bytes) -> None:
    """Programs, pages, damaged photos, and a PDF that does more than show pages."""
    with pytest.raises(NotKeepable):
        kept_form(content)
