"""What the sheet of one kind of work says, gathered once for the page and for the paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from openpes.core.money import PayPeriod
from openpes.jobseekers.queries import count_seekers_by_area
from openpes.journeys.expectations import band_words
from openpes.programmes.models import Cycle
from openpes.programmes.queries import open_for_occupation
from openpes.reference import taxonomy
from openpes.reference.country import country, currency, today
from openpes.reference.country_licences import named_licence
from openpes.reference.labels import licence_label, occupation_name, skill_label
from openpes.reference.relatedness import nearest
from openpes.reference.sheets import Sheet, sheet
from openpes.reference.words import CrossingWords, crossing_words, hazard_words
from openpes.vacancies.queries import LiveCount, count_live, usual_pay

MOST_RELATED, MOST_PROGRAMMES = 6, 3
PAY_PERIODS = (PayPeriod.MONTH, PayPeriod.DAY, PayPeriod.HOUR)


@dataclass(frozen=True)
class LicenceLine:
    """A licence as the work meets it here. `law` is "" where no source names it; `checked`: compared with the law."""

    name: str
    needed: bool
    authority: str
    law: str
    checked: bool


@dataclass(frozen=True)
class RelatedWork:
    """A kind of work near this one and what it takes to cross to it."""

    isco: str
    name: str
    words: CrossingWords


@dataclass(frozen=True)
class UsualPay:
    """The middle half of what live adverts offer for one period of pay, and from how many adverts."""

    lower: Any
    middle: Any
    upper: Any
    adverts: int
    currency: str
    period: str


@dataclass(frozen=True)
class LiveFacts:
    """What the country's own service knows today. `people` is a band in words, never a count."""

    live: LiveCount
    pay: tuple[UsualPay, ...]
    people: str
    on: date
    programmes: tuple[Cycle, ...] = ()


@dataclass(frozen=True)
class OccupationFacts:
    """Everything on a sheet. Skills are plain words; `hazard` is "" where the work is not listed."""

    isco: str
    name: str
    title_en: str
    major: taxonomy.Occupation
    text: Sheet
    essential: tuple[str, ...]
    useful: tuple[str, ...]
    licences: tuple[LicenceLine, ...]
    hazard: str
    related: tuple[RelatedWork, ...]
    now: LiveFacts

    @property
    def licences_unknown(self) -> bool:
        """Is there a licence of which no source says who gives it here?"""
        return any(not one.authority for one in self.licences)

    @property
    def signed_on(self) -> date | None:
        """The day on which an expert signed the text, or None for a draft."""
        return date.fromisoformat(self.text.signed_on) if self.text.signed_on else None


def _licence_line(link: taxonomy.OccupationLicence, language: str) -> LicenceLine:
    needed = link.need == "needed"
    named = named_licence(country().code, link.licence.id)
    if named is None:
        return LicenceLine(licence_label(link.licence.id, language), needed, "", "", False)
    return LicenceLine(named.name, needed, named.authority, named.instrument, named.checked != "recall")


def live_facts(isco: str, at: datetime) -> LiveFacts:
    """Live adverts, usual pay and people looking (a band) for one kind of work."""
    code = currency()
    found = ((period.value, usual_pay(isco, code, period.value)) for period in PAY_PERIODS)
    people = sum(count_seekers_by_area(isco).values())
    return LiveFacts(
        live=count_live(iscos=[isco]),
        pay=tuple(UsualPay(*pay, code, period) for period, pay in found if pay is not None),
        people=band_words(people),
        on=today(at),
        programmes=tuple(open_for_occupation(isco, on=today(at))[:MOST_PROGRAMMES]),
    )


def occupation_facts(isco: str, language: str, at: datetime) -> OccupationFacts:
    """The sheet of a unit group with the country's live facts. Raises UnknownCode."""
    text = sheet(isco)
    skills = taxonomy.skills_of(isco)
    return OccupationFacts(
        isco=isco,
        name=occupation_name(isco, language),
        title_en=taxonomy.occupation(isco).title_en,
        major=taxonomy.ancestors_of(isco)[0],
        text=text,
        essential=tuple(skill_label(one.skill.id, language) for one in skills if one.kind == "essential"),
        useful=tuple(skill_label(one.skill.id, language) for one in skills if one.kind == "useful"),
        licences=tuple(_licence_line(one, language) for one in taxonomy.licences_of(isco)),
        hazard=hazard_words(isco),
        related=tuple(
            RelatedWork(
                near,
                occupation_name(near, language),
                crossing_words(isco, near, language=language, country_code=country().code),
            )
            for near, _value in nearest(isco, limit=MOST_RELATED)
        ),
        now=live_facts(isco, at),
    )


def kind_name(code: str) -> str:
    """What one of the ten kinds of work is called in plain words."""
    return {
        "0": _("Soldiers, sailors and air force"),
        "1": _("Leading and managing"),
        "2": _("Work that needs a degree: science, health, teaching, law, computers, arts"),
        "3": _("Technicians, supervisors and other skilled office and health work"),
        "4": _("Office, counter and call centre work"),
        "5": _("Selling, serving, caring and keeping safe"),
        "6": _("Farming, fishing and forests"),
        "7": _("Crafts: building, repairing, making, food and garments"),
        "8": _("Machines, factories and driving"),
        "9": _("Cleaning, carrying, helping and street work"),
    }[code]
