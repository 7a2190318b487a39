"""What a CV may hold and how long a link to it lives. Plain values in, a decision out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from openpes.core.decisions import Decision, Reason, no, yes
from openpes.documents.states import EntryKind

MOST_ENTRIES = 12
LONGEST_ABOUT, LONGEST_WHAT, LONGEST_WHERE, LONGEST_WORDS = 600, 120, 120, 300
EARLIEST_YEAR = 1940
MOST_LINKS = 5
LINK_DAYS = (7, 30, 90)


@dataclass(frozen=True)
class Entry:
    """One line of a CV, in the person's own words. Years are calendar years; no last year: it goes on, or not said."""

    kind: EntryKind
    what: str
    where: str = ""
    from_year: int | None = None
    to_year: int | None = None
    words: str = ""


def may_save(*, about: str, entries: Sequence[Entry], this_year: int) -> Decision:
    """Whether a CV may be kept as it is."""
    odd: list[Reason] = []
    if len(about) > LONGEST_ABOUT:
        odd.append(Reason("about_too_long", {"most": LONGEST_ABOUT}))
    if len(entries) > MOST_ENTRIES:
        odd.append(Reason("too_many_entries", {"most": MOST_ENTRIES}))
    for one in entries:
        odd += _of_entry(one, this_year)
    return no(*odd) if odd else yes()


def _of_entry(one: Entry, this_year: int) -> list[Reason]:
    odd: list[Reason] = []
    if not one.what.strip():
        odd.append(Reason("entry_without_name", {"where": one.where}))
    if len(one.what) > LONGEST_WHAT or len(one.where) > LONGEST_WHERE or len(one.words) > LONGEST_WORDS:
        odd.append(Reason("entry_too_long", {"what": one.what[:40]}))
    for year in (one.from_year, one.to_year):
        if year is not None and not EARLIEST_YEAR <= year <= this_year:
            odd.append(Reason("year_not_possible", {"year": year}))
    if one.from_year is not None and one.to_year is not None and one.to_year < one.from_year:
        odd.append(Reason("ends_before_it_begins", {"what": one.what[:40]}))
    return odd


def may_share(*, days: int, live_links: int) -> Decision:
    """Whether one more link may be made that lives so many days."""
    if days not in LINK_DAYS:
        return no(Reason("link_days", {"days": days}))
    if live_links >= MOST_LINKS:
        return no(Reason("too_many_links", {"most": MOST_LINKS}))
    return yes()


def link_ends_at(*, at: datetime, days: int) -> datetime:
    """The instant at which a link made now stops to show anything."""
    return at + timedelta(days=days)


def link_is_live(*, ends_at: datetime, revoked_at: datetime | None, at: datetime) -> bool:
    """Whether a link shows the CV at an instant."""
    return revoked_at is None and at < ends_at
