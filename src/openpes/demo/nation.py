"""What is known about a nation before anybody in it is drawn: its country, its instant, its sizes, its seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from random import Random
from zoneinfo import ZoneInfo

from openpes.demo.labour import Labour
from openpes.demo.naming import NameList, name_list
from openpes.demo.pay import PayScale
from openpes.demo.phone_numbers import SyntheticNumbers
from openpes.demo.places import Places
from openpes.demo.times import HISTORY_DAYS, Clock
from openpes_countries import Country, Language, guardian_consent_age

FEWEST = {"people": 20, "employers": 4, "vacancies": 12, "offices": 1}
ADULT = 18


class ImpossibleNation(ValueError):
    """A nation of these sizes cannot be drawn; ``str()`` is a sentence that can be shown."""


@dataclass(frozen=True)
class Nation:
    """A nation to be drawn. `at` is its present instant (aware), `page_languages` what the service's pages speak."""

    country: Country
    people: int
    employers: int
    vacancies: int
    offices: int
    seed: int
    at: datetime
    page_languages: tuple[str, ...]
    history_days: int = HISTORY_DAYS

    def __post_init__(self) -> None:
        for name, least in FEWEST.items():
            if getattr(self, name) < least:
                raise ImpossibleNation(
                    f"A demonstration needs at least {least} {name}; {getattr(self, name)} is too few."
                )
        if self.at.tzinfo is None:
            raise ValueError("The instant of a nation carries its time zone.")

    @cached_property
    def clock(self) -> Clock:
        """The nation's past, in its own time zone."""
        return Clock(self.at.replace(microsecond=0), ZoneInfo(self.country.timezone), self.country.calendar.weekend)

    @cached_property
    def places(self) -> Places:
        """The inhabited map."""
        return Places(self.country)

    @cached_property
    def labour(self) -> Labour:
        """What work there is."""
        return Labour(self.country)

    @cached_property
    def pay(self) -> PayScale:
        """What work pays."""
        return PayScale(self.country, self.clock.today)

    @cached_property
    def names(self) -> NameList:
        """The names of the country."""
        return name_list(self.country.code)

    @cached_property
    def numbers(self) -> SyntheticNumbers:
        """Phones of people."""
        return SyntheticNumbers(self.country)

    @cached_property
    def office_areas(self) -> tuple[str, ...]:
        """The area of each office: the fullest areas first."""
        return tuple(area.code for area in self.places.fullest(self.offices))

    @property
    def showcase_area(self) -> str:
        """Where the first office, the first employer and the first people are."""
        return self.office_areas[0]

    def office_of(self, rng: Random, area_code: str) -> int:
        """The position of the office that serves an area: the nearest one, any of them where several stand."""
        return rng.choice(self.places.nearest(area_code, self.office_areas))

    @cached_property
    def guardian_age(self) -> int:
        """Under this age a parent or guardian agrees too."""
        return int(guardian_consent_age(self.country, on=self.clock.today).value)

    @cached_property
    def youngest(self) -> int:
        """The age at which a registration may begin."""
        return int(self.country.value("consent.youngest_registration_age", on=self.clock.today).value)

    @cached_property
    def sleeps_after_days(self) -> int:
        """After so many silent days a registration rests."""
        return int(self.country.value("clocks.jobseeker_sleep_days", on=self.clock.today).value)

    @property
    def spoken(self) -> tuple[Language, ...]:
        """The languages that people speak, the main one first."""
        main = self.country.main_language
        return (main, *(language for language in self.country.languages if language != main))

    @cached_property
    def share_of_women(self) -> float:
        """Half, moved half of the way towards the ratio of women's to men's published youth unemployment.

        Published for under-25s as rates of two labour forces of unlike size, so it is never taken whole.
        """
        demo = self.country.demo
        if "youth_unemployment_female" not in demo or "youth_unemployment_male" not in demo:
            return 0.5
        women, men = float(demo["youth_unemployment_female"].value), float(demo["youth_unemployment_male"].value)
        return 0.5 + 0.5 * (women / (women + men) - 0.5) if women + men else 0.5

    @cached_property
    def share_studying(self) -> float:
        """Of those under 25 who register, so many still study: fewer where more are outside school and work."""
        neet = float(self.country.demo["neet_rate"].value) if "neet_rate" in self.country.demo else 15.0
        return min(0.2, max(0.04, 0.25 - neet / 100))

    @cached_property
    def share_self_employed(self) -> float:
        """The published share of the self-employed in employment, 0 to 1."""
        figure = self.country.demo.get("self_employed_share")
        return float(figure.value) / 100 if figure else 0.4
