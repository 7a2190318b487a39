"""One country as it stands on disk: read, checked, frozen and cached."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from openpes_countries.areas import read_areas
from openpes_countries.contract import MUST_BE_KNOWN, REQUIRED
from openpes_countries.errors import PackError, PackProblem, UnknownCountry, UnknownKey
from openpes_countries.reading import read_values
from openpes_countries.schema import (
    LAYERS,
    UNKNOWN,
    Area,
    Calendar,
    Currency,
    Dated,
    EducationLevel,
    Figure,
    Language,
    MinimumWage,
    OfficeLevel,
    Phone,
    PriorityGroup,
    Programme,
    Service,
    Town,
)

PACKS: Final = Path(__file__).parent / "packs"
SHARED: Final = "_shared"
_DATA: Final = Path(__file__).parent / "data"
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, eq=False)
class Country:
    """The pack of one country. Everything is frozen; `hash` changes when any file it rests on changes."""

    code: str
    hash: str
    histories: Mapping[str, tuple[Dated, ...]]
    areas: tuple[Area, ...]
    languages: tuple[Language, ...]
    currency: Currency
    phone: Phone
    calendar: Calendar
    timezone: str
    timezones: tuple[str, ...]
    education_levels: tuple[EducationLevel, ...]
    service: Service
    programmes: tuple[Programme, ...]
    priority_groups: tuple[PriorityGroup, ...]
    minimum_wages: tuple[MinimumWage, ...]
    demo: Mapping[str, Figure]

    def __repr__(self) -> str:
        return f"Country({self.code}, {self.hash[:12]})"

    @property
    def name(self) -> str:
        return str(self._latest("identity.name").value)

    @property
    def own_name(self) -> str:
        return str(self._latest("identity.own_name").value)

    @property
    def official_name(self) -> str:
        found = self._latest("identity.official_name")
        return str(found.value) if found.known else self.name

    @property
    def alpha3(self) -> str:
        return str(self._latest("identity.alpha3").value)

    @property
    def main_language(self) -> Language:
        """The country's own main language: the first national language that is not English, if there is one."""
        return next((one for one in self.languages if one.official and one.tag != "en"), self.languages[0])

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self.histories)

    @property
    def towns(self) -> tuple[tuple[Area, Town], ...]:
        return tuple((area, town) for area in self.areas for town in area.towns)

    @property
    def area_levels(self) -> int:
        return max(area.level for area in self.areas)

    def areas_at(self, level: int) -> tuple[Area, ...]:
        return tuple(area for area in self.areas if area.level == level)

    def area(self, code: str) -> Area:
        """The area with this code. Raises UnknownKey."""
        for area in self.areas:
            if area.code == code:
                return area
        raise UnknownKey(self.code, code, difflib.get_close_matches(code, [area.code for area in self.areas], 3))

    def lineage(self, code: str) -> tuple[Area, ...]:
        """The area and those above it, smallest first."""
        found = [self.area(code)]
        while found[-1].parent:
            found.append(self.area(found[-1].parent))
        return tuple(found)

    def history(self, key: str) -> tuple[Dated, ...]:
        """Every period of one value, oldest first. Raises UnknownKey with the nearest keys."""
        if key not in self.histories:
            raise UnknownKey(self.code, key, difflib.get_close_matches(key, self.keys, 3, 0.5))
        return self.histories[key]

    def value(self, key: str, *, on: date) -> Dated:
        """The value in force on this day. When no period covers the day, a Dated whose value is UNKNOWN."""
        history = self.history(key)
        for dated in history:
            if dated.in_force(on):
                return dated
        nearest = history[0]
        return Dated(
            nearest.key, nearest.kind, nearest.unit, UNKNOWN, None, None, nearest.source, "low", nearest.checked, True,
            nearest.review_by, None, nearest.layer, nearest.file, nearest.line, nearest.means,
            f"No value of this pack covers {on}.",
        )  # fmt: skip

    def values(self, *, on: date) -> Mapping[str, Dated]:
        """Every key with the value in force on this day."""
        return {key: self.value(key, on=on) for key in self.histories}

    def programmes_on(self, on: date) -> tuple[Programme, ...]:
        return tuple(programme for programme in self.programmes if programme.dated.in_force(on))

    def programme(self, code: str, *, on: date) -> Programme:
        """The programme with this code in force on this day. Raises UnknownKey."""
        for programme in self.programmes_on(on):
            if programme.code == code:
                return programme
        raise UnknownKey(self.code, f"programmes.{code}", [programme.code for programme in self.programmes])

    def minimum_wages_on(self, on: date) -> tuple[MinimumWage, ...]:
        return tuple(wage for wage in self.minimum_wages if wage.dated.in_force(on))

    def unverified(self, *, on: date | None = None) -> tuple[Dated, ...]:
        """Values that must be verified or waived by a named person before the service may go live.

        With a day: only what is in force on it, and a waiver counts until it runs out.
        """
        every = (dated for history in self.histories.values() for dated in history)
        if on is not None:
            return tuple(dated for dated in every if dated.in_force(on) and not dated.usable_on(on))
        return tuple(dated for dated in every if not dated.usable_live)

    def due_for_review(self, *, on: date) -> tuple[Dated, ...]:
        """Values whose review date has come."""
        every = (dated for history in self.histories.values() for dated in history)
        return tuple(dated for dated in every if dated.review_by is not None and dated.review_by <= on)

    def _latest(self, key: str) -> Dated:
        return self.histories[key][-1]


