"""A share and how sure it is, from a plain count: the interval of Wilson (1927), which stays within 0 and 1."""

from __future__ import annotations

import math

Z95 = 1.959963984540054


def wilson(part: int, whole: int) -> tuple[float, float] | None:
    """The 95 per cent interval of part / whole, 0 to 1; None where there is nothing to divide by."""
    if whole <= 0:
        return None
    share = part / whole
    middle = (share + Z95**2 / (2 * whole)) / (1 + Z95**2 / whole)
    half = Z95 / (1 + Z95**2 / whole) * math.sqrt(share * (1 - share) / whole + Z95**2 / (4 * whole**2))
    return max(0.0, middle - half), min(1.0, middle + half)
