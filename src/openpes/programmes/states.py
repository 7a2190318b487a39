"""Closed lists of the programmes room, and the moves that are allowed."""

from enum import StrEnum


class ProgrammeKind(StrEnum):
    """What a programme gives."""

    TRAINING = "training"
    APPRENTICESHIP = "apprenticeship"
    INTERNSHIP = "internship"
    WAGE_SUBSIDY = "wage_subsidy"
    PUBLIC_WORKS = "public_works"
    FIRST_JOB = "first_job"
    ENTREPRENEURSHIP = "entrepreneurship"
    OTHER = "other"


class VersionState(StrEnum):
    """A version is written by one person and approved by another. Its dates say whether it is in force."""

    DRAFTED = "drafted"
    APPROVED = "approved"
    ENDED = "ended"


class PlaceRule(StrEnum):
    """How places are given when more people apply than there are places."""

    FIRST_COME = "first_come"
    PRIORITY = "priority"
    LOTTERY = "lottery"


class ApplicationState(StrEnum):
    """Where one application stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    WAITING = "waiting"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class DrawState(StrEnum):
    """A draw is frozen first; its value is written down by one person and confirmed by another."""

    FROZEN = "frozen"
    VALUE_ENTERED = "value_entered"
    DRAWN = "drawn"


_S = ApplicationState
ALLOWED_MOVES: dict[ApplicationState, frozenset[ApplicationState]] = {
    _S.DRAFT: frozenset({_S.SUBMITTED, _S.WITHDRAWN, _S.CLOSED}),
    _S.SUBMITTED: frozenset({_S.DRAFT, _S.WAITING, _S.WITHDRAWN, _S.CLOSED}),
    _S.WAITING: frozenset({_S.OFFERED, _S.WITHDRAWN, _S.CLOSED}),
    _S.OFFERED: frozenset({_S.ACCEPTED, _S.DECLINED, _S.LAPSED, _S.WITHDRAWN}),
    _S.ACCEPTED: frozenset({_S.WITHDRAWN}),
    _S.DECLINED: frozenset(),
    _S.LAPSED: frozenset(),
    _S.WITHDRAWN: frozenset(),
    _S.CLOSED: frozenset(),
}
HOLDS_A_PLACE = frozenset({_S.OFFERED, _S.ACCEPTED})
OPEN_STATES = frozenset({_S.DRAFT, _S.SUBMITTED, _S.WAITING, _S.OFFERED, _S.ACCEPTED})
