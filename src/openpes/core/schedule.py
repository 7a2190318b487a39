"""Clockwork that is due once in a while: when a job ran last is kept, so that a restart repeats nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from openpes.core.models import Schedule


def is_due(job: str, *, at: datetime, every: timedelta) -> bool:
    """True when the job never ran, or ran longer ago than `every`."""
    return not Schedule.objects.filter(job=job, last_ran_at__gt=at - every).exists()


def note_run(job: str, *, at: datetime) -> None:
    """The job ran now."""
    Schedule.objects.update_or_create(job=job, defaults={"last_ran_at": at})
