"""Programmes through the pages: drafted, approved by another, applied for, drawn, repeated by anybody."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.factories import JobseekerFactory, OfficeFactory, account_with

from openpes.core.clock import local_date
from openpes.journeys.place_in_programme import run_place_clock
from openpes.programmes.models import Application, Cycle, Draw, ProgrammeVersion
from openpes.programmes.states import ApplicationState, PlaceRule, VersionState
from openpes.programmes.tests.makers import a_version, an_application

pytestmark = pytest.mark.django_db(databases=["default", "access"])
SignIn = Callable[[Any], Client]


def open_now(version: ProgrammeVersion | None = None, **fields: Any) -> Cycle:
    """A round that is open on the day of the page."""
    on = local_date(timezone.now(), "Asia/Manila")
    days = {"apply_from": -2, "apply_until": 5, "starts_on": 9, "ends_before": 60}
    values: dict[str, Any] = {name: on + timedelta(days=number) for name, number in days.items()}
    values |= {"places": 2, "place_rule": PlaceRule.FIRST_COME} | fields
    return Cycle.objects.create(version=version or a_version(), **values)


def test_the_national_programmes_are_taken_over_and_approved_by_another(signed_in: SignIn) -> None:
    first, second = (signed_in(account_with("programme_manager")) for _one in range(2))
    first.post(reverse("programmes:home"))
    draft = ProgrammeVersion.objects.get(programme__pack_code="jobstart")
    address = reverse("programmes:version", args=[draft.programme.ref, draft.number])
    assert "RA 10869" in first.get(address).content.decode()
    first.post(address, {"act": "approve"})
    draft.refresh_from_db()
    assert draft.state == VersionState.DRAFTED
    second.post(address, {"act": "approve"})
    draft.refresh_from_db()
    assert draft.state == VersionState.APPROVED
    edit = reverse("programmes:edit", args=[draft.programme.ref, draft.number])
    assert second.get(edit).status_code == 200
    wrong = second.post(edit, {"title": "Kept what was typed", "rule": "{"})
    assert wrong.status_code == 422
    assert "Kept what was typed" in wrong.content.decode()


@pytest.mark.parametrize("role", ["analyst", "employer_adviser", "jobseeker"])
def test_others_do_not_reach_the_desk(role: str, signed_in: SignIn) -> None:
    held = {"person": JobseekerFactory.create().person} if role == "jobseeker" else {}
    held |= {"office": OfficeFactory.create()} if role == "employer_adviser" else {}
    client = signed_in(account_with(role, **held))
    for name in ("home", "new", "money", "applications"):
        assert client.get(reverse(f"programmes:{name}")).status_code in (403, 404)


def test_the_simulator_keeps_nothing() -> None:
    """Neither a row nor a session, and the answers are not in the change or the access log."""
    a_version()
    client = Client()
    client.get(reverse("web:programme_check"))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = client.post(reverse("web:programme_check"), {"age": "19", "isced": "3"})
    assert "It fits, on what you told." in page.content.decode()
    written = [one["sql"] for one in queries if one["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert written == []
    assert not Session.objects.exists()
    assert "no-store" in page["Cache-Control"]
    assert "We cannot say yet" in client.post(reverse("web:programme_check"), {"age": "19"}).content.decode()
    assert "does not fit" in client.post(reverse("web:programme_check"), {"age": "50"}).content.decode()


def test_a_person_applies_is_approved_and_takes_the_place(signed_in: SignIn) -> None:
    cycle, seeker = open_now(), JobseekerFactory.create()
    me = signed_in(account_with("jobseeker", person=seeker.person))
    assert "It fits" in me.get(reverse("jobseeker:programmes")).content.decode()
    assert me.post(reverse("jobseeker:programme_apply", args=[cycle.ref])).status_code == 302
    assert me.post(reverse("jobseeker:programme_apply", args=[cycle.ref])).status_code == 422
    one = Application.objects.get()
    desk = reverse("programmes:application", args=[one.ref])
    assert signed_in(account_with("office_manager", office=OfficeFactory.create())).get(desk).status_code == 404
    boss = signed_in(account_with("office_manager", office=seeker.office))
    assert one.cycle.version.title in boss.get(reverse("programmes:applications")).content.decode()
    boss.post(desk, {"act": "approve"})
    one.refresh_from_db()
    assert one.state == ApplicationState.OFFERED
    mine = reverse("jobseeker:programme", args=[one.ref])
    stranger = signed_in(account_with("jobseeker", person=JobseekerFactory.create().person))
    assert stranger.post(mine, {"act": "accept"}).status_code == 404
    me.post(mine, {"act": "accept"})
    one.refresh_from_db()
    assert one.state == ApplicationState.ACCEPTED
    assert "You have a place" in me.get(mine).content.decode()


def test_a_counsellor_nominates_and_a_return_says_why(signed_in: SignIn) -> None:
    cycle, seeker = open_now(), JobseekerFactory.create()
    desk = signed_in(account_with("counsellor", office=seeker.office))
    assert cycle.version.title in desk.get(reverse("programmes:nominate", args=[seeker.ref])).content.decode()
    made = desk.post(reverse("programmes:nominate_to", args=[seeker.ref, cycle.ref]))
    desk.post(made["Location"], {"act": "papers", "paper": "School certificate"})
    desk.post(made["Location"], {"act": "submit"})
    boss = signed_in(account_with("office_manager", office=seeker.office))
    assert boss.post(made["Location"], {"act": "return", "why": ""}).status_code == 422
    boss.post(made["Location"], {"act": "return", "why": "Photo missing"})
    assert "Photo missing" in desk.get(made["Location"]).content.decode()


def test_an_offer_that_nobody_answers_goes_to_the_next() -> None:
    cycle = open_now(places=1)
    late = timezone.now() - timedelta(days=1)
    gone = an_application(cycle, state=ApplicationState.OFFERED, answer_by=late)
    after = an_application(cycle)
    Cycle.objects.filter(pk=cycle.pk).update(places_taken=1)
    assert run_place_clock(at=timezone.now()) == {"offers_lapsed": 1}
    assert run_place_clock(at=timezone.now()) == {"offers_lapsed": 0}
    states = dict(Application.objects.values_list("pk", "state"))
    assert states == {gone.pk: ApplicationState.LAPSED, after.pk: ApplicationState.OFFERED}


def independent(text: str, value: str, places: int, quotas: dict[str, int]) -> list[str]:
    """The published script, which knows none of our code."""
    path = Path(__file__).parents[5] / "docs" / "programmes" / "repeat_draw.py"
    spec = importlib.util.spec_from_file_location("repeat_draw", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return list(module.repeat(text, value, places, quotas))


def test_a_draw_is_repeated_from_what_is_public(signed_in: SignIn) -> None:
    cycle = open_now(a_version(quotas={"women": 2, "a": 1}), place_rule=PlaceRule.LOTTERY, places=5)
    for number in range(30):
        an_application(cycle, groups=[["women"], ["a", "women"], [], []][number % 4])
    first, second = (signed_in(account_with("programme_manager")) for _one in range(2))
    address, on = reverse("programmes:cycle", args=[cycle.ref]), local_date(timezone.now(), "Asia/Manila")
    ahead = on + timedelta(days=3)
    told = {"act": "freeze", "source": "Lotto 6/42", "clock": "21:00"}
    told |= {"day_day": ahead.day, "day_month": ahead.month, "day_year": ahead.year}
    assert first.post(address, told).status_code == 302
    assert first.post(address, {"act": "value", "value": "11"}).status_code == 422
    Draw.objects.update(value_read_at=timezone.now())
    first.post(address, {"act": "value", "value": "11-22"})
    assert first.post(address, {"act": "confirm", "value": "11-22"}).status_code == 422
    assert second.post(address, {"act": "confirm", "value": "11-22"}).status_code == 302
    text = Client().get(reverse("web:programme_draw_list", args=[cycle.ref])).content.decode()
    expected = independent(text, "11-22", 5, {"women": 2, "a": 1})
    assert len(expected) == 5
    assert Draw.objects.get().chosen == expected
    offered = Application.objects.filter(state=ApplicationState.OFFERED)
    assert set(offered.values_list("ticket", flat=True)) == set(expected)
    page = Client().get(reverse("web:programme", args=[cycle.ref])).content.decode()
    assert all(ticket in page for ticket in expected)


@pytest.mark.parametrize("name", ["web:programmes", "programmes:home", "programmes:applications"])
def test_lists_cost_the_same_for_one_and_twenty(name: str, signed_in: SignIn) -> None:
    client = signed_in(account_with("programme_manager"))
    counts = []
    for more in (1, 19):
        for _one in range(more):
            an_application(open_now(), state=ApplicationState.SUBMITTED)
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
