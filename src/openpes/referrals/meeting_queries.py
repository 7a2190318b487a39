"""Reads of meetings, of what employers say of lists, and of how many people they have opened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from openpes.core.decisions import NotFound
from openpes.reference.country import country
from openpes.referrals.models import Interview, ListReply, Referral
from openpes.referrals.rules_meeting import REMIND_BEFORE
from openpes.referrals.states import InterviewState, ListWish, ReferralState

WITH_ALL = (
    "referral__jobseeker__person",
    "referral__jobseeker__office",
    "referral__vacancy__employer",
    "referral__vacancy__office",
    "referral__office",
)
# A wish of an employer moves lists for so long.
WISHES_COUNT = timedelta(days=90)


def interview_by_ref(ref: str) -> Interview:
    """A meeting by reference, for a signed link; the latest of its introduction. Raises NotFound."""
    row = Interview.objects.filter(ref=ref, referral__jobseeker__person__erased_at=None).select_related(*WITH_ALL)
    found = row.first()
    if found is None:
        raise NotFound("interview")
    newest = Interview.objects.filter(referral=found.referral_id).select_related(*WITH_ALL).first()
    return newest or found


def interview_of(referral: Referral) -> Interview | None:
    """The latest meeting of an introduction, or None."""
    return Interview.objects.filter(referral=referral).select_related(*WITH_ALL).first()


def interviews_ahead(referral_ids: Iterable[int]) -> dict[int, Interview]:
    """The open meeting of each of these introductions, in one query."""
    rows = Interview.objects.filter(
        referral__in=list(referral_ids), state__in=[InterviewState.OFFERED, InterviewState.BOOKED]
    )
    return {one.referral_id: one for one in rows}


def next_interview_of(jobseeker_id: int, *, at: datetime) -> Interview | None:
    """The meeting with an employer that somebody goes to next, else one for which they have not chosen a time yet."""
    rows = Interview.objects.filter(referral__jobseeker=jobseeker_id).exclude(referral__state=ReferralState.ENDED)
    ahead = rows.filter(state=InterviewState.BOOKED, starts_at__gt=at).order_by("starts_at", "pk")
    offered = rows.filter(state=InterviewState.OFFERED).order_by("pk")
    return ahead.select_related(*WITH_ALL).first() or offered.select_related(*WITH_ALL).first()


def clock_interviews(*, at: datetime, limit: int) -> list[Interview]:
    """Chosen times that begin soon and of which nobody was reminded; the rule then decides."""
    rows = Interview.objects.filter(
        state=InterviewState.BOOKED, reminded_at=None, starts_at__gt=at, starts_at__lte=at + REMIND_BEFORE
    ).exclude(referral__state=ReferralState.ENDED)
    return list(rows.select_related(*WITH_ALL).order_by("starts_at", "pk")[:limit])


def wishes_for(vacancy_id: int, *, at: datetime) -> list[ListReply]:
    """What the employer said of lists for a vacancy, the newest first; old words count no more."""
    return list(ListReply.objects.filter(vacancy=vacancy_id, at__gte=at - WISHES_COUNT)[:20])


def reasons_for(vacancy_id: int, *, at: datetime) -> tuple[ListWish, ...]:
    """Why earlier people did not fit, each reason once, the newest first."""
    found = [ListWish(one.wish) for one in wishes_for(vacancy_id, at=at)]
    return tuple(dict.fromkeys(one for one in found if one != ListWish.MORE))


def quota_of(vacancy_id: int, *, at: datetime, on: date) -> tuple[int, int, int]:
    """(people opened, at most, days) of a vacancy's quota."""
    pack = country()
    most, days = (int(pack.value(f"introductions.{name}", on=on).value) for name in ("views_most", "views_days"))
    seen = Referral.objects.filter(vacancy=vacancy_id, seen_at__gte=at - timedelta(days=days)).count()
    return seen, most, days


def waiting_for_answer(vacancy_id: int) -> int:
    """How many people wait for an answer about a vacancy."""
    return Referral.objects.filter(vacancy=vacancy_id).exclude(state=ReferralState.ENDED).count()
