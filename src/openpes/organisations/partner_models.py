"""Organisations that bring support to people whom an office refers to them."""

from __future__ import annotations

from django.db import models

from openpes.core.ids import new_ref
from openpes.core.privacy import Privacy, blank, personal
from openpes.organisations.states import PartnerKind
from openpes.people.models import choices


class Partner(models.Model):
    """A school, an NGO, a training centre, a clinic: whoever helps people with something that the office does not do.

    What it may see rests on a dated agreement (`openpes.partnerships`), never on this row alone.
    """

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=choices(PartnerKind))
    office = models.ForeignKey("organisations.Office", on_delete=models.PROTECT, related_name="+")
    area_code = models.CharField(max_length=20, db_index=True)
    address = models.CharField(max_length=240, blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_phone = models.CharField(max_length=16, blank=True)
    language = models.CharField(max_length=12, default="en")
    is_open = models.BooleanField(default=True)
    synthetic = models.BooleanField(default=False)
    added_at = models.DateTimeField()

    privacy = Privacy(
        retention="institution",
        plain_fields=(
            "id",
            "ref",
            "name",
            "kind",
            "office",
            "area_code",
            "address",
            "language",
            "is_open",
            "synthetic",
            "added_at",
        ),
        contact_name=personal("contact", blank),
        contact_phone=personal("contact's phone", blank),
    )

    class Meta:
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["office", "is_open"])]

    def __str__(self) -> str:
        return self.name
