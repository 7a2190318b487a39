"""Which hires a second person looks into: drawn so that anybody can repeat it, and never by whoever wrote them down.

A hire that rests on one person's word counts as that and no more; so that a target does not fill the books with such
words, a share of them is looked into each month. The draw depends on the month and the number of the hire alone.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from openpes.casework.queries import policy_number
from openpes.core.access_log import record_search
from openpes.core.actors import Actor
from openpes.core.clock import month_bounds
from openpes.placements.models import Outcome
from openpes.placements.queries import said_only
from openpes.reference.country import country, today

WHOLE = 100


def lot_of(month: str, ref: str) -> int:
    """The lot of a hire in a month, 0 to 99. Pure: the same month and number always give the same."""
    return int(hashlib.sha256(f"{month}:{ref}".encode()).hexdigest(), 16) % WHOLE


def draw(month: str, refs_by_writer: dict[str, list[str]], *, percent: int) -> list[str]:
    """The hires with a lot below the share, and of each writer at least the one with the lowest lot. Pure."""
    drawn = []
    for writer in sorted(refs_by_writer):
        ordered = sorted(refs_by_writer[writer], key=lambda ref: (lot_of(month, ref), ref))
        low = [ref for ref in ordered if lot_of(month, ref) < percent]
        drawn += low or ordered[:1]
    return drawn


def _by_writer(rows: Iterable[Outcome]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in rows:
        evidence = sorted(one.evidence.all(), key=lambda row: (row.at, row.pk))
        found[evidence[0].actor if evidence else ""].append(one.ref)
    return found


def sampled_hires(actor: Actor, *, month: str, at: datetime) -> list[Outcome]:
    """The hires of a month that the manager of an office should have looked into; nobody but a manager draws.

    The names are shown, so they are logged as a search is. A fixed number of reads.
    """
    offices = list(actor.scope_ids("caseload.oversee", "office"))
    if not offices:
        return []
    starts, ends = month_bounds(month, country().timezone)
    rows = {one.ref: one for one in said_only(offices, starts=starts, ends=ends)}
    refs = draw(month, _by_writer(rows.values()), percent=policy_number("sampled_hires_percent", on=today(at)))
    found = [rows[ref] for ref in refs]
    if found:
        record_search(by=actor, at=at, what="sampled hires", found={one.jobseeker.person.log_key for one in found})
    return found
