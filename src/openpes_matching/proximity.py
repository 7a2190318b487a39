"""How near two occupations are: the ISCO-08 tree, raised by known relations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

SAME_UNIT, SAME_MINOR, SAME_SUB_MAJOR, SAME_MAJOR = 255, 180, 110, 40
"""Proximity of two unit groups that share 4, 3, 2 or 1 leading digits; 0 when they share none."""


def proximity_from_isco(codes: Sequence[str], related: Iterable[tuple[str, str, int]] = ()) -> NDArray[np.uint8]:
    """(n, n) uint8, row = occupation wanted, column = occupation offered.

    codes: ISCO-08 unit groups of four digits. related: (code, code, 0..255); a pair is raised to the value in both
    directions and never lowered; pairs with a code that is not in `codes` are left out. Two different unit groups
    never reach 255, so that the wanted occupation itself stays first.
    Raises ValueError for a code that is not four digits, a repeated code or a value out of range.
    """
    if len(set(codes)) != len(codes):
        raise ValueError("occupation codes must be distinct")
    for code in codes:
        if len(code) != 4 or not code.isascii() or not code.isdigit():
            raise ValueError(f"an ISCO-08 unit group has four digits, not {code!r}")
    number = np.array([int(code) for code in codes], np.int32)
    matrix = np.zeros((len(codes), len(codes)), np.uint8)
    for divisor, value in ((1000, SAME_MAJOR), (100, SAME_SUB_MAJOR), (10, SAME_MINOR)):
        group = number // divisor
        matrix[group[:, None] == group[None, :]] = value
    place = {code: i for i, code in enumerate(codes)}
    for a, b, value in related:
        if not 0 <= value <= 255:
            raise ValueError(f"relatedness of {a} and {b} must lie between 0 and 255, not {value}")
        i, j = place.get(a), place.get(b)
        if i is None or j is None:
            continue
        matrix[i, j] = matrix[j, i] = max(int(matrix[i, j]), min(value, SAME_UNIT - 1))
    np.fill_diagonal(matrix, SAME_UNIT)
    return matrix
