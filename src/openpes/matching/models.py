"""Runs of the national match, their suggestions, and the one pointer that says which run readers see."""

from __future__ import annotations

from django.db import models

from openpes.core.privacy import OnErase, Privacy, keep, personal
from openpes.jobseekers.models import Jobseeker
from openpes.vacancies.models import Vacancy


class MatchRun(models.Model):
    """One national match: what went in, under which weights and pack, how long it took."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    people = models.PositiveIntegerField(default=0)
    vacancies = models.PositiveIntegerField(default=0)
    suggestions = models.PositiveIntegerField(default=0)
    milliseconds = models.PositiveIntegerField(default=0)
    engine = models.CharField(max_length=40, blank=True)
    weights = models.JSONField(default=dict)
    pack_hash = models.CharField(max_length=64)

    privacy = Privacy(
        retention="match_run",
        plain_fields=("id", "started_at", "finished_at", "stopped_at", "people", "vacancies", "suggestions",
                      "milliseconds", "engine", "weights", "pack_hash"),
    )


class CurrentRun(models.Model):
    """The pointer. One row; turning it is what publishes a run."""

    run = models.ForeignKey(MatchRun, on_delete=models.PROTECT, related_name="+")
    turned_at = models.DateTimeField()

    privacy = Privacy(retention="institution", plain_fields=("id", "run", "turned_at"))


class Suggestion(models.Model):
    """A vacancy proposed to a person. `parts` are the seven weighted terms that add up to `score`."""

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="+")
    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="+")
    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField()
    score = models.PositiveIntegerField()
    parts = models.JSONField(default=list)

    privacy = Privacy(
        retention="match_run", subject="jobseeker__person", on_erase=OnErase.DELETE,
        plain_fields=("id", "run", "jobseeker"),
        vacancy=personal("vacancy suggested", keep),
        rank=personal("rank", keep),
        score=personal("score", keep),
        parts=personal("parts of the score", keep),
    )

    class Meta:
        indexes = [
            models.Index(fields=["run", "jobseeker", "rank"]),
            models.Index(fields=["run", "vacancy", "-score"]),
        ]
