"""One mark for one picture, whatever travels beside it; another for another; and the rule sees the same one twice."""

from __future__ import annotations

import struct
import zlib
from datetime import date

import pytest
from tests.factories import NOW

from openpes.enrolments.integrity import Enrolled, Limits, World, look_at
from openpes.enrolments.photos import MARK_LENGTH, PNG, NotAPhoto, photo_mark


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(shade: int, *, comment: bytes = b"") -> bytes:
    """One grey point; with a comment beside it, where one is given."""
    parts = [_chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))]
    if comment:
        parts.append(_chunk(b"tEXt", b"Comment\x00" + comment))
    return PNG + b"".join([*parts, _chunk(b"IDAT", zlib.compress(bytes([0, shade]))), _chunk(b"IEND", b"")])


def jpeg(scan: bytes, *, camera: bytes = b"") -> bytes:
    """The bones of a JPEG: a segment of the camera, a table, the scan."""

    def segment(kind: int, data: bytes) -> bytes:
        return bytes([0xFF, kind]) + struct.pack(">H", len(data) + 2) + data

    return (
        b"\xff\xd8" + (segment(0xE1, camera) if camera else b"") + segment(0xDB, b"table") + segment(0xDA, b"h") + scan
    )


@pytest.mark.parametrize(
    ("same", "again", "other"),
    [
        (png(7), png(7, comment=b"taken elsewhere"), png(8)),
        (jpeg(b"face", camera=b"Exif 2025"), jpeg(b"face", camera=b"Exif 2026, another phone"), jpeg(b"mask")),
    ],
)
def test_the_mark_is_that_of_the_picture(same: bytes, again: bytes, other: bytes) -> None:
    marks = [photo_mark(one, "key") for one in (same, again, other)]
    assert marks[0] == marks[1] != marks[2]
    assert all(len(one) == MARK_LENGTH and int(one, 16) >= 0 for one in marks)
    assert photo_mark(same, "another key") != marks[0]


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", b"%PDF-1.7", b"\xff\xd8\x00broken", PNG, b"\xff\xd8\xff\xdb\x00\x04ab"]
)
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    with pytest.raises(NotAPhoto):
        photo_mark(content, "key")


def test_two_people_with_one_picture_are_flagged() -> None:
    pictures = [png(1), png(1, comment=b"x"), png(2), png(3)]
    days = {"enrolled_at": NOW, "starts_on": date(2026, 11, 1), "ends_before": date(2026, 12, 1)}
    people = [Enrolled(n, n, 1, photo=photo_mark(one, "key"), **days) for n, one in enumerate(pictures)]  # type: ignore[arg-type]
    found = look_at(World(NOW, people), Limits(6, 6, 30, 14))
    assert {one.enrolment for one in found if one.rule == "photo_repeated"} == {0, 1}
