"""Refusals of every room, in words, and what the desk says of a person in the third person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.appointments.words import REASON as OF_APPOINTMENTS
from openpes.casework.words import REASON as OF_CASEWORK
from openpes.core.decisions import Refused
from openpes.jobseekers.states import WorkStatus
from openpes.jobseekers.words import REASON as OF_JOBSEEKERS
from openpes.organisations.models import Employer
from openpes.organisations.rules import answer_rate
from openpes.organisations.states import EmployerState
from openpes.organisations.words import REASON as OF_ORGANISATIONS
from openpes.people.states import PhoneOwner, Sex
from openpes.people.words import REASON as OF_PEOPLE
from openpes.people.words import SEX
from openpes.placements.words import REASON as OF_PLACEMENTS
from openpes.referrals.states import EventKind
from openpes.referrals.words import REASON as OF_REFERRALS
from openpes.vacancies.words import words_of
from openpes.web.counsellor.appointment_words import REASON as OF_THE_DESK_OF_APPOINTMENTS
from openpes.web.counsellor.circumstance_words import REASON as OF_CIRCUMSTANCES
from openpes.web.counsellor.guidance_words import REASON as OF_GUIDANCE

ROOMS: tuple[dict[str, Any], ...] = (
    OF_REFERRALS,
    OF_JOBSEEKERS,
    OF_PEOPLE,
    OF_PLACEMENTS,
    OF_ORGANISATIONS,
    OF_CIRCUMSTANCES,
    OF_GUIDANCE,
    OF_APPOINTMENTS,
    OF_THE_DESK_OF_APPOINTMENTS,
    OF_CASEWORK,
)
NEARLY_ALWAYS = 0.8

WHOSE_PHONE = {
    PhoneOwner.OWN: gettext_lazy("Theirs alone"),
    PhoneOwner.SHARED: gettext_lazy("They share it"),
    PhoneOwner.FAMILY: gettext_lazy("It belongs to the family"),
    PhoneOwner.OTHER: gettext_lazy("It belongs to somebody else"),
}
SEX_SAID = {**SEX, Sex.NOT_SAID: gettext_lazy("Not said")}
NOW_SAID = {
    WorkStatus.LOOKING: gettext_lazy("Has no work and looks for some"),
    WorkStatus.WORKING_WANTS_OTHER: gettext_lazy("Works and wants other work"),
    WorkStatus.STUDYING: gettext_lazy("Goes to school or training"),
    WorkStatus.CARING: gettext_lazy("Looks after children or family"),
    WorkStatus.NOT_SAID: gettext_lazy("Not said"),
}
EMPLOYER_MOVE = {
    EmployerState.VERIFIED: gettext_lazy("Accept this employer"),
    EmployerState.REFUSED: gettext_lazy("Do not accept"),
    EmployerState.SUSPENDED: gettext_lazy("Suspend"),
    EmployerState.SUBMITTED: gettext_lazy("Look at it again"),
}


CLOCK_WORDS = {
    EventKind.SENT: gettext_lazy("sent"),
    EventKind.REMINDED: gettext_lazy("reminded"),
    EventKind.TASK_RAISED: gettext_lazy("given to the office to call"),
    EventKind.STEP: gettext_lazy("answered"),
    EventKind.ENDED: gettext_lazy("ended"),
}
CLOCK_FAULT = {
    "not_sent_first": gettext_lazy("The first step is not the sending."),
    "out_of_order": gettext_lazy("A step stands before an earlier one."),
    "after_the_end": gettext_lazy("Something was written down after the end."),
    "sent_twice": gettext_lazy("It was sent twice."),
    "restarted_twice": gettext_lazy("The clock was started again more than once."),
    "step_by_clock": gettext_lazy("The clock answered in the employer's place."),
    "reminded_twice": gettext_lazy("The employer was reminded twice."),
    "reminded_too_early": gettext_lazy("The reminder went out before its day."),
    "task_without_reminder": gettext_lazy("The office was asked to call without a reminder before."),
    "task_too_early": gettext_lazy("The office was asked to call before its day."),
    "answered_by_clock": gettext_lazy("The clock answered in the employer's place."),
    "closed_by_hand": gettext_lazy("Somebody closed it as unanswered by hand."),
    "closed_without_reminder": gettext_lazy("It was closed as unanswered without a reminder."),
    "closed_without_call": gettext_lazy("It was closed as unanswered without the office being asked to call."),
    "closed_too_early": gettext_lazy("It was closed before its day."),
}


def said(words: Mapping[Any, Any], code: str) -> str:
    """What people read for a stored code: empty for an empty one, the code itself where no words are known."""
    return str(words.get(code, code))


def reasons_in_words(refused: Refused) -> list[str]:
    """Each reason of a refusal as a sentence."""
    sentences = []
    for reason in refused.decision.reasons:
        sentence = next((room[reason.code] for room in ROOMS if reason.code in room), None)
        sentences.append(str(sentence) % reason.facts if sentence else words_of(reason.code, reason.facts, reason.text))
    return sentences


def habit_in_words(employer: Employer) -> str:
    """How an employer usually answers."""
    rate = answer_rate(introductions=employer.introductions, answers=employer.answers)
    if rate is None:
        return _("new here: too few answers to tell")
    if rate >= NEARLY_ALWAYS:
        return _("nearly always answers")
    if round(rate * 10) == 0:
        return _("has hardly ever answered")
    return _("answers %(share)s of 10") % {"share": round(rate * 10)}
