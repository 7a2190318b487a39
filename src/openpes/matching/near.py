"""How many people who look for work would fit a job that is being written: counted by the rules of the matching."""

from __future__ import annotations

from datetime import date

from openpes.jobseekers.queries import keys_wanting, seekers
from openpes.matching.policy import policy_on
from openpes.matching.rows import person_rows, vacancy_rows
from openpes.reference.country import area_coordinates, areas_near, country
from openpes.reference.relatedness import nearest, proximity_matrix
from openpes.vacancies.operations import Offered
from openpes.vacancies.queries import Offer
from openpes_matching import Matcher, Vocabulary

NEAR_KM = 30
# Work so near to the one offered that who wants it is asked too: of 255, by shared skills and the tree.
MOST_RELATED, NEAR_WORK = 5, 170
# Nobody is shown more than a band, so that counting stops here, whatever the size of the place.
MOST_LOOKED_AT = 600


def count_fitting(offered: Offered, *, on: date) -> int:
    """People near the place who want such work and whom nothing stands against, at most MOST_LOOKED_AT.

    0 without kind of work or place. Four reads, whatever the number of people.
    """
    if not offered.isco or not offered.area_code:
        return 0
    works = [offered.isco, *(code for code, near in nearest(offered.isco, MOST_RELATED) if near >= NEAR_WORK)]
    keys = keys_wanting(works, areas_near(offered.area_code, within_km=NEAR_KM), limit=MOST_LOOKED_AT)
    currency = country().currency.code
    people = person_rows(seekers(only=keys), currency=currency, on=on)
    if not people:
        return 0
    codes, matrix = proximity_matrix()
    words = Vocabulary(codes)
    matcher = Matcher(
        words.people(people),
        words.vacancies(vacancy_rows([_offer(offered)], currency=currency)),
        proximity=matrix,
        policy=policy_on(on),
        skill_weight=None,
        engine="auto",
    )
    return len(matcher.match_vacancy(0, k=len(people)))


def _offer(offered: Offered) -> Offer:
    """The job as the matcher takes it, before it has a number."""
    latitude, longitude = area_coordinates(offered.area_code) or (None, None)
    paid = offered.pay_amount is not None
    return Offer(
        id=0,
        isco=offered.isco,
        must_skill_ids=offered.must_skill_ids,
        skill_ids=offered.skill_ids,
        latitude=latitude,
        longitude=longitude,
        pay=(offered.pay_amount, offered.pay_currency, offered.pay_period.value) if paid else None,
        weekly_hours=offered.weekly_hours,
        education_level=offered.education_level,
        experience_months=offered.experience_months,
        language_codes=offered.language_codes,
        licence_ids=offered.licence_ids,
        shifts=offered.shifts,
        hazardous=offered.hazardous,
        places_left=offered.places,
    )
