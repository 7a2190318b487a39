"""Reads of the programmes room. What is in force is public; applications are narrowed to the actor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from openpes.circumstances.queries import people_of_groups
from openpes.circumstances.states import UsedFor
from openpes.core.access_log import record_view
from openpes.core.actors import Actor
from openpes.core.clock import age_on
from openpes.core.decisions import NotFound
from openpes.core.ids import fold_ref
from openpes.core.privacy import export_rows
from openpes.jobseekers.models import Jobseeker
from openpes.programmes.access import is_own, require, visible_to
from openpes.programmes.eligibility import Eligibility, eligible, known_facts
from openpes.programmes.models import Application, Cycle, Draw, FundStream, ProgrammeVersion
from openpes.programmes.rules import Line, by_instant, by_score, drawn_then_reserve
from openpes.programmes.states import OPEN_STATES, ApplicationState, PlaceRule, VersionState
from openpes.reference.country import today


def in_force(on: date) -> QuerySet[ProgrammeVersion]:
    """Approved versions whose days hold this day, with their programme."""
    return (
        ProgrammeVersion.objects.filter(state=VersionState.APPROVED, starts_on__lte=on)
        .filter(Q(ends_before=None) | Q(ends_before__gt=on))
        .select_related("programme")
        .order_by("title", "pk")
    )


def is_in_force(version: ProgrammeVersion, on: date) -> bool:
    """True on the days of an approved version."""
    after = version.ends_before is not None and on >= version.ends_before
    return version.state == VersionState.APPROVED and version.starts_on <= on and not after


def open_for_public(*, on: date) -> QuerySet[Cycle]:
    """Rounds to which people may apply on a day, the soonest end first, with version and programme."""
    return (
        Cycle.objects.filter(apply_from__lte=on, apply_until__gte=on, version__in=in_force(on))
        .select_related("version__programme")
        .order_by("apply_until", "pk")
    )


def open_for_occupation(isco: str, *, on: date) -> list[Cycle]:
    """Open rounds that lead to an occupation (ISCO-08 unit group)."""
    return [one for one in open_for_public(on=on) if isco in one.version.isco]


def cycle_by_ref(ref: str) -> Cycle:
    """A round that is public: its version was approved. Raises NotFound."""
    rows = Cycle.objects.select_related("version__programme", "fund").exclude(version__state=VersionState.DRAFTED)
    found = rows.filter(ref=fold_ref(ref)).first()
    if found is None:
        raise NotFound("cycle")
    return found


def draw_of(cycle: Cycle) -> Draw | None:
    """The draw of a round, or None."""
    return Draw.objects.filter(cycle=cycle).first()


def eligibility_of(
    version: ProgrammeVersion, jobseeker: Jobseeker, *, on: date, answers: Mapping[str, Any]
) -> Eligibility:
    """The rule on what is known of somebody; groups only where the person agreed to their use for programmes."""
    groups = people_of_groups([jobseeker.person_id], purpose=UsedFor.PROGRAMMES).get(jobseeker.person_id)
    return eligible_on(version, facts_of(jobseeker, on=on, answers=answers, groups=groups))


def eligible_on(version: ProgrammeVersion, facts: Mapping[str, Any]) -> Eligibility:
    """The rule of a version on plain facts; the public simulator asks with facts that nobody keeps."""
    return eligible(
        rule=version.rule,
        facts=facts,
        recalled=version.recalled,
        by_hand=version.checked_by_hand,
        source=version.source,
    )


def facts_of(
    jobseeker: Jobseeker, *, on: date, answers: Mapping[str, Any], groups: frozenset[str] | None
) -> dict[str, Any]:
    """What the registration and the person's answers tell, under the names that rules use."""
    born_on = jobseeker.person.born_on
    return known_facts(
        age=age_on(born_on, on) if born_on is not None else None,
        isced=jobseeker.education_level,
        experience_months=jobseeker.experience_months,
        work_status=jobseeker.work_status,
        answers=answers,
        groups=groups,
    )


def application_for(actor: Actor, ref: str, *, at: datetime) -> Application:
    """Open an application. Raises NotFound, also for one that exists elsewhere. A look by staff is logged."""
    found = visible_to(actor).filter(ref=fold_ref(ref)).first()
    if found is None:
        raise NotFound("application")
    if not is_own(actor, found):
        record_view(by=actor, at=at, subject=found.jobseeker.person.log_key, thing=f"application:{found.ref}")
    return found


