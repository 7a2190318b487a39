"""States of a job fair and of who comes."""

from enum import StrEnum


class FairState(StrEnum):
    """A fair is planned until its day is over, or it is called off."""

    PLANNED = "planned"
    CALLED_OFF = "called_off"


class SignedUpBy(StrEnum):
    """By which way somebody signed up."""

    PAGE = "page"
    DESK = "desk"
