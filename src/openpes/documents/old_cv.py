"""An old CV, read: the text of a PDF or a DOCX that somebody hands in, and nothing else of the file.

    text = text_of(content)      raises NotReadable(code) with a reason of `words.UPLOAD`

The file is never kept. What it is is judged by its first bytes, not by its name. A file with macros, with a password,
with more pages, parts or letters than a CV has, or that unpacks to something huge, is refused.
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from pypdf import PdfReader
from pypdf.errors import PyPdfError

LARGEST_FILE = 3_000_000  # bytes
LARGEST_UNPACKED = 30_000_000  # bytes, all parts of a DOCX together
LARGEST_DOCUMENT = 5_000_000  # bytes, the part that holds the text
MOST_PARTS = 500
MOST_PAGES = 20
MOST_LETTERS = 40_000
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT = "word/document.xml"
# Names inside a DOCX that carry programs or other files.
ACTIVE = re.compile(r"(?:vbaproject\.bin|vbadata\.xml|^word/embeddings/|^word/activex/|\.exe$|\.js$)", re.IGNORECASE)
MACROS_SAID = b"macroEnabled"


class NotReadable(ValueError):
    """The file cannot be read as a CV. `code` names the reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def text_of(content: bytes) -> str:
    """The text of a PDF or DOCX, line by line. Raises NotReadable."""
    if len(content) > LARGEST_FILE:
        raise NotReadable("too_large")
    if content.startswith(b"%PDF-"):
        text = _of_pdf(content)
    elif content.startswith(b"PK\x03\x04"):
        text = _of_docx(content)
    else:
        raise NotReadable("not_a_cv_file")
    lines = (" ".join(line.split()) for line in text[:MOST_LETTERS].splitlines())
    kept = "\n".join(line for line in lines if line)
    if not kept:
        raise NotReadable("no_text")
    return kept


def _of_pdf(content: bytes) -> str:
    pieces: list[str] = []
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise NotReadable("locked")
        if len(reader.pages) > MOST_PAGES:
            raise NotReadable("too_long")
        for page in reader.pages:
            pieces.append(page.extract_text())
            if sum(map(len, pieces)) > MOST_LETTERS:
                break
    except NotReadable:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError,
            AssertionError, NotImplementedError, UnicodeError, MemoryError) as broken:  # fmt: skip
        # A damaged file makes the reader stumble in many ways; each means the same to the person.
        raise NotReadable("damaged") from broken
    return "\n".join(pieces)


def _of_docx(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return _text_of_word(_document_of(packed))
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as broken:
        raise NotReadable("damaged") from broken
    except (ParseError, DefusedXmlException) as broken:
        raise NotReadable("damaged") from broken


def _document_of(packed: zipfile.ZipFile) -> bytes:
    """The part with the text, after a look at everything else in the file."""
    parts = packed.infolist()
    names = {one.filename for one in parts}
    if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > LARGEST_UNPACKED:
        raise NotReadable("too_large")
    if any(one.flag_bits & 1 for one in parts):
        raise NotReadable("locked")
    if DOCUMENT not in names or "[Content_Types].xml" not in names:
        raise NotReadable("not_a_cv_file")
    kinds = _read(packed, "[Content_Types].xml")
    if MACROS_SAID in kinds or any(ACTIVE.search(name) for name in names):
        raise NotReadable("has_macros")
    return _read(packed, DOCUMENT)


def _read(packed: zipfile.ZipFile, name: str) -> bytes:
    """One part; the size written in the file is not believed."""
    with packed.open(name) as part:
        found = part.read(LARGEST_DOCUMENT + 1)
    if len(found) > LARGEST_DOCUMENT:
        raise NotReadable("too_large")
    return found


def _text_of_word(document: bytes) -> str:
    lines: list[str] = []
    for paragraph in fromstring(document, forbid_dtd=True).iter(f"{WORD}p"):
        pieces: list[str] = []
        for one in paragraph.iter():
            if one.tag == f"{WORD}t":
                pieces.append(one.text or "")
            elif one.tag in (f"{WORD}tab", f"{WORD}br"):
                pieces.append("\n" if one.tag == f"{WORD}br" else " ")
        lines.append("".join(pieces))
    return "\n".join(lines)
