"""Reads of the referrals room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet

from openpes.core.access_log import record_view
from openpes.core.actors import Actor
from openpes.core.decisions import NotFound
from openpes.core.ids import fold_ref
from openpes.core.privacy import export_rows
from openpes.reference.country import country, today
from openpes.referrals.access import visible_to
from openpes.referrals.audit import Audit, Step, audit_clock
from openpes.referrals.models import Interview, Referral, ReferralEvent
from openpes.referrals.rules import Clocks, median_days
from openpes.referrals.states import AnswerChannel, Ending, EventKind, ReferralState

MOST_WAITS = 500
WITH_ALL = ("jobseeker__person", "jobseeker__office", "vacancy__employer", "vacancy__office", "office", "made_by")


def clocks_on(on: date) -> Clocks:
    """The answer clock of the country's policy on a day."""
    pack = country()

    def days(key: str) -> int:
        return int(pack.value(f"clocks.{key}", on=on).value)

    return Clocks(
        answer=days("referral_close_days"),
        reminder=days("referral_reminder_days"),
        task=days("referral_answer_days"),
        extension=days("referral_extension_days"),
    )


def referral_for(actor: Actor, ref: str) -> Referral:
    """A referral that the actor may see. Raises NotFound, also for one that exists elsewhere."""
    row = visible_to(actor).filter(ref=fold_ref(ref)).select_related(*WITH_ALL).prefetch_related("events").first()
    if row is None:
        raise NotFound("referral")
    return row


def referral_by_ref(ref: str) -> Referral:
    """A referral by reference, for a signed link that names it. Raises NotFound."""
    row = Referral.objects.filter(ref=ref).select_related(*WITH_ALL).prefetch_related("events").first()
    if row is None:
        raise NotFound("referral")
    return row


def own_referrals(actor: Actor) -> QuerySet[Referral]:
    """The referrals of the person who asks, the open and the latest first."""
    return (
        Referral.objects.filter(jobseeker__person__in=actor.scope_ids("referral.view_own", "person"))
        .select_related(*WITH_ALL)
        .order_by(F("ended_at").desc(nulls_first=True), "-sent_at", "-pk")
    )


def referrals_of(actor: Actor, jobseeker_id: int) -> list[Referral]:
    """The referrals of one person that the actor may see."""
    rows = visible_to(actor).filter(jobseeker=jobseeker_id).select_related(*WITH_ALL).prefetch_related("events")
    return list(rows.order_by(F("ended_at").desc(nulls_first=True), "-sent_at", "-pk"))


def introductions(actor: Actor, *, open_only: bool = False) -> QuerySet[Referral]:
    """People introduced to the employers that the actor works for, those who wait longest first."""
    rows = Referral.objects.filter(
        vacancy__employer__in=actor.scope_ids("referral.view_introduced", "employer"), hidden_from_employer_at=None
    )
    if open_only:
        rows = rows.exclude(state=ReferralState.ENDED)
    return rows.select_related(*WITH_ALL).order_by(F("ended_at").desc(nulls_first=True), "answer_due_at", "pk")


def introductions_to(actor: Actor, vacancy_id: int) -> QuerySet[Referral]:
    """People introduced to one vacancy, as far as the actor may see them."""
    return (
        visible_to(actor)
        .filter(vacancy=vacancy_id)
        .select_related(*WITH_ALL)
        .order_by(F("ended_at").desc(nulls_first=True), "answer_due_at", "pk")
    )


def introduction_for(actor: Actor, ref: str, *, at: datetime) -> Referral:
    """A person introduced to an employer that the actor works for; the view is logged and shown to that person.

    Raises NotFound, also for an introduction to somebody else.
    """
    row = introductions(actor).filter(ref=fold_ref(ref)).prefetch_related("events").first()
    if row is None:
        raise NotFound("referral")
    record_view(by=actor, at=at, subject=row.jobseeker.person.log_key, thing=f"referral:{row.ref}")
    return row


