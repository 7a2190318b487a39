"""Closed lists of the circumstances room. Priority groups are not here: each country's pack names its own."""

from enum import StrEnum


class BarrierKind(StrEnum):
    """What can stand between somebody and work."""

    TRANSPORT = "transport"
    DOCUMENTS = "documents"
    CARE = "care"
    HEALTH = "health"
    LANGUAGE = "language"
    DEBT = "debt"
    HOUSING = "housing"
    SAFETY = "safety"
    OTHER = "other"


class Severity(StrEnum):
    """How much it weighs, in the words that the person chose; never a number."""

    LITTLE = "little"
    SOME = "some"
    BLOCKS = "blocks"


class Accommodation(StrEnum):
    """What somebody needs at a place of work to do the job as well as anybody."""

    STEP_FREE = "step_free"
    SEATED = "seated"
    SIGN_LANGUAGE = "sign_language"
    SCREEN_READER = "screen_reader"
    WRITTEN_WORD = "written_word"
    QUIET_PLACE = "quiet_place"
    MORE_BREAKS = "more_breaks"
    OTHER_HOURS = "other_hours"
    SOMEBODY_ALONG = "somebody_along"
    OTHER = "other"


class UsedFor(StrEnum):
    """What a person allows their circumstances to be used for. Each is asked and taken back by itself."""

    GUIDANCE = "guidance"
    PROGRAMMES = "programmes"
    PRIORITY = "priority"
    FIGURES = "figures"


class GivenHow(StrEnum):
    """How the person agreed."""

    ON_SCREEN = "on_screen"
    READ_ALOUD = "read_aloud"
    ON_PAPER = "on_paper"
