"""What a row of a publisher's file says."""

from __future__ import annotations

from dataclasses import dataclass


class TaxonomyTrouble(Exception):
    """Why a taxonomy cannot be loaded at all, in one sentence with the mend."""


@dataclass(frozen=True, slots=True)
class ConceptRecord:
    """An occupation, a skill or a group."""

    uri: str
    kind: str
    code: str = ""
    isco: str = ""
    skill_type: str = ""
    reuse_level: str = ""
    level: int | None = None


@dataclass(frozen=True, slots=True)
class LabelRecord:
    """One text of a concept in a language: preferred, alternative, hidden or description."""

    uri: str
    language: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class RelationRecord:
    """One concept points to another: essential, optional, broader, related or collection."""

    source: str
    target: str
    kind: str
    weight: int | None = None


@dataclass(frozen=True, slots=True)
class LevelRecord:
    """A level of a concept that another file has already named: the job zone of an occupation."""

    uri: str
    level: int


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was not taken: the file, its number there (the header is row 1), and why."""

    file: str
    row: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}: {self.reason}"


Record = ConceptRecord | LabelRecord | RelationRecord | LevelRecord
