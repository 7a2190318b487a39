"""Writes about applications: apply or nominate, papers, submit, approve by a second person, return, erase."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from openpes.circumstances.queries import people_of_groups
from openpes.circumstances.states import UsedFor
from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Decision, NotPermitted, Reason, Refused, no
from openpes.core.privacy import erase_rows
from openpes.jobseekers.models import Jobseeker
from openpes.programmes.access import is_own, require_at
from openpes.programmes.counters import release
from openpes.programmes.models import Application, Cycle
from openpes.programmes.queries import eligibility_of, has_open_one, is_in_force
from openpes.programmes.rules import LONGEST_WORDS, ApplyFacts, may_apply, may_move, may_second, priority_score
from openpes.programmes.states import HOLDS_A_PLACE, OPEN_STATES, ApplicationState
from openpes.reference.country import today


def refuse(decision: Decision) -> None:
    """Raises Refused for a plain no."""
    if decision.refused:
        raise Refused(decision)


def log(application: Application, verb: str, by: Actor, at: datetime) -> None:
    """A line of the change log, in the caller's transaction."""
    record_change(
        by=by,
        at=at,
        verb=f"application.{verb}",
        thing=f"application:{application.ref}",
        subject=application.jobseeker.person.log_key,
    )


def locked(application: Application) -> Application:
    """The row as it stands now, held until the transaction ends."""
    rows = Application.objects.select_for_update(of=("self",))
    return rows.select_related("jobseeker__person", "cycle__version").get(pk=application.pk)


def require_works_on(by: Actor, application: Application) -> None:
    """The person, or who nominates at their office. Raises NotPermitted."""
    if not is_own(by, application):
        require_at(by, "programme.nominate", application.jobseeker.office_id)


@transaction.atomic
def start_application(
    *, cycle: Cycle, jobseeker: Jobseeker, answers: Mapping[str, Any], by: Actor, at: datetime
) -> Application:
    """The person applies, or the counsellor nominates. It is a draft until it is submitted. Raises Refused."""
    own = by.may("programme.apply_own", person_id=jobseeker.person_id)
    if not own:
        require_at(by, "programme.nominate", jobseeker.office_id)
    on = today(at)
    found = eligibility_of(cycle.version, jobseeker, on=on, answers=answers)
    refuse(
        may_apply(
            ApplyFacts(
                on,
                cycle.apply_from,
                cycle.apply_until,
                is_in_force(cycle.version, on),
                found.allowed,
                has_open_one(cycle, jobseeker.pk),
            )
        )
    )
    try:
        with transaction.atomic():
            application = Application.objects.create(
                cycle=cycle,
                jobseeker=jobseeker,
                answers=dict(answers),
                eligibility=found.as_kept(),
                nominated_by_id=None if own else by.account_id,
                created_at=at,
            )
    except IntegrityError as twice:
        # Two requests at once: the table keeps one.
        raise Refused(no(Reason("applied_already"))) from twice
    log(application, "start", by, at)
    return application


@transaction.atomic
def note_documents(*, application: Application, received: Iterable[str], by: Actor, at: datetime) -> Application:
    """Which papers of the list are in, as seen at the desk. Raises NotPermitted, Refused."""
    application = locked(application)
    require_at(by, "programme.nominate", application.jobseeker.office_id)
    refuse(may_move(ApplicationState(application.state), ApplicationState.WITHDRAWN))
    held = set(received)
    application.documents = [one for one in application.cycle.version.documents if one in held]
    application.save(update_fields=["documents"])
    log(application, "documents", by, at)
    return application


@transaction.atomic
def submit_application(*, application: Application, by: Actor, at: datetime) -> Application:
    """Send it to the supervisor. The instant counts for first come; one that was returned keeps its first instant."""
    application = locked(application)
    require_works_on(by, application)
    refuse(may_move(ApplicationState(application.state), ApplicationState.SUBMITTED))
    application.state, application.returned_why = ApplicationState.SUBMITTED, ""
    application.submitted_at = application.submitted_at or at
    application.submitted_by_id = by.account_id
    application.save(update_fields=["state", "submitted_at", "submitted_by", "returned_why"])
    log(application, "submit", by, at)
    return application


def _require_second(by: Actor, application: Application) -> None:
    if is_own(by, application):
        raise NotPermitted("programme.approve_application")
    require_at(by, "programme.approve_application", application.jobseeker.office_id)


@transaction.atomic
def approve_application(*, application: Application, by: Actor, at: datetime) -> Application:
    """A second person agrees; the application joins the line. Groups and points are taken as they stand now.

    Raises NotPermitted; Refused where the same account nominated or submitted it.
    """
    application = locked(application)
    _require_second(by, application)
    refuse(may_move(ApplicationState(application.state), ApplicationState.WAITING))
    for first in (application.submitted_by_id, application.nominated_by_id):
        refuse(may_second(first, by.account_id))
    person, version = application.jobseeker.person_id, application.cycle.version
    counted = people_of_groups([person], purpose=UsedFor.PRIORITY).get(person, frozenset())
    # Only groups that this programme asks for are written down.
    application.groups = sorted(counted & (set(version.points) | set(version.quotas)))
    application.score = priority_score(application.groups, version.points)[0]
    application.state, application.approved_by_id, application.approved_at = (
        ApplicationState.WAITING,
        by.account_id,
        at,
    )
    application.save(update_fields=["groups", "score", "state", "approved_by", "approved_at"])
    log(application, "approve", by, at)
    return application


@transaction.atomic
def return_application(*, application: Application, why: str, by: Actor, at: datetime) -> Application:
    """Back to whoever wrote it, with the reason in words. It keeps its place in the line of instants."""
    application = locked(application)
    _require_second(by, application)
    refuse(may_move(ApplicationState(application.state), ApplicationState.DRAFT))
    if not why.strip():
        raise Refused(no(Reason("words_needed")))
    application.state, application.returned_why = ApplicationState.DRAFT, why.strip()[:LONGEST_WORDS]
    application.save(update_fields=["state", "returned_why"])
    log(application, "return", by, at)
    return application


@transaction.atomic
def accept_offer(*, application: Application, by: Actor, at: datetime) -> Application:
    """The person says yes to the place, themselves or through the desk. Raises Refused after the last instant."""
    application = locked(application)
    require_works_on(by, application)
    refuse(may_move(ApplicationState(application.state), ApplicationState.ACCEPTED))
    if application.answer_by is not None and at >= application.answer_by:
        raise Refused(no(Reason("offer_over")))
    application.state = ApplicationState.ACCEPTED
    application.save(update_fields=["state"])
    log(application, "accept", by, at)
    return application


@transaction.atomic
def erase_person(*, person_id: int, at: datetime) -> int:
    """Forget a person: open applications end, places they held are free again. Inside the journey's transaction."""
    mine = Application.objects.filter(jobseeker__person=person_id)
    for one in mine.filter(state__in=HOLDS_A_PLACE).select_related("cycle"):
        release(one.cycle)
    mine.filter(state__in=OPEN_STATES).update(state=ApplicationState.WITHDRAWN, ended_at=at)
    return erase_rows(Application, person_id)
