"""Job fairs: where and when, which jobs, who signed up and came, who met whom, and offers made on the spot."""

from __future__ import annotations

from django.db import models

from openpes.core.ids import new_ref
from openpes.core.privacy import OnErase, Privacy, keep, personal
from openpes.fairs.states import FairState, SignedUpBy
from openpes.jobseekers.models import Jobseeker
from openpes.organisations.models import Office
from openpes.people.models import choices
from openpes.referrals.models import Referral
from openpes.vacancies.models import Vacancy


class Fair(models.Model):
    """One fair of one office. Each stand meets people for `slot_minutes` each."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    place = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    slot_minutes = models.PositiveSmallIntegerField(default=15)
    state = models.CharField(max_length=12, choices=choices(FairState), default=FairState.PLANNED)
    planned_at = models.DateTimeField()
    synthetic = models.BooleanField(default=False)

    privacy = Privacy(
        retention="referral_record",
        plain_fields=(
            "id",
            "ref",
            "office",
            "name",
            "place",
            "starts_at",
            "ends_at",
            "slot_minutes",
            "state",
            "planned_at",
            "synthetic",
        ),
    )

    class Meta:
        indexes = [models.Index(fields=["office", "starts_at"]), models.Index(fields=["ends_at"])]

    def __str__(self) -> str:
        return self.ref


class FairJob(models.Model):
    """A job that an employer brings to a fair."""

    fair = models.ForeignKey(Fair, on_delete=models.CASCADE, related_name="jobs")
    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="+")

    privacy = Privacy(retention="referral_record", plain_fields=("id", "fair", "vacancy"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fair", "vacancy"], name="one_stand_a_job")]


class FairVisit(models.Model):
    """Somebody who signed up. The code is shown at the door; it names nobody."""

    code = models.CharField(max_length=10, unique=True, default=new_ref)
    fair = models.ForeignKey(Fair, on_delete=models.CASCADE, related_name="visits")
    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="+")
    way = models.CharField(max_length=8, choices=choices(SignedUpBy))
    signed_up_at = models.DateTimeField()
    came_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="referral_record",
        subject="jobseeker__person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=("id", "code", "fair", "jobseeker", "way"),
        signed_up_at=personal("signed up at", keep),
        came_at=personal("came at", keep),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fair", "jobseeker"], name="signed_up_once")]


class FairMeeting(models.Model):
    """A time at a stand, taken by a visitor."""

    job = models.ForeignKey(FairJob, on_delete=models.CASCADE, related_name="meetings")
    visit = models.ForeignKey(FairVisit, on_delete=models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField()

    privacy = Privacy(
        retention="referral_record",
        subject="visit__jobseeker__person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=("id", "job", "visit"),
        starts_at=personal("time at a stand", keep),
    )

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["job", "starts_at"], name="one_visitor_a_time"),
            models.UniqueConstraint(fields=["job", "visit"], name="one_time_a_stand"),
            models.UniqueConstraint(fields=["visit", "starts_at"], name="one_stand_a_time"),
        ]


class FairOffer(models.Model):
    """A job offered on the spot. It counts as a hire only when the employer confirms its introduction."""

    job = models.ForeignKey(FairJob, on_delete=models.CASCADE, related_name="offers")
    visit = models.ForeignKey(FairVisit, on_delete=models.CASCADE, related_name="offers")
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="+")
    offered_at = models.DateTimeField()

    privacy = Privacy(
        retention="referral_record",
        subject="visit__jobseeker__person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=("id", "job", "visit", "referral"),
        offered_at=personal("offered at a fair at", keep),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "visit"], name="one_offer_a_stand")]
