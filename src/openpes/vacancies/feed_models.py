"""How a firm's own system hands in its list of adverts: an address that is read, or a key with which it is sent."""

from __future__ import annotations

from django.db import models

from openpes.core.ids import new_ref
from openpes.core.privacy import Privacy


class VacancyFeed(models.Model):
    """One a firm. `is_whole`: what the list does not name is closed. `told`: what became of the latest list.

    `paused_at`: since when it is not read, because whoever set it up may not act for the firm any more.
    """

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    employer = models.OneToOneField("organisations.Employer", on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=500, blank=True)
    key_hash = models.CharField(max_length=64, blank=True)
    is_whole = models.BooleanField(default=False)
    made_by = models.ForeignKey("people.Account", null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    told = models.JSONField(default=dict, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="employer_record",
        plain_fields=(
            "id",
            "ref",
            "employer",
            "address",
            "key_hash",
            "is_whole",
            "made_by",
            "made_at",
            "tried_at",
            "taken_at",
            "told",
            "paused_at",
        ),
    )

    class Meta:
        indexes = [models.Index(fields=["tried_at"])]
