"""What somebody can expect, said honestly: free places near them, who else looks, the pay, the wait for an answer.

People are told in bands; adverts are public, so their numbers are exact; pay and wait are told only where enough
adverts and introductions can tell.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from openpes.core.money import PayPeriod
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import count_seekers_by_area
from openpes.reference.country import areas_near, country, today
from openpes.reference.labels import occupation_name
from openpes.referrals.queries import usual_answer_days_for_work
from openpes.vacancies.queries import count_live, usual_pay

# Exact counts of people could point at one of them; bands cannot.
BANDS = (10, 25, 50, 100, 250, 500, 1000)


@dataclass(frozen=True)
class Expectation:
    """One kind of work within reach: live places (exact: adverts are public) and people looking (a band, in words).

    `pay` is (lower, upper quartile, currency, period) of live adverts in the country, None where too few name it.
    `wait_days`: the median wait for a first answer, None where too few introductions can tell.
    """

    work: str
    vacancies: int
    places: int
    people: str
    pay: tuple[Any, Any, str, str] | None
    wait_days: int | None


def band_words(number: int) -> str:
    """A count of people as a band."""
    if number < BANDS[0]:
        return _("fewer than %(least)s") % {"least": BANDS[0]}
    least = max(band for band in BANDS if band <= number)
    above = [band for band in BANDS if band > number]
    if not above:
        return _("%(least)s or more") % {"least": least}
    return _("%(least)s to %(most)s") % {"least": least, "most": above[0] - 1}


def _pay(isco: str) -> tuple[Any, Any, str, str] | None:
    """What live adverts pay, in the period in which most pay such work here."""
    code = country().currency.code
    found = [(period, usual_pay(isco, code, period)) for period in (PayPeriod.MONTH, PayPeriod.DAY)]
    known = [(pay[3], pay[0], pay[2], period) for period, pay in found if pay is not None]
    if not known:
        return None
    _number, low, high, period = max(known, key=lambda one: one[0])
    return low, high, code, period.value


def reach_of(jobseeker: Jobseeker, at: datetime) -> Set[str]:
    """The areas within the distance that the person said, or the policy's usual one."""
    usual = int(country().value("matching.default_radius_km", on=today(at)).value)
    return areas_near(jobseeker.area_code, within_km=jobseeker.max_km or usual)


def expectation_of(isco: str, near: Set[str], language: str, at: datetime) -> Expectation:
    """What is there for one kind of work in some areas."""
    live = count_live(iscos=[isco], area_codes=near)
    people = sum(number for area, number in count_seekers_by_area(isco).items() if area in near)
    return Expectation(
        work=occupation_name(isco, language),
        vacancies=live.vacancies,
        places=live.places,
        people=band_words(people),
        pay=_pay(isco),
        wait_days=usual_answer_days_for_work(isco, at=at),
    )


def expectations_of(jobseeker: Jobseeker, language: str, at: datetime) -> list[Expectation]:
    """For each kind of work wanted, what is there within reach."""
    near = reach_of(jobseeker, at)
    return [expectation_of(one.isco, near, language, at) for one in jobseeker.wanted.all()]
