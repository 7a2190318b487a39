"""People who may be registered twice, as the desk may show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from openpes.core.access_log import record_search
from openpes.core.actors import Actor
from openpes.jobseekers.queries import registrations_of
from openpes.jobseekers.states import JobseekerState
from openpes.people.queries import LookAlike
from openpes.people.states import ReasonToLookAlike


@dataclass(frozen=True)
class Alike:
    """Somebody who may be the same. `name` and `ref` are empty when the actor may not open the record."""

    name: str
    ref: str
    office_name: str
    reasons: tuple[ReasonToLookAlike, ...]


def shown_to(actor: Actor, found: Sequence[LookAlike], *, at: datetime) -> list[Alike]:
    """Names only of people whom the actor may open; of others the office to ask. Whose names are shown is logged."""
    offices = actor.scope_ids("jobseeker.view", "office")
    held = registrations_of(one.person.pk for one in found)
    shown, named = [], []
    for one in found:
        registration = held.get(one.person.pk)
        may_open = (
            registration is not None and registration.office_id in offices and registration.state != JobseekerState.LEFT
        )
        if may_open:
            named.append(one.person.log_key)
        shown.append(
            Alike(
                one.person.name_as_given if may_open else "",
                registration.ref if registration is not None and may_open else "",
                registration.office.name if registration is not None else "",
                one.reasons,
            )
        )
    if named:
        record_search(by=actor, at=at, what="look-alikes", found=named)
    return shown
