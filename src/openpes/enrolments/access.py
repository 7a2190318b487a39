"""Who may do what from enrolment to result. Deny by default; a provider sees the rounds it runs and no other."""

from __future__ import annotations

from django.db.models import QuerySet

from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted
from openpes.enrolments.models import CourseProvider, Enrolment
from openpes.programmes.models import Cycle


def require(actor: Actor, verb: str) -> None:
    """The verb for the whole service. Raises NotPermitted."""
    if not actor.everywhere(verb):
        raise NotPermitted(verb)


def runs(actor: Actor, cycle_id: int) -> bool:
    """Whoever manages programmes, and the provider of this round."""
    if actor.everywhere("course.run"):
        return True
    mine = actor.scope_ids("course.run", "partner")
    return bool(mine) and CourseProvider.objects.filter(cycle=cycle_id, partner__in=mine).exists()


def require_runs(actor: Actor, cycle: Cycle) -> None:
    """Raises NotPermitted."""
    if not runs(actor, cycle.pk):
        raise NotPermitted("course.run")


def enrolments_visible_to(actor: Actor) -> QuerySet[Enrolment]:
    """The person's own; those of the rounds that the actor runs; all for who manages programmes."""
    rows = Enrolment.objects.select_related(
        "jobseeker__person", "jobseeker__office", "cycle__version__programme", "cycle__fund"
    )
    if actor.everywhere("course.run"):
        return rows
    mine = actor.scope_ids("course.run", "partner")
    if mine:
        return rows.filter(cycle__in=CourseProvider.objects.filter(partner__in=mine).values("cycle"))
    return rows.filter(jobseeker__person__in=actor.scope_ids("enrolment.own", "person"))
