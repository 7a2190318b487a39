"""The register of licensed private employment agencies, as the authority publishes it in lists."""

from __future__ import annotations

from django.db import models

from openpes.core.ids import new_ref
from openpes.core.privacy import Privacy
from openpes.organisations.states import AgencyKind, AgencyStatus


class AgencyList(models.Model):
    """One list as it was loaded: of which day it speaks (`as_of`), and who loaded it when."""

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


class Agency(models.Model):
    """One licence of one agency. It is on the register when the newest list names it (`listed`)."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, db_index=True)
    licence_number = models.CharField(max_length=60)
    number_key = models.CharField(max_length=60, db_index=True)
    kind = models.CharField(max_length=8, choices=[(one.value, one.value) for one in AgencyKind])
    valid_from = models.DateField(null=True, blank=True)
    valid_before = models.DateField(null=True, blank=True)
    status = models.CharField(
        max_length=10, choices=[(one.value, one.value) for one in AgencyStatus], default=AgencyStatus.VALID
    )
    address = models.CharField(max_length=300, blank=True)
    listed = models.ForeignKey(AgencyList, on_delete=models.PROTECT, related_name="+")
    synthetic = models.BooleanField(default=False)

    privacy = Privacy(
        retention="institution",
        plain_fields=(
            "id",
            "ref",
            "name",
            "name_key",
            "licence_number",
            "number_key",
            "kind",
            "valid_from",
            "valid_before",
            "status",
            "address",
            "listed",
            "synthetic",
        ),
    )

    class Meta:
        verbose_name_plural = "agencies"
        constraints = [models.UniqueConstraint(fields=["number_key", "kind"], name="one_licence_of_a_kind_and_number")]

    def __str__(self) -> str:
        return self.name
