"""Finds what is wrong with the reference files, so that an expert can edit them without fear.

``check_all(folder)`` returns every Problem; ``python -m openpes.reference.check [FOLDER]`` prints them and exits
0 (none), 1 (some) or 2 (a file cannot be read). Rules:

    impossible-code     a code that is not a unit group, or a parent, level or type that does not exist
    orphan              a skill that no occupation uses, or a link to a skill or licence that does not exist
    duplicate           the same id, label, link or title twice
    near-duplicate      two skill labels whose word stems overlap by 75 per cent or more (Jaccard)
    thin-occupation     a unit group with fewer than 8 or more than 15 skills, or fewer than 3 essential ones
    missing-text        an empty label, name or meaning
    unsorted            rows out of order, which makes edits hard to compare
    missing-sheet       a unit group without an occupation sheet, or a file of sheets that cannot be read
    sheet-length        an occupation sheet with too few or too many words
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from openpes.reference import sheets, taxonomy

FEWEST_SKILLS, MOST_SKILLS, FEWEST_ESSENTIAL = 8, 15, 3
NEAR_DUPLICATE_FROM = 0.75

_SORT_KEYS: dict[str, Callable[[dict[str, str]], tuple[object, ...]]] = {
    "isco08.csv": lambda row: (row["code"],),
    "isced2011.csv": lambda row: (int(row["level"]),),
    "skills.csv": lambda row: (row["id"],),
    "occupation_skills.csv": lambda row: (row["isco"], row["kind"], row["skill_id"]),
    "youth_entry.csv": lambda row: (int(row["rank"]),),
    "licences.csv": lambda row: (row["id"],),
    "occupation_licences.csv": lambda row: (row["isco"], row["licence_id"]),
    "country_licences.csv": lambda row: (row["country"], row["licence_id"]),
    "related_occupations.csv": lambda row: (row["isco_a"], row["isco_b"]),
    "titles.csv": lambda row: (row["language"], row["isco"], row["label"].casefold()),
    "occupation_names.csv": lambda row: (row["isco"], row["language"]),
}
_EMPTY_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "so",
        "that",
        "the",
        "to",
        "up",
        "with",
    ]
)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: the rule it breaks, the file, the place in it, and a sentence."""

    rule: str
    file: str
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.place}: {self.message} [{self.rule}]"


class _Files:
    """The raw rows of the files in a folder."""

    def __init__(self, folder: Path) -> None:
        self.rows = {name: list(taxonomy.read_rows(name, folder)) for name in _SORT_KEYS}
        self.unit_codes = {row["code"] for row in self.rows["isco08.csv"] if row["level"] == "4"}

    def __getitem__(self, name: str) -> list[dict[str, str]]:
        return self.rows[name]


def check_all(folder: Path = taxonomy.DATA_FOLDER) -> list[Problem]:
    """Every problem in the reference files of a folder. Raises OSError or csv.Error when a file cannot be read."""
    files = _Files(folder)
    problems: list[Problem] = []
    for rule in (_codes, _values, _orphans, _duplicates, _near_duplicates, _thin_occupations, _missing_text, _order):
        problems.extend(rule(files))
    problems.extend(Problem(*fault) for fault in sheets.faults(folder))
    return problems


def _codes(files: _Files) -> Iterator[Problem]:
    codes = {row["code"] for row in files["isco08.csv"]}
    for row in files["isco08.csv"]:
        code = row["code"]
        if row["level"] != str(len(code)) or row["parent"] != code[:-1] or (code[:-1] and code[:-1] not in codes):
            yield Problem("impossible-code", "isco08.csv", code, "the level or the parent does not fit the code")
    for name in ("occupation_skills.csv", "youth_entry.csv", "occupation_licences.csv", "titles.csv"):
        for row in files[name]:
            if row["isco"] not in files.unit_codes:
                yield Problem("impossible-code", name, row["isco"], "is not an ISCO-08 unit group")
    for row in files["occupation_names.csv"]:
        if row["isco"] not in codes:
            yield Problem("impossible-code", "occupation_names.csv", row["isco"], "is not an ISCO-08 code")
    for row in files["related_occupations.csv"]:
        pair = f"{row['isco_a']} {row['isco_b']}"
        if not {row["isco_a"], row["isco_b"]} <= files.unit_codes or row["isco_a"] >= row["isco_b"]:
            yield Problem("impossible-code", "related_occupations.csv", pair, "is not a pair of unit groups in order")


def _values(files: _Files) -> Iterator[Problem]:
    for name, column, allowed, key in (
        ("skills.csv", "type", taxonomy.SKILL_TYPES, ("id",)),
        ("occupation_skills.csv", "kind", taxonomy.SKILL_KINDS, ("isco", "skill_id")),
        ("occupation_licences.csv", "need", taxonomy.LICENCE_NEEDS, ("isco", "licence_id")),
    ):
        for row in files[name]:
            if row[column] not in allowed:
                place = " ".join(row[part] for part in key)
                message = f"{column} is one of {', '.join(allowed)}, not “{row[column]}”"
                yield Problem("impossible-code", name, place, message)
    for row in files["skills.csv"]:
        if not _SLUG.fullmatch(row["id"]):
            yield Problem("impossible-code", "skills.csv", row["id"], "an id is small letters, digits and hyphens")


