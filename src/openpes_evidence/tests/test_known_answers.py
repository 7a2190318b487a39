"""Published figures computed again from their raw series, where the data lies beside the project."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from openpes_evidence.mismatch import mismatch_index
from openpes_evidence.survey import Design, share

DATA = Path(__file__).parents[4] / "shared" / "data" / "labour_market"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the folder of real labour market data is not here")


def rows(name: str) -> list[dict[str, str]]:
    with gzip.open(DATA / name, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@needs_data
def test_finlands_published_mismatch_indices_from_its_raw_series() -> None:
    by_month = defaultdict(list)
    for row in rows("finland_vacancies_unemployed_by_occupation_2006_2018.csv.gz"):
        by_month[row["month"], row["level"]].append(row)
    worst, compared = 0.0, 0
    for published in rows("finland_published_mismatch_index_2006_2018.csv.gz"):
        raw = by_month[published["month"], published["level"]]
        index = mismatch_index(
            [float(row["unemployed_end_of_month"] or 0) for row in raw],
            [float(row["vacancies_end_of_month"] or 0) for row in raw],
            weight=float(published["alpha"]),
            all_unemployed=float(raw[0]["country_unemployed_end_of_month"]),
            all_vacancies=float(raw[0]["country_vacancies_end_of_month"]),
        )
        assert index is not None
        worst, compared = max(worst, abs(index - float(published["value"]))), compared + 1
    assert compared > 6_000
    assert worst < 1e-9


@needs_data
def test_east_javas_neet_share_with_its_design_error() -> None:
    people = rows("sakernas_east_java_2022.csv.gz")
    age = np.array([int(row["age"]) for row in people])
    design = Design(
        np.array([float(row["WEIGHT"]) for row in people]),
        np.array([int(row["STRATA"]) for row in people]),
        np.array([int(row["PSU"]) for row in people]),
    )
    found = share(design, np.array([row["neet"] == "1" for row in people]), (age >= 15) & (age <= 24))
    assert found is not None
    assert round(100 * found.value, 2) == 22.07
    assert round(100 * found.error, 2) == 0.47
    assert found.lower < found.value < found.upper
