"""Names of synthetic people and firms, from the lists in `names/`: a file a country, romanised where none is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random
from types import MappingProxyType

from openpes.demo.chance import happens

FOLDER = Path(__file__).parent / "names"
FALLBACK = "_any"
_SECTION = re.compile(r"^\[(.+)\]$")


@dataclass(frozen=True)
class NameList:
    """The names of one country. `order` says which parts follow each other; firms are patterns by ISIC section.

    Where several peoples name their children in their own ways, `peoples` are the other lists and `share` how many
    follow this one. `office` is what the country calls an employment office, with its {town}; "" where the pack's own
    name stands.
    """

    order: tuple[str, ...]
    two_given: float
    one_name: float
    given: Mapping[str, tuple[str, ...]]
    middle: Mapping[str, tuple[str, ...]]
    family: tuple[str, ...]
    firms: Mapping[str, tuple[str, ...]]
    adverts: tuple[str, ...]
    office: str = ""
    share: float = 1.0
    written_together: bool = False
    peoples: tuple[NameList, ...] = ()

    def of_one_people(self, rng: Random, *, family: str = "") -> NameList:
        """The names of one of the country's peoples, by its share; of the one that a family name belongs to."""
        if not self.peoples:
            return self
        among = [one for one in (self, *self.peoples) if not family or family in one.family] or [self]
        return rng.choices(among, [one.share for one in among])[0]


@dataclass(frozen=True, slots=True)
class DrawnName:
    """A name in full, and the family it belongs to ("" for a person with one name)."""

    text: str
    family: str


@cache
def name_list(country_code: str) -> NameList:
    """The list of a country with those of its other peoples (`my-chinese.txt`), else the romanised one."""
    path = FOLDER / f"{country_code.lower()}.txt"
    if not path.exists():
        return read_name_list(FOLDER / f"{FALLBACK}.txt")
    others = sorted(FOLDER.glob(f"{country_code.lower()}-*.txt"))
    return replace(read_name_list(path), peoples=tuple(read_name_list(other) for other in others))


def read_name_list(path: Path) -> NameList:
    """Read one list: sections in brackets, entries by comma, patterns and sentences by semicolon, # for remarks."""
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        header = _SECTION.match(line)
        if header:
            current = sections.setdefault(header[1], [])
        else:
            current.append(line)

    def items(section: str, mark: str = ",") -> tuple[str, ...]:
        joined = " ".join(sections.get(section, ()))
        return tuple(part.strip() for part in joined.split(mark) if part.strip())

    return NameList(
        order=tuple(sections["order"][0].split()),
        two_given=float(sections["two given names"][0]),
        one_name=float(sections["one name"][0]),
        given=MappingProxyType({sex: items(f"given {sex}") for sex in ("female", "male")}),
        middle=MappingProxyType({sex: items(f"middle {sex}") for sex in ("female", "male")}),
        family=items("family"),
        firms=MappingProxyType(
            {name.removeprefix("firm "): items(name, ";") for name in sections if name.startswith("firm ")}
        ),
        adverts=items("advert", ";"),
        office=" ".join(sections.get("office", ())),
        share=float(sections["share"][0]) if "share" in sections else 1.0,
        written_together="written together" in sections,
    )


def person_name(rng: Random, names: NameList, sex: str, *, family: str = "") -> DrawnName:
    """A name for a woman, a man or (any other value) either, as a person of the country would give it."""
    names = names.of_one_people(rng, family=family)
    kind = sex if sex in names.given else rng.choice(("female", "male"))
    given = rng.choice(names.given[kind])
    if happens(rng, names.one_name):
        return DrawnName(given, "")
    if happens(rng, names.two_given):
        second = rng.choice(names.given[kind])
        given = given if second == given else f"{given} {second}"
    family = family or rng.choice(names.family)
    middles = [one for one in names.middle[kind] if one not in given.split()]
    parts = {"given": given, "family": family, "middle": rng.choice(middles) if middles else ""}
    between = "" if names.written_together else " "
    return DrawnName(between.join(parts[part] for part in names.order if parts[part]), family)


def firm_name(rng: Random, names: NameList, sector: str, town: str) -> str:
    """A name for a firm of an ISIC section in a town."""
    names = names.of_one_people(rng)
    pattern = rng.choice(names.firms.get(sector) or names.firms["other"])
    given = rng.choice(names.given[rng.choice(("female", "male"))])
    return pattern.format(family=rng.choice(names.family), given=given, town=town)


def misspelt(rng: Random, text: str) -> tuple[str, ...]:
    """Ways in which a tired clerk or an old form may have written the same name, the likeliest first."""
    words = text.split()
    found = []
    if len(words) > 1:
        found.append(" ".join([*words[1:], words[0]]))
    if len(words) > 2:
        found.append(" ".join(words[:1] + words[2:]))
    place = rng.randrange(1, max(2, len(text) - 1))
    found.append(text[:place] + text[place + 1 :])
    found.append(text[:place] + text[place - 1] + text[place:])
    rng.shuffle(found)
    return tuple(one for one in found if one.strip() and one != text)
