"""Bulk writing of synthetic outcomes and their evidence for a demonstration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.placements.models import CheckAnswer, HireCheck, Outcome, OutcomeEvidence
from openpes.placements.states import (
    GRADE_OF_SIDE,
    STRENGTH,
    CheckChannel,
    CheckState,
    EvidenceGrade,
    OutcomeKind,
    Side,
)


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


@dataclass(frozen=True, slots=True)
class SyntheticCheck:
    """A drawn check after a hire. `words`: (side, works there, said at) in order."""

    outcome_id: int
    day: int
    due_on: date
    state: CheckState
    asked_at: datetime | None = None
    words: tuple[tuple[Side, bool, datetime], ...] = ()


def hires_to_check(*, employer_id: int, office_id: int, since: date, limit: int) -> list[tuple[int, date]]:
    """(key, first day) of synthetic hires by the service: those of one firm, then the latest of one office."""
    rows = Outcome.objects.filter(
        jobseeker__person__synthetic=True, referral__isnull=False, kind=OutcomeKind.JOB, starts_on__gte=since
    )
    own = list(rows.filter(employer=employer_id).order_by("-starts_on", "pk").values_list("pk", "starts_on")[:limit])
    others = rows.filter(office=office_id).exclude(employer=employer_id).order_by("-starts_on", "pk")
    return own + list(others.values_list("pk", "starts_on")[:limit])


@transaction.atomic
def write_checks(*, rows: Sequence[SyntheticCheck], contested: Sequence[int], by: Actor, at: datetime) -> int:
    """Write checks with their answers; `contested` are keys of hires about which two sides differ."""
    made = HireCheck.objects.bulk_create(
        [
            HireCheck(outcome_id=row.outcome_id, day=row.day, due_on=row.due_on, state=row.state, asked_at=row.asked_at)
            for row in rows
        ]
    )
    CheckAnswer.objects.bulk_create(
        [
            CheckAnswer(
                check_asked=check,
                side=side,
                grade=GRADE_OF_SIDE[side],
                works_there=works_there,
                channel=CheckChannel.LINK,
                actor="demo",
                at=said_at,
            )
            for check, row in zip(made, rows, strict=True)
            for side, works_there, said_at in row.words
        ]
    )
    Outcome.objects.filter(pk__in=list(contested)).update(contested_at=at)
    record_change(by=by, at=at, verb="outcome.seed", thing="demo:nation", detail={"checks": len(made)})
    return len(made)
