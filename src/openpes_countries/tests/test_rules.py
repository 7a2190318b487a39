"""Rules at their edges: three values, floors, and nobody refused by what is not known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openpes_countries import (
    Verdict,
    hazardous_work,
    load_country,
    may_register,
    may_work,
    minimum_wage_for,
    pay_meets_minimum,
    programme_eligibility,
    youth_bands,
)
from openpes_countries.eligibility import check_rule, evaluate
from openpes_countries.errors import Misfit
from openpes_countries.rules import age_on
from openpes_countries.rules_adverts import advert_ground

ON = date(2026, 11, 24)
PH, KH, VN = load_country("PH"), load_country("KH"), load_country("VN")


def test_an_answer_is_not_a_boolean() -> None:
    with pytest.raises(TypeError, match="is_yes"):
        bool(may_register(PH, age=20, on=ON))


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2008, 11, 24), date(2026, 11, 23), 17),
        (date(2008, 11, 24), date(2026, 11, 24), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_age_in_full_years(born: date, on: date, age: int) -> None:
    assert age_on(born, on) == age


@given(st.integers(0, 99), st.sampled_from([True, False, None]))
def test_nobody_under_the_floor_works(age: int, hazardous: bool | None) -> None:
    for country in (PH, KH, VN):
        said = may_work(country, age=age, hazardous=hazardous, on=ON)
        if age < 15:
            assert said.is_no
        elif age < 18:
            assert said.is_yes == (hazardous is False)
        else:
            assert said.is_yes


def test_unknown_age_is_asked_and_refuses_nobody() -> None:
    assert may_work(PH, on=ON).is_unknown
    assert may_register(PH, on=ON).is_yes


def test_guardian_is_named_when_needed() -> None:
    codes = [reason.code for reason in may_register(VN, age=15, on=ON).reasons]
    assert "consent.guardian" in codes
    assert [r.code for r in may_register(VN, age=16, on=ON).reasons] == ["register.welcome"]


@given(st.decimals(1, 2000, places=2), st.decimals(0, 500, places=2))
def test_more_pay_is_never_worse(pay: Decimal, more: Decimal) -> None:
    order = {Verdict.NO: 0, Verdict.UNKNOWN: 1, Verdict.YES: 2}
    ask = {"currency": "PHP", "period": "day", "area": "PH-00", "on": date(2026, 3, 2)}
    low, high = pay_meets_minimum(PH, pay=pay, **ask), pay_meets_minimum(PH, pay=pay + more, **ask)
    assert order[low.verdict] <= order[high.verdict]


def test_pay_in_another_period_is_turned_into_a_month() -> None:
    ask = {"currency": "PHP", "area": "PH-00", "sector": "office", "staff": 40, "on": date(2026, 3, 2)}
    # 695 a day, six days of eight hours: 695 x 6 x 52 / 12 = 18,070 a month.
    assert pay_meets_minimum(PH, pay=Decimal("18070"), period="month", weekly_hours=48, **ask).is_yes
    assert pay_meets_minimum(PH, pay=Decimal("18069.90"), period="month", weekly_hours=48, **ask).is_no
    assert pay_meets_minimum(PH, pay=Decimal("86.88"), period="hour", weekly_hours=48, **ask).is_yes
    assert pay_meets_minimum(PH, pay=Decimal("86.80"), period="hour", weekly_hours=48, **ask).is_no


def test_a_place_that_is_not_listed_is_unknown_and_not_a_breach() -> None:
    ask = {"pay": Decimal(1), "currency": "PHP", "period": "day", "on": date(2026, 3, 2)}
    assert pay_meets_minimum(PH, **ask).is_unknown
    assert pay_meets_minimum(PH, area="PH-CEB", **ask).is_unknown
    assert pay_meets_minimum(PH, area="PH-00", **ask).is_no


def test_wage_region_picks_one_rate() -> None:
    said = minimum_wage_for(VN, region="III", on=ON)
    assert {wage.region for wage in said.value} == {"III"}
    assert minimum_wage_for(VN, on=ON).is_unknown and len(minimum_wage_for(VN, on=ON).value) == 8


def test_wrong_words_are_refused_with_the_right_ones() -> None:
    with pytest.raises(ValueError, match="marital_status"):
        advert_ground(PH, "zodiac", on=ON)
    with pytest.raises(ValueError, match="hour, day, week or month"):
        pay_meets_minimum(PH, pay=Decimal(1), currency="PHP", period="fortnight", on=ON)


def test_hazard_has_three_answers() -> None:
    assert hazardous_work("8111").is_yes and hazardous_work("7411").is_unknown and hazardous_work("4110").is_no


def test_youth_is_a_list() -> None:
    bands = {(low, high) for _, low, high in youth_bands(PH, on=ON).value}
    assert {(15, 30), (18, 24), (18, 30)} <= bands


AGE = {"field": "age", "op": "between", "value": [18, 24]}
WORKS = {"field": "employed", "op": "is", "value": True}


@pytest.mark.parametrize(
    ("rule", "facts", "verdict"),
    [
        ({"all": [AGE, {"not": WORKS}]}, {"age": 20, "employed": False}, "yes"),
        ({"all": [AGE, {"not": WORKS}]}, {"age": 20}, "unknown"),
        ({"all": [AGE, {"not": WORKS}]}, {"age": 40}, "no"),
        ({"any": [AGE, WORKS]}, {"age": 40}, "unknown"),
        ({"any": [AGE, WORKS]}, {"employed": True}, "yes"),
        ({"any": [AGE, WORKS]}, {"age": 40, "employed": False}, "no"),
        ({"not": AGE}, {}, "unknown"),
    ],
)
def test_three_valued_logic(rule, facts, verdict) -> None:
    said, reasons = evaluate(rule, facts)
    assert said == verdict and reasons


@given(st.fixed_dictionaries({}, optional={"age": st.integers(0, 99), "employed": st.booleans()}))
def test_learning_more_never_turns_a_yes_into_a_no(facts: dict[str, object]) -> None:
    rule = {"all": [AGE, {"any": [WORKS, {"field": "student", "op": "is", "value": True}]}]}
    before, _ = evaluate(rule, facts)
    for student in (True, False):
        after, _ = evaluate(rule, {**facts, "student": student})
        assert before is Verdict.UNKNOWN or after is before


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"all": []},
        {"all": [AGE], "any": [AGE]},
        {"field": "age"},
        {"field": "zodiac", "op": "is", "value": 1},
        {"field": "age", "op": "~", "value": 1},
    ],
)
def test_a_rule_that_cannot_be_evaluated_is_refused(rule) -> None:
    with pytest.raises(Misfit):
        check_rule(rule)


def test_a_programme_that_has_not_begun_is_closed() -> None:
    jobstart = PH.programme("jobstart", on=ON)
    assert programme_eligibility(jobstart, {"age": 20}, on=date(2015, 1, 1)).is_no
