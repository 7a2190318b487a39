"""What a national officer does to the law in force, and what it changes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from openpes_countries import (
    OverlayAct,
    OverlayEntry,
    Source,
    UnknownKey,
    known_countries,
    lay_over,
    load_country,
    minimum_age,
    pay_meets_minimum,
    programme_eligibility,
    with_overlay,
)
from openpes_countries.errors import Misfit

ON = date(2026, 11, 24)
PH = load_country("PH")
OFFICER = "A. Santos, Bureau of Local Employment"


def entry(key: str, act: OverlayAct, **fields) -> OverlayEntry:
    return OverlayEntry(key=key, act=act, officer=fields.pop("officer", OFFICER), on=fields.pop("on", ON), **fields)


def test_no_entry_changes_nothing() -> None:
    assert with_overlay(PH, []) is PH


def test_verifying_puts_a_name_to_a_value_and_changes_the_hash() -> None:
    verified = with_overlay(PH, [entry("ages.minimum", OverlayAct.VERIFY)])
    assert verified.hash != PH.hash
    assert verified.value("ages.minimum", on=ON).verified_by == f"{OFFICER}, 2026-11-24"
    assert minimum_age(PH, on=ON).recalled and not minimum_age(verified, on=ON).recalled
    assert len(verified.unverified()) == len(PH.unverified()) - 1
    assert PH.value("ages.minimum", on=ON).verified_by is None


def test_a_verified_rule_may_refuse_what_a_recalled_one_could_not() -> None:
    facts = {"age": 17}
    tupad = PH.programme("tupad", on=ON)
    assert programme_eligibility(tupad, facts, on=ON).is_unknown
    verified = with_overlay(PH, [entry("programmes.tupad", OverlayAct.VERIFY)])
    assert programme_eligibility(verified.programme("tupad", on=ON), facts, on=ON).is_no


def test_waiving_lets_a_value_go_live_and_leaves_a_trace() -> None:
    waived = with_overlay(PH, [entry("hours.week", OverlayAct.WAIVE)])
    dated = waived.value("hours.week", on=ON)
    assert dated.recalled and not dated.usable_live and dated.usable_on(ON) and OFFICER in (dated.waived_by or "")
    assert len(waived.unverified(on=ON)) == len(PH.unverified(on=ON)) - 1


def test_a_waiver_runs_out_on_its_day() -> None:
    waived = with_overlay(PH, [entry("hours.week", OverlayAct.WAIVE, before=date(2027, 1, 1))])
    dated = waived.value("hours.week", on=ON)
    assert dated.usable_on(date(2026, 12, 31)) and not dated.usable_on(date(2027, 1, 1))
    assert dated in waived.unverified(on=date(2027, 1, 1)) and dated not in waived.unverified(on=ON)


def test_what_was_read_stands_in_the_value_and_sets_the_review() -> None:
    read = Source("Labor Code", "art. 139", None, date(2026, 11, 20))
    verified = with_overlay(PH, [entry("ages.minimum", OverlayAct.VERIFY, source=read)])
    dated = verified.value("ages.minimum", on=ON)
    assert dated.source == read and dated.checked == "source_read" and dated.review_by == date(2028, 11, 23)


def test_a_signature_does_not_pass_to_another_value() -> None:
    seen = PH.value("ages.minimum", on=ON).fingerprint()
    order = entry("ages.minimum", OverlayAct.REPLACE, value=16, source=Source("A new Act"))
    old = entry("ages.minimum", OverlayAct.VERIFY, seen=seen)
    assert with_overlay(PH, [old]).value("ages.minimum", on=ON).verified_by
    with pytest.raises(Misfit, match="not the value that was seen"):
        with_overlay(PH, [order, old])
    country, lapsed = lay_over(PH, [order, old, entry("hours.week", OverlayAct.VERIFY)])
    assert [one.entry for one in lapsed] == [old]
    assert country.value("ages.minimum", on=ON).value == 16 and country.value("hours.week", on=ON).verified_by


def test_a_pack_starts_though_no_entry_fits_it_any_more() -> None:
    country, lapsed = lay_over(PH, [entry("ages.minimun", OverlayAct.VERIFY)])
    assert country is PH and "ages.minimun" in lapsed[0].why


def test_replacing_begins_on_its_day_and_keeps_the_past() -> None:
    order = Source("Wage Order NCR-27", "s. 1")
    value = {
        "scope": "Metro Manila, non-agriculture",
        "amount": 745,
        "currency": "PHP",
        "per": "day",
        "areas": ["PH-00"],
        "not_sectors": ["agriculture"],
    }
    changed = with_overlay(
        PH,
        [
            entry(
                "minimum_wage.ncr_non_agriculture", OverlayAct.REPLACE, on=date(2026, 7, 18), value=value, source=order
            )
        ],
    )
    ask = {"pay": Decimal(700), "currency": "PHP", "period": "day", "area": "PH-00", "sector": "office", "staff": 40}
    assert pay_meets_minimum(changed, on=date(2026, 7, 17), **ask).is_yes
    assert pay_meets_minimum(changed, on=date(2026, 7, 18), **ask).is_no
    assert pay_meets_minimum(PH, on=date(2026, 7, 18), **ask).is_yes


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (entry("ages.minimum", OverlayAct.VERIFY, officer=" "), "officer"),
        (entry("ages.light_work", OverlayAct.VERIFY), "is unknown"),
        (entry("ages.minimum", OverlayAct.REPLACE, value=16), "without a source"),
        (entry("ages.minimum", OverlayAct.REPLACE, value="sixteen", source=Source("An Act")), "not a whole number"),
    ],
)
def test_a_bad_entry_is_refused_with_the_reason(made: OverlayEntry, words: str) -> None:
    with pytest.raises(Misfit, match=words):
        with_overlay(PH, [made])


def test_an_unknown_key_is_named() -> None:
    with pytest.raises(UnknownKey, match=r"ages\.minimum"):
        with_overlay(PH, [entry("ages.minimun", OverlayAct.VERIFY)])


def test_the_order_of_entries_counts_in_the_hash() -> None:
    one, two = entry("ages.minimum", OverlayAct.VERIFY), entry("hours.week", OverlayAct.WAIVE)
    assert with_overlay(PH, [one, two]).hash != with_overlay(PH, [two, one]).hash
    assert with_overlay(PH, [one, two]).hash == with_overlay(load_country("PH"), [one, two]).hash


@pytest.mark.parametrize("code", known_countries())
def test_everything_that_waits_in_a_pack_can_be_waived_by_name(code: str) -> None:
    pack = load_country(code)
    waiting = [
        entry(dated.key, OverlayAct.WAIVE, seen=dated.fingerprint(), before=date(2027, 6, 1))
        for dated in pack.unverified(on=ON)
    ]
    waived, lapsed = lay_over(pack, waiting)
    assert waiting and not lapsed and waived.unverified(on=ON) == ()
