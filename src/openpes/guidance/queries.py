"""Reads of the guidance room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, Prefetch, Q, QuerySet

from openpes.core.actors import Actor
from openpes.core.decisions import NotFound
from openpes.core.ids import fold_ref
from openpes.core.privacy import export_rows
from openpes.guidance.access import contests_for, require_may_view, scripts_for
from openpes.guidance.advising import OverrideRate, Scorecard, override_rate, read_scorecard
from openpes.guidance.models import (
    Contest,
    GivenAdvice,
    Interview,
    InterviewPart,
    OfficeScript,
    Plan,
    PlanAction,
)
from openpes.guidance.scripts import Script, script_from, shipped_scripts
from openpes.guidance.states import ActionState, InterviewState, PlanState, Response, ScriptState
from openpes.jobseekers.models import Jobseeker
from openpes.reference.country import country

RATE_OVER = timedelta(days=365)


def policy_number(key: str, *, on: date) -> int:
    """A whole number of the country's policy in force on a day."""
    return int(country().value(key, on=on).value)


# --- scripts --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OfferedScript:
    """A script that an interview can be held by. `key` names it in an address; version 0 comes with the service."""

    key: str
    version: int
    script: Script


def offered_scripts(office_id: int) -> list[OfferedScript]:
    """The scripts that are on for an office: its own first, then those of the service that it has not replaced."""
    rows = OfficeScript.objects.filter(office=office_id, state=ScriptState.ON).order_by("code")
    own = [OfferedScript(row.ref, row.version, script_from(row.body, row.code)) for row in rows]
    replaced = {one.script.code for one in own}
    return own + [OfferedScript(code, 0, script) for code, script in shipped_scripts().items() if code not in replaced]


def scripts_switched_on() -> list[tuple[str, Script]]:
    """Every office's own script in use, as ("code@ref", script). A script says nothing of any person."""
    rows = OfficeScript.objects.filter(state=ScriptState.ON).order_by("code", "pk")
    return [(f"{row.code}@{row.ref}", script_from(row.body, row.ref)) for row in rows]


def offered_script(office_id: int, key: str) -> OfferedScript:
    """One of them. Raises NotFound."""
    for one in offered_scripts(office_id):
        if one.key == key:
            return one
    raise NotFound("script")


def office_scripts(actor: Actor) -> list[OfficeScript]:
    """All versions of the scripts of the actor's offices."""
    return list(scripts_for(actor).select_related("office", "changed_by").order_by("code", "-version"))


def office_script(actor: Actor, ref: str) -> OfficeScript:
    """One version of an office's own script. Raises NotFound."""
    row = scripts_for(actor).filter(ref=fold_ref(ref)).select_related("office").first()
    if row is None:
        raise NotFound("script")
    return row


# --- interviews -----------------------------------------------------------------------------------


def script_of(interview: Interview) -> Script:
    """The script as it was when the interview began."""
    return script_from(interview.script, "interview")


def interview_for(actor: Actor, jobseeker: Jobseeker, ref: str) -> Interview:
    """An interview with a person, with what was written down. Raises NotFound."""
    require_may_view(actor, jobseeker)
    row = (
        Interview.objects.filter(jobseeker=jobseeker, ref=fold_ref(ref))
        .select_related("counsellor", "office")
        .prefetch_related(Prefetch("parts", InterviewPart.objects.select_related("saved_by").order_by("pk")))
        .first()
    )
    if row is None:
        raise NotFound("interview")
    return row


def open_interview_of(actor: Actor, jobseeker: Jobseeker) -> Interview | None:
    """The interview that is under way, to be resumed."""
    require_may_view(actor, jobseeker)
    rows = Interview.objects.filter(jobseeker=jobseeker, state=InterviewState.OPEN).select_related("counsellor")
    return rows.first()


def interviews_of(actor: Actor, jobseeker: Jobseeker, *, limit: int = 10) -> list[Interview]:
    """The latest interviews with a person."""
    require_may_view(actor, jobseeker)
    return list(Interview.objects.filter(jobseeker=jobseeker).select_related("counsellor")[:limit])


# --- plans ----------------------------------------------------------------------------------------


