"""The columns of one side in memory order, ready for a kernel. A Matcher keeps one large and one small segment a
side: what changed since the large one was laid out lives in the small one."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from openpes_matching.layout import GRID_REACH_DAM, Grid, lay_out
from openpes_matching.lists import Lists
from openpes_matching.rules import Rules
from openpes_matching.tables import Int, PeopleTable, VacancyTable

Real = NDArray[np.float32]


WAGE, EDUCATION, EXPERIENCE, LANGUAGE_SET, LOCATED, TOTAL, MUST_SKILLS = range(7)
"""Columns of VacancySegment.late."""
REACH, SKILLS_KNOWN = 5, 6
"""Columns of PeopleSegment.late, after the first five, which are the same."""
ID = 7
"""Last column of both: the id, in the 32 bits of a signed number."""
_LATE_COLUMNS = 8


class VacancySegment(NamedTuple):
    """Vacancies as candidates. occupation: unknown is the number of occupations; x, y, z: decametres, which 32-bit
    floats hold exactly; per_total: 255 / total, 0 for none. late: (n, 8), what is read only for the few candidates
    that come near a list, side by side in one cache line."""

    row: NDArray[np.int64]
    id: NDArray[np.int64]
    occupation: Int
    x: Real
    y: Real
    z: Real
    need: NDArray[np.uint64]
    per_total: Real
    late: Int
    must_start: NDArray[np.int64]
    must: Int
    grid: Grid
    cell_start: Int
    skill_begin: Int
    posting: Int
    skill_count: int


class PeopleSegment(NamedTuple):
    """People as candidates. wanted_1..3: none is the number of occupations. widest: largest limit on the grid. late:
    as in VacancySegment."""

    row: NDArray[np.int64]
    id: NDArray[np.int64]
    wanted_1: Int
    wanted_2: Int
    wanted_3: Int
    x: Real
    y: Real
    z: Real
    located: NDArray[np.uint8]
    reach: Int
    have: NDArray[np.uint64]
    skills_known: NDArray[np.uint8]
    late: Int
    skill_start: NDArray[np.int64]
    skill: Int
    grid: Grid
    cell_start: Int
    skill_begin: Int
    posting: Int
    skill_count: int
    widest: int


def _late(table: Any, row: NDArray[np.int64], *more: NDArray[Any]) -> Int:
    late = np.zeros((len(row), _LATE_COLUMNS), np.int32)
    columns = (table.wage, table.education, table.experience, table.language_set, table.located)
    for place, column in enumerate(columns):
        late[:, place] = column[row]
    for place, values in enumerate(more, len(columns)):
        late[:, place] = values
    late[:, ID] = table.id[row].astype(np.uint32).view(np.int32)
    return late


def vacancy_segment(table: VacancyTable, rows: NDArray[np.int64], rules: Rules) -> VacancySegment:
    """Lay out the given rows of the table."""
    lists = Lists(table.skill_start, table.skill).take(rows)
    skill_count = max(lists.width, 1)
    gridded = table.located[rows] != 0
    laid = lay_out(
        table.lat[rows], table.lon[rows], gridded, table.occupation[rows], table.id[rows], lists, skill_count
    )
    row = rows[laid.order]
    must = Lists(table.must_start, table.must).take(row)
    total = table.total[row]
    occupation = table.occupation[row]
    return VacancySegment(
        row=row,
        id=table.id[row],
        occupation=np.where(occupation < 0, len(rules.proximity), occupation).astype(np.int32),
        x=table.x[row].astype(np.float32),
        y=table.y[row].astype(np.float32),
        z=table.z[row].astype(np.float32),
        need=np.ascontiguousarray(table.need[:, row]),
        per_total=np.where(total > 0, 255.0 / np.maximum(total, 1), 0.0).astype(np.float32),
        late=_late(table, row, total, must.lengths),
        must_start=must.start,
        must=must.item,
        grid=laid.grid,
        cell_start=laid.cell_start,
        skill_begin=laid.skill_begin,
        posting=laid.posting,
        skill_count=skill_count,
    )


def people_segment(table: PeopleTable, rows: NDArray[np.int64], rules: Rules) -> PeopleSegment:
    """Lay out the given rows of the table."""
    lists = Lists(table.skill_start, table.skill).take(rows)
    skill_count = max(lists.width, 1)
    reach = table.reach[rows]
    gridded = (table.located[rows] != 0) & (reach >= 0) & (reach <= GRID_REACH_DAM)
    laid = lay_out(table.lat[rows], table.lon[rows], gridded, table.wanted[rows, 0], table.id[rows], lists, skill_count)
    row = rows[laid.order]
    listed = lists.take(laid.order)
    wanted = table.wanted[row]
    wanted = np.where(wanted < 0, len(rules.proximity), wanted).astype(np.int32)
    return PeopleSegment(
        row=row,
        id=table.id[row],
        wanted_1=np.ascontiguousarray(wanted[:, 0]),
        wanted_2=np.ascontiguousarray(wanted[:, 1]),
        wanted_3=np.ascontiguousarray(wanted[:, 2]),
        x=table.x[row].astype(np.float32),
        y=table.y[row].astype(np.float32),
        z=table.z[row].astype(np.float32),
        located=table.located[row],
        reach=reach[laid.order],
        have=np.ascontiguousarray(table.have[:, row]),
        skills_known=table.skills_known[row],
        late=_late(table, row, reach[laid.order], table.skills_known[row]),
        skill_start=listed.start,
        skill=listed.item,
        grid=laid.grid,
        cell_start=laid.cell_start,
        skill_begin=laid.skill_begin,
        posting=laid.posting,
        skill_count=skill_count,
        widest=int(reach[gridded].max()) if gridded.any() else 0,
    )
