"""Old lists that an office brought in: the file, its rows as they stood, and what became of each row."""

from __future__ import annotations

from typing import Any

from django.db import models

from openpes.core.ids import new_ref
from openpes.core.privacy import OnErase, Privacy, blank, empty_list, personal
from openpes.imports.states import BatchState, Choice, ListKind, RowState
from openpes.jobseekers.models import Jobseeker
from openpes.organisations.models import Employer, Office
from openpes.people.models import Account, Person, choices
from openpes.vacancies.models import Vacancy


def no_cells(value: Any) -> dict[str, Any]:
    """Nothing of what a row said."""
    return {}


class ImportBatch(models.Model):
    """One uploaded file: where it came from, how its columns were read, how far it has come."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    kind = models.CharField(max_length=10, choices=choices(ListKind))
    state = models.CharField(max_length=10, choices=choices(BatchState), default=BatchState.MAPPING)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    language = models.CharField(max_length=12)
    header = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    rows_total = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    privacy = Privacy(
        retention="imported_list",
        plain_fields=(
            "id",
            "ref",
            "kind",
            "state",
            "office",
            "account",
            "file_name",
            "sha256",
            "language",
            "header",
            "columns",
            "rows_total",
            "made_at",
            "changed_at",
        ),
    )

    class Meta:
        indexes = [models.Index(fields=["office", "-made_at"])]

    def __str__(self) -> str:
        return self.ref


class ImportRow(models.Model):
    """One row of a file. What it made or changed is named here: the provenance of the record, and the way back."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=choices(RowState), default=RowState.WAITING)
    choice = models.CharField(max_length=10, choices=choices(Choice), blank=True)
    cells = models.JSONField(default=dict)
    mended = models.JSONField(default=dict)
    clean = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    doubts = models.JSONField(default=list)
    before = models.JSONField(default=dict)
    print_of_cells = models.CharField(max_length=64, blank=True, db_index=True)
    print_of_clean = models.CharField(max_length=64, blank=True, db_index=True)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    jobseeker = models.ForeignKey(Jobseeker, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    employer = models.ForeignKey(Employer, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    vacancy = models.ForeignKey(Vacancy, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()

    privacy = Privacy(
        retention="imported_list",
        subject="person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=(
            "id",
            "batch",
            "line",
            "state",
            "choice",
            "person",
            "jobseeker",
            "employer",
            "vacancy",
            "changed_at",
        ),
        cells=personal("row of an old list", no_cells),
        mended=personal("row as mended", no_cells),
        clean=personal("row as read", no_cells),
        problems=personal("what was wrong with the row", empty_list),
        doubts=personal("what was doubtful in the row", empty_list),
        before=personal("what the row replaced", no_cells),
        print_of_cells=personal("mark of the row", blank),
        print_of_clean=personal("mark of the row as read", blank),
    )

    class Meta:
        ordering = ["line"]
        constraints = [models.UniqueConstraint(fields=["batch", "line"], name="import_line_once")]
        indexes = [models.Index(fields=["batch", "state", "line"])]


class ColumnMemory(models.Model):
    """How an office read a header the last time, so that nobody says it twice."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=choices(ListKind))
    header_key = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    privacy = Privacy(
        retention="institution", plain_fields=("id", "office", "kind", "header_key", "columns", "saved_at")
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "kind", "header_key"], name="header_once_per_office")]