def referral_at_office(actor: Actor, ref: str, *, at: datetime) -> Referral:
    """A referral opened by an officer; the view is logged and shown to that person. Raises NotFound."""
    row = referral_for(actor, ref)
    record_view(by=actor, at=at, subject=row.jobseeker.person.log_key, thing=f"referral:{row.ref}")
    return row


def count_open_introductions(actor: Actor, vacancy_ids: Iterable[int]) -> dict[int, int]:
    """How many people wait for an answer, by vacancy, of those that the actor works for; in one query."""
    rows = introductions(actor, open_only=True).filter(vacancy__in=list(vacancy_ids))
    return dict(rows.order_by().values_list("vacancy").annotate(number=Count("pk")))


def to_follow_up(actor: Actor) -> QuerySet[Referral]:
    """Referrals for which the clock has asked somebody to call the employer, the most urgent first."""
    offices = actor.scope_ids("referral.follow_up", "office")
    return (
        Referral.objects.filter(Q(office__in=offices) | Q(vacancy__office__in=offices), task_raised_at__isnull=False)
        .exclude(state=ReferralState.ENDED)
        .select_related(*WITH_ALL)
        .order_by("answer_due_at", "pk")
    )


def has_open_referral(jobseeker_id: int, vacancy_id: int) -> bool:
    """Is this person already introduced to this vacancy and waiting?"""
    return (
        Referral.objects.filter(jobseeker=jobseeker_id, vacancy=vacancy_id).exclude(state=ReferralState.ENDED).exists()
    )


def open_referral_between(jobseeker_id: int, vacancy_id: int) -> Referral | None:
    """The introduction of a person to a job that still waits, or None; for journeys."""
    rows = Referral.objects.filter(jobseeker=jobseeker_id, vacancy=vacancy_id).exclude(state=ReferralState.ENDED)
    return rows.select_related(*WITH_ALL).first()


def count_endings_without_job(jobseeker_id: int) -> int:
    """How many introductions of a person an employer ended without hiring, or never answered."""
    return Referral.objects.filter(
        jobseeker=jobseeker_id, ending__in=[Ending.NOT_HIRED, Ending.FILLED, Ending.CLOSED_UNANSWERED]
    ).count()


def referred_vacancy_ids(jobseeker_id: int) -> frozenset[int]:
    """The vacancies to which a person was ever introduced."""
    return frozenset(Referral.objects.filter(jobseeker=jobseeker_id).order_by().values_list("vacancy", flat=True))


def waiting_counts(jobseeker_ids: Iterable[int], *, sent_before: datetime) -> dict[int, int]:
    """How many introductions of each of these people, sent before an instant, wait without any answer. One query."""
    rows = Referral.objects.filter(jobseeker__in=list(jobseeker_ids), sent_at__lt=sent_before, first_answer_at=None)
    rows = rows.exclude(state=ReferralState.ENDED)
    return dict(rows.order_by().values_list("jobseeker").annotate(n=Count("pk")))


def ever_introduced(jobseeker_ids: Iterable[int]) -> frozenset[int]:
    """Which of these people were ever introduced to anybody. One query."""
    rows = Referral.objects.filter(jobseeker__in=list(jobseeker_ids))
    return frozenset(rows.order_by().values_list("jobseeker", flat=True).distinct())


def introduced_jobseeker_ids(vacancy_id: int) -> frozenset[int]:
    """The people who were ever introduced to a vacancy."""
    return frozenset(Referral.objects.filter(vacancy=vacancy_id).order_by().values_list("jobseeker", flat=True))


