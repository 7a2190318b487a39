"""An employer offers a job on the spot at a fair: an introduction is sent, and only its answer can confirm the hire."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.fairs import operations as fairs
from openpes.fairs.models import FairJob, FairOffer, FairVisit
from openpes.journeys.refer_jobseeker import refer_jobseeker
from openpes.referrals.queries import open_referral_between


@transaction.atomic
def offer_at_fair(*, visit: FairVisit, job: FairJob, agreed: bool, by: Actor, at: datetime) -> FairOffer:
    """Note the offer and ask the employer to confirm it by the usual link. Raises Refused, then nothing is written.

    Who was introduced to this job before and still waits is not introduced twice: the answer to that counts.
    """
    referral = open_referral_between(visit.jobseeker_id, job.vacancy_id)
    if referral is None:
        referral = refer_jobseeker(
            jobseeker=visit.jobseeker,
            vacancy=job.vacancy,
            note=f"Met at {visit.fair.name}",
            agreed_now=agreed,
            met=True,
            by=by,
            at=at,
        )
    return fairs.note_offer(visit=visit, job=job, referral=referral, by=by, at=at)
