"""The indicators of a freeze, each with its interval, its n and its status; by the registry of `openpes_evidence`."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db.models import Count, Q

from openpes.complaints import figures as of_complaints
from openpes.core.clock import local_date, months_before
from openpes.guidance import queries as of_guidance
from openpes.insights.models import Freeze, FrozenPerson
from openpes.jobseekers import figures as of_jobseekers
from openpes.organisations.queries import open_offices
from openpes.people.states import Sex
from openpes.placements import figures as of_placements
from openpes.placements.states import STRENGTH, EvidenceGrade
from openpes.reference.country import largest_area
from openpes.referrals import figures as of_referrals
from openpes.vacancies import figures as of_vacancies
from openpes_evidence.cells import Status
from openpes_evidence.definitions import registry
from openpes_evidence.mismatch import mismatch_index
from openpes_evidence.proportions import wilson
from openpes_evidence.register import filling, job_finding, waiting_times
from openpes_evidence.survival import Curve, kaplan_meier

DAY = 86_400.0
NEVER = math.inf
COHORT_MONTHS = {"in_work_3": 3, "in_work_6": 6, "in_work_12": 12}
YOUTH = ("15-19", "20-24", "25-29")


@dataclass(frozen=True)
class Month:
    """A month in instants, the instant of its stocks, and the day on which ages are counted."""

    month: str
    starts_at: datetime
    ends_before: datetime
    stock_at: datetime
    on: Date
    zone: str


@dataclass(frozen=True)
class Figure:
    """The columns of a frozen figure."""

    indicator: str
    version: str
    place: str = ""
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    numerator: int | None = None
    n: int | None = None
    status: str = Status.NORMAL.value


def _figure(indicator: str, value: float | None, **more: object) -> Figure:
    status = Status.NORMAL if value is not None else Status.MISSING
    return Figure(indicator, registry()[indicator].version, value=value, status=status.value, **more)  # type: ignore[arg-type]


def share(indicator: str, part: int, whole: int, *, place: str = "") -> Figure:
    """A rate in per cent with Wilson's interval; missing where there is nothing to divide by."""
    between = wilson(part, whole)
    if between is None:
        return _figure(indicator, None, place=place, numerator=0, n=0)
    lower, upper = (100 * end for end in between)
    return _figure(indicator, 100 * part / whole, lower=lower, upper=upper, numerator=part, n=whole, place=place)


def count(indicator: str, n: int, *, place: str = "") -> Figure:
    """A plain count."""
    return _figure(indicator, float(n), numerator=n, n=n, place=place)


def _median(indicator: str, curve: Curve | None) -> Figure:
    if curve is None or not curve.n:
        return _figure(indicator, None, n=0)
    middle, lower, upper = curve.median()
    return _figure(indicator, middle, lower=lower, upper=upper, n=curve.n)


def figures_of(freeze: Freeze, month: Month) -> list[Figure]:
    """Every indicator that the register can tell for a month."""
    return [
        *_people(freeze),
        *_vacancies(freeze, month),
        *_employers_answers(month),
        *_outcomes(freeze, month),
        *_cohorts(month),
        *_service(month),
    ]


def _people(freeze: Freeze) -> Iterator[Figure]:
    rows = FrozenPerson.objects.filter(freeze=freeze).order_by()
    new, gone = Q(is_new=True), Q(is_active=False) & (Q(was_active=True) | Q(is_new=True))
    for indicator, which in (
        ("registered_stock", Q(is_active=True)),
        ("registered_inflow", new),
        ("registered_outflow", gone),
    ):
        by_area: dict[str, int] = {}
        for area, n in rows.filter(which).values_list("area_code").annotate(_n=Count("pk")):
            top = largest_area(area)
            by_area[top] = by_area.get(top, 0) + n
        yield count(indicator, sum(by_area.values()))
        yield from (count(indicator, n, place=f"A:{area}") for area, n in sorted(by_area.items()) if area)
        if indicator == "registered_stock":
            by_office = dict(rows.filter(which).values_list("office_id").annotate(_n=Count("pk")))
            codes = {one.pk: one.code for one in open_offices()}
            yield from (count(indicator, n, place=f"O:{codes[key]}") for key, n in by_office.items() if key in codes)
    active = rows.filter(is_active=True)
    by_sex = dict(active.values_list("sex").annotate(_n=Count("pk")))
    told = sum(n for sex, n in by_sex.items() if sex != Sex.NOT_SAID)
    yield share("women_share", by_sex.get(Sex.FEMALE, 0), told)
    yield share("youth_share", active.filter(age_band__in=YOUTH).count(), sum(by_sex.values()))


