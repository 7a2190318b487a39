"""What an office knows of a firm beside its name: papers, a proven phone, the business register, visits and calls."""

from __future__ import annotations

from django.db import models

from openpes.core.ids import new_ref
from openpes.core.models import StoredFile
from openpes.core.privacy import Privacy, blank, keep, personal
from openpes.organisations.states import BusinessStatus, ContactKind, PaperKind


class EmployerPaper(models.Model):
    """A permit or another paper of a firm, kept once for every later need. `expires_on` is its last good day."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    employer = models.ForeignKey("organisations.Employer", on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in PaperKind])
    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="+")
    expires_on = models.DateField(null=True, blank=True)
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=80)
    removed_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="stored_files",
        plain_fields=("id", "ref", "employer", "kind", "file", "expires_on", "kept_at", "kept_by", "removed_at"),
    )

    class Meta:
        indexes = [models.Index(fields=["employer", "removed_at"])]


class PhoneProof(models.Model):
    """A code that was sent to the number of a firm. Only its hash is kept; it proves the phone, never the firm."""

    employer = models.ForeignKey("organisations.Employer", on_delete=models.CASCADE, related_name="+")
    number = models.CharField(max_length=16)
    code_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    proven_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="invitation",
        plain_fields=("id", "employer", "code_hash", "sent_at", "tries", "proven_at"),
        number=personal("", blank),
    )

    class Meta:
        indexes = [models.Index(fields=["employer", "-sent_at"])]


class BusinessList(models.Model):
    """The business register as it was loaded: of which day it speaks (`as_of`), and who loaded it when."""

    as_of = models.DateField()
    source = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=80)

    privacy = Privacy(
        retention="institution",
        plain_fields=("id", "as_of", "source", "sha256", "rows", "loaded_at", "loaded_by"),
    )


class Business(models.Model):
    """One firm of the business register. The newest list replaces all that stood before."""

    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, db_index=True)
    number = models.CharField(max_length=60)
    number_key = models.CharField(max_length=60, db_index=True)
    status = models.CharField(max_length=10, choices=[(one.value, one.value) for one in BusinessStatus])
    registered_on = models.DateField(null=True, blank=True)
    synthetic = models.BooleanField(default=False)

    privacy = Privacy(
        retention="institution",
        plain_fields=("id", "name", "name_key", "number", "number_key", "status", "registered_on", "synthetic"),
    )

    class Meta:
        verbose_name_plural = "businesses"

    def __str__(self) -> str:
        return self.name


class EmployerContact(models.Model):
    """A visit to a firm or a call with it: who, when, what was said, and when the next visit is due."""

    employer = models.ForeignKey("organisations.Employer", on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=6, choices=[(one.value, one.value) for one in ContactKind])
    happened_on = models.DateField()
    words = models.CharField(max_length=1000, blank=True)
    next_on = models.DateField(null=True, blank=True)
    written_at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    label = models.CharField(max_length=120, blank=True)

    privacy = Privacy(
        retention="employer_record",
        plain_fields=("id", "employer", "kind", "happened_on", "next_on", "written_at", "actor", "label"),
        # Written about a firm; a name may stand in it, and goes with the record of the firm.
        words=personal("", keep),
    )

    class Meta:
        indexes = [models.Index(fields=["employer", "-happened_on"])]
