"""States, endings and answers of a referral. A referral has a clock and always ends."""

from enum import StrEnum


class ReferralState(StrEnum):
    """Open until it ends; an interview is a step, not an end."""

    SENT = "sent"
    DECIDING = "deciding"
    INTERVIEW = "interview"
    ENDED = "ended"


class Ending(StrEnum):
    """How a referral ended. Only an employer's own act makes the first three."""

    HIRED = "hired"
    NOT_HIRED = "not_hired"
    FILLED = "filled"
    WITHDRAWN = "withdrawn"
    CLOSED_UNANSWERED = "closed_unanswered"


EMPLOYER_ENDINGS = frozenset({Ending.HIRED, Ending.NOT_HIRED, Ending.FILLED})


class Answer(StrEnum):
    """What an employer can say with one tap."""

    INTERVIEW = "interview"
    DECIDING = "deciding"
    HIRED = "hired"
    NOT_HIRED = "not_hired"
    FILLED = "filled"


ENDING_OF_ANSWER = {
    Answer.HIRED: Ending.HIRED,
    Answer.NOT_HIRED: Ending.NOT_HIRED,
    Answer.FILLED: Ending.FILLED,
}
STEP_OF_ANSWER = {Answer.INTERVIEW: ReferralState.INTERVIEW, Answer.DECIDING: ReferralState.DECIDING}


class NotHiredReason(StrEnum):
    """Why somebody was not taken, from a short list. None of them can name a protected ground."""

    SKILLS_MISSING = "skills_missing"
    EXPERIENCE_MISSING = "experience_missing"
    DID_NOT_COME = "did_not_come"
    COULD_NOT_REACH = "could_not_reach"
    DECLINED_BY_JOBSEEKER = "declined_by_jobseeker"
    HOURS_OR_PLACE = "hours_or_place"
    PAY = "pay"
    ANOTHER_CANDIDATE = "another_candidate"
    DOCUMENTS_MISSING = "documents_missing"


class WithdrawnReason(StrEnum):
    """Why a referral was taken back."""

    JOBSEEKER_WITHDREW = "jobseeker_withdrew"
    JOBSEEKER_FOUND_WORK = "jobseeker_found_work"
    VACANCY_WITHDRAWN = "vacancy_withdrawn"
    VACANCY_UNLAWFUL = "vacancy_unlawful"
    SENT_BY_MISTAKE = "sent_by_mistake"


class AnswerChannel(StrEnum):
    """By which way an answer or a step came."""

    LINK = "link"
    WEB = "web"
    PHONE_CALL = "phone_call"
    SMS = "sms"
    CLOCK = "clock"


class EventKind(StrEnum):
    """What happened to a referral: enough to explain every closed clock."""

    SENT = "sent"
    REMINDED = "reminded"
    TASK_RAISED = "task_raised"
    STEP = "step"
    ENDED = "ended"


class InterviewState(StrEnum):
    """Where a meeting stands: times offered, one chosen, over, or taken back."""

    OFFERED = "offered"
    BOOKED = "booked"
    OVER = "over"
    CANCELLED = "cancelled"


class Came(StrEnum):
    """What one side says about a meeting. Who did not come is always named."""

    BOTH = "both"
    PERSON_MISSED = "person_missed"
    EMPLOYER_MISSED = "employer_missed"


class ListWish(StrEnum):
    """What an employer says of a list of people: more like these, or why none of them fits."""

    MORE = "more"
    TOO_FAR = "too_far"
    LACKS_LICENCE = "lacks_licence"
    LACKS_SKILLS = "lacks_skills"
    LITTLE_EXPERIENCE = "little_experience"
    SCHOOL = "school"
    LANGUAGE = "language"


# The term of the score that a reason speaks about. A licence is no term: it is looked up on the registration.
TERM_OF_WISH = {
    ListWish.TOO_FAR: "distance",
    ListWish.LACKS_SKILLS: "skills",
    ListWish.LITTLE_EXPERIENCE: "experience",
    ListWish.SCHOOL: "education",
    ListWish.LANGUAGE: "languages",
}
