"""What happened to each person: introductions, hires and other outcomes, and how they stand at the end of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from openpes.core.clock import age_on
from openpes.core.ids import new_ref
from openpes.demo.chance import Weighted, around, happens, stream
from openpes.demo.introductions import Standing, Step, cut, found_work, gave_up, standing, unfold, without_a_place
from openpes.demo.market import Market, Opening
from openpes.demo.nation import ADULT, Nation
from openpes.demo.registrations import Registration
from openpes.demo.times import later
from openpes.jobseekers.seeding import Move
from openpes.jobseekers.states import JobseekerState
from openpes.placements.rules import puts_in_work
from openpes.placements.seeding import SyntheticEvidence
from openpes.placements.states import EvidenceGrade, OutcomeKind
from openpes.referrals.rules import Clocks
from openpes.referrals.states import Ending

SHARE_REFERRED = 0.7
MEAN_INTRODUCTIONS = 3.4
MOST_INTRODUCTIONS = 9
# How often a counsellor looks in vain, on other days, before trying other work or none.
PATIENCE = 6
SHARE_OWN_APPLICATIONS = 0.22
SHARE_OTHER_OUTCOME = 0.07
SHARE_BACK_AFTER_WORK = 0.12


@dataclass(frozen=True, slots=True)
class Introduction:
    """One referral of a person as drawn."""

    ref: str
    opening: Opening
    by_person: bool
    now: Standing


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a person; `introduction` is the position of the referral behind it, None without one."""

    ref: str
    kind: OutcomeKind
    starts_on: date
    known_at: datetime
    evidence: tuple[SyntheticEvidence, ...]
    introduction: int | None


@dataclass(frozen=True, slots=True)
class Story:
    """A person's registration as it stands now, with everything that led there."""

    registration: Registration
    introductions: tuple[Introduction, ...]
    results: tuple[Result, ...]
    moves: tuple[Move, ...]

    @property
    def left_at(self) -> datetime | None:
        """When the person left, if they did."""
        return self.moves[-1].at if self.moves[-1].state == JobseekerState.LEFT else None


