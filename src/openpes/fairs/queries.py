"""Reads of the fairs room."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from openpes.core.access_log import record_view
from openpes.core.actors import Actor
from openpes.core.decisions import NotFound
from openpes.core.ids import fold_ref
from openpes.core.privacy import export_rows
from openpes.fairs.models import Fair, FairJob, FairMeeting, FairOffer, FairVisit
from openpes.fairs.rules import FairCounts, count_offers, slot_times


def coming_fairs(*, at: datetime) -> QuerySet[Fair]:
    """Fairs that are not over, the next one first. Public."""
    return Fair.objects.filter(ends_at__gt=at).select_related("office").order_by("starts_at", "pk")


def public_fair(ref: str) -> Fair:
    """A fair that anybody may read about. Raises NotFound."""
    row = Fair.objects.filter(ref=fold_ref(ref)).select_related("office").first()
    if row is None:
        raise NotFound("fair")
    return row


def fairs_of(actor: Actor) -> QuerySet[Fair]:
    """The fairs of the actor's offices, the latest first."""
    rows = Fair.objects.filter(office__in=actor.scope_ids("fair.run", "office"))
    return rows.select_related("office").order_by("-starts_at", "-pk")


def fair_at_office(actor: Actor, ref: str) -> Fair:
    """A fair that the actor runs. Raises NotFound for another office's."""
    row = fairs_of(actor).filter(ref=fold_ref(ref)).first()
    if row is None:
        raise NotFound("fair")
    return row


def jobs_at(fair: Fair) -> list[FairJob]:
    """The jobs of a fair, by employer. One query."""
    rows = FairJob.objects.filter(fair=fair).select_related("vacancy__employer")
    return list(rows.order_by("vacancy__employer__name", "pk"))


def own_visit(actor: Actor, fair: Fair) -> FairVisit | None:
    """The visit of the person who asks, or None."""
    rows = FairVisit.objects.filter(fair=fair, jobseeker__person__in=actor.scope_ids("fair.join_own", "person"))
    return rows.select_related("fair", "jobseeker__person").first()


def visit_by_code(actor: Actor, fair: Fair, code: str, *, at: datetime) -> FairVisit:
    """A visitor by the code at the door; the view is logged. Raises NotFound, also for another fair's code."""
    rows = FairVisit.objects.filter(
        fair=fair, fair__office__in=actor.scope_ids("fair.run", "office"), jobseeker__person__erased_at=None
    )
    row = rows.filter(code=fold_ref(code)).select_related("fair", "jobseeker__person", "jobseeker__office").first()
    if row is None:
        raise NotFound("visit")
    record_view(by=actor, at=at, subject=row.jobseeker.person.log_key, thing=f"fair:{fair.ref}")
    return row


def meetings_of(visit: FairVisit) -> list[FairMeeting]:
    """The times that a visitor took."""
    return list(visit.meetings.select_related("job__vacancy__employer"))


def offers_to(visit: FairVisit) -> list[FairOffer]:
    """The offers made to a visitor."""
    return list(visit.offers.select_related("job__vacancy__employer", "referral"))


def free_times(fair: Fair, job: FairJob, visit: FairVisit, *, at: datetime, limit: int) -> list[datetime]:
    """The next free times of a stand at which this visitor is free too."""
    taken = set(FairMeeting.objects.filter(Q(job=job) | Q(visit=visit)).values_list("starts_at", flat=True))
    times = slot_times(starts_at=fair.starts_at, ends_at=fair.ends_at, minutes=fair.slot_minutes)
    return [one for one in times if one > at and one not in taken][:limit]


def counts_of(fair: Fair) -> FairCounts:
    """What a fair came to. Only hires that an employer confirmed count as hires."""
    visits = FairVisit.objects.filter(fair=fair)
    endings = FairOffer.objects.filter(job__fair=fair).values_list("referral__ending", flat=True)
    offers, waiting, hired = count_offers(endings)
    return FairCounts(
        signed_up=visits.count(),
        came=visits.filter(came_at__isnull=False).count(),
        met=FairMeeting.objects.filter(job__fair=fair, visit__came_at__isnull=False).count(),
        offers=offers,
        waiting=waiting,
        hired=hired,
    )


def counts_by_job(fair: Fair) -> list[tuple[FairJob, int, int, int]]:
    """(job, times taken, offers, confirmed hires) of each stand; the reads do not grow with the stands."""
    times = Counter(FairMeeting.objects.filter(job__fair=fair).values_list("job_id", flat=True))
    rows = FairOffer.objects.filter(job__fair=fair).values_list("job_id", "referral__ending")
    offers, hired = Counter(job for job, _ending in rows), Counter(job for job, ending in rows if ending == "hired")
    return [(job, times[job.pk], offers[job.pk], hired[job.pk]) for job in jobs_at(fair)]


def export_person(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """All that this room knows about a person, for their own download."""
    tables = {"fairs": FairVisit, "times at fairs": FairMeeting, "offers at fairs": FairOffer}
    return {name: export_rows(table, person_id) for name, table in tables.items()}
