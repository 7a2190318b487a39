"""Writes of the questions at 3, 6 and 12 months: planned at the end, asked, answered, closed without guessing."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import NotPermitted, Reason, Refused, no
from openpes.enrolments.models import Enrolment, FollowUp
from openpes.enrolments.rules import FOLLOW_UP_MONTHS, months_after
from openpes.enrolments.states import FollowAnswer, FollowState


def plan_follow_ups(enrolment: Enrolment, *, on: date) -> None:
    """Three questions, counted from the day of the end."""
    FollowUp.objects.bulk_create(
        FollowUp(enrolment=enrolment, month=month, due_on=months_after(on, month)) for month in FOLLOW_UP_MONTHS
    )


def _log(question: FollowUp, verb: str, by: Actor, at: datetime) -> None:
    record_change(
        by=by,
        at=at,
        verb=f"follow_up.{verb}",
        thing=f"follow_up:{question.ref}",
        subject=question.enrolment.jobseeker.person.log_key,
        detail={"month": question.month},
    )


def _locked(question: FollowUp) -> FollowUp:
    rows = FollowUp.objects.select_for_update(of=("self",)).select_related("enrolment__jobseeker__person")
    return rows.get(pk=question.pk)


def _require_clock(by: Actor) -> None:
    if not by.everywhere("follow_up.clock"):
        raise NotPermitted("follow_up.clock")


@transaction.atomic
def note_asked(*, question: FollowUp, by: Actor, at: datetime) -> FollowUp:
    """The question goes out; the journey sends the text. Raises NotPermitted."""
    _require_clock(by)
    question = _locked(question)
    question.state, question.asked_at = FollowState.ASKED, at
    question.save(update_fields=["state", "asked_at"])
    _log(question, "ask", by, at)
    return question


@transaction.atomic
def close_silent(*, question: FollowUp, by: Actor, at: datetime) -> FollowUp:
    """Nobody answered: not known, which counts neither for nor against. Raises NotPermitted."""
    _require_clock(by)
    question = _locked(question)
    question.state = FollowState.CLOSED
    question.save(update_fields=["state"])
    _log(question, "close", by, at)
    return question


@transaction.atomic
def answer(
    *, question: FollowUp, says: FollowAnswer, since: date | None, by: Actor, at: datetime, on: date
) -> FollowUp:
    """What the person does now; an answer may also come late, and the last one stands. Raises Refused."""
    question = _locked(question)
    if not by.may("enrolment.own", person_id=question.enrolment.jobseeker.person_id):
        raise NotPermitted("enrolment.own")
    if on < question.due_on:
        raise Refused(no(Reason("not_yet")))
    if since is not None and since > on:
        raise Refused(no(Reason("day_ahead")))
    question.state, question.answer, question.since, question.answered_at = FollowState.ANSWERED, says, since, at
    question.save(update_fields=["state", "answer", "since", "answered_at"])
    _log(question, "answer", by, at)
    return question
