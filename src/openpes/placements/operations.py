"""Writes of the placements room: the outcome ledger. Evidence is added, never changed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import NotPermitted, Refused
from openpes.core.privacy import erase_rows
from openpes.jobseekers.models import Jobseeker
from openpes.placements.models import Outcome, OutcomeEvidence
from openpes.placements.rules import may_record, strongest
from openpes.placements.states import EvidenceGrade, OutcomeKind
from openpes.referrals.models import Referral


def _require_may_say(by: Actor, jobseeker: Jobseeker, grade: EvidenceGrade, employer_id: int | None) -> None:
    """Who may bring which evidence: the person, the employer, the office for either, the system for a register."""
    if by.may("outcome.record", office_id=jobseeker.office_id):
        return
    if grade == EvidenceGrade.SAID_BY_PERSON and by.may("outcome.say_own", person_id=jobseeker.person_id):
        return
    if grade == EvidenceGrade.SAID_BY_EMPLOYER and by.may("outcome.say_employer", employer_id=employer_id):
        return
    raise NotPermitted("outcome.record")


@transaction.atomic
def record_outcome(
    *,
    jobseeker: Jobseeker,
    kind: OutcomeKind,
    starts_on: date,
    grade: EvidenceGrade,
    source: str,
    by: Actor,
    at: datetime,
    on: date,
    referral: Referral | None = None,
) -> Outcome:
    """Write down what became of a person, with the first piece of evidence. Raises Refused or NotPermitted."""
    employer_id = referral.vacancy.employer_id if referral is not None else None
    _require_may_say(by, jobseeker, grade, employer_id)
    same = Outcome.objects.filter(jobseeker=jobseeker, kind=kind, starts_on=starts_on, referral=referral).exists()
    decision = may_record(kind=kind, starts_on=starts_on, on=on, same_open=same)
    if decision.refused:
        raise Refused(decision)
    outcome = Outcome.objects.create(
        jobseeker=jobseeker,
        office_id=jobseeker.office_id,
        kind=kind,
        referral=referral,
        vacancy_id=referral.vacancy_id if referral is not None else None,
        employer_id=employer_id,
        starts_on=starts_on,
        grade=grade,
        recorded_at=at,
    )
    OutcomeEvidence.objects.create(outcome=outcome, grade=grade, at=at, actor=by.log_key, source=source[:200])
    record_change(
        by=by,
        at=at,
        verb="outcome.record",
        thing=f"outcome:{outcome.ref}",
        subject=jobseeker.person.log_key,
        detail={"kind": kind.value, "grade": grade.value},
    )
    return outcome


@transaction.atomic
def add_evidence(
    *, outcome: Outcome, grade: EvidenceGrade, agrees: bool, source: str, by: Actor, at: datetime
) -> Outcome:
    """Somebody else says the same, or the contrary. A contradiction marks the outcome for a counsellor.

    What two sides dispute is settled by a register that confirms it.
    """
    _require_may_say(by, outcome.jobseeker, grade, outcome.employer_id)
    outcome = Outcome.objects.select_for_update(of=("self",)).select_related("jobseeker__person").get(pk=outcome.pk)
    OutcomeEvidence.objects.create(
        outcome=outcome, grade=grade, agrees=agrees, at=at, actor=by.log_key, source=source[:200]
    )
    agreeing = [EvidenceGrade(row.grade) for row in outcome.evidence.all() if row.agrees]
    outcome.grade = strongest(agreeing) if agreeing else outcome.grade
    if not agrees:
        outcome.contested_at = at
    elif grade == EvidenceGrade.CONFIRMED_BY_REGISTER:
        outcome.contested_at = None
    outcome.save(update_fields=["grade", "contested_at"])
    record_change(
        by=by,
        at=at,
        verb="outcome.evidence",
        thing=f"outcome:{outcome.ref}",
        subject=outcome.jobseeker.person.log_key,
        detail={"grade": grade.value, "agrees": agrees},
    )
    return outcome


def erase_person(*, person_id: int) -> int:
    """Forget a person in this room; the counted outcome stays without anybody. Inside the journey's transaction."""
    return erase_rows(OutcomeEvidence, person_id) + erase_rows(Outcome, person_id)
