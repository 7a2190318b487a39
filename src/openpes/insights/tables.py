"""The fixed tables of a month: fixed, because tables made to order could be subtracted from each other. Pure data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

SEX, AGE, EDUCATION, AREA, OFFICE, OCCUPATION, DURATION, REASON, KIND, GRADE, STATUS = (
    "SEX",
    "AGE",
    "EDU",
    "AREA",
    "OFFICE",
    "OCC",
    "DUR",
    "REASON",
    "KIND",
    "GRADE",
    "STATUS",
)


class Basis(StrEnum):
    """Which people, or what else, a table counts."""

    STOCK = "stock"
    INFLOW = "inflow"
    ENTRIES = "entries"
    RETURNED = "returned"
    OUTFLOW = "outflow"
    REFERRALS = "referrals"
    OUTCOMES = "outcomes"
    PLACES = "places"
    VACANCIES = "vacancies"
    POSTED = "posted"
    CLOSED = "closed"


OF_PEOPLE = frozenset(
    {Basis.STOCK, Basis.INFLOW, Basis.ENTRIES, Basis.RETURNED, Basis.OUTFLOW, Basis.REFERRALS, Basis.OUTCOMES}
)


@dataclass(frozen=True)
class Table:
    """One table: its id, its name, what it counts and by what. `indicator`: the definition behind it."""

    id: str
    title: str
    basis: Basis
    dimensions: tuple[str, ...]
    indicator: str

    @property
    def about_people(self) -> bool:
        """Whether its small counts must be hidden."""
        return self.basis in OF_PEOPLE


TABLES: tuple[Table, ...] = (
    Table("stock_sex_age", "People looking, by sex and age", Basis.STOCK, (SEX, AGE), "registered_stock"),
    Table("stock_sex_edu", "People looking, by sex and education", Basis.STOCK, (SEX, EDUCATION), "registered_stock"),
    Table("stock_area_sex", "People looking, by area and sex", Basis.STOCK, (AREA, SEX), "registered_stock"),
    Table("stock_area_age", "People looking, by area and age", Basis.STOCK, (AREA, AGE), "registered_stock"),
    Table("stock_office", "People looking, by office", Basis.STOCK, (OFFICE,), "registered_stock"),
    Table("stock_occ_sex", "People looking, by occupation and sex", Basis.STOCK, (OCCUPATION, SEX), "registered_stock"),
    Table(
        "stock_occ_area", "People looking, by occupation and area", Basis.STOCK, (OCCUPATION, AREA), "registered_stock"
    ),
    Table("stock_dur_age", "People looking, by how long and age", Basis.STOCK, (DURATION, AGE), "registered_stock"),
    Table("inflow_sex_age", "People who registered, by sex and age", Basis.INFLOW, (SEX, AGE), "registered_inflow"),
    Table(
        "inflow_status", "People who registered, by what they did then", Basis.ENTRIES, (STATUS,), "registered_inflow"
    ),
    Table("inflow_area_sex", "People who registered, by area and sex", Basis.INFLOW, (AREA, SEX), "registered_inflow"),
    Table("returned_sex_age", "People who came back, by sex and age", Basis.RETURNED, (SEX, AGE), "registered_inflow"),
    Table("outflow_reason_sex", "People who left, by why and sex", Basis.OUTFLOW, (REASON, SEX), "registered_outflow"),
    Table("outflow_sex_age", "People who left, by sex and age", Basis.OUTFLOW, (SEX, AGE), "registered_outflow"),
    Table("referrals_sex_age", "People sent to employers", Basis.REFERRALS, (SEX, AGE), "referrals"),
    Table("outcomes_kind_sex", "Outcomes, by what and sex", Basis.OUTCOMES, (KIND, SEX), "placements"),
    Table("placements_grade_sex", "Placements, by evidence and sex", Basis.OUTCOMES, (GRADE, SEX), "placements"),
    Table("placements_sex_age", "Placements, by sex and age", Basis.OUTCOMES, (SEX, AGE), "placements"),
    Table("places_occ_area", "Live places, by occupation and area", Basis.PLACES, (OCCUPATION, AREA), "live_places"),
    Table("vacancies_area", "Live vacancies, by area", Basis.VACANCIES, (AREA,), "live_vacancies"),
    Table("posted_occ", "New postings, by occupation", Basis.POSTED, (OCCUPATION,), "postings"),
    Table("closed_reason", "Vacancies closed, by why", Basis.CLOSED, (REASON,), "fill_rate"),
)
BY_ID: Mapping[str, Table] = {one.id: one for one in TABLES}

UNKNOWN = "?"


def joined(codes: tuple[str, ...]) -> str:
    """The key of a cell. A code never holds the bar that joins them."""
    return "|".join(code.replace("|", "/") or UNKNOWN for code in codes)


def parted(key: str) -> tuple[str, ...]:
    """The codes of a key."""
    return tuple(key.split("|"))


def occupation_group(isco: str) -> str:
    """The sub-major group (two digits) of a unit group: coarse enough to publish, fine enough to look for work by."""
    return isco[:2] or UNKNOWN


def education_group(level: int | None) -> str:
    """ISCED 2011 in the five groups that offices publish: up to primary, lower, upper, post-secondary, tertiary."""
    if level is None or level < 0:
        return UNKNOWN
    for highest, code in ((1, "0-1"), (2, "2"), (3, "3"), (4, "4")):
        if level <= highest:
            return code
    return "5-8"


class Told(NamedTuple):
    """One count of one table, before it is written."""

    table: str
    key: str
    n: int
