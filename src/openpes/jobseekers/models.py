"""Registrations: what a person looks for and brings. Who the person is lies in the people room."""

from __future__ import annotations

from django.db import models

from openpes.core.ids import new_ref
from openpes.core.money import PayPeriod
from openpes.core.privacy import OnErase, Privacy, blank, empty_list, keep, nothing, personal
from openpes.jobseekers.states import Channel, JobseekerState, WorkStatus
from openpes.organisations.models import Office
from openpes.people.models import Account, Person, choices
from openpes.reference.shifts import ANY_SHIFT


class Jobseeker(models.Model):
    """One registration of one person. Skills, languages and licences are lists of reference ids."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    counsellor = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=24, choices=choices(JobseekerState), default=JobseekerState.ACTIVE)
    channel = models.CharField(max_length=10, choices=choices(Channel))
    registered_at = models.DateTimeField()
    last_confirmed_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    area_code = models.CharField(max_length=20)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    max_km = models.PositiveSmallIntegerField(null=True, blank=True)
    education_level = models.PositiveSmallIntegerField(null=True, blank=True)
    work_status = models.CharField(max_length=20, choices=choices(WorkStatus), default=WorkStatus.NOT_SAID)
    experience_months = models.PositiveSmallIntegerField(null=True, blank=True)
    min_pay_amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    min_pay_currency = models.CharField(max_length=3, blank=True)
    min_pay_period = models.CharField(max_length=5, choices=choices(PayPeriod), default=PayPeriod.MONTH)
    shifts = models.PositiveIntegerField(default=ANY_SHIFT)
    skill_ids = models.JSONField(default=list, blank=True)
    skills_confirmed_at = models.DateTimeField(null=True, blank=True)
    # None is "not asked yet", which excludes nobody; an empty list is "has none".
    language_codes = models.JSONField(null=True, blank=True)
    licence_ids = models.JSONField(null=True, blank=True)
    changed_at = models.DateTimeField()

    privacy = Privacy(
        retention="inactive_jobseeker",
        subject="person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=("id", "ref", "person", "office", "counsellor", "changed_at"),
        state=personal("registration state", keep),
        channel=personal("registered by", keep),
        registered_at=personal("registered at", keep),
        last_confirmed_at=personal("last confirmed at", keep),
        left_at=personal("left at", keep),
        area_code=personal("area", keep),
        latitude=personal("latitude of area", nothing),
        longitude=personal("longitude of area", nothing),
        max_km=personal("how far (km)", nothing),
        education_level=personal("education (ISCED)", keep),
        work_status=personal("what I do now", keep),
        experience_months=personal("experience in months", nothing),
        min_pay_amount=personal("lowest pay", nothing),
        min_pay_currency=personal("currency", blank),
        min_pay_period=personal("pay period", keep),
        shifts=personal("times of work", lambda _value: ANY_SHIFT),
        skill_ids=personal("skills", empty_list),
        skills_confirmed_at=personal("skills confirmed at", keep),
        language_codes=personal("languages", nothing),
        licence_ids=personal("licences", nothing),
    )

    class Meta:
        indexes = [
            models.Index(fields=["office", "state"]),
            models.Index(fields=["state", "registered_at"]),
        ]

    def __str__(self) -> str:
        return self.ref


class WantedOccupation(models.Model):
    """One of up to three occupations a person wants, the most wanted first, with their own words for it."""

    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="wanted")
    position = models.PositiveSmallIntegerField()
    isco = models.CharField(max_length=4, db_index=True)
    words = models.CharField(max_length=120, blank=True)

    privacy = Privacy(
        retention="inactive_jobseeker",
        subject="jobseeker__person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=("id", "jobseeker", "position"),
        isco=personal("work wanted (ISCO-08)", keep),
        words=personal("work wanted, in own words", blank),
    )

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["jobseeker", "position"], name="one_occupation_a_place")]


class JobseekerMove(models.Model):
    """A registration entered a state at an instant. Stocks of past days are counted from these, never guessed."""

    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="moves")
    state = models.CharField(max_length=24, choices=choices(JobseekerState))
    at = models.DateTimeField()

    privacy = Privacy(
        retention="inactive_jobseeker",
        subject="jobseeker__person",
        on_erase=OnErase.KEEP,
        plain_fields=("id", "jobseeker"),
        state=personal("state entered", keep),
        at=personal("entered at", keep),
    )

    class Meta:
        indexes = [models.Index(fields=["jobseeker", "-at"]), models.Index(fields=["at"])]


class PaperForm(models.Model):
    """A registration that was written on paper first. The number of the paper is keyed in once and no more."""

    number = models.CharField(max_length=9, unique=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    jobseeker = models.ForeignKey(Jobseeker, null=True, blank=True, on_delete=models.SET_NULL, related_name="papers")
    held_on = models.DateField()
    entered_at = models.DateTimeField()
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    privacy = Privacy(
        retention="inactive_jobseeker",
        subject="jobseeker__person",
        on_erase=OnErase.KEEP,
        plain_fields=("id", "number", "office", "jobseeker", "entered_at", "account"),
        held_on=personal("written on paper on", keep),
    )


class JobseekerCard(models.Model):
    """The card of a registration. Its number is the registration's; renewing makes it valid for longer."""

    jobseeker = models.OneToOneField(Jobseeker, on_delete=models.CASCADE, related_name="+")
    issued_at = models.DateTimeField()
    renewed_at = models.DateTimeField()
    valid_before = models.DateField()

    privacy = Privacy(
        retention="inactive_jobseeker",
        subject="jobseeker__person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "jobseeker"),
        issued_at=personal("card made at", keep),
        renewed_at=personal("card renewed at", keep),
        valid_before=personal("card valid before", keep),
    )


class SavedSearch(models.Model):
    """A search for jobs that somebody keeps. The kinds of work are those that the words meant when it was kept."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="searches")
    text = models.CharField(max_length=80, blank=True)
    iscos = models.JSONField(default=list, blank=True)
    area_code = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=16, blank=True)
    kept_at = models.DateTimeField()

    privacy = Privacy(
        retention="inactive_jobseeker",
        subject="jobseeker__person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "ref", "jobseeker"),
        text=personal("words looked for", blank),
        iscos=personal("kinds of work looked for (ISCO-08 list)", empty_list),
        area_code=personal("area looked in", blank),
        kind=personal("kind of opportunity", blank),
        kept_at=personal("kept at", keep),
    )

    class Meta:
        verbose_name_plural = "saved searches"
        ordering = ["kept_at", "pk"]


class JobAlert(models.Model):
    """When somebody wants to hear of new jobs that their searches find: one day of the week, one hour, local time."""

    jobseeker = models.OneToOneField(Jobseeker, on_delete=models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    hour = models.PositiveSmallIntegerField()
    looked_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="inactive_jobseeker",
        subject="jobseeker__person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "jobseeker"),
        weekday=personal("weekday of news of jobs (0 is Monday)", keep),
        hour=personal("hour of news of jobs", keep),
        looked_at=personal("looked for jobs at", keep),
        told_at=personal("told of jobs at", keep),
    )

    class Meta:
        indexes = [models.Index(fields=["weekday", "hour"])]
