"""Places as whole decametres in three dimensions, so that distances are integers on every machine.

A latitude and longitude (WGS84 degrees) become X, Y, Z on the WGS84 ellipsoid in units of 10 m, rounded half to
even. The distance of two places is the straight line between these points, rounded down. Within 500 km it differs
from the distance along the ground by less than 0.03 %, within 2,000 km by less than 0.42 %, and rounding adds less
than 28 m. Sine and cosine are computed with additions and multiplications only (IEEE 754 rounds those alike
everywhere; the sine of a mathematics library is not equal on all machines).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SEMI_MAJOR_DAM = 637_813.7
"""WGS84 semi-major axis in decametres."""
ECCENTRICITY_SQUARED = 0.0066943799901413165
DAM_PER_KM = 100
MAX_REACH_KM = 20_000
_RADIANS_PER_DEGREE = 0.017453292519943295
_TERMS = 13
"""Terms of the power series; enough for 1e-13 at half a turn."""


def sine(angle: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sine of angles in radians, |angle| <= pi, by Horner's rule on the power series."""
    square = angle * angle
    total = np.ones_like(angle)
    for i in range(_TERMS, 0, -1):
        total = 1.0 - total * square / float(2 * i * (2 * i + 1))
    return angle * total


def cosine(angle: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cosine of angles in radians, |angle| <= pi."""
    square = angle * angle
    total = np.ones_like(angle)
    for i in range(_TERMS, 0, -1):
        total = 1.0 - total * square / float(2 * i * (2 * i - 1))
    return total


def to_dam(
    lat: NDArray[np.float64], lon: NDArray[np.float64]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.bool_]]:
    """(x, y, z, located): decametres as int32 (0 where not located); located is False where either is NaN."""
    located = ~(np.isnan(lat) | np.isnan(lon))
    phi = np.where(located, lat, 0.0) * _RADIANS_PER_DEGREE
    lam = np.where(located, lon, 0.0) * _RADIANS_PER_DEGREE
    sin_phi, cos_phi = sine(phi), cosine(phi)
    normal = SEMI_MAJOR_DAM / np.sqrt(1.0 - ECCENTRICITY_SQUARED * (sin_phi * sin_phi))
    across = normal * cos_phi
    x = np.rint(across * cosine(lam))
    y = np.rint(across * sine(lam))
    z = np.rint(normal * (1.0 - ECCENTRICITY_SQUARED) * sin_phi)
    return (
        np.where(located, x, 0).astype(np.int32),
        np.where(located, y, 0).astype(np.int32),
        np.where(located, z, 0).astype(np.int32),
        located,
    )


def root(square: NDArray[np.int64]) -> NDArray[np.int64]:
    """Whole square root, rounded down; exact below 2**52 because IEEE square roots are correctly rounded."""
    return np.sqrt(square.astype(np.float64)).astype(np.int64)


def reach_in_dam(max_km: NDArray[np.float64]) -> NDArray[np.int32]:
    """Limits in decametres, rounded half to even; -1 where unknown (NaN)."""
    known = ~np.isnan(max_km)
    return np.where(known, np.rint(np.where(known, max_km, 0.0) * DAM_PER_KM), -1).astype(np.int32)
