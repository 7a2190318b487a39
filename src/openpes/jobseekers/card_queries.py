"""Reads about cards, saved searches and the hour of news of jobs."""

from __future__ import annotations

from datetime import date, datetime

from openpes.core.ids import fold_ref
from openpes.jobseekers.models import JobAlert, JobseekerCard, SavedSearch
from openpes.jobseekers.states import JobseekerState


def card_of(jobseeker_id: int) -> JobseekerCard | None:
    """The card of a registration, or None."""
    return JobseekerCard.objects.filter(jobseeker=jobseeker_id).first()


def card_valid_before(ref: str) -> date | None:
    """The day on which the card with this number ends; None: no such card, or its person has left."""
    return (
        JobseekerCard.objects.filter(jobseeker__ref=fold_ref(ref), jobseeker__person__erased_at=None)
        .exclude(jobseeker__state=JobseekerState.LEFT)
        .values_list("valid_before", flat=True)
        .first()
    )


def searches_of(jobseeker_id: int) -> list[SavedSearch]:
    """The searches that somebody keeps, the oldest first."""
    return list(SavedSearch.objects.filter(jobseeker=jobseeker_id))


def alert_of(jobseeker_id: int) -> JobAlert | None:
    """When somebody hears of new jobs, or None."""
    return JobAlert.objects.filter(jobseeker=jobseeker_id).first()


def alerts_due(*, weekday: int, hour: int, looked_before: datetime, limit: int) -> list[JobAlert]:
    """Alerts whose day is today and whose hour has come, of people who look for work and were not served yet today."""
    return list(
        JobAlert.objects.filter(
            weekday=weekday,
            hour__lte=hour,
            looked_at__lt=looked_before,
            jobseeker__state=JobseekerState.ACTIVE,
            jobseeker__person__erased_at=None,
        )
        .select_related("jobseeker__person", "jobseeker__office")
        .prefetch_related("jobseeker__searches")
        .order_by("pk")[:limit]
    )
