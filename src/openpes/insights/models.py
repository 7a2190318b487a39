"""Frozen months: pseudonymised rows that erasure still reaches, counts and figures that nothing changes any more."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from openpes.core.ids import new_ref
from openpes.core.privacy import Privacy, blank, keep, nothing, personal
from openpes.insights.states import FreezeState, Source
from openpes.organisations.models import Office
from openpes.people.models import Account, choices


class Frozen(Exception):
    """Somebody tried to change what a freeze keeps."""


class Freeze(models.Model):
    """A month as the register stood at one instant. A second freeze of a month is its revision."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    month = models.CharField(max_length=7)
    number = models.PositiveSmallIntegerField()
    stock_at = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=choices(FreezeState), default=FreezeState.MADE)
    note = models.CharField(max_length=400, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    pack_hash = models.CharField(max_length=64)
    # SHA-256 over all counts and figures: whoever holds a published file can tell that nothing was changed since.
    digest = models.CharField(max_length=64, blank=True)
    synthetic = models.BooleanField(default=False)

    privacy = Privacy(
        retention="statistics",
        plain_fields=(
            "id",
            "ref",
            "month",
            "number",
            "stock_at",
            "made_at",
            "made_by",
            "state",
            "note",
            "published_at",
            "published_by",
            "pack_hash",
            "digest",
            "synthetic",
        ),
    )

    class Meta:
        ordering = ["-month", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["month", "number"], name="one_number_a_freeze_of_a_month"),
            models.UniqueConstraint(
                fields=["month"], condition=Q(state="published"), name="one_published_freeze_a_month"
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class FrozenPerson(models.Model):
    """What the tables of a freeze need of one person, under the pseudonym of the logs; erasure deletes the row."""

    freeze = models.ForeignKey(Freeze, on_delete=models.CASCADE, related_name="people")
    pseudonym = models.CharField(max_length=32)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    area_code = models.CharField(max_length=20)
    sex = models.CharField(max_length=10)
    age_band = models.CharField(max_length=10)
    education_level = models.SmallIntegerField(null=True, blank=True)
    duration_band = models.CharField(max_length=6)
    isco = models.CharField(max_length=4, blank=True)
    was_active = models.BooleanField()
    is_active = models.BooleanField()
    is_new = models.BooleanField()
    state_then = models.CharField(max_length=24)

    privacy = Privacy(
        retention="statistics",
        # Reached by its pseudonym (`operations.forget_pseudonyms`): a key to the person would undo it.
        subject="",
        plain_fields=("id", "freeze", "office"),
        pseudonym=personal("", blank),
        area_code=personal("", keep),
        sex=personal("", keep),
        age_band=personal("", keep),
        education_level=personal("", nothing),
        duration_band=personal("", keep),
        isco=personal("", keep),
        was_active=personal("", keep),
        is_active=personal("", keep),
        is_new=personal("", keep),
        state_then=personal("", keep),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["freeze", "pseudonym"], name="a_person_once_in_a_freeze")]
        indexes = [models.Index(fields=["pseudonym"])]


class NeverChanged(models.Model):
    """A row that is written once, with its freeze, and never again."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refused: rows come in bulk from the freeze that they belong to."""
        raise Frozen("What a freeze keeps is never changed. Make a new freeze of the month; it is its revision.")

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused, as `save`."""
        raise Frozen("What a freeze keeps is never taken away. Make a new freeze of the month; it is its revision.")


class FrozenCount(NeverChanged):
    """One true count of one table. `key`: a code for each dimension of the table, joined by "|"."""

    freeze = models.ForeignKey(Freeze, on_delete=models.CASCADE, related_name="counts")
    table = models.CharField(max_length=30)
    key = models.CharField(max_length=80)
    n = models.BigIntegerField()

    privacy = Privacy(retention="statistics", plain_fields=("id", "freeze", "table", "key", "n"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["freeze", "table", "key"], name="a_count_once_in_a_table")]


class FrozenFigure(NeverChanged):
    """One indicator of a freeze for one place ("" the country, "A:code" an area, "O:code" an office)."""

    freeze = models.ForeignKey(Freeze, on_delete=models.CASCADE, related_name="figures")
    indicator = models.CharField(max_length=40)
    version = models.CharField(max_length=10)
    place = models.CharField(max_length=30, blank=True)
    value = models.FloatField(null=True, blank=True)
    lower = models.FloatField(null=True, blank=True)
    upper = models.FloatField(null=True, blank=True)
    numerator = models.BigIntegerField(null=True, blank=True)
    n = models.BigIntegerField(null=True, blank=True)
    status = models.CharField(max_length=1)

    privacy = Privacy(
        retention="statistics",
        plain_fields=(
            "id",
            "freeze",
            "indicator",
            "version",
            "place",
            "value",
            "lower",
            "upper",
            "numerator",
            "n",
            "status",
        ),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["freeze", "indicator", "place"], name="a_figure_once_in_a_freeze")
        ]
        indexes = [models.Index(fields=["indicator", "place"])]


class OutsideFigure(models.Model):
    """A figure that others publish or a survey gives: aggregates only, with where they were read from."""

    area = models.CharField(max_length=20)
    indicator = models.CharField(max_length=60)
    period = models.CharField(max_length=10)
    sex = models.CharField(max_length=20, default="SEX_T")
    age = models.CharField(max_length=40, default="AGE_AGGREGATE_TOTAL")
    value = models.FloatField(null=True, blank=True)
    error = models.FloatField(null=True, blank=True)
    lower = models.FloatField(null=True, blank=True)
    upper = models.FloatField(null=True, blank=True)
    n = models.BigIntegerField(null=True, blank=True)
    status = models.CharField(max_length=1, default="A")
    standard = models.CharField(max_length=12, blank=True)
    source_kind = models.CharField(max_length=20, choices=choices(Source))
    source = models.CharField(max_length=200)
    read_at = models.DateTimeField()

    privacy = Privacy(
        retention="statistics",
        plain_fields=(
            "id",
            "area",
            "indicator",
            "period",
            "sex",
            "age",
            "value",
            "error",
            "lower",
            "upper",
            "n",
            "status",
            "standard",
            "source_kind",
            "source",
            "read_at",
        ),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "indicator", "period", "sex", "age", "source"], name="an_outside_figure_once"
            )
        ]
        indexes = [models.Index(fields=["indicator", "area", "period"])]


class CodedTitle(models.Model):
    """Own words for work, coded for the statistics by one person, and by a second where it is drawn for a check.

    It changes what later freezes count, never what the person said.
    """

    words = models.CharField(max_length=120)
    code_given = models.CharField(max_length=4)
    classification = models.CharField(max_length=20, default="ISCO-08")
    people = models.PositiveIntegerField()
    first_code = models.CharField(max_length=4)
    first_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    first_at = models.DateTimeField()
    drawn = models.BooleanField(default=False)
    second_code = models.CharField(max_length=4, blank=True)
    second_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    second_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="statistics",
        plain_fields=(
            "id",
            "words",
            "code_given",
            "classification",
            "people",
            "first_code",
            "first_by",
            "first_at",
            "drawn",
            "second_code",
            "second_by",
            "second_at",
        ),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["words", "code_given"], name="a_title_coded_once")]

    @property
    def settled(self) -> str:
        """The code that counts: the first's, unless a second disagrees; then "" until they have talked."""
        return "" if self.second_code and self.second_code != self.first_code else self.first_code


class SavedQuery(models.Model):
    """A question to a frozen month with its answer, at an address that can be cited."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    freeze = models.ForeignKey(Freeze, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=200)
    basis = models.CharField(max_length=12)
    chosen = models.JSONField(default=dict)
    shown = models.BigIntegerField(null=True, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    privacy = Privacy(
        retention="statistics",
        plain_fields=("id", "ref", "freeze", "question", "basis", "chosen", "shown", "asked_at", "asked_by"),
    )

    class Meta:
        ordering = ["-asked_at", "-pk"]
