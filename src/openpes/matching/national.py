"""The arithmetic of a national run: read, match, share out, and say who received nothing. Writes nothing.

Every step asks `check` whether to go on; it raises `Stopped` when somebody has asked the run to stop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openpes.matching.packing import ENTRY, pack
from openpes.matching.policy import ListPolicy, list_policy_on, policy_on
from openpes.matching.reading import read_people, read_vacancies
from openpes.matching.standing import kept, reordered
from openpes.reference.country import country
from openpes.reference.relatedness import proximity_matrix
from openpes.vacancies.queries import standing_rows
from openpes_matching import Matcher, Matches, Vocabulary, allocate, capped_lists, why_unserved

MOST_EXAMINED = 500
"""People without a single vacancy whose reason is looked into; of more, as many are taken evenly."""
PEOPLE_AT_ONCE = 20_000

Check = Callable[[str, int, int], None]


class Stopped(Exception):
    """Somebody asked the run to stop."""


@dataclass
class Nation:
    """A matcher and what it found. found: the best of each person, more than are shown."""

    matcher: Matcher
    found: Matches
    policy: ListPolicy


@dataclass(frozen=True)
class Shown:
    """The lists that people are shown. vacancy, score: (people, length), -1 after the last; people: (people,) keys."""

    people: NDArray[np.int64]
    vacancy: NDArray[np.int64]
    score: NDArray[np.int32]


def match_nation(*, on: date, check: Check) -> Nation:
    """Read everybody and every public vacancy, and match them exactly."""
    currency, policy = country().currency.code, list_policy_on(on)
    codes, matrix = proximity_matrix()
    words = Vocabulary(codes)
    check("read people", 0, 1)
    people = read_people(words, currency=currency, on=on, tell=lambda n: check("read people", n, n + 1))
    check("read vacancies", 0, 1)
    vacancies = read_vacancies(words, currency=currency, tell=lambda n: check("read vacancies", n, n + 1))
    matcher = Matcher(people, vacancies, proximity=matrix, policy=policy_on(on), skill_weight=None, engine="auto")
    found = matcher.match_people(k=policy.pool, progress=lambda done, total: check("match", done, total))
    return Nation(matcher, found, policy)


def _edges(nation: Nation) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Row of the person, place of the vacancy among the sorted keys, and score of every pair that was found."""
    keys = np.sort(nation.matcher.vacancies.id)
    there = nation.found.id >= 0
    person = np.repeat(np.arange(len(there), dtype=np.int32), there.sum(1))
    return person, np.searchsorted(keys, nation.found.id[there]).astype(np.int32), nation.found.score[there]


def _places(nation: Nation) -> NDArray[np.int64]:
    """Places left, in the order of the sorted keys."""
    vacancies = nation.matcher.vacancies
    return vacancies.places[np.argsort(vacancies.id)].astype(np.int64)


def share_out(nation: Nation, *, check: Check) -> tuple[Shown, dict[str, Any]]:
    """Lists in which no vacancy is named too often, and how well all places could be filled, with a proven gap."""
    check("share out", 0, 2)
    person, vacancy, score = _edges(nation)
    places, length, found = _places(nation), nation.policy.length, nation.found
    told: dict[str, Any] = {"places": int(places.sum()), "pool": nation.policy.pool, "cap": nation.policy.exposure_cap}
    chosen = _within_cap(person, vacancy, score, places, nation, told)
    shown = _cut(found, person, chosen, length)
    check("share out", 1, 2)
    if len(person):
        made = allocate(person, vacancy, score, places, people=len(found.query))
        told |= {
            "filled": int(made.chosen.sum()),
            "total": made.total,
            "bound": made.bound,
            "gap_ppm": round(made.gap * 1_000_000),
        }
    check("share out", 2, 2)
    return shown, told


