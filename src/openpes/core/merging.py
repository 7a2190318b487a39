"""Two records of one human being: rows go over from one to the other, and back again without loss.

Each room that points at people says in its `merging.py` which keys go over (`MOVES`) and which stay (`STAYS`, with the
reason); a journey calls the rooms in river order and keeps what they return, which is the way back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, models, transaction

Key = tuple[type[models.Model], str]
Moved = dict[str, list[int]]


@dataclass(frozen=True)
class Side:
    """One of the two records: the person, and their registration where there is one."""

    person_id: int
    jobseeker_id: int | None

    def id_for(self, key: Key) -> int | None:
        """The value of a key of this side: the person's, or the registration's."""
        model, name = key
        target = model._meta.get_field(name).related_model
        is_person = isinstance(target, type) and target._meta.label == "people.Person"
        return self.person_id if is_person else self.jobseeker_id


def name_of(key: Key) -> str:
    """A key as it is written down."""
    return f"{key[0]._meta.label}.{key[1]}"


def move_rows(keys: Sequence[Key], *, gone: Side, kept: Side) -> Moved:
    """Point rows of one side at the other. A row that the table does not allow twice stays where it is.

    Returns the keys of the rows that went over, by table and key. Inside the journey's transaction.
    """
    moved: Moved = {}
    for key in keys:
        model, name = key
        source, target = gone.id_for(key), kept.id_for(key)
        if source is None or target is None:
            continue
        for pk in list(model._base_manager.filter(**{name: source}).order_by("pk").values_list("pk", flat=True)):
            try:
                with transaction.atomic():
                    model._base_manager.filter(pk=pk).update(**{f"{name}_id": target})
            except IntegrityError:
                continue
            moved.setdefault(name_of(key), []).append(pk)
    return moved


def give_back(keys: Sequence[Key], moved: Mapping[str, Sequence[int]], *, gone: Side) -> None:
    """Point the rows that went over back at where they came from. What was added since stays with the kept record."""
    for key in keys:
        model, name = key
        rows = model._base_manager.filter(pk__in=list(moved.get(name_of(key), ())))
        rows.update(**{f"{name}_id": gone.id_for(key)})