def _vacancies(freeze: Freeze, month: Month) -> Iterator[Figure]:
    live = of_vacancies.live_by_area_and_occupation(instant=month.stock_at)
    places = sum(row[3] for row in live)
    yield count("live_places", places)
    yield count("live_vacancies", sum(row[2] for row in live))
    by_area: dict[str, int] = {}
    for area, _isco, _n, free in live:
        top = largest_area(area)
        by_area[top] = by_area.get(top, 0) + free
    yield from (count("live_places", n, place=f"A:{area}") for area, n in sorted(by_area.items()) if area)
    span: dict[str, Any] = {"starts_at": month.starts_at, "ends_before": month.ends_before}
    posted = of_vacancies.became_live(**span)
    yield count("postings", posted.vacancies)
    yield count("places_posted", posted.places)
    confirmed, all_live = of_vacancies.confirmed_since(
        instant=month.stock_at, since=month.stock_at - timedelta(days=30)
    )
    yield share("confirmed_share", confirmed, all_live)
    yield from _filling(month)
    yield from _fit(freeze, live, places)


def _filling(month: Month) -> Iterator[Figure]:
    """The cohort that opened in the twelve months before the end: a month alone is too few in most places."""
    opened = of_vacancies.opening_cohort(starts_at=months_before(month.stock_at, 12), ends_before=month.stock_at)
    if not opened:
        yield _figure("fill_rate", None, n=0)
        yield _figure("time_to_fill", None, n=0)
        return
    began = np.array([since.timestamp() / DAY for since, _, _ in opened])
    ended = np.array([NEVER if closed is None else closed.timestamp() / DAY for _, closed, _ in opened])
    filled = np.array([done for _, _, done in opened])
    found = filling(began, np.maximum(ended, began), filled, today=month.stock_at.timestamp() / DAY)
    yield share("fill_rate", found.filled, found.filled + found.not_filled)
    yield _median("time_to_fill", found.curve)


def _fit(freeze: Freeze, live: list[tuple[str, str, int, int]], places: int) -> Iterator[Figure]:
    """Tightness and mismatch, from one instant and one list of people and places."""
    rows = FrozenPerson.objects.filter(freeze=freeze, is_active=True).order_by()
    looking = rows.count()
    yield _figure("tightness", places / looking if looking else None, numerator=places, n=looking)
    by_occupation = {isco[:2]: 0 for isco in rows.values_list("isco", flat=True).distinct() if isco}
    for isco, n in rows.exclude(isco="").values_list("isco").annotate(_n=Count("pk")):
        by_occupation[isco[:2]] += n
    by_area: dict[str, int] = {}
    for area, n in rows.values_list("area_code").annotate(_n=Count("pk")):
        top = largest_area(area)
        by_area[top] = by_area.get(top, 0) + n
    free_occupation: dict[str, int] = {}
    free_area: dict[str, int] = {}
    for area, isco, _n, free in live:
        top = largest_area(area)
        free_occupation[isco[:2]] = free_occupation.get(isco[:2], 0) + free
        free_area[top] = free_area.get(top, 0) + free
    for indicator, people, free_by in (
        ("mismatch_occupation", by_occupation, free_occupation),
        ("mismatch_area", by_area, free_area),
    ):
        keys = sorted({*people, *free_by})
        index = mismatch_index([people.get(k, 0) for k in keys], [free_by.get(k, 0) for k in keys]) if keys else None
        yield _figure(indicator, index, n=sum(people.values()))


def _employers_answers(month: Month) -> Iterator[Figure]:
    span: dict[str, Any] = {"starts_at": month.starts_at, "ends_before": month.ends_before}
    sent = of_referrals.sent(on=month.on, **span)
    yield count("referrals", sum(cell.n for cell in sent))
    by_office = of_referrals.ended_by_office(**span)
    answered, silent = (sum(pair[at] for pair in by_office.values()) for at in (0, 1))
    yield share("answer_rate", answered, answered + silent)
    codes = {one.pk: one.code for one in open_offices()}
    for office, (yes, no) in sorted(by_office.items()):
        if office in codes:
            yield share("answer_rate", yes, yes + no, place=f"O:{codes[office]}")
    cohort = of_referrals.sent_cohort(**span)
    if not cohort:
        yield _median("answer_days", None)
        return
    asked = np.array([sent_at.timestamp() / DAY for _, sent_at, _ in cohort])
    first = np.array([NEVER if heard is None else heard.timestamp() / DAY for _, _, heard in cohort])
    now = month.stock_at.timestamp() / DAY
    curve = kaplan_meier(np.maximum(np.minimum(first, now) - asked, 0.0), first <= now)
    yield _median("answer_days", curve)


