"""When a job counts as open: who is asked, what fades, pauses and ends. Pure: facts and days in, an act out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from openpes.vacancies.states import Pause, VacancyState


@dataclass(frozen=True)
class LivenessDays:
    """The policy's days, each counted from when somebody last said that the job is open."""

    first_ask: int
    second_ask: int
    fade: int
    pause: int
    close: int


class LivenessAct(StrEnum):
    """What the clock does with a vacancy."""

    ASK = "ask"
    PAUSE = "pause"
    CLOSE = "close"


class Freshness(StrEnum):
    """How fresh the word is that a job is open."""

    FRESH = "fresh"
    ASKED = "asked"
    FADED = "faded"


def liveness_act(
    *,
    state: VacancyState,
    paused: str,
    confirmed_at: datetime,
    asked_times: int,
    asked_at: datetime | None,
    at: datetime,
    days: LivenessDays,
) -> LivenessAct | None:
    """The clock's next act; None while nothing is due. Two questions go out before anything is paused or ended.

    A clock that stood still does not hurry: after each question an employer has the days that the policy leaves. What
    a person holds is never ended by the clock.
    """

    def silent(number: int) -> bool:
        return at - confirmed_at >= timedelta(days=number)

    def waited(number: int) -> bool:
        return asked_at is None or at - asked_at >= timedelta(days=number)

    if state == VacancyState.PAUSED:
        ends = paused != Pause.HELD and silent(days.close) and waited(days.close - days.second_ask)
        return LivenessAct.CLOSE if ends else None
    if state != VacancyState.LIVE:
        return None
    if asked_times == 0:
        return LivenessAct.ASK if silent(days.first_ask) else None
    if asked_times == 1:
        return LivenessAct.ASK if silent(days.second_ask) and waited(days.second_ask - days.first_ask) else None
    return LivenessAct.PAUSE if silent(days.pause) and waited(days.pause - days.second_ask) else None


def freshness(*, confirmed_at: datetime | None, at: datetime, days: LivenessDays) -> Freshness:
    """How fresh a job's word is; one that nobody ever confirmed has faded."""
    if confirmed_at is None or at - confirmed_at >= timedelta(days=days.fade):
        return Freshness.FADED
    return Freshness.ASKED if at - confirmed_at >= timedelta(days=days.first_ask) else Freshness.FRESH


def resumes_by_word(paused: str) -> bool:
    """Does the employer's word that a job is open make it public again? Not while a person holds it."""
    return paused in {Pause.SILENT, Pause.EMPLOYER}
