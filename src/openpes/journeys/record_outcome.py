"""What became of a person, said by the person or written down at the desk: a job, a business, school, a programme."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.jobseekers import operations as jobseekers
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import jobseeker_by_id
from openpes.jobseekers.states import JobseekerState
from openpes.journeys.answer_referral import ENDS_TOGETHER
from openpes.journeys.never_began import follow
from openpes.journeys.refer_jobseeker import tell_jobseeker
from openpes.placements import operations as placements
from openpes.placements.models import Outcome
from openpes.placements.rules import puts_in_work
from openpes.placements.states import EvidenceGrade, OutcomeKind
from openpes.reference.country import today
from openpes.referrals import operations as referrals
from openpes.referrals.queries import open_referral_keys, referrals_by_key
from openpes.referrals.states import AnswerChannel, WithdrawnReason


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
) -> Outcome:
    """Write down an outcome that came without a referral. Who works now is no longer sent to others."""
    jobseeker = jobseeker_by_id(jobseeker.pk)
    outcome = placements.record_outcome(
        jobseeker=jobseeker, kind=kind, starts_on=starts_on, grade=grade, source=source, by=by, at=at, on=today(at)
    )
    if puts_in_work(kind) and jobseeker.state in {JobseekerState.ACTIVE, JobseekerState.SLEEPING}:
        jobseekers.move_jobseeker(jobseeker=jobseeker, to=JobseekerState.IN_WORK, by=by, at=at)
        for other in referrals_by_key(open_referral_keys(jobseeker_id=jobseeker.pk)):
            ended = referrals.withdraw_referral(
                referral=other,
                reason=WithdrawnReason.JOBSEEKER_FOUND_WORK,
                channel=AnswerChannel.WEB,
                by=ENDS_TOGETHER,
                at=at,
            )
            tell_jobseeker(ended, "answer_withdrawn", at)
    return outcome


@transaction.atomic
def add_evidence(
    *, outcome: Outcome, grade: EvidenceGrade, agrees: bool, source: str, by: Actor, at: datetime
) -> Outcome:
    """Somebody confirms or contradicts an outcome. Work that, as all say, never began leaves the person looking."""
    stood = outcome.never_began_at is None
    weighed = placements.add_evidence(outcome=outcome, grade=grade, agrees=agrees, source=source, by=by, at=at)
    return follow(weighed, stood=stood, at=at)
