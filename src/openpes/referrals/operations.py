"""Writes of the referrals room. Every step is an event, so that every closed clock can be explained."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import NotPermitted, Reason, Refused, no
from openpes.core.privacy import erase_rows
from openpes.jobseekers.models import Jobseeker
from openpes.organisations.operations import count_introduction
from openpes.reference.country import country
from openpes.referrals.access import require_may_answer, require_may_withdraw
from openpes.referrals.meeting_queries import waiting_for_answer
from openpes.referrals.meetings import cancel_open
from openpes.referrals.models import Interview, Referral, ReferralEvent
from openpes.referrals.queries import clocks_on, has_open_referral
from openpes.referrals.rules import (
    ReferFacts,
    counts_as_answer,
    due_after_step,
    due_at,
    ending_of,
    may_answer,
    may_refer,
    may_withdraw,
    step_of,
)
from openpes.referrals.states import Answer, AnswerChannel, Ending, EventKind, ReferralState, WithdrawnReason
from openpes.vacancies.models import Vacancy


def _event(
    referral: Referral, kind: EventKind, *, channel: AnswerChannel, by: Actor, at: datetime, **detail: Any
) -> None:
    ReferralEvent.objects.create(referral=referral, kind=kind, at=at, channel=channel, actor=by.log_key, detail=detail)


def _log(referral: Referral, verb: str, by: Actor, at: datetime, **detail: Any) -> None:
    record_change(
        by=by,
        at=at,
        verb=verb,
        thing=f"referral:{referral.ref}",
        subject=referral.jobseeker.person.log_key,
        detail=detail,
    )


@transaction.atomic
def create_referral(
    *,
    jobseeker: Jobseeker,
    vacancy: Vacancy,
    consents: bool,
    note: str,
    score: int,
    parts: tuple[int, ...],
    by: Actor,
    at: datetime,
    on: date,
    channel: AnswerChannel,
    met: bool = False,
) -> Referral:
    """Send a person to a vacancy and start the clock. Raises Refused with all that stands in the way.

    met: the employer has met the person already, so that it does not matter how many others wait.
    """
    own = by.may("referral.apply_own", person_id=jobseeker.person_id)
    if not own and not by.may("referral.create", office_id=jobseeker.office_id):
        raise NotPermitted("referral.create")
    decision = may_refer(
        country(),
        ReferFacts(
            jobseeker_is_active=jobseeker.state == "active",
            jobseeker_consents=consents,
            born_on=jobseeker.person.born_on,
            vacancy_is_public=vacancy.state == "live" and vacancy.employer.state == "verified",
            places_left=vacancy.places_left,
            hazardous=vacancy.hazardous,
            already_open=has_open_referral(jobseeker.pk, vacancy.pk),
            waiting=waiting_for_answer(vacancy.pk),
            most_waiting=0 if met else int(country().value("introductions.most_at_once", on=on).value),
        ),
        on=on,
    )
    if decision.refused:
        raise Refused(decision)
    referral = Referral.objects.create(
        jobseeker=jobseeker,
        vacancy=vacancy,
        office_id=jobseeker.office_id,
        made_by_id=by.account_id,
        made_by_jobseeker=own,
        note=note.strip()[:400],
        score=score,
        parts=list(parts),
        sent_at=at,
        answer_due_at=due_at(sent_at=at, clocks=clocks_on(on)),
    )
    due = referral.answer_due_at.isoformat()
    _event(referral, EventKind.SENT, channel=channel, by=by, at=at, due=due)
    _log(referral, "referral.create", by, at, vacancy=vacancy.ref, pack=decision.pack_hash)
    return referral


def _locked(referral: Referral) -> Referral:
    return (
        Referral.objects.select_for_update(of=("self",))
        .select_related("jobseeker__person", "jobseeker__office", "vacancy__employer", "vacancy__office", "office")
        .get(pk=referral.pk)
    )


@transaction.atomic
def answer_referral(
    *, referral: Referral, answer: Answer, reason: str, channel: AnswerChannel, by: Actor, at: datetime, on: date
) -> Referral:
    """The employer's coded answer: a step, which restarts the clock once, or an ending."""
    require_may_answer(by, referral)
    referral = _locked(referral)
    decision = may_answer(now_in=ReferralState(referral.state), answer=answer, reason=reason)
    if decision.refused:
        raise Refused(decision)
    if referral.first_answer_at is None:
        referral.first_answer_at = at
        referral.save(update_fields=["first_answer_at"])
    ending = ending_of(answer)
    if ending is not None:
        return _end(referral, ending, reason if ending == Ending.NOT_HIRED else "", channel=channel, by=by, at=at)
    referral.state = step_of(answer)
    if not referral.extended:
        referral.answer_due_at, referral.extended = due_after_step(
            due_at=referral.answer_due_at, at=at, extended=referral.extended, clocks=clocks_on(on)
        )
        referral.reminded_at = referral.task_raised_at = None
    referral.save(update_fields=["state", "answer_due_at", "extended", "reminded_at", "task_raised_at"])
    due = referral.answer_due_at.isoformat()
    _event(referral, EventKind.STEP, channel=channel, by=by, at=at, answer=answer.value, due=due)
    _log(referral, f"referral.{answer.value}", by, at)
    return referral


