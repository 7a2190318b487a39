"""Adverts by people who had not seen the rules: corpora/judging/*.json, a file a writer. Regression, no accuracy.

A file is a list of objects. `language`: the tag that the service would read it with (hi, bn, km…, hif for Fiji Hindi;
romanised text has the tag of its language, mixed text that of the language it is mixed with). `kind`: honest, fee, scam
or discrimination. `text`: the advert. `ground` and `note` may say more; they are only for reading the misses.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from openpes.vacancies.rules import Draft
from openpes.vacancies.signals import HELD, SignalFacts, SignalLimits, signals_of
from openpes_countries import find_forbidden_words

FOLDER = Path(__file__).parent / "corpora" / "judging"
LIMITS = SignalLimits(held_from=4, pay_times_usual=3, new_firm_days=30, many_places=30)
KINDS = {"honest", "fee", "scam", "discrimination"}
FIELDS = {"language", "kind", "text", "ground", "note"}
LEAST_FOUND = 0.90
MOST_HELD = 0.05


def judged() -> list[dict[str, str]]:
    """All adverts of all writers."""
    return [one for path in sorted(FOLDER.glob("*.json")) for one in json.loads(path.read_text(encoding="utf-8"))]


def is_held(advert: dict[str, str]) -> bool:
    """Stopped by its words, or held for a person by the evidence."""
    languages = (advert["language"],)
    if find_forbidden_words(advert["text"], languages):
        return True
    found = signals_of(Draft(title="", description=advert["text"]), SignalFacts(), LIMITS, languages)
    return any(one.code == HELD for one in found)


@pytest.mark.skipif(not any(FOLDER.glob("*.json")), reason="nobody has written a judging file yet")
class TestJudged:
    def test_each_advert_is_well_written(self) -> None:
        for one in judged():
            assert set(one) <= FIELDS and one["kind"] in KINDS and one["language"] and one["text"].strip(), one

    def test_found_by_kind(self) -> None:
        total, found = Counter[str](), Counter[str]()
        missed = []
        for one in judged():
            if one["kind"] != "honest":
                total[one["kind"]] += 1
                found[one["kind"]] += is_held(one)
                missed += [] if is_held(one) else [f"{one['language']} {one['kind']}: {one['text']}"]
        low = {kind: found[kind] / total[kind] for kind in total if found[kind] < LEAST_FOUND * total[kind]}
        assert not low, (low, missed)

    def test_honest_ones_left_alone(self) -> None:
        honest = [one for one in judged() if one["kind"] == "honest"]
        held = [f"{one['language']}: {one['text']}" for one in honest if is_held(one)]
        assert len(held) <= MOST_HELD * len(honest), held
