"""Outcomes, and how well each is known."""

from enum import StrEnum


class OutcomeKind(StrEnum):
    """What became of a person."""

    JOB = "job"
    SELF_EMPLOYMENT = "self_employment"
    APPRENTICESHIP = "apprenticeship"
    RETURN_TO_SCHOOL = "return_to_school"
    PROGRAMME_ENTRY = "programme_entry"


class EvidenceGrade(StrEnum):
    """Who said so, from the weakest to the strongest."""

    SAID_BY_PERSON = "said_by_person"
    SAID_BY_EMPLOYER = "said_by_employer"
    CONFIRMED_BY_REGISTER = "confirmed_by_register"


STRENGTH = {
    EvidenceGrade.SAID_BY_PERSON: 1,
    EvidenceGrade.SAID_BY_EMPLOYER: 2,
    EvidenceGrade.CONFIRMED_BY_REGISTER: 3,
}
