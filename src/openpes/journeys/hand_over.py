"""Hand people over for good: to a colleague or to nobody, with a note on each, and a text to them where wished.

Times that are booked go along. Where the colleague is free at that time it stays, and nobody is told; where not, it
is called off and the person is asked to choose a new one. Handed to nobody, times stay until somebody has the person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from openpes.appointments import operations as appointments
from openpes.appointments.queries import booked_with, said_stop
from openpes.appointments.states import AppointmentKind, Way
from openpes.casework.access import require_may_hand_over
from openpes.casework.operations import write_note
from openpes.casework.rules import Share, may_hand_over
from openpes.casework.states import NoteKind
from openpes.core.actors import Actor
from openpes.core.decisions import Refused
from openpes.jobseekers.caseload import move_to
from openpes.jobseekers.models import Jobseeker
from openpes.journeys.appointments import call_off, invite_person
from openpes.messaging.operations import queue_text
from openpes.organisations.models import Office
from openpes.organisations.queries import serves_at
from openpes.people.models import Account
from openpes.people.queries import phones_of
from openpes.reference.country import today


@transaction.atomic
def hand_over(
    *,
    office: Office,
    keys: Collection[int],
    from_account: int | None,
    to: Account | None,
    note: str,
    tell: bool,
    by: Actor,
    at: datetime,
) -> list[Jobseeker]:
    """Move people of one caseload. `to` None: to nobody, so that the manager gives them to somebody later.

    `tell`: a text with the name of whom to turn to now. Returns who was moved; somebody whom a colleague took over
    meanwhile stays there. Raises NotPermitted and Refused, and then nobody is moved.
    """
    require_may_hand_over(by, office, from_account)
    decision = may_hand_over(
        people=len(keys),
        note=note,
        same_person=to is not None and to.pk == from_account,
        serves=to is None or serves_at(office, [to.pk], on=today(at)),
    )
    if decision.refused:
        raise Refused(decision)
    moved = move_to(office=office, keys=keys, from_account=from_account, to=to.pk if to else None, by=by, at=at)
    if moved:
        write_note(people=moved, words=note, kind=NoteKind.HANDOVER, by=by, at=at)
        if to is not None and from_account is not None:
            _pass_times_on(moved, from_account, to, by=by, at=at)
    if tell and to is not None:
        _tell(moved, office, to, at=at)
    return moved


def _pass_times_on(moved: Collection[Jobseeker], from_account: int, to: Account, *, by: Actor, at: datetime) -> None:
    """Each booked time goes to the colleague at the same hour, or is called off for an invitation to a new one."""
    for one in booked_with(from_account, [row.pk for row in moved], at=at):
        if one.starts_at is None:
            continue
        try:
            with transaction.atomic():
                appointments.move(
                    appointment=one, starts_at=one.starts_at, counsellor=to, way=Way.DESK, by=by, at=at
                )  # fmt: skip
        except Refused:
            call_off(appointment=one, way=Way.DESK, by=by, at=at)
            _ask_anew(one.jobseeker, AppointmentKind(one.kind), to, by=by, at=at)


def _ask_anew(jobseeker: Jobseeker, kind: AppointmentKind, to: Account, *, by: Actor, at: datetime) -> None:
    try:
        with transaction.atomic():
            invite_person(jobseeker=jobseeker, kind=kind, by_text=True, counsellor=to, by=by, at=at)
    except Refused:
        return  # They were asked to choose a time already, or are no longer served.


@transaction.atomic
def even_out(
    *, office: Office, moves: Collection[Share], accounts: Mapping[int, Account], note: str, by: Actor, at: datetime
) -> list[Jobseeker]:
    """Move the ticked people from one caseload to another, all or nobody. They are told only of a time that changes.

    `accounts`: the colleagues by key. Raises NotPermitted, and Refused, and then nobody is moved.
    """
    groups: dict[tuple[int | None, int], list[int]] = defaultdict(list)
    for one in moves:
        groups[one.from_account, one.to_account].append(one.jobseeker_id)
    moved: list[Jobseeker] = []
    for (from_account, to_account), keys in sorted(groups.items(), key=lambda pair: (pair[0][0] or 0, pair[0][1])):
        moved += hand_over(
            office=office, keys=keys, from_account=from_account, to=accounts[to_account], note=note, tell=False,
            by=by, at=at,
        )  # fmt: skip
    return moved


def _tell(moved: Collection[Jobseeker], office: Office, to: Account, *, at: datetime) -> None:
    """A text to everybody with a phone who has not said STOP. Nothing private: phones are shared."""
    phones, silent = phones_of(one.person_id for one in moved), said_stop(one.pk for one in moved)
    for jobseeker in moved:
        phone = phones.get(jobseeker.person_id)
        if phone is None or jobseeker.pk in silent:
            continue
        with override(jobseeker.person.language):
            words = _("Ask for %(name)s from now on.") % {"name": to.name}
        queue_text(
            number=phone.number,
            kind="from_office",
            facts={"office": office.name, "words": words},
            language=jobseeker.person.language,
            person_id=jobseeker.person_id,
            synthetic=jobseeker.person.synthetic,
            office_id=office.pk,
            at=at,
        )
