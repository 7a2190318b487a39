"""The two counters that keep places and money: taken and committed. Called inside a transaction."""

from __future__ import annotations

from django.db import connection
from django.db.models import F

from openpes.core.decisions import Reason, Refused, no
from openpes.programmes.models import Cycle, FundStream
from openpes.programmes.rules import affordable


def hold(cycle: Cycle) -> Cycle:
    """The round as it stands now; nobody else gives its places until the transaction ends.

    The update takes the write lock on every database, also where a row lock for reading does nothing.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Places are held inside a transaction.")
    Cycle.objects.filter(pk=cycle.pk).update(places_taken=F("places_taken"))
    if cycle.fund_id is not None:
        FundStream.objects.filter(pk=cycle.fund_id).update(committed=F("committed"))
    return Cycle.objects.select_related("fund", "version").get(pk=cycle.pk)


def free_places(cycle: Cycle) -> int:
    """Places that are free and paid for."""
    free = cycle.places - cycle.places_taken
    if cycle.fund is None:
        return free
    more = affordable(
        budget=cycle.fund.budget,
        above=cycle.fund.above,
        committed=cycle.fund.committed,
        cost=cycle.cost_per_place,
    )
    return free if more is None else min(free, more)


def take(cycle: Cycle, number: int) -> None:
    """Take places and commit their money, or raise Refused: the counters never pass what there is."""
    rows = Cycle.objects.filter(pk=cycle.pk, places_taken__lte=F("places") - number)
    if not rows.update(places_taken=F("places_taken") + number):
        raise Refused(no(Reason("no_place_left")))
    cost = cycle.cost_per_place * number
    if cycle.fund_id is not None and cost:
        funds = FundStream.objects.filter(pk=cycle.fund_id, committed__lte=F("budget") + F("above") - cost)
        if not funds.update(committed=F("committed") + cost):
            raise Refused(no(Reason("no_money_left")))


def release(cycle: Cycle) -> None:
    """One place is free again, and its money."""
    Cycle.objects.filter(pk=cycle.pk, places_taken__gt=0).update(places_taken=F("places_taken") - 1)
    if cycle.fund_id is not None and cycle.cost_per_place:
        FundStream.objects.filter(pk=cycle.fund_id).update(committed=F("committed") - cycle.cost_per_place)
