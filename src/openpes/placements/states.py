"""Outcomes, and how well each is known."""

from enum import StrEnum


class OutcomeKind(StrEnum):
    """What became of a person."""

    JOB = "job"
    SELF_EMPLOYMENT = "self_employment"
    APPRENTICESHIP = "apprenticeship"
    RETURN_TO_SCHOOL = "return_to_school"
    PROGRAMME_ENTRY = "programme_entry"


class EvidenceGrade(StrEnum):
    """Who said so, from the weakest to the strongest."""

    SAID_BY_PERSON = "said_by_person"
    SAID_BY_EMPLOYER = "said_by_employer"
    CONFIRMED_BY_REGISTER = "confirmed_by_register"


STRENGTH = {
    EvidenceGrade.SAID_BY_PERSON: 1,
    EvidenceGrade.SAID_BY_EMPLOYER: 2,
    EvidenceGrade.CONFIRMED_BY_REGISTER: 3,
}


class Side(StrEnum):
    """Who is asked after a hire."""

    WORKER = "worker"
    EMPLOYER = "employer"


GRADE_OF_SIDE = {Side.WORKER: EvidenceGrade.SAID_BY_PERSON, Side.EMPLOYER: EvidenceGrade.SAID_BY_EMPLOYER}


class CheckState(StrEnum):
    """Where a check stands. It closes with the answers, or with the days; an answer may still come later."""

    WAITING = "waiting"
    ASKED = "asked"
    CLOSED = "closed"
    NOT_NEEDED = "not_needed"


class Kept(StrEnum):
    """What a check says about the work, of all that was answered."""

    YES = "yes"
    NO = "no"
    CONFLICT = "conflict"
    UNKNOWN = "unknown"


class CheckChannel(StrEnum):
    """By which way an answer to a check came."""

    LINK = "link"
    WEB = "web"
    PHONE_CALL = "phone_call"


class LeavingReason(StrEnum):
    """Why work ended or never began, from a short list for both sides. None names a protected ground."""

    NEVER_BEGAN = "never_began"
    CONTRACT_ENDED = "contract_ended"
    OTHER_JOB = "other_job"
    PAY = "pay"
    HOURS = "hours"
    TOO_FAR = "too_far"
    NOT_SAFE = "not_safe"
    NOT_AS_PROMISED = "not_as_promised"
    SKILLS = "skills"
    STUDY_OR_FAMILY = "study_or_family"
    WORK_RAN_OUT = "work_ran_out"
    OTHER = "other"


class Promise(StrEnum):
    """What decent work is asked by, one tap each."""

    PAID = "paid"
    HOURS = "hours"
    SAFE = "safe"
    REGISTERED = "registered"
