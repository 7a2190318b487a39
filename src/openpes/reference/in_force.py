"""What the officers' entries make of the pack, held in memory and brought up to date at every door.

A process remembers the entries with a stamp of what it has read. The doors (each request, each turn of the worker) call
`refresh`, which costs one small query; only when something was added are the entries read again. So a changed law is in
force for every process from its next request on, without a word between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.db import connection
from django.db.models import Count, Max

from openpes.reference.law_models import LawEntry
from openpes.reference.rules import LawAct
from openpes_countries import Country, Lapsed, OverlayAct, OverlayEntry, Source, lay_over, load_country
from openpes_countries.errors import Misfit
from openpes_countries.written import from_writing

Stamp = tuple[int, int, int]
NOTHING: Stamp = (0, 0, 0)


@dataclass(frozen=True, eq=False)
class Held:
    """The entries that count, by country, as read under a stamp. `unreadable` are told with the lapsed ones."""

    stamp: Stamp
    entries: tuple[tuple[str, OverlayEntry], ...] = ()
    unreadable: tuple[tuple[str, Lapsed], ...] = ()


@dataclass(frozen=True, eq=False)
class Overlaid:
    """A country as its officers have it, and the entries that no longer fit its pack."""

    country: Country
    lapsed: tuple[Lapsed, ...]


_held: Held | None = None


def country_in_force(code: str) -> Overlaid:
    """The pack of a country under its officers' entries; reads them on the first call in a process."""
    if _held is None:
        refresh()
    return _overlaid(code, _held or Held(NOTHING))


def refresh() -> None:
    """Read the entries again if any was added since. One query when nothing was."""
    global _held
    if _held is None and LawEntry._meta.db_table not in connection.introspection.table_names():
        # Before the tables are made there can be no entry; asking for a table that is not there would spoil a
        # transaction.
        return
    stamp = _stamp()
    if _held is None or _held.stamp != stamp:
        _held = _read(stamp)


def as_written_down(code: str) -> Country:
    """The law as the tables have it inside this transaction; what the process holds is not touched."""
    return _overlaid.__wrapped__(code, _read(_stamp())).country


def hold(held: Held | None) -> None:
    """Put this in memory instead of what was read; None forgets. For tests, each of which has another database."""
    global _held
    _held = held


def _stamp() -> Stamp:
    found = LawEntry.objects.aggregate(entries=Max("pk"), answers=Max("answer__pk"), all=Count("pk"))
    return found["entries"] or 0, found["answers"] or 0, found["all"]


def _read(stamp: Stamp) -> Held:
    rows = list(LawEntry.objects.select_related("answer", "supersedes").order_by("pk"))
    counting = [row for row in rows if counts(row)]
    gone = {row.supersedes_id for row in counting if row.act == LawAct.WITHDRAW}
    # What was proposed early and agreed late comes into force late, over what was signed in between.
    counting.sort(key=lambda row: (row.answer.answered_at if row.needs_second else row.made_at, row.pk))
    entries: list[tuple[str, OverlayEntry]] = []
    unreadable: list[tuple[str, Lapsed]] = []
    for row in counting:
        if row.act == LawAct.WITHDRAW or row.pk in gone:
            continue
        try:
            entries.append((row.country, _as_overlay(row)))
        except (Misfit, LookupError) as fault:
            entry = OverlayEntry(row.key, OverlayAct(row.act), row.officer_name, row.on)
            unreadable.append((row.country, Lapsed(entry, str(fault))))
    return Held(stamp, tuple(entries), tuple(unreadable))


def counts(row: LawEntry) -> bool:
    """Has the entry come into force: signed alone where that is enough, or agreed to by the second officer?"""
    return not row.needs_second or (hasattr(row, "answer") and row.answer.agreed)


def _as_overlay(row: LawEntry) -> OverlayEntry:
    source = Source(row.instrument, row.article or None, row.url or None, row.read_on) if row.instrument else None
    value = None
    if row.act == LawAct.REPLACE:
        value = from_writing(load_country(row.country).history(row.key)[-1].kind, row.value_text)
    officers = f"{row.officer_name} and {row.answer.officer_name}" if row.needs_second else row.officer_name
    return OverlayEntry(
        key=row.key,
        act=OverlayAct(row.act),
        officer=officers,
        on=row.on,
        value=value,
        source=source,
        before=row.before,
        signed=row.signed_on,
        seen=row.seen,
        note=row.note,
    )


@lru_cache(maxsize=32)
def _overlaid(code: str, held: Held) -> Overlaid:
    pack = load_country(code)
    country, lapsed = lay_over(pack, (entry for where, entry in held.entries if where == pack.code))
    return Overlaid(country, (*(one for where, one in held.unreadable if where == pack.code), *lapsed))
