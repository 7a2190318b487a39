"""What each stored field is, how long it lives, what the person's export calls it and what erasure leaves of it.

Every model of every room carries `privacy = Privacy(...)`; a house test fails when a field is missing, and the
person's download and erasure are computed from these declarations, so that they cannot drift from the tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import models


class PrivacyClass(StrEnum):
    """How closely a value touches a person."""

    NONE = "none"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


class OnErase(StrEnum):
    """What happens to a person's rows of a table when the person is erased."""

    KEEP = "keep"  # rows without a person
    ANONYMISE = "anonymise"  # the row stays for the figures, its personal fields go
    DELETE = "delete"


Eraser = Callable[[Any], Any]


def keep(value: Any) -> Any:
    """Leave as it is: the value alone points at nobody."""
    return value


def blank(value: Any) -> str:
    """An empty text."""
    return ""


def nothing(value: Any) -> None:
    """No value."""
    return None


def empty_list(value: Any) -> list[Any]:
    """An empty list."""
    return []


def year_only(value: date | None) -> date | None:
    """Keep the year of a date, for age bands in past figures; forget day and month."""
    return None if value is None else value.replace(month=1, day=1)


@dataclass(frozen=True)
class Declared:
    """The declaration of one field."""

    privacy_class: PrivacyClass
    export: str = ""
    erase: Eraser = keep


def plain(*, export: str = "") -> Declared:
    """A value that says nothing about a person; still exported under a name where that helps the person."""
    return Declared(PrivacyClass.NONE, export)


def personal(export: str, erase: Eraser) -> Declared:
    """A value about a person."""
    return Declared(PrivacyClass.PERSONAL, export, erase)


def sensitive(export: str, erase: Eraser) -> Declared:
    """A value about a person that can hurt when it leaks (health, documents, complaints)."""
    return Declared(PrivacyClass.SENSITIVE, export, erase)


class Privacy:
    """The declarations of one model.

    `retention` names a clock of the country's policy (`retention.<name>_months`). `subject` is the query
    path from a row to the person it is about ("" when it is about nobody). `plain_fields` are the fields without
    personal meaning.
    """

    def __init__(
        self,
        *,
        retention: str,
        subject: str = "",
        on_erase: OnErase = OnErase.KEEP,
        plain_fields: Iterable[str] = (),
        **fields: Declared,
    ) -> None:
        if (
            not subject
            and any(d.privacy_class != PrivacyClass.NONE for d in fields.values())
            and on_erase != OnErase.KEEP
        ):
            raise ValueError("A table with personal fields that erasure reaches must say where its subject is.")
        self.retention = retention
        self.subject = subject
        self.on_erase = on_erase
        self.fields: dict[str, Declared] = {name: plain() for name in plain_fields} | fields


def privacy_of(model: type[models.Model]) -> Privacy | None:
    """The declaration a model carries itself, or None."""
    return model.__dict__.get("privacy")


def export_rows(model: type[models.Model], person_id: int) -> list[dict[str, Any]]:
    """All rows of a table about a person, under their export names, for the person's own download."""
    declared = privacy_of(model)
    if declared is None or not declared.subject:
        return []
    names = {name: field.export for name, field in declared.fields.items() if field.export}
    rows = model._default_manager.filter(**{declared.subject: person_id}).order_by("pk").values(*names)
    return [{names[name]: value for name, value in row.items()} for row in rows]


def erase_rows(model: type[models.Model], person_id: int) -> int:
    """Erase a person from one table as declared; returns how many rows were touched. Call inside a transaction."""
    declared = privacy_of(model)
    if declared is None or not declared.subject or declared.on_erase == OnErase.KEEP:
        return 0
    rows = model._default_manager.filter(**{declared.subject: person_id})
    if declared.on_erase == OnErase.DELETE:
        return rows.delete()[0]
    changing = [name for name, field in declared.fields.items() if field.erase is not keep]
    found = list(rows)
    for row in found:
        for name in changing:
            setattr(row, name, declared.fields[name].erase(getattr(row, name)))
    if found and changing:
        model._default_manager.bulk_update(found, changing, batch_size=500)
    return len(found)
