"""The service's published promises, and how far it kept them lately. Counts only, and small ones are held back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from openpes.complaints import figures as complaints
from openpes.guidance import figures as guidance
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


@dataclass(frozen=True)
class AtOffice:
    """How one office kept one promise; None where too few cases would tell of single people."""

    office_id: int
    key: str
    kept: int | None


Counts = dict[int, tuple[int, int]]


def _of_those_registered(count: Callable[..., dict[int, int]]) -> Callable[..., Counts]:
    """The share of the people who registered in the span for whom something happened in time."""

    def counted(*, starts_at: datetime, ends_before: datetime, days: int) -> Counts:
        kept = count(starts_at=starts_at, ends_before=ends_before, days=days)
        everybody = jobseekers.count_registered_by_office(starts_at=starts_at, ends_before=ends_before)
        return {office: (kept.get(office, 0), n) for office, n in everybody.items()}

    return counted


# Each gives, by office, (kept, cases) of the cases that began in a span.
MEASURES: dict[str, Callable[..., Counts]] = {
    "first_answer": referrals.answered_within,
    "vacancy_decision": vacancies.decided_within,
    "employer_check": organisations.checked_within,
    "first_introduction": _of_those_registered(referrals.introduced_within),
    "first_interview": _of_those_registered(guidance.interviewed_within),
    "complaint_answer": complaints.answered_by_their_day,
}


def measured(*, on: date, at: datetime) -> list[Standard]:
    """Every promise of the country on a day with how it was kept. At most two queries each."""
    found = []
    for dated, starts, ends, counts in _counted(on=on, at=at):
        kept, cases = (sum(pair[which] for pair in counts.values()) for which in (0, 1))
        days, wanted = int(dated.value["target"]), int(dated.value["share"])
        found.append(Standard(dated, days, wanted, _share(kept, cases), cases, starts.date(), ends.date()))
    return found


def measured_by_office(*, on: date, at: datetime, key: str = "") -> list[AtOffice]:
    """The same promises, or the one with this key, office by office: those offices that had a case in the span.

    Shares only: no count can be taken from the country's to find a number that is held back.
    """
    return [
        AtOffice(office, dated.key, _share(*pair))
        for dated, _starts, _ends, counts in _counted(on=on, at=at, only=key)
        for office, pair in sorted(counts.items())
    ]


def _share(kept: int, cases: int) -> int | None:
    return round(100 * kept / cases) if cases >= SMALLEST_SHOWN else None


def _counted(*, on: date, at: datetime, only: str = "") -> Iterator[tuple[Dated, datetime, datetime, Counts]]:
    """Each promise with the span of its cases and their counts. Every case had the whole promised time."""
    held = country().values(on=on)
    for key in sorted(held):
        dated = held[key]
        if dated.kind != "standard" or not dated.known or only not in ("", key):
            continue
        days = int(dated.value["target"])
        ends = at - timedelta(days=days)
        starts = ends - timedelta(days=SPAN_DAYS)
        yield dated, starts, ends, MEASURES[dated.value["measure"]](starts_at=starts, ends_before=ends, days=days)
