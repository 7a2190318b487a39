"""3, 6 and 12 months after a programme the person is asked what they do; work goes into the ledger of outcomes.

A text with a link, one tap. Silence is neither success nor failure: it stays "not known".
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from openpes.core import signed_refs
from openpes.core.actors import Actor, ActorKind, system
from openpes.enrolments import following
from openpes.enrolments.models import FollowUp
from openpes.enrolments.queries import follow_up_by_ref, follow_ups_due, policy
from openpes.enrolments.states import IN_WORK, FollowAnswer, FollowState
from openpes.journeys.enrol_in_programme import person_actor
from openpes.journeys.telling import tell_person
from openpes.placements.operations import add_evidence, record_outcome
from openpes.placements.queries import work_since
from openpes.placements.states import EvidenceGrade, OutcomeKind
from openpes.reference.country import today

CLOCK = system("follow_up.clock", label="clock")
SALT = "openpes.follow"
AT_ONCE = 500


def follow_url(question: FollowUp) -> str:
    """The whole address of the link by which one question is answered."""
    return settings.BASE_URL + reverse("web:follow_up", args=[signed_refs.sign(SALT, question.ref)])


def read_follow_token(token: str) -> tuple[FollowUp, Actor]:
    """The question that a link names, and who its holder is. Raises NotFound when altered."""
    question = follow_up_by_ref(signed_refs.read(SALT, token))
    return question, person_actor(question.enrolment, ActorKind.SIGNED_LINK, "outcome.say_own")


@transaction.atomic
def answer_follow_up(
    *, question: FollowUp, says: FollowAnswer, since: date | None, by: Actor, at: datetime
) -> FollowUp:
    """What the person does now. Work becomes an outcome, or evidence for the one that is known. Raises Refused.

    Where the person gives no first day, the day of the answer stands for it: work is known from then on.
    """
    on = today(at)
    question = following.answer(question=question, says=says, since=since, by=by, at=at, on=on)
    if says not in IN_WORK:
        return question
    jobseeker, source = question.enrolment.jobseeker, f"asked {question.month} months after a programme"
    said = EvidenceGrade.SAID_BY_PERSON
    known = work_since(jobseeker.pk, question.enrolment.cycle.starts_on)
    if known is not None:
        add_evidence(outcome=known, grade=said, agrees=True, source=source, by=by, at=at)
    else:
        kind = OutcomeKind(says.value)
        record_outcome(
            jobseeker=jobseeker, kind=kind, starts_on=since or on, grade=said, source=source, by=by, at=at, on=on
        )
    return question


def run_follow_up_clock(*, at: datetime, by: Actor = CLOCK) -> dict[str, int]:
    """Ask what is due, close what nobody answered. A second run at the same instant finds nothing more to do."""
    on, done = today(at), {"follow_ups_asked": 0, "follow_ups_closed": 0}
    days = timedelta(days=policy("follow_up_answer_days", on=on))
    for question in follow_ups_due(on=on, limit=AT_ONCE):
        if question.state == FollowState.WAITING:
            _ask(question, by, at)
            done["follow_ups_asked"] += 1
        elif question.asked_at is not None and at - question.asked_at >= days:
            following.close_silent(question=question, by=by, at=at)
            done["follow_ups_closed"] += 1
    return done


@transaction.atomic
def _ask(question: FollowUp, by: Actor, at: datetime) -> None:
    following.note_asked(question=question, by=by, at=at)
    tell_person(question.enrolment.jobseeker, "course_follow_up", {"link": follow_url(question)}, at=at)
