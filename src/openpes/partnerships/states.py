"""Closed lists of the partnerships room."""

from enum import StrEnum


class PartnerPurpose(StrEnum):
    """What a person is sent to a partner for. What the partner learns follows from it (`policy/partners.yaml`)."""

    TRAINING = "training"
    WORK_SEARCH = "work_search"
    ENTERPRISE = "enterprise"
    SCHOOLING = "schooling"
    SUPPORT = "support"
    HEALTH = "health"
    LEGAL = "legal"


class SharedField(StrEnum):
    """What a partner may learn about a person."""

    NAME = "name"
    PHONE = "phone"
    LANGUAGE = "language"
    AREA = "area"
    WANTED_WORK = "wanted_work"
    EDUCATION = "education"
    EXPERIENCE = "experience"
    SKILLS = "skills"


class PartnerReferralState(StrEnum):
    """Where a referral to a partner stands."""

    SENT = "sent"
    ACCEPTED = "accepted"
    IN_TOUCH = "in_touch"
    ENDED = "ended"


OPEN_STATES = frozenset({PartnerReferralState.SENT, PartnerReferralState.ACCEPTED, PartnerReferralState.IN_TOUCH})


class PartnerEnding(StrEnum):
    """How it ended."""

    CLOSED = "closed"
    DECLINED = "declined"
    NO_PLACE = "no_place"
    NO_ANSWER = "no_answer"
    TAKEN_BACK = "taken_back"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    CONSENT_ENDED = "consent_ended"
    AGREEMENT_ENDED = "agreement_ended"


# After these the person stands with nobody: a counsellor looks for another way.
RETURNED = frozenset(
    {PartnerEnding.DECLINED, PartnerEnding.NO_PLACE, PartnerEnding.NO_ANSWER, PartnerEnding.AGREEMENT_ENDED}
)


class PartnerAnswer(StrEnum):
    """The first answer of a partner."""

    ACCEPT = "accept"
    DECLINE = "decline"
    NO_PLACE = "no_place"


class PartnerStep(StrEnum):
    """What a partner says after it has accepted somebody."""

    FIRST_CONTACT = "first_contact"
    ATTENDED = "attended"
    MISSED = "missed"


class PartnerResult(StrEnum):
    """What became of it, when a partner closes."""

    DONE = "done"
    FOUND_WORK = "found_work"
    STARTED_TRAINING = "started_training"
    BACK_AT_SCHOOL = "back_at_school"
    STOPPED = "stopped"
    NOT_REACHED = "not_reached"


class PartnerEventKind(StrEnum):
    """What happened to a referral to a partner."""

    SENT = "sent"
    ACCEPTED = "accepted"
    FIRST_CONTACT = "first_contact"
    ATTENDED = "attended"
    MISSED = "missed"
    ENDED = "ended"
    SEEN_BY_OFFICE = "seen_by_office"


class HandedKind(StrEnum):
    """Why a list of people came."""

    LEAVERS = "leavers"
    SHOCK = "shock"


class TargetMeasure(StrEnum):
    """By what a group counts as reached."""

    REGISTERED = "registered"
    PARTNER = "partner"
    WORK = "work"
