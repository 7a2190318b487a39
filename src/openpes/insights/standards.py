"""The service's published promises, and how far it kept them lately. Counts only, and small ones are held back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from openpes.insights.disclosure import SMALLEST_SHOWN
from openpes.jobseekers import figures as jobseekers
from openpes.organisations import figures as organisations
from openpes.reference.country import country
from openpes.referrals import figures as referrals
from openpes.vacancies import figures as vacancies
from openpes_countries import Dated

SPAN_DAYS = 90


@dataclass(frozen=True)
class Standard:
    """A promise and what became of it. `kept` is a share of 100; None where too few cases would tell of single people.

    `starts_on` and `ends_before` are the days of the cases: each of them had the whole promised time to be kept in.
    """

    dated: Dated
    days: int
    wanted: int
    kept: int | None
    cases: int
    starts_on: date
    ends_before: date

    @property
    def is_met(self) -> bool | None:
        return None if self.kept is None else self.kept >= self.wanted


def _introduced(*, starts_at: datetime, ends_before: datetime, days: int) -> tuple[int, int]:
    return (
        referrals.introduced_within(starts_at=starts_at, ends_before=ends_before, days=days),
        jobseekers.registered_in(starts_at=starts_at, ends_before=ends_before),
    )


MEASURES: dict[str, Callable[..., tuple[int, int]]] = {
    "first_answer": referrals.answered_within,
    "vacancy_decision": vacancies.decided_within,
    "employer_check": organisations.checked_within,
    "first_introduction": _introduced,
}


def measured(*, on: date, at: datetime) -> list[Standard]:
    """Every promise of the country on a day with how it was kept. At most two queries each."""
    found = []
    for dated in country().values(on=on).values():
        if dated.kind != "standard" or not dated.known:
            continue
        days = int(dated.value["target"])
        ends = at - timedelta(days=days)
        starts = ends - timedelta(days=SPAN_DAYS)
        kept, cases = MEASURES[dated.value["measure"]](starts_at=starts, ends_before=ends, days=days)
        share = round(100 * kept / cases) if cases >= SMALLEST_SHOWN else None
        found.append(Standard(dated, days, int(dated.value["share"]), share, cases, starts.date(), ends.date()))
    return sorted(found, key=lambda one: one.dated.key)
