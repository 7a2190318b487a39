"""The access log: every search and every view of a person, shown to that person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from openpes.core import chain
from openpes.core.actors import Actor
from openpes.core.change_log import cuts_of, record_cut
from openpes.core.models import AccessEntry

DATABASE = "access"


@dataclass(frozen=True)
class SeenBy:
    """One line of "who looked at my file"."""

    at: datetime
    actor: str
    verb: str
    reason: str


def record_view(*, by: Actor, at: datetime, subject: str, thing: str, reason: str = "") -> None:
    """Somebody opened a person's record."""
    chain.append(
        AccessEntry,
        using=DATABASE,
        at=at,
        actor=by.log_key,
        verb="view",
        thing=thing,
        subject=subject,
        detail={"by": by.label, **({"reason": reason} if reason else {})},
    )


def record_search(*, by: Actor, at: datetime, what: str, found: Iterable[str]) -> None:
    """Somebody searched for people. `what` names the fields used, not their values; `found` are pseudonyms."""
    chain.append(
        AccessEntry,
        using=DATABASE,
        at=at,
        actor=by.log_key,
        verb="search",
        thing=what,
        detail={"by": by.label, "found": sorted(found)},
    )


def views_of(subject: str, *, limit: int = 50) -> list[SeenBy]:
    """The latest views of a person, newest first."""
    rows = AccessEntry.objects.using(DATABASE).filter(subject=subject).order_by("-pk")[:limit]
    return [
        SeenBy(row.at, str(row.detail.get("by", row.actor)), row.verb, str(row.detail.get("reason", "")))
        for row in rows
    ]


@dataclass(frozen=True)
class LookUp:
    """A view for which somebody gave a reason."""

    at: datetime
    actor: str
    thing: str
    reason: str


def look_ups(actors: Iterable[str], *, since: datetime, limit: int = 500) -> list[LookUp]:
    """Views with a reason by these actors (pseudonyms) since an instant, newest first."""
    rows = AccessEntry.objects.using(DATABASE).filter(actor__in=list(actors), verb="view", at__gte=since)
    return [
        LookUp(row.at, str(row.detail.get("by", row.actor)), row.thing, str(row.detail["reason"]))
        for row in rows.order_by("-pk")[: limit * 10]
        if row.detail.get("reason")
    ][:limit]


def cut_access_log(*, before: datetime, by: Actor, at: datetime) -> int:
    """Let the lines go that are older than an instant. Returns how many."""
    found = chain.may_be_cut(AccessEntry, using=DATABASE, before=before)
    if found is None:
        return 0
    record_cut("access", found, by=by, at=at)
    return chain.cut(AccessEntry, found, using=DATABASE)


def check_access_log() -> chain.ChainReport:
    """Is the access log whole, from its beginning or from where it was last cut?"""
    return chain.check(AccessEntry, using=DATABASE, cuts=cuts_of("access"))
