"""Figures of others brought in: SDMX files, survey files by a mapping, extracts of other registers. Aggregates only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.insights.access import require_may
from openpes.insights.models import OutsideFigure
from openpes.insights.states import Source
from openpes_evidence.labour_force import Groups, Standard, classify, underuse
from openpes_evidence.sdmx_read import Unreadable, read
from openpes_evidence.survey_mapping import SurveyFile, SurveyMapping

AGES = {"AGE_YTHADULT_YGE15": (15, 200), "AGE_YTHADULT_Y15-24": (15, 24), "AGE_YTHADULT_YGE25": (25, 200)}
# Publishers name the same dimension in their own ways; the first that is there counts.
AREA_NAMES, AGE_NAMES = ("REF_AREA", "GEO", "GEOGRAPHY", "COUNTRY", "LOCATION"), ("AGE", "CLASSIF1")
SEXES = {"SEX_T": None, "SEX_F": "female", "SEX_M": "male"}
# Fewer people asked than this, or an error above this share of the value: marked as unreliable, and still shown.
FEWEST_ASKED, LARGEST_ERROR = 30, 0.3
# What each figure needs to have been asked.
NEEDS: Mapping[str, frozenset[str]] = {
    "LU1": frozenset({"works_for_pay", "searched", "available"}),
    "LU2": frozenset({"works_for_pay", "searched", "available", "wants_more_hours", "under_hours"}),
    "LU3": frozenset({"works_for_pay", "searched", "available", "wants_work"}),
    "LU4": frozenset({"works_for_pay", "searched", "available", "wants_work", "wants_more_hours", "under_hours"}),
    "NEET": frozenset({"works_for_pay", "learning"}),
    "PARTICIPATION": frozenset({"works_for_pay", "searched", "available"}),
    "EMPLOYMENT": frozenset({"works_for_pay"}),
}


@transaction.atomic
def read_sdmx(*, content: bytes, source: str, flow: str, by: Actor, at: datetime) -> int:
    """Keep the observations of an SDMX file under the name of its flow; reading it again changes nothing new.

    Returns how many were kept. Raises NotPermitted, openpes_evidence.sdmx_read.Unreadable; nothing is kept then.
    """
    require_may("figures.freeze", by)
    rows: list[OutsideFigure] = []
    others: dict[tuple[str, ...], dict[str, str]] = {}
    observations = read(content)
    # A file of several measures names its figures by them; one of a single measure by its flow.
    several = len({one.key.get("MEASURE") for one in observations}) > 1
    for one in observations:
        key = {name.upper(): code for name, code in one.key.items()}
        row = OutsideFigure(
            area=_first_of(key, AREA_NAMES, "")[:20],
            indicator=key.pop("INDICATOR", "") or (key.pop("MEASURE", "") if several else "") or flow,
            period=one.period,
            sex=key.pop("SEX", "SEX_T"),
            age=_first_of(key, AGE_NAMES, "AGE_AGGREGATE_TOTAL"),
            value=one.value,
            status=one.status[:1] or "A",
            source_kind=Source.SDMX_FILE,
            source=source[:200],
            read_at=at,
        )
        if not row.area:
            raise Unreadable(f"No observation says its area: {', '.join(AREA_NAMES)} are looked for. Nothing was kept.")
        _no_second(row, key, others)
        rows.append(row)
    return _keep(rows, by=by, at=at, source=source)


def _first_of(key: dict[str, str], names: Iterable[str], without: str) -> str:
    """Take the first of these dimensions out of a key."""
    return next((key.pop(name) for name in names if name in key), without)


def _no_second(row: OutsideFigure, rest: dict[str, str], others: dict[tuple[str, ...], dict[str, str]]) -> None:
    """Two values of one area, time, sex and age would overwrite each other in silence: say what sets them apart."""
    place = (row.area, row.indicator, row.period, row.sex, row.age)
    before = others.setdefault(place, rest)
    apart = sorted(name for name in {*before, *rest} if before.get(name) != rest.get(name))
    if apart:
        raise Unreadable(
            f"{' '.join(place)} has more than one value: they differ in {', '.join(apart)}. "
            f"Ask the publisher for one {apart[0]} only. Nothing was kept."
        )


@transaction.atomic
def read_survey(*, mapping: SurveyMapping, people: SurveyFile, source: str, by: Actor, at: datetime) -> int:
    """Estimate the shares of a survey by sex and age, with their errors, and keep those. No person is kept.

    Raises NotPermitted; ValueError when the mapping asks for nothing that can be computed.
    """
    require_may("figures.freeze", by)
    groups = classify(people.answers, mapping.standard)
    rows = [
        row
        for age, (low, high) in AGES.items()
        for sex, wanted in SEXES.items()
        for row in _estimates(mapping, people, groups, source, at, age=(age, low, high), sex=(sex, wanted))
    ]
    if not rows:
        raise ValueError("The mapping names no question that a figure could be made of. Add traits to it.")
    return _keep(rows, by=by, at=at, source=source)


def _estimates(
    mapping: SurveyMapping,
    people: SurveyFile,
    groups: Groups,
    source: str,
    at: datetime,
    *,
    age: tuple[str, int, int],
    sex: tuple[str, str | None],
) -> Iterable[OutsideFigure]:
    code, low, high = age
    among = (people.age >= low) & (people.age <= high)
    if sex[1] is not None:
        among &= people.sex == sex[1]
    if not np.any(among):
        return
    yield from _totals(mapping, people, groups, source, at, among=among, age=code, sex=sex[0])
    for name, found in underuse(groups, people.design, among).items():
        # A first standard never takes the name of the second: the two are not one series.
        if found is None or not NEEDS[name] <= people.asked:
            continue
        yield OutsideFigure(
            area=mapping.area,
            indicator=name if mapping.standard is Standard.ICLS_19 else f"{name}_13",
            period=mapping.period,
            sex=sex[0],
            age=code,
            value=100 * found.value,
            error=100 * found.error,
            lower=100 * found.lower,
            upper=100 * found.upper,
            n=found.n,
            status="U" if found.n < FEWEST_ASKED or found.error > LARGEST_ERROR * max(found.value, 1e-9) else "A",
            standard=mapping.standard.value,
            source_kind=Source.SURVEY_FILE,
            source=source[:200],
            read_at=at,
        )


def _totals(
    mapping: SurveyMapping,
    people: SurveyFile,
    groups: Groups,
    source: str,
    at: datetime,
    *,
    among: NDArray[np.bool_],
    age: str,
    sex: str,
) -> Iterable[OutsideFigure]:
    """How many people are unemployed and employed, to be set beside the register."""
    for name, marks, needs in (("UNEMPLOYED", groups.unemployed, "LU1"), ("EMPLOYED", groups.employed, "EMPLOYMENT")):
        if NEEDS[needs] <= people.asked:
            yield OutsideFigure(
                area=mapping.area,
                indicator=name if mapping.standard is Standard.ICLS_19 else f"{name}_13",
                period=mapping.period,
                sex=sex,
                age=age,
                value=float(people.design.weights[marks & among].sum()),
                n=int((marks & among).sum()),
                standard=mapping.standard.value,
                source_kind=Source.SURVEY_FILE,
                source=source[:200],
                read_at=at,
            )


@transaction.atomic
def read_extract(*, rows: Iterable[Mapping[str, str]], source: str, by: Actor, at: datetime) -> int:
    """Aggregates of another register: columns area, indicator, period, value, and sex, age, n where they are known.

    Raises NotPermitted; ValueError naming every bad line, and keeps nothing then.
    """
    require_may("figures.freeze", by)
    mistakes: list[str] = []
    found: list[OutsideFigure] = []
    for line, row in enumerate(rows, start=2):
        lacking = [name for name in ("area", "indicator", "period", "value") if not (row.get(name) or "").strip()]
        if lacking:
            mistakes.append(f"Line {line}: {', '.join(lacking)} is empty.")
            continue
        try:
            value, n = float(row["value"]), int(row["n"]) if row.get("n") else None
        except ValueError:
            mistakes.append(f"Line {line}: value and n are numbers.")
            continue
        found.append(
            OutsideFigure(
                area=row["area"].strip(),
                indicator=row["indicator"].strip(),
                period=row["period"].strip(),
                sex=(row.get("sex") or "SEX_T").strip(),
                age=(row.get("age") or "AGE_AGGREGATE_TOTAL").strip(),
                value=value,
                n=n,
                source_kind=Source.REGISTER_EXTRACT,
                source=source[:200],
                read_at=at,
            )
        )
    if mistakes:
        raise ValueError("\n".join(mistakes))
    return _keep(found, by=by, at=at, source=source)


def _keep(rows: list[OutsideFigure], *, by: Actor, at: datetime, source: str) -> int:
    unique = {(row.area, row.indicator, row.period, row.sex, row.age): row for row in rows}
    OutsideFigure.objects.bulk_create(
        list(unique.values()),
        batch_size=1_000,
        update_conflicts=True,
        unique_fields=["area", "indicator", "period", "sex", "age", "source"],
        update_fields=["value", "error", "lower", "upper", "n", "status", "standard", "source_kind", "read_at"],
    )
    record_change(by=by, at=at, verb="figures.read", thing="outside:figures", detail={"n": len(unique)})
    return len(unique)
