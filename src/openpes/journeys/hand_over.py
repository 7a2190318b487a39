"""Hand people over for good: to a colleague or to nobody, with a note on each, and a text to them where wished."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from openpes.appointments.queries import said_stop
from openpes.casework.access import require_may_hand_over
from openpes.casework.operations import write_note
from openpes.casework.rules import may_hand_over
from openpes.casework.states import NoteKind
from openpes.core.actors import Actor
from openpes.core.decisions import Refused
from openpes.jobseekers.caseload import move_to
from openpes.jobseekers.models import Jobseeker
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
    if tell and to is not None:
        _tell(moved, office, to, at=at)
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
            at=at,
        )
