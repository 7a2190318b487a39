"""Rows whose time is over: gone, or left without what points at anybody. Which and when is said by `Kept` lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q

from openpes.core.privacy import blank, keep, nothing, privacy_of

AT_ONCE = 500


class Then(StrEnum):
    """What happens to a row whose time is over."""

    GOES = "goes"  # the row is deleted, unless something that is still kept leans on it
    FORGETS = "forgets"  # the row stays for the figures; its personal fields go as erasure would have it


@dataclass(frozen=True)
class Kept:
    """How long the rows of one table (`app.Model`) are kept: `over(before)` are those whose time is over.

    `leaning` are further keys (`app.Model.field`) whose rows need this one as long as they are kept themselves.
    `also` are columns that point at people and are no declared personal field, with what they become.
    """

    table: str
    over: Callable[[datetime], Q]
    then: Then = Then.GOES
    leaning: tuple[str, ...] = ()
    also: Mapping[str, Any] = field(default_factory=dict)

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.table)


def end_rows(kept: Kept, *, before: datetime) -> int:
    """Do what has become due for one table. Returns the rows of that table that went or were emptied."""
    return _delete(kept, before) if kept.then == Then.GOES else _forget(kept, before)


def _delete(kept: Kept, before: datetime) -> int:
    found = kept.model._default_manager.filter(kept.over(before))
    for model, name in _leaning_on(kept):
        found = found.exclude(Exists(model._default_manager.filter(**{name: OuterRef("pk")})))
    gone = 0
    for keys in _pieces(list(found.order_by("pk").values_list("pk", flat=True).distinct())):
        with transaction.atomic():
            _rows, by_table = kept.model._default_manager.filter(pk__in=keys).delete()
            gone += by_table.get(kept.model._meta.label, 0)
    return gone


def _leaning_on(kept: Kept) -> Iterable[tuple[type[models.Model], str]]:
    """The keys that hold a row: those that the database would not let go, and those that the line names."""
    for relation in kept.model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.on_delete in (models.PROTECT, models.RESTRICT):
            yield relation.related_model, relation.field.name
    for path in kept.leaning:
        label, name = path.rsplit(".", 1)
        yield apps.get_model(label), name


def _forget(kept: Kept, before: datetime) -> int:
    declared = privacy_of(kept.model)
    changing = {name: one.erase for name, one in declared.fields.items() if one.erase is not keep} if declared else {}
    found = kept.model._default_manager.filter(kept.over(before)).filter(_still_says(changing, kept.also))
    emptied = 0
    for keys in _pieces(list(found.order_by("pk").values_list("pk", flat=True).distinct())):
        with transaction.atomic():
            changed = []
            for row in kept.model._default_manager.filter(pk__in=keys):
                after = {name: erase(getattr(row, name)) for name, erase in changing.items()} | dict(kept.also)
                if any(getattr(row, name) != value for name, value in after.items()):
                    for name, value in after.items():
                        setattr(row, name, value)
                    changed.append(row)
            if changed:
                kept.model._default_manager.bulk_update(changed, [*changing, *kept.also])
            emptied += len(changed)
    return emptied


def _still_says(changing: Mapping[str, Any], also: Mapping[str, Any]) -> Q:
    """Rows in which something is left to forget, as far as the database can tell; the rest is looked at row by row."""
    wanted = Q()
    for name, erase in changing.items():
        if erase is blank:
            wanted |= ~Q(**{name: ""})
        elif erase is nothing:
            wanted |= Q(**{f"{name}__isnull": False})
        else:
            return Q()
    for name, value in also.items():
        if value is not None:
            return Q()
        wanted |= Q(**{f"{name}__isnull": False})
    return wanted


def _pieces(keys: list[Any]) -> Iterable[list[Any]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
