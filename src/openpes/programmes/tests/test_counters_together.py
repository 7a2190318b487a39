"""Places from many threads at once. Only PostgreSQL lets threads write together, so elsewhere this is skipped."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from tests.factories import NOW

from openpes.core.actors import system
from openpes.programmes.models import Application, Cycle
from openpes.programmes.placing import offer_places
from openpes.programmes.states import ApplicationState
from openpes.programmes.tests.makers import a_cycle, waiting

PLACER = system("programme.place")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL: set DATABASE_URL")
@pytest.mark.django_db(transaction=True, databases=["default", "access"])
def test_many_threads_give_no_place_twice() -> None:
    """Eight threads offer the places of one round at the same moment."""
    cycle = a_cycle(places=7)
    waiting(cycle, 20)

    def offer(_number: int) -> int:
        try:
            return len(offer_places(cycle=Cycle.objects.get(pk=cycle.pk), by=PLACER, at=NOW))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(offer, range(8)))
    cycle.refresh_from_db()
    offered = Application.objects.filter(cycle=cycle, state=ApplicationState.OFFERED).count()
    assert sum(given) == offered == cycle.places_taken == 7
