"""The programmes of a demonstration: a past draw that can be repeated, and nothing left after wiping."""

from __future__ import annotations

from random import Random

import pytest
from tests.factories import NOW, TODAY, JobseekerFactory

from openpes.programmes.drawing import lines_of
from openpes.programmes.models import Application, Cycle, Draw, Programme
from openpes.programmes.queries import open_for_public
from openpes.programmes.rules import by_draw, list_hash
from openpes.programmes.seeding import wipe_synthetic, write_programmes

pytestmark = pytest.mark.django_db


def test_the_past_draw_of_a_demonstration_can_be_repeated_and_wiped() -> None:
    people = [JobseekerFactory.create() for _one in range(12)]
    assert write_programmes(jobseeker_ids=[one.pk for one in people], rng=Random(1), at=NOW) == 9
    draw = Draw.objects.get()
    assert draw.list_hash == list_hash(draw.frozen_list)
    assert [one.ticket for one in by_draw(lines_of(draw.frozen_list, NOW), draw.value)] == draw.result
    assert open_for_public(on=TODAY).count() == 1
    assert {one.places_taken for one in Cycle.objects.all()} == {0, 5}
    Application.objects.all().delete()
    wipe_synthetic()
    assert not Programme.objects.exists() and not Draw.objects.exists()
