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


class BusinessStatus(StrEnum):
    """What the business register says of a firm."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    STRUCK_OFF = "struck_off"


class RegisterWord(StrEnum):
    """What the register says about a firm that wants to be checked. UNKNOWN: no list is loaded."""

    MATCH = "match"
    NEAR = "near"
    OTHER_NAME = "other_name"
    NOT_GOOD = "not_good"
    NOT_LISTED = "not_listed"
    UNKNOWN = "unknown"


class PaperKind(StrEnum):
    """What a kept paper is."""

    REGISTRATION = "registration"
    PERMIT = "permit"
    TAX = "tax"
    LICENCE = "licence"
    IDENTITY = "identity"
    OTHER = "other"


class ContactKind(StrEnum):
    """How an officer met a firm."""

    VISIT = "visit"
    CALL = "call"


class PartnerKind(StrEnum):
    """What a partner is."""

    NGO = "ngo"
    TRAINING = "training"
    SCHOOL = "school"
    HEALTH = "health"
    LEGAL = "legal"
    PUBLIC = "public"
    FINANCE = "finance"
    OTHER = "other"
