"""Who fits a vacancy: the ranking of the office's people and, where the country says so, priority groups moved up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from openpes.circumstances.queries import first_groups
from openpes.core.actors import Actor
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import open_several, persons_of, with_any_licence
from openpes.matching.explanations import MatchFacts
from openpes.matching.operations import order_by_priority
from openpes.matching.policy import list_policy_on
from openpes.matching.priority import Move
from openpes.matching.queries import fitting_people
from openpes.reference.country import today
from openpes.referrals.meeting_queries import reasons_for
from openpes.referrals.queries import introduced_jobseeker_ids
from openpes.referrals.rules_meeting import gaps_of
from openpes.referrals.states import ListWish
from openpes.vacancies.models import Vacancy

WIDER = 3


@dataclass(frozen=True)
class Proposed:
    """Somebody to talk to about a vacancy, why they fit, and why they stand higher than the ranking put them."""

    jobseeker: Jobseeker
    facts: MatchFacts
    move: Move | None
    not_as_asked: tuple[ListWish, ...] = ()


def propose_people(*, vacancy: Vacancy, by: Actor, at: datetime, limit: int) -> list[Proposed]:
    """The best people of the actor's offices who were not introduced yet. Each view is logged, and each move up.

    Scores stay as they are: priority re-orders the people at hand afterwards, and says so. Raises NotPermitted.
    """
    on = today(at)
    places = list_policy_on(on).priority_places
    reasons = reasons_for(vacancy.pk, at=at)
    # Where the employer named a gap, more people are looked at, so that those without it can move up.
    reach = (limit + places) * (WIDER if reasons else 1)
    found = fitting_people(by, vacancy, at=at, limit=reach, without=introduced_jobseeker_ids(vacancy.pk))
    against = _against(reasons, {one.jobseeker_id: one.facts for one in found})
    # What the employer said of earlier people: who has the same gap comes later, in the same order as before.
    ranked = sorted((one.jobseeker_id for one in found), key=lambda key: bool(against.get(key)))
    thing = f"vacancy:{vacancy.ref}"
    with transaction.atomic():
        made = order_by_priority(
            thing=thing,
            ranked=ranked,
            groups=_groups(ranked) if places else {},
            on=on,
            by=by,
            at=at,
        )
    facts, moves = {one.jobseeker_id: one.facts for one in found}, {one.person_id: one for one in made.moves}
    shown = made.order[:limit]
    people = open_several(by, shown, thing=thing, at=at)
    return [Proposed(people[key], facts[key], moves.get(key), against.get(key, ())) for key in shown if key in people]


def _against(reasons: tuple[ListWish, ...], facts: dict[int, MatchFacts]) -> dict[int, tuple[ListWish, ...]]:
    """Which of the employer's reasons hold for whom, by registration. What is not known is held against nobody."""
    if not reasons:
        return {}
    licensed = with_any_licence(facts) if ListWish.LACKS_LICENCE in reasons else frozenset(facts)
    shares = {
        key: {term.term: term.points * 100 // term.most for term in match.terms if term.known and term.most}
        for key, match in facts.items()
    }
    return {key: gaps_of(reasons, shares[key], has_licence=key in licensed) for key in facts}


def _groups(keys: list[int]) -> dict[int, str]:
    """The group by which somebody comes first, by registration; only of those who agreed to it."""
    persons = persons_of(keys)
    groups = first_groups(persons.values())
    return {key: groups[person] for key, person in persons.items() if person in groups}
