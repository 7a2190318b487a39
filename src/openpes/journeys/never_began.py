"""When all say that a hire never began: the place is free again and the person looks again. And the other way round."""

from __future__ import annotations

from datetime import datetime

from openpes.core.actors import system
from openpes.jobseekers import operations as jobseekers
from openpes.jobseekers.queries import jobseeker_by_id
from openpes.jobseekers.states import JobseekerState
from openpes.placements.models import Outcome
from openpes.placements.queries import works_now
from openpes.placements.rules import puts_in_work
from openpes.placements.states import OutcomeKind
from openpes.vacancies import operations as vacancies

FOLLOWS = system("jobseeker.wake", "vacancy.edit", label="never began")


def follow(outcome: Outcome, *, stood: bool, at: datetime) -> Outcome:
    """Do what follows when the standing of an outcome changed. `stood`: did it count before? In the caller's change."""
    outcome.refresh_from_db()
    stands = outcome.never_began_at is None
    if stands == stood or not puts_in_work(OutcomeKind(outcome.kind)):
        return outcome
    if stands:
        _works_after_all(outcome, at)
    else:
        _looks_again(outcome, at)
    return outcome


def _looks_again(outcome: Outcome, at: datetime) -> None:
    if outcome.vacancy_id is not None:
        vacancies.give_place_back(vacancy_id=outcome.vacancy_id, by=FOLLOWS, at=at)
    jobseeker = jobseeker_by_id(outcome.jobseeker_id)
    if jobseeker.state == JobseekerState.IN_WORK and not works_now(jobseeker.pk, besides=outcome.pk):
        jobseekers.move_jobseeker(jobseeker=jobseeker, to=JobseekerState.ACTIVE, by=FOLLOWS, at=at)


def _works_after_all(outcome: Outcome, at: datetime) -> None:
    """The place is not taken a second time: the firm is asked how many are left in any case."""
    jobseeker = jobseeker_by_id(outcome.jobseeker_id)
    if jobseeker.state == JobseekerState.ACTIVE:
        jobseekers.move_jobseeker(jobseeker=jobseeker, to=JobseekerState.IN_WORK, by=FOLLOWS, at=at)