def applications_of(actor: Actor, jobseeker: Jobseeker) -> QuerySet[Application]:
    """Those of one person that the actor may see, the newest first."""
    return visible_to(actor).filter(jobseeker=jobseeker).order_by("-created_at", "-pk")


def to_approve(actor: Actor) -> QuerySet[Application]:
    """Submitted ones that the actor may see at work, the oldest first; never the actor's own application."""
    rows = visible_to(actor).filter(state=ApplicationState.SUBMITTED)
    return rows.exclude(jobseeker__person__in=actor.scope_ids("programme.apply_own", "person")).order_by(
        "submitted_at", "pk"
    )


def sent_to(actor: Actor, cycle: Cycle) -> QuerySet[Application]:
    """Submitted applications to one round that the actor may decide, the earliest first."""
    return to_approve(actor).filter(cycle=cycle)


def ordered_waiting(cycle: Cycle) -> list[Line]:
    """Who waits, in the order in which places pass to them. One query, and one for the draw's value."""
    rows = Application.objects.filter(cycle=cycle, state=ApplicationState.WAITING)
    found = rows.values_list("pk", "submitted_at", "groups", "ticket", "score")
    lines = [Line(pk, at, frozenset(groups), ticket, score) for pk, at, groups, ticket, score in found if at]
    if cycle.place_rule == PlaceRule.PRIORITY:
        return by_score(lines)
    if cycle.place_rule == PlaceRule.LOTTERY:
        draw = draw_of(cycle)
        if draw is None or draw.drawn_at is None:
            return []
        return drawn_then_reserve(lines, draw.value)
    return by_instant(lines)


def position_of(application: Application) -> int | None:
    """The place in the waiting line, 1 for the next; None where there is no order yet or the person does not wait.

    Counted by the database, in the order of `ordered_waiting`: a line may hold twenty thousand people.
    """
    mine, cycle = application, application.cycle
    if mine.state != ApplicationState.WAITING or mine.submitted_at is None:
        return None
    sooner = Q(submitted_at__lt=mine.submitted_at) | Q(submitted_at=mine.submitted_at, pk__lt=mine.pk)
    if cycle.place_rule == PlaceRule.PRIORITY:
        sooner = Q(score__gt=mine.score) | (Q(score=mine.score) & sooner)
    if cycle.place_rule == PlaceRule.LOTTERY:
        draw = draw_of(cycle)
        if draw is None or draw.drawn_at is None:
            return None
        # The rank was written when the draw was made; who came after the list was closed has none and stands behind.
        sooner = Q(rank__lt=mine.rank) if mine.rank is not None else Q(rank__isnull=False) | (Q(rank=None) & sooner)
    before = Application.objects.filter(cycle=cycle, state=ApplicationState.WAITING, submitted_at__isnull=False)
    return before.filter(sooner).count() + 1


def next_day_of(cycle: Cycle, *, at: datetime) -> date | None:
    """The next day on which places of a round go, as far as it is known: the draw, the end of applying, an answer."""
    on = today(at)
    if cycle.place_rule == PlaceRule.LOTTERY:
        draw = draw_of(cycle)
        if draw is not None and draw.drawn_at is None:
            return max(on, today(draw.value_read_at))
    if cycle.place_rule != PlaceRule.FIRST_COME and on <= cycle.apply_until:
        return cycle.apply_until
    offers = Application.objects.filter(cycle=cycle, state=ApplicationState.OFFERED, answer_by__gt=at)
    soonest = offers.order_by("answer_by").values_list("answer_by", flat=True).first()
    return today(soonest) if soonest is not None else None


def comes_behind_the_list(application: Application) -> bool:
    """Agreed to after the list of the draw was closed: no ticket, so behind everybody who has one."""
    waits = application.state == ApplicationState.WAITING and not application.ticket
    return waits and application.cycle.place_rule == PlaceRule.LOTTERY and draw_of(application.cycle) is not None


