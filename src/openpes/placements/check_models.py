"""Checks after a hire: on which day both sides are asked, what each said, and what the worker told only the office."""

from __future__ import annotations

from django.db import models

from openpes.core.ids import new_ref
from openpes.core.privacy import OnErase, Privacy, keep, personal, sensitive
from openpes.placements.states import CheckChannel, CheckState, EvidenceGrade, LeavingReason, Promise, Side


class HireCheck(models.Model):
    """One day on which both sides are asked, `day` days after the first day of work."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    outcome = models.ForeignKey("placements.Outcome", on_delete=models.CASCADE, related_name="checks")
    day = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    state = models.CharField(
        max_length=12, choices=[(one.value, one.value) for one in CheckState], default=CheckState.WAITING
    )
    asked_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="outcome_record",
        subject="outcome__jobseeker__person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=("id", "ref", "outcome", "day", "reminded_at", "closed_at"),
        due_on=personal("asked on", keep),
        state=personal("state", keep),
        asked_at=personal("asked at", keep),
    )

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["outcome", "day"], name="one_check_a_day")]
        indexes = [models.Index(fields=["state", "due_on"])]


class CheckAnswer(models.Model):
    """What one side said at a check. Answers are only added; the last one of a side stands."""

    check_asked = models.ForeignKey(HireCheck, on_delete=models.CASCADE, related_name="answers")
    side = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Side])
    grade = models.CharField(max_length=24, choices=[(one.value, one.value) for one in EvidenceGrade])
    works_there = models.BooleanField()
    reason = models.CharField(max_length=20, choices=[(one.value, one.value) for one in LeavingReason], blank=True)
    left_on = models.DateField(null=True, blank=True)
    channel = models.CharField(max_length=12, choices=[(one.value, one.value) for one in CheckChannel])
    actor = models.CharField(max_length=80)
    at = models.DateTimeField()

    privacy = Privacy(
        retention="outcome_record",
        subject="check_asked__outcome__jobseeker__person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=("id", "check_asked", "actor"),
        side=personal("said by", keep),
        grade=personal("how well known", keep),
        works_there=personal("works there", keep),
        reason=personal("why it ended", keep),
        left_on=personal("last day", keep),
        channel=personal("way", keep),
        at=personal("said at", keep),
    )

    class Meta:
        ordering = ["at", "pk"]


class PromiseKept(models.Model):
    """What the worker said about the work itself. Nobody at the firm ever reads this table."""

    check_asked = models.ForeignKey(HireCheck, on_delete=models.CASCADE, related_name="promises")
    promise = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Promise])
    kept = models.BooleanField()
    at = models.DateTimeField()

    privacy = Privacy(
        retention="outcome_record",
        subject="check_asked__outcome__jobseeker__person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "check_asked"),
        promise=sensitive("promise", keep),
        kept=sensitive("was kept", keep),
        at=sensitive("said at", keep),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["check_asked", "promise"], name="one_word_a_promise")]
