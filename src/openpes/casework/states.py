"""Closed lists of the casework room: kinds of notes, who else helps, what a caseload is put in order by."""

from enum import StrEnum


class NoteKind(StrEnum):
    """What a note is. A correction is a new note that names the old one."""

    TALK = "talk"
    OBSERVED = "observed"
    AGREED = "agreed"
    GROUP = "group"
    HANDOVER = "handover"
    CORRECTION = "correction"


WRITTEN_KINDS = (NoteKind.TALK, NoteKind.OBSERVED, NoteKind.AGREED)
"""What somebody chooses; the other kinds come from where the note is written."""


class HelperRole(StrEnum):
    """Who else helps this person."""

    COUNSELLOR = "counsellor"
    PARTNER = "partner"
    SCHOOL = "school"
    RELATIVE = "relative"
    OTHER = "other"


class Order(StrEnum):
    """What a caseload is put in order by."""

    NEXT_STEP = "next_step"
    LAST_CONTACT = "last_contact"
    OVERDUE = "overdue"
    NEXT_APPOINTMENT = "next_appointment"
    NAME = "name"
    REGISTERED = "registered"


class Step(StrEnum):
    """What comes next with a person, the most pressing first."""

    GUARDIAN = "guardian"
    CALL_AGAIN = "call_again"
    OVERDUE = "overdue"
    COMES = "comes"
    FIRST_TALK = "first_talk"
    NO_PLAN = "no_plan"
    REVIEW = "review"
    SLEEPING_SOON = "sleeping_soon"
    ANSWER_WAITS = "answer_waits"
    INTRODUCE = "introduce"
    CONTACT = "contact"
    NONE = "none"


class Done(StrEnum):
    """What was done with somebody on a day that is keyed in from paper, a line each."""

    CAME = "came"
    REACHED = "reached"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    NOT_LOOKING = "not_looking"
    FOUND_JOB = "found_job"
    OWN_BUSINESS = "own_business"
    SCHOOL = "school"
    NOTE = "note"


CALLED = frozenset({Done.REACHED, Done.NO_ANSWER, Done.WRONG_NUMBER, Done.NOT_LOOKING})
BECAME = frozenset({Done.FOUND_JOB, Done.OWN_BUSINESS, Done.SCHOOL})