def plan_of(actor: Actor, jobseeker: Jobseeker) -> Plan | None:
    """The current plan with its actions, or None."""
    return next(iter(plans_of(actor, jobseeker, current_only=True)), None)


def plans_of(actor: Actor, jobseeker: Jobseeker, *, current_only: bool = False, limit: int = 10) -> list[Plan]:
    """The versions of a person's plan, the latest first."""
    require_may_view(actor, jobseeker)
    rows = Plan.objects.filter(jobseeker=jobseeker).select_related("made_by", "interview").prefetch_related("actions")
    if current_only:
        rows = rows.filter(state=PlanState.CURRENT)
    return list(rows[:limit])


def action_for(actor: Actor, jobseeker: Jobseeker, ref: str) -> PlanAction:
    """An action of the current plan. Raises NotFound."""
    require_may_view(actor, jobseeker)
    row = (
        PlanAction.objects.filter(plan__jobseeker=jobseeker, plan__state=PlanState.CURRENT, ref=fold_ref(ref))
        .select_related("plan")
        .first()
    )
    if row is None:
        raise NotFound("action")
    return row


@dataclass(frozen=True)
class OverdueAction:
    """An open action whose day has passed. `person_ref` is the number of the registration, as in addresses."""

    action: str
    action_ref: str
    person_ref: str
    name: str
    due_on: date
    counsellor: str
    counsellor_id: int | None


def _overdue(actor: Actor, on: date) -> QuerySet[PlanAction]:
    return PlanAction.objects.filter(
        plan__jobseeker__office__in=actor.scope_ids("guidance.view", "office"),
        plan__jobseeker__person__erased_at=None,
        plan__state=PlanState.CURRENT,
        state=ActionState.OPEN,
        due_on__lt=on,
    ).exclude(plan__jobseeker__state="left")


def overdue_actions(actor: Actor, *, on: date, mine_only: bool = False, limit: int = 20) -> list[OverdueAction]:
    """Open actions of people of the actor's offices whose day has passed, the longest first; one query.

    `mine_only`: only of people in the actor's own caseload.
    """
    rows = _overdue(actor, on).select_related("plan__jobseeker__person", "plan__jobseeker__counsellor")
    if mine_only:
        rows = rows.filter(plan__jobseeker__counsellor=actor.account_id)
    found = []
    for row in rows.order_by("due_on", "pk")[:limit]:
        jobseeker = row.plan.jobseeker
        found.append(
            OverdueAction(
                row.title,
                row.ref,
                jobseeker.ref,
                jobseeker.person.name_as_given,
                row.due_on,
                jobseeker.counsellor.name if jobseeker.counsellor else "",
                jobseeker.counsellor_id,
            )
        )
    return found


def count_overdue_actions(actor: Actor, *, on: date) -> int:
    """How many there are."""
    return _overdue(actor, on).count()


# --- advice ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AdviceLaw:
    """What the country in force says of advice. `demonstration`: on only because nobody here is real."""

    switched_on: bool
    legal_basis: str
    demonstration: bool
    scorecard: Scorecard
    contest_days: int


def advice_law(*, on: date) -> AdviceLaw:
    """The switch, the legal basis and the published rules on a day."""
    pack = country()
    basis = pack.value("profiling.legal_basis", on=on)
    switch = pack.value("profiling.switched_on", on=on)
    return AdviceLaw(
        bool(switch.known and switch.value),
        str(basis.value) if basis.known else "",
        bool(settings.DEMO),
        read_scorecard(pack.value("profiling.scorecard", on=on).value),
        policy_number("profiling.contest_answer_days", on=on),
    )


def latest_advice(actor: Actor, jobseeker: Jobseeker) -> GivenAdvice | None:
    """The latest advice with its contests, or None."""
    require_may_view(actor, jobseeker)
    return (
        GivenAdvice.objects.filter(jobseeker=jobseeker)
        .select_related("made_by", "responded_by")
        .prefetch_related(Prefetch("contests", Contest.objects.select_related("answered_by")))
        .first()
    )


def contests_waiting(actor: Actor, *, limit: int = 20) -> list[Contest]:
    """Contests without an answer of the offices that the actor oversees, the most urgent first."""
    rows = contests_for(actor).filter(answered_at=None)
    return list(rows.select_related("advice__jobseeker__person", "advice__office").order_by("due_on", "pk")[:limit])


