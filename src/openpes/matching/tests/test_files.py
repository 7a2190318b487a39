"""`openpes match`: good rows matched, every bad row reported, and the result that the documentation states."""

from __future__ import annotations

import argparse
import csv
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from openpes.cli import match
from openpes.matching.files import read_people, read_vacancies
from openpes.reference.relatedness import proximity_matrix
from openpes_matching import TERMS, Vocabulary
from openpes_matching.tests import oracle

PEOPLE = """id,isco,skills,lat,lon,max_km,min_wage,education,experience_months,languages,licences,shifts,birth_date,sex
10,5131|5246,cash|smile,14.6,121.0,20,15000,3,12,fil|en,,any,2004-01-05,F
9,9112,none,14.65,121.01,10,,2,0,fil,none,mon-day,2009-01-05,M
8,5131,,,,,,,,,,,,
"""
VACANCIES = """id,isco,must_skills,skills,lat,lon,wage,pay_period,weekly_hours,education,languages,licences,shifts,\
hazardous,places
1,5246,,cash|smile|clean,14.61,121.0,75,hour,40,2,fil,,mon-day,,1
2,5131,cash,smile,14.61,121.02,14000,,,3,en,,,no,1
3,9112,,,14.61,121.02,500,day,,,,,,yes,2
4,5131,,,14.61,121.02,9000,week,,,,forklift,any,,1
"""


def run(folder: Path, people: str | bytes, vacancies: str, *more: str) -> tuple[int, list[dict[str, str]]]:
    for name, text in (("p.csv", people), ("v.csv", vacancies)):
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    parser = argparse.ArgumentParser()
    match.add_arguments(parser)
    files = ["--people", str(folder / "p.csv"), "--vacancies", str(folder / "v.csv"), "--out", str(folder / "o.csv")]
    code = match.run(parser.parse_args([*files, "--on", "2026-11-24", *more]))
    if not (folder / "o.csv").exists():
        return code, []
    with (folder / "o.csv").open(encoding="utf-8", newline="") as file:
        return code, list(csv.DictReader(file))


def test_result_equals_the_oracle(tmp_path: Path) -> None:
    code, rows = run(tmp_path, PEOPLE, VACANCIES)
    assert code == 0
    words = Vocabulary(proximity_matrix()[0])
    read_people(tmp_path / "p.csv", words, date(2026, 11, 24))
    people = {
        "10": {"isco": ["5131", "5246"], "skills": ["cash", "smile"], "lat": 14.6, "lon": 121.0, "max_km": 20,
               "min_wage": 15000, "education": 3, "experience_months": 12, "languages": ["fil", "en"],
               "shifts": ["any"], "age": 22},
        "9": {"isco": ["9112"], "skills": [], "lat": 14.65, "lon": 121.01, "max_km": 10, "education": 2,
              "experience_months": 0, "languages": ["fil"], "licences": [], "shifts": ["mon-day"], "age": 17},
        "8": {"isco": ["5131"]},
    }  # fmt: skip
    vacancies = {
        "1": {"isco": "5246", "skills": ["cash", "smile", "clean"], "lat": 14.61, "lon": 121.0, "wage": 13000,
              "education": 2, "languages": ["fil"], "shifts": ["mon-day"]},
        "2": {"isco": "5131", "must_skills": ["cash"], "skills": ["smile"], "lat": 14.61, "lon": 121.02,
              "wage": 14000, "education": 3, "languages": ["en"]},
        "3": {"isco": "9112", "lat": 14.61, "lon": 121.02, "wage": 13000, "hazardous": True},
        "4": {"isco": "5131", "lat": 14.61, "lon": 121.02, "wage": 39000, "licences": ["forklift"]},
    }  # fmt: skip
    weights = {"cash": 64 + 16, "smile": 64 + 16, "clean": 64 + 32}
    codes, matrix = proximity_matrix()
    raised = {
        (codes[i], codes[j]): int(matrix[i, j])
        for i in range(len(codes))
        for j in (codes.index("5131"), codes.index("5246"), codes.index("9112"))
    }
    expected = []
    for person in ("8", "9", "10"):
        pairs = []
        for vacancy, facts in vacancies.items():
            if not oracle.excluded(people[person], facts, {"minimum_age": 15, "hazardous_age": 18}):
                parts = oracle.parts(people[person], facts, raised, weights)
                pairs.append((oracle.score(parts), int(vacancy), parts))
        for rank, (score, vacancy_id, parts) in enumerate(sorted(pairs, key=lambda x: (-x[0], x[1])), 1):
            points = {term: str(oracle.WEIGHTS[term] * parts[term]) for term in TERMS}
            expected.append(
                {"person_id": person, "vacancy_id": str(vacancy_id), "rank": str(rank), "score": str(score), **points}
            )
    assert rows == expected
    assert len(rows) == 8


