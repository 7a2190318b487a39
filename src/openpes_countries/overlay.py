"""Law in force = the pack on disk + what a national officer has verified, waived or replaced.

Pure: the officer's entries come in as data (an application keeps and audits them), a new frozen Country comes out. Its
hash covers the entries, so a decision made under an overlay names exactly the law it was made under.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from openpes_countries.contract import MUST_BE_KNOWN
from openpes_countries.country import Country, assemble
from openpes_countries.errors import Misfit, UnknownKey
from openpes_countries.kinds import checked_value
from openpes_countries.schema import UNKNOWN, Dated, Source

REVIEW_KEY = "law_keeping.review_after_days"


class OverlayAct(StrEnum):
    """verify: the value is right. waive: it may be used unverified. replace: another value holds from a day on."""

    VERIFY = "verify"
    WAIVE = "waive"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class OverlayEntry:
    """One act of one named officer.

    on: the day a verification or waiver speaks about (which period of the value); for a replacement its first day.
    signed: the day on which the officer signed (None: `on`).
    before: for a waiver, the first day on which it no longer holds (None: no end).
    value: for a replacement only, in the form that the pack's YAML would hold.
    source: what the officer read; a replacement needs it, a verification may bring it.
    seen: the fingerprint of the value that was verified or waived; when the pack has changed since, the entry lapses.
    """

    key: str
    act: OverlayAct
    officer: str
    on: date
    value: Any = None
    source: Source | None = None
    before: date | None = None
    signed: date | None = None
    seen: str = ""
    note: str = ""

    @property
    def signature(self) -> str:
        return f"{self.officer}, {(self.signed or self.on).isoformat()}"


@dataclass(frozen=True, slots=True)
class Lapsed:
    """An entry that no longer fits the pack, and why: a person has to look at it again."""

    entry: OverlayEntry
    why: str


def with_overlay(country: Country, entries: Iterable[OverlayEntry]) -> Country:
    """The country under these entries, applied in order.

    Raises UnknownKey for a key the pack does not have, Misfit (with the mend) for a value that does not fit its kind,
    an entry without an officer, a replacement without a source, or a value that changed since it was verified.
    """
    applied = tuple(entries)
    if not applied:
        return country
    histories = dict(country.histories)
    for entry in applied:
        histories[entry.key] = _checked(country, histories, entry)
    return _assembled(country, applied, histories)


def lay_over(country: Country, entries: Iterable[OverlayEntry]) -> tuple[Country, tuple[Lapsed, ...]]:
    """As `with_overlay`, but an entry that no longer fits is left out and told, so that a new pack can always start.

    What is left out is a verification, a waiver or a replacement that a person has to look at again; the pack's own
    value then stands, with all its marks.
    """
    histories = dict(country.histories)
    applied: list[OverlayEntry] = []
    lapsed: list[Lapsed] = []
    for entry in entries:
        try:
            histories[entry.key] = _checked(country, histories, entry)
        except (Misfit, UnknownKey) as fault:
            lapsed.append(Lapsed(entry, str(fault)))
        else:
            applied.append(entry)
    if not applied:
        return country, tuple(lapsed)
    return _assembled(country, tuple(applied), histories), tuple(lapsed)


def _assembled(country: Country, applied: tuple[OverlayEntry, ...], histories: dict[str, tuple[Dated, ...]]) -> Country:
    digest = hashlib.sha256(country.hash.encode())
    for one in applied:
        signed = one.signed or one.on
        digest.update(
            repr(
                (one.key, str(one.act), one.officer, one.on, one.value, one.source, one.before, signed, one.seen)
            ).encode()
        )
    return assemble(country.code, digest.hexdigest(), histories, country.areas)


def _checked(country: Country, histories: dict[str, tuple[Dated, ...]], entry: OverlayEntry) -> tuple[Dated, ...]:
    if not entry.officer.strip():
        raise Misfit(f"{entry.key} names no officer.", "Give the name of the national officer.")
    return _applied(country, country.history(entry.key), histories[entry.key], entry)


def _applied(
    country: Country, shipped: tuple[Dated, ...], history: tuple[Dated, ...], entry: OverlayEntry
) -> tuple[Dated, ...]:
    if entry.act is OverlayAct.REPLACE:
        return _replaced(country, shipped[-1], history, entry)
    spoken_of = [dated for dated in history if dated.in_force(entry.on)]
    if not spoken_of:
        raise Misfit(f"{entry.key} has no value on {entry.on}.", "Choose a day on which it holds.")
    if entry.seen and all(dated.fingerprint() != entry.seen for dated in spoken_of):
        raise Misfit(f"{entry.key} is not the value that was seen.", "Read the new value and sign again.")
    if entry.act is OverlayAct.WAIVE:
        return tuple(
            replace(dated, waived_by=entry.signature, waived_before=entry.before) if dated in spoken_of else dated
            for dated in history
        )
    if any(not dated.known for dated in spoken_of):
        raise Misfit(f"{entry.key} is unknown on {entry.on}.", "Replace it by the value of the law first.")
    return tuple(_verified(country, dated, entry) if dated in spoken_of else dated for dated in history)


def _verified(country: Country, dated: Dated, entry: OverlayEntry) -> Dated:
    """Signed, with what was read in place of what the pack cited, and due for review a whole term later."""
    return replace(
        dated,
        verified_by=entry.signature,
        source=entry.source or dated.source,
        checked="source_read" if entry.source else dated.checked,
        review_by=_review_by(country, entry) if entry.source else dated.review_by,
    )


def _review_by(country: Country, entry: OverlayEntry) -> date:
    """A term after the signature, as the policy of the pack says."""
    return (entry.signed or entry.on) + timedelta(days=int(country.history(REVIEW_KEY)[-1].value))


def _replaced(country: Country, pattern: Dated, history: tuple[Dated, ...], entry: OverlayEntry) -> tuple[Dated, ...]:
    if entry.source is None:
        raise Misfit(f"{entry.key} is replaced without a source.", "Name the instrument and the article.")
    value = UNKNOWN if entry.value == "unknown" else checked_value(pattern.kind, entry.value)
    if value is UNKNOWN and entry.key in MUST_BE_KNOWN:
        raise Misfit(f"{entry.key} may not be unknown.", "The service cannot start without it.")
    kept = []
    for dated in history:
        if dated.effective_from is not None and dated.effective_from >= entry.on:
            continue
        ends_later = dated.effective_before is None or dated.effective_before > entry.on
        kept.append(replace(dated, effective_before=entry.on) if ends_later else dated)
    made = replace(
        pattern,
        value=value,
        effective_from=entry.on,
        effective_before=None,
        source=entry.source,
        confidence="high",
        checked="source_read",
        verify_before_use=True,
        verified_by=entry.signature,
        waived_by=None,
        waived_before=None,
        review_by=_review_by(country, entry),
        file="overlay",
        line=0,
        note=entry.note,
    )
    return (*kept, made)
