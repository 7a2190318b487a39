"""Whatever points at a person goes over when two records become one, or says why it stays."""

from __future__ import annotations

import importlib

import pytest

from openpes.config.apps_list import ROOMS
from openpes.core.merging import Key
from openpes.core.references import keys_to
from openpes.jobseekers.models import Jobseeker
from openpes.journeys import merge_people
from openpes.people.models import Person


def said() -> set[tuple[str, str]]:
    """Every key of which a room's `merging.py` says what becomes of it."""
    found: set[tuple[str, str]] = set()
    for room in ROOMS:
        try:
            module = importlib.import_module(f"openpes.{room}.merging")
        except ModuleNotFoundError:
            continue
        keys: list[Key] = [*getattr(module, "MOVES", ()), *getattr(module, "STAYS", {})]
        found |= {(model._meta.label, name) for model, name in keys}
    return found


@pytest.mark.parametrize("target", [Person, Jobseeker])
def test_every_key_to_a_person_is_covered(target: type[Person] | type[Jobseeker]) -> None:
    """A room that is added and forgotten here would leave a part of somebody behind."""
    keys = {(model._meta.label, name) for model, name in keys_to(target)}
    assert not keys - said(), f"say in the room's merging.py what becomes of {sorted(keys - said())}"


def test_every_room_that_moves_rows_is_called() -> None:
    """A file that nobody calls moves nothing."""
    called = {room.__name__.split(".")[1] for room in merge_people.ROOMS}
    moving = set()
    for room in ROOMS:
        try:
            module = importlib.import_module(f"openpes.{room}.merging")
        except ModuleNotFoundError:
            continue
        if getattr(module, "MOVES", ()):
            moving.add(room)
    assert moving <= called


def test_the_rooms_are_called_in_river_order() -> None:
    """Upstream first, so that a row finds what it leans on."""
    order = [ROOMS.index(room.__name__.split(".")[1]) for room in merge_people.ROOMS]
    assert order == sorted(order)
