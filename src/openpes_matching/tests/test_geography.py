"""Distances against the known geometry of the ellipsoid, and the same integers as the program of the documentation."""

from __future__ import annotations

import math

import numpy as np
import pytest

from openpes_matching.geography import cosine, root, sine, to_dam
from openpes_matching.tests import oracle


def vincenty_km(lat_1: float, lon_1: float, lat_2: float, lon_2: float) -> float:
    """Distance along the WGS84 ellipsoid by the inverse formula of Vincenty (1975)."""
    a, f = 6378.137, 1 / 298.257223563
    b = (1 - f) * a
    u1, u2 = math.atan((1 - f) * math.tan(math.radians(lat_1))), math.atan((1 - f) * math.tan(math.radians(lat_2)))
    difference = lam = math.radians(lon_2 - lon_1)
    for _ in range(100):
        x = math.cos(u2) * math.sin(lam)
        y = math.cos(u1) * math.sin(u2) - math.sin(u1) * math.cos(u2) * math.cos(lam)
        sin_s = math.hypot(x, y)
        cos_s = math.sin(u1) * math.sin(u2) + math.cos(u1) * math.cos(u2) * math.cos(lam)
        sigma = math.atan2(sin_s, cos_s)
        sin_a = math.cos(u1) * math.cos(u2) * math.sin(lam) / sin_s
        cos_2a = 1 - sin_a**2
        cos_2m = cos_s - 2 * math.sin(u1) * math.sin(u2) / cos_2a if cos_2a else 0.0
        c = f / 16 * cos_2a * (4 + f * (4 - 3 * cos_2a))
        before, lam = (
            lam,
            difference + (1 - c) * f * sin_a * (sigma + c * sin_s * (cos_2m + c * cos_s * (-1 + 2 * cos_2m**2))),
        )
        if abs(lam - before) < 1e-12:
            break
    u_square = cos_2a * (a * a - b * b) / (b * b)
    big_a = 1 + u_square / 16384 * (4096 + u_square * (-768 + u_square * (320 - 175 * u_square)))
    big_b = u_square / 1024 * (256 + u_square * (-128 + u_square * (74 - 47 * u_square)))
    step = cos_s * (-1 + 2 * cos_2m**2) - big_b / 6 * cos_2m * (-3 + 4 * sin_s**2) * (-3 + 4 * cos_2m**2)
    return b * big_a * (sigma - big_b * sin_s * (cos_2m + big_b / 4 * step))


@pytest.mark.parametrize("seed", range(3))
def test_error_is_as_small_as_stated(seed: int) -> None:
    draw = np.random.default_rng(seed)
    lat, lon = draw.uniform(-45, 54, 500), draw.uniform(60, 180, 500)
    far = draw.choice([0.05, 0.5, 4.0, 12.0], 500)
    other_lat, other_lon = lat + draw.uniform(-1, 1, 500) * far, lon + draw.uniform(-1, 1, 500) * far
    here, there = to_dam(lat, lon), to_dam(other_lat, other_lon)
    square = sum((a.astype(np.int64) - b.astype(np.int64)) ** 2 for a, b in zip(here[:3], there[:3], strict=True))
    for i in range(500):
        true = vincenty_km(lat[i], lon[i], other_lat[i], other_lon[i])
        mine = math.sqrt(int(square[i])) / 100
        share = 0.0003 if true <= 500 else 0.0042
        assert abs(mine - true) <= share * true + 0.018
        if true > 6:
            assert abs(int(root(square)[i]) / 100 - true) < 0.005 * true


def test_series_are_sines() -> None:
    angles = np.linspace(-math.pi, math.pi, 1001)
    assert np.abs(sine(angles) - np.sin(angles)).max() < 1e-12
    assert np.abs(cosine(angles) - np.cos(angles)).max() < 1e-12


def test_same_integers_as_the_documented_program() -> None:
    draw = np.random.default_rng(4)
    lat, lon = np.round(draw.uniform(-90, 90, 2_000), 5), np.round(draw.uniform(-180, 180, 2_000), 5)
    x, y, z, located = to_dam(lat, lon)
    assert located.all()
    for i in range(2_000):
        assert (x[i], y[i], z[i]) == oracle.place({"lat": lat[i], "lon": lon[i]})


def test_root_is_exact_next_to_squares() -> None:
    bases = np.array([0, 1, 2, 46_340, 94_906_265, 2_000_000], np.int64)
    for square in (bases * bases, bases * bases + 1, np.maximum(bases * bases - 1, 0)):
        small = square[square < 2**52]
        assert root(small).tolist() == [math.isqrt(int(s)) for s in small]
