"""Everything besides people and vacancies that decides a score, gathered for one Matcher."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from openpes_matching.features import languages
from openpes_matching.geography import DAM_PER_KM
from openpes_matching.policy import TOP_PART, Policy
from openpes_matching.tables import LanguageSets

COMMON_SKILL, RARE_STEP = 64, 16


def rarity_weights(counts: NDArray[np.integer], vacancies: int) -> NDArray[np.int32]:
    """Skill weights from how many of the vacancies name each skill: min(255, 64 + 16 x floor(log2(vacancies /
    count))).

    counts: (skills,) how many vacancies name the skill, must or nice to have; 0 is treated as 1. -> (skills,) int32.
    """
    share = np.maximum(vacancies // np.maximum(np.asarray(counts, np.int64), 1), 1)
    log = np.array([int(s).bit_length() - 1 for s in share], np.int64) if len(share) else share
    return np.minimum(COMMON_SKILL + RARE_STEP * log, TOP_PART).astype(np.int32)


@dataclass
class Rules:
    """policy, proximity (n, n) uint8, skill_weight (skills,) int32 1..255 and the sets of languages that people
    speak and vacancies ask, as met so far."""

    policy: Policy
    proximity: NDArray[np.uint8]
    skill_weight: NDArray[np.int32]
    spoken: LanguageSets = field(default_factory=LanguageSets)
    asked: LanguageSets = field(default_factory=LanguageSets)
    _language_table: NDArray[np.uint8] | None = None

    def __post_init__(self) -> None:
        matrix = np.require(self.proximity, requirements=["C", "W", "O"])
        if matrix.dtype != np.uint8 or matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
            raise ValueError("proximity must be a square matrix of uint8")
        self.proximity = matrix
        weights = np.asarray(self.skill_weight)
        if weights.size and (weights.min() < 1 or weights.max() > TOP_PART):
            raise ValueError("skill weights lie between 1 and 255")
        self.skill_weight = weights.astype(np.int32)

    def widen_skills(self, width: int) -> None:
        """Make room for skill ids below width; a skill without a weight of its own weighs 64."""
        missing = width - len(self.skill_weight)
        if missing > 0:
            self.skill_weight = np.concatenate([self.skill_weight, np.full(missing, COMMON_SKILL, np.int32)])

    @property
    def default_dam(self) -> int:
        """The policy's default_km in decametres."""
        return self.policy.default_km * DAM_PER_KM

    @property
    def eighths(self) -> tuple[int, int, int]:
        """What is kept of the occupation term for the first, second and third choice."""
        return 8, self.policy.second_choice, self.policy.third_choice

    def language_table(self) -> NDArray[np.uint8]:
        """Parts by (set that people speak, set that vacancies ask), for the sets met so far."""
        spoken, asked = self.spoken.sets, self.asked.sets
        if self._language_table is None or self._language_table.shape != (len(spoken), len(asked)):
            self._language_table = languages.table(spoken, asked, self.policy.neutral)
        return self._language_table
