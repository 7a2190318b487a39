"""Reads of the enrolments room, narrowed to the actor; a look at one person by staff is logged."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from openpes.core.access_log import record_view
from openpes.core.actors import Actor
from openpes.core.decisions import NotFound
from openpes.core.ids import fold_ref
from openpes.core.privacy import export_rows
from openpes.enrolments.access import enrolments_visible_to, require, runs
from openpes.enrolments.models import (
    Attendance,
    Certificate,
    Control,
    CourseProvider,
    Enrolment,
    Flag,
    FollowUp,
    Session,
    StipendLine,
    StipendList,
    SubsidyClaim,
)
from openpes.enrolments.states import FlagState, FollowState
from openpes.organisations.partner_models import Partner
from openpes.programmes.models import Cycle
from openpes.programmes.queries import cycle_by_ref, cycles_of
from openpes.reference.country import country


def policy(key: str, *, on: date) -> int:
    """A whole number of the country's policy on enrolments."""
    return int(country().value(f"enrolments.{key}", on=on).value)


def completed_percent(on: date) -> int:
    """The share of the hours held that makes somebody completed, in per cent."""
    return policy("completed_percent", on=on)


def course_for(actor: Actor, ref: str) -> Cycle:
    """A round that the actor runs. Raises NotFound, also for one that exists."""
    cycle = cycle_by_ref(ref)
    if not runs(actor, cycle.pk):
        raise NotFound("cycle")
    return cycle


def courses_of(actor: Actor) -> list[int]:
    """The keys of the rounds of a provider; of who manages programmes, those in which somebody is enrolled."""
    if actor.everywhere("course.run"):
        return list(Enrolment.objects.order_by("-cycle").values_list("cycle", flat=True).distinct())
    mine = actor.scope_ids("course.run", "partner")
    return list(CourseProvider.objects.filter(partner__in=mine).order_by("-cycle").values_list("cycle", flat=True))


def courses(actor: Actor) -> QuerySet[Cycle]:
    """The rounds that the actor runs, with version and programme, the latest first."""
    return cycles_of(courses_of(actor))


def provider_of(cycle: Cycle) -> Partner | None:
    """The organisation that runs a round, or None."""
    found = CourseProvider.objects.filter(cycle=cycle).select_related("partner").first()
    return found.partner if found is not None else None


def providers_of(cycle_ids: Iterable[int]) -> dict[int, str]:
    """The name of the organisation that runs each round, where one is named. One query."""
    rows = CourseProvider.objects.filter(cycle__in=list(cycle_ids))
    return dict(rows.values_list("cycle", "partner__name"))


def possible_providers(actor: Actor) -> QuerySet[Partner]:
    """Organisations that may be named to run a round, by name. Raises NotPermitted."""
    require(actor, "course.enrol")
    return Partner.objects.filter(is_open=True).order_by("name", "pk")


def enrolled_in(actor: Actor, cycle: Cycle) -> QuerySet[Enrolment]:
    """The people of a round that the actor may see, by the day they were enrolled."""
    return enrolments_visible_to(actor).filter(cycle=cycle).order_by("enrolled_at", "pk")


def course_entered(cycle: Cycle, jobseeker_ids: Iterable[int]) -> frozenset[int]:
    """Which of these people were enrolled in a round."""
    rows = Enrolment.objects.filter(cycle=cycle, jobseeker__in=list(jobseeker_ids))
    return frozenset(rows.values_list("jobseeker", flat=True))


def enrolment_for(actor: Actor, ref: str, *, at: datetime) -> Enrolment:
    """Open one enrolment. Raises NotFound. A look by staff is logged."""
    found = enrolments_visible_to(actor).select_related("employer").filter(ref=fold_ref(ref)).first()
    if found is None:
        raise NotFound("enrolment")
    if not actor.may("enrolment.own", person_id=found.jobseeker.person_id):
        record_view(by=actor, at=at, subject=found.jobseeker.person.log_key, thing=f"enrolment:{found.ref}")
    return found


