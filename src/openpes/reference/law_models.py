"""What officers did to the law in force: lines that are only ever added."""

from __future__ import annotations

import hashlib
from typing import Any, NoReturn

from django.db import models
from django.db.models import Q

from openpes.core.ids import new_ref
from openpes.core.privacy import Privacy, keep, personal
from openpes.reference.rules import LawAct


class AppendOnlyRows(models.QuerySet[Any]):
    """Rows may be added, never changed or taken away: a correction is another row."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("These rows are only added to. Write another row.")

    def delete(self) -> NoReturn:
        raise TypeError("These rows are only added to. Write another row.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("These rows are only added to. Write another row.")


class AppendOnly(models.Model):
    """A row that is written once."""

    objects = AppendOnlyRows.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("This row is written once. Write another row.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("This row stays. Write another row.")


class LawEntry(AppendOnly):
    """One act of a named officer on one value. What needs a second officer counts only once that one agreed.

    `on` is the day the act speaks about, for a replacement its first day; `before` the first day a waiver no longer
    holds; `seen` the fingerprint of the value that was signed; `value_text` the new value as a pack would write it.
    """

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    country = models.CharField(max_length=2)
    key = models.CharField(max_length=120, db_index=True)
    act = models.CharField(max_length=10, choices=[(one.value, one.value) for one in LawAct])
    on = models.DateField()
    before = models.DateField(null=True, blank=True)
    value_text = models.TextField(blank=True)
    instrument = models.CharField(max_length=300, blank=True)
    article = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=500, blank=True)
    read_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True, max_length=2000)
    seen = models.CharField(max_length=32, blank=True)
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    needs_second = models.BooleanField()
    signed_on = models.DateField()
    pack_hash = models.CharField(max_length=64)
    officer_key = models.CharField(max_length=80)
    officer_name = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    # The officer's name stays: a law that nobody signed could not be relied on.
    privacy = Privacy(
        retention="institution",
        plain_fields=(
            "id",
            "ref",
            "country",
            "key",
            "act",
            "on",
            "before",
            "value_text",
            "instrument",
            "article",
            "url",
            "read_on",
            "note",
            "seen",
            "supersedes",
            "needs_second",
            "signed_on",
            "pack_hash",
            "officer_key",
            "made_at",
        ),
        officer_name=personal("", keep),
    )

    class Meta:
        indexes = [models.Index(fields=["country", "key"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(act=LawAct.WITHDRAW.value) | Q(supersedes__isnull=False), name="withdrawal_names_an_entry"
            )
        ]

    def __str__(self) -> str:
        return self.ref

    def fingerprint(self) -> str:
        """Hash of everything that was signed; the change log holds it, so that an altered row shows."""
        told = [
            getattr(self, field.attname)
            for field in self._meta.concrete_fields
            if field.name not in {"id", "made_at", "supersedes"}
        ]
        told.append(self.supersedes.ref if self.supersedes else "")
        return hashlib.sha256(repr([str(one) for one in told]).encode()).hexdigest()


class LawAnswer(AppendOnly):
    """What the second officer said to an entry."""

    entry = models.OneToOneField(LawEntry, on_delete=models.PROTECT, related_name="answer")
    agreed = models.BooleanField()
    note = models.TextField(blank=True, max_length=2000)
    officer_key = models.CharField(max_length=80)
    officer_name = models.CharField(max_length=120)
    answered_at = models.DateTimeField()

    privacy = Privacy(
        retention="institution",
        plain_fields=("id", "entry", "agreed", "note", "officer_key", "answered_at"),
        officer_name=personal("", keep),
    )

    def fingerprint(self) -> str:
        """Hash of the answer, for the change log."""
        told = [self.entry.ref, str(self.agreed), self.note, self.officer_key, self.officer_name]
        return hashlib.sha256(repr(told).encode()).hexdigest()


class ServiceMode(AppendOnly):
    """The service went live, or back to being prepared. The newest row counts; without any it is not live."""

    live = models.BooleanField()
    note = models.TextField(blank=True, max_length=2000)
    pack_hash = models.CharField(max_length=64)
    officer_key = models.CharField(max_length=80)
    officer_name = models.CharField(max_length=120)
    since = models.DateTimeField()

    privacy = Privacy(
        retention="institution",
        plain_fields=("id", "live", "note", "pack_hash", "officer_key", "since"),
        officer_name=personal("", keep),
    )
