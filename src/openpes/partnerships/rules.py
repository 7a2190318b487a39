"""When an agreement is live, who may be sent to a partner, what may be answered, what time sets off. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from openpes.core.decisions import Decision, Reason, no, yes
from openpes.partnerships.states import (
    OPEN_STATES,
    HandedKind,
    PartnerAnswer,
    PartnerPurpose,
    PartnerReferralState,
    PartnerResult,
    PartnerStep,
    TargetMeasure,
)

LONGEST_WORDS = 400
LONGEST_AGREEMENT = timedelta(days=366 * 3)


@dataclass(frozen=True)
class AgreementFacts:
    """What an agreement says. `groups` and `areas` empty: everybody, everywhere. `capacity`: people at one time."""

    purposes: tuple[str, ...]
    starts_on: date
    ends_before: date
    capacity: int
    areas: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


def may_agree(facts: AgreementFacts, *, known_groups: Collection[str]) -> Decision:
    """An agreement names what for, how many people, and a last day that is not far away."""
    reasons = []
    if not facts.purposes or set(facts.purposes) - set(PartnerPurpose):
        reasons.append(Reason("purpose_needed"))
    if facts.ends_before <= facts.starts_on:
        reasons.append(Reason("ends_before_start"))
    elif facts.ends_before - facts.starts_on > LONGEST_AGREEMENT:
        reasons.append(Reason("agreement_too_long"))
    if facts.capacity < 1:
        reasons.append(Reason("capacity_needed"))
    if set(facts.groups) - set(known_groups):
        reasons.append(Reason("unknown_group"))
    return no(*reasons) if reasons else yes()


def agreement_is_live(*, starts_on: date, ends_before: date, ended: bool, partner_is_open: bool, on: date) -> bool:
    """Does the agreement open any door on this day?"""
    return partner_is_open and not ended and starts_on <= on < ends_before


def warning_due(*, ends_before: date, on: date, warned: Sequence[int], days: Sequence[int]) -> int | None:
    """The warning that is due before an agreement ends, as days before; None when none is.

    Only the nearest one is given: an agreement made for a week warns once, not three times.
    """
    left = (ends_before - on).days
    reached = [one for one in days if 0 < left <= one]
    if not reached:
        return None
    nearest = min(reached)
    return None if any(one <= nearest for one in warned) else nearest


@dataclass(frozen=True)
class SendFacts:
    """What is known when somebody is to be sent to a partner. `area_chain`: where they live and what lies around."""

    is_active: bool
    agrees: bool
    guardian_missing: bool
    agreement_is_live: bool
    purpose: str
    purposes: tuple[str, ...]
    areas: tuple[str, ...]
    area_chain: tuple[str, ...]
    places_left: int
    already_open: bool
    note: str = ""


def may_send(facts: SendFacts) -> Decision:
    """Send a person to a partner: with their own yes, under a live agreement that covers it, where there is a place.

    The groups an agreement is meant for are no condition here: the person says which they belong to, or does not.
    """
    checks = (
        (facts.is_active, "person_not_active"),
        (facts.agrees, "consent_needed"),
        (not facts.guardian_missing, "guardian_needed"),
        (facts.agreement_is_live, "agreement_not_live"),
        (facts.purpose in facts.purposes, "purpose_not_agreed"),
        (not facts.areas or bool(set(facts.areas) & set(facts.area_chain)), "area_not_agreed"),
        (facts.places_left > 0, "no_place_left"),
        (not facts.already_open, "sent_already"),
        (len(facts.note) <= LONGEST_WORDS, "words_too_long"),
    )
    reasons = [Reason(code, {"most": LONGEST_WORDS}) for holds, code in checks if not holds]
    return no(*reasons) if reasons else yes()


def may_answer(*, now_in: PartnerReferralState, answer: str, words: str) -> Decision:
    """Once, while it waits; a no says why."""
    if now_in != PartnerReferralState.SENT:
        return no(Reason("answered_already"))
    if answer not in set(PartnerAnswer):
        return no(Reason("answer_needed"))
    if answer == PartnerAnswer.DECLINE and not words.strip():
        return no(Reason("why_needed"))
    return yes()


def may_step(*, now_in: PartnerReferralState, step: str, on: date, accepted_on: date | None, today: date) -> Decision:
    """After a yes: the first contact first, then who came and who did not, on a day between the yes and today."""
    if now_in not in {PartnerReferralState.ACCEPTED, PartnerReferralState.IN_TOUCH}:
        return no(Reason("accept_first"))
    if step not in set(PartnerStep):
        return no(Reason("step_needed"))
    if (step == PartnerStep.FIRST_CONTACT) != (now_in == PartnerReferralState.ACCEPTED):
        return no(Reason("contact_once" if step == PartnerStep.FIRST_CONTACT else "contact_first"))
    if on > today or (accepted_on is not None and on < accepted_on):
        return no(Reason("day_out_of_range"))
    return yes()


def may_close(*, now_in: PartnerReferralState, result: str) -> Decision:
    """Close with a result, after a yes."""
    if now_in not in {PartnerReferralState.ACCEPTED, PartnerReferralState.IN_TOUCH}:
        return no(Reason("accept_first"))
    return yes() if result in set(PartnerResult) else no(Reason("result_needed"))


def may_end(*, now_in: PartnerReferralState) -> Decision:
    """Whatever is open can be taken back."""
    return yes() if now_in in OPEN_STATES else no(Reason("ended_already"))


def answer_due_at(*, sent_at: datetime, days: int) -> datetime:
    """Until when a partner may answer."""
    return sent_at + timedelta(days=days)


LONGEST_LABEL = 120


def may_hand_over(*, kind: str, label: str, day: date | None, how_agreed: str, has_school: bool) -> Decision:
    """A list has a name and a day. A school says how its leavers agreed; after a shock people agree when they come."""
    checks = (
        (kind in set(HandedKind), "list_kind_needed"),
        (0 < len(label.strip()) <= LONGEST_LABEL, "list_label_needed"),
        (day is not None, "list_day_needed"),
        (kind != HandedKind.LEAVERS or has_school, "list_school_needed"),
        (kind != HandedKind.LEAVERS or bool(how_agreed.strip()), "list_agreed_needed"),
    )
    reasons = [Reason(code) for holds, code in checks if not holds]
    return no(*reasons) if reasons else yes()


def may_set_target(
    *, group: str, known_groups: Collection[str], measure: str, number: int, starts_on: date, ends_before: date
) -> Decision:
    """A target names a group of the country, a measure, a number and a span."""
    checks = (
        (group in known_groups, "unknown_group"),
        (measure in set(TargetMeasure), "measure_needed"),
        (number > 0, "number_needed"),
        (ends_before > starts_on, "ends_before_start"),
    )
    reasons = [Reason(code) for holds, code in checks if not holds]
    return no(*reasons) if reasons else yes()