def waiting_lines(actor: Actor, cycle: Cycle, *, at: datetime) -> list[tuple[Application, int | None]]:
    """Who waits for a place, in the order in which places pass to them, with their number. Raises NotPermitted.

    Each one shown is written down as seen by the caller. Where the list is not drawn yet nobody has a number.
    """
    require(actor, "programme.view")
    number = {line.key: position for position, line in enumerate(ordered_waiting(cycle), start=1)}
    rows = Application.objects.filter(cycle=cycle, state=ApplicationState.WAITING)
    found = list(rows.select_related("jobseeker__person", "jobseeker__office").order_by("submitted_at", "pk"))
    found.sort(key=lambda one: number.get(one.pk, len(number) + 1))
    return [(one, number.get(one.pk)) for one in found]


def drawn_people(cycle: Cycle) -> tuple[list[int], list[int]]:
    """The registrations on the list of a draw: those whose tickets were chosen, and the comparison group."""
    draw = draw_of(cycle)
    if draw is None or draw.drawn_at is None:
        return [], []
    chosen = set(draw.chosen)
    first: list[int] = []
    rest: list[int] = []
    rows = Application.objects.filter(cycle=cycle).exclude(ticket="").order_by("pk").values_list("ticket", "jobseeker")
    for ticket, key in rows:
        (first if ticket in chosen else rest).append(key)
    return first, rest


def offered_at(cycle: Cycle, at: datetime) -> QuerySet[Application]:
    """Those who were offered a place at this very instant, with their people."""
    rows = Application.objects.filter(cycle=cycle, state=ApplicationState.OFFERED, offered_at=at)
    return rows.select_related("jobseeker__person", "cycle__version")


def accepted_of(cycle: Cycle) -> QuerySet[Application]:
    """Who said yes to a place, with their person, in the order in which they applied."""
    rows = Application.objects.filter(cycle=cycle, state=ApplicationState.ACCEPTED)
    return rows.select_related("jobseeker__person", "cycle__version__programme").order_by("created_at", "pk")


def cycles_of(keys: Iterable[int]) -> QuerySet[Cycle]:
    """Rounds by their keys, with version and programme, the latest first."""
    return (
        Cycle.objects.filter(pk__in=list(keys))
        .select_related("version__programme", "fund")
        .order_by("-starts_on", "-pk")
    )


def running(*, on: date) -> list[Cycle]:
    """Rounds whose days hold this day, and those that ended in the two weeks before."""
    rows = Cycle.objects.filter(starts_on__lte=on, ends_before__gt=on - timedelta(days=14))
    return list(rows.select_related("version__programme", "fund"))


def counts_of(cycle: Cycle) -> dict[str, int]:
    """How many applications stand in each state."""
    rows = Application.objects.filter(cycle=cycle).order_by().values_list("state").annotate(n=Count("pk"))
    return dict(rows)


def all_versions(actor: Actor) -> QuerySet[ProgrammeVersion]:
    """Every version, drafts too, for who manages programmes. Raises NotPermitted."""
    require(actor, "programme.view")
    return (
        ProgrammeVersion.objects.select_related("programme", "drafted_by", "approved_by")
        .annotate(rounds=Count("cycles"))
        .order_by("title", "-number", "pk")
    )


def version_for(actor: Actor, ref: str, number: int) -> ProgrammeVersion:
    """One version. Raises NotPermitted, NotFound."""
    found = all_versions(actor).filter(programme__ref=fold_ref(ref), number=number).first()
    if found is None:
        raise NotFound("programme")
    return found


def cycle_for(actor: Actor, ref: str) -> Cycle:
    """One round for its desk. Raises NotPermitted, NotFound."""
    require(actor, "programme.view")
    return cycle_by_ref(ref)


def funds(actor: Actor) -> QuerySet[FundStream]:
    """All fund streams. Raises NotPermitted."""
    require(actor, "programme.view")
    return FundStream.objects.order_by("name", "pk")


def lapsing(*, at: datetime, limit: int) -> list[Application]:
    """Offers whose time to answer is over."""
    rows = Application.objects.filter(state=ApplicationState.OFFERED, answer_by__lte=at)
    return list(rows.select_related("cycle", "jobseeker__person").order_by("answer_by", "pk")[:limit])


def has_open_one(cycle: Cycle, jobseeker_id: int) -> bool:
    """True when the person has an application in this round that is still alive."""
    return Application.objects.filter(cycle=cycle, jobseeker=jobseeker_id, state__in=OPEN_STATES).exists()


def export_person(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """All that this room knows about a person, for their own download."""
    return {"applications to programmes": export_rows(Application, person_id)}
