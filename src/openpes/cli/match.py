"""``openpes match``: people and vacancies from files, the best lists to a file. No database."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from openpes.matching.files import CannotRead, Sheet, read_people, read_vacancies, write_rows
from openpes.reference.relatedness import proximity_matrix
from openpes_countries import PackError, UnknownCountry, hazardous_age, load_country, minimum_age
from openpes_matching import TERMS, Matcher, Matches, Policy, Vocabulary, allocate, rarity_weights

NAME = "match"
HELP = "match people and vacancies from files, without a database"
HEADER = ("person_id", "vacancy_id", "rank", "score", *TERMS)
FLOORS = {"minimum_age": 15, "hazardous_age": 18}
"""ILO C138 and C182: below these no law may go."""
STRICTER_BY_LAW = {"CN": {"minimum_age": 16}}
"""Countries whose minimum age is known to be higher, for as long as they have no pack."""
_ROWS_AT_ONCE = 20_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Files in, file out, and how to list."""
    parser.add_argument("--people", metavar="F", type=Path, required=True, help="CSV or Parquet of people")
    parser.add_argument("--vacancies", metavar="F", type=Path, required=True, help="CSV or Parquet of vacancies")
    parser.add_argument("--out", metavar="F", type=Path, required=True, help="write the matches here")
    parser.add_argument("--top", type=int, default=10, metavar="K", help="how many for each (10)")
    parser.add_argument(
        "--direction",
        choices=("people", "vacancies"),
        default="people",
        help="people: vacancies for each person (usual); vacancies: people for each vacancy",
    )
    parser.add_argument("--assign", action="store_true", help="add a column: at most one place a person, in all best")
    parser.add_argument("--country", metavar="CC", help="the country whose legal ages apply, such as PH")
    parser.add_argument("--on", metavar="DATE", type=date.fromisoformat, help="the day ages are counted on (today)")


def run(args: argparse.Namespace) -> int:
    """0: every row was good; 1: bad rows were reported and left out; 2: cannot start."""
    if args.top < 1:
        print("--top must be 1 or more.", file=sys.stderr)
        return 2
    on = args.on or datetime.now(tz=UTC).astimezone().date()
    try:
        policy = _policy(args.country, on)
        codes, proximity = proximity_matrix()
        words = Vocabulary(codes)
        people = read_people(args.people, words, on)
        vacancies = read_vacancies(args.vacancies, words)
        _say(f"read {len(people.ids):,} people and {len(vacancies.ids):,} vacancies")
        for problem in people.problems + vacancies.problems:
            print(problem, file=sys.stderr)
        weights = _skill_weights(vacancies, len(words.skills))
        matcher = Matcher(people.arrays, vacancies.arrays, proximity=proximity, skill_weight=weights, policy=policy)
        ask = matcher.match_people if args.direction == "people" else matcher.match_vacancies
        found = ask(args.top, progress=_progress(args.direction))
        p, v, rank, score = _pairs(found, args.direction)
        assigned = _assigned(p, v, score, people, vacancies) if args.assign else None
        header = (*HEADER, "assigned") if args.assign else HEADER
        write_rows(args.out, header, _lines(matcher, people.ids, vacancies.ids, p, v, rank, score, assigned))
    except CannotRead as error:
        print(f"Cannot match: {error}", file=sys.stderr)
        return 2
    bad = len({(problem.file, problem.row) for problem in people.problems + vacancies.problems})
    _say(f"wrote {len(p):,} matches to {args.out}" + (f"; {bad:,} bad rows were left out" if bad else ""))
    return 1 if bad else 0


def _policy(country: str | None, on: date) -> Policy:
    if country is None:
        return Policy(**FLOORS)
    code = country.strip().upper()
    if len(code) != 2 or not code.isalpha() or not code.isascii():
        raise CannotRead(f"--country {country}: a country is written with two letters, such as PH.")
    try:
        pack = load_country(code)
    except UnknownCountry:
        _say(f"there is no pack for {code}; the floors of the ILO apply")
        return Policy(**{**FLOORS, **STRICTER_BY_LAW.get(code, {})})
    except PackError as error:
        raise CannotRead(f"the pack of {code} has faults: {error}. Run `openpes pack check {code}`.") from error
    return Policy(minimum_age=minimum_age(pack, on=on).value, hazardous_age=hazardous_age(pack, on=on).value)


def _skill_weights(vacancies: Sheet, width: int) -> Any:
    arrays = vacancies.arrays
    rows = np.concatenate([arrays.skills.rows(), arrays.must_skills.rows()])
    skills = np.concatenate([arrays.skills.item, arrays.must_skills.item])
    named = np.unique(rows * max(width, 1) + skills) % max(width, 1)
    return rarity_weights(np.bincount(named, minlength=width), len(arrays))


def _pairs(found: Matches, direction: str) -> tuple[Any, Any, Any, Any]:
    """Rows of people and vacancies, rank from 1, and score of every listed pair, in the order of the result."""
    listed = found.id >= 0
    asked = np.broadcast_to(found.query[:, None], found.id.shape)[listed]
    rank = np.broadcast_to(np.arange(1, found.id.shape[1] + 1), found.id.shape)[listed]
    offered = found.id[listed]
    people, vacancies = (asked, offered) if direction == "people" else (offered, asked)
    return people, vacancies, rank, found.score[listed]


def _assigned(p: Any, v: Any, score: Any, people: Sheet, vacancies: Sheet) -> Any:
    result = allocate(p, v, score, vacancies.arrays.places, people=len(people.ids))
    _say(
        f"assigned {int(result.chosen.sum()):,} people to {int(vacancies.arrays.places.sum()):,} places; "
        f"the total score is within {result.gap:.4%} of the best there is"
    )
    return result.chosen


def _lines(
    matcher: Matcher,
    person_ids: list[str],
    vacancy_ids: list[str],
    p: Any,
    v: Any,
    rank: Any,
    score: Any,
    assigned: Any,
) -> Iterator[list[Any]]:
    for start in range(0, len(p), _ROWS_AT_ONCE):
        part = slice(start, start + _ROWS_AT_ONCE)
        points = matcher.points(p[part], v[part]).tolist()
        columns: list[Any] = [p[part].tolist(), v[part].tolist(), rank[part].tolist(), score[part].tolist(), points]
        ones = [[]] * len(points) if assigned is None else [[int(x)] for x in assigned[part]]
        for person, vacancy, place, total, terms, last in zip(*columns, ones, strict=True):
            yield [person_ids[person], vacancy_ids[vacancy], place, total, *terms, *last]


def _progress(direction: str) -> Any:
    def tell(done: int, everybody: int) -> None:
        print(f"\rmatched {done:,} of {everybody:,} {direction}", end="", file=sys.stderr)
        if done == everybody:
            print(file=sys.stderr)

    return tell if sys.stderr.isatty() else None


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)


if __name__ == "__main__":
    _parser = argparse.ArgumentParser(prog="openpes match", description=HELP)
    add_arguments(_parser)
    sys.exit(run(_parser.parse_args()))
