"""Counts of outcomes by kind and by how well they are known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import BooleanField, Count, ExpressionWrapper, Min, Q

from openpes.people.figures import Cell, count_by_sex_and_age
from openpes.placements.models import CheckAnswer, HireCheck, Outcome
from openpes.placements.rules_checks import Retention, kept, retention
from openpes.placements.states import CheckState, Kept, OutcomeKind, Side


def recorded(
    *, starts_at: datetime, ends_before: datetime, on: date, office_ids: Iterable[int] | None = None
) -> list[Cell]:
    """Outcomes written down in a span of time, by (kind, grade, whether it came without a referral)."""
    rows = Outcome.objects.that_stand().filter(recorded_at__gte=starts_at, recorded_at__lt=ends_before)
    if office_ids is not None:
        rows = rows.filter(office__in=list(office_ids))
    alone = ExpressionWrapper(Q(referral__isnull=True), output_field=BooleanField())
    return count_by_sex_and_age(
        rows.annotate(_alone=alone), person="jobseeker__person", on=on, by=("kind", "grade", "_alone")
    )


WORK = (OutcomeKind.JOB, OutcomeKind.SELF_EMPLOYMENT, OutcomeKind.APPRENTICESHIP)


def first_work(jobseeker_ids: Iterable[int]) -> dict[int, date]:
    """The first day of work known of each of these people, for those who have one."""
    wanted = list(jobseeker_ids)
    found: dict[int, date] = {}
    for start in range(0, len(wanted), 5_000):
        rows = Outcome.objects.that_stand().filter(jobseeker__in=wanted[start : start + 5_000], kind__in=WORK)
        found |= dict(rows.order_by().values_list("jobseeker_id").annotate(first=Min("starts_on")))
    return found


def work_days(jobseeker_ids: Iterable[int]) -> list[tuple[int, date]]:
    """(person, first day) of every work of these people in the ledger that nobody contests. One query."""
    rows = Outcome.objects.that_stand().filter(jobseeker__in=list(jobseeker_ids), kind__in=WORK, contested_at=None)
    return list(rows.order_by().values_list("jobseeker_id", "starts_on"))


def kinds_between(jobseeker_ids: Iterable[int], *, since: date, until: date) -> dict[int, str]:
    """What each of these people went to last in a span of days, by kind; who has nothing in the ledger is left out."""
    rows = Outcome.objects.that_stand().filter(
        jobseeker__in=list(jobseeker_ids), starts_on__gte=since, starts_on__lte=until
    )
    rows = rows.exclude(contested_at__isnull=False)
    return dict(rows.order_by("starts_on", "pk").values_list("jobseeker_id", "kind"))


def retained(*, day: int, due_from: date, due_before: date, office_ids: Iterable[int] | None = None) -> Retention:
    """Of the hires whose check of a day fell due in a span: still there, by whose word; gone, disputed, unknown.

    Who was gone by an earlier check is gone at this one, though nobody was asked again.
    """
    rows = HireCheck.objects.filter(day=day, due_on__gte=due_from, due_on__lt=due_before)
    if office_ids is not None:
        rows = rows.filter(outcome__office__in=list(office_ids))
    cohort: dict[int, dict[Side, bool]] = {}
    gone: set[int] = set()
    for outcome_id, state in rows.order_by("pk").values_list("outcome_id", "state"):
        cohort[outcome_id] = {}
        if state == CheckState.NOT_NEEDED:
            gone.add(outcome_id)
    said = CheckAnswer.objects.filter(check_asked__in=rows).order_by("at", "pk")
    for outcome_id, side, works_there in said.values_list("check_asked__outcome_id", "side", "works_there"):
        cohort[outcome_id][Side(side)] = works_there
    for outcome_id in gone:
        if kept(cohort[outcome_id]) == Kept.UNKNOWN:
            cohort[outcome_id] = dict.fromkeys(Side, False)
    return retention(list(cohort.values()))


def recorded_by_office(*, starts_at: datetime, ends_before: datetime) -> dict[int, int]:
    """Outcomes written down in a span of time by office."""
    rows = Outcome.objects.that_stand().filter(recorded_at__gte=starts_at, recorded_at__lt=ends_before).order_by()
    return dict(rows.values_list("office_id").annotate(n=Count("pk")))
