"""The matcher that a process keeps in memory for its screens: built once, then told only what has changed."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import date, datetime

from openpes.jobseekers.queries import Seeker, seekers
from openpes.matching.policy import policy_on
from openpes.matching.rows import person_rows, vacancy_rows
from openpes.reference.country import country
from openpes.reference.imported import links_stamp
from openpes.reference.relatedness import proximity_matrix
from openpes.vacancies.queries import changed_since, offers
from openpes_matching import Explanation, Match, Matcher, Policy, Vocabulary

PERSON_PLACE = 0


class LiveMatcher:
    """All public vacancies, and room for the one person who is asked about. Safe for several threads."""

    def __init__(self, *, on: date) -> None:
        self._lock = threading.Lock()
        self._on = on
        self._policy: Policy = policy_on(on)
        codes, matrix = proximity_matrix()
        self._words = Vocabulary(codes)
        self._currency = country().currency.code
        self._seen: datetime | None = None
        self._matcher = Matcher(
            self._words.people([]),
            self._words.vacancies([]),
            proximity=matrix,
            policy=self._policy,
            skill_weight=None,
            engine="auto",
        )

    @property
    def on(self) -> date:
        """The day whose policy it follows."""
        return self._on

    def _catch_up(self) -> None:
        """Take in vacancies that were added, changed or ended since the last look."""
        changes = changed_since(self._seen)
        if not changes.keys:
            return
        rows = vacancy_rows(offers(only=changes.public_keys), currency=self._currency)
        gone = set(changes.keys) - {row["id"] for row in rows}
        held = set(self._matcher.vacancies.id.tolist())
        if rows:
            self._matcher.put_vacancies(self._words.vacancies(rows))
        if gone & held:
            self._matcher.remove_vacancies(sorted(gone & held))
        self._seen = changes.latest

    def _put(self, seeker: Seeker) -> None:
        rows = person_rows([seeker], currency=self._currency, on=self._on)
        others = [one for one in self._matcher.people.id.tolist() if one != seeker.id]
        self._matcher.put_people(self._words.people(rows))
        if others:
            self._matcher.remove_people(others)

    def best_for(self, seeker: Seeker, *, k: int) -> list[Match]:
        """The best vacancies for a person now, best first."""
        with self._lock:
            self._catch_up()
            self._put(seeker)
            return self._matcher.match_person(seeker.id, k=k)

    def explain(self, seeker: Seeker, vacancy_id: int) -> tuple[Explanation, Vocabulary]:
        """Every part and every obstacle of one pair, also of a vacancy that is not public any more."""
        with self._lock:
            self._catch_up()
            self._put(seeker)
            if vacancy_id not in set(self._matcher.vacancies.id.tolist()):
                rows = vacancy_rows(offers(only=[vacancy_id]), currency=self._currency)
                self._matcher.put_vacancies(self._words.vacancies(rows))
                explanation = self._matcher.explain(seeker.id, vacancy_id)
                self._matcher.remove_vacancies([vacancy_id])
                return explanation, self._words
            return self._matcher.explain(seeker.id, vacancy_id), self._words

    def explain_several(self, seeker: Seeker, vacancy_ids: Iterable[int]) -> tuple[list[Explanation], Vocabulary]:
        """Every part of several pairs at once; a vacancy that is not public any more is left out."""
        with self._lock:
            self._catch_up()
            self._put(seeker)
            held = set(self._matcher.vacancies.id.tolist())
            return [self._matcher.explain(seeker.id, one) for one in vacancy_ids if one in held], self._words

    def best_people(self, vacancy_id: int, seekers: Iterable[Seeker], *, k: int) -> list[tuple[Match, Explanation]]:
        """The best of the people given for one vacancy, best first, with every part of each pair.

        Empty for a vacancy that is not public now.
        """
        with self._lock:
            self._catch_up()
            rows = person_rows(seekers, currency=self._currency, on=self._on)
            if not rows or vacancy_id not in set(self._matcher.vacancies.id.tolist()):
                return []
            matcher = self._matcher.for_people(self._words.people(rows))
            return [(one, matcher.explain(one.id, vacancy_id)) for one in matcher.match_vacancy(vacancy_id, k=k)]

    @property
    def words(self) -> Vocabulary:
        """The words that explanations refer to."""
        return self._words


_live: dict[str, LiveMatcher] = {}
_building = threading.Lock()


def live_matcher(*, on: date) -> LiveMatcher:
    """The matcher of this process for a day.

    A new day, a new state of the pack, or other links between a publisher's skills and ours build a new one.
    """
    name = f"{country().hash}:{on.isoformat()}:{links_stamp()}"
    with _building:
        if name not in _live:
            _live.clear()
            _live[name] = LiveMatcher(on=on)
        return _live[name]


def forget() -> None:
    """Drop the matcher of this process: for tests, where each database is another world."""
    with _building:
        _live.clear()


def seeker_of(jobseeker_id: int) -> Seeker:
    """What the matcher may know of one person."""
    return next(iter(seekers(only=[jobseeker_id])))
