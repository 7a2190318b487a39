"""The frozen shapes of a pack. Dates are half-open in code: `effective_from` counts, `effective_before` does not."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final


class Unknown:
    """Stands where a value is not known. There is one, `UNKNOWN`; it is false and equal only to itself."""

    _only: Unknown | None = None

    def __new__(cls) -> Unknown:
        if cls._only is None:
            cls._only = super().__new__(cls)
        return cls._only

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "unknown"


UNKNOWN: Final = Unknown()


def _plain(value: Any) -> Any:
    """The value in plain containers with sorted names: the same text on every machine."""
    if isinstance(value, Mapping):
        return sorted((str(name), _plain(part)) for name, part in value.items())
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value if isinstance(value, bool | str) or value is None else str(value)


LAYERS: Final = ("law", "facts", "policy")
CHECKED: Final = ("library", "source_read", "partly_read", "recall", "default")
CONFIDENCE: Final = ("high", "medium", "low")
DEFAULT_SOURCE: Final = "openpes default"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value was found. What nobody has read stays None."""

    instrument: str
    article: str | None = None
    url: str | None = None
    read_on: date | None = None

    def cite(self) -> str:
        """The way a reader would quote it: `RA 10911, s. 5`."""
        return f"{self.instrument}, {self.article}" if self.article else self.instrument


@dataclass(frozen=True, slots=True)
class Dated:
    """One value in one period, with everything needed to judge how far to trust it."""

    key: str
    kind: str
    unit: str | None
    value: Any
    effective_from: date | None
    effective_before: date | None
    source: Source
    confidence: str
    checked: str
    verify_before_use: bool
    review_by: date | None
    verified_by: str | None
    layer: str
    file: str
    line: int
    means: str = ""
    note: str = ""
    waived_by: str | None = None
    waived_before: date | None = None

    @property
    def known(self) -> bool:
        return self.value is not UNKNOWN

    @property
    def recalled(self) -> bool:
        """Written from memory, and no national officer has confirmed it since."""
        return self.checked == "recall" and self.verified_by is None

    @property
    def usable_live(self) -> bool:
        """False while the value asks to be verified and nobody has put a name to it."""
        return not self.verify_before_use or self.verified_by is not None

    def waived(self, on: date) -> bool:
        """A named officer lets it be used unverified on this day."""
        return self.waived_by is not None and (self.waived_before is None or on < self.waived_before)

    def usable_on(self, on: date) -> bool:
        """May a live service rest on it on this day: verified, or waived by name and the waiver has not run out."""
        return self.usable_live or self.waived(on)

    def fingerprint(self) -> str:
        """Short hash of what an officer sees of the value, so that a verification never passes to another value."""
        seen = (self.key, self.kind, self.unit, _plain(self.value), self.effective_from)
        return hashlib.sha256(repr(seen).encode()).hexdigest()[:32]

    def in_force(self, on: date) -> bool:
        begun = self.effective_from is None or self.effective_from <= on
        return begun and (self.effective_before is None or on < self.effective_before)


@dataclass(frozen=True, slots=True)
class Language:
    """A language that is spoken: BCP-47 tag, names, direction (ltr, rtl) and script."""

    tag: str
    name: str
    own_name: str
    direction: str
    script: str
    official: bool


@dataclass(frozen=True, slots=True)
class Currency:
    """ISO 4217 code, and how many digits stand after the point."""

    code: str
    digits: int


@dataclass(frozen=True, slots=True)
class Phone:
    """How phone numbers of the country are written."""

    country_code: int
    mobile_example: str
    mobile_national: str
    trunk_prefix: str | None


@dataclass(frozen=True, slots=True)
class Calendar:
    """weekend: weekday numbers, 0 is Monday; empty when it varies inside the country."""

    civil: str
    weekend: tuple[int, ...]
    first_weekday: int
    also: str
    fiscal_year: str
    note: str


