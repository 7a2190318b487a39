"""For demonstrations: years of published months before the first counted one, and a survey beside them. All invented.

Nothing is counted again: the people frozen in the first month are drawn with a weight for each earlier month, so that
all tables of a month agree with each other; no row of a person is kept. Every freeze is marked as invented, and sealed
like a counted one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

from openpes.core.clock import month_bounds
from openpes.insights.freezing import COLUMN_OF, coded, digest_of
from openpes.insights.frozen_figures import YOUTH, Figure, count, share
from openpes.insights.models import Freeze, FrozenCount, FrozenFigure, FrozenPerson
from openpes.insights.states import FreezeState
from openpes.insights.tables import AREA, SEX, TABLES, Basis, Table, Told, joined, parted
from openpes.people.states import Sex
from openpes.reference.country import country
from openpes_evidence.definitions import Kind, registry
from openpes_evidence.mismatch import mismatch_index

NOTE = "Invented history of the demonstration: drawn from its first counted month. Nobody stands behind it."
DAYS_AFTER = 4
# How fast the register still filled in the month before the first counted one, and over how many months that eased in.
FILLED_BY, FILLED_OVER = 0.13, 4.0
Counts = dict[str, Counter[tuple[str, ...]]]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Wind:
    """How strong a month is against the first counted one: people looking, and vacancies."""

    people: float
    vacancies: float


def wind(month: str, back: int, rng: np.random.Generator) -> Wind:
    """Seasons, a slow growth of the register, and a slump that began two and a half years before the counted months."""
    at = int(month[5:])
    season = math.cos(2 * math.pi * (at - 3) / 12)
    slump = 1 / (1 + math.exp((back - 28) / 2.5))
    noise = rng.normal(0, 0.012, 2)
    people = math.exp(-0.006 * back) * (1 + 0.07 * season) * (0.9 + 0.1 * slump) * math.exp(noise[0])
    vacancies = math.exp(-0.002 * back) * (1 - 0.10 * season) * (1.25 - 0.25 * slump) * math.exp(noise[1])
    return Wind(people, vacancies)


def filled(back: int) -> float:
    """How full the register was against the first counted month: ever faster, as offices began to use it.

    The counted months of a demonstration go on rising; without this the line would lie flat and then leap.
    """
    return math.exp(-FILLED_BY * FILLED_OVER * (1 - math.exp(-back / FILLED_OVER)))


def earlier_months(month: str, number: int) -> list[str]:
    """The months before one, the earliest first."""
    index = int(month[:4]) * 12 + int(month[5:]) - 1
    return [f"{at // 12:04d}-{at % 12 + 1:02d}" for at in range(index - number, index)]


class _Pool:
    """The people of the first month as numbers: for each table which of its cells each person falls in, or none."""

    def __init__(self, freeze: Freeze) -> None:
        columns = ("office_id", "area_code", "sex", "age_band", "education_level", "duration_band", "isco")
        marks = ("state_then", "was_active", "is_active", "is_new")
        rows = list(FrozenPerson.objects.filter(freeze=freeze).order_by("pk").values(*columns, *marks))
        self.size = len(rows)
        self.cells: dict[str, tuple[list[tuple[str, ...]], Ints]] = {}
        for table in (*(one for one in TABLES if one.basis in BELONGS), LEFT_BY_AREA):
            keys: dict[tuple[str, ...], int] = {}
            where = np.full(self.size, -1, np.int64)
            code = cache(coded)
            for at, row in enumerate(rows):
                if BELONGS[table.basis](row):
                    key = tuple(code(name, row[COLUMN_OF[name]]) for name in table.dimensions)
                    where[at] = keys.setdefault(key, len(keys))
            self.cells[table.id] = (list(keys), where)

    def counts(self, drawn: Ints) -> Counts:
        """Every table of the people drawn."""
        found: Counts = {}
        for table_id, (keys, where) in self.cells.items():
            hit = where[drawn]
            n = np.bincount(hit[hit >= 0], minlength=len(keys))
            found[table_id] = Counter({key: int(one) for key, one in zip(keys, n, strict=True) if one})
        return found


BELONGS = {
    Basis.STOCK: lambda row: row["is_active"],
    Basis.INFLOW: lambda row: row["is_new"],
    Basis.RETURNED: lambda row: row["is_active"] and not row["was_active"] and not row["is_new"],
    Basis.OUTFLOW: lambda row: not row["is_active"] and (row["was_active"] or row["is_new"]),
}
# Not published; only the figure of each area is made of it.
LEFT_BY_AREA = Table("outflow_area", "", Basis.OUTFLOW, (AREA,), "registered_outflow")
OF_VACANCIES = frozenset({Basis.PLACES, Basis.VACANCIES, Basis.POSTED, Basis.CLOSED})
FOLLOW_VACANCIES = frozenset({"places_posted", "confirmed_share", "fill_rate", "time_to_fill"})


def _grown(
    rng: np.random.Generator, table: Table, first: Mapping[tuple[str, ...], int], by: float
) -> Counter[tuple[str, ...]]:
    """A table of the first month grown by a factor: each sex exactly (tables agree on it), the cells within drawn."""
    at = table.dimensions.index(SEX) if SEX in table.dimensions else None
    lines: dict[str, list[tuple[str, ...]]] = {}
    for key in first:
        lines.setdefault("" if at is None else key[at], []).append(key)
    found: Counter[tuple[str, ...]] = Counter()
    for keys in lines.values():
        weights = np.array([first[key] for key in keys], float)
        if weights.sum():
            drawn = rng.multinomial(round(weights.sum() * by), weights / weights.sum())
            found.update({key: int(n) for key, n in zip(keys, drawn, strict=True) if n})
    return found


def _sums(table: Mapping[tuple[str, ...], int], at: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for key, n in table.items():
        found[key[at]] = found.get(key[at], 0) + n
    return found


def _figures(counts: Counts) -> Iterator[Figure]:
    """The figures that follow from the tables."""
    for indicator, table in (
        ("registered_stock", "stock_area_sex"),
        ("registered_inflow", "inflow_area_sex"),
        ("registered_outflow", LEFT_BY_AREA.id),
    ):
        yield from _by_place(indicator, _sums(counts[table], 0), "A")
    yield from list(_by_place("registered_stock", _sums(counts["stock_office"], 0), "O"))[1:]
    by_sex, by_age = _sums(counts["stock_sex_age"], 0), _sums(counts["stock_sex_age"], 1)
    stock = sum(by_sex.values())
    yield share("women_share", by_sex.get(Sex.FEMALE, 0), stock - by_sex.get(Sex.NOT_SAID, 0))
    yield share("youth_share", sum(by_age.get(band, 0) for band in YOUTH), stock)
    places = counts["places_occ_area"]
    yield from _by_place("live_places", _sums(places, 1), "A")
    yield count("live_vacancies", sum(counts["vacancies_area"].values()))
    yield count("postings", sum(counts["posted_occ"].values()))
    yield count("referrals", sum(counts["referrals_sex_age"].values()))
    yield count("placements", sum(counts["placements_sex_age"].values()))
    free, version = sum(places.values()), registry()["tightness"].version
    yield Figure("tightness", version, value=free / stock if stock else None, numerator=free, n=stock)
    for indicator, at, of_people in (
        ("mismatch_occupation", 0, "stock_occ_area"),
        ("mismatch_area", 1, "stock_occ_area"),
    ):
        people, offered = _sums(counts[of_people], at), _sums(places, at)
        keys = sorted({*people, *offered} - {"?"})
        index = mismatch_index([people.get(key, 0) for key in keys], [offered.get(key, 0) for key in keys])
        yield Figure(indicator, registry()[indicator].version, value=index, n=sum(people.values()))


def _by_place(indicator: str, by_code: Mapping[str, int], kind: str) -> Iterator[Figure]:
    yield count(indicator, sum(by_code.values()))
    yield from (count(indicator, n, place=f"{kind}:{code}") for code, n in sorted(by_code.items()) if code != "?")


def _moved(row: FrozenFigure, by: float, rng: np.random.Generator) -> Figure:
    """A figure of the first month that no table gives, as it may have been: the same level, other chance."""
    about = registry()[row.indicator]
    kept = Figure(
        row.indicator, row.version, row.place, row.value, row.lower, row.upper, row.numerator, row.n, row.status
    )
    if row.value is None or row.n is None:
        return kept
    n = round(row.n * by)
    if about.kind in (Kind.STOCK, Kind.FLOW):
        return count(row.indicator, n, place=row.place)
    if about.kind is Kind.RATE and row.numerator is not None and row.n:
        part = int(rng.binomial(n, min(1.0, row.numerator / row.n)))
        return replace(share(row.indicator, part, n, place=row.place), version=row.version)
    shift = float(np.exp(rng.normal(0, 0.06)))
    lower, upper = (None if end is None else end * shift for end in (row.lower, row.upper))
    return replace(kept, value=row.value * shift, lower=lower, upper=upper, n=n)


@transaction.atomic
def invent_history(first: Freeze, *, months: int, seed: int) -> int:
    """Write published freezes of the months before the first counted one, and the survey. Returns how many months."""
    if not first.synthetic:
        raise ValueError("Only a month of invented people gets an invented history.")
    rng = np.random.default_rng(seed)
    pool = _Pool(first)
    before: Counts = {}
    for row in FrozenCount.objects.filter(freeze=first).order_by("pk"):
        before.setdefault(row.table, Counter())[parted(row.key)] = row.n
    counted = list(FrozenFigure.objects.filter(freeze=first).order_by("pk"))
    anchor = wind(first.month, 0, np.random.default_rng(0))
    wanted = earlier_months(first.month, months)
    rows: list[tuple[Freeze, Told]] = []
    figures: list[FrozenFigure] = []
    freezes: list[Freeze] = []
    for back, month in zip(range(months, 0, -1), wanted, strict=True):
        blows = wind(month, back, rng)
        # Only the register fills: employers' vacancies follow the economy, or no curve would hold beside the survey.
        by = Wind(filled(back) * blows.people / anchor.people, blows.vacancies / anchor.vacancies)
        freeze = _freeze(first, month)
        counts = _draw(pool, before, by, rng)
        kept = [
            Told(table.id, joined(key), n) for table in TABLES for key, n in sorted(counts.get(table.id, {}).items())
        ]
        told = [FrozenFigure(freeze=freeze, **vars(one)) for one in _told(counts, counted, by, rng)]
        freeze.digest = digest_of(freeze, kept, told)
        rows.extend((freeze, one) for one in kept)
        figures.extend(told)
        freezes.append(freeze)
    Freeze.objects.bulk_create(freezes)
    _write_counts(rows)
    FrozenFigure.objects.bulk_create(figures, batch_size=5_000)
    return len(freezes)


def _write_counts(rows: Iterable[tuple[Freeze, Told]]) -> None:
    """A hundred thousand small rows, without an object for each: somebody waits for the demonstration."""
    name = connection.ops.quote_name
    into = f"{name(FrozenCount._meta.db_table)} (freeze_id, {name('table')}, {name('key')}, n)"
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {into} VALUES (%s, %s, %s, %s)",  # noqa: S608  names of our own table
            [(freeze.pk, *told) for freeze, told in rows],
        )


def _told(counts: Counts, counted: Iterable[FrozenFigure], by: Wind, rng: np.random.Generator) -> list[Figure]:
    """All figures of a month: those that follow from its tables, then the others of the first month, moved."""
    follow = list(_figures(counts))
    known = {one.indicator for one in follow}
    factor = {True: by.vacancies, False: by.people}
    rest = (row for row in counted if row.indicator not in known)
    return follow + [_moved(row, factor[row.indicator in FOLLOW_VACANCIES], rng) for row in rest]


def _freeze(first: Freeze, month: str) -> Freeze:
    _starts, ends_before = month_bounds(month, country().timezone)
    at = ends_before + timedelta(days=DAYS_AFTER)
    return Freeze(
        month=month,
        number=1,
        stock_at=ends_before,
        made_at=at,
        state=FreezeState.PUBLISHED,
        note=NOTE,
        published_at=at,
        pack_hash=first.pack_hash,
        synthetic=True,
    )


def _draw(pool: _Pool, before: Counts, by: Wind, rng: np.random.Generator) -> Counts:
    """All tables of one month: people drawn anew, and everything else grown from the first month."""
    drawn = rng.integers(0, pool.size, round(pool.size * by.people)) if pool.size else np.empty(0, np.int64)
    counts = pool.counts(drawn)
    for table in TABLES:
        if table.id not in counts:
            factor = by.vacancies if table.basis in OF_VACANCIES else by.people
            counts[table.id] = _grown(rng, table, before.get(table.id, Counter()), factor)
    return counts
