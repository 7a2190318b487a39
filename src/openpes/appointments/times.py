"""Writes about the times of an office: its week, single days, rooms, when counsellors work, and calendar addresses."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from itertools import pairwise

from django.db import IntegrityError, transaction

from openpes.appointments.access import require_at_office, require_own_time
from openpes.appointments.models import (
    Absence,
    CalendarFeed,
    OpeningException,
    OpeningTime,
    Room,
    WorkingTime,
)
from openpes.appointments.slots import Span
from openpes.appointments.states import AbsenceReason
from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import NotPermitted, Reason, Refused, no
from openpes.core.ids import keyed_hash
from openpes.organisations.models import Office
from openpes.people.models import Account


def require_plain_week(week: Mapping[int, Sequence[Span]]) -> None:
    """Raises Refused for spans that end before they begin or lie on each other."""
    for spans in week.values():
        ordered = sorted(spans)
        if any(one.ends <= one.starts for one in ordered):
            raise Refused(no(Reason("closes_before_it_opens")))
        if any(later.starts < one.ends for one, later in pairwise(ordered)):
            raise Refused(no(Reason("spans_overlap")))


def _log(office: Office, verb: str, by: Actor, at: datetime, **detail: object) -> None:
    record_change(by=by, at=at, verb=f"office.{verb}", thing=f"office:{office.ref}", detail=dict(detail))


@transaction.atomic
def set_week(*, office: Office, week: Mapping[int, Sequence[Span]], by: Actor, at: datetime) -> None:
    """Write down when an office is open. What is booked outside the new hours stays booked and is shown as such."""
    require_at_office("office_time.set", by, office.pk)
    require_plain_week(week)
    OpeningTime.objects.filter(office=office).delete()
    OpeningTime.objects.bulk_create(
        [
            OpeningTime(office=office, weekday=day, opens=span.starts, closes=span.ends)
            for day, spans in sorted(week.items())
            for span in sorted(spans)
        ]
    )
    _log(office, "set_week", by, at)


@transaction.atomic
def set_exception(
    *, office: Office, on: date, opens: time | None, closes: time | None, note: str, by: Actor, at: datetime
) -> OpeningException:
    """Close a day, or open it from and to, whatever the week, the weekend and the holidays say."""
    require_at_office("office_time.set", by, office.pk)
    if (opens is None) != (closes is None):
        raise Refused(no(Reason("both_or_none")))
    if opens is not None and closes is not None and closes <= opens:
        raise Refused(no(Reason("closes_before_it_opens")))
    row, _made = OpeningException.objects.update_or_create(
        office=office, on=on, defaults={"opens": opens, "closes": closes, "note": note.strip()[:120]}
    )
    _log(office, "set_exception", by, at, on=on.isoformat())
    return row


@transaction.atomic
def drop_exception(*, office: Office, on: date, by: Actor, at: datetime) -> int:
    """Make a day like the others again."""
    require_at_office("office_time.set", by, office.pk)
    dropped = OpeningException.objects.filter(office=office, on=on).delete()[0]
    if dropped:
        _log(office, "drop_exception", by, at, on=on.isoformat())
    return dropped


@transaction.atomic
def set_room(*, office: Office, name: str, places: int, in_use: bool, by: Actor, at: datetime) -> Room:
    """Add a room or desk, or change the one of this name."""
    require_at_office("office_time.set", by, office.pk)
    if not name.strip() or places < 1:
        raise Refused(no(Reason("room_needs_name_and_places")))
    room, _made = Room.objects.update_or_create(
        office=office, name=name.strip()[:60], defaults={"places": places, "in_use": in_use}
    )
    _log(office, "set_room", by, at, room=room.pk)
    return room


@transaction.atomic
def set_working_times(
    *,
    office: Office,
    account: Account,
    week: Mapping[int, Sequence[Span]],
    by: Actor,
    at: datetime,
    room: Room | None = None,
) -> None:
    """Write down when a counsellor serves people. An empty week means: whenever the office is open."""
    require_own_time(by, account.pk, office.pk)
    require_plain_week(week)
    WorkingTime.objects.filter(office=office, account=account).delete()
    WorkingTime.objects.bulk_create(
        [
            WorkingTime(office=office, account=account, room=room, weekday=day, starts=span.starts, ends=span.ends)
            for day, spans in sorted(week.items())
            for span in sorted(spans)
        ]
    )
    _log(office, "set_working_times", by, at, account=account.pk)


@transaction.atomic
def add_absence(
    *, office: Office, account: Account, first_day: date, last_day: date, reason: AbsenceReason, by: Actor, at: datetime
) -> Absence:
    """A counsellor is not there on whole days. What is booked on them stays and is shown, for somebody must decide."""
    require_own_time(by, account.pk, office.pk)
    if last_day < first_day:
        raise Refused(no(Reason("ends_before_it_begins")))
    row = Absence.objects.create(account=account, first_day=first_day, last_day=last_day, reason=reason)
    _log(office, "add_absence", by, at, account=account.pk)
    return row


@transaction.atomic
def drop_absence(*, office: Office, account: Account, key: int, by: Actor, at: datetime) -> int:
    """The counsellor is there after all."""
    require_own_time(by, account.pk, office.pk)
    dropped = Absence.objects.filter(account=account, pk=key).delete()[0]
    if dropped:
        _log(office, "drop_absence", by, at, account=account.pk)
    return dropped


@transaction.atomic
def renew_feed(*, by: Actor, at: datetime, secret: str) -> str:
    """Make one's own calendar address, or a new one: the old stops at once. Returns the key, which is shown once."""
    if by.account_id is None or not by.holds("appointment.view"):
        raise NotPermitted("appointment.view")
    key = secrets.token_urlsafe(24)
    try:
        CalendarFeed.objects.update_or_create(
            account_id=by.account_id, defaults={"key_hash": keyed_hash(key, secret), "made_at": at}
        )
    except IntegrityError as error:
        raise Refused(no(Reason("try_again"))) from error
    record_change(by=by, at=at, verb="calendar.renew", thing=f"account:{by.log_key[:12]}")
    return key


@transaction.atomic
def end_feed(*, by: Actor, at: datetime) -> int:
    """Close one's own calendar address."""
    if by.account_id is None:
        raise NotPermitted("appointment.view")
    ended = CalendarFeed.objects.filter(account_id=by.account_id).delete()[0]
    if ended:
        record_change(by=by, at=at, verb="calendar.end", thing=f"account:{by.log_key[:12]}")
    return ended
