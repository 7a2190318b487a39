"""The scorecard: published points for known facts, never a protected attribute, never a refusal."""

from __future__ import annotations

from datetime import date

import pytest

from openpes.guidance.advising import (
    FACTS,
    BadScorecard,
    SeekerFacts,
    advise,
    override_rate,
    read_scorecard,
)
from openpes.guidance.states import AdviceKind, Level
from openpes.guidance.words import CHANGE, FACT, RULE, told
from openpes_countries import known_countries, load_country

SCORECARD = read_scorecard(load_country("PH").value("profiling.scorecard", on=date(2026, 11, 24)).value)
PROTECTED = {"sex", "age", "born_on", "religion", "group", "disability", "health", "area", "name", "ethnicity"}


def test_nothing_known_is_self_help_with_no_reason():
    """An unknown fact gives no points and is named as what would change it."""
    advice = advise(SeekerFacts(), SCORECARD)
    assert (advice.level, advice.reasons, advice.kind) == (Level.SELF_HELP, (), AdviceKind.SCORECARD)


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        (SeekerFacts(isced=3, experience_months=24, months_registered=1, skills_told=5, own_phone=1), Level.SELF_HELP),
        (SeekerFacts(isced=1, experience_months=0), Level.SUPPORTED),
        (SeekerFacts(isced=1, experience_months=0, months_registered=13), Level.INTENSIVE),
        (SeekerFacts(heavy_barriers=2, isced=1), Level.SUPPORTED),
        (SeekerFacts(heavy_barriers=2, isced=1, skills_told=0), Level.INTENSIVE),
        (SeekerFacts(isced=2, months_registered=5, turned_down=2), Level.SELF_HELP),
        (SeekerFacts(isced=2, months_registered=6, turned_down=3), Level.SUPPORTED),
    ],
)
def test_the_points_decide_the_level(facts, level):
    assert advise(facts, SCORECARD).level == level


def test_the_three_strongest_reasons_come_first_and_what_would_change_it_really_does():
    facts = SeekerFacts(isced=1, experience_months=0, months_registered=13, skills_told=0, data_age=40)
    advice = advise(facts, SCORECARD)
    assert len(advice.reasons) == 3 and advice.data_age == 40
    points = {one.code: one.points for one in SCORECARD.rules}
    given = [points[one.code] for one in advice.reasons]
    assert given == sorted(given, reverse=True) == [2, 2, 1]
    supported = SeekerFacts(isced=1, experience_months=0)
    change = advise(supported, SCORECARD).would_change
    assert {"no_secondary", "no_experience"} <= {one.code for one in change}
    assert advise(SeekerFacts(isced=2, experience_months=0), SCORECARD).level != advise(supported, SCORECARD).level


def test_no_fact_is_a_protected_attribute():
    assert not PROTECTED & set(FACTS)
    for name in PROTECTED:
        with pytest.raises(BadScorecard, match="may not be asked"):
            read_scorecard(
                {
                    "supported_from": 1,
                    "intensive_from": 2,
                    "rules": [{"code": "x", "fact": name, "op": "is", "value": 1, "points": 1}],
                }
            )


RULE_OF_TEST = {"code": "a", "fact": "isced", "op": "lte", "value": 1, "points": 1}


def block_of(rules, supported_from=1, intensive_from=3):
    return {"supported_from": supported_from, "intensive_from": intensive_from, "rules": rules}


@pytest.mark.parametrize(
    "block",
    [
        {},
        block_of([RULE_OF_TEST], supported_from=3),
        block_of([RULE_OF_TEST | {"op": "like"}]),
        block_of([RULE_OF_TEST | {"points": -1}]),
        block_of([{"code": "a", "fact": "isced", "op": "lte", "value": 1}]),
        block_of([RULE_OF_TEST] * 2),
        block_of([]),
    ],
)
def test_a_bad_scorecard_is_told(block):
    with pytest.raises(BadScorecard):
        read_scorecard(block)


@pytest.mark.parametrize("code", known_countries())
def test_each_country_has_a_scorecard_that_is_off_and_in_words(code):
    pack, on = load_country(code), date(2026, 11, 24)
    assert pack.value("profiling.switched_on", on=on).value is False
    for one in read_scorecard(pack.value("profiling.scorecard", on=on).value).rules:
        assert one.code in RULE and one.code in CHANGE and one.fact in FACT
        assert told(RULE, {"code": one.code, "found": 7, "value": one.value})


@pytest.mark.parametrize(
    ("answered", "otherwise", "percent", "alarm"),
    [
        (19, 0, None, ""),
        (20, 0, 0, "blind"),
        (100, 1, 1, "blind"),
        (100, 2, 2, ""),
        (100, 50, 50, ""),
        (100, 51, 51, "misfit"),
        (0, 0, None, ""),
    ],
)
def test_the_rate_is_careful_with_small_numbers(answered, otherwise, percent, alarm):
    found = override_rate(answered=answered, otherwise=otherwise, fewest=20, below=2, above=50)
    assert (found.percent, found.alarm) == (percent, alarm)