def count_contests_waiting(actor: Actor, *, on: date) -> tuple[int, int]:
    """How many contests wait for an answer, and how many of them are late."""
    found = contests_for(actor).filter(answered_at=None).aggregate(all=Count("pk"), late=Count("pk", Q(due_on__lt=on)))
    return found["all"], found["late"]


def contest_for(actor: Actor, ref: str) -> Contest:
    """A contest that the actor may answer. Raises NotFound."""
    row = (
        contests_for(actor)
        .filter(ref=fold_ref(ref))
        .select_related("advice__jobseeker__person", "advice__responded_by", "answered_by")
        .first()
    )
    if row is None:
        raise NotFound("contest")
    return row


@dataclass(frozen=True)
class OfficeRate:
    """How often counsellors of one office decided otherwise, in the last year."""

    office: str
    rate: OverrideRate


def override_rates(actor: Actor, *, at: datetime, on: date) -> list[OfficeRate]:
    """The rates of the offices that the actor oversees; one query."""
    rows = (
        GivenAdvice.objects.filter(
            office__in=actor.scope_ids("advice.oversee", "office"), responded_at__gte=at - RATE_OVER
        )
        .order_by("office__name")
        .values("office__name")
        .annotate(answered=Count("pk"), otherwise=Count("pk", filter=Q(response=Response.DISAGREE)))
    )
    return [
        OfficeRate(
            row["office__name"],
            override_rate(
                answered=row["answered"],
                otherwise=row["otherwise"],
                fewest=policy_number("profiling.fewest_to_tell", on=on),
                below=policy_number("profiling.alarm_below_percent", on=on),
                above=policy_number("profiling.alarm_above_percent", on=on),
            ),
        )
        for row in rows
    ]


def export_person(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """All that this room knows about a person, for their own download."""
    return {
        "interviews": export_rows(Interview, person_id),
        "notes of interviews": export_rows(InterviewPart, person_id),
        "plans": export_rows(Plan, person_id),
        "actions": export_rows(PlanAction, person_id),
        "advice": export_rows(GivenAdvice, person_id),
        "contests": export_rows(Contest, person_id),
    }


@dataclass(frozen=True)
class PlanGlance:
    """The current plan of one person in a list: when it is looked at again, what of it is overdue."""

    review_on: date
    overdue: int
    overdue_since: date | None
    overdue_title: str


def plan_glances(jobseeker_ids: Iterable[int], *, on: date) -> dict[int, PlanGlance]:
    """The current plans of many people, with their overdue actions. Two queries; the caller has checked access."""
    late: dict[int, list[tuple[date, str]]] = {}
    keys = list(jobseeker_ids)
    actions = PlanAction.objects.filter(
        plan__jobseeker__in=keys, plan__state=PlanState.CURRENT, state=ActionState.OPEN, due_on__lt=on
    ).order_by("due_on", "pk")
    for key, due_on, title in actions.values_list("plan__jobseeker", "due_on", "title"):
        late.setdefault(key, []).append((due_on, title))
    plans = Plan.objects.filter(jobseeker__in=keys, state=PlanState.CURRENT).order_by()
    return {
        key: PlanGlance(review_on, len(late.get(key, ())), *(late[key][0] if key in late else (None, "")))
        for key, review_on in plans.values_list("jobseeker", "review_on")
    }


def interviews_held(office_ids: Iterable[int], *, first: date, last: date) -> dict[int | None, int]:
    """How many interviews each counsellor of offices held on these days. One query."""
    rows = Interview.objects.filter(office__in=list(office_ids), held_on__gte=first, held_on__lte=last)
    return dict(rows.order_by().values_list("counsellor").annotate(n=Count("pk")))


def first_interviews(jobseeker_ids: Iterable[int]) -> dict[int, datetime]:
    """When the first interview with each of these people began. One query."""
    rows = Interview.objects.filter(jobseeker__in=list(jobseeker_ids)).order_by()
    return dict(rows.values_list("jobseeker").annotate(first=Min("started_at")))
