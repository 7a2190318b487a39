"""Offices of the service, employers, and who works for which of them from when until when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from openpes.core.ids import new_ref
from openpes.core.privacy import Privacy, blank, keep, personal
from openpes.organisations.agency_models import Agency, AgencyList
from openpes.organisations.employer_ledger import EmployerEvent
from openpes.organisations.firm_models import Business, BusinessList, EmployerContact, EmployerPaper, PhoneProof
from openpes.organisations.partner_models import Partner
from openpes.organisations.states import EmployerState, SizeBand
from openpes.people.models import Account, choices

__all__ = [
    "Agency",
    "AgencyList",
    "Business",
    "BusinessList",
    "Employer",
    "EmployerContact",
    "EmployerEvent",
    "EmployerPaper",
    "Invitation",
    "Membership",
    "Office",
    "Partner",
    "PhoneProof",
]


class Office(models.Model):
    """A local office of the public employment service."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=160)
    level = models.CharField(max_length=40, blank=True)
    area_code = models.CharField(max_length=20, db_index=True)
    address = models.CharField(max_length=240, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    opening_hours = models.CharField(max_length=120, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    supervisor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="branches")
    is_open = models.BooleanField(default=True)
    synthetic = models.BooleanField(default=False)

    privacy = Privacy(
        retention="institution",
        plain_fields=(
            "id",
            "ref",
            "code",
            "name",
            "level",
            "area_code",
            "address",
            "phone",
            "opening_hours",
            "latitude",
            "longitude",
            "supervisor",
            "is_open",
            "synthetic",
        ),
    )

    def __str__(self) -> str:
        return self.name


class Employer(models.Model):
    """A firm, shop, farm, household or public body that offers work."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    name = models.CharField(max_length=160)
    name_key = models.CharField(max_length=200, db_index=True)
    registration_number = models.CharField(max_length=40, blank=True, db_index=True)
    agency_licence = models.CharField(max_length=60, blank=True)
    sector = models.CharField(max_length=1, blank=True)
    size_band = models.CharField(max_length=10, choices=choices(SizeBand), default=SizeBand.UNKNOWN)
    area_code = models.CharField(max_length=20)
    address = models.CharField(max_length=240, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    contact_name = models.CharField(max_length=120, blank=True)
    contact_phone = models.CharField(max_length=16, blank=True)
    language = models.CharField(max_length=12, default="en")
    state = models.CharField(max_length=12, choices=choices(EmployerState), default=EmployerState.SUBMITTED)
    decided_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.CharField(max_length=400, blank=True)
    introductions = models.PositiveIntegerField(default=0)
    answers = models.PositiveIntegerField(default=0)
    silent_in_a_row = models.PositiveIntegerField(default=0)
    paused_at = models.DateTimeField(null=True, blank=True)
    # The first day on which a suspension no longer holds; None: until an officer ends it.
    suspended_until = models.DateField(null=True, blank=True)
    phone_proven_at = models.DateTimeField(null=True, blank=True)
    synthetic = models.BooleanField(default=False)
    registered_at = models.DateTimeField()

    privacy = Privacy(
        retention="employer_record",
        plain_fields=(
            "id",
            "ref",
            "name",
            "name_key",
            "registration_number",
            "agency_licence",
            "sector",
            "size_band",
            "area_code",
            "address",
            "latitude",
            "longitude",
            "office",
            "language",
            "state",
            "decided_by",
            "decided_at",
            "decision_note",
            "introductions",
            "answers",
            "silent_in_a_row",
            "paused_at",
            "suspended_until",
            "phone_proven_at",
            "synthetic",
            "registered_at",
        ),
        contact_name=personal("contact", blank),
        contact_phone=personal("contact's phone", blank),
    )

    class Meta:
        indexes = [models.Index(fields=["office", "state"])]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A role of an account in one office, one employer or the whole service, from a day to before another day."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=30)
    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.CASCADE, related_name="memberships")
    employer = models.ForeignKey(Employer, null=True, blank=True, on_delete=models.CASCADE, related_name="memberships")
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.CASCADE, related_name="memberships")
    starts_on = models.DateField()
    ends_before = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="account",
        subject="",
        plain_fields=("id", "office", "employer", "partner", "starts_on", "ends_before", "ended_at"),
        account=personal("", keep),
        role=personal("role", keep),
    )

    class Meta:
        indexes = [models.Index(fields=["account", "ended_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(office=None, employer=None) | Q(office=None, partner=None) | Q(employer=None, partner=None),
                name="membership_in_one_place",
            ),
            models.CheckConstraint(
                condition=Q(ends_before=None) | Q(ends_before__gt=F("starts_on")), name="membership_ends_after_start"
            ),
        ]


class Invitation(models.Model):
    """An open door for one new member of staff. Only the hash of its key is kept."""

    key_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    username = models.CharField(max_length=80)
    role = models.CharField(max_length=30)
    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=12, default="en")
    invited_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="invitation",
        plain_fields=(
            "id",
            "key_hash",
            "role",
            "office",
            "employer",
            "partner",
            "language",
            "invited_by",
            "invited_at",
            "expires_at",
            "accepted_at",
        ),
        name=personal("", blank),
        username=personal("", blank),
    )