class Historian:
    """Tells the story of one person after another; places that are taken stay taken for those who follow."""

    def __init__(self, nation: Nation, market: Market, clocks: Clocks) -> None:
        self.nation, self.market, self.clocks = nation, market, clocks
        self._shown = market.showcase()
        share = nation.share_self_employed
        # Where more people work for themselves, more of those who find work alone do too.
        self._alone = Weighted({OutcomeKind.JOB: 1 - share, OutcomeKind.SELF_EMPLOYMENT: share * 0.7})

    def tell(self, registration: Registration) -> Story:
        """The story of a person. Tell them in order of position: the market remembers."""
        rng = stream(self.nation.seed, "history", registration.position)
        drawn = self._introductions(rng, registration)
        left = registration.state == JobseekerState.LEFT
        hire, hired_at = self._first_hire(drawn, registration.open_until if left else self.nation.clock.at)
        made = []
        for number, (opening, by_person, ref, steps) in enumerate(drawn):
            if hired_at is not None and number != hire:
                if steps[0].at >= hired_at:
                    opening.sent -= 1
                    continue
                steps = cut(steps, found_work(hired_at))
            elif hired_at is None and left:
                steps = cut(steps, gave_up(registration.open_until))
            made.append(
                (
                    number == hire,
                    Introduction(
                        ref, opening, by_person, standing(steps, clocks=self.clocks, until=self.nation.clock.at)
                    ),
                )
            )
        introductions = tuple(one for _hired, one in made)
        results = tuple(
            self._placement(rng, registration, one, number) for number, (hired, one) in enumerate(made) if hired
        )
        if not results and not any(one.now.ending is None for one in introductions):
            last = max(
                (one.now.ended_at for one in introductions if one.now.ended_at), default=registration.registered_at
            )
            results = self._other_result(rng, registration, last)
        return self._conclude(rng, registration, introductions, results)

    def _introductions(self, rng: Random, registration: Registration) -> list[tuple[Opening, bool, str, list[Step]]]:
        if registration.is_showcase and self._shown:
            return [self._shown_introduction(rng, registration)]
        begins, ends = registration.registered_at, registration.open_until
        days = (ends - begins) / timedelta(days=1)
        if not registration.shares_contact or days < 0.3 or not happens(rng, SHARE_REFERRED):
            return []
        many = min(
            MOST_INTRODUCTIONS, 1 + int(rng.expovariate(1 / (MEAN_INTRODUCTIONS - 0.5)) * min(1, 0.3 + days / 60))
        )
        drawn: list[tuple[Opening, bool, str, list[Step]]] = []
        # First the work wanted and its nearest kin; who finds too little of it is also shown what else there is.
        for alike in ((4, 3), (2, 1)):
            misses = 0
            while len(drawn) < many and misses < PATIENCE:
                moment = self._moment(rng, begins, days)
                opening = self._find(rng, registration, moment, alike)
                if opening is None or any(opening is before for before, _by, _ref, _steps in drawn):
                    misses += 1
                    continue
                opening.sent += 1
                steps = unfold(rng, opening=opening, sent_at=moment, clocks=self.clocks)
                drawn.append((opening, happens(rng, SHARE_OWN_APPLICATIONS), new_ref(rng), steps))
        return sorted(drawn, key=lambda one: one[3][0].at)

    def _find(
        self, rng: Random, registration: Registration, moment: datetime, alike: tuple[int, ...]
    ) -> Opening | None:
        """An opening for a person at a moment; hazardous work is for adults."""
        profile = registration.profile
        return self.market.find(
            rng,
            area_code=profile.area_code,
            wanted=tuple(one.isco for one in profile.wanted),
            max_km=profile.max_km or 25,
            adult=age_on(registration.person.born_on, moment.date()) >= ADULT,
            moment=moment,
            alike=alike,
        )

    def _moment(self, rng: Random, begins: datetime, days: float) -> datetime:
        """A moment of a person's time with the service, in the hours when people are awake and offices often open."""
        moment = later(begins, rng.uniform(0.05, days))
        hour = moment.astimezone(self.nation.clock.zone).hour
        return moment if 7 <= hour < 21 else max(later(begins, 0.02), later(moment, -0.5))

    def _shown_introduction(self, rng: Random, registration: Registration) -> tuple[Opening, bool, str, list[Step]]:
        """The running introductions that a visitor may answer: to the first employer, in the last days."""
        opening = self._shown[registration.position % len(self._shown)]
        days_ago = 1.2 if registration.position == 0 else rng.uniform(0.2, self.clocks.reminder + 1.5)
        sent_at = max(later(self.nation.clock.at, -days_ago), later(opening.live_since, 0.01))
        opening.sent += 1
        steps = unfold(rng, opening=opening, sent_at=sent_at, clocks=self.clocks, silent=True)
        return opening, registration.position % 3 == 2, new_ref(rng), steps

    def _first_hire(
        self, drawn: list[tuple[Opening, bool, str, list[Step]]], until: datetime
    ) -> tuple[int | None, datetime | None]:
        """Which introduction ended first in a hire until an instant, and when; a hire without a place becomes a no."""
        hires = sorted(
            (steps[-1].at, number)
            for number, (_opening, _by, _ref, steps) in enumerate(drawn)
            if steps[-1].ending == Ending.HIRED
        )
        for at, number in hires:
            opening, by_person, ref, steps = drawn[number]
            if opening.may_hire and at <= until:
                opening.taken_at.append(at)
                return number, at
            drawn[number] = (opening, by_person, ref, without_a_place(steps))
        return None, None

    def _placement(self, rng: Random, registration: Registration, introduction: Introduction, number: int) -> Result:
        now = self.nation.clock.at
        known_at = introduction.now.ended_at
        assert known_at is not None
        actor = f"link:{introduction.ref}"
        evidence = [SyntheticEvidence(EvidenceGrade.SAID_BY_EMPLOYER, known_at, actor, source="answer link")]
        said_at = later(known_at, around(rng, 6, 0.7))
        if happens(rng, 0.45) and said_at < now:
            evidence.append(
                SyntheticEvidence(
                    EvidenceGrade.SAID_BY_PERSON,
                    said_at,
                    registration.person.log_key,
                    agrees=happens(rng, 0.96),
                    source="web",
                )
            )
        seen_at = later(known_at, around(rng, 35, 0.4))
        if happens(rng, 0.25) and seen_at < now:
            evidence.append(
                SyntheticEvidence(
                    EvidenceGrade.CONFIRMED_BY_REGISTER,
                    seen_at,
                    "system:register",
                    source="synthetic social insurance list",
                )
            )
        evidence.sort(key=lambda one: one.at)
        starts_on = known_at.astimezone(self.nation.clock.zone).date() + timedelta(days=rng.randrange(1, 15))
        return Result(new_ref(rng), OutcomeKind.JOB, starts_on, known_at, tuple(evidence), number)

    def _other_result(self, rng: Random, registration: Registration, after: datetime) -> tuple[Result, ...]:
        """What came without the service: work found alone, a business, school, a programme. The person says so."""
        clock = self.nation.clock
        days = clock.days_since(after)
        standing_well = registration.state in {JobseekerState.ACTIVE, JobseekerState.SLEEPING}
        if registration.is_showcase or not standing_well or days < 3 or not happens(rng, SHARE_OTHER_OUTCOME):
            return ()
        known_at = later(clock.at, -rng.uniform(0.5, days - 1))
        age = age_on(registration.person.born_on, known_at.date())
        kind = Weighted(
            {
                None: 0.68,
                OutcomeKind.RETURN_TO_SCHOOL: 0.2 if age < 20 else 0.03,
                OutcomeKind.PROGRAMME_ENTRY: 0.12,
                OutcomeKind.APPRENTICESHIP: 0.05,
            }
        ).draw(rng)
        kind = kind or self._alone.draw(rng)
        evidence = SyntheticEvidence(EvidenceGrade.SAID_BY_PERSON, known_at, registration.person.log_key, source="desk")
        starts_on = known_at.astimezone(clock.zone).date() - timedelta(days=rng.randrange(0, 10))
        return (Result(new_ref(rng), kind, starts_on, known_at, (evidence,), None),)

    def _conclude(
        self,
        rng: Random,
        registration: Registration,
        introductions: tuple[Introduction, ...],
        results: tuple[Result, ...],
    ) -> Story:
        """The registration as the outcomes leave it, with every state it went through."""
        waits = registration.state == JobseekerState.WAITING_FOR_GUARDIAN
        moves = [Move(registration.state if waits else JobseekerState.ACTIVE, registration.registered_at)]
        if registration.state == JobseekerState.SLEEPING:
            moves.append(Move(JobseekerState.SLEEPING, self._rests_from(registration.last_confirmed_at)))
        elif registration.state == JobseekerState.LEFT:
            moves.append(Move(JobseekerState.LEFT, registration.open_until))
        for result in results:
            moves = [move for move in moves if move.at <= result.known_at]
            moves += self._moves_after(rng, result, moves[-1].state, registration.state)
        known = [result.known_at for result in results]
        returned = [move.at for move in moves if move.state == JobseekerState.ACTIVE]
        return Story(
            replace(
                registration,
                state=moves[-1].state,
                last_confirmed_at=max(registration.last_confirmed_at, *known, *returned, registration.registered_at),
            ),
            introductions,
            results,
            tuple(moves),
        )

    def _moves_after(self, rng: Random, result: Result, now_in: JobseekerState, drawn: JobseekerState) -> list[Move]:
        """The states that an outcome leads to; some come back from work, and some of those fall silent."""
        if result.kind == OutcomeKind.RETURN_TO_SCHOOL:
            return [Move(JobseekerState.LEFT, result.known_at)]
        moves, active_since = [], result.known_at
        if puts_in_work(result.kind):
            moves.append(Move(JobseekerState.IN_WORK, result.known_at))
            active_since = later(result.known_at, rng.uniform(20, 80))
            if not happens(rng, SHARE_BACK_AFTER_WORK) or active_since >= self.nation.clock.at:
                return moves
            moves.append(Move(JobseekerState.ACTIVE, active_since))
        elif now_in != JobseekerState.ACTIVE:
            moves.append(Move(JobseekerState.ACTIVE, active_since))
        elif drawn == JobseekerState.ACTIVE:
            return []
        rests_from = self._rests_from(active_since)
        return [*moves, Move(JobseekerState.SLEEPING, rests_from)] if rests_from <= self.nation.clock.at else moves

    def _rests_from(self, silent_since: datetime) -> datetime:
        """When a registration rests of which nothing was heard since an instant."""
        return later(silent_since, self.nation.sleeps_after_days)
