"""A survey file is read whole by its mapping, or not at all."""

from __future__ import annotations

import csv
import gzip

import numpy as np
import pytest

from openpes_evidence.labour_force import Standard, classify
from openpes_evidence.survey import share
from openpes_evidence.survey_mapping import BadSurvey, load, parse_mapping
from openpes_evidence.tests.test_known_answers import DATA, needs_data

MAPPING = """
standard: ICLS19
period: "2026-08"
area: PHL
columns: {weight: W, age: A, sex: S, unit: U}
sex: {female: ["2"], male: ["1"]}
traits:
  works_for_pay: {column: JOB, codes: ["1"]}
  learning: {column: SCHOOL, codes: ["1"]}
"""
HEADER = ["W", "A", "S", "U", "JOB", "SCHOOL"]


def rows(*lines: str) -> list[dict[str, str]]:
    return [dict(zip(HEADER, line.split(","), strict=True)) for line in lines]


def test_people_are_read_by_the_mapping() -> None:
    found = load(parse_mapping(MAPPING), HEADER, rows("2.5,17,2,a,1,0", "1,40,1,a,0,0", "1,22,9,b,0,1"))
    assert found.sex.tolist() == ["female", "male", "not_said"]
    assert found.asked == {"works_for_pay", "learning"}
    groups = classify(found.answers, Standard.ICLS_19)
    assert groups.neither_working_nor_learning.tolist() == [False, True, False]
    assert found.design.units.tolist() == [0, 0, 1]


def test_every_bad_line_is_told_and_nothing_is_loaded() -> None:
    with pytest.raises(BadSurvey) as refused:
        load(parse_mapping(MAPPING), HEADER, rows("x,17,2,a,1,0", "1,,1,a,0,0", "0,22,1,b,0,1"))
    assert [mistake[:6] for mistake in refused.value.mistakes] == ["Line 2", "Line 3", "Line 4"]
    with pytest.raises(BadSurvey, match="no column SCHOOL"):
        load(parse_mapping(MAPPING), HEADER[:-1], [])


def test_a_bad_mapping_lists_all_its_mistakes() -> None:
    with pytest.raises(BadSurvey) as refused:
        parse_mapping("standard: 1999\ncolumns: {age: A}\ntraits: {mood: {column: X, codes: [1]}, learning: {}}")
    said = " ".join(refused.value.mistakes)
    assert all(
        part in said for part in ("weight is missing", "ICLS13, ICLS19", "period", "mood is none", "learning needs")
    )


@needs_data
def test_east_java_through_a_mapping() -> None:
    text = """
    standard: ICLS19
    period: "2022-08"
    area: IDN
    columns: {weight: WEIGHT, age: age, sex: sex, stratum: STRATA, unit: PSU}
    sex: {female: ["2"], male: ["1"]}
    traits: {works_for_pay: {column: neet, codes: ["0"]}}
    """
    with gzip.open(DATA / "sakernas_east_java_2022.csv.gz", "rt", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        found = load(parse_mapping(text), reader.fieldnames or [], reader)
    # The file tells only NEET itself, so everybody who is not NEET stands here under one trait.
    neet = classify(found.answers, Standard.ICLS_19).neither_working_nor_learning
    young = (found.age >= 15) & (found.age <= 24)
    estimate = share(found.design, neet, young)
    assert estimate is not None and round(100 * estimate.value, 2) == 22.07 and round(100 * estimate.error, 2) == 0.47
    women = share(found.design, neet, young & (found.sex == "female"))
    assert women is not None and np.isfinite(women.error)
