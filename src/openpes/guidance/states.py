"""Closed lists of the guidance room."""

from enum import StrEnum


class ForWhom(StrEnum):
    """For whom a script is written."""

    SCHOOL_LEAVER = "school_leaver"
    FIRST_JOB = "first_job"
    CARE_DUTIES = "care_duties"
    GRADUATE = "graduate"
    RETURNING_MIGRANT = "returning_migrant"
    DISABILITY = "disability"
    ANYBODY = "anybody"


class PartKind(StrEnum):
    """What a part of a script asks for."""

    TALK = "talk"
    BARRIERS = "barriers"
    ACTIVITIES = "activities"
    INTERESTS = "interests"


class ScriptState(StrEnum):
    """Where an office's own script stands. One version of a script is on at most."""

    DRAFT = "draft"
    ON = "on"
    OFF = "off"


class InterviewState(StrEnum):
    """An interview is open until it ends in a plan or is left without one."""

    OPEN = "open"
    ENDED = "ended"


class PlanState(StrEnum):
    """One plan of a person is current; a new version replaces it."""

    CURRENT = "current"
    REPLACED = "replaced"


class ActionState(StrEnum):
    """Where an action stands. Overdue is never stored: it is an open one whose day has passed."""

    OPEN = "open"
    DONE = "done"
    CHANGED = "changed"
    OVERDUE = "overdue"


STORED_ACTION_STATES = (ActionState.OPEN, ActionState.DONE, ActionState.CHANGED)


class Who(StrEnum):
    """Who does an action."""

    PERSON = "person"
    COUNSELLOR = "counsellor"
    PARTNER = "partner"
    OTHER = "other"


class Level(StrEnum):
    """How much help is advised: always a service, never a refusal."""

    SELF_HELP = "self_help"
    SUPPORTED = "supported"
    INTENSIVE = "intensive"


class AdviceKind(StrEnum):
    """By what an advice was made. Statistical kinds plug in here."""

    SCORECARD = "scorecard"


class Response(StrEnum):
    """What the counsellor says of an advice."""

    AGREE = "agree"
    DISAGREE = "disagree"


class DisagreeCode(StrEnum):
    """Why a counsellor decides otherwise."""

    KNOWS_MORE = "knows_more"
    FACTS_WRONG = "facts_wrong"
    PERSON_WISHES = "person_wishes"
    CHANGED_SINCE = "changed_since"
    NO_PLACE = "no_place"


class PersonView(StrEnum):
    """What the person thinks of the advised level."""

    FITS = "fits"
    WANTS_MORE = "wants_more"
    WANTS_LESS = "wants_less"
    NOT_ASKED = "not_asked"


class ContestAnswer(StrEnum):
    """How a contest was answered."""

    KEPT = "kept"
    CHANGED = "changed"
