"""Making a freeze: rows by one statement, counts from the rows, figures from counts and rooms. One transaction."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import cache

from django.db import connection, transaction
from django.db.models import BigIntegerField, Count, Q

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.clock import local_date, month_bounds
from openpes.core.decisions import Refused
from openpes.insights.access import require_may
from openpes.insights.coding import apply_codes
from openpes.insights.frozen_figures import Month, figures_of
from openpes.insights.models import Freeze, FrozenCount, FrozenFigure, FrozenPerson
from openpes.insights.rules import may_freeze, may_publish
from openpes.insights.states import FreezeState
from openpes.insights.tables import (
    AGE,
    AREA,
    DURATION,
    EDUCATION,
    OCCUPATION,
    OFFICE,
    REASON,
    SEX,
    TABLES,
    UNKNOWN,
    Basis,
    Table,
    Told,
    education_group,
    joined,
    occupation_group,
)
from openpes.jobseekers import figures as of_jobseekers
from openpes.organisations.queries import open_offices
from openpes.people.figures import Cell
from openpes.placements import figures as of_placements
from openpes.reference.country import country, largest_area
from openpes.referrals import figures as of_referrals
from openpes.vacancies import figures as of_vacancies

COLUMNS = (
    "freeze_id",
    "pseudonym",
    "office_id",
    "area_code",
    "sex",
    "age_band",
    "education_level",
    "duration_band",
    "isco",
    "was_active",
    "is_active",
    "is_new",
    "state_then",
)
PEOPLE: Mapping[Basis, Q] = {
    Basis.STOCK: Q(is_active=True),
    Basis.INFLOW: Q(is_new=True),
    Basis.RETURNED: Q(is_active=True, was_active=False, is_new=False),
    Basis.OUTFLOW: Q(is_active=False) & (Q(was_active=True) | Q(is_new=True)),
}
COLUMN_OF = {
    SEX: "sex",
    AGE: "age_band",
    EDUCATION: "education_level",
    AREA: "area_code",
    OFFICE: "office_id",
    OCCUPATION: "isco",
    DURATION: "duration_band",
    REASON: "state_then",
}


@transaction.atomic
def make_freeze(*, month: str, note: str = "", by: Actor, at: datetime) -> Freeze:
    """Freeze a month that has ended (or, as a trial, one that runs: then it can never be published).

    Raises NotPermitted, Refused (no such month; a revision without a word why), and changes nothing then.
    """
    require_may("figures.freeze", by)
    zone = country().timezone
    try:
        starts_at, ends_before = month_bounds(month, zone)
    except ValueError as wrong:
        raise Refused(may_freeze(month_is_readable=False, has_begun=False, earlier=0, note=note)) from wrong
    earlier = Freeze.objects.filter(month=month).count()
    decision = may_freeze(month_is_readable=True, has_begun=starts_at <= at, earlier=earlier, note=note)
    if not decision.allowed:
        raise Refused(decision)
    stock_at = min(ends_before, at)
    freeze = Freeze.objects.create(
        month=month,
        number=earlier + 1,
        stock_at=stock_at,
        made_at=at,
        made_by_id=by.account_id,
        note=note,
        pack_hash=country().hash,
        synthetic=any(one.synthetic for one in open_offices()),
    )
    period = Month(month, starts_at, ends_before, stock_at, local_date(stock_at - timedelta(seconds=1), zone), zone)
    _keep_people(freeze, period)
    apply_codes(freeze)
    counts = [
        FrozenCount(freeze=freeze, table=table.id, key=joined(key), n=n)
        for table in TABLES
        for key, n in sorted(_count(table, freeze, period).items())
    ]
    FrozenCount.objects.bulk_create(counts, batch_size=2_000)
    figures = [FrozenFigure(freeze=freeze, **vars(one)) for one in figures_of(freeze, period)]
    FrozenFigure.objects.bulk_create(figures, batch_size=2_000)
    freeze.digest = digest_of(freeze, counts, figures)
    freeze.save(update_fields=["digest"])
    record_change(
        by=by, at=at, verb="figures.freeze", thing=f"freeze:{freeze.ref}", detail={"month": month, "n": freeze.number}
    )
    return freeze


@transaction.atomic
def publish_freeze(*, freeze: Freeze, by: Actor, at: datetime) -> Freeze:
    """Let everybody see a freeze; the one published before for its month is kept as replaced.

    Raises NotPermitted; Refused for a month that had not ended, or a freeze that was changed behind our back.
    """
    require_may("figures.publish", by)
    row = Freeze.objects.select_for_update().get(pk=freeze.pk)
    _starts, ends_before = month_bounds(row.month, country().timezone)
    decision = may_publish(state=FreezeState(row.state), had_ended=row.stock_at >= ends_before, is_whole=is_whole(row))
    if not decision.allowed:
        raise Refused(decision)
    Freeze.objects.filter(month=row.month, state=FreezeState.PUBLISHED).update(state=FreezeState.REPLACED)
    row.state, row.published_at, row.published_by_id = FreezeState.PUBLISHED, at, by.account_id
    row.save(update_fields=["state", "published_at", "published_by"])
    record_change(by=by, at=at, verb="figures.publish", thing=f"freeze:{row.ref}", detail={"month": row.month})
    return row


def forget_pseudonyms(pseudonyms: Iterable[str]) -> int:
    """Take an erased person's rows out of every freeze. Counts stay: they are about nobody in particular."""
    return FrozenPerson.objects.filter(pseudonym__in=list(pseudonyms)).delete()[0]


