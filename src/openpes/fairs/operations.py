"""Writes of the fairs room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Decision, Reason, Refused, no
from openpes.core.privacy import erase_rows
from openpes.fairs.access import require_may_run, require_may_sign_up
from openpes.fairs.models import Fair, FairJob, FairMeeting, FairOffer, FairVisit
from openpes.fairs.rules import may_plan, may_sign_up, may_work_at, slot_times
from openpes.fairs.states import FairState, SignedUpBy
from openpes.jobseekers.models import Jobseeker
from openpes.organisations.models import Office
from openpes.referrals.models import Referral
from openpes.vacancies.models import Vacancy


def _refuse(decision: Decision) -> None:
    if decision.refused:
        raise Refused(decision)


def _log(fair: Fair, verb: str, by: Actor, at: datetime, subject: str = "") -> None:
    record_change(by=by, at=at, verb=verb, thing=f"fair:{fair.ref}", subject=subject)


@transaction.atomic
def plan_fair(
    *,
    office: Office,
    name: str,
    place: str,
    starts_at: datetime,
    ends_at: datetime,
    minutes: int,
    by: Actor,
    at: datetime,
) -> Fair:
    """Plan a fair of an office; its page is public at once. Raises Refused or NotPermitted."""
    require_may_run(by, office.pk)
    _refuse(may_plan(starts_at=starts_at, ends_at=ends_at, at=at))
    fair = Fair.objects.create(
        office=office,
        name=name.strip()[:120],
        place=place.strip()[:200],
        starts_at=starts_at,
        ends_at=ends_at,
        slot_minutes=minutes,
        planned_at=at,
    )
    _log(fair, "fair.plan", by, at)
    return fair


@transaction.atomic
def set_jobs(*, fair: Fair, vacancies: Iterable[Vacancy], by: Actor, at: datetime) -> Fair:
    """Add jobs to a fair. One that is there already stays as it is."""
    require_may_run(by, fair.office_id)
    for vacancy in vacancies:
        FairJob.objects.get_or_create(fair=fair, vacancy=vacancy)
    _log(fair, "fair.jobs", by, at)
    return fair


@transaction.atomic
def call_off(*, fair: Fair, by: Actor, at: datetime) -> Fair:
    """The fair does not take place; its page says so."""
    require_may_run(by, fair.office_id)
    fair.state = FairState.CALLED_OFF
    fair.save(update_fields=["state"])
    _log(fair, "fair.call_off", by, at)
    return fair


@transaction.atomic
def sign_up(*, fair: Fair, jobseeker: Jobseeker, by: Actor, at: datetime) -> FairVisit:
    """Somebody will come; a second time changes nothing. Raises Refused once the fair is over."""
    require_may_sign_up(by, fair, jobseeker)
    _refuse(may_sign_up(state=FairState(fair.state), ends_at=fair.ends_at, at=at))
    own = by.person_id == jobseeker.person_id
    visit, made = FairVisit.objects.get_or_create(
        fair=fair,
        jobseeker=jobseeker,
        defaults={"way": SignedUpBy.PAGE if own else SignedUpBy.DESK, "signed_up_at": at},
    )
    if made:
        _log(fair, "fair.sign_up", by, at, jobseeker.person.log_key)
    return visit


def _at_work(visit: FairVisit, by: Actor, at: datetime) -> None:
    fair = visit.fair
    require_may_run(by, fair.office_id)
    _refuse(may_work_at(state=FairState(fair.state), starts_at=fair.starts_at, ends_at=fair.ends_at, at=at))


@transaction.atomic
def check_in(*, visit: FairVisit, by: Actor, at: datetime) -> FairVisit:
    """The visitor is at the door. A second scan changes nothing."""
    _at_work(visit, by, at)
    visit = (
        FairVisit.objects.select_for_update(of=("self",)).select_related("fair", "jobseeker__person").get(pk=visit.pk)
    )
    if visit.came_at is None:
        visit.came_at = at
        visit.save(update_fields=["came_at"])
        _log(visit.fair, "fair.check_in", by, at, visit.jobseeker.person.log_key)
    return visit


@transaction.atomic
def take_time(*, visit: FairVisit, job: FairJob, starts_at: datetime, by: Actor, at: datetime) -> FairMeeting:
    """Take a free time at a stand, before the fair or at it. Raises Refused when somebody else was quicker."""
    fair = visit.fair
    if by.person_id != visit.jobseeker.person_id:
        require_may_run(by, fair.office_id)
    _refuse(may_sign_up(state=FairState(fair.state), ends_at=fair.ends_at, at=at))
    times = slot_times(starts_at=fair.starts_at, ends_at=fair.ends_at, minutes=fair.slot_minutes)
    if job.fair_id != fair.pk or starts_at not in times or starts_at <= at:
        raise Refused(no(Reason("time_not_there")))
    try:
        with transaction.atomic():
            made = FairMeeting.objects.create(job=job, visit=visit, starts_at=starts_at)
    except IntegrityError:
        raise Refused(no(Reason("time_taken"))) from None
    _log(fair, "fair.time", by, at, visit.jobseeker.person.log_key)
    return made


@transaction.atomic
def note_offer(*, visit: FairVisit, job: FairJob, referral: Referral, by: Actor, at: datetime) -> FairOffer:
    """An employer offers the job on the spot. The introduction that confirms it exists. Raises Refused."""
    _at_work(visit, by, at)
    if visit.came_at is None:
        raise Refused(no(Reason("not_checked_in")))
    offer, made = FairOffer.objects.get_or_create(
        job=job, visit=visit, defaults={"referral": referral, "offered_at": at}
    )
    if made:
        _log(visit.fair, "fair.offer", by, at, visit.jobseeker.person.log_key)
    return offer


def erase_person(*, person_id: int) -> int:
    """Forget a person in this room; the counts stay. Inside the journey's transaction."""
    return sum(erase_rows(table, person_id) for table in (FairOffer, FairMeeting, FairVisit))
