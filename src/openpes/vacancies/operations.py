"""Writes of the vacancies room."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Reason, Refused, no
from openpes.core.money import PayPeriod
from openpes.organisations.models import Employer
from openpes.organisations.rules import least_staff
from openpes.organisations.states import SizeBand
from openpes.people.names import as_given
from openpes.reference.country import area_coordinates, country, today
from openpes.reference.queries import known_skill_ids
from openpes.reference.taxonomy import licences, unit_codes
from openpes.vacancies.access import require_may
from openpes.vacancies.clock_queries import licence_abroad
from openpes.vacancies.duplicate_operations import compare_afresh, find_copies, part_from
from openpes.vacancies.liveness_operations import note_step
from openpes.vacancies.models import Vacancy, VacancyMove
from openpes.vacancies.queries import usual_pay
from openpes.vacancies.rules import (
    CLAIMED,
    Draft,
    Finding,
    check_vacancy,
    closing_reason,
    counts_as_hazardous,
    employer_says_hazardous,
    may_approve,
    may_move,
    may_submit,
    may_take_place,
    takes_two,
)
from openpes.vacancies.signals import SignalFacts, SignalLimits, signals_of
from openpes.vacancies.states import (
    ACCOMMODATIONS,
    AbroadLicence,
    Channel,
    CloseReason,
    ContractType,
    LivenessKind,
    Offer,
    VacancyState,
)

STEP_OF = {
    VacancyState.PAUSED: LivenessKind.PAUSED,
    VacancyState.LIVE: LivenessKind.RESUMED,
    VacancyState.CLOSED: LivenessKind.CLOSED,
}


@dataclass(frozen=True)
class Offered:
    """A job as written by an employer. Hours a week; experience in months; education in ISCED 2011 levels."""

    title: str
    isco: str
    places: int
    area_code: str
    description: str = ""
    pay_amount: Decimal | None = None
    pay_currency: str = ""
    pay_period: PayPeriod = PayPeriod.MONTH
    weekly_hours: Decimal | None = None
    shifts: int = 0
    address: str = ""
    education_level: int | None = None
    experience_months: int | None = None
    must_skill_ids: tuple[str, ...] = ()
    skill_ids: tuple[str, ...] = ()
    language_codes: tuple[str, ...] = ()
    licence_ids: tuple[str, ...] = ()
    hazardous: bool = False
    contract_type: ContractType = ContractType.OPEN_ENDED
    starts_on: date | None = None
    closes_before: date | None = None
    abroad_in: str = ""
    abroad_contract: str = ""
    abroad_costs: str = ""
    wage_region: str = ""
    exception_ground: str = ""
    exception_basis: str = ""
    exception_reason: str = ""
    offers: tuple[str, ...] = ()
    accommodations: tuple[str, ...] = ()


# Columns that hold lists in a row and tuples in an offer.
LISTS = ("must_skill_ids", "skill_ids", "language_codes", "licence_ids", "offers", "accommodations")


def draft_of(
    offered: Offered,
    *,
    sector: str,
    staff_at_least: int | None = None,
    abroad_licence: AbroadLicence = AbroadLicence.UNKNOWN,
) -> Draft:
    """The part of an advert that the law is asked about."""
    return Draft(
        title=offered.title,
        description=offered.description,
        isco=offered.isco,
        places=offered.places,
        pay_amount=offered.pay_amount,
        pay_currency=offered.pay_currency,
        pay_period=offered.pay_period.value,
        weekly_hours=offered.weekly_hours,
        area_code=offered.area_code,
        sector=sector,
        hazardous=offered.hazardous,
        contract_type=offered.contract_type.value,
        abroad_in=offered.abroad_in,
        abroad_contract=offered.abroad_contract,
        abroad_costs=offered.abroad_costs,
        abroad_licence=abroad_licence,
        staff_at_least=staff_at_least,
        wage_region=offered.wage_region,
        exception_ground=offered.exception_ground,
        exception_basis=offered.exception_basis,
        exception_reason=offered.exception_reason,
    )


def check_offered(offered: Offered, *, employer: Employer, on: date) -> tuple[Finding, ...]:
    """What the country's law says about an advert of this employer on a day."""
    pack = country()
    tags = tuple(language.tag for language in pack.languages)
    languages = tags if "en" in tags else (*tags, "en")
    draft = draft_of(
        offered,
        sector=employer.sector,
        staff_at_least=least_staff(SizeBand(employer.size_band)),
        abroad_licence=licence_abroad(employer, on) if offered.abroad_in.strip() else AbroadLicence.UNKNOWN,
    )
    found = check_vacancy(pack, draft, on=on, languages=languages)
    return found + signals_of(draft, _signal_facts(offered, employer, on), signal_limits(on), languages)


