"""Bulk writing of synthetic outcomes and their evidence for a demonstration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.placements.models import Outcome, OutcomeEvidence
from openpes.placements.states import STRENGTH, EvidenceGrade, OutcomeKind


@dataclass(frozen=True, slots=True)
class SyntheticEvidence:
    """Who said so, when, and whether they agree."""

    grade: EvidenceGrade
    at: datetime
    actor: str
    agrees: bool = True
    source: str = ""


@dataclass(frozen=True, slots=True)
class SyntheticOutcome:
    """A drawn outcome. Its grade is the strongest of the evidence that agrees."""

    ref: str
    jobseeker_id: int
    office_id: int
    kind: OutcomeKind
    starts_on: date
    evidence: tuple[SyntheticEvidence, ...]
    referral_id: int | None = None
    vacancy_id: int | None = None
    employer_id: int | None = None

    @property
    def grade(self) -> EvidenceGrade:
        """The strongest grade among the evidence that agrees."""
        return max((one.grade for one in self.evidence if one.agrees), key=STRENGTH.__getitem__)

    @property
    def recorded_at(self) -> datetime:
        """When the first evidence came."""
        return self.evidence[0].at

    @property
    def contested_at(self) -> datetime | None:
        """When somebody first said that it is not so."""
        return next((one.at for one in self.evidence if not one.agrees), None)


@transaction.atomic
def write_outcomes(*, rows: Sequence[SyntheticOutcome], by: Actor, at: datetime) -> list[int]:
    """Write outcomes with their evidence; returns their keys in the order given."""
    outcomes = Outcome.objects.bulk_create(
        [
            Outcome(
                ref=row.ref,
                jobseeker_id=row.jobseeker_id,
                office_id=row.office_id,
                kind=row.kind,
                referral_id=row.referral_id,
                vacancy_id=row.vacancy_id,
                employer_id=row.employer_id,
                starts_on=row.starts_on,
                grade=row.grade,
                recorded_at=row.recorded_at,
                contested_at=row.contested_at,
            )
            for row in rows
        ]
    )
    OutcomeEvidence.objects.bulk_create(
        [
            OutcomeEvidence(
                outcome_id=outcome.pk, grade=one.grade, agrees=one.agrees, at=one.at, actor=one.actor, source=one.source
            )
            for outcome, row in zip(outcomes, rows, strict=True)
            for one in row.evidence
        ]
    )
    record_change(by=by, at=at, verb="outcome.seed", thing="demo:nation", detail={"outcomes": len(outcomes)})
    return [outcome.pk for outcome in outcomes]


def wipe_synthetic() -> int:
    """Remove outcomes of synthetic people, vacancies and employers, in the caller's transaction."""
    mine = Q(jobseeker__person__synthetic=True) | Q(vacancy__synthetic=True) | Q(employer__synthetic=True)
    removed = OutcomeEvidence.objects.filter(outcome__in=Outcome.objects.filter(mine)).delete()[0]
    return removed + Outcome.objects.filter(mine).delete()[0]
