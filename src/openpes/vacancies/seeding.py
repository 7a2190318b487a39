"""Bulk writing of synthetic vacancies for a demonstration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.people.names import as_given
from openpes.reference.country import country, today
from openpes.vacancies.liveness import LivenessDays
from openpes.vacancies.liveness_operations import liveness_days
from openpes.vacancies.models import LivenessStep, Vacancy, VacancyMove
from openpes.vacancies.operations import LISTS, Offered, draft_of, require_known_codes
from openpes.vacancies.rules import Finding, check_vacancy
from openpes.vacancies.states import Channel, CloseReason, LivenessKind, Pause, VacancyState


@dataclass(frozen=True, slots=True)
class SyntheticVacancy:
    """A drawn advert and where it stands. `findings` are those of `check`, for adverts an officer looks at."""

    ref: str
    offered: Offered
    employer_id: int
    office_id: int
    state: VacancyState
    latitude: float
    longitude: float
    posted_at: datetime
    posted_by_id: int | None
    hazardous: bool
    findings: tuple[Finding, ...] = ()
    decided_at: datetime | None = None
    decided_by_id: int | None = None
    decision_note: str = ""
    live_since: datetime | None = None
    last_confirmed_at: datetime | None = None
    closed_at: datetime | None = None
    close_reason: CloseReason | None = None


def check(offered: Offered, *, sector: str, on: date) -> tuple[Finding, ...]:
    """What the country's law says about a drawn advert on a day: the same check that a typed one meets."""
    pack = country()
    languages = tuple(language.tag for language in pack.languages)
    return check_vacancy(
        pack, draft_of(offered, sector=sector), on=on, languages=languages if "en" in languages else (*languages, "en")
    )


def _row(one: SyntheticVacancy) -> Vacancy:
    columns: dict[str, Any] = {field.name: getattr(one.offered, field.name) for field in fields(Offered)}
    for name in LISTS:
        columns[name] = list(columns[name])
    columns |= {"title": as_given(one.offered.title), "hazardous": one.hazardous}
    return Vacancy(
        ref=one.ref,
        employer_id=one.employer_id,
        office_id=one.office_id,
        state=one.state,
        places_left=one.offered.places,
        latitude=one.latitude,
        longitude=one.longitude,
        posted_at=one.posted_at,
        posted_by_id=one.posted_by_id,
        findings=[finding.as_json() for finding in one.findings],
        decided_at=one.decided_at,
        decided_by_id=one.decided_by_id,
        decision_note=one.decision_note,
        live_since=one.live_since,
        last_confirmed_at=one.last_confirmed_at,
        closed_at=one.closed_at,
        close_reason=one.close_reason or "",
        paused_because=Pause.SILENT if one.state == VacancyState.PAUSED else "",
        changed_at=max(filter(None, (one.posted_at, one.decided_at, one.last_confirmed_at, one.closed_at))),
        synthetic=True,
        **columns,
    )


@transaction.atomic
def write_vacancies(*, rows: Sequence[SyntheticVacancy], by: Actor, at: datetime) -> list[int]:
    """Write vacancies, all places still free; returns their keys in the order given. Raises Refused."""
    for one in rows:
        require_known_codes(one.offered)
    days, prepared = liveness_days(today(at)), [_row(one) for one in rows]
    asked = [_ask(row, days, at) for row in prepared]
    vacancies = Vacancy.objects.bulk_create(prepared)
    LivenessStep.objects.bulk_create(
        [
            LivenessStep(
                vacancy=row, kind=kind, channel=channel, places_left=row.places, at=stepped_at, actor=by.log_key
            )
            for row, asked_at in zip(vacancies, asked, strict=True)
            for kind, channel, stepped_at in _steps(row, asked_at)
        ]
    )
    VacancyMove.objects.bulk_create(
        [
            VacancyMove(vacancy_id=vacancy.pk, state=state, places_left=vacancy.places, at=moved_at, actor=by.log_key)
            for vacancy, one in zip(vacancies, rows, strict=True)
            for state, moved_at in _moves(one)
        ]
    )
    record_change(by=by, at=at, verb="vacancy.seed", thing="demo:nation", detail={"vacancies": len(vacancies)})
    return [vacancy.pk for vacancy in vacancies]


