"""Closed lists of the insights room."""

from enum import StrEnum


class FreezeState(StrEnum):
    """A freeze is looked at, then published; a later one of the same month takes its place, and both stay."""

    MADE = "made"
    PUBLISHED = "published"
    REPLACED = "replaced"


class Source(StrEnum):
    """Where a figure that is not ours was read from."""

    SURVEY_FILE = "survey_file"
    SDMX_FILE = "sdmx_file"
    REGISTER_EXTRACT = "register_extract"