def _orphans(files: _Files) -> Iterator[Problem]:
    for name, of_file, column in (
        ("skills.csv", "occupation_skills.csv", "skill_id"),
        ("licences.csv", "occupation_licences.csv", "licence_id"),
    ):
        known = {row["id"] for row in files[name]}
        used = {row[column] for row in files[of_file]}
        for missing in sorted(used - known):
            yield Problem("orphan", of_file, missing, f"is used here but not in {name}")
        for unused in sorted(known - used):
            yield Problem("orphan", name, unused, "no occupation uses it")
    known = {row["id"] for row in files["licences.csv"]}
    for row in files["country_licences.csv"]:
        if row["licence_id"] not in known:
            yield Problem("orphan", "country_licences.csv", row["licence_id"], "is used here but not in licences.csv")


def _duplicates(files: _Files) -> Iterator[Problem]:
    keys: dict[str, tuple[Callable[[dict[str, str]], str], ...]] = {
        "isco08.csv": (lambda row: row["code"],),
        "skills.csv": (lambda row: row["id"], lambda row: row["label_en"].casefold()),
        "occupation_skills.csv": (lambda row: f"{row['isco']} {row['skill_id']}",),
        "youth_entry.csv": (lambda row: row["isco"], lambda row: f"rank {row['rank']}"),
        "licences.csv": (lambda row: row["id"], lambda row: row["label_en"].casefold()),
        "occupation_licences.csv": (lambda row: f"{row['isco']} {row['licence_id']}",),
        "related_occupations.csv": (lambda row: f"{row['isco_a']} {row['isco_b']}",),
        "titles.csv": (lambda row: f"{row['language']} {row['isco']} {row['label'].casefold()}",),
        "occupation_names.csv": (lambda row: f"{row['isco']} {row['language']}",),
        "country_licences.csv": (lambda row: f"{row['country']} {row['licence_id']}",),
    }
    for name, columns in keys.items():
        for key in columns:
            for place, count in Counter(key(row) for row in files[name]).items():
                if count > 1:
                    yield Problem("duplicate", name, place, f"is there {count} times")


def label_tokens(label: str) -> frozenset[str]:
    """The word stems of a label that carry meaning, for finding near-duplicates."""
    return frozenset(
        re.sub(r"(ies|ing|es|ed|s|e|y)$", "", word) if len(word) > 4 else word
        for word in re.findall(r"\w+", label.casefold())
        if word not in _EMPTY_WORDS
    )


def near_duplicates(labels: dict[str, str]) -> list[tuple[str, str]]:
    """Pairs of ids whose labels say nearly the same: word stems overlap by NEAR_DUPLICATE_FROM or more."""
    tokens = {key: label_tokens(label) for key, label in labels.items()}
    by_token: dict[str, list[str]] = defaultdict(list)
    for key in sorted(tokens):
        for token in tokens[key]:
            by_token[token].append(key)
    shared: Counter[tuple[str, str]] = Counter()
    for keys in by_token.values():
        for position, first in enumerate(keys):
            shared.update((first, second) for second in keys[position + 1 :])
    return sorted(
        (first, second)
        for (first, second), count in shared.items()
        if count >= NEAR_DUPLICATE_FROM * len(tokens[first] | tokens[second])
    )


def _near_duplicates(files: _Files) -> Iterator[Problem]:
    labels = {row["id"]: row["label_en"] for row in files["skills.csv"]}
    for first, second in near_duplicates(labels):
        message = f"“{labels[first]}” says nearly the same as “{labels[second]}” ({second})"
        yield Problem("near-duplicate", "skills.csv", first, message)


def _thin_occupations(files: _Files) -> Iterator[Problem]:
    every = Counter(row["isco"] for row in files["occupation_skills.csv"])
    essential = Counter(row["isco"] for row in files["occupation_skills.csv"] if row["kind"] == "essential")
    for code in sorted(files.unit_codes):
        if not FEWEST_SKILLS <= every[code] <= MOST_SKILLS:
            message = f"has {every[code]} skills; {FEWEST_SKILLS} to {MOST_SKILLS} are wanted"
            yield Problem("thin-occupation", "occupation_skills.csv", code, message)
        elif essential[code] < FEWEST_ESSENTIAL:
            message = f"has {essential[code]} essential skills; {FEWEST_ESSENTIAL} at least are wanted"
            yield Problem("thin-occupation", "occupation_skills.csv", code, message)


def _missing_text(files: _Files) -> Iterator[Problem]:
    for name, rows in files.rows.items():
        for row in rows:
            for column, value in row.items():
                may_be_empty = (name, column) == ("isco08.csv", "parent") and row.get("level") == "1"
                if not may_be_empty and not (value or "").strip():
                    place = " ".join(list(row.values())[:2])
                    yield Problem("missing-text", name, place, f"{column} is empty")


def _order(files: _Files) -> Iterator[Problem]:
    for name, key in _SORT_KEYS.items():
        rows = files[name]
        for before, after in pairwise(rows):
            if key(before) > key(after):
                place = " ".join(list(after.values())[:2])
                yield Problem("unsorted", name, place, "comes too late: keep the rows sorted")
                break


def main(arguments: list[str]) -> int:
    """Print every problem of a folder. 0 none, 1 some, 2 a file cannot be read."""
    folder = Path(arguments[0]) if arguments else taxonomy.DATA_FOLDER
    try:
        problems = check_all(folder)
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, ValueError) as error:
        print(f"The reference files in {folder} cannot be read: {error}", file=sys.stderr)
        return 2
    for problem in problems:
        print(problem)
    counts = Counter(problem.rule for problem in problems)
    print(", ".join(f"{count} {rule}" for rule, count in sorted(counts.items())) or "no problems", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
