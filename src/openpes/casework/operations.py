"""Writes of the casework room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from openpes.casework.access import require_may_hand_over, require_may_write
from openpes.casework.filters import Filters
from openpes.casework.models import CaseNote, FormDraft, KeptList, KeyedLine, NamedHelper, PaperToShow, StandIn
from openpes.casework.queries import is_stood_in, policy_number
from openpes.casework.rules import may_correct, may_keep_list, may_name_helper, may_note, may_stand_in
from openpes.casework.states import HelperRole, NoteKind
from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Decision, NotPermitted, Refused
from openpes.core.ids import new_ref
from openpes.core.privacy import erase_rows
from openpes.jobseekers.models import Jobseeker
from openpes.organisations.models import Office
from openpes.organisations.queries import serves_at
from openpes.people.models import Account
from openpes.people.queries import lock_account
from openpes.reference.country import today


@dataclass(frozen=True)
class SaidHelper:
    """Somebody else who helps, as the person says."""

    role: str
    name: str
    reached_by: str = ""
    since: date | None = None
    until: date | None = None
    last_contact_on: date | None = None


def _require(decision: Decision) -> None:
    if decision.refused:
        raise Refused(decision)


def _log(jobseeker: Jobseeker, verb: str, thing: str, by: Actor, at: datetime) -> None:
    record_change(by=by, at=at, verb=verb, thing=thing, subject=jobseeker.person.log_key)


@transaction.atomic
def write_note(
    *, people: Sequence[Jobseeker], words: str, kind: NoteKind, pinned: bool = False, by: Actor, at: datetime
) -> list[CaseNote]:
    """Write one note on one person, or the same on many. Raises NotPermitted and Refused, and then writes none."""
    for jobseeker in people:
        require_may_write(by, jobseeker)
    _require(may_note(words=words))
    together = new_ref() if len(people) > 1 else ""
    made = []
    for jobseeker in people:
        note = CaseNote.objects.create(
            jobseeker=jobseeker,
            office_id=jobseeker.office_id,
            kind=kind,
            words=words.strip(),
            pinned_at=at if pinned else None,
            together=together,
            written_at=at,
            written_by_id=by.account_id,
            writer=by.label,
        )
        _log(jobseeker, "note.write", f"note:{note.ref}", by, at)
        made.append(note)
    return made


@transaction.atomic
def correct_note(*, note: CaseNote, jobseeker: Jobseeker, words: str, by: Actor, at: datetime) -> CaseNote:
    """Correct a note by a new one that names it; the old one stays as it was. Raises Refused."""
    require_may_write(by, jobseeker)
    held = CaseNote.objects.select_for_update().get(pk=note.pk, jobseeker=jobseeker)
    _require(may_correct(words=words, corrected=CaseNote.objects.filter(corrects=held).exists()))
    made = CaseNote.objects.create(
        jobseeker=jobseeker,
        office_id=jobseeker.office_id,
        kind=NoteKind.CORRECTION,
        words=words.strip(),
        pinned_at=held.pinned_at,
        corrects=held,
        written_at=at,
        written_by_id=by.account_id,
        writer=by.label,
    )
    _log(jobseeker, "note.correct", f"note:{made.ref}", by, at)
    return made


@transaction.atomic
def pin_note(*, note: CaseNote, jobseeker: Jobseeker, pinned: bool, by: Actor, at: datetime) -> None:
    """Keep a note on top, or let it go back to its place. The words stay as they are."""
    require_may_write(by, jobseeker)
    note.pinned_at = at if pinned else None
    note.save(update_fields=["pinned_at"])
    _log(jobseeker, "note.pin" if pinned else "note.unpin", f"note:{note.ref}", by, at)


@transaction.atomic
def name_helper(*, jobseeker: Jobseeker, said: SaidHelper, by: Actor, at: datetime) -> NamedHelper:
    """Write down who else helps. Raises Refused."""
    require_may_write(by, jobseeker)
    _require(may_name_helper(name=said.name, role=said.role, since=said.since, until=said.until))
    row = NamedHelper.objects.create(
        jobseeker=jobseeker,
        role=HelperRole(said.role),
        name=said.name.strip()[:120],
        reached_by=said.reached_by.strip()[:120],
        since=said.since,
        until=said.until,
        last_contact_on=said.last_contact_on,
        noted_at=at,
        noted_by_id=by.account_id,
    )
    _log(jobseeker, "helper.name", f"helper:{row.ref}", by, at)
    return row


@transaction.atomic
def change_helper(
    *,
    helper: NamedHelper,
    jobseeker: Jobseeker,
    last_contact_on: date | None = None,
    until: date | None = None,
    by: Actor,
    at: datetime,
) -> NamedHelper:
    """Somebody spoke with them on a day, or they help no longer. None leaves a day as it is. Raises Refused."""
    require_may_write(by, jobseeker)
    ends = until or helper.until
    _require(may_name_helper(name=helper.name, role=helper.role, since=helper.since, until=ends))
    helper.until, helper.last_contact_on = ends, last_contact_on or helper.last_contact_on
    helper.save(update_fields=["until", "last_contact_on"])
    _log(jobseeker, "helper.change", f"helper:{helper.ref}", by, at)
    return helper


@transaction.atomic
def keep_list(*, name: str, filters: Filters, by: Actor, at: datetime) -> KeptList:
    """Keep filters of the caseload under a name. Raises Refused."""
    if by.account_id is None or not by.holds("caseload.own"):
        raise NotPermitted("caseload.own")
    taken = list(KeptList.objects.filter(account=by.account_id).values_list("name", flat=True))
    _require(may_keep_list(name=name, taken=taken, kept=len(taken), most=policy_number("most_lists", on=today(at))))
    row = KeptList.objects.create(
        account_id=by.account_id, name=name.strip()[:60], filters=filters.as_data(), kept_at=at
    )
    record_change(by=by, at=at, verb="list.keep", thing=f"list:{row.ref}")
    return row


@transaction.atomic
def drop_list(*, kept: KeptList, by: Actor, at: datetime) -> None:
    """Let a kept list go. Raises NotPermitted for somebody else's."""
    if kept.account_id != by.account_id:
        raise NotPermitted("caseload.own")
    record_change(by=by, at=at, verb="list.drop", thing=f"list:{kept.ref}")
    kept.delete()