def signal_limits(on: date) -> SignalLimits:
    """The published limits on a day."""
    pack = country()
    names = ("held_from", "pay_times_usual", "new_firm_days", "many_places")
    return SignalLimits(*(int(pack.value(f"advert_signals.{name}", on=on).value) for name in names))


def _signal_facts(offered: Offered, employer: Employer, on: date) -> SignalFacts:
    paid = offered.isco and offered.pay_amount is not None and offered.pay_currency
    usual = usual_pay(offered.isco, offered.pay_currency, offered.pay_period.value) if paid else None
    return SignalFacts(
        usual_pay=usual[1] if usual else None,
        has_address=bool(offered.address.strip()),
        firm_days=(on - today(employer.registered_at)).days,
    )


def require_known_codes(offered: Offered) -> None:
    """Raises Refused when a code is not in the reference."""
    odd = [] if offered.isco in set(unit_codes()) else [Reason("unknown_occupation", {"code": offered.isco})]
    asked = (*offered.must_skill_ids, *offered.skill_ids)
    known_skills = known_skill_ids(asked)
    odd += [Reason("unknown_skill", {"code": one}) for one in asked if one not in known_skills]
    odd += [Reason("unknown_licence", {"code": one}) for one in offered.licence_ids if one not in licences()]
    facts = {*(one.value for one in Offer), *ACCOMMODATIONS}
    odd += [
        Reason("unknown_offer", {"code": one}) for one in (*offered.offers, *offered.accommodations) if one not in facts
    ]
    if odd:
        raise Refused(no(*odd))


def columns_of(offered: Offered) -> dict[str, Any]:
    """The columns of a vacancy that an offer fills."""
    columns = {one.name: getattr(offered, one.name) for one in fields(offered)}
    for name in LISTS:
        columns[name] = list(columns[name])
    columns["title"] = as_given(offered.title)
    columns["hazardous"] = counts_as_hazardous(isco=offered.isco, said_hazardous=offered.hazardous, judged_safe=False)
    columns["latitude"], columns["longitude"] = area_coordinates(offered.area_code) or (None, None)
    return columns


def note_move(vacancy: Vacancy, by: Actor, at: datetime) -> None:
    """One line of the liveness ledger: the state and the places left from this instant on."""
    VacancyMove.objects.create(
        vacancy=vacancy, state=vacancy.state, places_left=vacancy.places_left, at=at, actor=by.log_key
    )


@transaction.atomic
def submit_vacancy(
    *, offered: Offered, employer: Employer, by: Actor, at: datetime, synthetic: bool = False
) -> Vacancy:
    """Put an advert before an officer. Raises Refused with every finding that stops it; nothing is public yet."""
    require_may("vacancy.post", by, employer_id=employer.pk, office_id=employer.office_id)
    require_known_codes(offered)
    findings = check_offered(offered, employer=employer, on=today(at))
    decision = may_submit(findings)
    if decision.refused:
        raise Refused(decision)
    vacancy = Vacancy.objects.create(
        employer=employer,
        office_id=employer.office_id,
        state=VacancyState.SUBMITTED,
        places_left=offered.places,
        findings=[one.as_json() for one in findings],
        posted_at=at,
        posted_by_id=by.account_id,
        changed_at=at,
        synthetic=synthetic,
        **columns_of(offered),
    )
    note_move(vacancy, by, at)
    record_change(by=by, at=at, verb="vacancy.submit", thing=f"vacancy:{vacancy.ref}")
    find_copies(vacancy=vacancy, by=by, at=at)
    return vacancy


@transaction.atomic
def withdraw_listed_vacancy(*, vacancy: Vacancy, by: Actor, at: datetime) -> None:
    """Remove an advert that a list made and that nobody has decided on. Keys hold what was built on it."""
    require_may("vacancy.post", by, employer_id=vacancy.employer_id, office_id=vacancy.office_id)
    if vacancy.state != VacancyState.SUBMITTED or vacancy.decided_at is not None:
        raise Refused(no(Reason("vacancy_decided")))
    record_change(by=by, at=at, verb="vacancy.remove", thing=f"vacancy:{vacancy.ref}")
    VacancyMove.objects.filter(vacancy=vacancy).delete()
    vacancy.delete()


