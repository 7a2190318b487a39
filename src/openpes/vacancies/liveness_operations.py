"""Writes of the liveness ledger: who was asked, who said, and what silence does."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import NotPermitted, Reason, Refused, no
from openpes.reference.country import country
from openpes.vacancies.access import require_may
from openpes.vacancies.duplicate_operations import part_from
from openpes.vacancies.liveness import LivenessDays, resumes_by_word
from openpes.vacancies.models import LivenessStep, Vacancy, VacancyMove
from openpes.vacancies.states import Channel, LivenessKind, Pause, VacancyState


def liveness_days(on: date) -> LivenessDays:
    """The days of the country's policy on a day."""
    pack = country()

    def days(name: str) -> int:
        return int(pack.value(name, on=on).value)

    return LivenessDays(
        days("clocks.vacancy_confirm_days"),
        days("liveness.second_ask_days"),
        days("liveness.fade_days"),
        days("liveness.pause_days"),
        days("liveness.close_days"),
    )


def note_step(vacancy: Vacancy, kind: LivenessKind, channel: Channel, by: Actor, at: datetime) -> None:
    """One line of the ledger, in the caller's transaction."""
    LivenessStep.objects.create(
        vacancy=vacancy, kind=kind, channel=channel, places_left=vacancy.places_left, at=at, actor=by.log_key
    )


def _locked(vacancy: Vacancy) -> Vacancy:
    return Vacancy.objects.select_for_update(of=("self",)).select_related("employer", "office").get(pk=vacancy.pk)


@transaction.atomic
def ask_still_open(*, vacancy: Vacancy, by: Actor, at: datetime) -> Vacancy:
    """Write down that the employer is asked; the journey sends the text."""
    if not by.everywhere("vacancy.clock"):
        raise NotPermitted("vacancy.clock")
    vacancy = _locked(vacancy)
    vacancy.asked_at, vacancy.asked_times = at, vacancy.asked_times + 1
    vacancy.save(update_fields=["asked_at", "asked_times"])
    note_step(vacancy, LivenessKind.ASKED, Channel.CLOCK, by, at)
    record_change(by=by, at=at, verb="vacancy.ask_open", thing=f"vacancy:{vacancy.ref}")
    return vacancy


@transaction.atomic
def pause_silent(*, vacancy: Vacancy, by: Actor, at: datetime) -> Vacancy:
    """Nobody said for the policy's days that it is open: it is not shown until somebody does."""
    if not by.everywhere("vacancy.clock"):
        raise NotPermitted("vacancy.clock")
    return _pause(_locked(vacancy), Pause.SILENT, Channel.CLOCK, by, at)


@transaction.atomic
def pause_vacancy(*, vacancy: Vacancy, channel: Channel, by: Actor, at: datetime) -> Vacancy:
    """The employer does not want more people for now. Raises Refused for what is not public."""
    require_may("vacancy.edit", by, employer_id=vacancy.employer_id, office_id=vacancy.office_id)
    return _pause(_locked(vacancy), Pause.EMPLOYER, channel, by, at)


def _pause(vacancy: Vacancy, why: Pause, channel: Channel, by: Actor, at: datetime) -> Vacancy:
    if vacancy.state != VacancyState.LIVE:
        raise Refused(no(Reason("vacancy_move", {"from": vacancy.state, "to": VacancyState.PAUSED.value})))
    vacancy.state, vacancy.paused_because, vacancy.changed_at = VacancyState.PAUSED, why, at
    vacancy.save(update_fields=["state", "paused_because", "changed_at"])
    _moved(vacancy, by, at)
    part_from(head_id=vacancy.pk, at=at)
    note_step(vacancy, LivenessKind.PAUSED, channel, by, at)
    record_change(by=by, at=at, verb="vacancy.paused", thing=f"vacancy:{vacancy.ref}", detail={"because": why.value})
    return vacancy


@transaction.atomic
def confirm_vacancy(
    *, vacancy: Vacancy, places_left: int, by: Actor, at: datetime, channel: Channel = Channel.WEB
) -> Vacancy:
    """The employer says that the job is still open and how many places are left; a silent pause ends with it.

    Raises Refused for what has ended, waits for an officer, or is held by one.
    """
    require_may("vacancy.edit", by, employer_id=vacancy.employer_id, office_id=vacancy.office_id)
    vacancy = _locked(vacancy)
    resumes = vacancy.state == VacancyState.PAUSED and resumes_by_word(vacancy.paused_because)
    if vacancy.state != VacancyState.LIVE and not resumes:
        raise Refused(no(Reason("not_open_now")))
    vacancy.places_left = max(0, min(places_left, vacancy.places))
    vacancy.last_confirmed_at = vacancy.changed_at = at
    vacancy.asked_at, vacancy.asked_times = None, 0
    vacancy.state, vacancy.paused_because = VacancyState.LIVE, ""
    vacancy.save(
        update_fields=[
            "places_left", "last_confirmed_at", "changed_at", "asked_at", "asked_times", "state", "paused_because"
        ]
    )  # fmt: skip
    _moved(vacancy, by, at)
    if resumes:
        note_step(vacancy, LivenessKind.RESUMED, channel, by, at)
    note_step(vacancy, LivenessKind.CONFIRMED, channel, by, at)
    record_change(by=by, at=at, verb="vacancy.confirm", thing=f"vacancy:{vacancy.ref}")
    return vacancy


def _moved(vacancy: Vacancy, by: Actor, at: datetime) -> None:
    VacancyMove.objects.create(
        vacancy=vacancy, state=vacancy.state, places_left=vacancy.places_left, at=at, actor=by.log_key
    )
