"""Reads of the checks after a hire."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import F, Prefetch, Q, QuerySet

from openpes.core.access_log import record_view
from openpes.core.actors import Actor
from openpes.core.decisions import NotFound
from openpes.core.ids import fold_ref
from openpes.placements.checking import check_days
from openpes.placements.models import HireCheck, Outcome
from openpes.placements.states import CheckState

WITH_ALL = ("outcome__jobseeker__person", "outcome__jobseeker__office", "outcome__employer", "outcome__vacancy")


def check_by_ref(ref: str) -> HireCheck:
    """A check by reference, for a signed link that names it. Raises NotFound, also for a person who was erased."""
    rows = HireCheck.objects.filter(outcome__jobseeker__person__erased_at=None)
    row = rows.filter(ref=ref).select_related(*WITH_ALL).first()
    if row is None:
        raise NotFound("check")
    return row


def own_checks(actor: Actor, *, on: date) -> list[HireCheck]:
    """The checks that the person who asks can answer now, the oldest first."""
    rows = HireCheck.objects.filter(
        outcome__jobseeker__person__in=actor.scope_ids("outcome.say_own", "person"),
        due_on__lte=on,
        state__in=[CheckState.WAITING, CheckState.ASKED],
    )
    rows = rows.exclude(answers__side="worker").select_related(*WITH_ALL)
    return list(rows.order_by("due_on", "pk")[:5])


def own_check(actor: Actor, ref: str) -> HireCheck:
    """One of the person's own checks. Raises NotFound for anybody else's."""
    row = check_by_ref(fold_ref(ref))
    if not actor.may("outcome.say_own", person_id=row.outcome.jobseeker.person_id):
        raise NotFound("check")
    return row


def hired_by(actor: Actor) -> QuerySet[Outcome]:
    """Whom the actor's firms hired through the service, the latest first. Not who was hidden or erased."""
    return (
        Outcome.objects.filter(
            employer__in=actor.scope_ids("referral.view_introduced", "employer"),
            referral__isnull=False,
            referral__hidden_from_employer_at=None,
            jobseeker__person__erased_at=None,
        )
        .select_related("jobseeker__person", "vacancy", "referral")
        .prefetch_related(Prefetch("checks", HireCheck.objects.prefetch_related("answers")))
        .order_by("-starts_on", "-pk")
    )


def check_for_firm(actor: Actor, ref: str, *, at: datetime) -> HireCheck:
    """A check about somebody whom the actor's firm hired; the view is logged. Raises NotFound."""
    row = check_by_ref(fold_ref(ref))
    if not hired_by(actor).filter(pk=row.outcome_id).exists():
        raise NotFound("check")
    record_view(by=actor, at=at, subject=row.outcome.jobseeker.person.log_key, thing=f"check:{row.ref}")
    return row


def check_at_office(actor: Actor, ref: str, *, at: datetime) -> HireCheck:
    """A check opened at the desk; the view is logged. Raises NotFound."""
    row = check_by_ref(fold_ref(ref))
    if not actor.may("outcome.view", office_id=row.outcome.office_id):
        raise NotFound("check")
    record_view(by=actor, at=at, subject=row.outcome.jobseeker.person.log_key, thing=f"check:{row.ref}")
    return row


def checks_to_call(actor: Actor, *, at: datetime, on: date) -> QuerySet[HireCheck]:
    """Checks for which somebody should call: unanswered for the policy's days, or two sides say different things."""
    since = at - timedelta(days=check_days(on).call)
    return (
        HireCheck.objects.filter(outcome__office__in=actor.scope_ids("outcome.view", "office"), due_on__lte=on)
        .filter(
            Q(state=CheckState.ASKED, asked_at__lte=since)
            | Q(state__in=[CheckState.ASKED, CheckState.CLOSED], outcome__contested_at__isnull=False)
        )
        .select_related(*WITH_ALL)
        .prefetch_related("answers")
        .order_by(F("outcome__contested_at").asc(nulls_last=True), "due_on", "pk")
    )


def checks_of(outcome: Outcome) -> list[HireCheck]:
    """The checks of a hire with all answers, for the desk."""
    return list(outcome.checks.prefetch_related("answers", "promises"))


def clock_checks(*, on: date, limit: int) -> list[HireCheck]:
    """Checks for which the clock may have something to do; the rule then decides."""
    rows = HireCheck.objects.filter(
        Q(state=CheckState.WAITING, due_on__lte=on) | Q(state=CheckState.ASKED),
        outcome__jobseeker__person__erased_at=None,
    )
    return list(rows.select_related(*WITH_ALL).prefetch_related("answers").order_by("due_on", "pk")[:limit])
