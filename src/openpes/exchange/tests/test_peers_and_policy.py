"""Comparable figures between countries, and what-ifs on a frozen month."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal

import pytest
from tests.factories import NOW, TODAY, OfficeFactory, PersonFactory

from openpes.core.actors import VISITOR, system
from openpes.core.decisions import NotFound, NotPermitted, Refused
from openpes.exchange.dataset import datasets_of_others, mini_indicators, own_dataset, sign_dataset
from openpes.exchange.models import HeldPaper, WhatIf
from openpes.exchange.operations import take_paper
from openpes.exchange.papers import Kind, write_paper
from openpes.exchange.peers import lines_beside, nearest
from openpes.exchange.tests.makers import OFFICER, STRANGER
from openpes.exchange.what_if import (
    Change,
    Group,
    citation,
    eligible_between,
    may_try,
    result_of,
    share_of_band,
    try_change,
    what_if_for,
)
from openpes.insights.freezing import make_freeze, publish_freeze
from openpes.insights.tests.test_freezing import OCTOBER, registered

database = pytest.mark.django_db(databases=["default", "access"])
CHANGE = Change("Wider band", (15, 19), (15, 24), Decimal(1000), Decimal(2000), 6, (10, 40))


def a_set(code: str, month: str = "2026-10", **values: float | None) -> dict:
    rows = [{"id": name, "version": "1.0", "value": value, "period": month} for name, value in values.items()]
    return {"country": code, "country_name": code, "month": month, "age_bands": [[15, 24]], "figures": rows}


def published_month(people: int) -> None:
    office = OfficeFactory()
    for number in range(people):
        # Half are 19, half are 22 at the end of the month.
        born = date(2007, 3, 14) if number % 2 else date(2004, 3, 14)
        registered(OCTOBER, office=office, person=PersonFactory(born_on=born))
    freeze = make_freeze(month="2026-10", by=OFFICER, at=NOW)
    publish_freeze(freeze=freeze, by=OFFICER, at=NOW)


# --- the same indicators from each ----------------------------------------------------------------


def test_the_closest_situation_by_the_published_formula() -> None:
    mine = a_set("PH", fill_rate=10, neet=20, lu1=5, live_places=100)
    near, far = a_set("KH", fill_rate=12, neet=22, lu1=6), a_set("FJ", fill_rate=30, neet=40, lu1=15, live_places=9)
    first, second = nearest(mine, [far, near])
    assert (first.country, first.shared, second.country) == ("KH", 3, "FJ")
    spreads = [_sd(10, 12, 30), _sd(20, 22, 40), _sd(5, 6, 15)]
    expected = math.sqrt(sum(((gap / spread) ** 2 for gap, spread in zip((2, 2, 1), spreads, strict=True))) / 3)
    assert first.distance == pytest.approx(expected)


def _sd(*values: float) -> float:
    mean = sum(values) / len(values)
    return math.sqrt(sum((one - mean) ** 2 for one in values) / len(values))


def test_two_shared_indicators_give_no_distance() -> None:
    (only,) = nearest(a_set("PH", fill_rate=1, neet=2), [a_set("KH", fill_rate=2, neet=3)])
    assert only.distance is None and only.shared == 2


def test_what_stands_in_the_way_of_comparing_is_said() -> None:
    mine = a_set("PH", neet=20, lu1=5, fill_rate=3)
    other = a_set("KH", "2026-09", neet=22, lu1=6, fill_rate=None)
    other["age_bands"] = [[15, 29]]
    other["figures"][1]["version"] = "2.0"
    other["figures"][2]["status"] = "Q"
    lines = {line.about.id: line for line in lines_beside(mine, [other])}
    (neet,), (lu1,), (fill,) = lines["neet"].others, lines["lu1"].others, lines["fill_rate"].others
    assert "for 2026-09" in neet.note and "other age bands" in neet.note
    assert "do not compare" in lu1.note and fill.value is None and "hidden" in fill.note
    assert lines["tightness"].mine.note == "not collected" and len(lines) == len(mini_indicators()) == 25


@database
def test_ours_is_signed_whole_and_those_of_others_are_the_latest() -> None:
    with pytest.raises(Refused):
        sign_dataset(by=OFFICER, at=NOW)
    published_month(24)
    held = sign_dataset(by=OFFICER, at=NOW)
    assert len(held.body["figures"]) == 25 and held.number == 202610
    by_id = {one["id"]: one for one in held.body["figures"]}
    assert by_id["registered_stock"]["value"] == 20 and by_id["neet"]["status"] == "M"
    assert sign_dataset(by=OFFICER, at=NOW) == held and own_dataset(on=TODAY) == held.body
    for month in ("2026-08", "2026-09"):
        body = a_set("KH", month, neet=20)
        take_paper(text=write_paper(Kind.DATASET, body, private=STRANGER, signer="KH"), by=OFFICER, at=NOW)
    assert [one["month"] for one in datasets_of_others(OFFICER)] == ["2026-09"]


@database
def test_who_may_not_exchange_figures_signs_and_takes_none() -> None:
    text = write_paper(Kind.DATASET, a_set("KH", neet=1), private=STRANGER, signer="KH")
    for act in (
        lambda by: sign_dataset(by=by, at=NOW),
        lambda by: take_paper(text=text, by=by, at=NOW),
    ):
        with pytest.raises(NotPermitted):
            act(system("practice.view", "practice.exchange", label="manager"))
    assert not HeldPaper.objects.exists()


@database
def test_a_data_set_without_a_month_is_refused() -> None:
    body = a_set("KH", "soon", neet=1)
    with pytest.raises(Refused):
        take_paper(text=write_paper(Kind.DATASET, body, private=STRANGER, signer="KH"), by=OFFICER, at=NOW)
    assert not HeldPaper.objects.exists()


# --- the policy desk ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("band", "ages", "share"),
    [
        ("15-19", (15, 24), "in"),
        ("15-19", (18, 24), "part"),
        ("25-29", (15, 24), "out"),
        ("30+", (15, 30), "part"),
        ("30+", (15, 120), "in"),
        ("unknown", (0, 120), "out"),
    ],
)
def test_how_much_of_a_band_the_ages_cover(band: str, ages: tuple[int, int], share: str) -> None:
    assert share_of_band(band, ages) == share


def test_cut_bands_and_unknown_schooling_count_at_most() -> None:
    groups = [
        Group("female", "15-19", "A", 3, 40),
        Group("female", "20-24", "A", None, 30),
        Group("male", "15-19", "A", 1, 50),
    ]
    assert eligible_between(groups, (15, 22), 2) == (40, 70)
    assert eligible_between(groups, (15, 24), None) == (120, 120)


def test_the_answer_is_in_steps_and_the_money_comes_from_what_is_shown() -> None:
    groups = [Group("female", "15-19", "A", None, 101), Group("female", "20-24", "A", None, 57)]
    found = result_of(groups, CHANGE, currency="PHP")
    assert found["people_now"] == [100, 100] and found["people_then"] == [160, 160]
    assert found["cost_now"] == ["60000", "240000"] and found["cost_then"] == ["192000", "768000"]
    assert {n for *_key, n in found["new_by_sex_age"]} == {60}
    assert found["out_by_sex_age"] == []
    back = Change("Narrower", (15, 24), (15, 19), Decimal(1), Decimal(1), 1, (1, 1))
    assert result_of(groups, back, currency="PHP")["out_by_sex_age"] == [["female", "20-24", 60]]
    unknown = [*groups, Group("not_said", "20-24", "A", None, 3)]
    assert result_of(unknown, CHANGE, currency="PHP")["new_by_sex_age"] == [["female", "20-24", 60]]
    few = result_of([Group("female", "15-19", "A", None, 9)], CHANGE, currency="PHP")
    assert few["people_now"] == [None, None] and few["cost_now"] == [None, None]


def test_a_change_that_changes_nothing_is_refused() -> None:
    same = Change(" ", (15, 24), (15, 24), Decimal(1), Decimal(1), 6, (40, 10))
    found = [one.code for one in may_try(same, published_month=False).reasons]
    assert found == ["nothing_published", "title_needed", "take_up_needed", "nothing_changes"]
    assert may_try(CHANGE, published_month=True).allowed


@database
def test_an_answer_is_kept_with_its_month_and_shows_nobody() -> None:
    published_month(48)
    kept = try_change(change=CHANGE, by=OFFICER, at=NOW)
    assert kept.result["people_now"] == [20, 20] and kept.result["people_then"] == [50, 50]
    assert "10 to 40 per cent" in kept.assumptions[-1] and "2026-10" in citation(kept)
    assert what_if_for(OFFICER, kept.ref) == kept
    with pytest.raises(NotFound):
        what_if_for(OFFICER, "NONE")


@database
def test_only_those_of_the_policy_desk_ask() -> None:
    published_month(12)
    for by in (VISITOR, system("practice.exchange", "figures.view", label="manager")):
        with pytest.raises(NotPermitted):
            try_change(change=CHANGE, by=by, at=NOW)
    assert not WhatIf.objects.exists()
