"""Reads of the placements room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from openpes.core.actors import Actor
from openpes.core.decisions import NotFound
from openpes.core.ids import fold_ref
from openpes.core.privacy import export_rows
from openpes.placements.access import visible_to
from openpes.placements.models import CheckAnswer, HireCheck, Outcome, OutcomeEvidence, PromiseKept
from openpes.placements.states import STRENGTH, CheckState, EvidenceGrade, OutcomeKind

WORK = (OutcomeKind.JOB, OutcomeKind.SELF_EMPLOYMENT, OutcomeKind.APPRENTICESHIP)


def outcomes_of(actor: Actor, jobseeker_id: int) -> list[Outcome]:
    """What became of a person, the latest first, as far as the actor may see it."""
    rows = visible_to(actor).filter(jobseeker=jobseeker_id).select_related("vacancy", "employer", "referral")
    return list(rows.prefetch_related("evidence").order_by("-starts_on", "-pk"))


def outcome_for(actor: Actor, ref: str) -> Outcome:
    """An outcome that the actor may see. Raises NotFound."""
    row = visible_to(actor).filter(ref=fold_ref(ref)).select_related("jobseeker__person", "employer").first()
    if row is None:
        raise NotFound("outcome")
    return row


def outcome_of_referral(referral_id: int) -> Outcome | None:
    """The outcome that a referral led to, or None."""
    return Outcome.objects.filter(referral=referral_id).select_related("jobseeker__person").first()


def export_person(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """All that this room knows about a person, for their own download."""
    return {
        "outcomes": export_rows(Outcome, person_id),
        "evidence": export_rows(OutcomeEvidence, person_id),
        "checks": export_rows(HireCheck, person_id),
        "answers": export_rows(CheckAnswer, person_id),
        "promises": export_rows(PromiseKept, person_id),
    }


def said_only(office_ids: Iterable[int], *, starts: datetime, ends: datetime) -> list[Outcome]:
    """Work written down in a span of instants at offices that rests on the person's word alone, with its evidence."""
    rows = Outcome.objects.filter(
        office__in=list(office_ids),
        kind__in=WORK,
        grade=EvidenceGrade.SAID_BY_PERSON,
        recorded_at__gte=starts,
        recorded_at__lt=ends,
        jobseeker__person__erased_at=None,
    )
    return list(rows.select_related("jobseeker__person").prefetch_related("evidence").order_by("pk"))


def contested(actor: Actor, *, limit: int = 10) -> list[Outcome]:
    """Outcomes of the office about which two sides say different things."""
    rows = Outcome.objects.filter(office__in=actor.scope_ids("outcome.view", "office"), contested_at__isnull=False)
    return list(rows.select_related("jobseeker__person", "employer").order_by("contested_at", "pk")[:limit])


def count_contested(actor: Actor) -> int:
    """How many outcomes of the office are contested."""
    return Outcome.objects.filter(
        office__in=actor.scope_ids("outcome.view", "office"), contested_at__isnull=False
    ).count()


def works_with(*, jobseeker_id: int, employer_id: int, before: date) -> bool:
    """True when the ledger holds work of this person with this firm that began before a day and nobody contests."""
    rows = Outcome.objects.that_stand().filter(
        jobseeker=jobseeker_id, employer=employer_id, kind__in=WORK, contested_at=None
    )
    return rows.filter(starts_on__lt=before).exists()


def work_with(*, jobseeker_id: int, employer_id: int, before: date) -> Outcome | None:
    """The latest work of this person with this firm in the ledger that began before a day, contested or not."""
    rows = Outcome.objects.that_stand().filter(jobseeker=jobseeker_id, employer=employer_id, kind__in=WORK)
    found = rows.filter(starts_on__lt=before).select_related("jobseeker__person")
    return found.order_by("-starts_on", "-pk").first()


def works_now(jobseeker_id: int, *, besides: int) -> bool:
    """Does the ledger hold other work of this person whose checks do not say that it ended?"""
    rows = Outcome.objects.that_stand().filter(jobseeker=jobseeker_id, kind__in=WORK).exclude(pk=besides)
    return rows.exclude(checks__state=CheckState.NOT_NEEDED).exists()


def work_since(jobseeker_id: int, day: date) -> Outcome | None:
    """The latest work of a person in the ledger that began on or after a day, or None."""
    rows = Outcome.objects.that_stand().filter(jobseeker=jobseeker_id, kind__in=WORK, starts_on__gte=day)
    return rows.select_related("jobseeker__person").order_by("-starts_on", "-pk").first()


def work_since_by_person(jobseeker_ids: Iterable[int], *, since: date) -> frozenset[int]:
    """Which of these people have work in the ledger that began on or after a day and that nobody contests."""
    rows = Outcome.objects.that_stand().filter(jobseeker__in=list(jobseeker_ids), kind__in=WORK, starts_on__gte=since)
    return frozenset(rows.filter(contested_at=None).values_list("jobseeker", flat=True))


def graded_work(jobseeker_ids: Iterable[int], *, since: date) -> dict[str, int]:
    """How many of these people have work in the ledger that began on or after a day, by the strength of its evidence.

    Each person counts once, by their strongest evidence.
    """
    best: dict[int, str] = {}
    rows = Outcome.objects.that_stand().filter(jobseeker__in=list(jobseeker_ids), kind__in=WORK, starts_on__gte=since)
    for jobseeker, grade in rows.exclude(contested_at__isnull=False).values_list("jobseeker_id", "grade"):
        if jobseeker not in best or STRENGTH[EvidenceGrade(grade)] > STRENGTH[EvidenceGrade(best[jobseeker])]:
            best[jobseeker] = grade
    return dict(Counter(best.values()))
