"""Reads of the matching room: the suggestions of the run in force, and fresh matches for one person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import seekers
from openpes.matching.access import require_may_run, require_may_view
from openpes.matching.explanations import MatchFacts, facts_of
from openpes.matching.live import live_matcher, seeker_of
from openpes.matching.models import CurrentRun, MatchRun, SuggestionList, TimesSuggested
from openpes.matching.packing import unpack
from openpes.reference.country import today
from openpes.vacancies.models import Vacancy
from openpes.vacancies.queries import vacancies_by_id


@dataclass(frozen=True)
class Suggested:
    """A vacancy suggested to a person, with the points of its seven terms."""

    vacancy: Vacancy
    rank: int
    score: int
    parts: tuple[int, ...]


def current_run() -> MatchRun | None:
    """The national run that readers see, or None before the first."""
    pointer = CurrentRun.objects.select_related("run").first()
    return pointer.run if pointer else None


def suggestions_for(actor: Actor, jobseeker: Jobseeker, *, limit: int = 10) -> list[Suggested]:
    """The vacancies that the run in force suggests to a person, without those that have ended since."""
    require_may_view(actor, person_id=jobseeker.person_id, office_id=jobseeker.office_id)
    run = current_run()
    if run is None:
        return []
    held = SuggestionList.objects.filter(run=run, jobseeker=jobseeker).first()
    entries = unpack(held.vacancies)[:limit] if held else []
    live = vacancies_by_id(one.vacancy_id for one in entries)
    return [
        Suggested(live[one.vacancy_id], rank, one.score, one.parts)
        for rank, one in enumerate(entries, start=1)
        if one.vacancy_id in live and live[one.vacancy_id].places_left > 0
    ]


def fresh_matches(
    actor: Actor, jobseeker: Jobseeker, *, at: datetime, limit: int = 5, without: Iterable[int] = ()
) -> list[Suggested]:
    """The best live vacancies for a person this moment, exactly, without those named."""
    require_may_view(actor, person_id=jobseeker.person_id, office_id=jobseeker.office_id)
    left_out = set(without)
    matcher = live_matcher(on=today(at))
    found = [
        one for one in matcher.best_for(seeker_of(jobseeker.pk), k=limit + len(left_out)) if one.id not in left_out
    ][:limit]
    live = vacancies_by_id(one.id for one in found)
    return [
        Suggested(live[one.id], rank, one.score, tuple(int(part) for part in one.points))
        for rank, one in enumerate((one for one in found if one.id in live), start=1)
    ]


def explain(actor: Actor, jobseeker: Jobseeker, vacancy_id: int, *, at: datetime) -> MatchFacts:
    """Why, or why not: every term and every obstacle of any pair."""
    require_may_view(actor, person_id=jobseeker.person_id, office_id=jobseeker.office_id)
    explanation, words = live_matcher(on=today(at)).explain(seeker_of(jobseeker.pk), vacancy_id)
    return facts_of(explanation, words)


def explain_several(
    actor: Actor, jobseeker: Jobseeker, vacancy_ids: Iterable[int], *, at: datetime
) -> dict[int, MatchFacts]:
    """Why, for several public vacancies and one person, by vacancy; the reads do not grow with their number."""
    require_may_view(actor, person_id=jobseeker.person_id, office_id=jobseeker.office_id)
    explanations, words = live_matcher(on=today(at)).explain_several(seeker_of(jobseeker.pk), list(vacancy_ids))
    return {one.vacancy: facts_of(one, words) for one in explanations}


@dataclass(frozen=True)
class Fitting:
    """Somebody who fits a vacancy, at their place of the ranking (from 1), and why."""

    jobseeker_id: int
    place: int
    facts: MatchFacts


def fitting_people(
    actor: Actor, vacancy: Vacancy, *, at: datetime, limit: int, without: Iterable[int] = ()
) -> list[Fitting]:
    """The best people of the actor's own offices for a public vacancy, best first. Raises NotPermitted.

    Keys only: who they are is read through `jobseekers.queries.open_several`, which logs each view.
    """
    offices = actor.scope_ids("match.view", "office")
    if not offices:
        raise NotPermitted("match.view")
    left_out = set(without)
    here = (one for one in seekers(offices=offices) if one.id not in left_out)
    matcher = live_matcher(on=today(at))
    found = matcher.best_people(vacancy.pk, here, k=limit)
    return [
        Fitting(one.id, place, facts_of(explanation, matcher.words))
        for place, (one, explanation) in enumerate(found, start=1)
    ]


def export_person(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """All that this room knows about a person, for their own download."""
    lists = SuggestionList.objects.filter(jobseeker__person=person_id).order_by("pk")
    entries = [one for row in lists for one in enumerate(unpack(row.vacancies), start=1)]
    return {
        "suggestions": [
            {
                "vacancies suggested": one.vacancy_id,
                "rank": rank,
                "score": one.score,
                "parts of the score": list(one.parts),
            }
            for rank, one in entries
        ]
    }


def count_suggested_to(vacancy_id: int) -> int:
    """To how many people the run in force suggests a vacancy. A count, shown in bands."""
    run = current_run()
    held = TimesSuggested.objects.filter(run=run, vacancy_key=vacancy_id).first() if run else None
    return held.people if held else 0


def latest_runs(actor: Actor, *, limit: int = 10) -> list[MatchRun]:
    """The latest runs, newest first, for those who may start one. Raises NotPermitted."""
    require_may_run(actor)
    return list(MatchRun.objects.order_by("-pk")[:limit])


def run_in_progress() -> MatchRun | None:
    """The run that waits or is under way, or None."""
    return MatchRun.objects.filter(finished_at=None, stopped_at=None).order_by("-pk").first()


def run_is_asked_for() -> bool:
    """Does a request wait for the clock?"""
    return MatchRun.objects.filter(started_at=None, stopped_at=None).exists()
