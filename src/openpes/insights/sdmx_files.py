"""A published freeze as SDMX: the ILO's key order and code lists, our own dataflow, no rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from openpes.insights.models import Freeze
from openpes.insights.release import ReleasedTable, released_figures, released_table
from openpes.reference.country import country
from openpes_evidence.cells import Cell, Status
from openpes_evidence.definitions import registry
from openpes_evidence.sdmx_codes import AGE, age_code, sex_code
from openpes_evidence.sdmx_write import Flow, Observation, as_csv, as_generic_xml, as_structure_xml

AGENCY, FLOW, VERSION = "OPENPES", "DF_PES_MONTHLY", "1.0"
ALL_AGES, ALL_SEXES, TOTAL = "AGE_AGGREGATE_TOTAL", "SEX_T", "_T"
BY_SEX_AND_AGE = (
    "stock_sex_age",
    "inflow_sex_age",
    "outflow_sex_age",
    "referrals_sex_age",
    "placements_sex_age",
)
# Shared lists end youth at 24 or go on by fives; our oldest band is "30+", which no list has.
GROUPED = {"AGE_YTHADULT_Y15-24": ("15-19", "20-24"), "AGE_YTHADULT_YGE25": ("25-29", "30+")}


def flow_of() -> Flow:
    """The dataflow of this country: every indicator is a measure."""
    measures = {one.id.upper(): one.title for one in registry().values()}
    pack = country()
    return Flow(
        AGENCY, FLOW, VERSION, "Monthly figures of the public employment service", measures, {_area(): pack.name}
    )


def _area() -> str:
    return country().alpha3


def observations(freeze: Freeze) -> list[Observation]:
    """Tables by sex and age, then every indicator for the country; protected, each key once."""
    found: dict[tuple[str, ...], Observation] = {}
    for table_id in BY_SEX_AND_AGE:
        for one in _of_table(released_table(freeze, table_id), freeze.month):
            found[tuple(one.key.values())] = one
    for cell in released_figures(freeze, place=""):
        one = _observation(cell, freeze.month)
        found.setdefault(tuple(one.key.values()), one)
    return list(found.values())


def series_observations(series: Iterable[tuple[str, Cell]]) -> list[Observation]:
    """One figure of the country over its months, as `queries.series_of` gives it."""
    return [_observation(cell, month) for month, cell in series]


def _key(indicator: str, sex: str, age: str) -> dict[str, str]:
    return {"REF_AREA": _area(), "FREQ": "M", "MEASURE": indicator.upper(), "SEX": sex, "AGE": age}


def _observation(cell: Cell, month: str) -> Observation:
    return Observation(_key(cell.indicator, ALL_SEXES, ALL_AGES), month, cell.value, cell.status.value)


def _of_table(table: ReleasedTable, month: str) -> Iterator[Observation]:
    indicator = table.table.indicator
    sexes = sorted({key[0] for key in table.cells})
    for sex in sexes:
        shared = ALL_SEXES if sex == TOTAL else sex_code(sex)
        for age in sorted({key[1] for key in table.cells}):
            code = ALL_AGES if age == TOTAL else _shared_age(age)
            if code and (sex, age) in table.cells:
                yield _count(_key(indicator, shared, code), table.cells[sex, age], month)
        for code, parts in GROUPED.items():
            values = [table.cells.get((sex, part), 0) for part in parts]
            known = [n for n in values if n is not None]
            yield _count(_key(indicator, shared, code), sum(known) if len(known) == len(values) else None, month)


def _shared_age(band: str) -> str:
    try:
        code = age_code(band)
    except ValueError:
        return ""
    return code if code in AGE else ""


def _count(key: dict[str, str], n: int | None, month: str) -> Observation:
    return Observation(
        key, month, None if n is None else float(n), (Status.HIDDEN if n is None else Status.NORMAL).value
    )


def as_sdmx_csv(freeze: Freeze, *, edition: int = 2) -> str:
    """SDMX-CSV of a freeze."""
    return as_csv(flow_of(), observations(freeze), edition=edition)


def as_sdmx_xml(freeze: Freeze, *, at: datetime) -> str:
    """SDMX-ML 2.1 of a freeze."""
    return as_generic_xml(flow_of(), observations(freeze), at=at, sender=_area())


def as_sdmx_structure(*, at: datetime) -> str:
    """The structure that both are read with."""
    return as_structure_xml(flow_of(), at=at, sender=_area())
