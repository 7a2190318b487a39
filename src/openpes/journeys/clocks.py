"""What time alone sets off. `run_due` does whatever is due now; doing it twice changes nothing the second time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from openpes.core.actors import Actor, system
from openpes.jobseekers import operations as jobseekers
from openpes.journeys.abroad_clock import end_unlicensed
from openpes.journeys.after_hire import run_check_clock
from openpes.journeys.answer_referral import close_vacancy
from openpes.journeys.appointments import run_appointment_clock
from openpes.journeys.bring_adverts import pull_feeds
from openpes.journeys.change_firm import end_suspensions
from openpes.journeys.complain import run_complaint_clock
from openpes.journeys.enrol_in_programme import look_at_courses
from openpes.journeys.follow_programme import run_follow_up_clock
from openpes.journeys.meet_employer import run_interview_clock
from openpes.journeys.own_news import ask_still_looking, tell_of_jobs
from openpes.journeys.pause_employers import pause_silent_employers
from openpes.journeys.place_in_programme import run_place_clock
from openpes.journeys.refer_jobseeker import tell_employer, tell_jobseeker
from openpes.journeys.refer_to_partner import run_partner_clock
from openpes.journeys.retention import run_retention
from openpes.journeys.run_match import run_if_asked_for
from openpes.journeys.still_open import run_liveness_clock
from openpes.reference.country import country, today
from openpes.referrals import operations as referrals
from openpes.referrals.models import Referral
from openpes.referrals.queries import clock_candidates, clocks_on
from openpes.referrals.rules import ClockAct, ClockFacts, Clocks, clock_act
from openpes.referrals.states import ReferralState
from openpes.vacancies.clock_queries import due_to_close
from openpes.vacancies.states import CloseReason

CLOCK = system(
    "referral.clock",
    "referral.create",
    "vacancy.close",
    "jobseeker.sleep",
    "match.run",
    "appointment.clock",
    label="clock",
)
AT_ONCE = 500


def run_due(*, at: datetime, by: Actor = CLOCK) -> dict[str, int]:
    """Run every clock once. Returns what was done, by name."""
    return {
        **run_answer_clock(at=at, by=by),
        "employers_paused": pause_silent_employers(at=at),
        "suspensions_ended": end_suspensions(at=at),
        **pull_feeds(at=at),
        **run_appointment_clock(at=at, by=by),
        **run_complaint_clock(at=at),
        **run_place_clock(at=at),
        **look_at_courses(at=at),
        **run_follow_up_clock(at=at),
        **run_partner_clock(at=at),
        **run_retention(at=at),
        "unlicensed_ended": end_unlicensed(at=at),
        **run_liveness_clock(at=at),
        **run_check_clock(at=at),
        **run_interview_clock(at=at),
        "vacancies_expired": expire_vacancies(at=at, by=by),
        **ask_still_looking(at=at),
        "put_to_sleep": put_to_sleep(at=at, by=by),
        **tell_of_jobs(at=at),
        "national_matches": run_if_asked_for(by=by, at=at),
    }


def run_answer_clock(*, at: datetime, by: Actor = CLOCK) -> dict[str, int]:
    """Remind employers, raise tasks for counsellors, and close honestly what nobody answered."""
    clocks, done = clocks_on(today(at)), {"reminded": 0, "tasks_raised": 0, "closed_unanswered": 0}
    for referral in clock_candidates(at=at, clocks=clocks, limit=AT_ONCE):
        act = _act(referral, clocks, at=at, by=by)
        if act is not None:
            done[act] += 1
    return done


@transaction.atomic
def _act(referral: Referral, clocks: Clocks, *, at: datetime, by: Actor) -> str | None:
    """The clock's next act on one referral, in its own transaction; the name of what was done."""
    act = clock_act(
        ClockFacts(
            ReferralState(referral.state),
            referral.sent_at,
            referral.answer_due_at,
            referral.reminded_at,
            referral.task_raised_at,
            referral.first_answer_at is not None,
        ),
        at=at,
        clocks=clocks,
    )
    if act == ClockAct.REMIND:
        referrals.remind(referral=referral, by=by, at=at)
        tell_employer(referral, "employer_reminder", at)
        return "reminded"
    if act == ClockAct.RAISE_TASK:
        referrals.raise_task(referral=referral, by=by, at=at)
        return "tasks_raised"
    if act == ClockAct.CLOSE:
        ended = referrals.close_unanswered(referral=referral, by=by, at=at)
        tell_jobseeker(ended, "answer_closed_unanswered", at)
        return "closed_unanswered"
    return None


def expire_vacancies(*, at: datetime, by: Actor = CLOCK) -> int:
    """Close vacancies whose closing day has come; whoever waits is told."""
    due = list(due_to_close(at_date=today(at))[:AT_ONCE])
    for vacancy in due:
        close_vacancy(vacancy=vacancy, reason=CloseReason.EXPIRED, by=by, at=at)
    return len(due)


def put_to_sleep(*, at: datetime, by: Actor = CLOCK) -> int:
    """Let registrations rest whose people have been silent for the days of the country's policy."""
    days = int(country().value("clocks.jobseeker_sleep_days", on=today(at)).value)
    return len(jobseekers.put_to_sleep(silent_since=at - timedelta(days=days), by=by, at=at))