def sessions_of(cycle: Cycle) -> QuerySet[Session]:
    """The sessions of a round with how many came, the earliest first."""
    return Session.objects.filter(cycle=cycle).annotate(came=Count("attendances")).order_by("starts_at", "pk")


def session_by_ref(ref: str) -> Session:
    """One session, for a signed link. Raises NotFound."""
    found = Session.objects.select_related("cycle__version").filter(ref=fold_ref(ref)).first()
    if found is None:
        raise NotFound("session")
    return found


def session_for(actor: Actor, ref: str) -> Session:
    """One session of a round that the actor runs. Raises NotFound."""
    found = session_by_ref(ref)
    if not runs(actor, found.cycle_id):
        raise NotFound("session")
    return found


def session_of_code(code: str, *, at: datetime, slack: timedelta) -> Session:
    """The session that is held now under a short code. Raises NotFound."""
    rows = Session.objects.filter(code=code, starts_at__lte=at + slack, ends_at__gte=at - slack)
    found = rows.select_related("cycle__version").order_by("starts_at", "pk").first()
    if found is None:
        raise NotFound("session")
    return found


def enrolment_of(cycle_id: int, person_ids: Iterable[int]) -> Enrolment:
    """The one enrolment in a round among some people, as those behind one phone. Raises NotFound for none or two."""
    rows = Enrolment.objects.filter(cycle=cycle_id, jobseeker__person__in=list(person_ids))
    found = list(rows.select_related("jobseeker__person", "cycle")[:2])
    if len(found) != 1:
        raise NotFound("enrolment")
    return found[0]


def enrolment_by_ref(ref: str) -> Enrolment:
    """One enrolment, for a signed link. Raises NotFound."""
    rows = Enrolment.objects.select_related("jobseeker__person", "cycle__version__programme")
    found = rows.filter(ref=fold_ref(ref)).first()
    if found is None:
        raise NotFound("enrolment")
    return found


def present_at(session: Session) -> dict[int, Attendance]:
    """Who came to a session, by enrolment."""
    return {one.enrolment_id: one for one in Attendance.objects.filter(session=session)}


def minutes_present(cycle: Cycle) -> dict[int, int]:
    """Minutes of attendance by enrolment, for a whole round in one query."""
    rows = Attendance.objects.filter(session__cycle=cycle).order_by().values_list("enrolment")
    return dict(rows.annotate(minutes=Sum("minutes")))


