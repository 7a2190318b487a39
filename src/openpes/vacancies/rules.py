"""The fair-vacancy check and the moves of a vacancy. Pure: the law is asked of the country's pack."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from openpes.core.decisions import Decision, Reason, no, yes
from openpes.vacancies.states import ALLOWED_MOVES, AbroadLicence, CloseReason, VacancyState, Weight
from openpes_countries import (
    GROUNDS,
    Answer,
    Country,
    advert_exceptions,
    advert_ground,
    fee_allowed,
    find_forbidden_words,
    hazardous_age,
    hazardous_work,
    minimum_age,
    overseas_licence_needed,
    pay_meets_minimum,
    weekly_hours_limit,
)

MOST_PLACES = 500
LONGEST_WEEK = 168
MONEY_GROUND = "fees"
CLAIMED = "ground_exception_claimed"
# What an officer lets through only with a written reason.
NEEDS_NOTE = {"ground_needs_reason", CLAIMED, "abroad_licence_unknown", "signals_held"}


@dataclass(frozen=True)
class Draft:
    """An advert as far as it is written. None is "not written yet"; pay in the unit of `pay_currency`."""

    title: str = ""
    description: str = ""
    isco: str = ""
    places: int | None = None
    pay_amount: Decimal | None = None
    pay_currency: str = ""
    pay_period: str = "month"
    weekly_hours: Decimal | None = None
    area_code: str = ""
    sector: str = ""
    hazardous: bool = False
    contract_type: str = ""
    abroad_in: str = ""
    abroad_contract: str = ""
    abroad_costs: str = ""
    abroad_licence: AbroadLicence = AbroadLicence.UNKNOWN
    staff_at_least: int | None = None
    wage_region: str = ""
    exception_ground: str = ""
    exception_basis: str = ""
    exception_reason: str = ""


@dataclass(frozen=True)
class Finding:
    """One thing the check has to say. `field` is the part of the advert it is about, `weight` what it does."""

    code: str
    field: str
    weight: Weight
    facts: dict[str, str]
    text: str = ""
    source: str = ""

    def as_json(self) -> dict[str, object]:
        """The finding as it is kept beside the advert."""
        return {
            "code": self.code,
            "field": self.field,
            "weight": self.weight.value,
            "facts": self.facts,
            "text": self.text,
            "source": self.source,
        }


def _cite(answer: Answer) -> str:
    return "; ".join(source.cite() for source in answer.sources)


def check_vacancy(
    country: Country, draft: Draft, *, on: date, languages: Iterable[str] = ("en",)
) -> tuple[Finding, ...]:
    """Everything the law of a country and plain sense say about an advert, the gravest first."""
    findings = [
        *_check_missing(draft),
        *_check_words(country, draft, on, tuple(languages)),
        *_check_claim(country, draft, on),
        *_check_abroad(country, draft, on),
        *_check_costs_abroad(country, draft, on, tuple(languages)),
        *_check_pay(country, draft, on),
        *_check_hours(country, draft, on),
        *_check_hazard(country, draft, on),
    ]
    order = [Weight.STOPS, Weight.ASKS, Weight.TELLS]
    return tuple(sorted(findings, key=lambda one: order.index(one.weight)))


def _check_missing(draft: Draft) -> Iterable[Finding]:
    for field, given in (
        ("title", draft.title.strip()),
        ("isco", draft.isco),
        ("area_code", draft.area_code),
        ("places", draft.places),
    ):
        if not given:
            yield Finding(f"missing_{field}", field, Weight.STOPS, {})
    if draft.places is not None and not 1 <= draft.places <= MOST_PLACES:
        yield Finding("places_impossible", "places", Weight.STOPS, {"most": str(MOST_PLACES)})
    if draft.pay_amount is None:
        yield Finding("missing_pay", "pay", Weight.TELLS, {})
    elif draft.pay_amount <= 0:
        yield Finding("pay_impossible", "pay", Weight.STOPS, {})
    if not draft.description.strip():
        yield Finding("missing_description", "description", Weight.TELLS, {})


def _check_words(country: Country, draft: Draft, on: date, languages: tuple[str, ...]) -> Iterable[Finding]:
    """Grounds that an advert may not choose people by, and requests for money, wherever they stand in the text."""
    for field, text in (("title", draft.title), ("description", draft.description)):
        for found in find_forbidden_words(text, languages=languages):
            facts = {"words": found.text, "ground": found.ground}
            if found.ground == MONEY_GROUND:
                answer = fee_allowed(country, on=on)
                yield Finding("asks_for_money", field, Weight.STOPS, facts, str(answer.reasons[0]), _cite(answer))
                continue
            answer = advert_ground(country, found.ground, on=on)
            if answer.is_yes:
                continue
            code, weight = _ground_code(country, draft, found.ground, answer, on)
            if code == "ground_forbidden_unless":
                facts["exceptions"] = "; ".join(advert_exceptions(country, found.ground, on=on))
            yield Finding(code, field, weight, facts, str(answer.reasons[0]), _cite(answer))


def _ground_code(country: Country, draft: Draft, ground: str, answer: Answer, on: date) -> tuple[str, Weight]:
    """What a ground in the text does: a claimed exception is held for two people, anything else forbidden stops."""
    if ground == draft.exception_ground and claim_is_listed(country, draft, on=on):
        return CLAIMED, Weight.ASKS
    if answer.value == "justified_only":
        return "ground_needs_reason", Weight.ASKS
    unless = bool(advert_exceptions(country, ground, on=on))
    return ("ground_forbidden_unless" if unless else "ground_forbidden"), Weight.STOPS


def claim_is_listed(country: Country, draft: Draft, *, on: date) -> bool:
    """Does the employer claim, with a reason, an exception that the law of the country lists?"""
    return (
        draft.exception_ground in GROUNDS
        and bool(draft.exception_reason.strip())
        and draft.exception_basis in advert_exceptions(country, draft.exception_ground, on=on)
    )


def _check_claim(country: Country, draft: Draft, on: date) -> Iterable[Finding]:
    """A claim that the law does not know, or that gives no reason, is said beside its field."""
    if not draft.exception_ground:
        return
    ground = {"ground": draft.exception_ground}
    if draft.exception_ground not in GROUNDS or not advert_exceptions(country, draft.exception_ground, on=on):
        yield Finding("exception_not_listed", "exception_basis", Weight.STOPS, ground)
    elif draft.exception_basis not in advert_exceptions(country, draft.exception_ground, on=on):
        yield Finding("exception_basis_missing", "exception_basis", Weight.STOPS, ground)
    elif not draft.exception_reason.strip():
        yield Finding("exception_reason_missing", "exception_reason", Weight.STOPS, ground)


def _check_abroad(country: Country, draft: Draft, on: date) -> Iterable[Finding]:
    """Work abroad is offered by whoever holds a live licence; what nobody can tell is held for a person.

    Which contract, and who pays what, is said before anybody packs a bag.
    """
    if not draft.abroad_in.strip():
        return
    for field, said in (("abroad_contract", draft.abroad_contract), ("abroad_costs", draft.abroad_costs)):
        if not said.strip():
            yield Finding(f"missing_{field}", field, Weight.STOPS, {})
    needed = overseas_licence_needed(country, on=on)
    if needed.is_no or draft.abroad_licence == AbroadLicence.LIVE:
        return
    if draft.abroad_licence == AbroadLicence.NOT_LIVE:
        yield Finding("abroad_without_licence", "abroad_in", Weight.STOPS, {}, str(needed.reasons[0]), _cite(needed))
        return
    yield Finding("abroad_licence_unknown", "abroad_in", Weight.ASKS, {}, str(needed.reasons[0]), _cite(needed))


def _check_costs_abroad(country: Country, draft: Draft, on: date, languages: tuple[str, ...]) -> Iterable[Finding]:
    """Money that a worker would pay for work abroad, wherever it is said. No law makes it right in this service."""
    if not draft.abroad_in.strip():
        return
    answer = fee_allowed(country, on=on, road="overseas")
    for field, text in (("abroad_contract", draft.abroad_contract), ("abroad_costs", draft.abroad_costs)):
        for found in find_forbidden_words(text, languages=languages):
            if found.ground == MONEY_GROUND:
                facts = {"words": found.text, "ground": found.ground}
                yield Finding("asks_for_money", field, Weight.STOPS, facts, str(answer.reasons[0]), _cite(answer))


def wage_sector(sector: str, isco: str) -> str | None:
    """The sector word of wage orders for an ISIC section and an occupation; None when it cannot be told."""
    if sector == "A":
        return "agriculture"
    if isco in {"8153", "7531", "7532", "7533"}:
        return "garment"
    if isco in {"7536", "8156"}:
        return "footwear"
    return "non_agriculture" if sector else None


def _check_pay(country: Country, draft: Draft, on: date) -> Iterable[Finding]:
    # The minimum wage of this country does not reach work in another.
    if draft.pay_amount is None or draft.pay_amount <= 0 or draft.abroad_in.strip():
        return
    answer = pay_meets_minimum(
        country,
        pay=draft.pay_amount,
        currency=draft.pay_currency,
        period=draft.pay_period,
        on=on,
        weekly_hours=draft.weekly_hours,
        area=draft.area_code or None,
        sector=wage_sector(draft.sector, draft.isco),
        region=draft.wage_region or None,
        staff=draft.staff_at_least,
    )
    if answer.is_no:
        yield Finding(
            "pay_below_minimum",
            "pay",
            Weight.STOPS,
            {name: str(value) for name, value in answer.reasons[0].params.items()},
            str(answer.reasons[0]),
            _cite(answer),
        )
    elif answer.is_unknown and answer.value:
        yield Finding("pay_to_be_checked", "pay", Weight.ASKS, {}, str(answer.reasons[0]), _cite(answer))


def _check_hours(country: Country, draft: Draft, on: date) -> Iterable[Finding]:
    if draft.weekly_hours is None:
        return
    if not 0 < draft.weekly_hours <= LONGEST_WEEK:
        yield Finding("hours_impossible", "weekly_hours", Weight.STOPS, {})
        return
    limit = weekly_hours_limit(country, on=on)
    if draft.weekly_hours > limit.value:
        yield Finding(
            "hours_over_limit",
            "weekly_hours",
            Weight.ASKS,
            {"limit": str(limit.value)},
            str(limit.reasons[0]),
            _cite(limit),
        )


def _check_hazard(country: Country, draft: Draft, on: date) -> Iterable[Finding]:
    """Protection fails closed: listed work is for adults, whatever the box says; doubtful work is looked at."""
    if not draft.isco:
        return
    hazard = hazardous_work(draft.isco)
    grown = hazardous_age(country, on=on).value
    if hazard.is_yes or draft.hazardous:
        reason = str(hazard.reasons[0]) if hazard.is_yes else ""
        yield Finding("adults_only", "isco", Weight.TELLS, {"age": str(grown)}, reason, _cite(hazard))
    elif hazard.is_unknown:
        yield Finding(
            "hazard_to_be_judged", "isco", Weight.ASKS, {"age": str(grown)}, str(hazard.reasons[0]), _cite(hazard)
        )


def counts_as_hazardous(*, isco: str, said_hazardous: bool, judged_safe: bool) -> bool:
    """Is a vacancy hazardous for the matcher? Listed: always. Doubtful: until a person has judged it safe."""
    answer = hazardous_work(isco)
    if answer.is_yes or said_hazardous:
        return True
    return answer.is_unknown and not judged_safe


def employer_says_hazardous(*, isco: str, hazardous: bool) -> bool:
    """Is a vacancy counted as hazardous because the employer says so, and not only by the law's list or its doubt?"""
    return hazardous and not counts_as_hazardous(isco=isco, said_hazardous=False, judged_safe=False)


