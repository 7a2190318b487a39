"""Drawing vacancies: what is offered, on which terms, and where each advert stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from openpes.core.ids import new_ref
from openpes.demo import labour
from openpes.demo.chance import Weighted, happens, stream
from openpes.demo.employers import ADVERTS_BY_SIZE, Firm
from openpes.demo.nation import Nation
from openpes.demo.times import later
from openpes.organisations.states import SizeBand
from openpes.reference import taxonomy
from openpes.reference.shifts import mask_of
from openpes.vacancies.liveness_operations import liveness_days
from openpes.vacancies.operations import Offered
from openpes.vacancies.rules import Finding, counts_as_hazardous
from openpes.vacancies.seeding import SyntheticVacancy, check
from openpes.vacancies.states import CloseReason, ContractType, VacancyState
from openpes_countries import find_forbidden_words

# For every live advert so many of the other kinds.
TAIL = {
    VacancyState.DRAFT: 0.02,
    VacancyState.SUBMITTED: 0.03,
    VacancyState.PAUSED: 0.02,
    VacancyState.REFUSED: 0.01,
    VacancyState.CLOSED: 2.0,
}
CLOSED_AS = Weighted({CloseReason.FILLED: 0.6, CloseReason.EXPIRED: 0.22, CloseReason.WITHDRAWN: 0.18})
PLACES = {
    SizeBand.ONE_TO_FOUR: Weighted({1: 0.85, 2: 0.15}),
    SizeBand.FIVE_TO_NINE: Weighted({1: 0.7, 2: 0.2, 3: 0.1}),
    SizeBand.TEN_TO_FORTY_NINE: Weighted({1: 0.5, 2: 0.25, 3: 0.15, 5: 0.1}),
    SizeBand.FIFTY_TO_249: Weighted({1: 0.45, 2: 0.3, 5: 0.2, 10: 0.05}),
    SizeBand.FROM_250: Weighted({2: 0.4, 5: 0.35, 10: 0.2, 30: 0.05}),
}
EDUCATION: dict[int, dict[int | None, float]] = {
    1: {None: 0.6, 1: 0.25, 2: 0.15},
    2: {None: 0.35, 2: 0.35, 3: 0.3},
    3: {3: 0.4, 4: 0.3, 5: 0.3},
    4: {5: 0.3, 6: 0.7},
}
EXPERIENCE = Weighted({None: 0.62, 6: 0.16, 12: 0.16, 24: 0.06})
CONTRACTS = Weighted(
    {
        ContractType.OPEN_ENDED: 0.6,
        ContractType.FIXED_TERM: 0.25,
        ContractType.CASUAL: 0.08,
        ContractType.APPRENTICESHIP: 0.05,
        ContractType.INTERNSHIP: 0.02,
    }
)
MON_TO_FRI = ("mon", "tue", "wed", "thu", "fri")
DAY_WEEK = mask_of([f"{day}-day" for day in MON_TO_FRI])
SIX_DAYS = mask_of([f"{day}-day" for day in (*MON_TO_FRI, "sat")])
LATE_WEEK = mask_of([f"{day}-evening" for day in (*MON_TO_FRI, "sat")])
WEEKENDS = mask_of(["sat-day", "sun-day", "sat-evening", "sun-evening"])
NIGHTS = mask_of([f"{day}-night" for day in MON_TO_FRI])
SHIFTS = Weighted[tuple[int, int]](
    {
        (DAY_WEEK, 40): 0.34,
        (SIX_DAYS, 48): 0.4,
        (SIX_DAYS | LATE_WEEK, 48): 0.08,
        (LATE_WEEK, 24): 0.07,
        (WEEKENDS, 20): 0.07,
        (NIGHTS, 40): 0.04,
    }
)
WORKED_AT_NIGHT = {"I", "N", "C", "H"}
SPEAKS_ENGLISH = {"4222", "4224", "5244", "4221", "5111"}
REFUSED_BECAUSE = (
    "Please write how much the job pays and how often.",
    "Please say what the person will do; one line is too short.",
    "The address could not be found. Please write street and town.",
)
SHOWCASE_ADVERTS = len(labour.SHOWCASE_OCCUPATIONS)
# Adverts stay open long enough, and enough of them are over, that earlier months hold about as many live ones as now.
MOST_OPEN_DAYS = 120


@dataclass(frozen=True, slots=True)
class Posters:
    """Keys of accounts that write and approve adverts: by position of the office, and of the firm's own staff."""

    officers: dict[int, list[int]]
    firm_accounts: dict[int, int]


