"""The one writer of CSV and XLSX. What a spreadsheet would run as a formula leaves as plain text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter

Value = str | int | float | Decimal | date | datetime | None
DANGEROUS = ("=", "+", "-", "@", "|", "%", "\t", "\r", "\n", "\ufeff")
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def harmless(value: Value) -> Value:
    """A text that a spreadsheet shows and never runs: an apostrophe goes before whatever looks like a formula."""
    if not isinstance(value, str):
        return value
    if value.lstrip(" \u00a0\u200b\u3000").startswith(DANGEROUS) or value.startswith(DANGEROUS):
        return "'" + value
    return value


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """UTF-8 with a byte order mark, so that every spreadsheet reads every script."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in (header, *rows):
        writer.writerow(["" if value is None else harmless(value) for value in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(sheets: Sequence[tuple[str, Sequence[str], Iterable[Sequence[Value]]]]) -> bytes:
    """A workbook of sheets (name, header, rows). Texts are written as texts, numbers as numbers, dates as dates."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "remove_timezone": True,
        },
    )
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for name, header, rows in sheets:
        sheet = book.add_worksheet(name[:31])
        sheet.freeze_panes(1, 0)
        widths = [len(str(title)) for title in header]
        for column, title in enumerate(header):
            sheet.write_string(0, column, str(harmless(str(title))), bold)
        for line, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                widths[column] = max(widths[column], min(60, len(str(value if value is not None else ""))))
                _write_cell(sheet, line, column, value, day, wrapped)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(60, width + 2))
    book.close()
    return out.getvalue()


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet, line: int, column: int, value: Value, day: object, wrapped: object
) -> None:
    if value is None:
        return
    if isinstance(value, date):
        sheet.write_datetime(line, column, value, day)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(line, column, value)
    else:
        sheet.write_string(line, column, str(harmless(value)), wrapped)