def _end(
    referral: Referral, ending: Ending, reason: str, *, channel: AnswerChannel, by: Actor, at: datetime
) -> Referral:
    referral.state, referral.ending, referral.ending_reason, referral.ended_at = (
        ReferralState.ENDED,
        ending,
        reason,
        at,
    )
    referral.save(update_fields=["state", "ending", "ending_reason", "ended_at"])
    cancel_open(referral=referral)
    _event(referral, EventKind.ENDED, channel=channel, by=by, at=at, ending=ending.value, reason=reason)
    _log(referral, f"referral.{ending.value}", by, at, reason=reason)
    counted = counts_as_answer(ending)
    if counted is not None:
        silent = not counted and referral.first_answer_at is None
        count_introduction(employer_id=referral.vacancy.employer_id, answered=counted, silent=silent)
    return referral


@transaction.atomic
def withdraw_referral(
    *, referral: Referral, reason: WithdrawnReason, channel: AnswerChannel, by: Actor, at: datetime
) -> Referral:
    """Take a referral back, for a reason that is kept. It says nothing about the employer."""
    require_may_withdraw(by, referral)
    referral = _locked(referral)
    decision = may_withdraw(now_in=ReferralState(referral.state), reason=reason)
    if decision.refused:
        raise Refused(decision)
    return _end(referral, Ending.WITHDRAWN, reason.value, channel=channel, by=by, at=at)


@transaction.atomic
def end_as_filled(*, referral: Referral, by: Actor, at: datetime) -> Referral:
    """The last place is gone, by the employer's own act on the vacancy: whoever still waits is told."""
    referral = _locked(referral)
    if referral.state == ReferralState.ENDED:
        return referral
    if referral.first_answer_at is None:
        referral.first_answer_at = at
        referral.save(update_fields=["first_answer_at"])
    return _end(referral, Ending.FILLED, "", channel=AnswerChannel.WEB, by=by, at=at)


@transaction.atomic
def remind(*, referral: Referral, by: Actor, at: datetime) -> Referral:
    """Note that the employer was reminded."""
    referral.reminded_at = at
    referral.save(update_fields=["reminded_at"])
    _event(referral, EventKind.REMINDED, channel=AnswerChannel.CLOCK, by=by, at=at)
    return referral


@transaction.atomic
def raise_task(*, referral: Referral, by: Actor, at: datetime) -> Referral:
    """Ask a counsellor to call the employer."""
    referral.task_raised_at = at
    referral.save(update_fields=["task_raised_at"])
    _event(referral, EventKind.TASK_RAISED, channel=AnswerChannel.CLOCK, by=by, at=at)
    return referral


@transaction.atomic
def close_unanswered(*, referral: Referral, by: Actor, at: datetime) -> Referral:
    """The honest close: the employer never answered. Only the clock may do this."""
    if not by.everywhere("referral.clock"):
        raise NotPermitted("referral.clock")
    referral = _locked(referral)
    if referral.state == ReferralState.ENDED:
        raise Refused(no(Reason("already_ended")))
    return _end(referral, Ending.CLOSED_UNANSWERED, "", channel=AnswerChannel.CLOCK, by=by, at=at)


def hide_from_employers(*, ended_before: datetime, at: datetime) -> int:
    """People who were not hired disappear from the employer's side. Returns how many. Inside the caller's transaction.

    The referral stays for the person, the office and the figures.
    """
    rows = Referral.objects.filter(ended_at__lt=ended_before, hidden_from_employer_at=None)
    return rows.exclude(ending=Ending.HIRED).update(hidden_from_employer_at=at)


def erase_person(*, person_id: int) -> int:
    """Forget a person in this room. Inside the journey's transaction; the counts stay."""
    return erase_rows(Interview, person_id) + erase_rows(Referral, person_id)
