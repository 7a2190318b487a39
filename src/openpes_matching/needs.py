"""Everything a vacancy requires without compromise, as bits: shifts, licences, permits, legal ages.

A pair passes when every bit of the vacancy's need is among the person's bits. Word 0 (62 needs, the commonest) is
tested for every pair; the words after it only for pairs that would otherwise enter a list, so that any number of
licences is exact. Two bits of word 0 are kept apart: ALIVE, which every vacancy needs and every person in service
has, and NEVER, which nobody has and a withdrawn vacancy needs.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from openpes_matching.arrays import People, Vacancies
from openpes_matching.lists import Lists
from openpes_matching.policy import Policy

WORD_0_NEEDS = 62
ALIVE = np.uint64(1 << 62)
NEVER = np.uint64(1 << 63)
SHIFT_COUNT = 21
ADULT_FOR_HAZARD = 21
_FIRST_FREE = 22

Words = NDArray[np.uint64]


def _place(number: int) -> tuple[int, np.uint64]:
    if number < WORD_0_NEEDS:
        return 0, np.uint64(1) << np.uint64(number)
    word, bit = divmod(number - WORD_0_NEEDS, 64)
    return word + 1, np.uint64(1) << np.uint64(bit)


def age_asked(vacancies: Vacancies, policy: Policy) -> NDArray[np.int16]:
    """The age in years each vacancy asks by law or by its own word, (n,): never under the legal minimum."""
    by_law = np.where(vacancies.hazardous, policy.hazardous_age, policy.minimum_age)
    return np.maximum(vacancies.min_age, by_law).astype(np.int16)


class NeedBits:
    """The numbering of needs in use. It grows when new needs are met; numbers never change."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._number: dict[tuple[str, int], int] = {}

    @property
    def words(self) -> int:
        """64-bit words needed."""
        return _place(max(_FIRST_FREE + len(self._number) - 1, 0))[0] + 1

    def learn(self, vacancies: Vacancies) -> bool:
        """Number the needs of these vacancies, commonest first; True if any was new."""
        seen: Counter[tuple[str, int]] = Counter()
        for kind, values in (
            ("age", age_asked(vacancies, self.policy)),
            ("licence", vacancies.licences.item),
            ("permit", vacancies.permits.item),
        ):
            numbers, counts = np.unique(values, return_counts=True)
            seen.update({(kind, int(n)): int(c) for n, c in zip(numbers, counts, strict=True)})
        fresh = sorted((key for key in seen if key not in self._number), key=lambda key: (-seen[key], key))
        for key in fresh:
            self._number[key] = _FIRST_FREE + len(self._number)
        return bool(fresh)

    def asked(self, vacancies: Vacancies) -> Words:
        """(words, n) bits that each vacancy needs. Call `learn` first."""
        bits = np.zeros((self.words, len(vacancies)), np.uint64)
        bits[0] = vacancies.shifts.astype(np.uint64) | ALIVE
        bits[0] |= np.where(vacancies.hazardous, np.uint64(1 << ADULT_FOR_HAZARD), np.uint64(0))
        age = age_asked(vacancies, self.policy)
        for value in np.unique(age):
            word, bit = _place(self._number["age", int(value)])
            bits[word, age == value] |= bit
        self._spread(bits, "licence", vacancies.licences)
        self._spread(bits, "permit", vacancies.permits)
        return bits

    def held(self, people: People) -> Words:
        """(words, n) bits that each person has. What is not known is held, except adulthood for hazardous work."""
        bits = np.zeros((self.words, len(people)), np.uint64)
        every_shift = np.uint64((1 << SHIFT_COUNT) - 1)
        bits[0] = np.where(people.shifts == 0, every_shift, people.shifts.astype(np.uint64)) | ALIVE
        adult = people.age >= self.policy.hazardous_age
        bits[0] |= np.where(adult, np.uint64(1 << ADULT_FOR_HAZARD), np.uint64(0))
        for (kind, value), number in self._number.items():
            if kind == "age":
                word, bit = _place(number)
                bits[word, (people.age < 0) | (people.age >= value)] |= bit
        for kind, lists, known in (
            ("licence", people.licences, people.licences_known),
            ("permit", people.permits, people.permits_known),
        ):
            self._spread(bits, kind, lists)
            if not known.all():
                for word, every in enumerate(self._every(kind)):
                    bits[word, ~known] |= every
        return bits

    def _every(self, kind: str) -> Words:
        """(words,) the bits of all needs of one kind."""
        every = np.zeros(self.words, np.uint64)
        for (other, _), number in self._number.items():
            if other == kind:
                word, bit = _place(number)
                every[word] |= bit
        return every

    def _spread(self, bits: Words, kind: str, lists: Lists) -> None:
        if not lists.item.size:
            return
        number = np.full(lists.width, -1, np.int64)
        for (other, value), n in self._number.items():
            if other == kind and value < len(number):
                number[value] = n
        wanted = number[lists.item]
        keep = wanted >= 0
        rows, wanted = lists.rows()[keep], wanted[keep]
        word = np.where(wanted < WORD_0_NEEDS, 0, (wanted - WORD_0_NEEDS) // 64 + 1)
        bit = np.where(wanted < WORD_0_NEEDS, wanted, (wanted - WORD_0_NEEDS) % 64).astype(np.uint64)
        np.bitwise_or.at(bits, (word, rows), np.uint64(1) << bit)
