"""Papers that services give each other, the keys that sign them, what was tried, and what-ifs on frozen months."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from openpes.core.ids import new_ref
from openpes.core.privacy import Privacy
from openpes.exchange.papers import Kind
from openpes.exchange.states import EntryKind
from openpes.insights.models import Freeze
from openpes.people.models import Account, choices
from openpes.programmes.models import Programme


class KnownKey(models.Model):
    """A key that signed something taken in here. Known from first use; `compared_at`: read out by telephone."""

    key = models.CharField(max_length=60, unique=True)
    fingerprint = models.CharField(max_length=60)
    signer = models.CharField(max_length=200)
    first_seen_at = models.DateTimeField()
    compared_at = models.DateTimeField(null=True, blank=True)
    compared_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    privacy = Privacy(
        retention="programme_record",
        plain_fields=("id", "key", "fingerprint", "signer", "first_seen_at", "compared_at", "compared_by"),
    )

    class Meta:
        ordering = ["signer", "pk"]

    def __str__(self) -> str:
        return self.fingerprint


class HeldPaper(models.Model):
    """A signed paper that is kept: our own (`own`), or one that was taken in. It is never changed.

    `subject`: the id of the card that it is or speaks of; of a data set the country. `number`: version of a card, of
    a data set its month as YYYYMM, of a log 0. `key` None: a card of the gallery, which nobody signed.
    """

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    kind = models.CharField(max_length=20, choices=choices(Kind))
    subject = models.CharField(max_length=40)
    number = models.PositiveIntegerField(default=0)
    country = models.CharField(max_length=2)
    title = models.CharField(max_length=200)
    signer = models.CharField(max_length=200)
    key = models.ForeignKey(KnownKey, null=True, blank=True, on_delete=models.PROTECT, related_name="papers")
    digest = models.CharField(max_length=64, unique=True)
    body = models.JSONField()
    text = models.TextField()
    own = models.BooleanField(default=False)
    held_at = models.DateTimeField()
    held_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    privacy = Privacy(
        retention="programme_record",
        plain_fields=(
            "id", "ref", "kind", "subject", "number", "country", "title", "signer", "key", "digest", "body", "text",
            "own", "held_at", "held_by",
        ),
    )  # fmt: skip

    class Meta:
        ordering = ["-held_at", "-pk"]
        indexes = [models.Index(fields=["kind", "subject"])]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "number"],
                condition=Q(kind=Kind.CARD, own=True),
                name="one_own_card_a_version",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Adoption(models.Model):
    """A card that is tried here, as a programme. Its log goes back to whoever wrote the card."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    card = models.OneToOneField(HeldPaper, on_delete=models.PROTECT, related_name="adoption")
    programme = models.OneToOneField(Programme, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    privacy = Privacy(
        retention="programme_record", plain_fields=("id", "ref", "card", "programme", "started_at", "started_by")
    )

    class Meta:
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return self.ref


class LogEntry(models.Model):
    """One line of an adaptation log: what was changed and why, or a result with its grade. About no single person."""

    adoption = models.ForeignKey(Adoption, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=10, choices=choices(EntryKind))
    what = models.CharField(max_length=1000)
    why = models.CharField(max_length=1000, blank=True)
    indicator = models.CharField(max_length=40, blank=True)
    version = models.CharField(max_length=10, blank=True)
    value = models.FloatField(null=True, blank=True)
    n = models.PositiveIntegerField(null=True, blank=True)
    period = models.CharField(max_length=40, blank=True)
    grade = models.CharField(max_length=1, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    privacy = Privacy(
        retention="programme_record",
        plain_fields=(
            "id", "adoption", "kind", "what", "why", "indicator", "version", "value", "n", "period", "grade",
            "at", "by",
        ),
    )  # fmt: skip

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.what[:60]


class WhatIf(models.Model):
    """A change of policy tried on a frozen month: the change, what was assumed, and protected counts. Never changed."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    freeze = models.ForeignKey(Freeze, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    change = models.JSONField()
    assumptions = models.JSONField(default=list)
    result = models.JSONField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    privacy = Privacy(
        retention="statistics",
        plain_fields=("id", "ref", "freeze", "title", "change", "assumptions", "result", "asked_at", "asked_by"),
    )

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return self.title
