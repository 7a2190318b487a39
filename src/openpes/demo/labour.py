"""Sectors and occupations: how much of each there is, what each asks for, what people call it.

The shares of agriculture, industry and services are the country's published ones. How a third divides into ISIC
sections, and a section into unit groups, is an assumption of this demonstration: the weights below are rough and say
only that a garment country has more sewing machine operators than boiler men.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from random import Random

from openpes.demo.chance import Weighted
from openpes.reference import taxonomy
from openpes_countries import Country

BROAD_SECTORS = {
    "agriculture_share": {"A": 1.0},
    "industry_share": {"C": 0.62, "F": 0.28, "B": 0.03, "D": 0.02, "E": 0.05},
    "services_share": {
        "G": 0.27,
        "I": 0.2,
        "N": 0.12,
        "H": 0.11,
        "S": 0.06,
        "Q": 0.05,
        "P": 0.05,
        "M": 0.03,
        "K": 0.03,
        "J": 0.03,
        "T": 0.02,
        "R": 0.02,
        "O": 0.01,
    },
}
OCCUPATIONS = {
    "A": {
        "9211": 5,
        "9213": 3,
        "9212": 2,
        "9216": 2,
        "6111": 2,
        "9214": 1,
        "9215": 1,
        "6122": 1,
        "6221": 1,
        "6113": 1,
        "8341": 1,
        "9333": 1,
    },
    "B": {"9311": 3, "8111": 1, "8332": 1},
    "C": {
        "8153": 6,
        "9329": 5,
        "9321": 4,
        "8160": 3,
        "8212": 3,
        "7531": 2,
        "7212": 2,
        "8156": 2,
        "8219": 2,
        "7522": 1,
        "7512": 1,
        "7511": 1,
        "8183": 1,
        "7532": 1,
        "8152": 1,
        "8211": 1,
        "7233": 1,
        "4321": 1,
        "7543": 1,
        "8344": 1,
    },
    "D": {"7413": 2, "7412": 2, "4110": 1},
    "E": {"9611": 3, "9612": 2, "9613": 2},
    "F": {
        "9313": 5,
        "7112": 2,
        "7115": 2,
        "7411": 2,
        "9312": 2,
        "7111": 1,
        "7126": 1,
        "7131": 1,
        "7114": 1,
        "7122": 1,
        "7123": 1,
        "7127": 1,
        "8342": 1,
        "3112": 1,
    },
    "G": {
        "5223": 6,
        "5230": 3,
        "9334": 3,
        "7231": 3,
        "3322": 1,
        "4321": 1,
        "5244": 1,
        "5245": 1,
        "5242": 1,
        "5222": 1,
        "5246": 1,
    },
    "H": {"8321": 3, "9333": 3, "8322": 2, "4321": 2, "8332": 1, "8331": 1, "5112": 1, "4412": 1, "9621": 1, "8344": 1},
    "I": {"5131": 5, "9412": 4, "5120": 3, "9411": 3, "4224": 2, "9112": 2, "5246": 1, "5132": 1, "5151": 1, "3434": 1},
    "J": {"4132": 3, "3512": 2, "7422": 2, "2513": 1, "2512": 1, "2519": 1},
    "K": {"4211": 2, "4311": 2, "3313": 1, "4214": 1, "4110": 1},
    "M": {"4110": 3, "4120": 2, "3313": 1, "2411": 1, "2166": 1, "3118": 1},
    "N": {"5414": 4, "9112": 4, "4222": 4, "5244": 1, "9214": 1, "4132": 1, "4221": 1, "5113": 1},
    "O": {"4110": 2, "4132": 1, "9613": 1},
    "P": {"5312": 2, "5311": 2, "2342": 1, "2353": 1, "2341": 1, "9112": 1},
    "Q": {"5322": 3, "5321": 2, "3221": 1, "2221": 1, "3213": 1, "3253": 1, "4226": 1},
    "R": {"3423": 2, "3431": 1, "3521": 1, "5169": 1},
    "S": {"5141": 3, "5142": 2, "7421": 2, "9121": 1, "9122": 1, "7231": 1, "7533": 1},
    "T": {"9111": 4, "5311": 2, "5152": 1, "9214": 1},
}
# The four jobs of the first employer of the nation, whose people a visitor meets first.
SHOWCASE_SECTOR = "I"
SHOWCASE_OCCUPATIONS = ("5131", "5120", "9412", "4224")
EVERYDAY_LICENCES = (("motorcycle-licence", 0.35), ("car-licence", 0.06))


class Labour:
    """What work there is in a country, and in what proportion."""

    def __init__(self, country: Country) -> None:
        shares = {
            sector: float(country.demo[figure].value) * part
            for figure, parts in BROAD_SECTORS.items()
            if figure in country.demo
            for sector, part in parts.items()
        } or {sector: part for parts in BROAD_SECTORS.values() for sector, part in parts.items()}
        self._sectors = Weighted(shares)
        entered = {one.isco for one in taxonomy.youth_entry()}
        self._occupations = {
            sector: Weighted(
                {
                    isco: weight * (1.5 if isco in entered else 1.0)
                    for isco, weight in held.items()
                    if taxonomy.skills_of(isco)
                }
            )
            for sector, held in OCCUPATIONS.items()
        }
        self.sector_of = {isco: sector for sector, held in reversed(OCCUPATIONS.items()) for isco in held}
        self._labels = _labels()

    def draw_sector(self, rng: Random) -> str:
        """An ISIC section, in proportion to the published shares."""
        return self._sectors.draw(rng)

    def draw_occupation(self, rng: Random, sector: str) -> str:
        """A unit group that people of a sector work in."""
        return self._occupations[sector].draw(rng)

    def title(self, rng: Random, isco: str, language: str) -> str:
        """What somebody would call the work: in their language, else by its name there, else in English."""
        if self._labels.get((isco, language)):
            return rng.choice(self._labels[isco, language])
        if isco not in taxonomy.names_in(language) and self._labels.get((isco, "en")):
            return rng.choice(self._labels[isco, "en"])
        return taxonomy.name_of(isco, language)


@cache
def _labels() -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for title in taxonomy.titles():
        found[title.isco, title.language].append(title.label)
    return dict(found)


def skill_level(isco: str) -> int:
    """The ILO's skill level of a unit group, 1 to 4."""
    return taxonomy.occupation(isco).skill_levels[0]


def essential_skills(isco: str) -> list[str]:
    """The ids of the skills that a unit group cannot do without."""
    return [one.skill.id for one in taxonomy.skills_of(isco) if one.kind == "essential"]


def useful_skills(isco: str) -> list[str]:
    """The ids of the skills that help in a unit group."""
    return [one.skill.id for one in taxonomy.skills_of(isco) if one.kind == "useful"]


def needed_licences(isco: str) -> list[str]:
    """The licences without which a unit group usually cannot be done."""
    return [one.licence.id for one in taxonomy.licences_of(isco) if one.need == "needed"]


def useful_licences(isco: str) -> list[str]:
    """The licences that help in a unit group."""
    return [one.licence.id for one in taxonomy.licences_of(isco) if one.need == "useful"]