def test_directions_agree_and_assignment_fits_places(tmp_path: Path) -> None:
    _, by_person = run(tmp_path, PEOPLE, VACANCIES, "--assign")
    _, by_vacancy = run(tmp_path, PEOPLE, VACANCIES, "--direction", "vacancies")

    def pairs(rows: Any) -> set[tuple[str, ...]]:
        return {(row["person_id"], row["vacancy_id"], row["score"]) for row in rows}

    assert pairs(by_person) == pairs(by_vacancy)
    assert [row["vacancy_id"] for row in by_vacancy] == sorted(row["vacancy_id"] for row in by_vacancy)
    taken = [(row["person_id"], row["vacancy_id"]) for row in by_person if row["assigned"] == "1"]
    assert len({p for p, _ in taken}) == len(taken) == 3


def test_every_bad_row_is_reported_and_good_rows_matched(tmp_path: Path, capsys: Any) -> None:
    bad = PEOPLE + (
        "10,5131,,,,,,,,,,,,\n"
        ",5131,,,,,,,,,,,,\n"
        "11,9999,,200,121,x,-1,9,1.5,f!l,,noon,2044-01-01,\n"
        "12,5131,,14.6,,,,,,,,,1999-13-01,\n"
        "13,5131|5246|9112|5223,,0,0,,nan,,,,,,,\n"
        "14,5131\n"
    )
    code, rows = run(tmp_path, bad, VACANCIES)
    assert code == 1 and len(rows) == 8
    said = capsys.readouterr().err
    for text in (
        "row 5, column id: '10' was used before, in row 2", "row 6, column id: is empty", "row 7, column isco: '9999'",
        "row 7, column lat: 200", "row 7, column max_km: 'x' is not a number", "row 7, column min_wage: -1",
        "row 7, column education: 9", "row 7, column experience_months: 1.5 is not a whole", "row 7, column languages",
        "row 7, column shifts: 'noon'", "row 7, column birth_date: 2044-01-01", "row 8, column lon: is empty",
        "row 8, column birth_date: '1999-13-01'", "row 9, column isco: has 4", "row 9, column lat: 0, 0",
        "row 9, column min_wage: 'nan'", "row 10, column -: the row has 2 cells", "6 bad rows were left out",
    ):  # fmt: skip
        assert text in said, text


def test_byte_order_mark_line_ends_and_bytes_that_are_not_utf8(tmp_path: Path, capsys: Any) -> None:
    dressed = b"\xef\xbb\xbf" + PEOPLE.replace("\n", "\r\n").encode() + b"15,5131,caf\xe9,,,,,,,,,,,\r\n"
    code, rows = run(tmp_path, dressed, VACANCIES)
    assert code == 1 and len(rows) == 8
    assert "row 5, column skills: is not UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("people", "reason"),
    [("name,isco\nx,5131\n", "no column `id`"), ("id,isco,isco\nx,5131,5131\n", "there twice"), ("", "no column `id`")],
)
def test_cannot_start(tmp_path: Path, capsys: Any, people: str, reason: str) -> None:
    code, rows = run(tmp_path, people, VACANCIES)
    assert code == 2 and not rows
    assert reason in capsys.readouterr().err


def test_other_reasons_not_to_start(tmp_path: Path, capsys: Any) -> None:
    assert run(tmp_path, PEOPLE, VACANCIES, "--country", "Philippines")[0] == 2
    assert run(tmp_path, PEOPLE, VACANCIES, "--top", "0")[0] == 2
    (tmp_path / "p.csv").unlink()
    parser = argparse.ArgumentParser()
    match.add_arguments(parser)
    missing = ["--people", str(tmp_path / "p.csv"), "--vacancies", str(tmp_path / "v.csv"), "--out", "o.csv"]
    assert match.run(parser.parse_args(missing)) == 2
    assert "No such file" in capsys.readouterr().err


def test_china_without_a_pack_still_has_16(tmp_path: Path) -> None:
    people = "id,birth_date\n1,2011-01-01\n2,2010-11-24\n"
    _, rows = run(tmp_path, people, "id\n7\n", "--country", "CN")
    assert [row["person_id"] for row in rows] == ["2"]
    _, rows = run(tmp_path, people, "id\n7\n")
    assert [row["person_id"] for row in rows] == ["1", "2"]


def test_no_web_framework_is_imported() -> None:
    code = "import sys, openpes.cli.match; sys.exit('django' in sys.modules)"
    where = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", code], env=where, check=False).returncode == 0


def test_text_ids_are_ordered_as_text(tmp_path: Path) -> None:
    (tmp_path / "v.csv").write_text("id\nb\n10\n9\n")
    sheet = read_vacancies(tmp_path / "v.csv", Vocabulary(["1111"]))
    assert sheet.ids == ["10", "9", "b"]