@transaction.atomic
def stand_in(
    *,
    office: Office,
    absent: Account,
    deputy: Account,
    first_day: date,
    last_day: date,
    note: str = "",
    by: Actor,
    at: datetime,
) -> StandIn:
    """For a leave: the deputy sees the absent colleague's people as their own, first and last day included."""
    require_may_hand_over(by, office, absent.pk)
    on = today(at)
    # Two stand-ins for the same days must not be made at once.
    lock_account(absent.pk)
    _require(
        may_stand_in(
            first=first_day,
            last=last_day,
            on=on,
            most_days=policy_number("most_stand_in_days", on=on),
            same_person=absent.pk == deputy.pk,
            both_serve=serves_at(office, {absent.pk, deputy.pk}, on=on),
            taken=is_stood_in(absent.pk, first=first_day, last=last_day),
        )
    )
    row = StandIn.objects.create(
        office=office,
        absent=absent,
        deputy=deputy,
        first_day=first_day,
        last_day=last_day,
        note=note.strip()[:400],
        made_at=at,
    )
    record_change(
        by=by,
        at=at,
        verb="stand_in.make",
        thing=f"stand_in:{row.ref}",
        detail={"absent": absent.log_key, "deputy": deputy.log_key},
    )
    return row


@transaction.atomic
def end_stand_in(*, row: StandIn, by: Actor, at: datetime) -> None:
    """End a stand-in before its last day. Doing it twice changes nothing the second time."""
    require_may_hand_over(by, row.office, row.absent_id)
    if StandIn.objects.filter(pk=row.pk, ended_at=None).update(ended_at=at):
        record_change(by=by, at=at, verb="stand_in.end", thing=f"stand_in:{row.ref}")


def erase_person(*, person_id: int) -> int:
    """Forget a person in this room. Inside the journey's transaction."""
    return sum(erase_rows(model, person_id) for model in (CaseNote, NamedHelper, FormDraft, KeyedLine, PaperToShow))
