"""Closed lists of the documents room."""

from enum import StrEnum


class EntryKind(StrEnum):
    """What a line of a CV tells of."""

    WORK = "work"
    SCHOOL = "school"


class Waiver(StrEnum):
    """What a country's kit says of the fee of a paper for somebody's first job."""

    FREE = "free"
    HAS_FEE = "has_fee"
    UNKNOWN = "unknown"