def youngest_age(country: Country, *, hazardous: bool, on: date) -> int:
    """The youngest legal age for a vacancy, in years."""
    age: int = hazardous_age(country, on=on).value if hazardous else minimum_age(country, on=on).value
    return age


def may_move(*, now_in: VacancyState, to: VacancyState) -> Decision:
    """A vacancy moves along the table of moves."""
    if to not in ALLOWED_MOVES[now_in]:
        return no(Reason("vacancy_move", {"from": now_in.value, "to": to.value}))
    return yes()


def may_submit(findings: tuple[Finding, ...]) -> Decision:
    """An advert with something that stops it is not even put before an officer."""
    stopping = [one for one in findings if one.weight == Weight.STOPS]
    if stopping:
        return no(*(Reason(one.code, dict(one.facts), one.source, one.text) for one in stopping))
    return yes()


def takes_two(findings: tuple[Finding, ...]) -> bool:
    """Is there something that one officer may not let through alone?"""
    return any(one.code == CLAIMED for one in findings)


def may_approve(
    *,
    employer_is_verified: bool,
    findings: tuple[Finding, ...],
    approver_id: int | None,
    writer_id: int | None,
    reason_for_exception: str,
    first_officer_id: int | None = None,
    is_first_of_two: bool = False,
) -> Decision:
    """A named officer approves: for a verified employer, nothing that stops, and never their own writing alone.

    A claimed exception takes two officers: the first says yes with a reason (`is_first_of_two`), another one after.
    """
    reasons = []
    if not employer_is_verified:
        reasons.append(Reason("employer_not_verified"))
    if approver_id is None:
        reasons.append(Reason("approver_must_be_named"))
    elif approver_id == writer_id:
        reasons.append(Reason("second_pair_of_eyes"))
    reasons += may_submit(findings).reasons
    if any(one.code in NEEDS_NOTE for one in findings) and not reason_for_exception.strip():
        reasons.append(Reason("exception_needs_reason"))
    if takes_two(findings) and not is_first_of_two and first_officer_id in {None, approver_id}:
        reasons.append(Reason("second_officer_needed"))
    return no(*reasons) if reasons else yes()


def may_take_place(*, places_left: int) -> Decision:
    """A hire takes a place; there must be one."""
    return yes() if places_left > 0 else no(Reason("no_place_left"))


def closing_reason(*, places_left: int, said: CloseReason) -> CloseReason:
    """A vacancy without a place left is filled, whatever was said."""
    return CloseReason.FILLED if places_left == 0 else said
