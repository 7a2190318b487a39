"""Circumstances: what stands in somebody's way, what they need at work, to which groups they say they belong.

All of it is sensitive and rests on the person's own word and consent. The room stands above `matching`, so that the
ranker cannot import it.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from openpes.circumstances.states import Accommodation, BarrierKind, GivenHow, Severity, UsedFor
from openpes.core.ids import new_ref
from openpes.core.privacy import OnErase, Privacy, blank, keep, nothing, personal, sensitive
from openpes.people.models import Account, Person, choices


class Agreement(models.Model):
    """The person agreed that their circumstances are used for one purpose, until they take it back."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=12, choices=choices(UsedFor))
    way = models.CharField(max_length=12, choices=choices(GivenHow))
    language = models.CharField(max_length=12)
    version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    given_to = models.CharField(max_length=80)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="consent_record",
        subject="person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "person", "given_to"),
        purpose=personal("circumstances may be used for", keep),
        way=personal("how agreed", keep),
        language=personal("text language", keep),
        version=personal("text version", keep),
        given_at=personal("agreed at", keep),
        withdrawn_at=personal("withdrawn at", keep),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"], condition=Q(withdrawn_at=None), name="one_live_agreement_a_purpose"
            )
        ]


class Barrier(models.Model):
    """Something that stands in the way, its weight in words, and what would help."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=choices(BarrierKind))
    severity = models.CharField(max_length=8, choices=choices(Severity))
    words = models.CharField(max_length=400, blank=True)
    would_help = models.CharField(max_length=400, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="circumstances",
        subject="person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "ref", "person", "noted_by"),
        kind=sensitive("what stands in my way", blank),
        severity=sensitive("how much", blank),
        words=sensitive("in words", blank),
        would_help=sensitive("what would help", blank),
        noted_at=personal("noted at", keep),
        ended_at=personal("ended at", nothing),
    )

    class Meta:
        ordering = ["noted_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(ended_at=None), name="one_open_barrier_of_a_kind"
            )
        ]

    def __str__(self) -> str:
        return self.ref


class Need(models.Model):
    """Something that somebody needs at a place of work."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=choices(Accommodation))
    words = models.CharField(max_length=400, blank=True)
    noted_at = models.DateTimeField()

    privacy = Privacy(
        retention="circumstances",
        subject="person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "person"),
        kind=sensitive("what I need at work", blank),
        words=sensitive("need in words", blank),
        noted_at=personal("noted at", keep),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_need_of_a_kind")]


class GroupMembership(models.Model):
    """The person says that they belong to a group which the country's pack names."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=60)
    said_at = models.DateTimeField()

    privacy = Privacy(
        retention="circumstances",
        subject="person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "person"),
        code=sensitive("group I belong to", blank),
        said_at=personal("said at", keep),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "code"], name="one_membership_a_group")]
