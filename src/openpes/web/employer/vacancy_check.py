"""What the country's law and the live market say about a job while it is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.core.decisions import Decision
from openpes.matching.near import count_fitting
from openpes.organisations.models import Employer
from openpes.vacancies.operations import Offered, check_offered
from openpes.vacancies.queries import usual_pay
from openpes.vacancies.rules import Finding
from openpes.vacancies.states import Weight
from openpes.vacancies.words import words_of

# Live counts are shown in bands: the exact number of people who look for something here is nobody's business.
BANDS = (500, 200, 100, 50, 20, 10)
FEW = 10
WEIGHT: dict[Weight, str | Promise] = {
    Weight.STOPS: gettext_lazy("Has to change"),
    Weight.ASKS: gettext_lazy("The office will ask"),
    Weight.TELLS: gettext_lazy("Good to know"),
}
FIELD_OF = {
    "title": "work",
    "isco": "work",
    "area_code": "area_code",
    "places": "places",
    "pay": "pay",
    "weekly_hours": "weekly_hours",
    "description": "description",
    "abroad_in": "abroad_in",
    "abroad_contract": "abroad_contract",
    "abroad_costs": "abroad_costs",
    "exception_basis": "exception",
    "exception_reason": "exception_reason",
}
# What is not written yet is no finding while the employer is still writing.
NOT_YET = {"missing_title", "missing_isco", "missing_area_code", "missing_places"}


@dataclass(frozen=True)
class Told:
    """A finding in the reader's words; `weight` says what it does, `label` says so in words."""

    weight: str
    label: str
    words: str
    source: str


@dataclass(frozen=True)
class Market:
    """Who looks near here and what such jobs pay; an empty text where nothing honest can be said.

    `is_near`: the pay is that of the area; else too few adverts are there, and it is that of the whole country.
    """

    people: str
    pay: tuple[Any, Any, Any, int] | None
    currency: str
    period: str
    is_near: bool = False


def told(findings: tuple[Finding, ...], *, also_missing: bool = False) -> list[Told]:
    """Findings in words, the gravest first."""
    return [
        Told(one.weight.value, str(WEIGHT[one.weight]), words_of(one.code, one.facts, one.text), one.source)
        for one in findings
        if also_missing or one.code not in NOT_YET
    ]


def told_of_json(findings: list[dict[str, Any]]) -> list[Told]:
    """Findings that are kept beside an advert, in words."""
    return [
        Told(
            one["weight"],
            str(WEIGHT[Weight(one["weight"])]),
            words_of(one["code"], one["facts"], one["text"]),
            one["source"],
        )
        for one in findings
    ]


def findings_of(offered: Offered, *, employer: Employer, on: date) -> tuple[Finding, ...]:
    """What the check says of a job as far as it is written."""
    return check_offered(offered, employer=employer, on=on)


def put_beside_fields(form: forms.Form, findings: tuple[Finding, ...]) -> bool:
    """Put what stops the advert beside its field; True when something does."""
    stopping = [one for one in findings if one.weight == Weight.STOPS and one.code not in NOT_YET]
    for one in stopping:
        form.add_error(FIELD_OF.get(one.field), words_of(one.code, one.facts, one.text))
    return bool(stopping)


def put_refusal(form: forms.Form, decision: Decision) -> None:
    """Put what an operation refused at the head of the form."""
    for reason in decision.reasons:
        form.add_error(None, words_of(reason.code, reason.facts, reason.text))


def people_in_words(number: int) -> str:
    """A live count of people as a band."""
    if number < FEW:
        return _("Fewer than 10 people who fit look for work near here.")
    least = next(floor for floor in BANDS if number >= floor)
    return _("At least %(number)s people who fit look for work near here.") % {"number": least}


def market_of(offered: Offered, *, on: date) -> Market | None:
    """Who fits near here and what such work usually pays; None while the kind of work is not chosen."""
    if not offered.isco:
        return None
    people = people_in_words(count_fitting(offered, on=on)) if offered.area_code else ""
    what = (offered.isco, offered.pay_currency, offered.pay_period.value)
    near = usual_pay(*what, area_code=offered.area_code) if offered.pay_currency and offered.area_code else None
    pay = usual_pay(*what) if offered.pay_currency and near is None else near
    return Market(people, pay, offered.pay_currency, offered.pay_period.value, is_near=near is not None)
