"""Who is listed and who is not, by group: a report beside the ranker, which never sees a group."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Z_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class GroupRate:
    """How often one group was selected. rate with its 95 % Wilson interval low..high; ratio to the rate of the
    reference group with its 95 % interval ratio_low..ratio_high (log method of Katz, 1978; a half is added to every
    count when one is 0). None where there is nobody to divide by."""

    group: Hashable
    people: int
    selected: int
    rate: float | None
    low: float | None
    high: float | None
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None


def listed_people(found: Any, people: NDArray[np.integer], k: int = 10) -> NDArray[np.bool_]:
    """(n,) True for each of the given person ids that is among the first k of any vacancy in `match_vacancies`
    result."""
    return np.isin(people, found.id[:, :k][found.id[:, :k] >= 0])


def selection_ratios(
    selected: NDArray[np.bool_], group: Sequence[Hashable], reference: Hashable | None = None
) -> list[GroupRate]:
    """Selection rate of each group and its ratio to a reference group, the most numerous when None is named.

    selected: (n,) was the person selected (listed, referred, ...). group: (n,) labels of any kind. Sorted by label
    as text. A ratio below 0.8 is the usual sign to look closer; the interval says whether chance could explain it.
    Raises ValueError for a reference that nobody belongs to.
    """
    if len(selected) != len(group):
        raise ValueError("selected and group must have one entry a person")
    counts: dict[Hashable, list[int]] = {}
    for label, chosen in zip(group, np.asarray(selected, np.bool_).tolist(), strict=True):
        entry = counts.setdefault(label, [0, 0])
        entry[0] += 1
        entry[1] += chosen
    if not counts:
        return []
    labels = sorted(counts, key=str)
    if reference is None:
        reference = max(labels, key=lambda label: counts[label][0])
    if reference not in counts:
        raise ValueError(f"nobody belongs to the reference group {reference!r}")
    return [_rate(label, *counts[label], *counts[reference], is_reference=label == reference) for label in labels]


def _rate(label: Hashable, n: int, chosen: int, ref_n: int, ref_chosen: int, *, is_reference: bool) -> GroupRate:
    low, high = wilson(chosen, n)
    ratio = ratio_low = ratio_high = None
    if is_reference:
        ratio = ratio_low = ratio_high = 1.0 if chosen else None
    elif ref_chosen or chosen:
        a, b, c, d = float(chosen), float(n), float(ref_chosen), float(ref_n)
        if not chosen or not ref_chosen:
            a, b, c, d = a + 0.5, b + 0.5, c + 0.5, d + 0.5
        ratio = (a / b) / (c / d)
        spread = Z_95 * math.sqrt(max(1 / a - 1 / b + 1 / c - 1 / d, 0.0))
        ratio_low, ratio_high = ratio * math.exp(-spread), ratio * math.exp(spread)
    return GroupRate(label, n, chosen, chosen / n, low, high, ratio, ratio_low, ratio_high)


def wilson(chosen: int, n: int) -> tuple[float, float]:
    """95 % interval of a share (Wilson, 1927)."""
    if n == 0:
        return 0.0, 1.0
    share, square = chosen / n, Z_95 * Z_95
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = Z_95 * math.sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, middle - half), min(1.0, middle + half)