def _within_cap(person: Any, vacancy: Any, score: Any, places: Any, nation: Nation, told: dict[str, Any]) -> Any:
    """(m,) which edges are shown: the best of each person, or the capped lists where one is named too often."""
    first = np.flatnonzero(np.concatenate([[True], person[1:] != person[:-1]])) if len(person) else person
    rank = np.arange(len(person)) - np.repeat(first, np.diff(np.concatenate([first, [len(person)]])))
    usual = rank < nation.policy.length
    wished = np.bincount(vacancy[usual], minlength=len(places))
    told["highest_load_before"] = round(float((wished / places).max()), 1) if len(places) else 0
    cap = places * nation.policy.exposure_cap
    if not nation.policy.exposure_cap or not (wished > cap).any():
        return usual
    made = capped_lists(person, vacancy, score, cap, people=len(nation.found.query), length=nation.policy.length)
    load = np.bincount(vacancy[made.chosen], minlength=len(places))
    before, after = score[usual], score[made.chosen]
    told |= {
        "highest_load_after": round(float((load / places).max()), 1),
        "entries_before": len(before),
        "entries_after": len(after),
        "kept_ppm": int((made.chosen & usual).sum() * 1_000_000 // max(1, len(before))),
        # No way of sharing out could keep more: a vacancy that is wished for more often than its cap loses the rest.
        "keepable_ppm": int(np.minimum(wished, cap).sum() * 1_000_000 // max(1, len(before))),
        "mean_score_before": round(float(before.mean())),
        "mean_score_after": round(float(after.mean())),
    }
    return made.chosen


def _cut(found: Matches, person: Any, chosen: Any, length: int) -> Shown:
    """The chosen of each person, in their order, moved to the left."""
    flat = np.zeros(found.id.shape, np.bool_)
    flat[found.id >= 0] = chosen
    row, column = np.nonzero(flat)
    place = np.arange(len(row)) - np.repeat(np.cumsum(flat.sum(1)) - flat.sum(1), flat.sum(1))
    vacancy = np.full((len(flat), length), -1, np.int64)
    score = np.full((len(flat), length), -1, np.int32)
    vacancy[row, place], score[row, place] = found.id[row, column], found.score[row, column]
    return Shown(found.query, vacancy, score)


def by_standing(nation: Nation, shown: Shown, *, at: datetime) -> Shown:
    """The same lists, re-ordered by freshness and answers where the policy says so."""
    policy = nation.policy
    if not policy.liveness and not policy.answering:
        return shown
    rows = {key: (confirmed, answers, asked) for key, confirmed, answers, asked in standing_rows()}
    keys = np.sort(nation.matcher.vacancies.id)
    held = [rows.get(int(key), (None, 0, 0)) for key in keys]
    days = np.array([-1 if one[0] is None else max(0, (at - one[0]).days) for one in held], np.int64)
    share = kept(
        days,
        np.array([one[1] for one in held]),
        np.array([one[2] for one in held]),
        liveness=policy.liveness,
        answering=policy.answering,
    )
    mine = share[np.minimum(np.searchsorted(keys, shown.vacancy), len(keys) - 1)] if len(keys) else shown.score
    order = reordered(shown.score, mine)
    return Shown(shown.people, np.take_along_axis(shown.vacancy, order, 1), np.take_along_axis(shown.score, order, 1))


def packed(nation: Nation, shown: Shown) -> Iterator[list[tuple[int, bytes]]]:
    """(person key, list) in pieces that each fit one short transaction; people with nothing are left out."""
    for start in range(0, len(shown.people), PEOPLE_AT_ONCE):
        part = slice(start, start + PEOPLE_AT_ONCE)
        there = shown.vacancy[part] >= 0
        lengths, keys = there.sum(1), shown.people[part]
        vacancy = shown.vacancy[part][there]
        points = nation.matcher.points(np.repeat(keys, lengths), vacancy)
        whole = pack(vacancy, points).tobytes()
        ends = np.cumsum(lengths) * ENTRY.itemsize
        begins = ends - lengths * ENTRY.itemsize
        yield [
            (key, whole[begin:end])
            for key, begin, end in zip(keys.tolist(), begins.tolist(), ends.tolist(), strict=True)
            if end > begin
        ]


def reasons_of(nation: Nation, shown: Shown) -> tuple[NDArray[np.int64], dict[int, str]]:
    """Keys of the people who received nothing, and why for those looked into (all, or some taken evenly)."""
    without = shown.people[(shown.vacancy >= 0).sum(1) == 0]
    step = max(1, -(-len(without) // MOST_EXAMINED))
    found = why_unserved(nation.matcher, without[::step])
    return without, {one.person: one.reason for one in found}
