"""A catalogue as a spreadsheet, for translators who have no program for catalogues.

    sheet("ne", whole=False)     CSV of the sentences that Nepali lacks (or all of them)
    take("ne", content)          brings a filled sheet back; every row that cannot be taken is named with the reason

A sheet can be brought back as often as one likes: an empty cell changes nothing, a filled one replaces what was there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from babel.messages import Catalog
from babel.messages.catalog import Message

from openpes.config import catalogues
from openpes.core.spreadsheets import DANGEROUS, as_csv
from openpes.core.tables import BadRow, Row, read_table

COLUMNS = ("sentence", "translation", "translation_many", "where")


@dataclass(frozen=True)
class Taken:
    """What came of a sheet: how many sentences were taken, and the rows that were not."""

    taken: int
    bad: tuple[BadRow, ...]


def sheet(language: str, template: Catalog, *, whole: bool) -> bytes:
    """CSV (UTF-8) of the sentences that a language lacks, or of all of them with what it has."""
    lacking = {gap.sentence for gap in catalogues.gaps(language, template)}
    held = catalogues.read(language)
    rows = []
    for message in template:
        if message.id and (whole or _english(message) in lacking):
            forms = _forms(held.get(message.id))
            where = ", ".join(sorted({place[0] for place in message.locations}))
            rows.append((_english(message), forms[0], forms[1], where))
    return as_csv(COLUMNS, rows)


def take(language: str, template: Catalog, content: bytes) -> Taken:
    """Write the translations of a filled sheet into the catalogue.

    Raises UnreadableTable when the file is no table or lacks a column; then nothing is changed.
    """
    known = {_english(message).strip(): message for message in template if message.id}
    texts: dict[str, Any] = {}
    bad: list[BadRow] = []
    for row in read_table(content, needed=COLUMNS[:2]):
        message = known.get(_cell(row, "sentence"))
        if message is None:
            bad.append(BadRow(row.line, "sentence", "No page uses this sentence (any more)."))
            continue
        forms = _filled(row, message, catalogues.plural_count(language))
        if not any(forms):
            continue
        reason = _reason_against(message, forms)
        if reason:
            bad.append(BadRow(row.line, "translation", reason))
            continue
        texts[_english(message)] = list(forms) if _is_plural(message) else forms[0]
    if texts:
        catalogues.update(language, template, texts=texts)
    return Taken(len(texts), tuple(bad))


def _english(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _is_plural(message: Message) -> bool:
    return not isinstance(message.id, str)


def _forms(message: Message | None) -> tuple[str, str]:
    """What a catalogue holds: the form after one, and the form after many."""
    string: Any = message.string if message is not None else ""
    forms = [string] if isinstance(string, str) else list(string)
    return (forms[0] if forms else "", forms[1] if len(forms) > 1 else "")


def _cell(row: Row, name: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from running it."""
    text = row.cells.get(name, "")
    return text[1:].strip() if text.startswith("'") and text[1:].startswith(DANGEROUS) else text


def _filled(row: Row, message: Message, forms: int) -> tuple[str, ...]:
    one, many = _cell(row, "translation"), _cell(row, "translation_many")
    return (one, many or one) if _is_plural(message) and forms > 1 else (one,)


def _reason_against(message: Message, forms: tuple[str, ...]) -> str:
    if not all(forms):
        return "The form after one is missing: write both, or the same twice."
    wanted = catalogues.placeholders(message.id if isinstance(message.id, str) else message.id[-1])
    for text in forms:
        here = catalogues.placeholders(text)
        if here - wanted or wanted - here - ({"count"} if _is_plural(message) else set()):
            names = ", ".join(f"%({name})s" for name in sorted(wanted))
            return f"Its placeholders must be exactly: {names or 'none'}."
    return ""
