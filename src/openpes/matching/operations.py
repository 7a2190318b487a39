"""Writes of the matching room: the national run. Staged in short transactions, published by turning one pointer."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date, datetime

import numpy as np
from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.privacy import erase_rows
from openpes.jobseekers.queries import seekers
from openpes.matching.access import require_may_run
from openpes.matching.models import CurrentRun, MatchRun, Suggestion
from openpes.matching.policy import policy_on
from openpes.matching.rows import person_rows, vacancy_rows
from openpes.reference.country import country
from openpes.reference.relatedness import proximity_matrix
from openpes.vacancies.queries import offers
from openpes_matching import Matcher, Matches, Vocabulary

TOP = 10
STAGED_AT_ONCE = 20_000

Progress = Callable[[str, int, int], None]


def _silent(step: str, done: int, total: int) -> None:
    """No progress shown."""


def compute(*, on: date, progress: Progress) -> tuple[Matcher, Matches]:
    """Read everybody and every public vacancy, and match them exactly. Nothing is written."""
    currency = country().currency.code
    codes, matrix = proximity_matrix()
    words = Vocabulary(codes)
    progress("read people", 0, 1)
    people = words.people(person_rows(seekers(), currency=currency, on=on))
    progress("read vacancies", 0, 1)
    vacancies = words.vacancies(vacancy_rows(offers(), currency=currency))
    matcher = Matcher(people, vacancies, proximity=matrix, policy=policy_on(on), skill_weight=None, engine="auto")
    found = matcher.match_people(k=TOP, progress=lambda done, total: progress("match", done, total))
    return matcher, found


def _staged(run: MatchRun, matcher: Matcher, found: Matches) -> Iterator[list[Suggestion]]:
    """The suggestions of a run, in pieces that each fit one short transaction."""
    people_at_once = max(1, STAGED_AT_ONCE // TOP)
    for start in range(0, len(found.query), people_at_once):
        part = slice(start, start + people_at_once)
        rows, places = np.nonzero(found.id[part] >= 0)
        people, vacancies = found.query[part][rows], found.id[part][rows, places]
        points = matcher.points(people, vacancies)
        scores = found.score[part][rows, places]
        yield [
            Suggestion(run=run, jobseeker_id=int(person), vacancy_id=int(vacancy), rank=int(place) + 1,
                       score=int(score), parts=[int(point) for point in parts])
            for person, vacancy, place, score, parts in zip(people, vacancies, places, scores, points, strict=True)
        ]


def run_match(*, by: Actor, at: datetime, on: date, progress: Progress = _silent) -> MatchRun:
    """Match the whole nation and publish the result. Readers see the old run until the pointer turns.

    Raises NotPermitted. An interrupted run leaves rows that no reader sees; `sweep_runs` removes them.
    """
    require_may_run(by)
    began = time.perf_counter()
    policy = policy_on(on)
    run = MatchRun.objects.create(started_at=at, weights=asdict(policy), pack_hash=country().hash,
                                  engine=f"exact/{policy.fingerprint()}")
    matcher, found = compute(on=on, progress=progress)
    total, staged = len(found.query), 0
    for rows in _staged(run, matcher, found):
        with transaction.atomic():
            Suggestion.objects.bulk_create(rows, batch_size=2000)
        staged += len(rows)
        progress("write suggestions", min(staged, total * TOP), total * TOP)
    with transaction.atomic():
        run.people, run.vacancies, run.suggestions = total, len(matcher.vacancies.id), staged
        run.milliseconds = round((time.perf_counter() - began) * 1000)
        run.finished_at = at
        run.save()
        CurrentRun.objects.update_or_create(pk=1, defaults={"run": run, "turned_at": at})
        record_change(by=by, at=at, verb="match.publish", thing=f"match_run:{run.pk}",
                      detail={"people": run.people, "vacancies": run.vacancies, "suggestions": staged})
    sweep_runs(keep=run)
    return run


def sweep_runs(*, keep: MatchRun) -> int:
    """Remove the suggestions of all other runs; the runs themselves stay on record."""
    removed = 0
    while True:
        keys = list(Suggestion.objects.exclude(run=keep).order_by("pk").values_list("pk", flat=True)[:STAGED_AT_ONCE])
        if not keys:
            return removed
        with transaction.atomic():
            removed += Suggestion.objects.filter(pk__in=keys)._raw_delete("default") or 0


def erase_person(*, person_id: int) -> int:
    """Forget a person in this room. Inside the journey's transaction."""
    return erase_rows(Suggestion, person_id)