@dataclass(frozen=True, slots=True)
class Town:
    """A town with its place on the map, degrees north and east."""

    name: str
    latitude: float
    longitude: float
    population: int | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """An area of the country: a province, a district. Coordinates are None where no licensed source has them."""

    code: str
    names: Mapping[str, str]
    parent: str | None
    level: int
    latitude: float | None
    longitude: float | None
    coordinates_source: str
    towns: tuple[Town, ...] = ()
    checked: str = "library"
    note: str = ""

    def name(self, tag: str = "en") -> str:
        """The name in this language, else in its base language, else in English, else any."""
        for wanted in (tag, tag.split("-")[0], "en"):
            if wanted in self.names:
                return self.names[wanted]
        return next(iter(self.names.values()))


@dataclass(frozen=True, slots=True)
class EducationLevel:
    """A step of the national ladder; `isced` is the ISCED 2011 level 0-8."""

    code: str
    names: Mapping[str, str]
    isced: int

    def name(self, tag: str = "en") -> str:
        return self.names.get(tag) or self.names.get(tag.split("-")[0]) or self.names["en"]


def _in_language(name: str, own_names: Mapping[str, str], tag: str) -> str:
    """The name in this language (any case of its tag), else in its base language, else in English."""
    by_tag = {one.casefold(): own for one, own in own_names.items()}
    wanted = tag.casefold()
    return by_tag.get(wanted) or by_tag.get(wanted.split("-")[0]) or name


@dataclass(frozen=True, slots=True)
class OfficeLevel:
    """A level of the employment service: who owns it, who supervises it, what it offers.

    `drafts`: the languages of `own_names` that nobody who speaks them has reviewed yet.
    """

    code: str
    name: str
    owner: str
    supervisor: str
    services: tuple[str, ...] = ()
    own_names: Mapping[str, str] = field(default_factory=dict)
    drafts: tuple[str, ...] = ()

    def name_in(self, tag: str) -> str:
        """What the level is called in this language."""
        return _in_language(self.name, self.own_names, tag)


@dataclass(frozen=True, slots=True)
class Service:
    """The public employment service; texts are "unknown" where nothing was found."""

    ministry: str
    agency: str
    portal: str
    law: str
    levels: tuple[OfficeLevel, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """A labour-market programme: its law, who is eligible (None: not written down as a rule), what it gives.

    `drafts`: the languages of `own_names` that nobody who speaks them has reviewed yet.
    """

    code: str
    name: str
    law: str
    rule: Mapping[str, Any] | None
    benefit: str
    dated: Dated
    not_checked: tuple[str, ...] = ()
    own_names: Mapping[str, str] = field(default_factory=dict)
    drafts: tuple[str, ...] = ()

    def name_in(self, tag: str) -> str:
        """What the programme is called in this language."""
        return _in_language(self.name, self.own_names, tag)


@dataclass(frozen=True, slots=True)
class PriorityGroup:
    """A group that the law puts first, with its names by language."""

    code: str
    names: Mapping[str, str]

    def name(self, tag: str = "en") -> str:
        return self.names.get(tag) or self.names.get(tag.split("-")[0]) or self.names["en"]


@dataclass(frozen=True, slots=True)
class MinimumWage:
    """One rate. Empty `areas` or `sectors` mean everywhere; `complete` is False where the scope is finer than an
    area code can say (a ward, a size of firm), so the rate is one of several candidates. `at_least` marks the lowest of
    rates that are not all listed: less is surely too little, more is not surely enough. `small_staff`: in any sector
    the rate may also hold for a firm of at most so many people."""

    scope: str
    amount: Decimal
    currency: str
    per: str
    dated: Dated
    areas: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    not_sectors: tuple[str, ...] = ()
    region: str | None = None
    complete: bool = True
    at_least: bool = False
    small_staff: int | None = None
    hours_week: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A published figure that shapes the demo nation; never shown as the service's own result."""

    name: str
    value: Decimal
    unit: str
    year: int | None
    source: Source
    note: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: a situation on a date and the decision the pack must give."""

    name: str
    ask: str
    on: date
    given: Mapping[str, Any]
    expect: Mapping[str, Any]
    source: str
    line: int = 0
    file: str = field(default="", compare=False)
