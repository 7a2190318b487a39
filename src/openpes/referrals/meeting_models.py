"""Meetings of an introduced person with the employer, and what an employer says of the people sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from openpes.core.ids import new_ref
from openpes.core.privacy import OnErase, Privacy, keep, personal
from openpes.referrals.states import Came, InterviewState, ListWish


class Interview(models.Model):
    """Times that an employer offers to one person, and the one that is chosen. `slots` are instants, ISO 8601, UTC."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    referral = models.ForeignKey("referrals.Referral", on_delete=models.CASCADE, related_name="interviews")
    state = models.CharField(
        max_length=10, choices=[(one.value, one.value) for one in InterviewState], default=InterviewState.OFFERED
    )
    place = models.CharField(max_length=200)
    minutes = models.PositiveSmallIntegerField(default=30)
    slots = models.JSONField(default=list)
    offered_at = models.DateTimeField()
    starts_at = models.DateTimeField(null=True, blank=True)
    booked_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    said_by_person = models.CharField(max_length=16, choices=[(one.value, one.value) for one in Came], blank=True)
    said_by_employer = models.CharField(max_length=16, choices=[(one.value, one.value) for one in Came], blank=True)

    privacy = Privacy(
        retention="referral_record",
        subject="referral__jobseeker__person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "ref", "referral", "minutes", "reminded_at"),
        state=personal("state", keep),
        place=personal("place", keep),
        slots=personal("times offered", keep),
        offered_at=personal("offered at", keep),
        starts_at=personal("begins at", keep),
        booked_at=personal("chosen at", keep),
        said_by_person=personal("what I said of it", keep),
        said_by_employer=personal("what the employer said of it", keep),
    )

    class Meta:
        ordering = ["-offered_at", "-pk"]
        indexes = [models.Index(fields=["state", "starts_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(state__in=["offered", "booked"]), name="one_open_meeting"
            )
        ]


class ListReply(models.Model):
    """What an employer says of the people sent for a vacancy. It names nobody, and moves the next list."""

    vacancy = models.ForeignKey("vacancies.Vacancy", on_delete=models.CASCADE, related_name="+")
    wish = models.CharField(max_length=20, choices=[(one.value, one.value) for one in ListWish])
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)

    privacy = Privacy(retention="referral_record", plain_fields=("id", "vacancy", "wish", "at", "actor"))

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["vacancy", "-at"])]
