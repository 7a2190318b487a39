"""From registrations and vacancies to the rows that the matcher takes. No name, sex or group ever passes here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from openpes.core.clock import age_on
from openpes.jobseekers.queries import Seeker
from openpes.reference.queries import canonical_skills
from openpes.reference.shifts import slots_of
from openpes.vacancies.queries import Offer
from openpes_matching import monthly_wage


def pay_a_month(pay: tuple[Decimal, str, str] | None, currency: str, weekly_hours: Decimal | None = None) -> int | None:
    """Pay as whole units of the country's money a month; None when unknown or in other money."""
    if pay is None or pay[1] != currency:
        return None
    return monthly_wage(pay[0], pay[2], weekly_hours)


def person_row(seeker: Seeker, *, currency: str, on: date) -> dict[str, Any]:
    """One jobseeker as the matcher takes them. Unknown facts are None and exclude nobody."""
    return {
        "id": seeker.id,
        "isco": list(seeker.isco),
        "skills": None if seeker.skill_ids is None else list(seeker.skill_ids),
        "lat": seeker.latitude,
        "lon": seeker.longitude,
        "max_km": seeker.max_km,
        "min_wage": pay_a_month(seeker.min_pay, currency),
        "education": seeker.education_level,
        "experience_months": seeker.experience_months,
        "languages": None if seeker.language_codes is None else list(seeker.language_codes),
        "licences": None if seeker.licence_ids is None else list(seeker.licence_ids),
        "shifts": list(slots_of(seeker.shifts)),
        "age": None if seeker.born_on is None else age_on(seeker.born_on, on),
    }


def vacancy_row(offer: Offer, *, currency: str) -> dict[str, Any]:
    """One vacancy as the matcher takes it."""
    return {
        "id": offer.id,
        "isco": offer.isco,
        "must_skills": list(offer.must_skill_ids),
        "skills": list(offer.skill_ids),
        "lat": offer.latitude,
        "lon": offer.longitude,
        "wage": pay_a_month(offer.pay, currency, offer.weekly_hours),
        "education": offer.education_level,
        "experience_months": offer.experience_months,
        "languages": list(offer.language_codes),
        "licences": list(offer.licence_ids),
        "shifts": list(slots_of(offer.shifts)),
        "hazardous": offer.hazardous,
        "places": max(1, offer.places_left),
    }


def person_rows(seekers: Iterable[Seeker], *, currency: str, on: date) -> list[dict[str, Any]]:
    """Many jobseekers as the matcher takes them, skills of loaded taxonomies told as ours where they are the same."""
    rows = [person_row(seeker, currency=currency, on=on) for seeker in seekers]
    return _with_canonical(rows, "skills")


def vacancy_rows(offers: Iterable[Offer], *, currency: str) -> list[dict[str, Any]]:
    """Many vacancies as the matcher takes them, skills of loaded taxonomies told as ours where they are the same."""
    rows = [vacancy_row(offer, currency=currency) for offer in offers]
    return _with_canonical(rows, "must_skills", "skills")


def _with_canonical(rows: list[dict[str, Any]], *columns: str) -> list[dict[str, Any]]:
    lists = iter(canonical_skills(row[column] for row in rows for column in columns))
    for row in rows:
        row.update({column: next(lists) for column in columns})
    return rows
