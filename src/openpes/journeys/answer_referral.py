"""The employer answers; the answer reaches the person; a hire becomes a placement."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from openpes.core.actors import Actor, system
from openpes.jobseekers import operations as jobseekers
from openpes.jobseekers.states import JobseekerState
from openpes.journeys.refer_jobseeker import tell_jobseeker
from openpes.organisations.pausing_operations import resume_employer
from openpes.placements import operations as placements
from openpes.placements.states import EvidenceGrade, OutcomeKind
from openpes.reference.country import today
from openpes.referrals import operations as referrals
from openpes.referrals.models import Referral
from openpes.referrals.queries import open_referral_keys, referrals_by_key
from openpes.referrals.states import Answer, AnswerChannel, WithdrawnReason
from openpes.vacancies import operations as vacancies
from openpes.vacancies.models import Vacancy
from openpes.vacancies.queries import vacancy_by_id
from openpes.vacancies.states import CloseReason

ANSWERED = system("employer.resume", label="answered")
ENDS_TOGETHER = system("referral.create", "vacancy.close", label="ends together")


@transaction.atomic
def answer_referral(
    *,
    referral: Referral,
    answer: Answer,
    reason: str = "",
    starts_on: date | None = None,
    contract_type: str = "",
    channel: AnswerChannel,
    by: Actor,
    at: datetime,
) -> Referral:
    """One coded answer. A hire takes a place, records the placement and frees the person's other introductions."""
    on = today(at)
    if answer == Answer.HIRED:
        vacancies.take_place(vacancy_id=referral.vacancy_id, by=by, at=at)
    referral = referrals.answer_referral(
        referral=referral, answer=answer, reason=reason, channel=channel, by=by, at=at, on=on
    )
    if resume_employer(employer_id=referral.vacancy.employer_id, by=ANSWERED, at=at):
        vacancies.touch_vacancies_of(employer_id=referral.vacancy.employer_id, at=at)
    tell_jobseeker(referral, f"answer_{answer.value}", at)
    if answer == Answer.HIRED:
        _record_hire(referral, starts_on or on, contract_type, by=by, at=at, channel=channel)
    if answer in {Answer.HIRED, Answer.FILLED}:
        _close_when_full(referral.vacancy_id, said_full=answer == Answer.FILLED, by=by, at=at)
    return referral


def _record_hire(
    referral: Referral, starts_on: date, contract_type: str, *, by: Actor, at: datetime, channel: AnswerChannel
) -> None:
    """The employer's word makes a placement; the person's other open introductions end with it."""
    jobseeker = referral.jobseeker
    placements.record_outcome(
        jobseeker=jobseeker,
        kind=OutcomeKind.JOB,
        starts_on=starts_on,
        grade=EvidenceGrade.SAID_BY_EMPLOYER,
        source=f"answer {channel.value}",
        by=by,
        at=at,
        on=today(at),
        referral=referral,
        contract_type=contract_type,
    )
    jobseekers.move_jobseeker(jobseeker=jobseeker, to=JobseekerState.IN_WORK, by=by, at=at)
    for other in referrals_by_key(open_referral_keys(jobseeker_id=jobseeker.pk)):
        referrals.withdraw_referral(
            referral=other,
            reason=WithdrawnReason.JOBSEEKER_FOUND_WORK,
            channel=AnswerChannel.CLOCK,
            by=ENDS_TOGETHER,
            at=at,
        )


def _close_when_full(vacancy_id: int, *, said_full: bool, by: Actor, at: datetime) -> None:
    """The last place is taken, or the employer says so: close the vacancy and tell everybody who still waits."""
    vacancy = vacancy_by_id(vacancy_id)
    if vacancy.places_left > 0 and not said_full:
        return
    if vacancy.state in {"live", "paused"}:
        vacancies.close_vacancy(vacancy=vacancy, reason=CloseReason.FILLED, by=ENDS_TOGETHER, at=at)
    end_open_referrals(vacancy, reason=None, at=at, by=by)


def end_open_referrals(
    vacancy: Vacancy, *, reason: WithdrawnReason | None, by: Actor, at: datetime, kind: str = "answer_withdrawn"
) -> int:
    """End what is still open for a vacancy: as filled (reason None) or withdrawn. Everybody who waits is told.

    `kind`: the text that says what happened when something was withdrawn.
    """
    ended = 0
    for waiting in referrals_by_key(open_referral_keys(vacancy_id=vacancy.pk)):
        if reason is None:
            referral = referrals.end_as_filled(referral=waiting, by=by, at=at)
            tell_jobseeker(referral, "answer_filled", at)
        else:
            referral = referrals.withdraw_referral(
                referral=waiting, reason=reason, channel=AnswerChannel.WEB, by=ENDS_TOGETHER, at=at
            )
            tell_jobseeker(referral, kind, at)
        ended += 1
    return ended


@transaction.atomic
def close_vacancy(*, vacancy: Vacancy, reason: CloseReason, by: Actor, at: datetime) -> Vacancy:
    """The employer or the office ends a vacancy; whoever waits for it is told the same day."""
    closed = vacancies.close_vacancy(vacancy=vacancy, reason=reason, by=by, at=at)
    filled = closed.close_reason == CloseReason.FILLED
    end_open_referrals(closed, reason=None if filled else WithdrawnReason.VACANCY_WITHDRAWN, by=by, at=at)
    return closed


@transaction.atomic
def withdraw_referral(*, referral: Referral, reason: WithdrawnReason, by: Actor, at: datetime) -> Referral:
    """The person or the office takes an introduction back."""
    return referrals.withdraw_referral(referral=referral, reason=reason, channel=AnswerChannel.WEB, by=by, at=at)
