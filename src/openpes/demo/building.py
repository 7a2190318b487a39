"""Building the nation: draws batch after batch and hands each to the rooms. Memory does not grow with the people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import transaction

from openpes.core.actors import Actor, system
from openpes.demo import marker
from openpes.demo.adverts import SHOWCASE_ADVERTS, AdvertDrawer, Posters
from openpes.demo.after_hire import write_after_hire
from openpes.demo.agencies import write_register
from openpes.demo.cases import seed_cases
from openpes.demo.chance import stream
from openpes.demo.courses import write_courses
from openpes.demo.desk_leftovers import write_desk_leftovers
from openpes.demo.employers import Firm, account_made_at, draw_firm
from openpes.demo.firm_desk import write_firm_desk
from openpes.demo.fit import fits
from openpes.demo.histories import Historian, Story
from openpes.demo.likes import seed_likes
from openpes.demo.market import Market
from openpes.demo.nation import ImpossibleNation, Nation
from openpes.demo.office_day import write_days
from openpes.demo.partners import write_partners
from openpes.demo.practices import write_practices
from openpes.demo.published_months import publish_months
from openpes.demo.registrations import Registration, RegistrationDrawer
from openpes.demo.signing_in import EMPLOYER, JOBSEEKERS
from openpes.demo.staff import draw_offices, draw_staff
from openpes.demo.talks import seed_talks
from openpes.demo.writing import StoryWriter
from openpes.organisations import seeding as organisations
from openpes.organisations.seeding import SyntheticMembership
from openpes.people import seeding as people
from openpes.people.roles import Counsellor, EmployerAdministrator, EmployerAdviser, OfficeManager
from openpes.people.seeding import SyntheticAccount
from openpes.programmes import seeding as programmes
from openpes.referrals import seeding as referrals
from openpes.referrals.queries import clocks_on
from openpes.vacancies import seeding as vacancies
from openpes.vacancies.seeding import PlacesTaken
from openpes_countries import load_country

BUILDER = system(label="demo")
BATCH = 1_000

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class NationReport:
    """What stands now. `duplicates` are pairs of references of people who are one human being.

    `was_there`: the nation had been built before and nothing was changed; only `people` is counted then.
    """

    was_there: bool
    people: int
    offices: int = 0
    employers: int = 0
    vacancies: int = 0
    live_vacancies: int = 0
    referrals: int = 0
    placements: int = 0
    outcomes: int = 0
    messages: int = 0
    duplicates: tuple[tuple[str, str], ...] = ()


def silent(step: str, done: int, total: int) -> None:
    """Tells nobody."""


def build_nation(
    *,
    country_code: str,
    people: int,
    employers: int,
    vacancies: int,
    offices: int,
    seed: int,
    at: datetime,
    progress: Progress = silent,
    by: Actor = BUILDER,
) -> NationReport:
    """Build the nation, unless one stands already; clear away an unfinished one first.

    `progress` is told (step, done, total). Raises ImpossibleNation for sizes too small and
    for the database of a real service, ValueError for an `at` without
    time zone, UnknownCountry for a country without a pack.
    """
    nation = Nation(
        load_country(country_code),
        people,
        employers,
        vacancies,
        offices,
        seed,
        at,
        tuple(code for code, _name in settings.LANGUAGES),
    )
    if marker.is_real_service():
        raise ImpossibleNation(
            "Real people are registered in this database. Build a demonstration elsewhere: choose another "
            "folder in OPENPES_DATA."
        )
    if marker.is_finished():
        return NationReport(was_there=True, people=marker.count_people())
    marker.wipe_unfinished()
    return _Builder(nation, progress, by).build()


@dataclass
class _Builder:
    """One build. The keys that the rooms give are remembered for staff, firms and adverts, never for people."""

    nation: Nation
    progress: Progress
    by: Actor
    office_ids: list[int] = field(default_factory=list)
    office_names: list[str] = field(default_factory=list)
    employer_ids: list[int] = field(default_factory=list)
    firms: list[Firm] = field(default_factory=list)
    counsellors: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    officers: dict[int, list[int]] = field(default_factory=dict)
    officer_keys: dict[int, str] = field(default_factory=dict)
    firm_accounts: dict[int, int] = field(default_factory=dict)

    @property
    def at(self) -> datetime:
        return self.nation.clock.at

    def build(self) -> NationReport:
        """All steps in order; each batch is a transaction, the mark at the end says that all are done."""
        with transaction.atomic():
            self._staff()
        self._employers()
        market, adverts = self._vacancies()
        writer = StoryWriter(
            self.nation, self.by, self.office_ids, self.office_names, self.employer_ids, self.officer_keys
        )
        duplicates = self._people(market, writer)
        with transaction.atomic():
            self._settle(market, writer)
            write_desk_leftovers(office_id=self.office_ids[0], duplicates=duplicates, at=self.at)
            publish_months(nation=self.nation)
            write_practices(self.nation, at=self.at)
            marker.finish(at=self.at)
        self.progress("people", self.nation.people, self.nation.people)
        return NationReport(
            was_there=False,
            people=self.nation.people,
            offices=len(self.office_ids),
            employers=len(self.employer_ids),
            vacancies=adverts,
            live_vacancies=self.nation.vacancies,
            referrals=writer.referrals,
            placements=writer.placements,
            outcomes=writer.outcomes,
            messages=writer.messages,
            duplicates=tuple(duplicates),
        )

    def _staff(self) -> None:
        """Offices and everybody who works there."""
        self.progress("offices", 0, self.nation.offices)
        write_register(self.nation, at=self.at)
        offices = draw_offices(self.nation)
        self.office_ids = organisations.write_offices(rows=offices, by=self.by, at=self.at)
        self.office_names = [office.new.name for office in offices]
        staff = draw_staff(self.nation)
        keys = people.write_accounts(rows=[one.account for one in staff], by=self.by, at=self.at)
        for key, one in zip(keys, staff, strict=True):
            if one.office is None:
                continue
            if one.role == Counsellor.code:
                self.counsellors.setdefault(one.office, []).append((key, one.account.log_key))
            elif one.role in {EmployerAdviser.code, OfficeManager.code}:
                self.officers.setdefault(one.office, []).append(key)
                self.officer_keys.setdefault(self.office_ids[one.office], one.account.log_key)
        organisations.write_memberships(
            by=self.by,
            at=self.at,
            rows=[
                SyntheticMembership(
                    key,
                    one.role,
                    one.account.created_at.date(),
                    office_id=None if one.office is None else self.office_ids[one.office],
                )
                for key, one in zip(keys, staff, strict=True)
            ],
        )
        self.progress("offices", self.nation.offices, self.nation.offices)

    def _employers(self) -> None:
        for start in range(0, self.nation.employers, BATCH):
            self.progress("employers", start, self.nation.employers)
            firms = [
                draw_firm(self.nation, position, self.office_ids, self.officers)
                for position in range(start, min(start + BATCH, self.nation.employers))
            ]
            with transaction.atomic():
                keys = organisations.write_employers(rows=[firm.row for firm in firms], by=self.by, at=self.at)
                self._employer_accounts(firms, keys)
            self.firms += firms
            self.employer_ids += keys
        self.progress("employers", self.nation.employers, self.nation.employers)

    def _employer_accounts(self, firms: list[Firm], employer_ids: list[int]) -> None:
        holders = [(firm, key) for firm, key in zip(firms, employer_ids, strict=True) if firm.has_account]
        keys = people.write_accounts(
            by=self.by,
            at=self.at,
            rows=[
                SyntheticAccount(
                    username=EMPLOYER if firm.position == 0 else f"employer-{firm.position + 1}",
                    name=firm.staff_name,
                    log_key=firm.staff_log_key,
                    language=self.nation.page_languages[0],
                    created_at=account_made_at(firm, self.nation),
                )
                for firm, _key in holders
            ],
        )
        organisations.write_memberships(
            by=self.by,
            at=self.at,
            rows=[
                SyntheticMembership(
                    key, EmployerAdministrator.code, account_made_at(firm, self.nation).date(), employer_id=employer_id
                )
                for key, (firm, employer_id) in zip(keys, holders, strict=True)
            ],
        )
        self.firm_accounts |= {firm.position: key for key, (firm, _id) in zip(keys, holders, strict=True)}

    def _vacancies(self) -> tuple[Market, int]:
        """The market that people will meet, and how many adverts there are in all."""
        nation = self.nation
        drawer = AdvertDrawer(
            nation, self.firms, self.employer_ids, self.office_ids, Posters(self.officers, self.firm_accounts)
        )
        states = list(drawer.states())
        market = Market(nation.places)
        for start in range(0, len(states), BATCH):
            self.progress("vacancies", start, len(states))
            adverts = [drawer.draw(start + offset, state) for offset, state in enumerate(states[start : start + BATCH])]
            keys = vacancies.write_vacancies(rows=[advert.row for advert in adverts], by=self.by, at=self.at)
            for advert, key in zip(adverts, keys, strict=True):
                market.add(advert, key, showcase=advert.position < SHOWCASE_ADVERTS)
        self.progress("vacancies", len(states), len(states))
        return market, len(states)

    def _people(self, market: Market, writer: StoryWriter) -> list[tuple[str, str]]:
        """Everybody, batch by batch: drawn, told, written. Returns the pairs that are one human being."""
        nation = self.nation
        drawer = RegistrationDrawer(nation, lambda office: self.counsellors.get(office, []))
        historian = Historian(nation, market, clocks_on(nation.clock.today))
        duplicates: list[tuple[str, str]] = []
        for start in range(0, nation.people, BATCH):
            self.progress("people", start, nation.people)
            stories: list[Story] = []
            for position in range(start, min(start + BATCH, nation.people)):
                story = historian.tell(drawer.draw(position))
                stories.append(story)
                if story.registration.duplicate_of:
                    duplicates.append((story.registration.duplicate_of, story.registration.person.ref))
            with transaction.atomic():
                person_ids = writer.write(stories)
                if start == 0:
                    self._jobseeker_accounts([story.registration for story in stories], person_ids)
                    seed_talks(self.nation, person_ids, by=self.by)
                    seed_cases(self.nation, person_ids, by=self.by)
                    seed_likes(person_ids, by=self.by, at=self.at)
        return duplicates

    def _jobseeker_accounts(self, registrations: list[Registration], person_ids: list[int]) -> None:
        people.write_accounts(
            by=self.by,
            at=self.at,
            rows=[
                SyntheticAccount(
                    username=username,
                    name=one.person.name,
                    log_key=one.person.log_key[::-1],
                    language=one.person.language,
                    created_at=one.registered_at,
                    person_id=key,
                )
                for username, one, key in zip(JOBSEEKERS, registrations, person_ids, strict=False)
            ],
        )

    def _settle(self, market: Market, writer: StoryWriter) -> None:
        """What follows from the history: answers of employers, places that are left, how the open introductions fit."""
        organisations.set_answer_counts(counts=writer.answer_counts, by=self.by, at=self.at)
        taken = {
            opening.key: PlacesTaken(opening.places, tuple(opening.taken_at), opening.places_left)
            for opening in market.openings
            if opening.places_left != opening.places
        }
        vacancies.take_places(taken=taken, by=self.by, at=self.at)
        write_days(nation=self.nation, office_ids=self.office_ids, caseloads=writer.caseloads, by=self.by)
        programmes.write_programmes(
            jobseeker_ids=[one for _key, people in sorted(writer.caseloads.items()) for one, _office in people],
            rng=stream(self.nation.seed, "programmes", 0),
            at=self.at,
        )
        write_courses(
            jobseeker_ids=[one for _key, people in sorted(writer.caseloads.items()) for one, _office in people],
            rng=stream(self.nation.seed, "courses", 0),
            at=self.at,
        )
        write_after_hire(nation=self.nation, office_ids=self.office_ids, employer_id=self.employer_ids[0], by=self.by)
        write_partners(self.nation, office_id=self.office_ids[0], at=self.at)
        write_firm_desk(nation=self.nation, office_id=self.office_ids[0], by=self.by, at=self.at)
        for batch in fits(writer.running, on=self.nation.clock.today):
            referrals.set_fits(fits=batch, by=self.by, at=self.at)
