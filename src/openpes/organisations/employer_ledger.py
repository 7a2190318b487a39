"""The ledger of what was decided about a firm: by whom, when, and why. Lines are only ever added."""

from __future__ import annotations

from django.db import models

from openpes.core.privacy import Privacy


class EmployerEvent(models.Model):
    """One decision about a firm. `state` is the state it led to; `label` names the officer, or the rule that acted."""

    employer = models.ForeignKey("organisations.Employer", on_delete=models.CASCADE, related_name="events")
    state = models.CharField(max_length=12)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    label = models.CharField(max_length=120, blank=True)
    words = models.CharField(max_length=400, blank=True)

    privacy = Privacy(
        retention="employer_record",
        plain_fields=("id", "employer", "state", "at", "actor", "label", "words"),
    )

    class Meta:
        ordering = ["at", "pk"]