@cache
def known_countries() -> tuple[str, ...]:
    """The codes of the countries that have a pack, ISO 3166-1 alpha-2 in capitals."""
    found = (path.parent.parent.name for path in PACKS.glob("[a-z][a-z]/facts/identity.yaml"))
    return tuple(sorted(name.upper() for name in found))


def load_country(code: str) -> Country:
    """The country with this code (any case). Raises UnknownCountry, or PackError with every fault of the pack."""
    wanted = code.strip().upper()
    if wanted not in known_countries():
        raise UnknownCountry(code, known_countries())
    return _load(wanted)


@cache
def _load(code: str) -> Country:
    return read_pack(PACKS / code.lower(), code)


def pack_files(folder: Path) -> tuple[tuple[Path, str], ...]:
    """The value files of a pack with the layer each belongs to; shared policies come first and may be overridden."""
    found = [(path, "policy") for path in sorted((PACKS / SHARED / "policy").glob("*.yaml"))]
    found += [(path, layer) for layer in LAYERS for path in sorted((folder / layer).glob("*.yaml"))]
    return tuple(found)


def read_pack(folder: Path, code: str) -> Country:
    """Read and check one pack folder. Raises PackError with every fault that was found."""
    problems: list[PackProblem] = []
    shared: dict[str, list[Dated]] = {}
    own: dict[str, list[Dated]] = {}
    for path, layer in pack_files(folder):
        shown = f"packs/{path.relative_to(folder.parent if folder in path.parents else PACKS)}"
        try:
            for dated in read_values(path, shown, layer):
                (own if folder in path.parents else shared).setdefault(dated.key, []).append(dated)
        except PackError as fault:
            problems += fault.problems
    merged = {**shared, **own}
    areas: tuple[Area, ...] = ()
    try:
        areas = read_areas(folder / "areas.yaml", f"packs/{folder.name}/areas.yaml")
    except PackError as fault:
        problems += fault.problems
    if not problems:
        problems += _missing(merged, folder.name)
    if problems:
        raise PackError(problems)
    histories = {
        key: tuple(sorted(merged[key], key=lambda dated: dated.effective_from or date.min)) for key in sorted(merged)
    }
    return assemble(code, _hash(folder), histories, areas)


def _missing(merged: Mapping[str, list[Dated]], name: str) -> Iterable[PackProblem]:
    for key in REQUIRED:
        stem = key.split(".")[0]
        layer = (
            "policy"
            if stem
            in (
                "youth_bands",
                "matching",
                "clocks",
                "retention",
                "messaging",
                "consent",
                "law_keeping",
                "service_standards",
            )
            else "*"
        )
        file = f"packs/{name}/{layer}/{stem}.yaml"
        if key not in merged:
            yield PackProblem(file, 1, key, "is missing.", "Add it; what is not known is written `unknown`.")
        elif key in MUST_BE_KNOWN and not all(dated.known for dated in merged[key]):
            yield PackProblem(
                file, merged[key][0].line, key, "may not be unknown.", "The service cannot start without it."
            )


