"""Closed lists of the enrolments room."""

from enum import StrEnum


class EnrolmentState(StrEnum):
    """Where somebody stands in a round. Completed and left are ends."""

    ENROLLED = "enrolled"
    COMPLETED = "completed"
    LEFT = "left"


class LeftWhy(StrEnum):
    """Why somebody left. None of them is held against the person."""

    FOUND_WORK = "found_work"
    HEALTH = "health"
    FAMILY = "family"
    TOO_FAR = "too_far"
    MONEY = "money"
    NOT_AS_PROMISED = "not_as_promised"
    NEVER_CAME = "never_came"
    OTHER = "other"


class Way(StrEnum):
    """By which way an attendance came."""

    LIST = "list"
    LINK = "link"
    SMS = "sms"
    SHEET = "sheet"


class ListState(StrEnum):
    """A stipend list is prepared by one person and released by another."""

    PREPARED = "prepared"
    RELEASED = "released"


class PayState(StrEnum):
    """What became of one payment."""

    DUE = "due"
    PAID = "paid"
    RETURNED = "returned"


class ClaimState(StrEnum):
    """A firm's claim for help with wages."""

    FILED = "filed"
    AGREED = "agreed"
    REFUSED = "refused"
    PAID = "paid"


class FollowState(StrEnum):
    """A question at 3, 6 or 12 months. Closed without an answer means not known, and nothing else."""

    WAITING = "waiting"
    ASKED = "asked"
    ANSWERED = "answered"
    CLOSED = "closed"


class FollowAnswer(StrEnum):
    """What the person does now."""

    JOB = "job"
    SELF_EMPLOYMENT = "self_employment"
    APPRENTICESHIP = "apprenticeship"
    STUDY = "study"
    NO_WORK = "no_work"


IN_WORK = frozenset({FollowAnswer.JOB, FollowAnswer.SELF_EMPLOYMENT, FollowAnswer.APPRENTICESHIP})


class FlagState(StrEnum):
    """A flag waits for a person, who explains it or upholds it. It stops nothing by itself."""

    OPEN = "open"
    EXPLAINED = "explained"
    UPHELD = "upheld"


class ControlWhy(StrEnum):
    """How somebody came into the sample that is looked at afterwards."""

    CHANCE = "chance"
    RISK = "risk"


class ControlResult(StrEnum):
    """What the look showed."""

    WAITING = "waiting"
    RIGHT = "right"
    WRONG = "wrong"