@transaction.atomic
def change_vacancy(*, vacancy: Vacancy, offered: Offered, by: Actor, at: datetime) -> Vacancy:
    """Rewrite an advert. Whatever was public goes back before an officer."""
    require_may("vacancy.edit", by, employer_id=vacancy.employer_id, office_id=vacancy.office_id)
    require_known_codes(offered)
    findings = check_offered(offered, employer=vacancy.employer, on=today(at))
    for decision in (may_submit(findings), may_move(now_in=VacancyState(vacancy.state), to=VacancyState.SUBMITTED)):
        if decision.refused:
            raise Refused(decision)
    taken = vacancy.places - vacancy.places_left
    for name, value in columns_of(offered).items():
        setattr(vacancy, name, value)
    vacancy.places = max(offered.places, taken)
    vacancy.places_left = vacancy.places - taken
    vacancy.state, vacancy.changed_at, vacancy.same_as = VacancyState.SUBMITTED, at, None
    vacancy.posted_by_id = by.account_id
    vacancy.exception_first_by = vacancy.exception_first_at = None
    vacancy.exception_first_note = ""
    vacancy.findings = [one.as_json() for one in findings]
    vacancy.save()
    note_move(vacancy, by, at)
    record_change(by=by, at=at, verb="vacancy.change", thing=f"vacancy:{vacancy.ref}")
    compare_afresh(vacancy=vacancy, by=by, at=at)
    return vacancy


def offered_of(vacancy: Vacancy) -> Offered:
    """The advert that a vacancy holds: to be changed, copied or checked again."""
    held = {one.name: getattr(vacancy, one.name) for one in fields(Offered)}
    for name in LISTS:
        held[name] = tuple(held[name])
    held["pay_period"] = PayPeriod(vacancy.pay_period)
    held["contract_type"] = ContractType(vacancy.contract_type)
    return Offered(**held)


@transaction.atomic
def approve_vacancy(*, vacancy: Vacancy, note: str, judged_safe: bool, by: Actor, at: datetime) -> Vacancy:
    """Make an advert public, by a named officer who did not write it. The law is asked again on this day.

    Where the employer claims a lawful exception, the first officer's yes is written down and the advert waits for
    another officer.
    """
    require_may("vacancy.approve", by, employer_id=vacancy.employer_id, office_id=vacancy.office_id)
    vacancy = Vacancy.objects.select_for_update(of=("self",)).select_related("employer").get(pk=vacancy.pk)
    offered = offered_of(vacancy)
    findings = check_offered(offered, employer=vacancy.employer, on=today(at))
    is_first = takes_two(findings) and vacancy.exception_first_by_id is None
    for decision in (
        may_move(now_in=VacancyState(vacancy.state), to=VacancyState.LIVE),
        may_approve(
            employer_is_verified=vacancy.employer.state == "verified",
            findings=findings,
            approver_id=by.account_id,
            writer_id=vacancy.posted_by_id,
            reason_for_exception=note,
            first_officer_id=vacancy.exception_first_by_id,
            is_first_of_two=is_first,
        ),
    ):
        if decision.refused:
            raise Refused(decision)
    if is_first:
        return _agree_first(vacancy, note, findings, by, at)
    vacancy.hazardous = counts_as_hazardous(
        isco=vacancy.isco,
        judged_safe=judged_safe,
        said_hazardous=employer_says_hazardous(isco=vacancy.isco, hazardous=vacancy.hazardous),
    )
    vacancy.state, vacancy.decided_at, vacancy.decided_by_id = VacancyState.LIVE, at, by.account_id
    vacancy.decision_note, vacancy.last_confirmed_at = note.strip()[:400], at
    vacancy.live_since = vacancy.live_since or at
    vacancy.asked_at, vacancy.asked_times, vacancy.paused_because = None, 0, ""
    vacancy.changed_at, vacancy.findings = at, [one.as_json() for one in findings]
    vacancy.save()
    note_move(vacancy, by, at)
    note_step(vacancy, LivenessKind.CONFIRMED, Channel.DESK, by, at)
    record_change(
        by=by,
        at=at,
        verb="vacancy.approve",
        thing=f"vacancy:{vacancy.ref}",
        detail={"note": bool(note.strip()), "judged_safe": judged_safe, **_exception_in_log(vacancy, findings)},
    )
    return vacancy


def _agree_first(vacancy: Vacancy, note: str, findings: tuple[Finding, ...], by: Actor, at: datetime) -> Vacancy:
    """The first of two officers lets a claimed exception through; nothing is public yet."""
    vacancy.exception_first_by_id, vacancy.exception_first_at = by.account_id, at
    vacancy.exception_first_note, vacancy.changed_at = note.strip()[:400], at
    vacancy.save(update_fields=["exception_first_by", "exception_first_at", "exception_first_note", "changed_at"])
    record_change(
        by=by,
        at=at,
        verb="vacancy.exception_first",
        thing=f"vacancy:{vacancy.ref}",
        detail=_exception_in_log(vacancy, findings),
    )
    return vacancy


