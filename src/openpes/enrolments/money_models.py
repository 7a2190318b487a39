"""Stipends that two people release, and claims of firms for help with wages."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from openpes.core.ids import new_ref
from openpes.core.privacy import OnErase, Privacy, blank, keep, nothing, personal, sensitive
from openpes.enrolments.states import ClaimState, ListState, PayState
from openpes.organisations.models import Employer
from openpes.people.models import Account, choices
from openpes.programmes.models import Cycle


class StipendList(models.Model):
    """Who gets how much for a span of days, by attendance. Whoever prepared it does not release it."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_before = models.DateField()
    state = models.CharField(max_length=10, choices=choices(ListState), default=ListState.PREPARED)
    prepared_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    prepared_at = models.DateTimeField()
    released_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="programme_record",
        plain_fields=(
            "id", "ref", "cycle", "starts_on", "ends_before", "state", "prepared_by", "prepared_at", "released_by",
            "released_at",
        ),
    )  # fmt: skip

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_by=None) | ~Q(released_by=F("prepared_by")), name="release_needs_two_people"
            ),
            models.UniqueConstraint(fields=["cycle", "starts_on"], name="one_list_a_start"),
        ]

    def __str__(self) -> str:
        return self.ref


class StipendLine(models.Model):
    """One payment: days with an attendance, and the amount in the list's currency. The account is frozen with it."""

    stipend_list = models.ForeignKey(StipendList, on_delete=models.CASCADE, related_name="lines")
    enrolment = models.ForeignKey("enrolments.Enrolment", on_delete=models.CASCADE, related_name="+")
    days = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    payout_account = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=choices(PayState), default=PayState.DUE)
    moved_at = models.DateTimeField(null=True, blank=True)
    returned_why = models.CharField(max_length=200, blank=True)

    privacy = Privacy(
        retention="programme_record",
        subject="enrolment__jobseeker__person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=("id", "stipend_list", "enrolment", "currency"),
        days=personal("days paid for", keep),
        amount=personal("amount", keep),
        payout_account=sensitive("paid to", blank),
        state=personal("payment", keep),
        moved_at=personal("paid or returned at", keep),
        returned_why=sensitive("returned because", blank),
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["stipend_list", "enrolment"], name="one_payment_a_list"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="payment_not_below_nothing"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class SubsidyClaim(models.Model):
    """A firm claims help with the wage of somebody it took on.

    `placement` is what the ledger said (None: not asked yet), `worker_says` what the worker said (None: nothing).
    """

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    enrolment = models.ForeignKey("enrolments.Enrolment", on_delete=models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_before = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=10, choices=choices(ClaimState), default=ClaimState.FILED)
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    placement = models.BooleanField(null=True, blank=True)
    worker_says = models.BooleanField(null=True, blank=True)
    worker_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=400, blank=True)

    privacy = Privacy(
        retention="programme_record",
        subject="enrolment__jobseeker__person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=(
            "id", "ref", "enrolment", "employer", "currency", "filed_by", "filed_at", "decided_by", "decided_at",
        ),
        starts_on=personal("claim from", keep),
        ends_before=personal("claim before", keep),
        amount=personal("amount claimed by the firm", keep),
        state=personal("state of the claim", keep),
        placement=personal("work found in the ledger", keep),
        worker_says=personal("what I said about the claim", nothing),
        worker_at=personal("said at", nothing),
        why=sensitive("reason of the decision", blank),
    )  # fmt: skip

    class Meta:
        ordering = ["filed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "starts_on"], name="one_claim_a_span"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("filed_by")), name="claim_needs_two_people"
            ),
            models.CheckConstraint(condition=Q(ends_before__gt=F("starts_on")), name="claim_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.ref