def open_referral_keys(*, vacancy_id: int | None = None, jobseeker_id: int | None = None) -> list[int]:
    """Keys of open referrals of a vacancy or a person, for journeys that end them together."""
    rows = Referral.objects.exclude(state=ReferralState.ENDED)
    if vacancy_id is not None:
        rows = rows.filter(vacancy=vacancy_id)
    if jobseeker_id is not None:
        rows = rows.filter(jobseeker=jobseeker_id)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def referrals_by_key(keys: Iterable[int]) -> list[Referral]:
    """Referrals by key, in order, with all that a journey needs."""
    return list(Referral.objects.filter(pk__in=list(keys)).select_related(*WITH_ALL).order_by("pk"))


def ended_referrals_of(vacancy_id: int) -> list[Referral]:
    """The introductions to a vacancy that ended before, one for each person who is still known here."""
    rows = Referral.objects.filter(vacancy=vacancy_id, state=ReferralState.ENDED, jobseeker__person__erased_at=None)
    return list({one.jobseeker_id: one for one in rows.select_related(*WITH_ALL).order_by("pk")}.values())


def audit_of(referral: Referral) -> Audit:
    """Whether the clock of a referral can be explained from its events, by the policy of the day it was sent."""
    steps = [Step(EventKind(one.kind), one.at, AnswerChannel(one.channel), one.detail) for one in referral.events.all()]
    return audit_clock(steps, clocks_on(today(referral.sent_at)))


def usual_answer_days(employer_id: int, *, at: datetime) -> int | None:
    """Within how many days the firm usually answers: the median, where an introduction without any answer counts as
    endless. None: too few introductions can tell, or it usually does not answer.
    """
    return _usual_days(Referral.objects.filter(vacancy__employer=employer_id), at=at)


def usual_answer_days_for_work(isco: str, *, at: datetime) -> int | None:
    """The same over all firms, for one kind of work; the latest introductions only."""
    return _usual_days(Referral.objects.filter(vacancy__isco=isco), at=at)


def _usual_days(introductions: QuerySet[Referral], *, at: datetime) -> int | None:
    pack, on = country(), today(at)
    since = at - timedelta(days=int(pack.value("answers.usual_look_back_days", on=on).value))
    rows = (
        introductions.filter(sent_at__gte=since)
        .exclude(first_answer_at=None, ended_at=None)
        .exclude(first_answer_at=None, ending=Ending.WITHDRAWN)
        .order_by("-sent_at")[:MOST_WAITS]
    )
    waits = [(sent, first) for sent, first in rows.values_list("sent_at", "first_answer_at")]
    return median_days(waits, least=int(pack.value("answers.usual_least_cases", on=on).value))


def clock_candidates(*, at: datetime, clocks: Clocks, limit: int) -> list[Referral]:
    """Open referrals for which the clock may have something to do; the rule then decides."""
    earliest = at + timedelta(days=clocks.answer - clocks.reminder)
    rows = Referral.objects.exclude(state=ReferralState.ENDED).filter(
        Q(reminded_at=None, answer_due_at__lte=earliest)
        | Q(reminded_at__isnull=False, task_raised_at=None)
        | Q(task_raised_at__isnull=False, answer_due_at__lte=at)
    )
    return list(rows.select_related(*WITH_ALL).order_by("answer_due_at", "pk")[:limit])


def export_person(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """All that this room knows about a person, for their own download."""
    return {
        "introductions": export_rows(Referral, person_id),
        "steps": export_rows(ReferralEvent, person_id),
        "meetings": export_rows(Interview, person_id),
    }


def open_counts(jobseeker_ids: Iterable[int]) -> dict[int, int]:
    """How many introductions of each of these people have not ended. One query."""
    rows = Referral.objects.filter(jobseeker__in=list(jobseeker_ids)).exclude(state=ReferralState.ENDED)
    return dict(rows.order_by().values_list("jobseeker").annotate(n=Count("pk")))


def first_sent(jobseeker_ids: Iterable[int]) -> dict[int, datetime]:
    """When each of these people was first introduced to anybody. One query."""
    rows = Referral.objects.filter(jobseeker__in=list(jobseeker_ids)).order_by()
    return dict(rows.values_list("jobseeker").annotate(first=Min("sent_at")))
