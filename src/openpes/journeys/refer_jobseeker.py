"""A person is sent to a vacancy: by a counsellor at the desk, or by applying themselves."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from openpes.core.actors import Actor
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import jobseeker_by_id
from openpes.journeys.links import answer_path, answer_token
from openpes.journeys.telling import tell_firm, tell_person
from openpes.matching.queries import explain
from openpes.people.operations import GivenConsent, give_consent
from openpes.people.queries import live_consent
from openpes.people.states import CONSENT_VERSION, ConsentWay, Purpose
from openpes.reference.country import today
from openpes.referrals import operations as referrals
from openpes.referrals.models import Referral
from openpes.referrals.states import AnswerChannel
from openpes.vacancies.models import Vacancy
from openpes.vacancies.queries import vacancy_by_id


def short_date(at: datetime) -> str:
    """A date as a text message writes it: the same in every language."""
    return today(at).strftime("%d/%m/%Y")


@transaction.atomic
def refer_jobseeker(
    *, jobseeker: Jobseeker, vacancy: Vacancy, note: str, agreed_now: bool, by: Actor, at: datetime, met: bool = False
) -> Referral:
    """Introduce a person to an employer, start the answer clock, tell both.

    `agreed_now`: the person has just agreed, at the desk or on the page, that this employer learns how to reach them.
    met: the employer has met the person already, at a fair.
    Raises Refused with everything that stands in the way.
    """
    jobseeker, vacancy = jobseeker_by_id(jobseeker.pk), vacancy_by_id(vacancy.pk)
    person = jobseeker.person
    own = by.person_id == person.pk
    if agreed_now and live_consent(person.pk, Purpose.SHARE_CONTACT) is None:
        give_consent(
            person=person,
            consent=GivenConsent(
                Purpose.SHARE_CONTACT,
                CONSENT_VERSION,
                person.language,
                ConsentWay.SELF_ON_SCREEN if own else ConsentWay.READ_ALOUD,
            ),
            by=by,
            at=at,
        )
    match = explain(by, jobseeker, vacancy.pk, at=at)
    consents = own or (live_consent(person.pk, Purpose.REGISTRATION) is not None and agreed_now)
    referral = referrals.create_referral(
        jobseeker=jobseeker,
        vacancy=vacancy,
        consents=consents,
        note=note,
        score=match.score,
        parts=match.parts,
        by=by,
        at=at,
        on=today(at),
        channel=AnswerChannel.WEB,
        met=met,
    )
    tell_jobseeker(referral, "referred", at)
    tell_employer(referral, "introduced", at)
    return referral


def tell_jobseeker(referral: Referral, kind: str, at: datetime) -> None:
    """Text the person about a referral, without naming the job or the employer: the phone may be shared."""
    office, date = referral.jobseeker.office.name, short_date(referral.answer_due_at)
    tell_person(referral.jobseeker, kind, {"ref": referral.ref, "office": office, "date": date}, at=at)


def tell_employer(referral: Referral, kind: str, at: datetime) -> None:
    """Text the employer a link by which one tap answers."""
    employer = referral.vacancy.employer
    token = answer_token(referral_ref=referral.ref, employer_id=employer.pk, at=at)
    facts = {"title": referral.vacancy.title, "ref": referral.ref, "link": settings.BASE_URL + answer_path(token)}
    tell_firm(employer, kind, facts, at=at)
