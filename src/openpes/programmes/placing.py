"""Writes that give places: offers in the published order, answers that free a place, and the next in line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import NotPermitted, Reason, Refused, no
from openpes.programmes.access import require
from openpes.programmes.counters import free_places, hold, release, take
from openpes.programmes.models import Application, Cycle
from openpes.programmes.operations import locked, log, refuse, require_works_on
from openpes.programmes.queries import ordered_waiting
from openpes.programmes.rules import Place, allocate, lacking, may_move
from openpes.programmes.states import HOLDS_A_PLACE, ApplicationState


@transaction.atomic
def offer_places(*, cycle: Cycle, by: Actor, at: datetime) -> list[Application]:
    """Offer what is free and paid for to the next in line. Returns the new offers; done twice, none is new.

    Raises NotPermitted.
    """
    require(by, "programme.place")
    if not Cycle.objects.filter(pk=cycle.pk, places_taken__lt=F("places")).exists():
        # Full: nobody has to wait for the lock. Whoever frees a place offers it in the same transaction.
        return []
    cycle = hold(cycle)
    free = free_places(cycle)
    if free <= 0:
        return []
    holding = Application.objects.filter(cycle=cycle, state__in=HOLDS_A_PLACE).exclude(place_group="")
    held = Counter(holding.values_list("place_group", flat=True))
    return give(cycle, allocate(ordered_waiting(cycle), free=free, quotas=lacking(cycle.version.quotas, held)), by, at)


def give(cycle: Cycle, places: Sequence[Place], by: Actor, at: datetime) -> list[Application]:
    """Take the places and make the offers. The caller holds the round, in one transaction."""
    if not places:
        return []
    take(cycle, len(places))
    quota_of = {place.key: place.quota for place in places}
    offers = list(
        Application.objects.filter(pk__in=list(quota_of)).select_related("jobseeker__person", "cycle__version")
    )
    for one in offers:
        one.state, one.place_group = ApplicationState.OFFERED, quota_of[one.pk]
        one.offered_at, one.answer_by = at, at + timedelta(days=cycle.offer_days)
    Application.objects.bulk_update(offers, ["state", "place_group", "offered_at", "answer_by"], batch_size=200)
    record_change(
        by=by, at=at, verb="cycle.offer", thing=f"cycle:{cycle.ref}", detail={"offers": sorted(o.ref for o in offers)}
    )
    return offers


def _end(application: Application, to: ApplicationState, verb: str, by: Actor, at: datetime) -> Application:
    """End an application and free the place it held, which the next in line may then have."""
    hold(application.cycle)
    application = locked(application)
    refuse(may_move(ApplicationState(application.state), to))
    if application.state in HOLDS_A_PLACE:
        release(application.cycle)
    application.state, application.ended_at = to, at
    application.save(update_fields=["state", "ended_at"])
    log(application, verb, by, at)
    return application


@transaction.atomic
def decline_offer(*, application: Application, by: Actor, at: datetime) -> Application:
    """No to the place, by the person or the desk for them. Nothing else follows from a no. Raises Refused."""
    require_works_on(by, application)
    return _end(application, ApplicationState.DECLINED, "decline", by, at)


@transaction.atomic
def withdraw_application(*, application: Application, by: Actor, at: datetime) -> Application:
    """Take it back, at any time before it ended. Raises Refused."""
    require_works_on(by, application)
    return _end(application, ApplicationState.WITHDRAWN, "withdraw", by, at)


@transaction.atomic
def lapse_offer(*, application: Application, by: Actor, at: datetime) -> Application:
    """The time to answer is over. Raises NotPermitted, Refused."""
    if not by.everywhere("programme.clock"):
        raise NotPermitted("programme.clock")
    if application.answer_by is None or at < application.answer_by:
        raise Refused(no(Reason("time_left")))
    return _end(application, ApplicationState.LAPSED, "lapse", by, at)
