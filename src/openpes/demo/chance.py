"""Chance that can be repeated: every thing drawn has a stream of its own, named by what it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import accumulate
from math import exp, log
from random import Random
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


def stream(seed: int, *path: str | int) -> Random:
    """The stream of one thing: it does not depend on what was drawn before, nor on the size of a batch."""
    return Random(f"openpes demo/{seed}/" + "/".join(str(part) for part in path))


class Weighted(Generic[Thing]):
    """Things drawn in proportion to their weights."""

    def __init__(self, weights: Mapping[Thing, float] | Iterable[tuple[Thing, float]]) -> None:
        pairs = [pair for pair in (weights.items() if isinstance(weights, Mapping) else weights) if pair[1] > 0]
        if not pairs:
            raise ValueError("There is nothing to draw from.")
        self.things = [thing for thing, _weight in pairs]
        self._sums = list(accumulate(weight for _thing, weight in pairs))

    def draw(self, rng: Random) -> Thing:
        """One of the things."""
        return rng.choices(self.things, cum_weights=self._sums)[0]


def happens(rng: Random, probability: float) -> bool:
    """True with a probability."""
    return rng.random() < probability


def around(rng: Random, median: float, spread: float) -> float:
    """A positive number around a median, skewed to the right: `spread` is the sigma of its logarithm."""
    return exp(rng.gauss(log(median), spread))
