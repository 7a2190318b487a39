"""A synthetic nation for the benchmarks: seeded, skewed like real ones, and nobody in it is real.

436 occupations in a tree with some further relations; 13,939 skills, a few very common; 80 towns of unequal size in a
square of 800 km; limits of 15 to 90 km; 12 licences; shifts; legal ages; wages that follow the occupation. A person has
on average about 4,000 of 100,000 vacancies in reach.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openpes_matching import Lists, Matcher, People, Vacancies, rarity_weights

OCCUPATIONS, SKILLS, TOWNS, LICENCES = 436, 13_939, 80, 12
SIDE_KM, SOUTH, WEST = 800.0, 8.0, 118.0
KM_PER_DEGREE = 111.2
ALL_WEEK_DAYS = sum(1 << (3 * day) for day in range(5))
SHIFT_PATTERNS = np.array(
    [ALL_WEEK_DAYS, ALL_WEEK_DAYS << 1, ALL_WEEK_DAYS | 1 << 15 | 1 << 18, ALL_WEEK_DAYS << 2, 0b111], np.uint32
)


@dataclass(frozen=True)
class Nation:
    """People, vacancies and the two tables a Matcher wants."""

    people: People
    vacancies: Vacancies
    proximity: NDArray[np.uint8]
    skill_weight: NDArray[np.int32]

    def matcher(self, engine: str = "numba") -> Matcher:
        """A Matcher of the whole nation."""
        return Matcher(
            self.people, self.vacancies, proximity=self.proximity, skill_weight=self.skill_weight, engine=engine
        )


def _zipf(n: int, exponent: float) -> NDArray[np.float64]:
    weight = np.arange(1, n + 1) ** -exponent
    return weight / weight.sum()


class _Shape:
    """What both sides of the nation share."""

    def __init__(self, draw: np.random.Generator) -> None:
        self.draw = draw
        majors = np.sort(draw.integers(1, 10, OCCUPATIONS))
        self.major = majors
        sub, minor = np.arange(OCCUPATIONS) // 10, np.arange(OCCUPATIONS) // 3
        near = np.zeros((OCCUPATIONS, OCCUPATIONS), np.uint8)
        for group, value in ((majors, 40), (sub, 110), (minor, 180), (np.arange(OCCUPATIONS), 255)):
            near[group[:, None] == group[None, :]] = value
        for o in range(OCCUPATIONS):
            for other in draw.integers(0, OCCUPATIONS, 4):
                near[o, other] = near[other, o] = max(150, int(near[o, other]))
        self.near = near
        self.sub = sub
        self.own_skills = np.stack([draw.choice(SKILLS, 60, replace=False) for _ in range(OCCUPATIONS)])
        self.family_skills = np.stack([draw.choice(SKILLS, 150, replace=False) for _ in range(sub[-1] + 1)])
        self.common_skills = draw.choice(SKILLS, 400, replace=False)
        self.popularity = _zipf(OCCUPATIONS, 0.8)[draw.permutation(OCCUPATIONS)]
        self.town_size = _zipf(TOWNS, 0.8)
        self.town = draw.random((TOWNS, 2)) * SIDE_KM

    def skills(self, occupation: Any, least: int, most: int) -> Lists:
        n, draw = len(occupation), self.draw
        count = draw.integers(least, most, n)
        start = np.concatenate([np.zeros(1, np.int64), np.cumsum(count)])
        who = np.repeat(np.asarray(occupation), count)
        kind = draw.random(len(who))
        own = self.own_skills[who, draw.choice(60, len(who), p=_zipf(60, 0.7))]
        family = self.family_skills[self.sub[who], draw.choice(150, len(who), p=_zipf(150, 0.8))]
        common = self.common_skills[draw.choice(400, len(who), p=_zipf(400, 0.9))]
        return Lists.flat(start, np.where(kind < 0.55, own, np.where(kind < 0.8, family, common)))

    def places(self, n: int, size: Any) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        draw = self.draw
        centre = self.town[draw.choice(TOWNS, n, p=size)]
        spread = np.where(draw.random((n, 1)) < 0.25, 36.0, 12.0)
        km = np.clip(centre + draw.normal(0, 1, (n, 2)) * spread, 0, SIDE_KM)
        lat = SOUTH + km[:, 1] / KM_PER_DEGREE
        lon = WEST + km[:, 0] / (KM_PER_DEGREE * np.cos(np.radians(SOUTH + SIDE_KM / 2 / KM_PER_DEGREE)))
        return np.round(lat, 5), np.round(lon, 5)


def build(people: int, vacancies: int, seed: int = 7) -> Nation:
    """The nation of a seed; the same on every machine with the same NumPy."""
    shape = _Shape(np.random.default_rng(seed))
    offered = _vacancies(shape, vacancies)
    counts = np.bincount(offered.skills.item, minlength=SKILLS)
    return Nation(_people(shape, people), offered, shape.near, rarity_weights(counts, vacancies))


def _bits(draw: np.random.Generator, n: int, chances: Any) -> Lists:
    has = draw.random((n, len(chances))) < np.asarray(chances)
    rows, items = np.nonzero(has)
    start = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.bincount(rows, minlength=n))])
    return Lists(start, items.astype(np.int32))


def _people(shape: _Shape, n: int) -> People:
    draw = shape.draw
    first = draw.choice(OCCUPATIONS, n, p=shape.popularity)
    second = np.where(draw.random(n) < 0.5, draw.choice(OCCUPATIONS, n, p=shape.popularity), -1)
    third = np.clip(first + draw.integers(-2, 3, n), 0, OCCUPATIONS - 1)
    lat, lon = shape.places(n, shape.town_size)
    shifts = np.zeros(n, np.uint32)
    for slot in range(21):
        chance = 0.9 if slot % 3 < 2 and slot < 15 else 0.55
        shifts |= (draw.random(n) < chance).astype(np.uint32) << np.uint32(slot)
    return People(
        id=np.arange(n),
        wanted=np.stack([first, second, third], 1),
        skills=shape.skills(first, 8, 16),
        lat=lat,
        lon=lon,
        max_km=draw.choice([15.0, 25, 40, 60, 90], n, p=[0.2, 0.3, 0.3, 0.15, 0.05]),
        min_wage=np.rint((300 + 40 * (9 - shape.major[first])) * np.exp(draw.normal(0, 0.25, n)) * 50),
        education=np.clip(9 - shape.major[first] + draw.integers(-2, 3, n), 0, 8),
        experience_months=draw.integers(0, 360, n),
        languages=_bits(draw, n, [0.99, 0.4, 0.1, 0.05]),
        licences=_bits(draw, n, [0.6] + [0.06] * (LICENCES - 1)),
        licences_known=np.ones(n, np.bool_),
        shifts=shifts,
        age=draw.integers(16, 66, n),
    )


def _vacancies(shape: _Shape, n: int) -> Vacancies:
    draw = shape.draw
    popularity = shape.popularity * np.exp(draw.normal(0, 0.6, OCCUPATIONS))
    occupation = draw.choice(OCCUPATIONS, n, p=popularity / popularity.sum())
    size = shape.town_size * np.exp(draw.normal(0, 0.4, TOWNS))
    lat, lon = shape.places(n, size / size.sum())
    asked = np.where(draw.random(n) < 0.15, 0, -1)
    rare = np.where(draw.random(n) < 0.05, draw.integers(1, LICENCES, n), -1)
    licences = Lists.of([[x for x in pair if x >= 0] for pair in zip(asked.tolist(), rare.tolist(), strict=True)])
    return Vacancies(
        id=np.arange(n),
        occupation=occupation,
        skills=shape.skills(occupation, 6, 16),
        lat=lat,
        lon=lon,
        wage=np.rint((310 + 40 * (9 - shape.major[occupation])) * np.exp(draw.normal(0, 0.25, n)) * 50),
        education=np.clip(9 - shape.major[occupation] + draw.integers(-3, 2, n), 0, 8),
        experience_months=12 * draw.choice([0, 1, 2, 3, 5, 10], n, p=[0.3, 0.2, 0.2, 0.15, 0.1, 0.05]),
        languages=_bits(draw, n, [1.0, 0.11, 0.05, 0.0]),
        licences=licences,
        shifts=SHIFT_PATTERNS[draw.choice(5, n, p=[0.55, 0.15, 0.1, 0.08, 0.12])],
        min_age=np.where(draw.random(n) < 0.9, 16, draw.choice([18, 21], n)),
        places=draw.choice([1, 2, 5, 20], n, p=[0.75, 0.15, 0.08, 0.02]),
    )