def _ask(row: Vacancy, days: LivenessDays, at: datetime) -> list[datetime]:
    """The questions that an advert's silence has set off by now, written into its row too."""
    if row.state not in {VacancyState.LIVE, VacancyState.PAUSED} or row.last_confirmed_at is None:
        return []
    due = [row.last_confirmed_at + timedelta(days=number) for number in (days.first_ask, days.second_ask)]
    asked = [one for one in due if one <= at]
    row.asked_times, row.asked_at = len(asked), asked[-1] if asked else None
    if row.paused_because == Pause.SILENT and len(asked) < len(due):
        row.paused_because = Pause.EMPLOYER
    return asked


def _steps(row: Vacancy, asked: list[datetime]) -> list[tuple[LivenessKind, Channel, datetime]]:
    """The liveness ledger of an advert, as far as its dates tell."""
    steps = [(LivenessKind.ASKED, Channel.CLOCK, one) for one in asked]
    if row.live_since is not None:
        steps.append((LivenessKind.CONFIRMED, Channel.DESK, row.live_since))
        if row.last_confirmed_at is not None and row.last_confirmed_at != row.live_since:
            steps.append((LivenessKind.CONFIRMED, Channel.LINK, row.last_confirmed_at))
    if row.closed_at is not None:
        steps.append((LivenessKind.CLOSED, Channel.WEB, row.closed_at))
    return steps


def _moves(one: SyntheticVacancy) -> list[tuple[VacancyState, datetime]]:
    """The states an advert went through, as far as its dates tell."""
    if one.state == VacancyState.DRAFT:
        return []
    moves = [(VacancyState.SUBMITTED, one.posted_at)]
    if one.live_since is not None:
        moves.append((VacancyState.LIVE, one.live_since))
    if one.state == VacancyState.PAUSED:
        moves.append((VacancyState.PAUSED, one.last_confirmed_at or one.posted_at))
    if one.state == VacancyState.REFUSED:
        moves.append((VacancyState.REFUSED, one.decided_at or one.posted_at))
    if one.closed_at is not None:
        moves.append((VacancyState.CLOSED, one.closed_at))
    return moves


@dataclass(frozen=True, slots=True)
class PlacesTaken:
    """What the history did to a vacancy: when each hire took a place, and how many places are left in the end."""

    places: int
    taken_at: tuple[datetime, ...]
    left: int


@transaction.atomic
def take_places(*, taken: Mapping[int, PlacesTaken], by: Actor, at: datetime) -> None:
    """Note hires in the ledger and set the places that are left, by vacancy key."""
    rows = [Vacancy(pk=key, places_left=one.left) for key, one in sorted(taken.items())]
    Vacancy.objects.bulk_update(rows, ["places_left"], batch_size=400)
    closings = []
    for start in range(0, len(rows), 500):
        keys = [row.pk for row in rows[start : start + 500]]
        closings += list(VacancyMove.objects.filter(vacancy__in=keys, state=VacancyState.CLOSED))
    for closing in closings:
        closing.places_left = taken[closing.vacancy_id].left
    VacancyMove.objects.bulk_update(closings, ["places_left"], batch_size=400)
    VacancyMove.objects.bulk_create(
        [
            VacancyMove(
                vacancy_id=key, state=VacancyState.LIVE, places_left=one.places - number, at=taken_at, actor=by.log_key
            )
            for key, one in sorted(taken.items())
            for number, taken_at in enumerate(sorted(one.taken_at), start=1)
        ]
    )
    record_change(by=by, at=at, verb="vacancy.seed_places", thing="demo:nation", detail={"vacancies": len(rows)})


def wipe_synthetic() -> int:
    """Remove synthetic vacancies, in the caller's transaction; what leans on them is removed before."""
    return Vacancy.objects.filter(synthetic=True).delete()[0]
