"""Closed lists of the organisations room."""

from enum import StrEnum


class EmployerState(StrEnum):
    """Where an employer stands. Only a verified employer's vacancies are ever public."""

    SUBMITTED = "submitted"
    VERIFIED = "verified"
    REFUSED = "refused"
    SUSPENDED = "suspended"


ALLOWED_MOVES = {
    EmployerState.SUBMITTED: {EmployerState.VERIFIED, EmployerState.REFUSED},
    EmployerState.REFUSED: {EmployerState.SUBMITTED},
    EmployerState.VERIFIED: {EmployerState.SUSPENDED},
    EmployerState.SUSPENDED: {EmployerState.VERIFIED},
}


class SizeBand(StrEnum):
    """How many people work there."""

    ONE_TO_FOUR = "1-4"
    FIVE_TO_NINE = "5-9"
    TEN_TO_FORTY_NINE = "10-49"
    FIFTY_TO_249 = "50-249"
    FROM_250 = "250+"
    UNKNOWN = "unknown"
