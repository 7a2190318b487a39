"""Writes of the matching room: the national run. Staged in short transactions, published by turning one pointer."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Reason, Refused, no
from openpes.core.privacy import erase_rows
from openpes.jobseekers.figures import groups_of
from openpes.matching.access import require_may_run
from openpes.matching.models import CurrentRun, MatchRun, SuggestionList, TimesSuggested
from openpes.matching.national import Nation, Shown, Stopped, by_standing, match_nation, packed, reasons_of, share_out
from openpes.matching.policy import list_policy_on, policy_on
from openpes.matching.priority import Reordered, put_first
from openpes.matching.reporting import unserved_report
from openpes.matching.staging import write_counts, write_lists
from openpes.reference.country import country

VERSION = "2"
"""Of the run and of how lists are packed; a run is recorded with it."""
SWEPT_AT_ONCE = 20_000
SILENT_FOR = timedelta(minutes=10)
"""A run that has not been heard of for so long was interrupted."""
LOOK_EVERY_SECONDS = 1.0

Progress = Callable[[str, int, int], None]


def _silent(step: str, done: int, total: int) -> None:
    """No progress shown."""


class _Watch:
    """Tells how far a run is, to whoever watches and into its row, and stops it when the row asks for it."""

    def __init__(self, run: MatchRun, at: datetime, progress: Progress) -> None:
        self._run, self._at, self._progress = run, at, progress
        self._began = time.perf_counter()
        self._looked = -LOOK_EVERY_SECONDS

    @property
    def milliseconds(self) -> int:
        return round((time.perf_counter() - self._began) * 1000)

    @property
    def now(self) -> datetime:
        """The instant that the run was given, and the time it has taken since."""
        return self._at + timedelta(milliseconds=self.milliseconds)

    def check(self, step: str, done: int, total: int) -> None:
        """Raises Stopped when somebody asked for it. The row is looked at about once a second."""
        self._progress(step, done, total)
        if time.perf_counter() - self._looked < LOOK_EVERY_SECONDS:
            return
        self._looked = time.perf_counter()
        mine = MatchRun.objects.filter(pk=self._run.pk)
        if not mine.filter(stop_asked_at=None, stopped_at=None).update(
            heartbeat_at=self.now, step=step, done=done, total=total
        ):
            raise Stopped


def ask_for_run(*, by: Actor, at: datetime) -> MatchRun:
    """Leave a request that the next clock takes up. One that waits already is returned. Raises NotPermitted."""
    require_may_run(by)
    with transaction.atomic():
        waiting = MatchRun.objects.filter(started_at=None, stopped_at=None).first()
        if waiting is not None:
            return waiting
        run = MatchRun.objects.create(asked_at=at, pack_hash=country().hash)
        record_change(by=by, at=at, verb="match.ask", thing=f"match_run:{run.pk}")
    return run


def stop_run(*, by: Actor, at: datetime) -> bool:
    """Ask the run under way, or the one that waits, to stop; False when there is none. Raises NotPermitted."""
    require_may_run(by)
    with transaction.atomic():
        open_runs = MatchRun.objects.filter(finished_at=None, stopped_at=None)
        run = open_runs.order_by("-pk").first()
        if run is None:
            return False
        MatchRun.objects.filter(pk=run.pk).update(stop_asked_at=at, **({} if run.started_at else {"stopped_at": at}))
        record_change(by=by, at=at, verb="match.stop", thing=f"match_run:{run.pk}")
    return True


def _begin(*, at: datetime, on: date) -> MatchRun:
    """The row of a run that starts now. Raises Refused while another is under way; ends what was interrupted."""
    with transaction.atomic():
        under_way = MatchRun.objects.filter(finished_at=None, stopped_at=None).exclude(started_at=None)
        under_way.filter(heartbeat_at__lt=at - SILENT_FOR).update(stopped_at=at)
        under_way.filter(heartbeat_at=None).update(stopped_at=at)
        if under_way.exists():
            raise Refused(no(Reason("match_under_way")))
        policy = policy_on(on)
        run = MatchRun.objects.filter(started_at=None, stopped_at=None).order_by("pk").first() or MatchRun()
        run.started_at = run.heartbeat_at = at
        run.weights = {**asdict(policy), **asdict(list_policy_on(on))}
        run.pack_hash, run.engine, run.version = country().hash, f"exact/{policy.fingerprint()}", VERSION
        run.save()
    return run


def run_match(*, by: Actor, at: datetime, on: date, progress: Progress = _silent) -> MatchRun:
    """Match the whole nation and publish the result. Readers see the old run until the pointer turns.

    Raises NotPermitted; Refused while another run is under way. A run that is stopped or fails publishes nothing;
    its rows, which no reader sees, are swept. Returns the run: `stopped_at` says that it was stopped.
    """
    require_may_run(by)
    run = _begin(at=at, on=on)
    watch = _Watch(run, at, progress)
    try:
        sweep_runs()
        nation = match_nation(on=on, check=watch.check)
        shown, sharing = share_out(nation, check=watch.check)
        shown = by_standing(nation, shown, at=at)
        _stage(run, nation, shown, watch)
        watch.check("report", 0, 1)
        unserved = _report(nation, shown, on)
        _publish(run, nation, shown, sharing, unserved, watch, by)
    except BaseException as trouble:
        MatchRun.objects.filter(pk=run.pk).update(stopped_at=watch.now, milliseconds=watch.milliseconds)
        sweep_runs()
        if not isinstance(trouble, Stopped):
            raise
        run.refresh_from_db()
        return run
    sweep_runs()
    return run


def _stage(run: MatchRun, nation: Nation, shown: Shown, watch: _Watch) -> None:
    """The lists, a piece a transaction, and how often each vacancy stands in them."""
    written, total = 0, len(shown.people)
    for rows in packed(nation, shown):
        write_lists(run.pk, rows)
        written += len(rows)
        watch.check("write suggestions", written, total)
    keys, times = np.unique(shown.vacancy[shown.vacancy >= 0], return_counts=True)
    write_counts(run.pk, zip(keys.tolist(), times.tolist(), strict=True))


def _report(nation: Nation, shown: Shown, on: date) -> dict[str, Any]:
    """Who received nothing and why, by group. The groups are read only here, after every list is made."""
    without, reasons = reasons_of(nation, shown)
    return unserved_report(len(shown.people), without.tolist(), reasons, groups_of(without.tolist(), on=on))


def _publish(
    run: MatchRun,
    nation: Nation,
    shown: Shown,
    sharing: dict[str, Any],
    unserved: dict[str, Any],
    watch: _Watch,
    by: Actor,
) -> None:
    with transaction.atomic():
        held = MatchRun.objects.select_for_update().get(pk=run.pk)
        if held.stop_asked_at is not None or held.stopped_at is not None:
            raise Stopped
        run.people, run.vacancies = len(shown.people), len(nation.matcher.vacancies.id)
        run.suggestions = int((shown.vacancy >= 0).sum())
        run.sharing, run.unserved, run.inputs = sharing, unserved, _inputs(nation)
        run.milliseconds, run.finished_at, run.heartbeat_at = watch.milliseconds, watch.now, watch.now
        run.step, run.done, run.total = "", 0, 0
        run.save()
        CurrentRun.objects.update_or_create(pk=1, defaults={"run": run, "turned_at": watch.now})
        record_change(
            by=by,
            at=watch.now,
            verb="match.publish",
            thing=f"match_run:{run.pk}",
            detail={"people": run.people, "vacancies": run.vacancies, "suggestions": run.suggestions},
        )


def _inputs(nation: Nation) -> dict[str, int]:
    """What went in: sizes, and how many facts were not known."""
    people, vacancies = nation.matcher.people, nation.matcher.vacancies
    return {
        "people": len(people),
        "vacancies": len(vacancies),
        "places": int(vacancies.places.sum()),
        "people_without_place": int(np.isnan(people.lat).sum()),
        "people_without_skills": int((~people.skills_known).sum()),
        "people_without_occupation": int((people.wanted[:, 0] < 0).sum()),
        "vacancies_without_place": int(np.isnan(vacancies.lat).sum()),
        "vacancies_without_pay": int((vacancies.wage < 0).sum()),
    }


def sweep_runs() -> int:
    """Remove the lists that no reader sees: of older runs and of interrupted ones. The runs stay on record."""
    seen = CurrentRun.objects.values_list("run_id", flat=True)
    ended = MatchRun.objects.exclude(pk__in=list(seen)).exclude(finished_at=None, stopped_at=None)
    removed = 0
    for key in ended.values_list("pk", flat=True):
        for table in (SuggestionList, TimesSuggested):
            while keys := list(table.objects.filter(run=key).values_list("pk", flat=True)[:SWEPT_AT_ONCE]):
                with transaction.atomic():
                    for start in range(0, len(keys), 500):
                        removed += table.objects.filter(pk__in=keys[start : start + 500])._raw_delete("default") or 0
    return removed


def order_by_priority(
    *, thing: str, ranked: Sequence[int], groups: Mapping[int, str], on: date, by: Actor, at: datetime
) -> Reordered:
    """Move people of priority groups up in an office's or a vacancy's list, as far as policy says; off by default.

    `thing` names the list ("vacancy:REF"), `groups` the people's groups by key. Every move is logged. Scores are never
    touched, and nobody is left out. For operations that have checked access to the list; inside their transaction.
    """
    made = put_first(ranked, groups, places=list_policy_on(on).priority_places)
    if made.moves:
        record_change(
            by=by,
            at=at,
            verb="match.priority",
            thing=thing,
            detail={"moves": [[one.from_place, one.to_place, one.group] for one in made.moves]},
        )
    return made


def erase_person(*, person_id: int) -> int:
    """Forget a person in this room. Inside the journey's transaction."""
    return erase_rows(SuggestionList, person_id)
