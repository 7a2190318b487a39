"""Closed lists of the interests room. Pure."""

from enum import StrEnum


class Side(StrEnum):
    """The six sides of work of the RIASEC model, in the order in which they stand around the hexagon."""

    R = "R"
    I = "I"  # noqa: E741 - the letter of the model
    A = "A"
    S = "S"
    E = "E"
    C = "C"


class Length(StrEnum):
    """How many questions: 30 or all 60."""

    SHORT = "short"
    LONG = "long"


class Weight(StrEnum):
    """How much a card of the values sort matters."""

    VERY = "very"
    SOME = "some"
    NOT = "not"


ANSWERS = (1, 2, 3, 4, 5)
"""From "not at all" to "very much"."""


class Agreement(StrEnum):
    """How well the two strongest sides go together: neighbours, one apart, or opposite on the hexagon."""

    CLOSE = "close"
    MIDDLE = "middle"
    FAR = "far"
