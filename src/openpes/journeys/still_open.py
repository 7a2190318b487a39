"""Is the job still open? The employer is asked and answers by one tap; silence has an end that people are told of."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from openpes.core import signed_refs
from openpes.core.actors import Actor, ActorKind, Grant, system
from openpes.journeys.answer_referral import close_vacancy, end_open_referrals
from openpes.journeys.refer_jobseeker import tell_jobseeker
from openpes.journeys.telling import tell_firm
from openpes.reference.country import today
from openpes.referrals.queries import ended_referrals_of
from openpes.referrals.states import WithdrawnReason
from openpes.vacancies import liveness_operations as liveness
from openpes.vacancies import operations as vacancies
from openpes.vacancies.holding_operations import remove_vacancy
from openpes.vacancies.liveness import LivenessAct, LivenessDays, liveness_act
from openpes.vacancies.models import Vacancy
from openpes.vacancies.queries import liveness_due, vacancy_by_ref
from openpes.vacancies.states import Channel, CloseReason, VacancyState

CLOCK = system("vacancy.clock", "vacancy.close", "referral.create", label="clock")
SALT = "openpes.still_open"
AT_ONCE = 500


def open_url(vacancy: Vacancy) -> str:
    """The whole address of the link by which the employer says whether a job is open."""
    return settings.BASE_URL + reverse("web:still_open", args=[signed_refs.sign(SALT, vacancy.ref)])


def read_open_token(token: str) -> Vacancy:
    """The vacancy that a link names. Raises NotFound when altered."""
    return vacancy_by_ref(signed_refs.read(SALT, token))


def open_actor(vacancy: Vacancy) -> Actor:
    """The actor that the link makes of its holder: the employer, to say whether a job is open, or to end it."""
    verbs = frozenset({"vacancy.edit", "vacancy.close"})
    return Actor(
        ActorKind.SIGNED_LINK,
        f"link:{vacancy.ref}",
        (Grant("signed_link", verbs, "employer", vacancy.employer_id),),
        label="employer, by link",
    )


@transaction.atomic
def say_still_open(*, vacancy: Vacancy, places_left: int, channel: Channel, by: Actor, at: datetime) -> Vacancy:
    """Open, with so many places left; none left ends it as filled and tells everybody who waits. Raises Refused."""
    if places_left <= 0:
        return close_vacancy(vacancy=vacancy, reason=CloseReason.FILLED, by=by, at=at)
    return liveness.confirm_vacancy(vacancy=vacancy, places_left=places_left, channel=channel, by=by, at=at)


@transaction.atomic
def take_down(*, vacancy: Vacancy, note: str, by: Actor, at: datetime) -> Vacancy:
    """An officer ends an advert that is not what it says; everybody who applied is told honestly what to do next.

    Also those whose introduction ended before, and those who were hired: they may have been asked for money.
    """
    closed = remove_vacancy(vacancy=vacancy, note=note, by=by, at=at)
    for ended in ended_referrals_of(closed.pk):
        tell_jobseeker(ended, "advert_removed", at)
    end_open_referrals(closed, reason=WithdrawnReason.VACANCY_UNLAWFUL, kind="advert_removed", by=by, at=at)
    _tell(closed, "vacancy_removed", at, note=note)
    return closed


def run_liveness_clock(*, at: datetime, by: Actor = CLOCK) -> dict[str, int]:
    """Ask, pause, close: whatever is due now. A second run at the same instant finds nothing more to do."""
    days = liveness.liveness_days(today(at))
    done = {"open_asked": 0, "silent_paused": 0, "silent_closed": 0}
    names = {LivenessAct.ASK: "open_asked", LivenessAct.PAUSE: "silent_paused", LivenessAct.CLOSE: "silent_closed"}
    for vacancy in liveness_due(at=at, days=days, limit=AT_ONCE):
        act = _act(vacancy, days, by=by, at=at)
        if act is not None:
            done[names[act]] += 1
    return done


@transaction.atomic
def _act(vacancy: Vacancy, days: LivenessDays, *, by: Actor, at: datetime) -> LivenessAct | None:
    act = liveness_act(
        state=VacancyState(vacancy.state),
        paused=vacancy.paused_because,
        confirmed_at=vacancy.last_confirmed_at or vacancy.posted_at,
        asked_times=vacancy.asked_times,
        asked_at=vacancy.asked_at,
        at=at,
        days=days,
    )
    if act == LivenessAct.ASK:
        _tell(liveness.ask_still_open(vacancy=vacancy, by=by, at=at), "still_open", at)
    elif act == LivenessAct.PAUSE:
        _tell(liveness.pause_silent(vacancy=vacancy, by=by, at=at), "silent_paused", at)
    elif act == LivenessAct.CLOSE:
        closed = vacancies.close_vacancy(vacancy=vacancy, reason=CloseReason.SILENT, by=by, at=at)
        end_open_referrals(closed, reason=WithdrawnReason.VACANCY_WITHDRAWN, kind="job_not_confirmed", by=by, at=at)
    return act


def _tell(vacancy: Vacancy, kind: str, at: datetime, note: str = "") -> None:
    facts = {"title": vacancy.title, "ref": vacancy.ref, "link": open_url(vacancy), "note": note}
    tell_firm(vacancy.employer, kind, facts, at=at)
