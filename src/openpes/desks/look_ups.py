"""Look-ups of the last days for which a reason was given, and after which nobody spoke with the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from openpes.appointments.contacts import last_contact
from openpes.core.access_log import LookUp, look_ups
from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted
from openpes.jobseekers.queries import keys_by_ref
from openpes.organisations.queries import offices_of, staff_of_office

VERB = "accesslog.view_office"
A_WEEK = timedelta(days=7)
ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Unused:
    """A look-up that no contact followed. `ref` is the number of the record: the report names nobody."""

    at: datetime
    who: str
    ref: str
    reason: str
    is_elsewhere: bool


def without_contact(actor: Actor, *, at: datetime) -> list[Unused]:
    """The week's look-ups by the staff of the actor's offices that no contact followed, newest first."""
    offices = list(offices_of(actor, VERB))
    if not offices:
        raise NotPermitted(VERB)
    staff = {one.account.log_key for office in offices for one in staff_of_office(office)}
    seen: list[tuple[LookUp, str, str]] = []
    for one in look_ups(staff, since=at - A_WEEK):
        kind, _colon, ref = one.thing.partition(":")
        seen.append((one, kind, ref))
    keys = keys_by_ref(ref for _one, _kind, ref in seen)
    spoken = last_contact(keys.values())
    return [
        Unused(one.at, one.actor, ref, one.reason, kind == ELSEWHERE)
        for one, kind, ref in seen
        if ref in keys and not (keys[ref] in spoken and spoken[keys[ref]] >= one.at)
    ]
