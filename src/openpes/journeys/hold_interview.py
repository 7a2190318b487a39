"""An interview at the desk: what is written down on the way, and the plan in which it ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from openpes.circumstances import operations as circumstances
from openpes.circumstances.operations import SaidBarrier
from openpes.circumstances.states import GivenHow, UsedFor
from openpes.core.actors import Actor
from openpes.core.decisions import Decision, Refused
from openpes.guidance import operations as guidance
from openpes.guidance.models import Interview, Plan
from openpes.guidance.operations import GivenPart, Saved
from openpes.guidance.rules import NewPlan
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.operations import change_profile, profile_of


@dataclass(frozen=True)
class Kept:
    """What became of a save. `refused`: the barriers were not written down, and why; the talk was."""

    saved: Saved
    refused: Decision | None = None


def save_interview(
    *,
    jobseeker: Jobseeker,
    interview: Interview,
    given: list[GivenPart],
    barriers: list[SaidBarrier],
    agreed_now: bool,
    by: Actor,
    at: datetime,
) -> Kept:
    """Write down parts of the talk, and what stands in the way where the person has said yes to that.

    Two commits on purpose: without the yes the barriers are not kept, and the rest of the page still is.
    """
    saved = guidance.save_parts(interview=interview, given=given, by=by, at=at)
    if not barriers and not agreed_now:
        return Kept(saved)
    try:
        _note(jobseeker, barriers, agreed_now, interview.on_paper, by, at)
    except Refused as refused:
        return Kept(saved, refused.decision)
    return Kept(saved)


@transaction.atomic
def _note(
    jobseeker: Jobseeker, barriers: list[SaidBarrier], agreed_now: bool, on_paper: bool, by: Actor, at: datetime
) -> None:
    if agreed_now:
        way = GivenHow.ON_PAPER if on_paper else GivenHow.READ_ALOUD
        circumstances.agree(jobseeker=jobseeker, purposes=[UsedFor.GUIDANCE], way=way, by=by, at=at)
    circumstances.note_barriers(jobseeker=jobseeker, said=barriers, by=by, at=at)


@transaction.atomic
def finish_with_plan(
    *,
    jobseeker: Jobseeker,
    interview: Interview | None,
    new: NewPlan,
    seen_version: int,
    skill_ids: Iterable[str],
    by: Actor,
    at: datetime,
) -> Plan:
    """The plan is made, the skills that the talk showed are added to the profile, the interview ends. Or none of it.

    Raises Refused.
    """
    plan = guidance.make_plan(
        jobseeker=jobseeker, new=new, interview=interview, seen_version=seen_version, by=by, at=at
    )
    shown = [one for one in skill_ids if one not in jobseeker.skill_ids]
    if shown:
        held = profile_of(jobseeker)
        change_profile(jobseeker=jobseeker, profile=replace(held, skill_ids=(*held.skill_ids, *shown)), by=by, at=at)
    if interview is not None:
        guidance.end_interview(interview=interview, by=by, at=at)
    return plan
