"""Who is in work, looking, underused, or neither in work nor learning: the standards of 1982 and of 2013, apart.

Sources: 13th ICLS (1982), resolution on the economically active population; 19th ICLS (2013), Resolution I. The two
are different definitions, never one series: under the first, people who grow food only for their own table are
employed; under the second they are not. Every figure made here names its standard.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from openpes_evidence.survey import Design, Estimate, share

Marks = NDArray[np.bool_]


class Standard(StrEnum):
    """Which conference of labour statisticians defined the figures."""

    ICLS_13 = "ICLS13"
    ICLS_19 = "ICLS19"


@dataclass(frozen=True)
class Answers:
    """What people answered in a labour force survey: marks, one entry a person of working age.

    `works_for_pay`: an hour or more in the week for pay or profit, or away from such work for a time.
    `works_for_own_use`: grows or makes things mainly for the own household, and nothing for pay.
    `searched`, `available`, `wants_work`, `wants_more_hours`, `under_hours` (below the country's threshold),
    `learning`: in school or training.
    """

    works_for_pay: Marks
    works_for_own_use: Marks
    searched: Marks
    available: Marks
    wants_work: Marks
    wants_more_hours: Marks
    under_hours: Marks
    learning: Marks


@dataclass(frozen=True)
class Groups:
    """The groups of one standard, one mark a person; employed, unemployed and outside add up to everybody."""

    standard: Standard
    employed: Marks
    unemployed: Marks
    time_underemployed: Marks
    potential: Marks
    outside: Marks
    neither_working_nor_learning: Marks


def classify(answers: Answers, standard: Standard) -> Groups:
    """Put everybody into the groups of a standard."""
    employed = answers.works_for_pay.copy()
    if standard is Standard.ICLS_13:
        employed |= answers.works_for_own_use
    idle = ~employed
    unemployed = idle & answers.searched & answers.available
    seeking_only = idle & answers.searched & ~answers.available
    available_only = idle & ~answers.searched & answers.available & answers.wants_work
    outside = idle & ~unemployed
    return Groups(
        standard,
        employed,
        unemployed,
        employed & answers.wants_more_hours & answers.under_hours & answers.available,
        seeking_only | available_only,
        outside,
        idle & ~answers.learning,
    )


def underuse(groups: Groups, design: Design, among: Marks) -> dict[str, Estimate | None]:
    """LU1 to LU4 and the NEET share of a group, each 0 to 1 with its error.

    LU1 = U / LF; LU2 = (U + TRU) / LF; LU3 = (U + PLF) / ELF; LU4 = (U + TRU + PLF) / ELF;
    LF = E + U; ELF = LF + PLF.
    """
    force = among & (groups.employed | groups.unemployed)
    extended = among & (groups.employed | groups.unemployed | groups.potential)
    unused = groups.unemployed | groups.time_underemployed
    return {
        "LU1": share(design, groups.unemployed, force),
        "LU2": share(design, unused, force),
        "LU3": share(design, groups.unemployed | groups.potential, extended),
        "LU4": share(design, unused | groups.potential, extended),
        "NEET": share(design, groups.neither_working_nor_learning, among),
        "PARTICIPATION": share(design, groups.employed | groups.unemployed, among),
        "EMPLOYMENT": share(design, groups.employed, among),
    }


@dataclass(frozen=True)
class Totals:
    """Published totals of a survey, in people (or thousands, all alike). None: not published."""

    employed: float
    unemployed: float
    time_underemployed: float | None = None
    potential: float | None = None


def underuse_of_totals(totals: Totals) -> dict[str, float | None]:
    """LU1 to LU4 from totals, 0 to 1; None where a part was not published or nobody is in the labour force."""
    force = totals.employed + totals.unemployed
    if force <= 0:
        return dict.fromkeys(("LU1", "LU2", "LU3", "LU4"))
    unemployed, part_time, potential = totals.unemployed, totals.time_underemployed, totals.potential
    extended = None if potential is None else force + potential
    return {
        "LU1": unemployed / force,
        "LU2": None if part_time is None else (unemployed + part_time) / force,
        "LU3": None if potential is None or not extended else (unemployed + potential) / extended,
        "LU4": (
            None
            if part_time is None or potential is None or not extended
            else (unemployed + part_time + potential) / extended
        ),
    }
