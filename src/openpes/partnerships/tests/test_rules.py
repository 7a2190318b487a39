"""The rules of agreements and referrals to partners, with plain values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from openpes.partnerships.rules import (
    AgreementFacts,
    SendFacts,
    agreement_is_live,
    may_agree,
    may_answer,
    may_close,
    may_send,
    may_step,
    warning_due,
)
from openpes.partnerships.states import PartnerReferralState

DAY = date(2026, 11, 24)
AGREEMENT = AgreementFacts(("training",), DAY, DAY + timedelta(days=90), 4)
SEND = SendFacts(
    is_active=True,
    agrees=True,
    guardian_missing=False,
    agreement_is_live=True,
    purpose="training",
    purposes=("training",),
    areas=("PH-CEB",),
    area_chain=("PH-CEB-1", "PH-CEB"),
    places_left=1,
    already_open=False,
)


def codes(decision):
    return [reason.code for reason in decision.reasons]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, None),
        ({"purposes": ()}, "purpose_needed"),
        ({"purposes": ("anything",)}, "purpose_needed"),
        ({"ends_before": DAY}, "ends_before_start"),
        ({"ends_before": DAY + timedelta(days=2000)}, "agreement_too_long"),
        ({"capacity": 0}, "capacity_needed"),
        ({"groups": ("nobody",)}, "unknown_group"),
    ],
)
def test_an_agreement_says_what_for_whom_and_until_when(change, code):
    assert codes(may_agree(replace(AGREEMENT, **change), known_groups={"women"})) == ([code] if code else [])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, None),
        ({"areas": ()}, None),
        ({"is_active": False}, "person_not_active"),
        ({"agrees": False}, "consent_needed"),
        ({"guardian_missing": True}, "guardian_needed"),
        ({"agreement_is_live": False}, "agreement_not_live"),
        ({"purpose": "health"}, "purpose_not_agreed"),
        ({"areas": ("PH-MNL",)}, "area_not_agreed"),
        ({"places_left": 0}, "no_place_left"),
        ({"already_open": True}, "sent_already"),
        ({"note": "x" * 401}, "words_too_long"),
    ],
)
def test_each_thing_that_stands_in_the_way_is_told(change, code):
    assert codes(may_send(replace(SEND, **change))) == ([code] if code else [])


def test_all_that_stands_in_the_way_is_told_at_once():
    assert codes(may_send(replace(SEND, agrees=False, places_left=0))) == ["consent_needed", "no_place_left"]


@pytest.mark.parametrize(
    ("on", "ended", "is_open", "live"),
    [
        (DAY, False, True, True),
        (DAY - timedelta(days=1), False, True, False),
        (DAY + timedelta(days=89), False, True, True),
        (DAY + timedelta(days=90), False, True, False),
        (DAY, True, True, False),
        (DAY, False, False, False),
    ],
)
def test_an_agreement_opens_doors_only_on_its_days(on, ended, is_open, live):
    said = agreement_is_live(
        starts_on=AGREEMENT.starts_on,
        ends_before=AGREEMENT.ends_before,
        ended=ended,
        partner_is_open=is_open,
        on=on,
    )
    assert said is live


def test_warnings_come_once_each_and_a_short_agreement_warns_once():
    days, warned, given = (90, 30, 7), [], {}
    ends = DAY + timedelta(days=120)
    for number in range(121):
        due = warning_due(ends_before=ends, on=DAY + timedelta(days=number), warned=warned, days=days)
        if due is not None:
            warned.append(due)
            given[due] = 120 - number
    assert given == {90: 90, 30: 30, 7: 7}
    assert warning_due(ends_before=DAY + timedelta(days=5), on=DAY, warned=[], days=days) == 7
    assert warning_due(ends_before=DAY + timedelta(days=5), on=DAY, warned=[7], days=days) is None
    assert warning_due(ends_before=DAY, on=DAY, warned=[], days=days) is None


def test_answers_steps_and_results_follow_each_other():
    sent, accepted, in_touch = (PartnerReferralState(one) for one in ("sent", "accepted", "in_touch"))
    assert may_answer(now_in=sent, answer="accept", words="").allowed
    assert codes(may_answer(now_in=sent, answer="decline", words=" ")) == ["why_needed"]
    assert codes(may_answer(now_in=accepted, answer="accept", words="")) == ["answered_already"]
    assert codes(may_answer(now_in=sent, answer="perhaps", words="")) == ["answer_needed"]
    step = {"on": DAY, "accepted_on": DAY, "today": DAY}
    assert may_step(now_in=accepted, step="first_contact", **step).allowed
    assert codes(may_step(now_in=accepted, step="attended", **step)) == ["contact_first"]
    assert codes(may_step(now_in=in_touch, step="first_contact", **step)) == ["contact_once"]
    assert codes(may_step(now_in=sent, step="attended", **step)) == ["accept_first"]
    later = {**step, "on": DAY + timedelta(days=1)}
    assert codes(may_step(now_in=in_touch, step="attended", **later)) == ["day_out_of_range"]
    assert may_close(now_in=in_touch, result="done").allowed
    assert codes(may_close(now_in=in_touch, result="")) == ["result_needed"]
    assert codes(may_close(now_in=sent, result="done")) == ["accept_first"]
