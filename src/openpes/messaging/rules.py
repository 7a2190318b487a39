"""When a text may go out. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, tzinfo


def is_quiet(moment: time, *, quiet_from: time, quiet_until: time) -> bool:
    """Is a local time of day inside the quiet hours? They may run over midnight; equal ends mean none."""
    if quiet_from == quiet_until:
        return False
    if quiet_from < quiet_until:
        return quiet_from <= moment < quiet_until
    return moment >= quiet_from or moment < quiet_until


def first_loud(at: datetime, *, quiet_from: time, quiet_until: time, zone: tzinfo) -> datetime:
    """The instant itself outside the quiet hours, else the next end of them, in UTC."""
    local = at.astimezone(zone)
    if not is_quiet(local.time(), quiet_from=quiet_from, quiet_until=quiet_until):
        return at
    day = local.date() if local.time() < quiet_until else local.date() + timedelta(days=1)
    return datetime.combine(day, quiet_until, zone).astimezone(UTC)
