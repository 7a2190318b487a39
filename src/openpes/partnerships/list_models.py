"""Lists that a school or an emergency hands over, and targets for priority groups."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from openpes.core.ids import new_ref
from openpes.core.privacy import Privacy
from openpes.imports.models import ImportBatch
from openpes.organisations.models import Office, Partner
from openpes.partnerships.states import HandedKind, TargetMeasure
from openpes.people.models import Account, choices


class HandedList(models.Model):
    """Why a list of people came: from a school whose leavers agreed to it, or after a shock. The rows are an import.

    Its people are known and no more, until each of them has agreed at their first contact.
    """

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    kind = models.CharField(max_length=10, choices=choices(HandedKind))
    label = models.CharField(max_length=120)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    batch = models.OneToOneField(ImportBatch, on_delete=models.CASCADE, related_name="+")
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Leavers: the last day of school. A shock: the day it happened.
    day = models.DateField()
    how_agreed = models.CharField(max_length=400, blank=True)
    made_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    privacy = Privacy(
        retention="institution",
        plain_fields=(
            "id",
            "ref",
            "kind",
            "label",
            "office",
            "batch",
            "partner",
            "day",
            "how_agreed",
            "made_by",
            "made_at",
        ),
    )

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.ref


class GroupTarget(models.Model):
    """How many people of a priority group somebody means to reach, by which measure, from when until when, and why."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    group = models.CharField(max_length=60)
    measure = models.CharField(max_length=12, choices=choices(TargetMeasure))
    number = models.PositiveIntegerField()
    starts_on = models.DateField()
    ends_before = models.DateField()
    why = models.CharField(max_length=400, blank=True)
    set_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    set_by_name = models.CharField(max_length=120, blank=True)
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="institution",
        plain_fields=(
            "id",
            "ref",
            "office",
            "group",
            "measure",
            "number",
            "starts_on",
            "ends_before",
            "why",
            "set_by",
            "set_by_name",
            "set_at",
            "ended_at",
        ),
    )

    class Meta:
        ordering = ["group", "measure", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_before__gt=F("starts_on")), name="target_ends_after_start"),
            models.CheckConstraint(condition=Q(number__gt=0), name="target_has_number"),
        ]

    def __str__(self) -> str:
        return self.ref
