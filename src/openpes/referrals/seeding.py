"""Bulk writing of synthetic referrals and their events for a demonstration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.referrals.models import Interview, Referral, ReferralEvent
from openpes.referrals.states import AnswerChannel, Ending, EventKind, InterviewState, ReferralState


@dataclass(frozen=True, slots=True)
class SyntheticEvent:
    """One step of a drawn referral."""

    kind: EventKind
    at: datetime
    channel: AnswerChannel
    actor: str
    detail: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SyntheticReferral:
    """A drawn referral with all its steps. An ended one has `ended_at` and `ending`."""

    ref: str
    jobseeker_id: int
    vacancy_id: int
    office_id: int
    made_by_id: int | None
    made_by_jobseeker: bool
    state: ReferralState
    sent_at: datetime
    answer_due_at: datetime
    extended: bool
    reminded_at: datetime | None
    task_raised_at: datetime | None
    first_answer_at: datetime | None
    ended_at: datetime | None
    ending: Ending | None
    ending_reason: str
    events: tuple[SyntheticEvent, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """The score of a referral and the seven parts that add up to it."""

    score: int
    parts: tuple[int, ...]


@transaction.atomic
def write_referrals(*, rows: Sequence[SyntheticReferral], by: Actor, at: datetime) -> list[int]:
    """Write referrals with their events; returns their keys in the order given."""
    referrals = Referral.objects.bulk_create(
        [
            Referral(
                ref=row.ref,
                jobseeker_id=row.jobseeker_id,
                vacancy_id=row.vacancy_id,
                office_id=row.office_id,
                made_by_id=row.made_by_id,
                made_by_jobseeker=row.made_by_jobseeker,
                state=row.state,
                sent_at=row.sent_at,
                answer_due_at=row.answer_due_at,
                extended=row.extended,
                reminded_at=row.reminded_at,
                task_raised_at=row.task_raised_at,
                first_answer_at=row.first_answer_at,
                ended_at=row.ended_at,
                ending=row.ending or "",
                ending_reason=row.ending_reason,
            )
            for row in rows
        ]
    )
    ReferralEvent.objects.bulk_create(
        [
            ReferralEvent(
                referral_id=referral.pk,
                kind=one.kind,
                at=one.at,
                channel=one.channel,
                actor=one.actor,
                detail=one.detail,
            )
            for referral, row in zip(referrals, rows, strict=True)
            for one in row.events
        ]
    )
    record_change(by=by, at=at, verb="referral.seed", thing="demo:nation", detail={"referrals": len(referrals)})
    return [referral.pk for referral in referrals]


@transaction.atomic
def set_fits(*, fits: Mapping[int, Fit], by: Actor, at: datetime) -> None:
    """Set score and parts, by key of the referral."""
    rows = [Referral(pk=key, score=fit.score, parts=list(fit.parts)) for key, fit in sorted(fits.items())]
    Referral.objects.bulk_update(rows, ["score", "parts"], batch_size=200)
    record_change(by=by, at=at, verb="referral.seed_fit", thing="demo:nation", detail={"referrals": len(rows)})


def wipe_synthetic() -> int:
    """Remove referrals of synthetic people and to synthetic vacancies, in the caller's transaction."""
    mine = Q(jobseeker__person__synthetic=True) | Q(vacancy__synthetic=True)
    keys = list(Referral.objects.filter(mine).values_list("pk", flat=True))
    removed = 0
    for start in range(0, len(keys), 500):
        removed += ReferralEvent.objects.filter(referral__in=keys[start : start + 500]).delete()[0]
        removed += Referral.objects.filter(pk__in=keys[start : start + 500]).delete()[0]
    return removed


def meetings_to_draw(*, employer_id: int, office_id: int, limit: int) -> list[int]:
    """Keys of open synthetic introductions whose employer wants to meet: those of one firm, then of one office."""
    rows = Referral.objects.filter(jobseeker__person__synthetic=True, state=ReferralState.INTERVIEW)
    own = list(
        rows.filter(vacancy__employer=employer_id).order_by("-sent_at", "pk").values_list("pk", flat=True)[:limit]
    )
    others = rows.filter(office=office_id).exclude(vacancy__employer=employer_id).order_by("-sent_at", "pk")
    return own + list(others.values_list("pk", flat=True)[:limit])


@transaction.atomic
def write_meetings(*, rows: Sequence[tuple[int, Sequence[datetime], bool]], place: str, by: Actor, at: datetime) -> int:
    """Write meetings: (introduction, times offered, whether the first one is chosen). The employer has seen these."""
    Interview.objects.bulk_create(
        [
            Interview(
                referral_id=key,
                place=place,
                slots=[one.isoformat() for one in slots],
                offered_at=at,
                state=InterviewState.BOOKED if chosen else InterviewState.OFFERED,
                starts_at=slots[0] if chosen else None,
                booked_at=at if chosen else None,
            )
            for key, slots, chosen in rows
        ]
    )
    Referral.objects.filter(pk__in=[key for key, *_more in rows]).update(seen_at=at)
    record_change(by=by, at=at, verb="interview.seed", thing="demo:nation", detail={"meetings": len(rows)})
    return len(rows)
