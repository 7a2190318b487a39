"""What people outside the office read is there in every language of the pages, with the same placeholders."""

from __future__ import annotations

import pytest
from babel.messages import Catalog

from openpes.config import catalogues


@pytest.mark.parametrize("language", catalogues.languages())
def test_every_sentence_is_translated(language: str) -> None:
    gaps = catalogues.gaps(language, catalogues.collect())
    assert not gaps, f"{len(gaps)} gaps; run script/openpes messages extract, then translate: {gaps[:3]}"


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
