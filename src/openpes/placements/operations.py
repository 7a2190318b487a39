"""Writes of the placements room: the outcome ledger. Evidence is added, never changed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Refused
from openpes.core.privacy import erase_rows
from openpes.jobseekers.models import Jobseeker
from openpes.organisations.models import Employer
from openpes.placements.access import require_may_say
from openpes.placements.checking import plan_checks, weigh
from openpes.placements.models import CheckAnswer, HireCheck, Outcome, OutcomeEvidence, PromiseKept
from openpes.placements.rules import may_record
from openpes.placements.states import EvidenceGrade, OutcomeKind
from openpes.referrals.models import Referral


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
    employer: Employer | None = None,
    contract_type: str = "",
) -> Outcome:
    """Write down what became of a person, with the first piece of evidence. Raises Refused or NotPermitted.

    `employer`: the firm where it is known without a referral of ours, as from a claim for help with a wage.
    """
    firm = employer.pk if employer is not None else None
    employer_id = referral.vacancy.employer_id if referral is not None else firm
    require_may_say(by, jobseeker, grade, employer_id)
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
        contract_type=contract_type,
        grade=grade,
        recorded_at=at,
    )
    plan_checks(outcome, on=on)
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

    The last word of each side counts: who takes a word back ends the dispute, and so does a register that confirms.
    """
    require_may_say(by, outcome.jobseeker, grade, outcome.employer_id)
    outcome = Outcome.objects.select_for_update(of=("self",)).select_related("jobseeker__person").get(pk=outcome.pk)
    OutcomeEvidence.objects.create(
        outcome=outcome, grade=grade, agrees=agrees, at=at, actor=by.log_key, source=source[:200]
    )
    weigh(outcome, at=at)
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
    tables = (PromiseKept, CheckAnswer, HireCheck, OutcomeEvidence, Outcome)
    return sum(erase_rows(table, person_id) for table in tables)
