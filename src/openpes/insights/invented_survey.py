"""For demonstrations: a monthly labour force survey beside the invented months. All invented, and marked so."""

from __future__ import annotations

import math
from datetime import datetime

import numpy as np

from openpes.insights.invented_history import wind
from openpes.insights.models import Freeze, FrozenFigure, OutsideFigure
from openpes.insights.states import FreezeState, Source
from openpes.reference.country import country
from openpes_evidence.labour_force import Standard
from openpes_evidence.proportions import Z95

SURVEY = "Invented monthly survey of the demonstration"
# A survey is known some months later than the register.
SURVEY_LAG = 2
SURVEY_ASKED = 6_000
# People with work, and without, for one who looks through the service: what a survey of the invented land would find.
EMPLOYED_FOR_ONE, UNEMPLOYED_FOR_ONE = 40.0, 2.8


def invent_survey(first: Freeze, *, seed: int, at: datetime) -> int:
    """A monthly survey beside all months but the last few: the rate, people with and without work.

    It follows the winds, not the register: the counted months of a demonstration grow as its register fills.
    """
    rng = np.random.default_rng(seed + 1)
    months = list(Freeze.objects.filter(synthetic=True, state=FreezeState.PUBLISHED).order_by("month"))
    months = months[: len(months) - SURVEY_LAG]
    stock = FrozenFigure.objects.get(freeze=first, indicator="registered_stock", place="").n or 0
    anchor = wind(first.month, 0, np.random.default_rng(0)).people
    at_first = next((position for position, one in enumerate(months) if one.month == first.month), len(months))
    rows = []
    for position, one in enumerate(months):
        people = stock * wind(one.month, at_first - position, rng).people / anchor
        without, employed = UNEMPLOYED_FOR_ONE * people, EMPLOYED_FOR_ONE * stock
        rate = without / (without + employed) if stock else 0.0
        error = math.sqrt(1.6 * rate * (1 - rate) / SURVEY_ASKED)
        rows += [
            _outside("LU1", one.month, at, value=100 * rate, error=100 * error, n=SURVEY_ASKED),
            _outside("UNEMPLOYED", one.month, at, value=round(without), n=round(SURVEY_ASKED * rate)),
            _outside("EMPLOYED", one.month, at, value=round(employed), n=round(SURVEY_ASKED * (1 - rate))),
        ]
    return len(OutsideFigure.objects.bulk_create(rows))


def _outside(
    indicator: str, month: str, at: datetime, *, value: float, n: int, error: float | None = None
) -> OutsideFigure:
    return OutsideFigure(
        area=country().alpha3,
        indicator=indicator,
        period=month,
        age="AGE_YTHADULT_YGE15",
        value=value,
        error=error,
        lower=None if error is None else value - Z95 * error,
        upper=None if error is None else value + Z95 * error,
        n=n,
        standard=Standard.ICLS_19.value,
        source_kind=Source.SURVEY_FILE,
        source=SURVEY,
        read_at=at,
    )
