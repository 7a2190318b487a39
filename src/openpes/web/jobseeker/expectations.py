"""What somebody can expect, said honestly: free places near them, and in bands how many people look for the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import count_seekers_by_area
from openpes.reference.country import areas_near, country, today
from openpes.reference.labels import occupation_name
from openpes.vacancies.queries import count_live

# Exact counts of people could point at one of them; bands cannot.
BANDS = (10, 25, 50, 100, 250, 500, 1000)


@dataclass(frozen=True)
class Expectation:
    """One kind of work within reach: live places (exact: adverts are public) and people looking (a band, in words)."""

    work: str
    vacancies: int
    places: int
    people: str


def band_words(number: int) -> str:
    """A count of people as a band."""
    if number < BANDS[0]:
        return _("fewer than %(least)s") % {"least": BANDS[0]}
    least = max(band for band in BANDS if band <= number)
    above = [band for band in BANDS if band > number]
    if not above:
        return _("%(least)s or more") % {"least": least}
    return _("%(least)s to %(most)s") % {"least": least, "most": above[0] - 1}


def expectations_of(jobseeker: Jobseeker, language: str, at: datetime) -> list[Expectation]:
    """For each kind of work wanted, what is there within the distance said, or the policy's usual one."""
    usual = int(country().value("matching.default_radius_km", on=today(at)).value)
    near = areas_near(jobseeker.area_code, within_km=jobseeker.max_km or usual)
    told = []
    for one in jobseeker.wanted.all():
        live = count_live(iscos=[one.isco], area_codes=near)
        people = sum(number for area, number in count_seekers_by_area(one.isco).items() if area in near)
        told.append(Expectation(occupation_name(one.isco, language), live.vacancies, live.places, band_words(people)))
    return told
