"""What people outside the office read is there in every language of the pages, but for what waits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from babel.messages import Catalog

from openpes.config import catalogues
from openpes.config.locale_info import PAGES_IN, folder_of

SPOKEN = sorted({folder_of(code) for codes in PAGES_IN.values() for code in codes if code != "en"})


# Sentences that wait for their translators, at most so many a language; a page shows them in English meanwhile. The
# numbers only ever go down.
WAITING = json.loads((Path(__file__).parent / "waiting_for_translators.json").read_text())


@pytest.mark.parametrize("language", sorted({*SPOKEN, *catalogues.languages()}))
def test_every_sentence_is_translated_but_those_that_wait(language: str) -> None:
    gaps = catalogues.gaps(language, catalogues.collect())
    listed = "\n".join(f"{gap.problem}: {gap.sentence}" for gap in gaps)
    allowed = WAITING.get(language, 0)
    assert len(gaps) <= allowed, f"{len(gaps)} gaps, {allowed} may wait; extract, then translate:\n{listed}"
    assert all(gap.problem == "not translated" for gap in gaps), listed


def test_a_gap_and_a_lost_placeholder_are_found(monkeypatch: pytest.MonkeyPatch) -> None:

    wanted, held = Catalog(), Catalog()
    for sentence in ("Hello %(name)s", "Welcome", "Go on"):
        wanted.add(sentence)
    held.add("Hello %(name)s", string="Xin chào")
    held.add("Go on", string="Tiếp tục")
    monkeypatch.setattr(catalogues, "read", lambda language: held)
    assert [(gap.sentence, gap.problem) for gap in catalogues.gaps("vi", wanted)] == [
        ("Hello %(name)s", "its placeholders differ"),
        ("Welcome", "not translated"),
    ]
