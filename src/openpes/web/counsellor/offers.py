"""What stands beside the jobs for a person: the way there and what it costs, and the country's programmes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from openpes.circumstances.queries import Circumstances
from openpes.core.clock import age_on
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.states import WorkStatus
from openpes.matching.explanations import MatchFacts
from openpes.reference.country import country, currency
from openpes_countries import programme_eligibility

WAYS_A_DAY = 2


def distance_km(match: MatchFacts) -> float | None:
    """The distance of a pair in km, or None where it is not known."""
    term = next((one for one in match.terms if one.term == "distance"), None)
    km = term.facts.get("km") if term is not None and term.known else None
    return None if km is None else float(km)


def fare_a_day(km: float | None, *, on: date) -> Decimal | None:
    """What going there and back costs in a day, in the country's money; None without a distance or a fare."""
    fare = country().value("travel.fare_per_km", on=on)
    if km is None or not fare.known:
        return None
    return (Decimal(str(round(km, 1))) * fare.value * WAYS_A_DAY).quantize(Decimal("0.01"))


def way_there(match: MatchFacts, *, on: date) -> dict[str, Any]:
    """Distance and fare of a job, for its line."""
    km = distance_km(match)
    return {"km": km, "fare": fare_a_day(km, on=on), "fare_currency": currency()}


@dataclass(frozen=True)
class ProgrammeLine:
    """A programme of the pack and what its rule says of a person: yes, no or unknown, with why."""

    name: str
    verdict: str
    reasons: tuple[str, ...]
    benefit: str
    source: str


def facts_for_programmes(jobseeker: Jobseeker, told: Circumstances, *, on: date) -> dict[str, Any]:
    """What is known now, flat, as the rules of programmes ask it. What was not asked or not agreed to is unknown."""
    status, person = jobseeker.work_status, jobseeker.person
    known = status != WorkStatus.NOT_SAID
    working, studying = status == WorkStatus.WORKING_WANTS_OTHER, status == WorkStatus.STUDYING
    groups = told.groups
    facts: dict[str, Any] = {
        "age": age_on(person.born_on, on) if person.born_on else None,
        "isced": jobseeker.education_level,
        "experience_months": jobseeker.experience_months,
        "employed": working if known else None,
        "unemployed": (not working) if known else None,
        "in_education": studying if known else None,
        "student": studying if known else None,
        "registered_unemployed": (not working) if known else None,
        "first_job": None if jobseeker.experience_months is None else jobseeker.experience_months == 0,
    }
    if groups:
        facts["priority_groups"] = tuple(sorted(groups))
        # Who names some groups has not denied the others: only a yes is known.
        of_groups = country().value("guidance.facts_of_groups", on=on).value
        facts |= {field: True for field, codes in of_groups.items() if groups & set(codes)}
    return facts


def programme_lines(jobseeker: Jobseeker, told: Circumstances, *, on: date) -> list[ProgrammeLine]:
    """The programmes in force, those that a person may enter first, then the open questions, then the others."""
    facts = facts_for_programmes(jobseeker, told, on=on)
    lines = []
    for programme in country().programmes_on(on):
        answer = programme_eligibility(programme, facts, on=on)
        lines.append(
            ProgrammeLine(
                programme.name,
                str(answer.verdict),
                tuple(str(reason) for reason in answer.reasons),
                programme.benefit,
                "; ".join(source.cite() for source in answer.sources),
            )
        )
    order = {"yes": 0, "unknown": 1, "no": 2}
    return sorted(lines, key=lambda one: order[one.verdict])
