"""The change log: every operation writes one line in its own transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from openpes.core import chain
from openpes.core.actors import Actor
from openpes.core.models import ChangeEntry


def record_change(
    *, by: Actor, at: datetime, verb: str, thing: str, subject: str = "", detail: dict[str, Any] | None = None
) -> ChangeEntry:
    """Write what changed. `thing` is "kind:ref"; `subject` a person's pseudonym; `detail` holds no personal data.

    Raises RuntimeError outside a transaction: a change and its line stand or fall together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record_change belongs inside the transaction of the change it tells of.")
    return chain.append(
        ChangeEntry, using="default", at=at, actor=by.log_key, verb=verb, thing=thing, subject=subject, detail=detail
    )


CUT = "log.cut"


def cuts_of(log: str) -> list[str]:
    """The hashes after which old lines of a log ("change" or "access") were let go."""
    return [
        str(line.detail.get("follows", ""))
        for line in ChangeEntry.objects.filter(verb=CUT, thing=f"log:{log}").only("detail")
    ]


def record_cut(log: str, found: chain.Cut, *, by: Actor, at: datetime) -> None:
    """Write down that old lines of a log go, before they do."""
    with transaction.atomic():
        detail = {"lines": found.lines, "follows": found.follows}
        record_change(by=by, at=at, verb=CUT, thing=f"log:{log}", detail=detail)


def cut_change_log(*, before: datetime, by: Actor, at: datetime) -> int:
    """Let the lines go that are older than an instant. Returns how many."""
    found = chain.may_be_cut(ChangeEntry, using="default", before=before)
    if found is None:
        return 0
    record_cut("change", found, by=by, at=at)
    return chain.cut(ChangeEntry, found, using="default")


def check_change_log() -> chain.ChainReport:
    """Is the change log whole, from its beginning or from where it was last cut?"""
    return chain.check(ChangeEntry, using="default", cuts=cuts_of("change"))