@dataclass(frozen=True, slots=True)
class Advert:
    """An advert as drawn and the firm behind it."""

    position: int
    row: SyntheticVacancy
    firm: Firm


class AdvertDrawer:
    """Draws adverts one after another: the live ones first, then the tail of other states."""

    def __init__(
        self, nation: Nation, firms: list[Firm], employer_ids: list[int], office_ids: list[int], posters: Posters
    ) -> None:
        self.nation, self._employer_ids, self._office_ids, self._posters = nation, employer_ids, office_ids, posters
        self._posting = Weighted(
            [(firm, ADVERTS_BY_SIZE[firm.row.new.size_band] if firm.position else 0.0) for firm in firms if firm.posts]
        )
        self._first = firms[0]

    def states(self) -> Iterator[VacancyState]:
        """The state of each advert, in the order in which they are drawn."""
        yield from (VacancyState.LIVE for _number in range(self.nation.vacancies))
        for state, share in TAIL.items():
            yield from (state for _number in range(max(1, round(self.nation.vacancies * share))))

    def draw(self, position: int, state: VacancyState) -> Advert:
        """The advert at a position, standing where it is told to."""
        rng = stream(self.nation.seed, "vacancy", position)
        showcase = position < SHOWCASE_ADVERTS
        firm = self._first if showcase else self._posting.draw(rng)
        sector = firm.row.new.sector
        isco = labour.SHOWCASE_OCCUPATIONS[position] if showcase else self.nation.labour.draw_occupation(rng, sector)
        posted_at, live_since, closed_at = self._dates(rng, state, firm)
        offered = self._offer(rng, firm, isco, state, posted_at, showcase)
        # What is over is not looked at again.
        findings = check(offered, sector=sector, on=self.nation.clock.today) if state != VacancyState.CLOSED else ()
        return Advert(position, self._row(rng, firm, offered, state, posted_at, live_since, closed_at, findings), firm)

    def _dates(self, rng: Random, state: VacancyState, firm: Firm) -> tuple[datetime, datetime | None, datetime | None]:
        """When it was posted, made public and closed."""
        clock, history = self.nation.clock, self.nation.history_days
        if state in {VacancyState.DRAFT, VacancyState.SUBMITTED, VacancyState.REFUSED}:
            posted_at = clock.in_office_hours(rng, rng.uniform(0, 2 if state == VacancyState.SUBMITTED else 20))
            return posted_at, None, None
        if state == VacancyState.CLOSED:
            # More of them long ago, where none of today's live ones had begun: the stock stays about level.
            live_since = clock.in_office_hours(rng, 12 + (history - 12) * rng.random() ** 0.5)
            closed_at = min(later(live_since, rng.uniform(6, MOST_OPEN_DAYS)), later(clock.at, -rng.uniform(0.1, 3)))
            closed_at = max(closed_at, later(live_since, 1))
        else:
            live_since = clock.in_office_hours(rng, rng.uniform(0.5, MOST_OPEN_DAYS - 8))
            closed_at = None
        posted_at = later(live_since, -rng.uniform(0.05, 0.9))
        return posted_at, live_since, closed_at

    def _offer(
        self, rng: Random, firm: Firm, isco: str, state: VacancyState, posted_at: datetime, showcase: bool
    ) -> Offered:
        nation, sector = self.nation, firm.row.new.sector
        level = labour.skill_level(isco)
        shifts, hours = (SIX_DAYS, 48) if showcase else SHIFTS.draw(rng)
        if shifts == NIGHTS and sector not in WORKED_AT_NIGHT:
            shifts, hours = DAY_WEEK, 40
        weekly_hours = min(Decimal(hours), nation.pay.full_week)
        if state == VacancyState.SUBMITTED and happens(rng, 0.15):
            weekly_hours = nation.pay.full_week + 6
        amount, period = nation.pay.offer(
            rng, area_code=firm.spot.area_code, sector=sector, isco=isco, level=level, weekly_hours=weekly_hours
        )
        silent = state in {VacancyState.DRAFT, VacancyState.REFUSED} and happens(rng, 0.5)
        essential, useful = labour.essential_skills(isco), labour.useful_skills(isco)
        must = [] if showcase else [one for one in essential if happens(rng, 0.12)][:2]
        main = nation.spoken[0].tag
        posted_on = posted_at.astimezone(nation.clock.zone).date()
        return Offered(
            title=self._title(rng, isco),
            isco=isco,
            places=3 if showcase else PLACES[firm.row.new.size_band].draw(rng),
            area_code=firm.spot.area_code,
            description="" if silent else rng.choice(nation.names.adverts),
            pay_amount=None if silent else amount,
            pay_currency="" if silent else nation.pay.currency,
            pay_period=period,
            weekly_hours=weekly_hours,
            shifts=shifts,
            address=firm.row.new.address,
            education_level=None if showcase else Weighted(EDUCATION[level]).draw(rng),
            experience_months=None if showcase else EXPERIENCE.draw(rng),
            must_skill_ids=tuple(must),
            skill_ids=tuple(
                [one for one in essential if one not in must] + [one for one in useful if happens(rng, 0.35)]
            ),
            language_codes=(main, "en") if isco in SPEAKS_ENGLISH and main != "en" and happens(rng, 0.4) else (main,),
            licence_ids=tuple(labour.needed_licences(isco)),
            contract_type=CONTRACTS.draw(rng),
            starts_on=posted_on + timedelta(days=rng.randrange(3, 45)) if happens(rng, 0.7) else None,
            closes_before=self._last_day(rng, state, posted_at),
        )

    def _title(self, rng: Random, isco: str) -> str:
        """A title that chooses nobody by a forbidden ground: people say “salesgirl”, a lawful advert does not."""
        language = self.nation.page_languages[0].split("-")[0]
        for _try in range(6):
            title = self.nation.labour.title(rng, isco, language)
            if not find_forbidden_words(title, languages=(language, "en")):
                break
        else:
            title = taxonomy.name_of(isco, language)
        # Scripts without capitals stay as they are.
        return title[:1].upper() + title[1:]

    def _last_day(self, rng: Random, state: VacancyState, posted_at: datetime) -> date | None:
        """The day on which an advert ends by itself; of what is still open it lies ahead."""
        today = self.nation.clock.today
        if state == VacancyState.CLOSED:
            return None
        return max(
            posted_at.astimezone(self.nation.clock.zone).date() + timedelta(days=MOST_OPEN_DAYS),
            today + timedelta(days=rng.randrange(2, 10)),
        )

    def _asked_in_time(
        self, rng: Random, state: VacancyState, live_since: datetime | None, confirmed: datetime | None
    ) -> datetime | None:
        """What is live was confirmed within the days after which silence pauses it; what is paused was not."""
        if confirmed is None or live_since is None or state not in {VacancyState.LIVE, VacancyState.PAUSED}:
            return confirmed
        days = liveness_days(self.nation.clock.today)
        now, share = self.nation.clock.at, rng.random()
        if state == VacancyState.PAUSED:
            return max(live_since, now - timedelta(days=days.pause + 1 + share * (days.close - days.pause - 2)))
        return max(confirmed, now - timedelta(days=share * (days.pause - 1)))

    def _row(
        self,
        rng: Random,
        firm: Firm,
        offered: Offered,
        state: VacancyState,
        posted_at: datetime,
        live_since: datetime | None,
        closed_at: datetime | None,
        findings: tuple[Finding, ...],
    ) -> SyntheticVacancy:
        officers = self._posters.officers[firm.office]
        own = self._posters.firm_accounts.get(firm.position)
        poster = own if own is not None and happens(rng, 0.8) else rng.choice(officers)
        others = [one for one in officers if one != poster]
        refused = state == VacancyState.REFUSED
        decided = live_since is not None or refused
        reason = CLOSED_AS.draw(rng) if closed_at is not None else None
        confirmed = live_since
        if live_since is not None and happens(rng, 0.7):
            until = closed_at or self.nation.clock.at
            confirmed = later(live_since, (until - live_since) / timedelta(days=1) * rng.random())
        confirmed = self._asked_in_time(rng, state, live_since, confirmed)
        return SyntheticVacancy(
            ref=new_ref(rng),
            offered=offered,
            employer_id=self._employer_ids[firm.position],
            office_id=self._office_ids[firm.office],
            state=state,
            latitude=firm.spot.latitude,
            longitude=firm.spot.longitude,
            posted_at=posted_at,
            posted_by_id=poster,
            hazardous=counts_as_hazardous(
                isco=offered.isco, said_hazardous=False, judged_safe=decided and happens(rng, 0.75)
            ),
            findings=findings,
            decided_at=live_since or (posted_at if refused else None),
            decided_by_id=rng.choice(others) if decided and others else None,
            decision_note=rng.choice(REFUSED_BECAUSE) if refused else "",
            live_since=live_since,
            last_confirmed_at=confirmed,
            closed_at=closed_at,
            close_reason=reason,
        )