def _keep_people(freeze: Freeze, month: Month) -> None:
    """One statement writes all rows: a million people are not carried through this process.

    The states are looked up once a person (hence MATERIALIZED) and compared outside.
    """
    rows = of_jobseekers.month_rows(starts_at=month.starts_at, stock_at=month.stock_at, on=month.on)
    sql, params = rows.query.sql_with_params()
    table = connection.ops.quote_name(FrozenPerson._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(name) for name in COLUMNS)
    # Only names of our own columns and the framework's own query go into the text; every value is a parameter.
    statement = f"""
        WITH kept (who, office, area, sex, band, edu, duration, isco, came, was, now) AS MATERIALIZED ({sql})
        INSERT INTO {table} ({columns})
        SELECT %s, who, office, area, sex, band, edu, duration, isco,
               was = %s, now = %s, (came AND now NOT IN (%s, %s)), now
        FROM kept
        WHERE was = %s OR now = %s OR (came AND now NOT IN (%s, %s))
    """  # noqa: S608
    active, asked = of_jobseekers.ACTIVE_NOW, of_jobseekers.NOT_ASKED
    with connection.cursor() as cursor:
        cursor.execute(statement, [*params, freeze.pk, active, active, *asked, active, active, *asked])


def _count(table: Table, freeze: Freeze, month: Month) -> Counter[tuple[str, ...]]:
    if table.basis in PEOPLE:
        return _count_people(table, freeze)
    if table.basis is Basis.ENTRIES:
        told = of_jobseekers.entries_by_status(starts_at=month.starts_at, ends_before=month.ends_before)
        return Counter({(status or UNKNOWN,): n for status, n in told.items()})
    if table.basis is Basis.REFERRALS:
        sent = of_referrals.sent(starts_at=month.starts_at, ends_before=month.ends_before, on=month.on)
        return Counter({(cell.sex, cell.band): cell.n for cell in sent})
    if table.basis is Basis.OUTCOMES:
        return _count_outcomes(table, month)
    return _count_vacancies(table, month)


def _count_people(table: Table, freeze: Freeze) -> Counter[tuple[str, ...]]:
    columns = [COLUMN_OF[name] for name in table.dimensions]
    rows = FrozenPerson.objects.filter(PEOPLE[table.basis], freeze=freeze).order_by()
    found: Counter[tuple[str, ...]] = Counter()
    for *values, n in rows.values_list(*columns).annotate(_n=Count("pk", output_field=BigIntegerField())):
        codes = tuple(coded(name, value) for name, value in zip(table.dimensions, values, strict=True))
        found[codes] += n
    return found


def coded(dimension: str, value: object) -> str:
    """The code of a table for what a frozen row holds."""
    coder = CODERS.get(dimension)
    return coder(value) if coder else str(value) or UNKNOWN


def _top_area(value: object) -> str:
    return _area(str(value))


@cache
def _area(code: str) -> str:
    return largest_area(code) or UNKNOWN


def _office(value: object) -> str:
    return _office_codes().get(int(str(value)), UNKNOWN)


def _office_codes() -> dict[int, str]:
    return {one.pk: one.code for one in open_offices()}


CODERS: Mapping[str, Callable[[object], str]] = {
    AREA: _top_area,
    OFFICE: _office,
    OCCUPATION: lambda value: occupation_group(str(value)),
    EDUCATION: lambda value: education_group(None if value is None else int(str(value))),
}


def _count_outcomes(table: Table, month: Month) -> Counter[tuple[str, ...]]:
    cells = of_placements.recorded(starts_at=month.starts_at, ends_before=month.ends_before, on=month.on)
    found: Counter[tuple[str, ...]] = Counter()
    for cell in cells:
        kind, grade, alone = cell.by
        if table.id == "outcomes_kind_sex":
            found[kind, cell.sex] += cell.n
        elif not alone:
            found[(grade, cell.sex) if table.id == "placements_grade_sex" else _sex_age(cell)] += cell.n
    return found


def _sex_age(cell: Cell) -> tuple[str, str]:
    return cell.sex, cell.band


def _count_vacancies(table: Table, month: Month) -> Counter[tuple[str, ...]]:
    found: Counter[tuple[str, ...]] = Counter()
    if table.basis is Basis.POSTED:
        span = {"starts_at": month.starts_at, "ends_before": month.ends_before}
        for isco, n in of_vacancies.posted_by_occupation(**span).items():
            found[(occupation_group(isco),)] += n
    elif table.basis is Basis.CLOSED:
        closed = of_vacancies.closed_by_reason(starts_at=month.starts_at, ends_before=month.ends_before)
        found.update({(reason or UNKNOWN,): n for reason, n in closed.items()})
    else:
        for area, isco, vacancies, places in of_vacancies.live_by_area_and_occupation(instant=month.stock_at):
            if table.basis is Basis.PLACES:
                found[occupation_group(isco), _area(area)] += places
            else:
                found[(_area(area),)] += vacancies
    return found


def digest_of(freeze: Freeze, counts: Iterable[FrozenCount | Told], figures: Iterable[FrozenFigure]) -> str:
    """SHA-256 over the month and everything counted for it, in one order."""
    lines = [f"{freeze.month}|{freeze.number}|{freeze.pack_hash}"]
    lines += sorted(f"c|{one.table}|{one.key}|{one.n}" for one in counts)
    lines += sorted(
        f"f|{one.indicator}|{one.version}|{one.place}|{one.value!r}|{one.numerator}|{one.n}|{one.status}"
        for one in figures
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def is_whole(freeze: Freeze) -> bool:
    """Whether what is kept is still what was counted."""
    return digest_of(freeze, freeze.counts.all(), freeze.figures.all()) == freeze.digest
