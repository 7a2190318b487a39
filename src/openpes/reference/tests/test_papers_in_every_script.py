"""A paper finds the letters of every language of the pages in the fonts that come along, and nothing is a box."""

from __future__ import annotations

import pytest

from openpes.reference.press import FONTS
from openpes.reference.sheet_pdf import set_pdf

WORDS = {
    "bn": ("কাজ খুঁজছেন? ২৪ নভেম্বর", b"NotoSansBengali"),
    "hi": ("काम ढूँढ रहे हैं?", b"NotoSansDevanagari"),
    "km": ("អ្នករកការងារ", b"NotoSansKhmer"),
    "ko": ("일자리를 찾고 있나요?", b"NotoSansCJK"),
    "lo": ("ຊອກວຽກຢູ່ບໍ", b"NotoSansLao"),
    "mn": ("Ажил хайж байна уу? Өөрийн өдөр", b"NotoSans-"),
    "ne": ("काम खोज्दै हुनुहुन्छ?", b"NotoSansDevanagari"),
    "th": ("หางานอยู่หรือ", b"NotoSansThai"),
    "vi": ("Bạn đang tìm việc? ₫", b"NotoSans-"),
    "zh": ("您在找工作吗？", b"NotoSansCJK"),
}


def paper(language: str, words: str) -> dict[str, object]:
    return {
        "language": language, "name": words, "official": words, "standing": words, "does": words,
        "sections": [{"title": words, "text": words}], "lists": [{"title": words, "lines": [words]}],
        "now": {"title": words, "lines": [words], "note": words},
        "related": {"title": words, "rows": [{"name": words, "words": words}]},
    }  # fmt: skip


@pytest.mark.parametrize("language", sorted(WORDS))
def test_a_paper_is_set_in_the_letters_of_its_language(language):
    words, family = WORDS[language]
    made = set_pdf(paper(language, words))
    assert made.startswith(b"%PDF") and family in made
    assert b"Libertinus" not in made, "a letter was found in no font of ours"


def test_the_fonts_stay_small_and_carry_their_licence():
    assert sum(file.stat().st_size for file in FONTS.glob("*.[ot]tf")) < 6_000_000
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8")
