"""Import tools do not see a foreign key named by a string, so every key is held against the river here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from openpes.config.apps_list import ROOMS
from tests.house.source import SOURCE

# Neighbours on one floor: they may not point at each other although one comes before the other in the list.
SAME_FLOOR = {frozenset({"jobseekers", "vacancies"})}
# Tables of Django that any room may point at.
LIBRARIES = {"contenttypes", "auth", "sessions"}


def keys() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Every key (to one, to many) of every table of ours."""
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("openpes."):
            for field in model._meta.get_fields(include_hidden=True):
                if field.is_relation and not field.auto_created and isinstance(field, models.Field):
                    yield model, field


def fault_of(room: str, other: str, related_name: str | None) -> str:
    """Why a key from one room to another may not be; "" when it may."""
    if other == room or other in LIBRARIES:
        return ""
    if other not in ROOMS:
        return f"{other} is no room"
    if ROOMS.index(other) > ROOMS.index(room) or frozenset({room, other}) in SAME_FLOOR:
        return f"{other} does not lie below {room}"
    if not (related_name or "").endswith("+"):
        return 'a key that crosses rooms has related_name="+": the lower room must not know who points at it'
    return ""


def test_every_key_points_down_the_river() -> None:
    """To the same room or one below, and unseen from there."""
    wrong = []
    for model, field in keys():
        target = field.remote_field.model
        fault = fault_of(model._meta.app_label, target._meta.app_label, field.remote_field.related_name)
        if fault:
            wrong.append(f"{model._meta.label}.{field.name} -> {target._meta.label}: {fault}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("room", "other", "related_name", "allowed"),
    [
        ("referrals", "vacancies", "+", True),
        ("referrals", "vacancies", "referrals", False),
        ("vacancies", "referrals", "+", False),
        ("vacancies", "jobseekers", "+", False),
        ("people", "people", "phones", True),
        ("people", "somewhere", "+", False),
    ],
)
def test_the_guard_itself(room: str, other: str, related_name: str, allowed: bool) -> None:
    """On keys made up for it."""
    assert (fault_of(room, other, related_name) == "") is allowed


def test_every_room_is_in_the_list() -> None:
    """A folder with tables is a room, and openpes.config.apps_list names it; a room may also do without tables."""
    with_tables = {path.parent.name for path in (SOURCE / "openpes").glob("*/models.py")}
    rooms = {path.parent.name for path in (SOURCE / "openpes").glob("*/apps.py")}
    assert with_tables <= set(ROOMS) == rooms
