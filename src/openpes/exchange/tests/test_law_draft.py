"""A drafted value of the law at the policy desk, and what a drafted wage floor touches."""

from __future__ import annotations

from decimal import Decimal

import pytest
import yaml
from tests.factories import NOW, TODAY

from openpes.core.decisions import NotFound, Refused
from openpes.exchange.law_draft import ages_of, draft_of, floor_of, touched
from openpes.exchange.tests.makers import OFFICER
from openpes.exchange.tests.test_peers_and_policy import CHANGE, published_month
from openpes.exchange.what_if import Change, may_try, try_change
from openpes.vacancies.figures import LivePay

HOURS, DAYS = Decimal(48), Decimal(6)
FLOOR = "scope: all\namount: 500\ncurrency: PHP\nper: day"


def pay(employer: int, amount: int | None, *, period: str = "day", places: int = 1, area: str = "PH-00") -> LivePay:
    return LivePay(employer, area, None if amount is None else Decimal(amount), "PHP", period, HOURS, places)


def test_ages_of_a_band_and_of_a_programme() -> None:
    assert ages_of("band", "{from_age: 15, to_age: 24, used_for: x}") == (15, 24)
    assert ages_of("wage", FLOOR) is None


def test_places_below_a_floor_and_what_they_lack() -> None:
    floor = floor_of(FLOOR, hours=HOURS, days=DAYS)
    assert floor is not None and round(floor.month) == 13000
    rows = [pay(1, 400, places=2), pay(2, 450), pay(3, 420), pay(4, 600), pay(5, None, places=7)]
    found = touched(rows, floor, hours=HOURS, days=DAYS)
    assert (found["places_below"], found["places_known"], found["places_unknown"]) == (4, 5, 7)
    assert found["by_area"] == [["PH-00", 4]]
    assert found["lacking_month"] == str((2 * 100 + 50 + 80) * 26)
    alone = touched([pay(1, 400), pay(2, 499)], floor, hours=HOURS, days=DAYS)
    assert alone["places_below"] == 2 and alone["lacking_month"] is None


def test_part_time_work_is_held_against_its_share() -> None:
    floor = floor_of(FLOOR, hours=HOURS, days=DAYS)
    assert floor is not None
    half = LivePay(1, "PH-00", Decimal(6600), "PHP", "month", HOURS / 2, 1)
    assert touched([half], floor, hours=HOURS, days=DAYS)["places_below"] == 0


@pytest.mark.django_db(databases=["default", "access"])
def test_a_draft_must_fit_the_pack_and_is_kept_with_the_answer() -> None:
    with pytest.raises(NotFound):
        draft_of(key="ages.nowhere", written="1", starts_on=TODAY)
    with pytest.raises(Refused):
        draft_of(key="ages.youth", written="{from_age: many}", starts_on=TODAY)
    draft = draft_of(key="ages.youth", written="{from_age: 15, to_age: 24, used_for: policy}", starts_on=TODAY)
    entry = yaml.safe_load(draft.as_yaml())
    assert entry["key"] == "ages.youth" and entry["value"]["to_age"] == 24
    published_month(48)
    same = Change("Only the law", (15, 24), (15, 24), Decimal(0), Decimal(0), 1, (1, 1), draft=draft)
    assert may_try(same, published_month=True).allowed
    kept = try_change(change=same, by=OFFICER, at=NOW)
    assert kept.change["draft"]["key"] == "ages.youth" and kept.result["floor"] is None
    assert try_change(change=CHANGE, by=OFFICER, at=NOW).change["draft"] is None


@pytest.mark.django_db(databases=["default", "access"])
def test_a_drafted_floor_is_held_against_the_live_places() -> None:
    published_month(12)
    key = "minimum_wage.ncr_agriculture_and_small"
    written = "{scope: everywhere, amount: 900, currency: PHP, per: day}"
    draft = draft_of(key=key, written=written, starts_on=TODAY)
    kept = try_change(
        change=Change("Floor", (15, 99), (15, 99), Decimal(0), Decimal(0), 1, (1, 1), draft=draft), by=OFFICER, at=NOW
    )
    assert kept.result["floor"]["then"]["currency"] == "PHP"
    assert any("part-time" in one for one in kept.assumptions)
