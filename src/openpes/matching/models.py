"""Runs of the national match, their lists, and the one pointer that says which run readers see."""

from __future__ import annotations

from django.db import models

from openpes.core.privacy import OnErase, Privacy, keep, personal
from openpes.jobseekers.models import Jobseeker


class MatchRun(models.Model):
    """One national match: what went in, under which weights and pack, what came out, how long it took.

    `heartbeat_at`, `step`, `done` and `total` say how far it is; `stop_asked_at` asks it to stop at its next step.
    """

    asked_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    stop_asked_at = models.DateTimeField(null=True, blank=True)
    step = models.CharField(max_length=20, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    people = models.PositiveIntegerField(default=0)
    vacancies = models.PositiveIntegerField(default=0)
    suggestions = models.PositiveIntegerField(default=0)
    milliseconds = models.PositiveIntegerField(default=0)
    engine = models.CharField(max_length=40, blank=True)
    version = models.CharField(max_length=20, blank=True)
    weights = models.JSONField(default=dict)
    inputs = models.JSONField(default=dict)
    sharing = models.JSONField(default=dict)
    unserved = models.JSONField(default=dict)
    pack_hash = models.CharField(max_length=64)

    privacy = Privacy(
        retention="match_run",
        plain_fields=(
            "id",
            "started_at",
            "finished_at",
            "stopped_at",
            "people",
            "vacancies",
            "suggestions",
            "milliseconds",
            "engine",
            "weights",
            "pack_hash",
            "asked_at",
            "heartbeat_at",
            "stop_asked_at",
            "step",
            "done",
            "total",
            "version",
            "inputs",
            "sharing",
            "unserved",
        ),
    )


class CurrentRun(models.Model):
    """The pointer. One row; turning it is what publishes a run."""

    run = models.ForeignKey(MatchRun, on_delete=models.PROTECT, related_name="+")
    turned_at = models.DateTimeField()

    privacy = Privacy(retention="institution", plain_fields=("id", "run", "turned_at"))


class SuggestionList(models.Model):
    """What one run suggests to one person, best first, packed as `packing.pack` does: 18 bytes a vacancy.

    One row a person and not one a suggestion: a tenth of the rows and of the index, for a nation's run.
    """

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="+", db_index=False)
    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="+")
    vacancies = models.BinaryField()

    privacy = Privacy(
        retention="match_run",
        subject="jobseeker__person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "run", "jobseeker"),
        vacancies=personal("vacancies suggested", keep),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "jobseeker"], name="one_list_a_run_and_person")]


class TimesSuggested(models.Model):
    """To how many people a run suggests a vacancy."""

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="+", db_index=False)
    vacancy_key = models.BigIntegerField()
    people = models.PositiveIntegerField()

    privacy = Privacy(retention="match_run", plain_fields=("id", "run", "vacancy_key", "people"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "vacancy_key"], name="one_count_a_run_and_vacancy")]
