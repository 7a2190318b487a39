"""Writes of a draw: freeze and publish, the value by one person, confirmed by another, the order for everybody."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Reason, Refused, no
from openpes.programmes.access import require
from openpes.programmes.counters import free_places, hold
from openpes.programmes.models import Application, Cycle, Draw
from openpes.programmes.operations import refuse
from openpes.programmes.placing import give
from openpes.programmes.queries import draw_of
from openpes.programmes.rules import (
    Line,
    Place,
    allocate,
    by_draw,
    by_instant,
    frozen_list,
    list_hash,
    may_enter_value,
    may_freeze,
    may_second,
    told_apart,
)
from openpes.programmes.states import ApplicationState, DrawState, PlaceRule

# A group of fewer people than this is not marked on a list that anybody can read.
SMALLEST_GROUP = 5


def _log(draw: Draw, verb: str, by: Actor, at: datetime) -> None:
    detail = {"hash": draw.list_hash, "value": draw.value}
    record_change(by=by, at=at, verb=f"draw.{verb}", thing=f"cycle:{draw.cycle.ref}", detail=detail)


@transaction.atomic
def freeze_draw(*, cycle: Cycle, source: str, read_at: datetime, by: Actor, at: datetime) -> Draw:
    """Everybody who waits gets a random ticket; the list and its hash are public from now. Raises Refused.

    The value's source and instant are named here, while nobody can know the value. Kept places of a group too small
    to be marked on the list are offered now, to those of it who applied first; they do not stand on the list.
    """
    require(by, "programme.draw")
    cycle = hold(cycle)
    if cycle.place_rule != PlaceRule.LOTTERY:
        raise Refused(no(Reason("not_a_lottery")))
    waiting = list(Application.objects.filter(cycle=cycle, state=ApplicationState.WAITING))
    refuse(
        may_freeze(waiting=len(waiting), source=source, read_at=read_at, at=at, drawn_before=draw_of(cycle) is not None)
    )
    large, early = _before_the_draw(cycle, [_line(one) for one in waiting])
    offers = give(cycle, early, by, at)
    if offers:
        cycle = hold(cycle)
    waiting = [one for one in waiting if one.pk not in {place.key for place in early}]
    for one in waiting:
        one.ticket = secrets.token_hex(8)
    Application.objects.bulk_update(waiting, ["ticket"], batch_size=500)
    text = frozen_list([_line(one) for one in waiting], sorted(large))
    draw = Draw.objects.create(
        cycle=cycle,
        frozen_at=at,
        frozen_by_id=by.account_id,
        frozen_list=text,
        list_hash=list_hash(text),
        places=free_places(cycle),
        quotas=large,
        value_source=source.strip()[:300],
        value_read_at=read_at,
    )
    _log(draw, "freeze", by, at)
    return draw


def _before_the_draw(cycle: Cycle, lines: list[Line]) -> tuple[dict[str, int], list[Place]]:
    """Quotas that the public list may mark, and the kept places of groups too small to be marked on it."""
    large, small = told_apart(lines, cycle.version.quotas, least=SMALLEST_GROUP)
    places = allocate(by_instant(lines), free=free_places(cycle), quotas=sorted(small.items()))
    return large, [one for one in places if one.quota]


def _line(one: Application) -> Line:
    return Line(one.pk, one.submitted_at or one.created_at, frozenset(one.groups), one.ticket, one.score)


def _held(draw: Draw) -> Draw:
    hold(draw.cycle)
    return Draw.objects.select_related("cycle__version").get(pk=draw.pk)


@transaction.atomic
def enter_value(*, draw: Draw, value: str, by: Actor, at: datetime) -> Draw:
    """Write down the value as the named source shows it. It may be corrected until another person confirms it."""
    require(by, "programme.draw")
    draw = _held(draw)
    if draw.state == DrawState.DRAWN:
        raise Refused(no(Reason("drawn_already")))
    refuse(may_enter_value(value=value, read_at=draw.value_read_at, at=at))
    draw.value, draw.value_by_id, draw.state = value.strip()[:200], by.account_id, DrawState.VALUE_ENTERED
    draw.save(update_fields=["value", "value_by", "state"])
    _log(draw, "value", by, at)
    return draw


@transaction.atomic
def confirm_value(*, draw: Draw, value: str, by: Actor, at: datetime) -> Draw:
    """A second person reads the source and types the value; where both agree the draw is made, once and for all.

    The order is that of `rules.by_draw` over the frozen list; the first places are chosen as `rules.allocate` says.
    """
    require(by, "programme.draw")
    draw = _held(draw)
    if draw.state != DrawState.VALUE_ENTERED:
        raise Refused(no(Reason("drawn_already" if draw.state == DrawState.DRAWN else "value_needed")))
    refuse(may_second(draw.value_by_id, by.account_id))
    if not hmac.compare_digest(draw.value.encode(), value.strip().encode()):
        raise Refused(no(Reason("values_differ")))
    # From the list as it was frozen, not from who waits now: what was published is what is drawn.
    ordered = by_draw(lines_of(draw.frozen_list, draw.frozen_at), draw.value)
    chosen = {one.key for one in allocate(ordered, free=draw.places, quotas=sorted(draw.quotas.items()))}
    draw.result = [one.ticket for one in ordered]
    draw.chosen = [one.ticket for one in ordered if one.key in chosen]
    draw.state, draw.confirmed_by_id, draw.drawn_at = DrawState.DRAWN, by.account_id, at
    draw.save(update_fields=["result", "chosen", "state", "confirmed_by", "drawn_at"])
    rank = {ticket: number for number, ticket in enumerate(draw.result, start=1)}
    rows = list(Application.objects.filter(cycle=draw.cycle, ticket__in=draw.result))
    for one in rows:
        one.rank = rank[one.ticket]
    Application.objects.bulk_update(rows, ["rank"], batch_size=500)
    _log(draw, "draw", by, at)
    return draw


def lines_of(text: str, at: datetime) -> list[Line]:
    """A frozen list as lines; the key of a line is its number."""
    lines = []
    for number, row in enumerate(text.splitlines()):
        ticket, _tab, groups = row.partition("\t")
        lines.append(Line(number, at, frozenset(one for one in groups.split(",") if one), ticket))
    return lines
