"""Reading tables that people made: CSV in the usual encodings, or XLSX. Every row comes with its line number."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from python_calamine import CalamineError, CalamineWorkbook

MOST_ROWS = 200_000
MEGABYTE = 1024 * 1024
# What a spreadsheet may not carry: programs, and pieces of other programs.
NOT_ALLOWED_PARTS = ("vbaproject", "activex", "embeddings/", "externallinks/", "macrosheets/")


class UnreadableTable(ValueError):
    """The file is no table that can be read; the message says what to do."""


@dataclass(frozen=True)
class Row:
    """One line of a table: its number in the file (the header is line 1) and its cells by column name."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class BadRow:
    """One line that was not taken, the column, and why."""

    line: int
    column: str
    reason: str


def _header(cells: list[str]) -> list[str]:
    return ["_".join(cell.strip().lower().split()) for cell in cells]


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16") if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableTable("The file is not in UTF-8. In the spreadsheet, save it again as “CSV UTF-8” or as XLSX.")


def _from_csv(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _from_xlsx(content: bytes) -> Iterator[list[str]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise UnreadableTable("The file cannot be opened as a spreadsheet. Save it again as XLSX or CSV.") from error
    for row in rows:
        yield [_text(cell) for cell in row]


def _text(cell: object) -> str:
    """A cell as text. Spreadsheets keep whole numbers as decimals: a phone must not end in “.0”."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def require_safe(content: bytes, *, most_mb: int, most_unpacked_mb: int) -> None:
    """Refuse a file by what it holds, whatever its name says. Raises UnreadableTable with the mend.

    Allowed: text in UTF-8 (or UTF-16 with its mark), and a spreadsheet in XLSX without programs.
    """
    if len(content) > most_mb * MEGABYTE:
        raise UnreadableTable(f"The file is larger than {most_mb} MB. Split it and bring the parts one by one.")
    if content[:2] != b"PK":
        if b"\x00" in content[:4096] and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            raise UnreadableTable("This is neither a CSV nor an XLSX file. In the spreadsheet, save it again as XLSX.")
        return
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile as error:
        raise UnreadableTable("The file is damaged. In the spreadsheet, save it again as XLSX or CSV.") from error
    names = [part.filename.lower() for part in parts]
    if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        raise UnreadableTable("This is no spreadsheet in XLSX. In the spreadsheet, save it again as XLSX or CSV.")
    if any(wrong in name for name in names for wrong in NOT_ALLOWED_PARTS):
        raise UnreadableTable(
            "This spreadsheet carries a program (macro) or another file. Save it as plain XLSX or CSV."
        )
    if sum(part.file_size for part in parts) > most_unpacked_mb * MEGABYTE:
        raise UnreadableTable(f"Unpacked, the file is larger than {most_unpacked_mb} MB. Split it, or save it as CSV.")


def read_table(content: bytes, *, needed: tuple[str, ...]) -> list[Row]:
    """The rows of a CSV or XLSX file. Raises UnreadableTable when it is neither, or a needed column is missing."""
    try:
        raw = list(_from_xlsx(content) if content[:2] == b"PK" else _from_csv(content))
    except csv.Error as error:
        raise UnreadableTable(
            f"This is no CSV that can be read ({error}). Save it again as CSV UTF-8 or XLSX."
        ) from error
    if not raw:
        raise UnreadableTable("The file is empty. Its first line must name the columns: " + ", ".join(needed) + ".")
    header = _header(raw[0])
    missing = [name for name in needed if name not in header]
    if missing:
        raise UnreadableTable(
            "These columns are missing: "
            + ", ".join(missing)
            + ". The first line must name: "
            + ", ".join(needed)
            + "."
        )
    if len(raw) > MOST_ROWS:
        raise UnreadableTable(f"The file has more than {MOST_ROWS} rows. Split it and load the parts one by one.")
    return [
        Row(line, {name: (cells[place].strip() if place < len(cells) else "") for place, name in enumerate(header)})
        for line, cells in enumerate(raw[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]
