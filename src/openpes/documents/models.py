"""A person's CV, who may see it by a link, and which papers for a first job they have already."""

from __future__ import annotations

from django.db import models

from openpes.core.ids import new_ref
from openpes.core.privacy import OnErase, Privacy, blank, keep, nothing, personal
from openpes.documents.states import EntryKind
from openpes.jobseekers.models import Jobseeker
from openpes.people.models import choices


class Cv(models.Model):
    """What a CV says beyond the registration, in the person's own words. No photo, no birth date, no sex: no column."""

    jobseeker = models.OneToOneField(Jobseeker, on_delete=models.CASCADE, related_name="+")
    about = models.CharField(max_length=600, blank=True)
    shows_phone = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    privacy = Privacy(
        retention="inactive_jobseeker",
        subject="jobseeker__person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "jobseeker"),
        about=personal("about me", blank),
        shows_phone=personal("phone stands in my CV", keep),
        changed_at=personal("changed at", keep),
    )


class CvEntry(models.Model):
    """One job or one school, in the order in which the person gave them."""

    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=choices(EntryKind))
    what = models.CharField(max_length=120)
    where = models.CharField(max_length=120, blank=True)
    from_year = models.PositiveSmallIntegerField(null=True, blank=True)
    to_year = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.CharField(max_length=300, blank=True)

    privacy = Privacy(
        retention="inactive_jobseeker",
        subject="jobseeker__person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "jobseeker", "position"),
        kind=personal("work or school", keep),
        what=personal("what", blank),
        where=personal("where", blank),
        from_year=personal("from", nothing),
        to_year=personal("until", nothing),
        words=personal("in own words", blank),
    )

    class Meta:
        verbose_name_plural = "CV entries"
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["jobseeker", "position"])]


class CvLink(models.Model):
    """A link that shows the CV until a day, or until the person takes it back. Who opens it is not known."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=12)
    second_language = models.CharField(max_length=12, blank=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    views = models.PositiveIntegerField(default=0)
    last_viewed_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="inactive_jobseeker",
        subject="jobseeker__person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "ref", "jobseeker", "language", "second_language"),
        made_at=personal("made at", keep),
        ends_at=personal("ends at", keep),
        revoked_at=personal("taken back at", keep),
        views=personal("times opened", keep),
        last_viewed_at=personal("last opened at", keep),
    )

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["jobseeker", "-made_at"])]

    def __str__(self) -> str:
        return self.ref


class PaperInHand(models.Model):
    """A paper of the country's kit for a first job that the person says they have."""

    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="+")
    paper = models.CharField(max_length=40)
    ticked_at = models.DateTimeField()

    privacy = Privacy(
        retention="inactive_jobseeker",
        subject="jobseeker__person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "jobseeker"),
        paper=personal("paper I have", blank),
        ticked_at=personal("ticked at", keep),
    )

    class Meta:
        verbose_name_plural = "papers in hand"
        constraints = [models.UniqueConstraint(fields=["jobseeker", "paper"], name="one_tick_a_paper")]
