"""Who fits a vacancy: the ranking of the office's people and, where the country says so, priority groups moved up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from openpes.circumstances.queries import first_groups
from openpes.core.actors import Actor
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import open_several, persons_of
from openpes.matching.explanations import MatchFacts
from openpes.matching.operations import order_by_priority
from openpes.matching.policy import list_policy_on
from openpes.matching.priority import Move
from openpes.matching.queries import fitting_people
from openpes.reference.country import today
from openpes.referrals.queries import introduced_jobseeker_ids
from openpes.vacancies.models import Vacancy


@dataclass(frozen=True)
class Proposed:
    """Somebody to talk to about a vacancy, why they fit, and why they stand higher than the ranking put them."""

    jobseeker: Jobseeker
    facts: MatchFacts
    move: Move | None


def propose_people(*, vacancy: Vacancy, by: Actor, at: datetime, limit: int) -> list[Proposed]:
    """The best people of the actor's offices who were not introduced yet. Each view is logged, and each move up.

    Scores stay as they are: priority re-orders the people at hand afterwards, and says so. Raises NotPermitted.
    """
    on = today(at)
    reach = limit + list_policy_on(on).priority_places
    found = fitting_people(by, vacancy, at=at, limit=reach, without=introduced_jobseeker_ids(vacancy.pk))
    ranked, thing = [one.jobseeker_id for one in found], f"vacancy:{vacancy.ref}"
    with transaction.atomic():
        made = order_by_priority(
            thing=thing,
            ranked=ranked,
            groups=_groups(ranked) if reach > limit else {},
            on=on,
            by=by,
            at=at,
        )
    facts, moves = {one.jobseeker_id: one.facts for one in found}, {one.person_id: one for one in made.moves}
    shown = made.order[:limit]
    people = open_several(by, shown, thing=thing, at=at)
    return [Proposed(people[key], facts[key], moves.get(key)) for key in shown if key in people]


def _groups(keys: list[int]) -> dict[int, str]:
    """The group by which somebody comes first, by registration; only of those who agreed to it."""
    persons = persons_of(keys)
    groups = first_groups(persons.values())
    return {key: groups[person] for key, person in persons.items() if person in groups}
