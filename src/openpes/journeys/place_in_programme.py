"""Places of programmes: an approval, a no or a lapsed offer lets the next in line have theirs; each is told by text."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from openpes.core.actors import Actor, system
from openpes.journeys.telling import tell_person
from openpes.programmes import drawing, operations, placing
from openpes.programmes.models import Application, Cycle, Draw
from openpes.programmes.queries import comes_behind_the_list, lapsing, next_day_of, offered_at, position_of
from openpes.programmes.states import ApplicationState, PlaceRule
from openpes.reference.country import today

PLACER = system("programme.place", label="places")
CLOCK = system("programme.clock", "programme.place", label="clock")
AT_ONCE = 200
LONGEST_TITLE = 40


def _facts(application: Application) -> dict[str, str]:
    address = settings.BASE_URL + reverse("jobseeker:programme", args=[application.ref])
    return {"course": application.cycle.version.title[:LONGEST_TITLE], "link": address}


def _day(day: object) -> str:
    return f"{day:%d/%m/%Y}"


def _tell_offers(offers: list[Application], at: datetime) -> list[Application]:
    for one in offers:
        last = today(one.answer_by) if one.answer_by else today(at)
        tell_person(one.jobseeker, "place_offered", _facts(one) | {"date": _day(last)}, at=at)
    return offers


def tell_position(application: Application, *, at: datetime) -> None:
    """Text somebody who waits: their number in the line and the next day on which places go, as far as known."""
    day, position = next_day_of(application.cycle, at=at), position_of(application)
    facts = _facts(application) | ({"date": _day(day)} if day else {})
    if comes_behind_the_list(application):
        tell_person(application.jobseeker, "place_behind", facts, at=at)
    elif position is not None and day is not None:
        tell_person(application.jobseeker, "place_number", facts | {"number": position}, at=at)
    elif day is not None:
        tell_person(application.jobseeker, "place_later", facts, at=at)
    else:
        tell_person(application.jobseeker, "place_waiting", facts, at=at)


@transaction.atomic
def offer_places(*, cycle: Cycle, by: Actor, at: datetime) -> list[Application]:
    """The desk offers what is free; everybody with an offer gets a text. Raises NotPermitted."""
    return _tell_offers(placing.offer_places(cycle=cycle, by=by, at=at), at)


def _pass_on(cycle: Cycle, *, at: datetime) -> list[Application]:
    """Offer what is free to the next in line.

    Not while people may still apply to a round whose places go by points: somebody with more may yet come.
    """
    if cycle.place_rule == PlaceRule.PRIORITY and today(at) <= cycle.apply_until:
        return []
    return offer_places(cycle=cycle, by=PLACER, at=at)


@transaction.atomic
def approve_application(*, application: Application, by: Actor, at: datetime) -> Application:
    """A second person agrees; where places go by the instant, a free one is offered in the same breath.

    Whoever gets none yet is told where they stand; who comes after the list of a draw was closed stands behind it.
    """
    approved = operations.approve_application(application=application, by=by, at=at)
    if approved.cycle.place_rule == PlaceRule.FIRST_COME:
        _pass_on(approved.cycle, at=at)
        approved.refresh_from_db()
    if approved.state == ApplicationState.WAITING:
        tell_position(approved, at=at)
    return approved


@transaction.atomic
def freeze_draw(*, cycle: Cycle, source: str, read_at: datetime, by: Actor, at: datetime) -> Draw:
    """Close the list; whoever gets a kept place before the draw is told by text. Raises NotPermitted, Refused."""
    draw = drawing.freeze_draw(cycle=cycle, source=source, read_at=read_at, by=by, at=at)
    _tell_offers(list(offered_at(cycle, at)), at)
    return draw


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
    drawn = drawing.confirm_value(draw=draw, value=value, by=by, at=at)
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
