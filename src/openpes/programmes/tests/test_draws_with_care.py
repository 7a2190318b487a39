"""A public list marks no group that would tell who somebody is; who comes after it was closed waits behind it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import NOW, AccountFactory, actor_with

from openpes.core.actors import Actor
from openpes.journeys.place_in_programme import (
    approve_application,
    confirm_and_place,
    decline_offer,
    freeze_draw,
    offer_places,
)
from openpes.messaging.models import Message
from openpes.programmes.drawing import SMALLEST_GROUP, enter_value
from openpes.programmes.models import Application, Cycle
from openpes.programmes.queries import comes_behind_the_list, next_day_of, ordered_waiting, position_of
from openpes.programmes.rules import Line, told_apart
from openpes.programmes.states import ApplicationState, PlaceRule
from openpes.programmes.tests.makers import a_cycle, a_version, an_application, later, waiting

pytestmark = pytest.mark.django_db
READ = NOW + timedelta(days=2)


def manager() -> Actor:
    return actor_with("programme_manager", account=AccountFactory.create())


def drawn(cycle: Cycle) -> None:
    """The list is closed and drawn by two people."""
    one, two = manager(), manager()
    draw = freeze_draw(cycle=cycle, source="Lotto", read_at=READ, by=one, at=NOW)
    draw = enter_value(draw=draw, value="7-11", by=one, at=READ)
    confirm_and_place(draw=draw, value="7-11", by=two, at=READ)


def test_a_group_of_few_is_not_marked_and_keeps_its_places() -> None:
    version = a_version(quotas={"persons_with_disabilities": 2, "women": 2})
    cycle = a_cycle(version, places=6, place_rule=PlaceRule.LOTTERY)
    few = [an_application(cycle, groups=["persons_with_disabilities"]) for _one in range(3)]
    many = [an_application(cycle, groups=["women"]) for _one in range(6)]
    waiting(cycle, 4)
    draw = freeze_draw(cycle=cycle, source="Lotto", read_at=READ, by=manager(), at=NOW)
    assert "persons_with_disabilities" not in draw.frozen_list and "women" in draw.frozen_list
    assert draw.quotas == {"women": 2} and draw.places == 4
    offered = Application.objects.filter(cycle=cycle, state=ApplicationState.OFFERED)
    assert set(offered) == set(few[:2]) and not offered.exclude(ticket="").exists()
    few[2].refresh_from_db()
    assert few[2].ticket in draw.frozen_list
    assert Message.objects.filter(kind="place_offered").count() == 2
    one, two = manager(), manager()
    draw = enter_value(draw=draw, value="7-11", by=one, at=READ)
    draw = confirm_and_place(draw=draw, value="7-11", by=two, at=READ)
    placed = Application.objects.filter(cycle=cycle, state=ApplicationState.OFFERED)
    assert placed.count() == 6 and set(placed.exclude(ticket="").values_list("ticket", flat=True)) == set(draw.chosen)
    assert placed.filter(place_group="women", pk__in=[one.pk for one in many]).count() == 2


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.frozensets(st.sampled_from(["a", "b", "c"])), max_size=30),
    st.dictionaries(st.sampled_from(["a", "b", "c"]), st.integers(1, 9)),
)
def test_no_marked_group_is_small(groups: list[frozenset[str]], quotas: dict[str, int]) -> None:
    lines = [Line(number, NOW, held) for number, held in enumerate(groups)]
    large, small = told_apart(lines, quotas, least=SMALLEST_GROUP)
    for code in quotas:
        number = sum(code in held for held in groups)
        assert (code in large) == (number >= SMALLEST_GROUP)
        assert (code in small) == (0 < number < SMALLEST_GROUP)


def test_who_is_agreed_to_after_the_list_was_closed_waits_behind_it_and_is_told() -> None:
    cycle = a_cycle(places=2, place_rule=PlaceRule.LOTTERY)
    waiting(cycle, 3)
    one, two = manager(), manager()
    draw = freeze_draw(cycle=cycle, source="Lotto", read_at=READ, by=one, at=NOW)
    hours = (NOW + timedelta(hours=1), NOW + timedelta(hours=2))
    early, late = (an_application(cycle, state=ApplicationState.SUBMITTED, submitted_at=at) for at in hours)
    for who in (late, early):
        approve_application(application=who, by=manager(), at=NOW + timedelta(hours=3))
        who.refresh_from_db()
        assert comes_behind_the_list(who) and position_of(who) is None
    assert Message.objects.filter(kind="place_behind").count() == 2
    draw = enter_value(draw=draw, value="7-11", by=one, at=READ)
    draw = confirm_and_place(draw=draw, value="7-11", by=two, at=READ)
    assert set(draw.result).isdisjoint({""}) and len(draw.result) == 3
    assert [position_of(who) for who in (early, late)] == [2, 3]
    # A no lets the last ticket have its place, the next no the first of those who came later.
    for expected in (1, 0):
        offer = Application.objects.filter(cycle=cycle, state=ApplicationState.OFFERED).exclude(ticket="").first()
        assert offer is not None
        person = actor_with("jobseeker", scope_id=offer.jobseeker.person_id)
        decline_offer(application=offer, by=person, at=READ)
        left = Application.objects.filter(cycle=cycle, state=ApplicationState.WAITING)
        assert left.count() == expected + 1 and not left.exclude(ticket="").exists()
    early.refresh_from_db()
    assert early.state == ApplicationState.OFFERED


def test_points_wait_until_nobody_can_apply_any_more() -> None:
    cycle = a_cycle(places=1, place_rule=PlaceRule.PRIORITY)
    first, _second = waiting(cycle, 2)
    offer_places(cycle=cycle, by=manager(), at=NOW)
    person = actor_with("jobseeker", scope_id=first.jobseeker.person_id)
    first.refresh_from_db()
    decline_offer(application=first, by=person, at=NOW)
    assert not Application.objects.filter(cycle=cycle, state=ApplicationState.OFFERED).exists()
    assert next_day_of(cycle, at=NOW) == cycle.apply_until
    assert len(offer_places(cycle=cycle, by=manager(), at=later(6))) == 1


def test_an_approval_tells_the_place_in_the_line_and_the_next_day() -> None:
    cycle = a_cycle(places=1)
    people = [an_application(cycle, state=ApplicationState.SUBMITTED) for _one in range(2)]
    for one in people:
        approve_application(application=one, by=manager(), at=NOW)
    offer, line = (Message.objects.get(kind=kind) for kind in ("place_offered", "place_number"))
    people[0].refresh_from_db()
    assert people[0].answer_by is not None
    day = f"{people[0].answer_by:%d/%m/%Y}"
    assert day in offer.text and day in line.text and "number 1" in line.text
    assert [one.key for one in ordered_waiting(cycle)] == [people[1].pk]


@pytest.mark.parametrize("rule", list(PlaceRule))
def test_a_place_in_the_line_is_counted_as_the_line_is_ordered(rule: PlaceRule) -> None:
    cycle = a_cycle(places=1, place_rule=rule)
    people = waiting(cycle, 4) + [an_application(cycle, score=score, submitted_at=NOW) for score in (3, 3, 1)]
    if rule == PlaceRule.LOTTERY:
        drawn(cycle)
        people += waiting(cycle, 2)
    for one in people:
        one.refresh_from_db()
    line = {row.key: number for number, row in enumerate(ordered_waiting(cycle), start=1)}
    assert line and [position_of(one) for one in people] == [line.get(one.pk) for one in people]
