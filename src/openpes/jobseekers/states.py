"""Closed lists of the jobseekers room."""

from enum import StrEnum


class JobseekerState(StrEnum):
    """Where a jobseeker stands. From a list: not asked yet. Sleeping is not deleted; left is on their own word."""

    FROM_LIST = "from_list"
    WAITING_FOR_GUARDIAN = "waiting_for_guardian"
    ACTIVE = "active"
    IN_WORK = "in_work"
    SLEEPING = "sleeping"
    LEFT = "left"


ALLOWED_MOVES = {
    JobseekerState.FROM_LIST: {
        JobseekerState.ACTIVE,
        JobseekerState.WAITING_FOR_GUARDIAN,
        JobseekerState.LEFT,
    },
    JobseekerState.WAITING_FOR_GUARDIAN: {JobseekerState.ACTIVE, JobseekerState.LEFT},
    JobseekerState.ACTIVE: {JobseekerState.IN_WORK, JobseekerState.SLEEPING, JobseekerState.LEFT},
    JobseekerState.IN_WORK: {JobseekerState.ACTIVE, JobseekerState.SLEEPING, JobseekerState.LEFT},
    JobseekerState.SLEEPING: {JobseekerState.ACTIVE, JobseekerState.IN_WORK, JobseekerState.LEFT},
    JobseekerState.LEFT: {JobseekerState.ACTIVE},
}


class Channel(StrEnum):
    """The way by which somebody registered."""

    WEB = "web"
    DESK = "desk"
    SMS = "sms"
    IMPORT = "import"


class WorkStatus(StrEnum):
    """What a person does now, in their own words; not the ILO's labour force status."""

    LOOKING = "looking"
    WORKING_WANTS_OTHER = "working_wants_other"
    STUDYING = "studying"
    CARING = "caring"
    NOT_SAID = "not_said"
