"""A call to a person: one code for what came of it, and what follows from the code."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from openpes.appointments import contacting
from openpes.appointments.models import Contact
from openpes.appointments.operations import end_tasks
from openpes.appointments.states import ContactResult, ContactWay
from openpes.core.actors import Actor
from openpes.jobseekers import operations as jobseekers
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import jobseeker_by_id
from openpes.jobseekers.states import JobseekerState
from openpes.journeys.record_outcome import record_outcome
from openpes.people.operations import mark_wrong_number
from openpes.placements.states import EvidenceGrade, OutcomeKind
from openpes.reference.country import today


@transaction.atomic
def record_call(
    *,
    jobseeker: Jobseeker,
    result: ContactResult,
    note: str,
    by: Actor,
    at: datetime,
    call_again_on: date | None = None,
    works_since: date | None = None,
    happened_at: datetime | None = None,
) -> Contact:
    """Write down what came of a call. `happened_at`: when it was, if it is keyed in later from paper.

    A wrong number gets no text any more; a found job becomes an outcome on the person's word; whoever no longer looks
    rests, and nothing is deleted; whoever was reached counts as still looking.
    """
    jobseeker = jobseeker_by_id(jobseeker.pk)
    contact = contacting.record_contact(
        jobseeker=jobseeker,
        way=ContactWay.CALL,
        result=result,
        note=note,
        by=by,
        at=at,
        call_again_on=call_again_on,
        happened_at=happened_at,
    )
    end_tasks(jobseeker_id=jobseeker.pk, by=by, at=at)
    if result == ContactResult.WRONG_NUMBER:
        mark_wrong_number(person=jobseeker.person, by=by, at=at)
    elif result == ContactResult.FOUND_JOB:
        record_outcome(
            jobseeker=jobseeker,
            kind=OutcomeKind.JOB,
            starts_on=works_since or today(at),
            grade=EvidenceGrade.SAID_BY_PERSON,
            source="told on the phone",
            by=by,
            at=at,
        )
    elif result == ContactResult.NOT_LOOKING and jobseeker.state == JobseekerState.ACTIVE:
        jobseekers.move_jobseeker(jobseeker=jobseeker, to=JobseekerState.SLEEPING, by=by, at=at)
    elif result == ContactResult.REACHED and jobseeker.state == JobseekerState.ACTIVE:
        jobseekers.confirm_looking(jobseeker=jobseeker, by=by, at=at)
    return contact
