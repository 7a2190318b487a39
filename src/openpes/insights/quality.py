"""Before a month is published: which offices are late, what cannot be right, what changed since the last time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from openpes.core.actors import Actor
from openpes.core.clock import local_date, month_bounds
from openpes.insights.access import require_may
from openpes.insights.models import Freeze, FrozenCount, OutsideFigure
from openpes.insights.queries import months_until
from openpes.insights.release import released_table
from openpes.insights.tables import BY_ID, TABLES
from openpes.jobseekers import figures as of_jobseekers
from openpes.organisations.queries import open_offices
from openpes.placements import figures as of_placements
from openpes.reference.country import country, largest_area
from openpes.referrals import figures as of_referrals
from openpes.vacancies import figures as of_vacancies
from openpes_evidence.definitions import registry

LATE_DAYS, FAR_BELOW = 7, 0.5
USUAL_MONTHS = 3


@dataclass(frozen=True)
class OfficeMonth:
    """What one office wrote down in a month beside what it usually does. `late`: chase it before freezing."""

    code: str
    name: str
    registered: int
    usual: float
    vacancies: int
    referrals: int
    outcomes: int
    last_at: datetime | None
    late: bool


def completeness(actor: Actor, *, month: str, at: datetime) -> list[OfficeMonth]:
    """Every open office, late ones first. Raises NotPermitted; ValueError for the month."""
    require_may("figures.freeze", actor)
    zone = country().timezone
    starts_at, ends_before = month_bounds(month, zone)
    span = {"starts_at": starts_at, "ends_before": ends_before}
    now = of_jobseekers.registered_by_office(**span)
    before = [of_jobseekers.registered_by_office(**one) for one in _months_before(month, zone)]
    vacancies = of_vacancies.posted_by_office(**span)
    referrals, outcomes = of_referrals.sent_by_office(**span), of_placements.recorded_by_office(**span)
    found = []
    for office in open_offices():
        registered, last_at = now.get(office.pk, (0, None))
        usual = median(one.get(office.pk, (0, None))[0] for one in before)
        silent = last_at is None or last_at < min(ends_before, at) - timedelta(days=LATE_DAYS)
        found.append(
            OfficeMonth(
                office.code,
                office.name,
                registered,
                usual,
                vacancies.get(office.pk, 0),
                referrals.get(office.pk, 0),
                outcomes.get(office.pk, 0),
                last_at,
                (silent and usual > 0) or registered < FAR_BELOW * usual,
            )
        )
    return sorted(found, key=lambda one: (not one.late, one.code))


def _months_before(month: str, zone: str) -> list[dict[str, datetime]]:
    year, number = (int(part) for part in month.split("-"))
    spans = []
    for back in range(1, USUAL_MONTHS + 1):
        index = year * 12 + number - 1 - back
        starts_at, ends_before = month_bounds(f"{index // 12:04d}-{index % 12 + 1:02d}", zone)
        spans.append({"starts_at": starts_at, "ends_before": ends_before})
    return spans


@dataclass(frozen=True)
class Check:
    """One check of the quality run: how many rows it finds, and at which offices (code to number)."""

    id: str
    title: str
    n: int
    by_office: Mapping[str, int]


TITLES = {
    "no_occupation": "People looking without an occupation code",
    "birth_impossible": "Birth dates under 10 or over 100 years",
    "birth_unknown": "People whose birth date is not known",
    "sex_unknown": "People who did not say their sex",
    "education_unknown": "People whose education is not known",
    "no_sign_of_life": "People looking, no sign of life for a year",
    "far_from_office": "People who live outside the area of their office",
    "vacancy_no_occupation": "Live vacancies without an occupation code",
    "vacancy_no_pay": "Live vacancies without pay",
    "vacancy_unconfirmed": "Live vacancies not confirmed for 30 days",
}


def quality_run(actor: Actor, *, at: datetime) -> list[Check]:
    """Every check, the fullest first. Counts by office, never rows. Raises NotPermitted."""
    require_may("figures.freeze", actor)
    codes = {one.pk: one.code for one in open_offices()}
    found = {
        **of_jobseekers.quality(on=local_date(at, country().timezone)),
        **of_vacancies.quality(instant=at),
        "far_from_office": _far_from_office(),
    }
    checks = [
        Check(name, TITLES[name], sum(by.values()), {codes.get(key, "?"): n for key, n in sorted(by.items())})
        for name, by in found.items()
    ]
    return sorted(checks, key=lambda one: (-one.n, one.id))


def _far_from_office() -> dict[int, int]:
    """People whose largest area is another one than their office's, and has an office of its own."""
    home = {one.pk: largest_area(one.area_code) for one in open_offices()}
    served = set(home.values())
    found: dict[int, int] = {}
    for office, area, n in of_jobseekers.places_of_people():
        top = largest_area(area)
        if office in home and top != home[office] and top in served:
            found[office] = found.get(office, 0) + n
    return found


