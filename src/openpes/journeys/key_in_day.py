"""A day without power or line is keyed in from paper: who came, who was called, what became of them, and notes.

Each line is done by itself, so that one bad line keeps no good one back. What was keyed in before, or was written down
while the line was up, is not done again: the whole sheet can be sent twice, and by two people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction

from openpes.appointments.contacting import record_contact
from openpes.appointments.contacts import is_written
from openpes.appointments.models import Appointment
from openpes.appointments.operations import mark_seen
from openpes.appointments.slots import day_bounds, instant
from openpes.appointments.states import AppointmentState, ContactResult, ContactWay
from openpes.casework.keyed import claim_line, key_in_days, may_key_in
from openpes.casework.operations import write_note
from openpes.casework.states import BECAME, CALLED, Done, NoteKind
from openpes.core.actors import Actor
from openpes.core.decisions import Refused
from openpes.jobseekers.models import Jobseeker
from openpes.journeys.call_people import record_call
from openpes.journeys.record_outcome import record_outcome
from openpes.placements.states import EvidenceGrade, OutcomeKind
from openpes.reference.country import country, today

NOON = time(12)
OUTCOME = {
    Done.FOUND_JOB: OutcomeKind.JOB,
    Done.OWN_BUSINESS: OutcomeKind.SELF_EMPLOYMENT,
    Done.SCHOOL: OutcomeKind.RETURN_TO_SCHOOL,
}


@dataclass(frozen=True)
class PaperLine:
    """One line of the sheet. `appointment`: the time that the person had, where they had one."""

    jobseeker: Jobseeker
    done: Done
    words: str = ""
    appointment: Appointment | None = None


@dataclass(frozen=True)
class Keyed:
    """What became of a line: how many things were written down, and how many stood already."""

    new: int = 0
    already: int = 0


def require_day(held_on: date, *, at: datetime) -> None:
    """Raises Refused for a day that is to come or too long ago."""
    on = today(at)
    decision = may_key_in(held_on=held_on, on=on, most_days=key_in_days(on))
    if decision.refused:
        raise Refused(decision)


@transaction.atomic
def key_in_line(*, line: PaperLine, held_on: date, by: Actor, at: datetime) -> Keyed:
    """Do what one line of the sheet says, and write its note. Raises Refused, and then nothing of the line is done."""
    require_day(held_on, at=at)
    new = already = 0
    if line.done != Done.NOTE:
        if _do(line, held_on, by=by, at=at):
            new += 1
        else:
            already += 1
    if line.words.strip():
        if claim_line(
            jobseeker=line.jobseeker, held_on=held_on, done=Done.NOTE, words=line.words, by=by, at=at
        ):  # fmt: skip
            write_note(
                people=[line.jobseeker],
                words=f"[{held_on.isoformat()}] {line.words.strip()}",
                kind=NoteKind.TALK,
                by=by,
                at=at,
            )
            new += 1
        else:
            already += 1
    return Keyed(new, already)


def _do(line: PaperLine, held_on: date, *, by: Actor, at: datetime) -> bool:
    """Do it once; False when it stood already."""
    then = min(at, instant(held_on, NOON, country().timezone))
    if line.appointment is not None:
        if line.appointment.state == AppointmentState.SEEN:
            return False
        claim_line(jobseeker=line.jobseeker, held_on=held_on, done=Done.CAME, by=by, at=at)
        starts = line.appointment.starts_at
        mark_seen(appointment=line.appointment, by=by, at=at, happened_at=min(at, starts) if starts else then)
        return True
    if _stands(line, held_on):
        return False
    if not claim_line(jobseeker=line.jobseeker, held_on=held_on, done=line.done, by=by, at=at):
        return False
    if line.done in CALLED:
        record_call(
            jobseeker=line.jobseeker,
            result=ContactResult(line.done.value),
            note="",
            by=by,
            at=at,
            happened_at=then,
        )
    elif line.done in BECAME:
        record_outcome(
            jobseeker=line.jobseeker,
            kind=OUTCOME[line.done],
            starts_on=held_on,
            grade=EvidenceGrade.SAID_BY_PERSON,
            source=f"on paper, {held_on.isoformat()}",
            by=by,
            at=at,
        )
    else:
        record_contact(
            jobseeker=line.jobseeker,
            way=ContactWay.WALK_IN,
            result=ContactResult.CAME,
            note="",
            by=by,
            at=at,
            happened_at=then,
        )
    return True


def _stands(line: PaperLine, held_on: date) -> bool:
    """True when the same was written down on that day while the line was up."""
    starts, ends = day_bounds(held_on, country().timezone)
    result = ContactResult.CAME.value if line.done == Done.CAME else line.done.value
    return is_written(line.jobseeker.pk, result=result, starts=starts, ends=ends)
