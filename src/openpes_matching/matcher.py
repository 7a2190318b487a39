"""The Matcher: exact best lists in both directions, explained, and kept up to date row by row."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openpes_matching import compiling
from openpes_matching.arrays import MAX_ID, People, Vacancies
from openpes_matching.explaining import Explanation, Obstacle, Part, facts, obstacles
from openpes_matching.features import distance, skills
from openpes_matching.geography import root
from openpes_matching.needs import ALIVE, NEVER, NeedBits
from openpes_matching.policy import TERMS, Policy
from openpes_matching.rules import Rules
from openpes_matching.scoring import Twin, parts
from openpes_matching.segments import PeopleSegment, VacancySegment, people_segment, vacancy_segment
from openpes_matching.sides import Ids, Side, join_tables
from openpes_matching.tables import PeopleTable, VacancyTable, people_table, vacancy_table

Progress = Callable[[int, int], None]
ENGINES = ("auto", "numpy", "numba")
WORTH_COMPILING = 300_000_000
"""Pairs above which `auto` waits for the kernels rather than begin without them."""
CHUNK = 2_000
MANY_PAIRS = 50_000
"""Pairs above which their points are worth a kernel of their own."""
SMALL_SEGMENT = 20_000
"""Changed rows that may gather beside the large segment before it is laid out again."""
MOST_DEAD_ROWS = 1_000
"""Rows out of service that are kept before they are swept away (and as many as there are others)."""


@dataclass(frozen=True, slots=True)
class Matches:
    """Best lists. query: (n,) ids asked for; id: (n, k) int64 ids found, best first, -1 after the last;
    score: (n, k) int32, -1 after the last."""

    query: NDArray[np.int64]
    id: NDArray[np.int64]
    score: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Match:
    """One line of a best list on a screen: id, score and the seven weighted points in the order of TERMS."""

    id: int
    score: int
    points: tuple[int, ...]


class Matcher:
    """Exact matching of people and vacancies.

    proximity: (n, n) uint8, see `proximity_from_isco`. skill_weight: (skills,) 1..255, default 64 for all; fixed when
    given, so that adding one vacancy changes no other score. engine: "auto" uses the slow twin until the kernels are
    compiled, "numpy" always does, "numba" waits for them; the integers are the same.
    Not safe for changing (`put_`, `remove_`) and asking at the same time from two threads; asking from many is safe.
    """

    def __init__(
        self,
        people: People,
        vacancies: Vacancies,
        *,
        proximity: NDArray[np.uint8],
        skill_weight: NDArray[np.integer] | None = None,
        policy: Policy | None = None,
        engine: str = "auto",
    ) -> None:
        if engine not in ENGINES:
            raise ValueError(f"engine is one of {', '.join(ENGINES)}, not {engine!r}")
        self.policy = policy or Policy()
        self.engine = engine
        weights = np.zeros(0, np.int32) if skill_weight is None else np.asarray(skill_weight)
        self.rules = Rules(self.policy, proximity, weights)
        self._bits = NeedBits(self.policy)
        self._people, self._vacancies = Side(people), Side(vacancies)
        self._check_numbers(people, vacancies)
        self._bits.learn(vacancies)
        self._encode()

    @property
    def people(self) -> People:
        """The people in service."""
        return self._people.facts.take(self._people.rows(None))

    @property
    def vacancies(self) -> Vacancies:
        """The vacancies in service."""
        return self._vacancies.facts.take(self._vacancies.rows(None))

    # --- asking

    def match_people(self, k: int = 10, ids: Ids = None, progress: Progress | None = None) -> Matches:
        """The best k vacancies for each person (all people, or those with the given ids).

        progress(done, all) is called from time to time. Raises KeyError for an unknown id.
        """
        return self._match(self._people, self._vacancies, k, ids, progress)

    def match_vacancies(self, k: int = 10, ids: Ids = None, progress: Progress | None = None) -> Matches:
        """The best k people for each vacancy (all, or those with the given ids)."""
        return self._match(self._vacancies, self._people, k, ids, progress)

    def match_person(self, person: int, k: int = 10) -> list[Match]:
        """The best k vacancies of one person, with their points."""
        found = self.match_people(k, [person])
        ids = found.id[0][found.id[0] >= 0]
        return self._listed(found, self.points(np.full(len(ids), person), ids))

    def match_vacancy(self, vacancy: int, k: int = 10) -> list[Match]:
        """The best k people of one vacancy, with their points."""
        found = self.match_vacancies(k, [vacancy])
        ids = found.id[0][found.id[0] >= 0]
        return self._listed(found, self.points(ids, np.full(len(ids), vacancy)))

    def points(self, people: Ids, vacancies: Ids) -> NDArray[np.int32]:
        """(m, 7) weighted points of m pairs of ids, in the order of TERMS; rows add up to the scores."""
        p, v = self._people.rows(people), self._vacancies.rows(vacancies)
        if len(p) > MANY_PAIRS and self._use_kernels(len(p), 1):
            return self._points_by_kernel(p, v)
        weights = np.array(self.policy.weights, np.int64)
        return (self._parts(p, v).T * weights).astype(np.int32)

    def explain(self, person: int, vacancy: int) -> Explanation:
        """Score, parts, facts and obstacles of any pair, also one that is excluded. Raises KeyError."""
        p, v = int(self._people.rows([person])[0]), int(self._vacancies.rows([vacancy])[0])
        values = self._parts(np.array([p]), np.array([v]))[:, 0]
        decametres = self._decametres(p, v)
        told = facts(self._people.facts, p, self._vacancies.facts, v, decametres, self._near(p, v))
        made = tuple(
            Part(term, weight, int(value), weight * int(value), known, detail)
            for term, weight, value, (known, detail) in zip(TERMS, self.policy.weights, values, told, strict=True)
        )
        against = obstacles(self._people.facts, p, self._vacancies.facts, v, decametres, self.policy)
        return Explanation(person, vacancy, sum(part.points for part in made), made, against)

    def why_not(self, person: int, vacancy: int) -> tuple[Obstacle, ...]:
        """The constraints that exclude the pair; empty when it is eligible. Raises KeyError."""
        return self.explain(person, vacancy).obstacles

    def for_people(self, people: People) -> Matcher:
        """A Matcher of other people against the same vacancies, whose index it shares. Change neither afterwards."""
        self._segments(self._vacancies)
        other = copy.copy(self)
        other._people, other._twin = Side(people), None
        other._check_numbers(people, None)
        other._people.table = other._table(other._people, people)
        return other

    # --- changing

    def put_people(self, people: People) -> None:
        """Add people, or replace those with the same ids. Under a second, without a rebuild."""
        self._check_numbers(people, None)
        self._put(self._people, people)

    def put_vacancies(self, vacancies: Vacancies) -> None:
        """Add vacancies, or replace those with the same ids. Under a second, without a rebuild."""
        self._check_numbers(None, vacancies)
        words = self._bits.words
        if self._bits.learn(vacancies):
            self._hold_new_needs(words)
        self._put(self._vacancies, vacancies)

    def remove_people(self, ids: Iterable[int]) -> None:
        """Take people out of service. Raises KeyError for an unknown id."""
        self._withdraw(self._people, self._people.rows(list(ids)))

    def remove_vacancies(self, ids: Iterable[int]) -> None:
        """Take vacancies out of service. Raises KeyError for an unknown id."""
        self._withdraw(self._vacancies, self._vacancies.rows(list(ids)))

    # --- inside

    def _check_numbers(self, people: People | None, vacancies: Vacancies | None) -> None:
        n = len(self.rules.proximity)
        for name, column in (
            ("wanted", people.wanted if people else None),
            ("occupation", vacancies.occupation if vacancies else None),
        ):
            if column is not None and column.size and int(column.max()) >= n:
                raise ValueError(f"{name} holds {int(column.max())}; the proximity matrix knows {n} occupations")
        if people is not None:
            self.rules.widen_skills(people.skills.width)
        if vacancies is not None:
            self.rules.widen_skills(max(vacancies.skills.width, vacancies.must_skills.width))

    def _table(self, side: Side, facts_: Any) -> Any:
        if side is self._people:
            return people_table(facts_, self._bits, self.rules.spoken)
        return vacancy_table(facts_, self._bits, self.rules.asked, self.rules.skill_weight)

    def _encode(self) -> None:
        for side in (self._people, self._vacancies):
            side.table = self._table(side, side.facts)
        self._twin: Twin | None = None

    def _put(self, side: Side, fresh: Any) -> None:
        replaced = side.present(fresh.id)
        self._withdraw(side, replaced)
        # The old row of a replaced id stays where it lies, out of service, so ids may repeat among the rows.
        side.facts = side.facts.concat_unchecked([side.facts, fresh])
        added = self._table(side, fresh)
        side.table = join_tables(side.table, added)
        side.alive = np.concatenate([side.alive, np.ones(len(fresh), np.bool_)])
        side.small = None
        side.forget_index()
        self._twin = None
        if len(side.alive) - side.laid_out > SMALL_SEGMENT:
            side.large = None
        dead = int((~side.alive).sum())
        if dead > MOST_DEAD_ROWS and dead > len(side.alive) // 2:
            self._sweep(side)

    def _sweep(self, side: Side) -> None:
        """Let go of the rows that are out of service, so that a Matcher that lives long stays small."""
        side.facts = side.facts.take(np.flatnonzero(side.alive))
        side.table = self._table(side, side.facts)
        side.alive = np.ones(len(side.facts), np.bool_)
        side.large = side.small = None
        side.laid_out = 0
        side.forget_index()

    def _withdraw(self, side: Side, rows: NDArray[np.int64]) -> None:
        if not len(rows):
            return
        side.alive[rows] = False
        side.forget_index()
        bits = side.table.have if side is self._people else side.table.need
        _close(bits, rows, side is self._people)
        if side.large is not None:
            places = np.flatnonzero(np.isin(side.large.row, rows))
            _close(side.large.have if side is self._people else side.large.need, places, side is self._people)
        side.small = None

    def _hold_new_needs(self, words_before: int) -> None:
        side = self._people
        have = self._bits.held(side.facts)
        have[0, ~side.alive] &= ~ALIVE
        side.table = side.table._replace(have=have)
        if side.large is not None:
            side.large = side.large._replace(have=np.ascontiguousarray(have[:, side.large.row]))
        side.small = None
        grown = self._bits.words - words_before
        if grown:
            side = self._vacancies
            side.table = side.table._replace(need=_more_words(side.table.need, grown))
            if side.large is not None:
                side.large = side.large._replace(need=_more_words(side.large.need, grown))
            side.small = None
        self._twin = None

    def _segments(self, side: Side) -> list[Any]:
        build: Any = people_segment if side is self._people else vacancy_segment
        if side.large is None:
            side.large = build(side.table, np.flatnonzero(side.alive), self.rules)
            side.laid_out = len(side.alive)
            side.small = None
        late = side.laid_out + np.flatnonzero(side.alive[side.laid_out :])
        if len(late) and side.small is None:
            side.small = build(side.table, late, self.rules)
        return [side.large] if side.small is None or not len(late) else [side.large, side.small]

    def _use_kernels(self, queries: int, candidates: int) -> bool:
        if self.engine == "numpy":
            return False
        if self.engine == "numba" or compiling.ready():
            return True
        return queries * candidates > WORTH_COMPILING

    def _match(self, asking: Side, offered: Side, k: int, ids: Ids, progress: Progress | None) -> Matches:
        if k < 1:
            raise ValueError(f"k must be at least 1, not {k}")
        rows = asking.rows(ids)
        if self._use_kernels(len(rows), len(offered.alive)):
            keys = self._by_kernel(asking, offered, rows, k, progress)
        else:
            keys = self._by_twin(asking, rows, k, progress)
        empty = keys < 0
        return Matches(
            query=asking.facts.id[rows],
            id=np.where(empty, -1, MAX_ID - (keys & MAX_ID)),
            score=np.where(empty, -1, keys >> 32).astype(np.int32),
        )

    def _by_twin(self, asking: Side, rows: NDArray[np.int64], k: int, progress: Progress | None) -> NDArray[np.int64]:
        if self._twin is None:
            self._twin = Twin(self._people.table, self._vacancies.table, self.rules)
        one = self._twin.vacancies_for if asking is self._people else self._twin.people_for
        out = np.empty((len(rows), k), np.int64)
        for i, row in enumerate(rows):
            out[i] = one(int(row), k)
            if progress and (i + 1) % CHUNK == 0:
                progress(i + 1, len(rows))
        return out

    def _by_kernel(
        self, asking: Side, offered: Side, rows: NDArray[np.int64], k: int, progress: Progress | None
    ) -> NDArray[np.int64]:
        module = compiling.kernels()
        kernel = module.best_vacancies if asking is self._people else module.best_people
        rules = module.constants(self.rules)
        order = _by_home(asking.table, rows) if len(rows) > 1 else np.zeros(1, np.int64)
        sorted_rows = rows[order] if len(rows) else rows
        best: NDArray[np.int64] | None = None
        for segment in self._segments(offered):
            out = np.empty((len(rows), k), np.int64)
            _run(kernel, sorted_rows, asking.table, segment, rules, out, progress)
            best = out if best is None else -np.sort(-np.concatenate([best, out], axis=1), axis=1)[:, :k]
        assert best is not None
        unsorted = np.empty_like(best)
        unsorted[order[: len(rows)]] = best
        return unsorted

    def _points_by_kernel(self, p: NDArray[np.int64], v: NDArray[np.int64]) -> NDArray[np.int32]:
        if len(p) != len(v):
            raise ValueError("there must be one vacancy for each person")
        kernel, rules = compiling.points_kernel(), compiling.kernels().constants(self.rules)
        p, v = np.require(p, requirements=["C", "W", "O"]), np.require(v, requirements=["C", "W", "O"])
        out = np.empty((len(p), len(TERMS)), np.int32)
        people, vacancies = self._people.table, self._vacancies.table
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            jobs = [
                pool.submit(kernel, people, p, vacancies, v, rules, lo, min(lo + MANY_PAIRS, len(p)), out)
                for lo in range(0, len(p), MANY_PAIRS)
            ]
            for job in jobs:
                job.result()
        return out

    def _parts(self, p: NDArray[np.int64], v: NDArray[np.int64]) -> NDArray[np.int64]:
        people: PeopleTable = self._people.table
        vacancies: VacancyTable = self._vacancies.table
        matched = skills.matched_weight(
            people.skill_start,
            people.skill,
            p,
            vacancies.skill_start,
            vacancies.skill,
            v,
            self.rules.skill_weight,
        )
        return parts(people, p, vacancies, v, matched, self.rules)

    def _decametres(self, p: int, v: int) -> int | None:
        people, vacancies = self._people.table, self._vacancies.table
        if not (people.located[p] and vacancies.located[v]):
            return None
        # Rounded up where it is not whole, so that a pair just past the limit is never told to lie within it.
        square = distance.square(people, np.array([p]), vacancies, np.array([v]))
        whole = int(root(square)[0])
        return whole if whole * whole == int(square[0]) else whole + 1

    def _near(self, p: int, v: int) -> tuple[int | None, int | None]:
        offered = int(self._vacancies.table.occupation[v])
        best: tuple[int | None, int | None] = (None, None)
        for choice, (want, eighths) in enumerate(zip(self._people.table.wanted[p], self.rules.eighths, strict=True)):
            if want >= 0 and offered >= 0:
                near = int(self.rules.proximity[want, offered]) * eighths // 8
                if best[1] is None or near > best[1]:
                    best = (choice + 1, near)
        return best

    @staticmethod
    def _listed(found: Matches, points: NDArray[np.int32]) -> list[Match]:
        return [
            Match(int(i), int(s), tuple(int(x) for x in row))
            for i, s, row in zip(found.id[0], found.score[0], points, strict=False)
        ]


def _close(bits: NDArray[np.uint64], places: NDArray[np.int64], people: bool) -> None:
    if people:
        bits[0, places] &= ~ALIVE
    else:
        bits[0, places] |= NEVER


def _more_words(bits: NDArray[np.uint64], more: int) -> NDArray[np.uint64]:
    return np.concatenate([bits, np.zeros((more, bits.shape[1]), np.uint64)])


def _by_home(table: Any, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Neighbours after each other, and among them those of one occupation, so that memory is read again while
    warm."""
    east, north = np.floor(table.lon[rows] * 5).astype(np.int64), np.floor(table.lat[rows] * 5).astype(np.int64)
    first = table.wanted[rows, 0] if hasattr(table, "wanted") else table.occupation[rows]
    return np.lexsort((first, north, east))


def _run(
    kernel: Any,
    rows: NDArray[np.int64],
    table: Any,
    segment: VacancySegment | PeopleSegment,
    rules: Any,
    out: NDArray[np.int64],
    progress: Progress | None,
) -> None:
    """The kernel over all rows, in chunks on all processors; the kernel gives up the interpreter lock."""
    starts = range(0, len(rows), CHUNK)
    if len(starts) <= 1:
        kernel(rows, 0, len(rows), table, segment, rules, out)
        return
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        jobs = [pool.submit(kernel, rows, lo, min(lo + CHUNK, len(rows)), table, segment, rules, out) for lo in starts]
        try:
            for done, job in enumerate(jobs):
                job.result()
                if progress:
                    progress(min((done + 1) * CHUNK, len(rows)), len(rows))
        except BaseException:  # whoever watches the progress may stop the run: what has not begun is let go
            pool.shutdown(wait=False, cancel_futures=True)
            raise
