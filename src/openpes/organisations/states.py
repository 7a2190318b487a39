"""Closed lists of the organisations room."""

from enum import StrEnum


class EmployerState(StrEnum):
    """Where an employer stands. Only a verified employer's vacancies are ever public."""

    SUBMITTED = "submitted"
    VERIFIED = "verified"
    REFUSED = "refused"
    SUSPENDED = "suspended"
    PAUSED = "paused"


# What an officer may decide. Into the pause leads only the rule about silence, never an officer.
ALLOWED_MOVES = {
    EmployerState.SUBMITTED: {EmployerState.VERIFIED, EmployerState.REFUSED},
    EmployerState.REFUSED: {EmployerState.SUBMITTED},
    EmployerState.VERIFIED: {EmployerState.SUSPENDED},
    EmployerState.SUSPENDED: {EmployerState.VERIFIED},
    EmployerState.PAUSED: {EmployerState.VERIFIED, EmployerState.SUSPENDED},
}


class SizeBand(StrEnum):
    """How many people work there."""

    ONE_TO_FOUR = "1-4"
    FIVE_TO_NINE = "5-9"
    TEN_TO_FORTY_NINE = "10-49"
    FIFTY_TO_249 = "50-249"
    FROM_250 = "250+"
    UNKNOWN = "unknown"


class AgencyKind(StrEnum):
    """Where a licence lets an agency place people. An agency with both has two licences or one of kind both."""

    DOMESTIC = "domestic"
    OVERSEAS = "overseas"
    BOTH = "both"


class AgencyStatus(StrEnum):
    """What the authority says of a licence, apart from its dates."""

    VALID = "valid"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"


class Licence(StrEnum):
    """What the register says about a licence on a day. UNKNOWN: no list is loaded, or no number was given."""

    LIVE = "live"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    OTHER_KIND = "other_kind"
    NOT_LISTED = "not_listed"
    UNKNOWN = "unknown"
