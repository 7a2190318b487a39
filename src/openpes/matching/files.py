"""People and vacancies in plain files: read, checked row by row, and the matches written.

No database and no web framework. A row that cannot be used is left out and becomes one Problem for each thing that is
wrong with it; the good rows are kept. The format is stated in docs/matching.md.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import numpy as np

from openpes_matching import PERIODS, SHIFTS, People, Vacancies, Vocabulary, monthly_wage
from openpes_matching.policy import MAX_WAGE

PEOPLE_COLUMNS = [
    "id",
    "isco",
    "skills",
    "lat",
    "lon",
    "max_km",
    "min_wage",
    "education",
    "experience_months",
    "languages",
    "licences",
    "permits",
    "shifts",
    "birth_date",
]
VACANCY_COLUMNS = [
    "id",
    "isco",
    "must_skills",
    "skills",
    "lat",
    "lon",
    "wage",
    "pay_period",
    "weekly_hours",
    "education",
    "experience_months",
    "languages",
    "licences",
    "permits",
    "shifts",
    "min_age",
    "hazardous",
    "places",
]
NONE_WORD = "none"
MAX_AGE = 120
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*")
_YES_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}
_SHIFT_NAMES = frozenset(SHIFTS) | {"any"}


class CannotRead(Exception):
    """The file as a whole cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one row. The header is row 1, as a spreadsheet counts."""

    file: str
    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: row {self.row}, column {self.column}: {self.reason}"


@dataclass
class Sheet:
    """What a file held. ids: texts in the order of the arrays, which is the order of ids."""

    ids: list[str] = field(default_factory=list)
    arrays: Any = None
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0


def read_people(path: Path, words: Vocabulary, on: date) -> Sheet:
    """People of a CSV or Parquet file; ages in completed years on the given day. Raises CannotRead."""
    sheet = Sheet()
    good = _good_rows(path, PEOPLE_COLUMNS, sheet, lambda cells: _person(cells, words, on))
    sheet.arrays = _in_order(words.people(good), sheet)
    return sheet


def read_vacancies(path: Path, words: Vocabulary) -> Sheet:
    """Vacancies of a CSV or Parquet file, with wages a month. Raises CannotRead."""
    sheet = Sheet()
    good = _good_rows(path, VACANCY_COLUMNS, sheet, lambda cells: _vacancy(cells, words))
    sheet.arrays = _in_order(words.vacancies(good), sheet)
    return sheet


def _in_order(arrays: People | Vacancies, sheet: Sheet) -> People | Vacancies:
    """Numbered by the order of ids, so that ties go to the lower id."""
    as_numbers = all(text.isascii() and text.isdigit() and (text == "0" or text[0] != "0") for text in sheet.ids)
    order = sorted(range(len(sheet.ids)), key=(lambda i: int(sheet.ids[i])) if as_numbers else sheet.ids.__getitem__)
    sheet.ids = [sheet.ids[i] for i in order]
    taken = arrays.take(np.array(order, np.int64))
    return replace(taken, id=np.arange(len(order)))


# --- rows


def _good_rows(
    path: Path, columns: Sequence[str], sheet: Sheet, parse: Callable[[_Cells], dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    first_seen: dict[str, int] = {}
    for number, cells in _rows(path, columns, sheet):
        sheet.rows += 1
        row = _Cells(path.name, number, cells)
        values = parse(row)
        text = row.text("id")
        if not text:
            row.wrong("id", "is empty; every row needs an id")
        elif text in first_seen:
            row.wrong("id", f"{text!r} was used before, in row {first_seen[text]}; ids must be distinct")
        else:
            first_seen[text] = number
        if row.problems:
            sheet.problems += row.problems
            continue
        sheet.ids.append(text)
        values["id"] = len(sheet.ids) - 1
        yield values


def _rows(path: Path, columns: Sequence[str], sheet: Sheet) -> Iterator[tuple[int, dict[str, str]]]:
    if path.suffix.lower() in (".parquet", ".pq"):
        yield from _parquet_rows(path, columns)
        return
    try:
        file = path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")
    except OSError as error:
        raise CannotRead(f"{path}: {error.strerror}. Give the path of a file that can be read.") from error
    with file:
        reader = csv.reader(file)
        try:
            names = [name.strip() for name in next(reader, [])]
        except csv.Error as error:
            raise CannotRead(f"{path}: the header cannot be read ({error}). Save the file as UTF-8 CSV.") from error
        _check_header(path, names, columns)
        wanted = [(i, name) for i, name in enumerate(names) if name in set(columns)]
        number = 1
        while True:
            number += 1
            try:
                record = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                sheet.problems.append(Problem(path.name, number, "-", f"cannot be read as CSV: {error}"))
                continue
            if not record or not any(cell.strip() for cell in record):
                continue
            if len(record) != len(names):
                reason = f"the row has {len(record)} cells and the header {len(names)}; check quotes and commas"
                sheet.problems.append(Problem(path.name, number, "-", reason))
                continue
            yield number, {name: record[i] for i, name in wanted}


def _parquet_rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        import pyarrow.parquet as parquet
    except ImportError:
        raise CannotRead(
            f"{path}: Parquet needs the library pyarrow, which is not installed. Install it (pip install pyarrow) or "
            "save the file as CSV."
        ) from None
    try:
        source = parquet.ParquetFile(path)
    except (OSError, ValueError) as error:
        raise CannotRead(f"{path}: cannot be read as Parquet ({error}).") from error
    names = source.schema_arrow.names
    _check_header(path, names, columns)
    number = 1
    for batch in source.iter_batches(columns=[name for name in names if name in columns]):
        for record in batch.to_pylist():
            number += 1
            yield number, {name: _as_cell(value) for name, value in record.items()}


def _as_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return "|".join(str(one) for one in value)
    return str(value)


def _check_header(path: Path, names: Sequence[str], columns: Sequence[str]) -> None:
    if "id" not in names:
        raise CannotRead(
            f"{path}: there is no column `id` in the header. The first row names the columns: {', '.join(columns)}."
        )
    twice = {name for name in names if name in columns and list(names).count(name) > 1}
    if twice:
        raise CannotRead(f"{path}: the column {', '.join(sorted(twice))} is there twice. Keep one of each.")


# --- cells


class _Cells:
    """One row, and what is wrong with it. A getter that finds a fault notes it and returns None."""

    def __init__(self, file: str, number: int, cells: dict[str, str]) -> None:
        self.file, self.number, self.problems = file, number, list[Problem]()
        self._cells = {name: cell.strip() for name, cell in cells.items()}
        for name, cell in self._cells.items():
            if not cell.isascii() and any("\udc80" <= letter <= "\udcff" for letter in cell):
                self.wrong(name, "is not UTF-8 text; save the file as UTF-8")

    def wrong(self, column: str, reason: str) -> None:
        self.problems.append(Problem(self.file, self.number, column, reason))

    def text(self, name: str) -> str:
        return self._cells.get(name, "")

    def decimal(self, name: str, low: float, high: float, what: str) -> Decimal | None:
        text = self.text(name)
        if not text:
            return None
        try:
            value = Decimal(text)
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            self.wrong(name, f"{text!r} is not a number; write it like 12.5, without separators or units")
            return None
        if not low <= value <= high:
            self.wrong(name, f"{text} is not {what}; it lies between {low:,} and {high:,}")
            return None
        return value

    def whole(self, name: str, low: int, high: int, what: str) -> int | None:
        value = self.decimal(name, low, high, what)
        if value is None:
            return None
        if value != value.to_integral_value():
            self.wrong(name, f"{value} is not a whole number")
            return None
        return int(value)

    def list(self, name: str) -> list[str] | None:
        """Labels between bars; None when empty (unknown), [] for the word `none`."""
        text = self.text(name)
        if not text:
            return None
        labels = [label for label in (part.strip() for part in text.split("|")) if label]
        return [] if labels == [NONE_WORD] else labels

    def one_of(self, name: str, labels: Iterable[str] | None, allowed: Callable[[str], Any], mend: str) -> None:
        for label in labels or ():
            if not allowed(label):
                self.wrong(name, f"{label!r} {mend}")


def _shared(cells: _Cells, words: Vocabulary) -> dict[str, Any]:
    lat = cells.decimal("lat", -90, 90, "a latitude in degrees")
    lon = cells.decimal("lon", -180, 180, "a longitude in degrees")
    if (not cells.text("lat")) != (not cells.text("lon")):
        empty, given = ("lat", "lon") if cells.text("lon") else ("lon", "lat")
        cells.wrong(empty, f"is empty and {given} is not; give both or neither")
    if lat == 0 and lon == 0:
        cells.wrong("lat", "0, 0 is a place in the Atlantic; leave both empty if the place is unknown")
    isco = cells.list("isco")
    cells.one_of(
        "isco",
        isco,
        lambda code: words.occupations.find(code) >= 0,
        "is not a unit group of ISCO-08; it has four digits, such as 5131 or 0110",
    )
    languages = cells.list("languages")
    cells.one_of("languages", languages, _LANGUAGE.fullmatch, "is not a language tag such as en, fil or zh-Hans")
    shifts = cells.list("shifts")
    cells.one_of("shifts", shifts, _SHIFT_NAMES.__contains__, "is not a shift; use any, or such as mon-day, sat-night")
    return {
        "isco": isco,
        "skills": cells.list("skills"),
        "lat": None if lat is None else float(lat),
        "lon": None if lon is None else float(lon),
        "education": cells.whole("education", 0, 8, "an ISCED 2011 level"),
        "experience_months": cells.whole("experience_months", 0, 1200, "a number of months"),
        "languages": languages,
        "licences": cells.list("licences"),
        "permits": cells.list("permits"),
        "shifts": shifts or None,
    }


def _person(cells: _Cells, words: Vocabulary, on: date) -> dict[str, Any]:
    row = _shared(cells, words)
    if row["isco"] is not None and len(row["isco"]) > 3:
        cells.wrong("isco", f"has {len(row['isco'])} occupations; three at most, the most wanted first")
    max_km = cells.decimal("max_km", 0, 20_000, "a distance in kilometres")
    asked = cells.decimal("min_wage", 0, MAX_WAGE, "a wage a month")
    row["max_km"] = None if max_km is None else float(max_km)
    row["min_wage"] = None if asked is None else monthly_wage(asked)
    row["age"] = _age(cells, on)
    return row


def _age(cells: _Cells, on: date) -> int | None:
    text = cells.text("birth_date")
    if not text:
        return None
    try:
        born = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        born = None
    if born is None:
        cells.wrong("birth_date", f"{text!r} is not a date; write it like 2006-03-31")
        return None
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if not 0 <= age <= MAX_AGE:
        cells.wrong("birth_date", f"{text} gives an age of {age} on {on}; check the year")
        return None
    return age


def _vacancy(cells: _Cells, words: Vocabulary) -> dict[str, Any]:
    row = _shared(cells, words)
    codes = row["isco"] or []
    if len(codes) > 1:
        cells.wrong("isco", f"has {len(codes)} occupations; a vacancy has one")
    row["isco"] = codes[0] if codes else None
    row["must_skills"] = cells.list("must_skills")
    row["wage"] = _wage(cells)
    row["min_age"] = cells.whole("min_age", 0, 99, "an age in years")
    row["places"] = cells.whole("places", 1, 1_000_000, "a number of places")
    hazardous = _YES_NO.get(cells.text("hazardous").lower())
    if hazardous is None:
        cells.wrong("hazardous", f"{cells.text('hazardous')!r} is not yes or no")
    row["hazardous"] = hazardous
    return row


def _wage(cells: _Cells) -> int | None:
    amount = cells.decimal("wage", 0, MAX_WAGE, "a wage")
    hours = cells.decimal("weekly_hours", 1, 168, "a number of hours a week")
    period = cells.text("pay_period").lower() or "month"
    if period not in PERIODS:
        cells.wrong("pay_period", f"{period!r} is not one of {', '.join(PERIODS)}")
        return None
    if amount is None:
        return None
    month = monthly_wage(amount, period, hours)
    if month > MAX_WAGE:
        cells.wrong("wage", f"{amount} per {period} is {month:,} a month; the most that can be matched is {MAX_WAGE:,}")
        return None
    return month


# --- writing


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Rows as CSV, or as Parquet when the name ends so; a file that cannot be finished is not left behind.

    Raises CannotRead with the mend when the file cannot be written.
    """
    draft = path.with_name(path.name + ".part")
    try:
        if path.suffix.lower() in (".parquet", ".pq"):
            _write_parquet(draft, header, rows)
        else:
            with draft.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(header)
                writer.writerows(rows)
        draft.replace(path)
    except OSError as error:
        raise CannotRead(f"{path}: {error.strerror}. Choose a place that can be written.") from error
    finally:
        draft.unlink(missing_ok=True)


def _write_parquet(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    try:
        import pyarrow
        import pyarrow.parquet as parquet
    except ImportError:
        raise CannotRead(
            f"{path}: Parquet needs the library pyarrow, which is not installed. Install it (pip install pyarrow) or "
            "choose a name that ends in .csv."
        ) from None
    columns = list(zip(*rows, strict=True)) or [()] * len(header)
    parquet.write_table(pyarrow.table({name: list(values) for name, values in zip(header, columns, strict=True)}), path)
