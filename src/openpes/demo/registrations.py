"""Drawing people and their registrations: who comes to the service, and what they look for and bring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from openpes.core.clock import age_on
from openpes.core.ids import new_ref
from openpes.demo.chance import Weighted, around, happens, stream
from openpes.demo.naming import NameList, misspelt, person_name
from openpes.demo.nation import Nation
from openpes.demo.profiles import ProfileDrawer
from openpes.demo.times import later
from openpes.jobseekers.operations import Profile
from openpes.jobseekers.states import Channel, JobseekerState
from openpes.people.names import match_key
from openpes.people.operations import GivenConsent
from openpes.people.rules import Likeness, reasons_to_look_alike
from openpes.people.seeding import SyntheticPerson
from openpes.people.states import CONSENT_VERSION, ConsentWay, PhoneOwner, Purpose, Sex

# The tail of people over thirty; under thirty the published sizes of the age groups decide.
SHARE_FROM_30 = 0.16
# Of those under 25 so many are under 20: many of that age still go to school.
SHARE_UNDER_20 = 0.38
SHARE_WITHOUT_PHONE = 0.06
SHARE_ON_FAMILY_PHONE = 0.12
SHARE_OF_DUPLICATES = 0.004
SHARE_SLEEPING = 0.15
SHARE_LEFT = 0.05
# The first people of the nation live near the first employer and want the work it offers.
SHOWCASE_PEOPLE = 10


@dataclass(frozen=True, slots=True)
class Registration:
    """A person and their registration as drawn, before the rooms give them keys.

    `counsellor` and `sender` (who introduces the person to employers) are keys of accounts with their pseudonyms.
    `open_until` is the instant after which the person no longer takes part; `duplicate_of` the
    reference of the person who is the same human being, if this is a second registration of somebody.
    """

    position: int
    person: SyntheticPerson
    profile: Profile
    office: int
    counsellor: tuple[int, str] | None
    sender: tuple[int, str] | None
    state: JobseekerState
    channel: Channel
    registered_at: datetime
    last_confirmed_at: datetime
    open_until: datetime
    shares_contact: bool
    ref: str
    family: str
    duplicate_of: str = ""

    @property
    def is_showcase(self) -> bool:
        """True for the first people, whom a visitor of the demonstration meets."""
        return self.position < SHOWCASE_PEOPLE


class RegistrationDrawer:
    """Draws registrations one after another. It remembers one phone a family and a handful of people for duplicates."""

    def __init__(self, nation: Nation, counsellors_of: Callable[[int], list[tuple[int, str]]]) -> None:
        self.nation, self._counsellors_of = nation, counsellors_of
        self._family_phones: dict[str, str] = {}
        self._recent: list[Registration] = []
        demo = nation.country.demo
        young, all_young = (
            float(demo[name].value) if name in demo else size
            for name, size in (("population_15_24", 0.67), ("population_15_29", 1.0))
        )
        under_25 = (1 - SHARE_FROM_30) * young / all_young
        self._ages = Weighted[tuple[int, int]](
            {
                (15, 18): under_25 * SHARE_UNDER_20 * 0.35,
                (18, 20): under_25 * SHARE_UNDER_20 * 0.65,
                (20, 25): under_25 * (1 - SHARE_UNDER_20),
                (25, 30): 1 - SHARE_FROM_30 - under_25,
                (30, 40): SHARE_FROM_30 * 0.65,
                (40, 56): SHARE_FROM_30 * 0.35,
            }
        )
        self._sexes = Weighted(
            {
                Sex.FEMALE: nation.share_of_women * 0.99,
                Sex.MALE: (1 - nation.share_of_women) * 0.99,
                Sex.OTHER: 0.003,
                Sex.NOT_SAID: 0.007,
            }
        )
        self._profiles = ProfileDrawer(nation)

    def draw(self, position: int) -> Registration:
        """The registration at a position. Draw them in order: families and duplicates look back."""
        rng = stream(self.nation.seed, "person", position)
        if position > SHOWCASE_PEOPLE and self._recent and happens(rng, SHARE_OF_DUPLICATES):
            twin = self._draw_again(rng, position, rng.choice(self._recent))
            if twin is not None:
                return twin
        drawn = self._draw_new(rng, position)
        self._remember(rng, drawn)
        return drawn

    def _remember(self, rng: Random, drawn: Registration) -> None:
        if drawn.person.phone:
            self._family_phones[drawn.family] = drawn.person.phone
        if drawn.is_showcase or drawn.state != JobseekerState.ACTIVE:
            return
        if len(self._recent) < 60:
            self._recent.append(drawn)
        else:
            self._recent[rng.randrange(60)] = drawn

    def _draw_new(self, rng: Random, position: int) -> Registration:
        nation = self.nation
        showcase = position < SHOWCASE_PEOPLE
        sex = self._sexes.draw(rng)
        name = person_name(rng, nation.names, sex)
        area = nation.showcase_area if showcase else nation.places.draw_area(rng)
        office = nation.office_of(rng, area) if not showcase else 0
        channel = (
            Channel.DESK if showcase else Weighted({Channel.DESK: 0.5, Channel.WEB: 0.44, Channel.SMS: 0.06}).draw(rng)
        )
        days_ago = rng.uniform(12, 40) if showcase else nation.history_days * rng.random() ** 1.15
        moment = nation.clock.in_office_hours if channel == Channel.DESK else nation.clock.at_home
        registered_at = moment(rng, days_ago)
        registered_on = registered_at.astimezone(nation.clock.zone).date()
        born_on = self._birth_date(rng, position, registered_on)
        age = age_on(born_on, nation.clock.today)
        caseload = self._counsellors_of(office)
        chosen = rng.choice(caseload) if caseload and (channel == Channel.DESK or happens(rng, 0.55)) else None
        phone, owner = self._phone(rng, position, name.family, showcase)
        state, confirmed_at, until = self._standing(rng, registered_at, showcase)
        minor = age_on(born_on, registered_on) < nation.guardian_age
        if minor and channel != Channel.DESK and nation.clock.days_since(registered_at) < 12 and happens(rng, 0.6):
            state, until = JobseekerState.WAITING_FOR_GUARDIAN, registered_at
        language = nation.page_languages[0] if happens(rng, 0.85) else rng.choice(nation.page_languages)
        shares = state != JobseekerState.WAITING_FOR_GUARDIAN and (showcase or happens(rng, 0.85))
        person = SyntheticPerson(
            ref=new_ref(rng),
            log_key=f"{rng.getrandbits(128):032x}",
            name=name.text,
            born_on=born_on,
            sex=sex,
            language=language,
            created_at=registered_at,
            phone=phone,
            phone_owner=owner,
            phone_is_proven=bool(phone) and happens(rng, 0.6),
            consents=self._consents(rng, nation.names, language, channel, minor, state, shares, name.family),
            given_to=chosen[1] if chosen and channel == Channel.DESK else "visitor",
        )
        return Registration(
            position=position,
            person=person,
            profile=self._profiles.draw(rng, area, age, showcase=showcase, position=position),
            office=office,
            counsellor=chosen,
            sender=chosen or (rng.choice(caseload) if caseload else None),
            state=state,
            channel=channel,
            registered_at=registered_at,
            last_confirmed_at=confirmed_at,
            open_until=until,
            shares_contact=shares,
            ref=new_ref(rng),
            family=name.family,
        )

    def _birth_date(self, rng: Random, position: int, registered_on: date) -> date:
        """A birth date whose age now follows the shares, and who was old enough on the day of registering."""
        today = self.nation.clock.today
        age = (
            19
            if position == 0
            else rng.randrange(18, 27)
            if position < SHOWCASE_PEOPLE
            else rng.randrange(*self._ages.draw(rng))
        )
        born_on = today - timedelta(days=round(age * 365.2425) + rng.randrange(3, 360))
        missing = self.nation.youngest - age_on(born_on, registered_on)
        return born_on if missing <= 0 else born_on - timedelta(days=366 * missing)

    def _phone(self, rng: Random, position: int, family: str, showcase: bool) -> tuple[str, PhoneOwner]:
        own = self.nation.numbers.number(position)
        if showcase:
            return own, PhoneOwner.OWN
        if happens(rng, SHARE_WITHOUT_PHONE):
            return "", PhoneOwner.OWN
        if family in self._family_phones and happens(rng, SHARE_ON_FAMILY_PHONE):
            return self._family_phones[family], PhoneOwner.FAMILY
        return own, Weighted({PhoneOwner.OWN: 0.86, PhoneOwner.SHARED: 0.1, PhoneOwner.OTHER: 0.04}).draw(rng)

    def _standing(
        self, rng: Random, registered_at: datetime, showcase: bool
    ) -> tuple[JobseekerState, datetime, datetime]:
        """State before any outcome, when last confirmed, and until when the person takes part."""
        at, days = self.nation.clock.at, self.nation.clock.days_since(registered_at)
        sleepy, history = self.nation.sleeps_after_days, self.nation.history_days
        if not showcase and days > sleepy + 10 and happens(rng, SHARE_SLEEPING * history / max(1, history - sleepy)):
            silent_since = later(registered_at, rng.uniform(0, days - sleepy - 1))
            return JobseekerState.SLEEPING, silent_since, later(silent_since, sleepy / 2)
        if not showcase and days > 8 and happens(rng, SHARE_LEFT):
            left_at = later(registered_at, rng.uniform(5, days - 1))
            return JobseekerState.LEFT, registered_at, left_at
        confirmed_at = max(registered_at, later(at, -min(around(rng, 14, 0.9), sleepy - 5)))
        return JobseekerState.ACTIVE, min(confirmed_at, at), at

    def _consents(
        self,
        rng: Random,
        names: NameList,
        language: str,
        channel: Channel,
        minor: bool,
        state: JobseekerState,
        shares: bool,
        family: str,
    ) -> tuple[GivenConsent, ...]:
        if state == JobseekerState.WAITING_FOR_GUARDIAN:
            return ()
        way = (
            ConsentWay.GUARDIAN
            if minor
            else (ConsentWay.SELF_ON_SCREEN if channel == Channel.WEB else ConsentWay.READ_ALOUD)
        )
        guardian = person_name(rng, names, "", family=family).text if minor else ""
        phone = self.nation.numbers.number(self.nation.people + rng.randrange(1000)) if minor else ""
        purposes = (Purpose.REGISTRATION, Purpose.SHARE_CONTACT) if shares else (Purpose.REGISTRATION,)
        return tuple(
            GivenConsent(
                purpose=purpose,
                version=CONSENT_VERSION,
                language=language,
                way=way,
                guardian_name=guardian,
                guardian_phone=phone,
            )
            for purpose in purposes
        )

    def _draw_again(self, rng: Random, position: int, first: Registration) -> Registration | None:
        """The same human registers again, elsewhere or later, under a name that is written a little differently."""
        nation, person = self.nation, first.person
        known = Likeness(match_key(person.name), person.born_on, frozenset(filter(None, [person.phone])))
        for name in misspelt(rng, person.name):
            phone = person.phone if happens(rng, 0.6) else nation.numbers.number(position)
            again = Likeness(match_key(name), person.born_on, frozenset([phone]) - {""})
            if not reasons_to_look_alike(known, again):
                continue
            moment = nation.clock.at_home(rng, nation.clock.days_since(first.registered_at) * rng.random())
            registered_at = max(moment, first.registered_at)
            return replace(
                first,
                position=position,
                ref=new_ref(rng),
                registered_at=registered_at,
                last_confirmed_at=registered_at,
                open_until=nation.clock.at,
                state=JobseekerState.ACTIVE,
                channel=Channel.WEB,
                counsellor=None,
                duplicate_of=person.ref,
                person=replace(
                    person,
                    ref=new_ref(rng),
                    log_key=f"{rng.getrandbits(128):032x}",
                    name=name,
                    phone=phone,
                    created_at=registered_at,
                    given_to="visitor",
                ),
            )
        return None
