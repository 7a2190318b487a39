"""Bulk writing of synthetic interviews, plans and advice for a demonstration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.guidance.advising import Advice
from openpes.guidance.models import GivenAdvice, Interview, InterviewPart, Plan, PlanAction
from openpes.guidance.rules import NewPlan
from openpes.guidance.scripts import Script, as_data
from openpes.guidance.states import InterviewState, PersonView, Response


@dataclass(frozen=True, slots=True)
class SyntheticTalk:
    """A drawn interview with its notes (part -> question -> words) and, where it ended, its plan.

    `done`: how many of the plan's actions are done, from the first.
    """

    ref: str
    jobseeker_id: int
    office_id: int
    counsellor_id: int | None
    script: Script
    at: datetime
    held_on: date
    notes: Mapping[str, Mapping[str, str]]
    plan: NewPlan | None
    review_on: date
    done: int = 0


@dataclass(frozen=True, slots=True)
class SyntheticAdvice:
    """A drawn advice, agreed to by the counsellor or still without a decision."""

    ref: str
    jobseeker_id: int
    office_id: int
    counsellor_id: int | None
    at: datetime
    advice: Advice
    law: str
    agreed: bool


@transaction.atomic
def write_talks(*, rows: Sequence[SyntheticTalk], by: Actor, at: datetime) -> None:
    """Write interviews with notes and plans."""
    interviews = Interview.objects.bulk_create(
        [
            Interview(
                ref=row.ref,
                jobseeker_id=row.jobseeker_id,
                office_id=row.office_id,
                counsellor_id=row.counsellor_id,
                script=as_data(row.script),
                state=InterviewState.ENDED if row.plan else InterviewState.OPEN,
                started_at=row.at,
                ended_at=row.at if row.plan else None,
                held_on=row.held_on,
            )
            for row in rows
        ]
    )
    InterviewPart.objects.bulk_create(
        [
            InterviewPart(
                interview=interview,
                code=code,
                answers=dict(answers),
                version=1,
                saved_at=row.at,
                saved_by_id=row.counsellor_id,
            )
            for interview, row in zip(interviews, rows, strict=True)
            for code, answers in row.notes.items()
        ]
    )
    _write_plans(interviews, rows)
    record_change(by=by, at=at, verb="guidance.seed", thing="demo:nation", detail={"interviews": len(interviews)})


def _write_plans(interviews: Sequence[Interview], rows: Sequence[SyntheticTalk]) -> None:
    pairs = [(interview, row, row.plan) for interview, row in zip(interviews, rows, strict=True) if row.plan]
    plans = Plan.objects.bulk_create(
        [
            Plan(
                ref=row.ref[::-1],
                jobseeker_id=row.jobseeker_id,
                interview=interview,
                diagnosis=new.diagnosis,
                diagnosis_words=new.diagnosis_words,
                strategy=new.strategy,
                strategy_words=new.strategy_words,
                goal=new.goal,
                made_at=row.at,
                made_by_id=row.counsellor_id,
                review_on=row.review_on,
            )
            for interview, row, new in pairs
        ]
    )
    PlanAction.objects.bulk_create(
        [
            PlanAction(
                ref=f"{row.ref[:9]}{position}",
                plan=plan,
                position=position,
                title=action.title,
                who=action.who,
                who_name=action.who_name,
                due_on=action.due_on or row.review_on,
                safe_to_text=action.safe_to_text,
                state="done" if position <= row.done else "open",
                state_at=row.at,
            )
            for plan, (_interview, row, new) in zip(plans, pairs, strict=True)
            for position, action in enumerate(new.actions, start=1)
        ]
    )


@transaction.atomic
def write_advices(*, rows: Sequence[SyntheticAdvice], by: Actor, at: datetime) -> None:
    """Write advices with their decisions."""
    GivenAdvice.objects.bulk_create(
        [
            GivenAdvice(
                ref=row.ref,
                jobseeker_id=row.jobseeker_id,
                office_id=row.office_id,
                kind=row.advice.kind,
                level=row.advice.level,
                reasons=[{"code": one.code, **one.facts} for one in row.advice.reasons],
                would_change=[{"code": one.code, **one.facts} for one in row.advice.would_change],
                data_age=row.advice.data_age,
                law=row.law,
                made_at=row.at,
                made_by_id=row.counsellor_id,
                response=Response.AGREE if row.agreed else "",
                decided_level=row.advice.level if row.agreed else "",
                responded_at=row.at if row.agreed else None,
                responded_by_id=row.counsellor_id if row.agreed else None,
                person_view=PersonView.FITS if row.agreed else "",
            )
            for row in rows
        ]
    )
    record_change(by=by, at=at, verb="advice.seed", thing="demo:nation", detail={"advices": len(rows)})


def wipe_synthetic() -> int:
    """Remove guidance of synthetic people, in the caller's transaction."""
    removed = 0
    for model in (Plan, Interview, GivenAdvice):
        removed += model._default_manager.filter(jobseeker__person__synthetic=True).delete()[0]
    return removed