def _exception_in_log(vacancy: Vacancy, findings: tuple[Finding, ...]) -> dict[str, str]:
    """The claimed exception with the article that it rests on and the law in force; empty when none is claimed."""
    if not takes_two(findings):
        return {}
    articles = "; ".join(dict.fromkeys(one.source for one in findings if one.code == CLAIMED))
    return {
        "ground": vacancy.exception_ground,
        "basis": vacancy.exception_basis,
        "article": articles,
        "law": country().hash,
    }


@transaction.atomic
def refuse_vacancy(*, vacancy: Vacancy, note: str, by: Actor, at: datetime) -> Vacancy:
    """Send an advert back with a reason that the employer can act on."""
    require_may("vacancy.approve", by, employer_id=vacancy.employer_id, office_id=vacancy.office_id)
    if not note.strip():
        raise Refused(no(Reason("note_needed")))
    return move_vacancy(
        vacancy,
        VacancyState.REFUSED,
        by,
        at,
        decided_at=at,
        decided_by_id=by.account_id,
        decision_note=note.strip()[:400],
    )


@transaction.atomic
def close_vacancy(*, vacancy: Vacancy, reason: CloseReason, by: Actor, at: datetime) -> Vacancy:
    """End a vacancy. The journey ends its open referrals with it."""
    require_may("vacancy.close", by, employer_id=vacancy.employer_id, office_id=vacancy.office_id)
    return move_vacancy(
        vacancy,
        VacancyState.CLOSED,
        by,
        at,
        closed_at=at,
        close_reason=closing_reason(places_left=vacancy.places_left, said=reason),
    )


@transaction.atomic
def take_place(*, vacancy_id: int, by: Actor, at: datetime) -> Vacancy:
    """A hire takes one place, in the caller's transaction. Raises Refused when none is left."""
    vacancy = Vacancy.objects.select_for_update(of=("self",)).select_related("employer", "office").get(pk=vacancy_id)
    decision = may_take_place(places_left=vacancy.places_left)
    if decision.refused:
        raise Refused(decision)
    vacancy.places_left -= 1
    vacancy.last_confirmed_at = vacancy.changed_at = at
    vacancy.asked_at, vacancy.asked_times = None, 0
    vacancy.save(update_fields=["places_left", "last_confirmed_at", "changed_at", "asked_at", "asked_times"])
    note_move(vacancy, by, at)
    note_step(vacancy, LivenessKind.CONFIRMED, Channel.HIRE, by, at)
    record_change(by=by, at=at, verb="vacancy.take_place", thing=f"vacancy:{vacancy.ref}")
    return vacancy


@transaction.atomic
def give_place_back(*, vacancy_id: int, by: Actor, at: datetime) -> Vacancy | None:
    """The work of somebody hired never began: the place can be had again. None where the vacancy has closed since."""
    vacancy = Vacancy.objects.select_for_update(of=("self",)).select_related("employer", "office").get(pk=vacancy_id)
    if vacancy.state not in {VacancyState.LIVE, VacancyState.PAUSED} or vacancy.places_left >= vacancy.places:
        return None
    vacancy.places_left, vacancy.changed_at = vacancy.places_left + 1, at
    vacancy.save(update_fields=["places_left", "changed_at"])
    note_move(vacancy, by, at)
    record_change(by=by, at=at, verb="vacancy.give_place_back", thing=f"vacancy:{vacancy.ref}")
    return vacancy


def touch_vacancies_of(*, employer_id: int, at: datetime) -> int:
    """An employer was verified, suspended or restored: its vacancies become or cease to be public with it."""
    return Vacancy.objects.filter(employer=employer_id, state=VacancyState.LIVE).update(changed_at=at)


def move_vacancy(vacancy: Vacancy, to: VacancyState, by: Actor, at: datetime, **columns: Any) -> Vacancy:
    """Move along the table of moves with its lines in the ledgers; access and transaction are the caller's."""
    vacancy = Vacancy.objects.select_for_update(of=("self",)).select_related("employer", "office").get(pk=vacancy.pk)
    decision = may_move(now_in=VacancyState(vacancy.state), to=to)
    if decision.refused:
        raise Refused(decision)
    vacancy.state, vacancy.changed_at = to, at
    for name, value in columns.items():
        setattr(vacancy, name, value)
    vacancy.save()
    note_move(vacancy, by, at)
    if to in {VacancyState.CLOSED, VacancyState.PAUSED}:
        part_from(head_id=vacancy.pk, at=at)
    if to in STEP_OF:
        note_step(vacancy, STEP_OF[to], Channel.CLOCK if by.account_id is None else Channel.WEB, by, at)
    record_change(
        by=by,
        at=at,
        verb=f"vacancy.{to.value}",
        thing=f"vacancy:{vacancy.ref}",
        detail={"reason": str(columns.get("close_reason", ""))},
    )
    return vacancy
