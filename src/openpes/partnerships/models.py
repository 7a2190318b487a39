"""Dated agreements with partners, and the people who were sent there under them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from openpes.core.ids import new_ref
from openpes.core.privacy import OnErase, Privacy, blank, empty_list, keep, nothing, personal, sensitive
from openpes.jobseekers.models import Jobseeker
from openpes.organisations.models import Office, Partner
from openpes.partnerships.list_models import GroupTarget, HandedList
from openpes.partnerships.states import (
    OPEN_STATES,
    PartnerEnding,
    PartnerEventKind,
    PartnerPurpose,
    PartnerReferralState,
    PartnerResult,
)
from openpes.people.models import Account, Consent, choices

__all__ = ["GroupTarget", "HandedList", "PartnerAgreement", "PartnerReferral", "PartnerReferralEvent"]


class PartnerAgreement(models.Model):
    """What a partner does for whom, from a day to before another. Without a live one a partner sees nobody.

    `purposes`, `areas` and `groups` are codes; no area or group: everywhere, everybody. `capacity`: people at a time.
    """

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    offers = models.CharField(max_length=400, blank=True)
    purposes = models.JSONField(default=list)
    areas = models.JSONField(default=list)
    groups = models.JSONField(default=list)
    capacity = models.PositiveIntegerField()
    starts_on = models.DateField()
    ends_before = models.DateField(db_index=True)
    warned = models.JSONField(default=list)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_note = models.CharField(max_length=400, blank=True)
    made_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    privacy = Privacy(
        retention="institution",
        plain_fields=(
            "id",
            "ref",
            "partner",
            "offers",
            "purposes",
            "areas",
            "groups",
            "capacity",
            "starts_on",
            "ends_before",
            "warned",
            "ended_at",
            "end_note",
            "made_by",
            "made_at",
        ),
    )

    class Meta:
        ordering = ["ends_before", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_before__gt=F("starts_on")), name="agreement_ends_after_start"),
            models.CheckConstraint(condition=Q(capacity__gt=0), name="agreement_has_capacity"),
        ]

    def __str__(self) -> str:
        return self.ref


class PartnerReferral(models.Model):
    """A person was sent to a partner for one purpose, on their own yes. `shared`: the fields they agreed to show."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="+")
    agreement = models.ForeignKey(PartnerAgreement, on_delete=models.PROTECT, related_name="referrals")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=12, choices=choices(PartnerPurpose))
    shared = models.JSONField(default=list)
    note = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=10, choices=choices(PartnerReferralState), default=PartnerReferralState.SENT)
    ending = models.CharField(max_length=20, choices=choices(PartnerEnding), blank=True)
    ending_words = models.CharField(max_length=400, blank=True)
    result = models.CharField(max_length=20, choices=choices(PartnerResult), blank=True)
    made_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField()
    answer_due_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    first_contact_on = models.DateField(null=True, blank=True)
    attended = models.PositiveSmallIntegerField(default=0)
    missed = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    # The office has seen that the person came back, and looks for another way.
    seen_by_office_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="guidance_record",
        subject="jobseeker__person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=(
            "id",
            "ref",
            "jobseeker",
            "agreement",
            "office",
            "consent",
            "made_by",
            "answer_due_at",
            "seen_by_office_at",
        ),
        purpose=personal("sent to a partner for", keep),
        shared=personal("what the partner could see", empty_list),
        note=sensitive("note to the partner", blank),
        state=personal("state with the partner", keep),
        ending=personal("ending with the partner", keep),
        ending_words=sensitive("ending in words", blank),
        result=personal("result with the partner", keep),
        sent_at=personal("sent at", keep),
        accepted_at=personal("accepted at", keep),
        first_contact_on=personal("first contact on", nothing),
        attended=personal("times attended", keep),
        missed=personal("times missed", keep),
        ended_at=personal("ended at", keep),
    )

    class Meta:
        ordering = ["-sent_at", "-pk"]
        indexes = [
            models.Index(fields=["agreement", "state"]),
            models.Index(fields=["office", "state", "ended_at"]),
            models.Index(fields=["state", "answer_due_at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["jobseeker", "agreement", "purpose"],
                condition=Q(state__in=sorted(OPEN_STATES)),
                name="one_open_referral_to_a_partner",
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class PartnerReferralEvent(models.Model):
    """One step: what, on which day, by whom (a pseudonym)."""

    referral = models.ForeignKey(PartnerReferral, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=16, choices=choices(PartnerEventKind))
    at = models.DateTimeField()
    on = models.DateField()
    actor = models.CharField(max_length=80)
    label = models.CharField(max_length=120, blank=True)
    words = models.CharField(max_length=400, blank=True)

    privacy = Privacy(
        retention="guidance_record",
        subject="referral__jobseeker__person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=("id", "referral", "at", "actor", "label"),
        kind=personal("step with the partner", keep),
        on=personal("day of the step", keep),
        words=sensitive("step with the partner in words", blank),
    )

    class Meta:
        ordering = ["at", "pk"]
