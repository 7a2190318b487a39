"""Words of the referrals room that people read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openpes.referrals.states import (
    Answer,
    AnswerChannel,
    Came,
    Ending,
    EventKind,
    ListWish,
    NotHiredReason,
    ReferralState,
    WithdrawnReason,
)

STATE = {
    ReferralState.SENT: _("Waiting for an answer"),
    ReferralState.DECIDING: _("The employer is still deciding"),
    ReferralState.INTERVIEW: _("Interview"),
    ReferralState.ENDED: _("Ended"),
}
ENDING = {
    Ending.HIRED: _("Hired"),
    Ending.NOT_HIRED: _("Not hired"),
    Ending.FILLED: _("The places are taken"),
    Ending.WITHDRAWN: _("Taken back"),
    Ending.CLOSED_UNANSWERED: _("Closed: the employer did not answer"),
}
ANSWER = {
    Answer.INTERVIEW: _("I want to meet this person"),
    Answer.DECIDING: _("I am still deciding"),
    Answer.HIRED: _("I have hired this person"),
    Answer.NOT_HIRED: _("Not this time"),
    Answer.FILLED: _("All my places are taken"),
}
NOT_HIRED_REASON = {
    NotHiredReason.SKILLS_MISSING: _("Some skills are missing"),
    NotHiredReason.EXPERIENCE_MISSING: _("More experience is needed"),
    NotHiredReason.DID_NOT_COME: _("The person did not come"),
    NotHiredReason.COULD_NOT_REACH: _("I could not reach the person"),
    NotHiredReason.DECLINED_BY_JOBSEEKER: _("The person said no"),
    NotHiredReason.HOURS_OR_PLACE: _("Hours or place did not fit"),
    NotHiredReason.PAY: _("We did not agree on pay"),
    NotHiredReason.ANOTHER_CANDIDATE: _("I took somebody else"),
    NotHiredReason.DOCUMENTS_MISSING: _("Papers were missing"),
}
WITHDRAWN_REASON = {
    WithdrawnReason.JOBSEEKER_WITHDREW: _("The person does not want this job any more"),
    WithdrawnReason.JOBSEEKER_FOUND_WORK: _("The person has found work"),
    WithdrawnReason.VACANCY_WITHDRAWN: _("The employer withdrew the job"),
    WithdrawnReason.VACANCY_UNLAWFUL: _("The job advert was taken down"),
    WithdrawnReason.SENT_BY_MISTAKE: _("It was sent by mistake"),
}
CHANNEL = {
    AnswerChannel.LINK: _("by link"),
    AnswerChannel.WEB: _("on the page"),
    AnswerChannel.PHONE_CALL: _("by phone"),
    AnswerChannel.SMS: _("by text message"),
    AnswerChannel.CLOCK: _("by the clock"),
}
EVENT = {
    EventKind.SENT: _("Sent to the employer"),
    EventKind.REMINDED: _("The employer was reminded"),
    EventKind.TASK_RAISED: _("The office was asked to call the employer"),
    EventKind.STEP: _("The employer answered"),
    EventKind.ENDED: _("Ended"),
}
CAME = {
    Came.BOTH: _("We met"),
    Came.PERSON_MISSED: _("The person did not come"),
    Came.EMPLOYER_MISSED: _("The employer did not come"),
}
LIST_WISH = {
    ListWish.MORE: _("Please send me more people"),
    ListWish.TOO_FAR: _("They live too far away"),
    ListWish.LACKS_LICENCE: _("They lack a licence"),
    ListWish.LACKS_SKILLS: _("Some skills are missing"),
    ListWish.LITTLE_EXPERIENCE: _("More experience is needed"),
    ListWish.SCHOOL: _("More schooling is needed"),
    ListWish.LANGUAGE: _("A language is missing"),
}
REASON = {
    "enough_people": _("Enough people wait for an answer about this job: %(waiting)s. Try again in a few days."),
    "no_time_given": _("Give at least one time."),
    "too_many_times": _("Give at most %(most)s times."),
    "time_is_past": _("A time lies in the past."),
    "time_too_far": _("A time is more than %(days)s days ahead."),
    "interview_over": _("This meeting is over."),
    "interview_ahead": _("This meeting is still ahead."),
    "time_not_offered": _("Choose one of the times."),
    "jobseeker_not_active": _("This person does not look for work now."),
    "no_consent": _("This person has not agreed to be introduced. Ask first."),
    "vacancy_not_public": _("This job is not public now."),
    "no_place_left": _("No place is left in this job."),
    "already_referred": _("This person is already introduced to this job and waits for the answer."),
    "work.too_young": _("At %(age)s, work is not allowed yet; it begins at %(least)s."),
    "work.hazardous": _("This work can be dangerous and begins at %(grown)s."),
    "work.age_unknown": _("The birth date is not known. Ask for it before sending somebody to dangerous work."),
    "work.hazard_unknown": _("Nobody has judged yet whether this work is dangerous for people under %(grown)s."),
    "already_ended": _("This introduction has already ended."),
    "reason_needed": _("Choose a reason from the list."),
}
