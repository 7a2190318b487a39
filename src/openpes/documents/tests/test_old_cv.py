"""An old CV is read as text alone; a file that is not one, or that does something, is refused with its reason."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import typst

from openpes.documents import old_cv
from openpes.documents.finding import found_in
from openpes.documents.old_cv import NotReadable, text_of
from openpes.documents.states import EntryKind
from openpes.documents.words import UPLOAD

TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
BODY = (
    '<?xml version="1.0"?>{doctype}<w:document '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{paragraphs}</w:body></w:document>'
)
TYPES_PART, TEXT_PART = "[Content_Types].xml", "word/document.xml"
LINES = ["Liza Cruz", "Waitress at Kusina ni Ana 2023 - present", "Cebu Technical School, 2019 - 2022", "Serving food"]


def docx(
    lines: list[str] = LINES, *, types: str = "", doctype: str = "", more: dict[str, bytes] | None = None
) -> bytes:
    """A file of a word processor, as small as one can be."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", TYPES.format(types))
        packed.writestr("word/document.xml", BODY.format(paragraphs=paragraphs, doctype=doctype))
        for name, content in (more or {}).items():
            packed.writestr(name, content)
    return out.getvalue()


def pdf(lines: list[str], tmp_path: Path) -> bytes:
    """A PDF with a line of text each."""
    source = tmp_path / "cv.typ"
    source.write_text("\n\n".join(lines), encoding="utf-8")
    return typst.compile(source, format="pdf")


def test_a_docx_is_read_line_by_line():
    assert text_of(docx()).splitlines() == LINES


def test_a_pdf_is_read_line_by_line(tmp_path):
    text = text_of(pdf(LINES, tmp_path))
    assert "Waitress at Kusina ni Ana 2023" in text and "Liza Cruz" in text


def test_each_bad_file_is_refused_with_its_reason(tmp_path, monkeypatch):
    good = pdf(LINES, tmp_path)
    corpus = {
        "a picture": (b"\x89PNG\r\n\x1a\n" + b"0" * 50, "not_a_cv_file"),
        "an old word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "not_a_cv_file"),
        "nothing": (b"", "not_a_cv_file"),
        "a web page": (b"<html><script>alert(1)</script></html>", "not_a_cv_file"),
        "a PDF cut off": (good[:300], "damaged"),
        "a PDF of noise": (b"%PDF-1.7\n" + bytes(range(256)) * 20, "damaged"),
        "a zip cut off": (docx()[:80], "damaged"),
        "a zip of something else": (_zip({"a.txt": b"hello"}), "not_a_cv_file"),
        "macros by kind": (docx(types='<Override ContentType="application/x.document.macroEnabled"/>'), "has_macros"),
        "macros by part": (docx(more={"word/vbaProject.bin": b"1"}), "has_macros"),
        "a program inside": (docx(more={"word/embeddings/a.bin": b"1"}), "has_macros"),
        "an entity bomb": (docx(doctype='<!DOCTYPE w [<!ENTITY a "aaaa">]>'), "damaged"),
        "broken XML": (docx(["</w:p><w:p"]), "damaged"),
        "unpacks to too much": (docx(more={"word/media/a": b"0" * 31_000_000}), "too_large"),
        "a long document part": (_zip({TYPES_PART: b"<Types/>", TEXT_PART: b" " * 5_000_001}), "too_large"),
        "too many parts": (docx(more={f"x{n}": b"" for n in range(501)}), "too_large"),
        "too large": (b"%PDF-" + b"0" * 3_000_001, "too_large"),
        "no words": (docx([""]), "no_text"),
    }  # fmt: skip
    for name, (content, code) in corpus.items():
        with pytest.raises(NotReadable) as refused:
            text_of(content)
        assert refused.value.code == code, name
        assert code in UPLOAD
    monkeypatch.setattr(old_cv, "MOST_PAGES", 0)
    with pytest.raises(NotReadable, match="too_long"):
        text_of(good)


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def test_a_pdf_with_a_password_is_refused(tmp_path):
    from pypdf import PdfWriter

    writer = PdfWriter(io.BytesIO(pdf(LINES, tmp_path)))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(NotReadable, match="locked"):
        text_of(out.getvalue())


def test_jobs_schools_and_skills_are_proposed():
    found = found_in("\n".join(LINES), language="en", this_year=2026)
    job, school = found.entries
    assert (job.kind, job.what, job.where, job.from_year, job.to_year) == (
        EntryKind.WORK, "Waitress", "Kusina ni Ana", 2023, None,
    )  # fmt: skip
    assert (school.kind, school.from_year, school.to_year) == (EntryKind.SCHOOL, 2019, 2022)
    assert "5131" in found.iscos


@pytest.mark.parametrize(
    ("line", "kind", "years"),
    [
        ("Trường Trung học Cần Thơ, 2018 - 2021", EntryKind.SCHOOL, (2018, 2021)),
        ("Kasir di Toko Maju 03/2022 - 08/2023", EntryKind.WORK, (2022, 2023)),
        ("វិទ្យាល័យ ២០១៩ - ២០២២", EntryKind.SCHOOL, (2019, 2022)),
    ],
)
def test_lines_of_other_languages_are_read(line, kind, years):
    (one,) = found_in(line, language="en", this_year=2026).entries
    assert (one.kind, (one.from_year, one.to_year)) == (kind, years)


def test_a_year_to_come_is_not_believed():
    (one,) = found_in("Cook at Lola 2030 - 2031", language="en", this_year=2026).entries
    assert one.from_year is None and one.to_year is None
