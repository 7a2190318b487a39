"""Places of programmes: an approval, a no or a lapsed offer lets the next in line have theirs at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from openpes.core.actors import Actor, system
from openpes.programmes import operations, placing
from openpes.programmes.drawing import confirm_value
from openpes.programmes.models import Application, Cycle, Draw
from openpes.programmes.queries import lapsing
from openpes.programmes.states import PlaceRule

PLACER = system("programme.place", label="places")
CLOCK = system("programme.clock", "programme.place", label="clock")
AT_ONCE = 200


def _pass_on(cycle: Cycle, *, at: datetime) -> list[Application]:
    """Offer what is free. Points order the line only once applications have ended, so those wait for the desk."""
    return placing.offer_places(cycle=cycle, by=PLACER, at=at)


@transaction.atomic
def approve_application(*, application: Application, by: Actor, at: datetime) -> Application:
    """A second person agrees; where places go by the instant, a free one is offered in the same breath."""
    approved = operations.approve_application(application=application, by=by, at=at)
    if approved.cycle.place_rule == PlaceRule.FIRST_COME:
        _pass_on(approved.cycle, at=at)
        approved.refresh_from_db()
    return approved


@transaction.atomic
def decline_offer(*, application: Application, by: Actor, at: datetime) -> None:
    """No to the place; it goes to the next in line."""
    ended = placing.decline_offer(application=application, by=by, at=at)
    _pass_on(ended.cycle, at=at)


@transaction.atomic
def withdraw_application(*, application: Application, by: Actor, at: datetime) -> None:
    """Taken back; a place that it held goes to the next in line."""
    held = application.offered_at is not None
    ended = placing.withdraw_application(application=application, by=by, at=at)
    if held:
        _pass_on(ended.cycle, at=at)


@transaction.atomic
def confirm_and_place(*, draw: Draw, value: str, by: Actor, at: datetime) -> Draw:
    """The second person confirms the value; the draw is made and its first places are offered."""
    drawn = confirm_value(draw=draw, value=value, by=by, at=at)
    _pass_on(drawn.cycle, at=at)
    return drawn


def run_place_clock(*, at: datetime, by: Actor = CLOCK) -> dict[str, int]:
    """End offers that nobody answered, each in its own transaction, and offer the place to the next."""
    late = lapsing(at=at, limit=AT_ONCE)
    for one in late:
        with transaction.atomic():
            ended = placing.lapse_offer(application=one, by=by, at=at)
            _pass_on(ended.cycle, at=at)
    return {"offers_lapsed": len(late)}
