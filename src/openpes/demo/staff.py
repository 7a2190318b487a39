"""Offices and the accounts of those who work there or sign in to look around."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from babel.dates import get_day_names

from openpes.core.dates_in_words import locale_of, own_digits
from openpes.core.ids import new_ref
from openpes.demo.chance import stream
from openpes.demo.naming import person_name
from openpes.demo.nation import Nation
from openpes.demo.places import LATIN
from openpes.organisations.operations import NewOffice
from openpes.organisations.seeding import SyntheticOffice
from openpes.people.roles import (
    Administrator,
    Analyst,
    Counsellor,
    EmployerAdviser,
    LawOfficer,
    OfficeManager,
    ProgrammeManager,
)
from openpes.people.seeding import SyntheticAccount
from openpes_countries import Language, OfficeLevel

# A counsellor for about so many registered people, at least two an office so that one can stand in for the other.
PEOPLE_A_COUNSELLOR = 160
MOST_COUNSELLORS = 12


@dataclass(frozen=True, slots=True)
class StaffMember:
    """An account with its role. `office` is a position among the offices, None for the whole service."""

    account: SyntheticAccount
    role: str
    office: int | None


def draw_offices(nation: Nation) -> list[SyntheticOffice]:
    """The offices: in the fullest areas, named in the country's own words for its lowest level of office."""
    # The pack names its levels of offices in English; a name in two scripts would be hard to read and to send.
    main = main_language(nation)
    called = nation.names.office
    tag = main.tag if main.script in LATIN or called else "en"
    level = local_level(nation)
    seen: dict[str, int] = {}
    drawn = []
    for position, code in enumerate(nation.office_areas):
        rng = stream(nation.seed, "office", position)
        seen[code] = seen.get(code, 0) + 1
        spot = nation.places.draw_spot(rng, code)
        number = f" {seen[code]}" if nation.office_areas.count(code) > 1 else ""
        drawn.append(
            SyntheticOffice(
                ref=new_ref(rng),
                new=NewOffice(
                    code=f"{code}-{seen[code]:02d}",
                    name=(called or f"{level.name}, {{town}}").format(town=nation.places.areas[code].name(tag))
                    + number,
                    area_code=code,
                    level=level.code,
                    address=spot.town,
                    phone="",
                    opening_hours=opening_hours(nation),
                    latitude=spot.latitude,
                    longitude=spot.longitude,
                ),
            )
        )
    return drawn


def local_level(nation: Nation) -> OfficeLevel:
    """The first level of the service below the national one where people register."""
    levels = nation.country.service.levels
    return next((level for level in levels[1:] if "registration" in level.services), levels[-1])


def main_language(nation: Nation) -> Language:
    """The language that the country speaks and its pages open in, else the country's main one."""
    return next((one for one in nation.spoken if one.tag.casefold() == nation.page_languages[0]), nation.spoken[0])


def opening_hours(nation: Nation) -> str:
    """The days that are not the weekend, from the first one after it, eight to five, in the main language."""
    weekend = nation.country.calendar.weekend
    days = [number for number in range(7) if number not in weekend]
    first = next((number for number in days if (number - 1) % 7 in weekend), days[0] if days else 0)
    days.sort(key=lambda number: (number - first) % 7)
    locale = locale_of(main_language(nation).tag, nation.country.code)
    names = get_day_names("abbreviated", "stand-alone", locale=locale)
    hours = own_digits("08:00–17:00", locale.language)
    return f"{names[days[0]]}–{names[days[-1]]} {hours}" if days else hours


def username(role: str, office: int | None, number: int = 1) -> str:
    """The sign-in name of a member of staff: the first office is 1."""
    short = {EmployerAdviser.code: "adviser", OfficeManager.code: "manager"}.get(role, role)
    if office is None:
        return short if number == 1 else f"{short}-{number}"
    return f"{short}-{office + 1}-{number}"


def draw_staff(nation: Nation) -> list[StaffMember]:
    """Counsellors, an adviser and a manager in every office; five who serve all of them."""
    counsellors = max(2, min(MOST_COUNSELLORS, round(nation.people / nation.offices / PEOPLE_A_COUNSELLOR)))
    wanted: list[tuple[str, int | None, int]] = [
        (Administrator.code, None, 1),
        (Analyst.code, None, 1),
        (LawOfficer.code, None, 1),
        (ProgrammeManager.code, None, 1),
        (ProgrammeManager.code, None, 2),
    ]
    for office in range(nation.offices):
        wanted += [(Counsellor.code, office, number) for number in range(1, counsellors + 1)]
        wanted += [(EmployerAdviser.code, office, 1), (OfficeManager.code, office, 1)]
    return [_member(nation, role, office, number) for role, office, number in wanted]


def _member(nation: Nation, role: str, office: int | None, number: int) -> StaffMember:
    name = username(role, office, number)
    rng = stream(nation.seed, "staff", name)
    account = SyntheticAccount(
        username=name,
        name=person_name(rng, nation.names, rng.choice(("female", "male"))).text,
        log_key=f"{rng.getrandbits(128):032x}",
        language=nation.page_languages[0],
        created_at=nation.clock.at - timedelta(days=nation.history_days + 30),
    )
    return StaffMember(account, role, office)
