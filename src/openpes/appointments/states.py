"""Closed lists of the appointments room: kinds, states and the table of moves of an appointment and of the queue."""

from enum import StrEnum


class AppointmentKind(StrEnum):
    """What an appointment is for. A job interview is held at the office by an employer."""

    FIRST_INTERVIEW = "first_interview"
    FOLLOW_UP = "follow_up"
    GROUP = "group"
    PHONE = "phone"
    JOB_INTERVIEW = "job_interview"


ALONE_KINDS = (AppointmentKind.FIRST_INTERVIEW, AppointmentKind.FOLLOW_UP, AppointmentKind.PHONE)
"""Kinds that one person books with one counsellor."""

GRID_MINUTES = 10
"""Everything at an office begins on this grid, so that two holdings of one time can be told apart by a constraint."""

LENGTHS = (10, 20, 40)
"""How long a conversation may be, in minutes."""


class AppointmentState(StrEnum):
    """Where an appointment stands. A moved one has a successor; seen, cancelled and moved are ends."""

    INVITED = "invited"
    BOOKED = "booked"
    ARRIVED = "arrived"
    SEEN = "seen"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    MOVED = "moved"


ALLOWED_MOVES = {
    AppointmentState.INVITED: {AppointmentState.BOOKED, AppointmentState.CANCELLED},
    AppointmentState.BOOKED: {
        AppointmentState.ARRIVED,
        AppointmentState.SEEN,
        AppointmentState.NO_SHOW,
        AppointmentState.CANCELLED,
        AppointmentState.MOVED,
    },
    AppointmentState.ARRIVED: {AppointmentState.SEEN, AppointmentState.CANCELLED},
    # Somebody who comes late is still served, and the record says that they came.
    AppointmentState.NO_SHOW: {AppointmentState.ARRIVED, AppointmentState.SEEN},
    AppointmentState.SEEN: set(),
    AppointmentState.CANCELLED: set(),
    AppointmentState.MOVED: set(),
}
HOLDS_TIME = frozenset({AppointmentState.BOOKED, AppointmentState.ARRIVED, AppointmentState.SEEN})
OPEN = frozenset({AppointmentState.INVITED, AppointmentState.BOOKED, AppointmentState.ARRIVED})


class Way(StrEnum):
    """By which way something was said or done."""

    LINK = "link"
    WEB = "web"
    DESK = "desk"
    PHONE_CALL = "phone_call"
    SMS = "sms"
    PAPER = "paper"
    CLOCK = "clock"


class AppointmentEventKind(StrEnum):
    """What happened to an appointment: every state entered, and what was sent about it."""

    INVITED = "invited"
    BOOKED = "booked"
    REMINDED = "reminded"
    ARRIVED = "arrived"
    SEEN = "seen"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    MOVED = "moved"
    LETTER_PRINTED = "letter_printed"
    TASK_RAISED = "task_raised"
    TASK_DONE = "task_done"


class PauseReason(StrEnum):
    """Why nobody invites this person automatically for a while."""

    ILL = "ill"
    CARE = "care"
    AWAY = "away"
    TRAINING = "training"
    ASKED_FOR_REST = "asked_for_rest"
    OTHER = "other"


class AbsenceReason(StrEnum):
    """Why a counsellor is not there. No more than the office has to know."""

    LEAVE = "leave"
    TRAINING = "training"
    OUT_OF_OFFICE = "out_of_office"
    OTHER = "other"


class SessionState(StrEnum):
    """Where a group session stands."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class QueuePurpose(StrEnum):
    """What a walk-in comes for: said in one tap, before anybody is identified."""

    REGISTER = "register"
    COUNSELLOR = "counsellor"
    JOBS = "jobs"
    PAPERS = "papers"
    EMPLOYER = "employer"
    OTHER = "other"


class QueueState(StrEnum):
    """Where a number of the queue stands."""

    WAITING = "waiting"
    CALLED = "called"
    DONE = "done"
    LEFT = "left"


QUEUE_MOVES = {
    QueueState.WAITING: {QueueState.CALLED, QueueState.LEFT},
    QueueState.CALLED: {QueueState.DONE, QueueState.LEFT, QueueState.WAITING},
    QueueState.DONE: set(),
    QueueState.LEFT: set(),
}


class ContactWay(StrEnum):
    """How somebody was in contact with the service."""

    CALL = "call"
    TEXT = "text"
    APPOINTMENT = "appointment"
    WALK_IN = "walk_in"
    GROUP = "group"


class ContactResult(StrEnum):
    """What came of a contact. The first six are the one-key codes of a call."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    CALL_AGAIN = "call_again"
    FOUND_JOB = "found_job"
    NOT_LOOKING = "not_looking"
    SENT = "sent"
    CAME = "came"


CALL_RESULTS = (
    ContactResult.REACHED,
    ContactResult.NO_ANSWER,
    ContactResult.WRONG_NUMBER,
    ContactResult.CALL_AGAIN,
    ContactResult.FOUND_JOB,
    ContactResult.NOT_LOOKING,
)
TALKED = frozenset(
    {
        ContactResult.REACHED,
        ContactResult.CALL_AGAIN,
        ContactResult.FOUND_JOB,
        ContactResult.NOT_LOOKING,
        ContactResult.CAME,
    }
)
"""Results that mean that somebody spoke with the person. A text that was sent is no conversation."""


class CallRule(StrEnum):
    """Why somebody is proposed for a free slot. The order and the switches are the country's policy."""

    CALL_AGAIN = "call_again"
    NO_SHOW_TWICE = "no_show_twice"
    NEVER_CONTACTED = "never_contacted"
    PLAN_OVERDUE = "plan_overdue"
    REFERRALS_UNANSWERED = "referrals_unanswered"
    LEAVING_YOUTH = "leaving_youth"
    PROGRAMME_CLOSING = "programme_closing"
    NO_REFERRAL = "no_referral"
    NOT_CONTACTED = "not_contacted"


class Wish(StrEnum):
    """What a counsellor does with a proposal for a free slot."""

    UP = "up"
    DOWN = "down"
    OUT = "out"


class TaskKind(StrEnum):
    """The five kinds of tasks of a day."""

    UNASSIGNED = "unassigned"
    ACTION_OVERDUE = "action_overdue"
    REFERRAL_UNANSWERED = "referral_unanswered"
    PARTNER_RETURNED = "partner_returned"
    VACANCY_TO_CONFIRM = "vacancy_to_confirm"
