"""The numbers a country may set: weights, tolerances and the ages the law protects."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass

TERMS = ("occupation", "skills", "distance", "wage", "experience", "education", "languages")
"""The seven terms, in the order used by every array of parts."""

WEIGHT_SUM = 256
TOP_PART = 255
TOP_SCORE = WEIGHT_SUM * TOP_PART
"""The highest score there is: 65,280."""

MAX_WAGE = 1_000_000_000
"""Largest monthly wage that can be represented, in whole currency units."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Weights and tolerances of one country on one date.

    Weights are whole numbers that add up to 256; a term gives 0..255 and counts weight x term.
    wage_floor, wage_full: thousandths of the wage a person asks; at or below the floor the wage term is 0, at or
    above full it is 255.
    default_km: the distance at which the distance term reaches 0 for people who gave no limit; it excludes nobody.
    second_choice, third_choice: eighths of the occupation term kept for the second and third wanted occupation.
    education_step: taken from 255 for each ISCED level that is missing.
    neutral: the value of a term that cannot be known.
    minimum_age: legal age for any work (ILO C138: 15). hazardous_age: for hazardous work (ILO C138, C182: 18).
    """

    occupation: int = 80
    skills: int = 80
    distance: int = 32
    wage: int = 24
    experience: int = 16
    education: int = 16
    languages: int = 8
    wage_floor: int = 800
    wage_full: int = 1000
    default_km: int = 40
    second_choice: int = 7
    third_choice: int = 6
    education_step: int = 85
    neutral: int = 128
    minimum_age: int = 15
    hazardous_age: int = 18

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            if isinstance(value, bool) or not isinstance(value, int) or value < 0:
                raise ValueError(f"policy {name} must be a whole number that is not negative, not {value!r}")
        if sum(self.weights) != WEIGHT_SUM:
            raise ValueError(f"the seven weights must add up to {WEIGHT_SUM}, not {sum(self.weights)}")
        if not self.wage_floor < self.wage_full <= self.wage_floor + 2_000 <= 12_000:
            raise ValueError("wage_full must lie above wage_floor, by at most 2,000 thousandths")
        if not 1 <= self.default_km <= 20_000:
            raise ValueError("default_km must be between 1 and 20,000")
        if not self.third_choice <= self.second_choice <= 8:
            raise ValueError("third_choice <= second_choice <= 8 eighths must hold")
        if self.education_step > TOP_PART or self.neutral > TOP_PART:
            raise ValueError("education_step and neutral lie between 0 and 255")
        if self.minimum_age < 15 or self.hazardous_age < 18:
            raise ValueError("legal ages may not be set below 15 and, for hazardous work, 18 (ILO C138, C182)")

    @property
    def weights(self) -> tuple[int, ...]:
        """The seven weights in the order of TERMS."""
        return tuple(getattr(self, term) for term in TERMS)

    def fingerprint(self) -> str:
        """Sixteen hex digits that change when any value changes; a run is recorded with it."""
        text = ";".join(f"{name}={value}" for name, value in sorted(asdict(self).items()))
        return hashlib.sha256(text.encode()).hexdigest()[:16]
