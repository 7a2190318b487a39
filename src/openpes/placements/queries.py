"""Reads of the placements room."""

from __future__ import annotations

from typing import Any

from openpes.core.actors import Actor
from openpes.core.decisions import NotFound
from openpes.core.ids import fold_ref
from openpes.core.privacy import export_rows
from openpes.placements.access import visible_to
from openpes.placements.models import CheckAnswer, HireCheck, Outcome, OutcomeEvidence, PromiseKept


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


def contested(actor: Actor, *, limit: int = 10) -> list[Outcome]:
    """Outcomes of the office about which two sides say different things."""
    rows = Outcome.objects.filter(office__in=actor.scope_ids("outcome.view", "office"), contested_at__isnull=False)
    return list(rows.select_related("jobseeker__person", "employer").order_by("contested_at", "pk")[:limit])


def count_contested(actor: Actor) -> int:
    """How many outcomes of the office are contested."""
    return Outcome.objects.filter(
        office__in=actor.scope_ids("outcome.view", "office"), contested_at__isnull=False
    ).count()
