"""Erase a person: every room forgets, in river order, and the pseudonym's key goes last."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from openpes.appointments import operations as appointments
from openpes.casework import operations as casework
from openpes.circumstances import operations as circumstances
from openpes.complaints import operations as complaints
from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted
from openpes.dialogues import operations as dialogues
from openpes.documents import operations as documents
from openpes.enrolments import operations as enrolments
from openpes.fairs import operations as fairs
from openpes.guidance import operations as guidance
from openpes.imports import operations as imports
from openpes.insights import freezing
from openpes.interests import operations as interests
from openpes.jobseekers import operations as jobseekers
from openpes.jobseekers.queries import registration_of
from openpes.journeys.answer_referral import ENDS_TOGETHER
from openpes.matching import operations as matching
from openpes.messaging import operations as messaging
from openpes.partnerships import operations as partnerships
from openpes.people import operations as people
from openpes.people.merge_queries import refs_merged_into
from openpes.people.models import Person
from openpes.people.queries import person_by_ref
from openpes.placements import operations as placements
from openpes.programmes import operations as programmes
from openpes.referrals import operations as referrals
from openpes.referrals.queries import open_referral_keys, referrals_by_key
from openpes.referrals.states import AnswerChannel, WithdrawnReason


@transaction.atomic
def erase_person(*, person_ref: str, by: Actor, at: datetime) -> int:
    """Forget a person everywhere, on their own word or an administrator's. Returns the rows touched.

    Open introductions end first, so that no employer keeps waiting for somebody who is gone. What was already sent
    by text or on paper cannot be recalled; the page that asks says so.
    """
    person = person_by_ref(person_ref)
    if not by.may("jobseeker.leave", person_id=person.pk) and not by.everywhere("person.erase"):
        raise NotPermitted("person.erase")
    jobseeker = registration_of(person.pk)
    if jobseeker is not None:
        for open_one in referrals_by_key(open_referral_keys(jobseeker_id=jobseeker.pk)):
            referrals.withdraw_referral(
                referral=open_one,
                reason=WithdrawnReason.JOBSEEKER_WITHDREW,
                channel=AnswerChannel.WEB,
                by=ENDS_TOGETHER,
                at=at,
            )
    # Records that turned out to be this person's are the person too.
    others = sum(_forget(person_by_ref(ref), by=by, at=at) for ref in refs_merged_into(person.pk))
    return others + _forget(person, by=by, at=at)


def _forget(person: Person, *, by: Actor, at: datetime) -> int:
    return (
        freezing.forget_pseudonyms([person.log_key])
        + messaging.erase_person(person_id=person.pk)
        + dialogues.erase_person(person_id=person.pk)
        + complaints.erase_person(person_id=person.pk)
        + matching.erase_person(person_id=person.pk)
        + fairs.erase_person(person_id=person.pk)
        + placements.erase_person(person_id=person.pk)
        + referrals.erase_person(person_id=person.pk)
        + appointments.erase_person(person_id=person.pk, by=ENDS_TOGETHER, at=at)
        + partnerships.erase_person(person_id=person.pk, by=ENDS_TOGETHER, at=at)
        + enrolments.erase_person(person_id=person.pk)
        + programmes.erase_person(person_id=person.pk, at=at)
        + casework.erase_person(person_id=person.pk)
        + interests.erase_person(person_id=person.pk)
        + guidance.erase_person(person_id=person.pk)
        + circumstances.erase_person(person_id=person.pk)
        + imports.erase_person(person_id=person.pk)
        + documents.erase_person(person_id=person.pk)
        + jobseekers.erase_person(person_id=person.pk, at=at)
        + people.erase_person(person=person, by=by, at=at)
    )
