"""Free times as choices of a form: the value names the instant and the counsellor, the label the time of day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from openpes.appointments.slots import Slot
from openpes.journeys.appointments import local_time
from openpes.people.models import Account
from openpes.reference.country import today
from openpes.web.templatetags.openpes import day_name

MOST_A_DAY = 14


def slot_value(slot: Slot) -> str:
    """A slot as a form carries it."""
    return f"{int(slot.starts_at.timestamp())}.{slot.account_id}"


def slot_of(value: str, accounts: Sequence[Account]) -> tuple[datetime, Account] | None:
    """The instant and the counsellor that a form names; None for anything else."""
    moment, _dot, key = value.partition(".")
    account = next((one for one in accounts if str(one.pk) == key), None)
    if account is None or not moment.isdigit() or len(moment) > 11:
        return None
    return datetime.fromtimestamp(int(moment), UTC), account


def by_day(slots: Sequence[Slot], *, most_days: int, one_a_time: bool) -> list[dict[str, Any]]:
    """Slots grouped by day: the label of the day, and (value, time, account key) of each.

    `one_a_time`: where several counsellors are free at once, one is enough: the person chooses a time, not a face.
    """
    days = []
    for day, rows in groupby(slots, key=lambda one: today(one.starts_at)):
        shown, seen = [], set()
        for slot in rows:
            if one_a_time and slot.starts_at in seen:
                continue
            seen.add(slot.starts_at)
            shown.append((slot_value(slot), local_time(slot.starts_at), slot.account_id))
        days.append({"day": day, "name": day_name(day), "times": shown[:MOST_A_DAY]})
        if len(days) == most_days:
            break
    return days
