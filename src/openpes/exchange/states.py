"""Closed lists of the exchange room."""

from enum import StrEnum


class Grade(StrEnum):
    """How well a result is known to come from the practice. Only A to C may speak of an effect."""

    EXPERIMENT = "A"
    NATURAL_EXPERIMENT = "B"
    COMPARISON = "C"
    ASSOCIATION = "D"


class WrittenFrom(StrEnum):
    """Who wrote a card: the service that runs the practice, or somebody who read about it."""

    PROGRAMME = "living_programme"
    PUBLIC_FACTS = "public_facts"


class EntryKind(StrEnum):
    """A line of an adaptation log."""

    CHANGED = "changed"
    RESULT = "result"


class Level(StrEnum):
    """What a line of the comparison with my law asks for."""

    MEND = "mend"
    CHECK = "check"
    SAME = "same"