def minutes_held(cycle: Cycle, *, before: datetime) -> int:
    """Minutes of the sessions that have ended."""
    rows = Session.objects.filter(cycle=cycle, ends_at__lte=before).values_list("starts_at", "ends_at")
    return sum(int((end - start).total_seconds() // 60) for start, end in rows)


def certificate_by_ref(ref: str) -> Certificate:
    """One certificate, for whoever holds its number. Raises NotFound."""
    rows = Certificate.objects.select_related("enrolment__jobseeker__person", "enrolment__cycle__version__programme")
    found = rows.filter(ref=fold_ref(ref)).first()
    if found is None:
        raise NotFound("certificate")
    return found


def certificate_of(enrolment: Enrolment) -> Certificate | None:
    """The certificate of an enrolment, or None."""
    return Certificate.objects.filter(enrolment=enrolment).first()


def lists_of(actor: Actor, cycle: Cycle) -> QuerySet[StipendList]:
    """Stipend lists of a round, the latest first. Raises NotPermitted."""
    require(actor, "stipend.prepare")
    rows = StipendList.objects.filter(cycle=cycle).select_related("prepared_by", "released_by")
    return rows.annotate(total=Sum("lines__amount"), people=Count("lines"))


def list_for(actor: Actor, ref: str) -> StipendList:
    """One stipend list. Raises NotPermitted, NotFound."""
    require(actor, "stipend.prepare")
    rows = StipendList.objects.select_related("cycle__version", "prepared_by", "released_by")
    found = rows.filter(ref=fold_ref(ref)).first()
    if found is None:
        raise NotFound("list")
    return found


def lines_of(stipend_list: StipendList) -> QuerySet[StipendLine]:
    """The payments of a list with their people."""
    return StipendLine.objects.filter(stipend_list=stipend_list).select_related("enrolment__jobseeker__person")


def claims_to_decide(actor: Actor) -> QuerySet[SubsidyClaim]:
    """Claims that wait, the oldest first. Raises NotPermitted."""
    require(actor, "claim.decide")
    return _claims().exclude(state__in=("paid", "refused")).order_by("filed_at", "pk")


def claims_of_employer(actor: Actor) -> QuerySet[SubsidyClaim]:
    """The own claims of a firm."""
    return _claims().filter(employer__in=actor.scope_ids("claim.file", "employer")).order_by("-filed_at", "-pk")


def enrolments_of_employer(actor: Actor) -> QuerySet[Enrolment]:
    """People whose wage a firm may claim help for: those who are enrolled with it."""
    rows = Enrolment.objects.filter(employer__in=actor.scope_ids("claim.file", "employer"))
    return rows.select_related("jobseeker__person", "cycle__version", "employer").order_by("-enrolled_at", "-pk")


def _claims() -> QuerySet[SubsidyClaim]:
    return SubsidyClaim.objects.select_related("enrolment__jobseeker__person", "enrolment__cycle__version", "employer")


def claim_by_ref(ref: str) -> SubsidyClaim:
    """One claim, for a signed link or a journey. Raises NotFound."""
    found = _claims().filter(ref=fold_ref(ref)).first()
    if found is None:
        raise NotFound("claim")
    return found


def open_flags(actor: Actor) -> QuerySet[Flag]:
    """Flags that wait for somebody, the oldest first. Raises NotPermitted."""
    require(actor, "flag.decide")
    rows = Flag.objects.filter(state=FlagState.OPEN)
    return rows.select_related("cycle__version", "enrolment__jobseeker__person")


def flag_for(actor: Actor, ref: str) -> Flag:
    """One flag. Raises NotPermitted, NotFound."""
    require(actor, "flag.decide")
    rows = Flag.objects.select_related("cycle__version", "enrolment__jobseeker__person", "decided_by")
    found = rows.filter(ref=fold_ref(ref)).first()
    if found is None:
        raise NotFound("flag")
    return found


def precision_by_rule(actor: Actor) -> list[tuple[str, int, int, int]]:
    """(rule, raised, upheld, explained) of every rule that raised anything, so that a bad rule shows."""
    require(actor, "flag.decide")
    rows = Flag.objects.order_by("rule").values_list("rule")
    return list(
        rows.annotate(
            n=Count("pk"),
            upheld=Count("pk", filter=Q(state=FlagState.UPHELD)),
            explained=Count("pk", filter=Q(state=FlagState.EXPLAINED)),
        )
    )


def controls_of(actor: Actor, cycle: Cycle) -> QuerySet[Control]:
    """The sample of a round. Raises NotPermitted."""
    require(actor, "flag.decide")
    return Control.objects.filter(cycle=cycle).select_related("enrolment__jobseeker__person")


def follow_up_by_ref(ref: str) -> FollowUp:
    """One question, for a signed link. Raises NotFound."""
    rows = FollowUp.objects.select_related("enrolment__jobseeker__person", "enrolment__cycle__version")
    found = rows.filter(ref=fold_ref(ref)).first()
    if found is None:
        raise NotFound("question")
    return found


def follow_ups_due(*, on: date, limit: int) -> list[FollowUp]:
    """Questions to ask or to close."""
    rows = FollowUp.objects.filter(state__in=(FollowState.WAITING, FollowState.ASKED), due_on__lte=on)
    return list(rows.select_related("enrolment__jobseeker__person", "enrolment__jobseeker__office")[:limit])


def export_person(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """All that this room knows about a person, for their own download."""
    return {
        "courses": export_rows(Enrolment, person_id),
        "attendance": export_rows(Attendance, person_id),
        "certificates": export_rows(Certificate, person_id),
        "payments": export_rows(StipendLine, person_id),
        "claims of firms": export_rows(SubsidyClaim, person_id),
        "questions": export_rows(FollowUp, person_id),
        "looked at": export_rows(Flag, person_id),
        "checked": export_rows(Control, person_id),
    }
