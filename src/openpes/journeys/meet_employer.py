"""Employer and person meet: times are offered, one is chosen by a tap, both are reminded, and who came is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from openpes.core import signed_refs
from openpes.core.actors import Actor, ActorKind, Grant, system
from openpes.journeys.answer_referral import answer_referral
from openpes.journeys.appointments import local_words
from openpes.journeys.links import answer_path, answer_token
from openpes.journeys.telling import tell_firm, tell_person
from openpes.messaging.words import text_of
from openpes.reference.country import country, today
from openpes.referrals import meetings
from openpes.referrals.meeting_queries import clock_interviews, interview_by_ref
from openpes.referrals.models import Interview, Referral
from openpes.referrals.rules_meeting import reminder_is_due
from openpes.referrals.states import Answer, AnswerChannel, ReferralState

CLOCK = system("referral.clock", label="clock")
SALT = "openpes.meeting"
AT_ONCE = 500


def meeting_token(interview: Interview) -> str:
    """The token by which the person chooses or moves one meeting."""
    return signed_refs.sign(SALT, interview.ref)


def meeting_url(interview: Interview) -> str:
    """The whole address of the person's link."""
    return settings.BASE_URL + reverse("web:meeting", args=[meeting_token(interview)])


def read_meeting_token(token: str) -> Interview:
    """The meeting that a link names, or the one that followed it. Raises NotFound when altered."""
    return interview_by_ref(signed_refs.read(SALT, token))


def meeting_actor(interview: Interview) -> Actor:
    """The actor that the link makes of its holder: this person, for this introduction."""
    person = interview.referral.jobseeker.person_id
    grant = Grant("signed_link", frozenset({"referral.withdraw_own"}), "person", person)
    return Actor(
        ActorKind.SIGNED_LINK, f"link:{interview.ref}", (grant,), person_id=person, label="the person, by link"
    )


@transaction.atomic
def offer_interview(
    *, referral: Referral, slots: Sequence[datetime], place: str, channel: AnswerChannel, by: Actor, at: datetime
) -> Interview:
    """Offer times. It is also the employer's answer: the first step restarts the answer clock, once."""
    one = meetings.offer_interview(referral=referral, slots=slots, place=place, by=by, at=at, on=today(at))
    if referral.state != ReferralState.INTERVIEW:
        answer_referral(referral=referral, answer=Answer.INTERVIEW, channel=channel, by=by, at=at)
    facts = {"ref": referral.ref, "link": meeting_url(one)}
    tell_person(one.referral.jobseeker, "interview_offered", facts, at=at)
    return one


@transaction.atomic
def pick_slot(*, interview: Interview, slot: datetime, by: Actor, at: datetime) -> Interview:
    """The person chooses a time, or moves; both sides are told."""
    one = meetings.pick_slot(interview=interview, slot=slot, by=by, at=at)
    _tell_both(one, at)
    return one


def run_interview_clock(*, at: datetime, by: Actor = CLOCK) -> dict[str, int]:
    """Remind both sides the day before. A second run at the same instant finds nothing more to do."""
    sent = 0
    for one in clock_interviews(at=at, limit=AT_ONCE):
        if one.starts_at is None or one.booked_at is None:
            continue
        if reminder_is_due(starts_at=one.starts_at, booked_at=one.booked_at, reminded_at=one.reminded_at, at=at):
            with transaction.atomic():
                meetings.note_reminder(interview=one, by=by, at=at)
                _tell_both(one, at)
            sent += 1
    return {"interview_reminders": sent}


def meeting_words(one: Interview, language: str) -> str:
    """The text about a meeting with its link, on which a time is chosen, or moved. Who must move it asks for this."""
    facts = {"ref": one.referral.ref, "link": meeting_url(one)}
    if one.starts_at is None:
        return text_of("interview_offered", facts, language)
    return text_of("interview_booked", facts | local_words(one.starts_at), language)


def _tell_both(one: Interview, at: datetime) -> None:
    referral = one.referral
    if one.starts_at is None:
        return
    local = one.starts_at.astimezone(ZoneInfo(country().timezone))
    facts = {"ref": referral.ref, "date": local.strftime("%d/%m/%Y"), "time": local.strftime("%H:%M")}
    tell_person(referral.jobseeker, "interview_booked", {**facts, "link": meeting_url(one)}, at=at)
    employer = referral.vacancy.employer
    token = answer_token(referral_ref=referral.ref, employer_id=employer.pk, at=at)
    tell_firm(employer, "interview_booked", {**facts, "link": settings.BASE_URL + answer_path(token)}, at=at)
