"""What points at a row: asked before something is removed, whatever rooms have been added since."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models


def keys_to(model: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """(table, name of its key) for every key of every table that points at rows of a model."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ForeignObjectRel) and isinstance(relation.field, models.ForeignKey):
            yield relation.field.model, relation.field.name


def tables_pointing_at(row: models.Model, *, apart_from: frozenset[str] = frozenset()) -> list[str]:
    """Labels of the tables that hold a row pointing at this one, sorted; `apart_from` are labels that do not count."""
    found = set()
    for table, key in keys_to(type(row)):
        label = table._meta.label
        if label not in apart_from and table._default_manager.filter(**{key: row.pk}).exists():
            found.add(label)
    return sorted(found)
