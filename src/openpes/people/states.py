"""Closed lists of the people room."""

from enum import StrEnum


class Sex(StrEnum):
    """As the person says it. Statistics need it, the ranker never sees it."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    NOT_SAID = "not_said"


class PhoneOwner(StrEnum):
    """Whose phone it is: decides what a text may say."""

    OWN = "own"
    SHARED = "shared"
    FAMILY = "family"
    OTHER = "other"


class Purpose(StrEnum):
    """What a consent is for."""

    REGISTRATION = "registration"
    SHARE_CONTACT = "share_contact"
    SHARE_WITH_PARTNER = "share_with_partner"


CONSENT_VERSION = "2026-11"
"""Which wording of the consent texts is in use; a new wording gets a new version."""


class ConsentWay(StrEnum):
    """How a consent was given."""

    SELF_ON_SCREEN = "self_on_screen"
    READ_ALOUD = "read_aloud"
    BY_TEXT = "by_text"
    GUARDIAN = "guardian"


class MergeState(StrEnum):
    """One proposes that two records are one person, another confirms; it can be taken back."""

    PROPOSED = "proposed"
    DONE = "done"
    REFUSED = "refused"
    UNDONE = "undone"


class ReasonToLookAlike(StrEnum):
    """Why two people may be one."""

    SAME_NUMBER = "same_number"
    SAME_NAME_AND_BIRTH = "same_name_and_birth"
    LIKE_NAME_AND_BIRTH = "like_name_and_birth"
    LIKE_NAME_AND_PHONE = "like_name_and_phone"
