"""How well the vacancies fit the people looking, by occupation or area (the index of Jackman and Roper, with a weight).

    index = 1 - sum_i (V_i / V)^a * (U_i / U)^(1 - a)

Nought: vacancies lie where the people are. The index rises with detail, so levels are never compared with each other.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def mismatch_index(
    unemployed: Sequence[float],
    vacancies: Sequence[float],
    *,
    weight: float = 0.5,
    all_unemployed: float | None = None,
    all_vacancies: float | None = None,
) -> float | None:
    """The index, 0 to 1, of one month at one level of detail; None where a total is nought.

    `weight`: the exponent of vacancies, above 0 and below 1. `all_unemployed`, `all_vacancies`: totals that the shares
    are taken of, where a country counts people without an occupation in its total; without them, the sums.
    """
    if not 0 < weight < 1:
        raise ValueError(f"The weight is {weight}; it lies between 0 and 1.")
    u, v = np.asarray(unemployed, float), np.asarray(vacancies, float)
    if u.shape != v.shape or u.ndim != 1:
        raise ValueError("Unemployed and vacancies are two lists of one length, one entry an occupation.")
    if (u < 0).any() or (v < 0).any():
        raise ValueError("A count below nought is no count.")
    total_u = float(u.sum()) if all_unemployed is None else all_unemployed
    total_v = float(v.sum()) if all_vacancies is None else all_vacancies
    if total_u <= 0 or total_v <= 0:
        return None
    return float(1.0 - np.sum((v / total_v) ** weight * (u / total_u) ** (1.0 - weight)))
