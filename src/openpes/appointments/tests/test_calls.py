"""Whom to call: the rules in order, the switch, the capacity, the counsellor's wish. No score anywhere."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from openpes.appointments.rules_calls import CallFacts, CallPolicy, Proposal, reason_of, rules_named, whom_to_call
from openpes.appointments.states import CallRule, Wish

TODAY = date(2026, 11, 24)
ALL = tuple(CallRule)


def days_ago(days):
    return TODAY - timedelta(days=days)


def policy(**changes):
    facts = {
        "rules": ALL,
        "never_contacted_days": 3,
        "not_contacted_days": 30,
        "referrals_unanswered": 2,
        "leaving_youth_days": 90,
        "no_referral_days": 45,
        "most": 12,
        "youth_until": 29,
    }
    return CallPolicy(**{**facts, **changes})


def person(key=1, **changes):
    facts = {"jobseeker_id": key, "registered_on": days_ago(1), "ever_referred": True, "last_spoken_on": days_ago(1)}
    return CallFacts(**{**facts, **changes})


@pytest.mark.parametrize(
    ("rule", "fits", "does_not"),
    [
        (CallRule.CALL_AGAIN, {"call_again_on": TODAY}, {"call_again_on": TODAY + timedelta(days=1)}),
        (CallRule.NO_SHOW_TWICE, {"missed_in_a_row": 2}, {"missed_in_a_row": 1}),
        (
            CallRule.NEVER_CONTACTED,
            {"last_spoken_on": None, "registered_on": days_ago(3)},
            {"last_spoken_on": None, "registered_on": days_ago(2)},
        ),
        (CallRule.PLAN_OVERDUE, {"overdue_since": days_ago(1)}, {"overdue_since": TODAY}),
        (CallRule.REFERRALS_UNANSWERED, {"unanswered": 2}, {"unanswered": 1}),
        # Turns 30 within 90 days, or not yet, or has turned.
        (CallRule.LEAVING_YOUTH, {"born_on": date(1997, 1, 10)}, {"born_on": date(1997, 6, 10)}),
        (CallRule.LEAVING_YOUTH, {"born_on": date(1996, 11, 25)}, {"born_on": date(1996, 11, 24)}),
        (
            CallRule.PROGRAMME_CLOSING,
            {"programme_closes_on": TODAY},
            {"programme_closes_on": days_ago(1)},
        ),
        (
            CallRule.NO_REFERRAL,
            {"ever_referred": False, "registered_on": days_ago(45)},
            {"ever_referred": False, "registered_on": days_ago(44)},
        ),
        (CallRule.NOT_CONTACTED, {"last_spoken_on": days_ago(30)}, {"last_spoken_on": days_ago(29)}),
    ],
)
def test_each_rule_at_its_edge(rule, fits, does_not):
    assert reason_of(rule, person(**fits), policy(), on=TODAY) is not None
    assert reason_of(rule, person(**does_not), policy(), on=TODAY) is None


def call(people, *, free=5, wishes=None, **changes):
    return whom_to_call(people, policy(**changes), on=TODAY, free=free, wishes=wishes or {})


LATE = person(1, overdue_since=days_ago(9))
SILENT = person(2, last_spoken_on=days_ago(60))
NEW = person(3, last_spoken_on=None, registered_on=days_ago(21))


def test_the_order_of_the_list_is_the_order_of_the_policy():
    assert [one.jobseeker_id for one in call([LATE, SILENT, NEW])] == [3, 1, 2]
    turned = (CallRule.NOT_CONTACTED, CallRule.PLAN_OVERDUE, CallRule.NEVER_CONTACTED)
    assert [one.jobseeker_id for one in call([LATE, SILENT, NEW], rules=turned)] == [2, 1, 3]


def test_a_rule_that_is_not_named_is_off():
    assert [one.jobseeker_id for one in call([LATE, SILENT, NEW], rules=(CallRule.PLAN_OVERDUE,))] == [1]


def test_never_more_people_than_free_times_or_than_the_policy_says():
    many = [person(key, last_spoken_on=days_ago(100 - key)) for key in range(1, 30)]
    assert len(call(many, free=4)) == 4
    assert len(call(many, free=40)) == 12
    assert call(many, free=0) == []
    assert [one.jobseeker_id for one in call(many, free=2)] == [1, 2]  # whoever has waited longest


def test_a_wish_moves_up_down_and_out():
    order = call([LATE, SILENT, NEW], wishes={2: Wish.UP, 3: Wish.DOWN})
    assert [one.jobseeker_id for one in order] == [2, 1, 3]
    assert [one.jobseeker_id for one in call([LATE, SILENT, NEW], wishes={3: Wish.OUT})] == [1, 2]


def test_whoever_is_expected_or_was_spoken_with_today_is_left_in_peace():
    assert call([person(1, overdue_since=days_ago(3), has_appointment=True)]) == []
    assert call([person(1, overdue_since=days_ago(3), last_spoken_on=TODAY)]) == []


def test_a_proposal_carries_no_score():
    assert set(Proposal.__dataclass_fields__) == {"jobseeker_id", "rule", "facts", "wish"}


def test_a_rule_that_does_not_exist_is_an_error():
    with pytest.raises(ValueError, match="luck"):
        rules_named(["luck"])