def _hash(folder: Path) -> str:
    digest = hashlib.sha256()
    files = [path for path, _ in pack_files(folder)]
    files += [folder / "areas.yaml", *sorted(_DATA.rglob("*.yaml"))]
    for path in files:
        root = folder if folder in path.parents else PACKS.parent
        digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _text(histories: Mapping[str, tuple[Dated, ...]], key: str) -> str:
    latest = histories[key][-1]
    return str(latest.value) if latest.known else "unknown"


def assemble(code: str, digest: str, histories: Mapping[str, tuple[Dated, ...]], areas: tuple[Area, ...]) -> Country:
    """A Country from its checked histories (oldest first) and areas."""

    def latest(key: str) -> Any:
        return histories[key][-1].value

    calendar = latest("calendar.calendar")
    groups = latest("priority_groups.groups") or ()
    return Country(
        code=code,
        hash=digest,
        histories=MappingProxyType(dict(histories)),
        areas=areas,
        languages=tuple(Language(**one) for one in latest("locale.languages")),
        currency=Currency(**latest("locale.currency")),
        phone=Phone(**latest("locale.phone")),
        calendar=Calendar(
            civil=calendar["civil"],
            weekend=tuple(_WEEKDAYS.index(day) for day in calendar["weekend"]),
            first_weekday=_WEEKDAYS.index(calendar["first_weekday"]),
            also=calendar.get("also") or "",
            fiscal_year=calendar.get("fiscal_year") or "",
            note=histories["calendar.calendar"][-1].note,
        ),
        timezone=latest("locale.timezone"),
        timezones=latest("locale.timezones"),
        education_levels=tuple(EducationLevel(**step) for step in latest("education.ladder")),
        service=Service(
            ministry=_text(histories, "pes.ministry"),
            agency=_text(histories, "pes.agency"),
            portal=_text(histories, "pes.portal"),
            law=_text(histories, "pes.law"),
            levels=tuple(OfficeLevel(**level) for level in latest("pes.levels")),
        ),
        programmes=_programmes(histories),
        priority_groups=tuple(PriorityGroup(**group) for group in groups),
        minimum_wages=_wages(histories),
        demo=MappingProxyType(_figures(histories)),
    )


def _programmes(histories: Mapping[str, tuple[Dated, ...]]) -> tuple[Programme, ...]:
    return tuple(
        Programme(
            code=dated.key.split(".", 1)[1],
            name=dated.value["name"],
            law=dated.value["law"] or "unknown",
            rule=dated.value["rule"],
            benefit=dated.value["benefit"] or "unknown",
            dated=dated,
            not_checked=tuple(dated.value.get("not_checked") or ()),
            own_names=dated.value.get("own_names") or {},
            drafts=tuple(dated.value.get("drafts") or ()),
        )
        for history in histories.values()
        for dated in history
        if dated.kind == "programme" and dated.known
    )


def _wages(histories: Mapping[str, tuple[Dated, ...]]) -> tuple[MinimumWage, ...]:
    found = []
    for history in histories.values():
        for dated in history:
            if dated.kind == "wage" and dated.known:
                fields = {**dated.value, "amount": Decimal(str(dated.value["amount"]))}
                if fields.get("hours_week") is not None:
                    fields["hours_week"] = Decimal(str(fields["hours_week"]))
                found.append(MinimumWage(dated=dated, **fields))
    return tuple(found)


def _figures(histories: Mapping[str, tuple[Dated, ...]]) -> dict[str, Figure]:
    found = {}
    for history in histories.values():
        dated = history[-1]
        if dated.kind == "figure" and dated.known:
            name = dated.key.split(".", 1)[1]
            figure = Decimal(str(dated.value["figure"]))
            found[name] = Figure(name, figure, dated.unit or "", dated.value["year"], dated.source, dated.note)
    return found
