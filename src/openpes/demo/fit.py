"""How well the running introductions fit: the same arithmetic that explains a pair on the pages, for many at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from openpes.jobseekers.queries import seekers
from openpes.matching.policy import policy_on
from openpes.matching.rows import person_rows, vacancy_rows
from openpes.reference.country import currency
from openpes.reference.relatedness import proximity_matrix
from openpes.referrals.seeding import Fit
from openpes.vacancies.queries import offers
from openpes_matching import Matcher, Vocabulary

AT_ONCE = 1_000


def fits(introduced: list[tuple[int, int, int]], *, on: date) -> Iterator[dict[int, Fit]]:
    """Score and parts by key of the referral, a batch at a time. `introduced`: keys of (referral, person, vacancy)."""
    codes, matrix = proximity_matrix()
    for start in range(0, len(introduced), AT_ONCE):
        batch = introduced[start : start + AT_ONCE]
        words = Vocabulary(codes)
        people = person_rows(seekers(only={person for _key, person, _to in batch}), currency=currency(), on=on)
        vacancies = vacancy_rows(offers(only={vacancy for _key, _who, vacancy in batch}), currency=currency())
        matcher = Matcher(
            words.people(people),
            words.vacancies(vacancies),
            proximity=matrix,
            policy=policy_on(on),
            skill_weight=None,
            engine="auto",
        )
        made = {}
        for key, person, vacancy in batch:
            explained = matcher.explain(person, vacancy)
            made[key] = Fit(explained.score, tuple(part.points for part in explained.parts))
        yield made
