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


def check_change_log() -> chain.ChainReport:
    """Is the change log whole?"""
    return chain.check(ChangeEntry, using="default")
