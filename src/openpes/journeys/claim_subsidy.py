"""A firm claims help with a wage: the ledger is asked whether the work is there, and the worker whether they do it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from openpes.core import signed_refs
from openpes.core.actors import Actor, ActorKind, system
from openpes.enrolments import money
from openpes.enrolments.models import Enrolment, SubsidyClaim
from openpes.enrolments.money import Asked
from openpes.enrolments.queries import claim_by_ref
from openpes.enrolments.states import ClaimState
from openpes.journeys.enrol_in_programme import person_actor
from openpes.journeys.telling import tell_person
from openpes.organisations.models import Employer
from openpes.placements.operations import add_evidence, record_outcome
from openpes.placements.queries import work_with, works_with
from openpes.placements.states import EvidenceGrade, OutcomeKind
from openpes.reference.country import today

LEDGER = system("outcome.record", label="claims")
CHECKER = system("claim.check", label="ledger")
SALT = "openpes.claim"


def claim_url(claim: SubsidyClaim) -> str:
    """The whole address of the link by which the worker says whether they work there."""
    return settings.BASE_URL + reverse("web:claim_answer", args=[signed_refs.sign(SALT, claim.ref)])


def read_claim_token(token: str) -> tuple[SubsidyClaim, Actor]:
    """The claim that a link names, and who its holder is. Raises NotFound when altered."""
    claim = claim_by_ref(signed_refs.read(SALT, token))
    return claim, person_actor(claim.enrolment, ActorKind.SIGNED_LINK)


def check_claim(*, claim: SubsidyClaim, at: datetime) -> SubsidyClaim:
    """Ask the ledger again; work may have been written down since."""
    found = works_with(
        jobseeker_id=claim.enrolment.jobseeker_id, employer_id=claim.employer_id, before=claim.ends_before
    )
    return money.note_placement(claim=claim, found=found, by=CHECKER, at=at)


@transaction.atomic
def file_claim(*, enrolment: Enrolment, employer: Employer, asked: Asked, by: Actor, at: datetime) -> SubsidyClaim:
    """The firm claims; the ledger is asked and the worker gets a link. Raises NotPermitted, Refused."""
    claim = money.file_claim(enrolment=enrolment, employer=employer, asked=asked, by=by, at=at)
    claim = check_claim(claim=claim, at=at)
    tell_person(claim.enrolment.jobseeker, "claim_question", {"link": claim_url(claim)}, at=at)
    return claim


@transaction.atomic
def decide_claim(*, claim: SubsidyClaim, to: ClaimState, why: str, by: Actor, at: datetime) -> SubsidyClaim:
    """The ledger is asked once more in the breath of the decision. Raises NotPermitted, Refused."""
    return money.decide_claim(claim=check_claim(claim=claim, at=at), to=to, why=why, by=by, at=at)


@transaction.atomic
def worker_answer(*, claim: SubsidyClaim, works: bool, by: Actor, at: datetime) -> SubsidyClaim:
    """The worker's word, which also goes into the ledger. A no, like silence, is looked at by a person.

    A job that came without a referral of ours stands there from the worker's yes on: the firm alone, which gains by
    it, cannot write it down. A no about work that the ledger holds makes it contested. Raises NotPermitted.
    """
    claim = money.worker_answer(claim=claim, works=works, by=by, at=at)
    jobseeker, on = claim.enrolment.jobseeker, today(at)
    known = work_with(jobseeker_id=jobseeker.pk, employer_id=claim.employer_id, before=claim.ends_before)
    source, said = f"asked about claim {claim.ref}", EvidenceGrade.SAID_BY_PERSON
    if known is not None:
        add_evidence(outcome=known, grade=said, agrees=works, source=source, by=LEDGER, at=at)
    elif works:
        made = record_outcome(
            jobseeker=jobseeker,
            kind=OutcomeKind.JOB,
            starts_on=min(claim.starts_on, on),
            grade=said,
            source=source,
            employer=claim.employer,
            by=LEDGER,
            at=at,
            on=on,
        )
        firm = EvidenceGrade.SAID_BY_EMPLOYER
        add_evidence(outcome=made, grade=firm, agrees=True, source=f"claim {claim.ref}", by=LEDGER, at=at)
    return check_claim(claim=claim, at=at)