def _outcomes(freeze: Freeze, month: Month) -> Iterator[Figure]:
    cells = of_placements.recorded(starts_at=month.starts_at, ends_before=month.ends_before, on=month.on)
    placed = [cell for cell in cells if not cell.by[2]]
    strong = STRENGTH[EvidenceGrade.SAID_BY_EMPLOYER]
    yield count("placements", sum(cell.n for cell in placed))
    yield count("placements_graded", sum(cell.n for cell in placed if STRENGTH[EvidenceGrade(cell.by[1])] >= strong))
    rows = FrozenPerson.objects.filter(freeze=freeze, was_active=True)
    yield share("job_finding_rate", rows.filter(state_then="in_work").count(), rows.count())
    yield from _retained(month)


def _retained(month: Month) -> Iterator[Figure]:
    """Hires whose check fell due in the quarter that ends with the month; silence counts as not confirmed."""
    index = int(month.month[:4]) * 12 + int(month.month[5:]) - 3
    due_from, due_before = Date(index // 12, index % 12 + 1, 1), month.on + timedelta(days=1)
    for indicator, day in (("retained_90", 90), ("retained_180", 180)):
        found = of_placements.retained(day=day, due_from=due_from, due_before=due_before)
        yield share(indicator, found.by_both + found.by_employer + found.by_person, found.due)


def _cohorts(month: Month) -> Iterator[Figure]:
    """The people who registered so long ago that the horizon has passed, a quarter of a year of them."""
    for indicator, horizon in COHORT_MONTHS.items():
        until = months_before(month.stock_at, horizon)
        people = of_jobseekers.cohort(starts_at=months_before(until, 3), ends_before=until)
        if not people:
            yield _figure(indicator, None, n=0)
            continue
        began = np.array([at.timestamp() / DAY for _, _, at, _ in people])
        work = of_placements.first_work(key for key, _, _, _ in people)
        found = np.array([_day(work.get(key)) for key, _, _, _ in people])
        left = np.array([NEVER if gone is None else gone.timestamp() / DAY for _, _, _, gone in people])
        curve = job_finding(began, np.maximum(found, began), np.maximum(left, began), today=_now(month))
        value, lower, upper = curve.share_by(horizon * 365.25 / 12)
        events = int(((found <= left) & (found - began <= horizon * 365.25 / 12)).sum())
        yield _figure(indicator, 100 * value, lower=100 * lower, upper=100 * upper, numerator=events, n=len(people))


def _now(month: Month) -> float:
    return month.stock_at.timestamp() / DAY


def _day(on: Date | None) -> float:
    return NEVER if on is None else (on - Date(1970, 1, 1)).days + 0.5


def _service(month: Month) -> Iterator[Figure]:
    """Waiting for the first conversation, people for one counsellor, complaints answered in time."""
    people = of_jobseekers.cohort(starts_at=months_before(month.stock_at, 3), ends_before=month.stock_at)
    seen = _first_interviews([key for key, _, _, _ in people])
    asked = np.array([at.timestamp() / DAY for _, _, at, _ in people])
    served = np.array([_instant(seen.get(key)) for key, _, _, _ in people])
    waiting = waiting_times(asked, np.maximum(served, asked), today=_now(month))
    yield _figure("wait_first_interview", waiting.median_days, n=waiting.done + waiting.waiting)
    looked_after, counsellors = of_jobseekers.with_counsellors()
    yield _figure(
        "caseload", looked_after / counsellors if counsellors else None, numerator=looked_after, n=looked_after
    )
    kept, due = of_complaints.answered_in_time(first=local_date(month.starts_at, month.zone), last=month.on)
    yield share("complaints_in_time", kept, due)


def _first_interviews(people: list[int]) -> dict[int, datetime]:
    found: dict[int, datetime] = {}
    for start in range(0, len(people), 5_000):
        found |= of_guidance.first_interviews(people[start : start + 5_000])
    return found


def _instant(at: datetime | None) -> float:
    return NEVER if at is None else at.timestamp() / DAY
