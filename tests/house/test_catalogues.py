"""What people outside the office read is there in every language of the pages, with the same placeholders."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from babel.messages import Catalog

from openpes.config import catalogues
from openpes.config.locale_info import PAGES_IN, folder_of

SPOKEN = sorted({folder_of(code) for codes in PAGES_IN.values() for code in codes if code != "en"})


# Sentences that wait for their translator, by language: pages show them in English. The list may only shrink.
WAITING: dict[str, list[str]] = json.loads(Path(__file__).with_name("waiting_for_translators.json").read_text("utf-8"))


@pytest.mark.parametrize("language", sorted({*SPOKEN, *catalogues.languages()}))
def test_every_sentence_is_translated_or_known_to_wait(language: str) -> None:
    gaps = catalogues.gaps(language, catalogues.collect())
    waiting = set(WAITING.get(language, []))
    unknown = [gap for gap in gaps if gap.sentence not in waiting or gap.problem != "not translated"]
    listed = "\n".join(f"{gap.problem}: {gap.sentence}" for gap in unknown)
    assert not unknown, f"{len(unknown)} gaps; run script/openpes messages extract, then translate:\n{listed}"
    done = waiting - {gap.sentence for gap in gaps}
    assert not done, f"translated or gone, so take them off the waiting list: {sorted(done)}"


@pytest.mark.parametrize("language", catalogues.languages())
def test_a_catalogue_says_who_has_read_it_and_counts_as_its_language_does(language: str) -> None:
    said = catalogues.header_fields(language)
    assert said["Language"] == language and said["Plural-Forms"] == catalogues.plural_forms(language)
    assert set(catalogues.REVIEW_FIELDS) <= set(said)
    assert language in SPOKEN, "a catalogue that no country's pages speak"


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
