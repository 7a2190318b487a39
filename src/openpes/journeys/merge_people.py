"""Two records of one person become one: proposed by one, agreed to by a second, taken back without loss."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from openpes.appointments import merging as appointments
from openpes.casework import merging as casework
from openpes.circumstances import merging as circumstances
from openpes.complaints import merging as complaints
from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted
from openpes.core.merging import Moved, Side
from openpes.dialogues import merging as dialogues
from openpes.documents import merging as documents
from openpes.enrolments import merging as enrolments
from openpes.fairs import merging as fairs
from openpes.guidance import merging as guidance
from openpes.imports import merging as imports
from openpes.interests import merging as interests
from openpes.jobseekers import merging as jobseekers
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import registration_of
from openpes.matching import merging as matching
from openpes.messaging import merging as messaging
from openpes.partnerships import merging as partnerships
from openpes.people import merge_operations as merges
from openpes.people import merging as people
from openpes.people.models import PersonMerge
from openpes.placements import merging as placements
from openpes.programmes import merging as programmes
from openpes.referrals import merging as referrals

# In river order. A room that points at people and is not named here fails a house test.
ROOMS: tuple[Any, ...] = (
    people,
    messaging,
    documents,
    imports,
    matching,
    circumstances,
    appointments,
    guidance,
    interests,
    casework,
    programmes,
    enrolments,
    partnerships,
    referrals,
    placements,
    fairs,
    complaints,
    dialogues,
)


def _require(by: Actor, *registrations: Jobseeker) -> None:
    """Raises NotPermitted unless both records are of offices that the actor serves."""
    for one in registrations:
        if not by.may("person.merge", office_id=one.office_id):
            raise NotPermitted("person.merge")


def _both(merge: PersonMerge) -> tuple[Jobseeker, Jobseeker]:
    kept, gone = registration_of(merge.kept_id), registration_of(merge.gone_id)
    if kept is None or gone is None:
        raise NotPermitted("person.merge")
    return kept, gone


@transaction.atomic
def propose_merge(
    *, kept: Jobseeker, gone: Jobseeker, taken: tuple[str, ...], note: str, by: Actor, at: datetime
) -> PersonMerge:
    """Say which record stays and which values come from the other; nothing moves before a second person agrees."""
    _require(by, kept, gone)
    return merges.propose_merge(kept=kept.person, gone=gone.person, taken=taken, note=note, by=by, at=at)


@transaction.atomic
def refuse_merge(*, merge: PersonMerge, by: Actor, at: datetime) -> PersonMerge:
    """They are two people. Raises Refused once it is decided."""
    _require(by, *_both(merge))
    return merges.refuse_merge(merge=merge, by=by, at=at)


@transaction.atomic
def merge_people(*, merge: PersonMerge, by: Actor, at: datetime) -> PersonMerge:
    """A second person agrees: everything of the one record goes over, room by room. Raises Refused, NotPermitted."""
    kept, gone = _both(merge)
    _require(by, kept, gone)
    merge = merges.begin_merge(merge=merge, by=by, at=at)
    sides = {"gone": Side(merge.gone_id, gone.pk), "kept": Side(merge.kept_id, kept.pk)}
    moved: Moved = {}
    for room in ROOMS:
        moved |= room.merge_person(**sides)
    before = {
        "state": gone.state,
        "left_at": gone.left_at.isoformat() if gone.left_at else "",
        "changed_at": gone.changed_at.isoformat(),
    }
    moved |= jobseekers.end_for_merge(jobseeker=gone, at=at)
    merges.note_moved(merge=merge, moved=moved, before={"registration": before})
    return merge


@transaction.atomic
def unmerge_people(*, merge: PersonMerge, by: Actor, at: datetime) -> PersonMerge:
    """They were two people: every row that went over goes back, and both records are what they were. Raises Refused.

    What was written since stays with the record that was kept.
    """
    kept, gone = _both(merge)
    _require(by, kept, gone)
    merge = merges.begin_unmerge(merge=merge, by=by, at=at)
    side = Side(merge.gone_id, gone.pk)
    for room in reversed(ROOMS):
        room.unmerge_person(moved=merge.moved, gone=side)
    before = merge.before["registration"]
    jobseekers.resume_after_merge(
        jobseeker_id=gone.pk,
        state=before["state"],
        left_at=datetime.fromisoformat(before["left_at"]) if before["left_at"] else None,
        changed_at=datetime.fromisoformat(before["changed_at"]),
        moved=merge.moved,
    )
    return merge