@dataclass(frozen=True)
class Revision:
    """One published count that another freeze of the month tells otherwise."""

    table: str
    codes: tuple[str, ...]
    before: int | None
    after: int | None


def revisions(freeze: Freeze) -> list[Revision]:
    """What this freeze changed in what had been published of its month, table by table; [] for a first freeze."""
    earlier = Freeze.objects.filter(month=freeze.month, number=freeze.number - 1).first()
    if earlier is None:
        return []
    found = []
    for table in TABLES:
        old, new = released_table(earlier, table.id).cells, released_table(freeze, table.id).cells
        for codes in sorted({*old, *new}):
            before, after = old.get(codes, 0), new.get(codes, 0)
            if before != after:
                found.append(Revision(BY_ID[table.id].title, codes, before, after))
    return found


@dataclass(frozen=True)
class SideBySide:
    """The register and the survey for one group: two definitions, and the ratio that shows how far apart they are."""

    group: str
    registered: int | None
    unemployed: float | None
    period: str
    source: str
    ratio: float | None


GROUPS = (
    ("Everybody", "_T", ("_T",), "SEX_T", "AGE_YTHADULT_YGE15"),
    ("Women", "female", ("_T",), "SEX_F", "AGE_YTHADULT_YGE15"),
    ("Men", "male", ("_T",), "SEX_M", "AGE_YTHADULT_YGE15"),
    ("15 to 24", "_T", ("15-19", "20-24"), "SEX_T", "AGE_YTHADULT_Y15-24"),
)


def register_beside_survey(freeze: Freeze) -> tuple[list[SideBySide], str]:
    """(register and latest survey side by side, what must be said with it)."""
    table = released_table(freeze, "stock_sex_age")
    found = []
    for group, sex, ages, sex_code, age_code in GROUPS:
        counts = [table.cells.get((sex, age), 0) for age in ages]
        known = [n for n in counts if n is not None]
        registered = sum(known) if len(known) == len(counts) else None
        survey = (
            OutsideFigure.objects.filter(indicator="UNEMPLOYED", sex=sex_code, age=age_code, area=country().alpha3)
            .order_by("-period")
            .first()
        )
        unemployed = None if survey is None else survey.value
        ratio = registered / unemployed if registered is not None and unemployed else None
        found.append(
            SideBySide(
                group, registered, unemployed, survey.period if survey else "", survey.source if survey else "", ratio
            )
        )
    return found, registry()["register_survey_ratio"].caution


def months_to_freeze(at: datetime) -> list[tuple[str, int]]:
    """(month, how often it was frozen) of the last twelve ended months."""
    counts: dict[str, int] = {}
    for month in Freeze.objects.values_list("month", flat=True):
        counts[month] = counts.get(month, 0) + 1
    return [(month, counts.get(month, 0)) for month in months_until(at, number=13)[1:]]


def is_empty(freeze: Freeze) -> bool:
    """Whether nothing at all was counted."""
    return not FrozenCount.objects.filter(freeze=freeze, n__gt=0).exists()
