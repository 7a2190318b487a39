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
from openpes_countries.errors import Misfit
from openpes_countries.kinds import checked_value
from openpes_countries.schema import UNKNOWN, Dated, Source


class OverlayAct(StrEnum):
    """verify: the value is right. waive: it may be used unverified. replace: another value holds from a day on."""

    VERIFY = "verify"
    WAIVE = "waive"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class OverlayEntry:
    """One act of one named officer.

    on: the day a verification or waiver speaks about (which period of the value); for a replacement its first day.
    value, source: for a replacement only, in the form that the pack's YAML would hold.
    """

    key: str
    act: OverlayAct
    officer: str
    on: date
    value: Any = None
    source: Source | None = None


def with_overlay(country: Country, entries: Iterable[OverlayEntry]) -> Country:
    """The country under these entries, applied in order.

    Raises UnknownKey for a key the pack does not have, Misfit (with the mend) for a value that does not fit its kind,
    an entry without an officer, or a replacement without a source.
    """
    applied = tuple(entries)
    if not applied:
        return country
    histories = dict(country.histories)
    for entry in applied:
        if not entry.officer.strip():
            raise Misfit(f"{entry.key} names no officer.", "Give the name of the national officer.")
        histories[entry.key] = _applied(country.history(entry.key), histories[entry.key], entry)
    digest = hashlib.sha256(country.hash.encode())
    for entry in applied:
        digest.update(repr((entry.key, str(entry.act), entry.officer, entry.on, entry.value, entry.source)).encode())
    return assemble(country.code, digest.hexdigest(), histories, country.areas)


def _applied(shipped: tuple[Dated, ...], history: tuple[Dated, ...], entry: OverlayEntry) -> tuple[Dated, ...]:
    if entry.act is OverlayAct.REPLACE:
        return _replaced(shipped[-1], history, entry)
    signed = f"{entry.officer}, {entry.on.isoformat()}"
    if entry.act is OverlayAct.WAIVE:
        return tuple(
            replace(dated, verify_before_use=False, note=f"{dated.note} Waived by {signed}.".strip())
            if dated.in_force(entry.on)
            else dated
            for dated in history
        )
    if any(dated.in_force(entry.on) and not dated.known for dated in history):
        raise Misfit(f"{entry.key} is unknown on {entry.on}.", "Replace it by the value of the law first.")
    return tuple(replace(dated, verified_by=signed) if dated.in_force(entry.on) else dated for dated in history)


def _replaced(pattern: Dated, history: tuple[Dated, ...], entry: OverlayEntry) -> tuple[Dated, ...]:
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
        verified_by=f"{entry.officer}, {entry.on.isoformat()}",
        review_by=entry.on + timedelta(days=730),
        file="overlay",
        line=0,
        note="",
    )
    return (*kept, made)
