"""A catalogue goes out as a spreadsheet and comes back; what cannot be taken is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages import Catalog

from openpes.config import catalogues, translation_sheets
from openpes.core.spreadsheets import as_csv, as_xlsx
from openpes.core.tables import UnreadableTable, read_table

HELLO, LEAVE, DAYS = (
    "%(name)s says hello",
    "Leave",
    ("%(count)s day left for %(name)s", "%(count)s days left for %(name)s"),
)


@pytest.fixture
def used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Catalog:
    """Three sentences, one of them translated."""
    monkeypatch.setattr(catalogues, "LOCALES", tmp_path)
    found = Catalog()
    for sentence in (HELLO, LEAVE, DAYS):
        found.add(sentence, locations=[("web/public/pages.py", 1)])
    catalogues.update("ne", found, texts={LEAVE: "छोड्नुहोस्"})
    return found


def filled(used: Catalog, **translations: tuple[str, str]) -> bytes:
    given = {HELLO: translations.get("hello", ("", "")), DAYS[0]: translations.get("days", ("", ""))}
    return as_csv(translation_sheets.COLUMNS, [(sentence, *forms, "") for sentence, forms in given.items()])


def test_the_sheet_holds_what_is_missing_or_everything(used):
    missing = read_table(translation_sheets.sheet("ne", used, whole=False), needed=("sentence",))
    assert [row.cells["sentence"].lstrip("'") for row in missing] == [HELLO, DAYS[0]]
    whole = read_table(translation_sheets.sheet("ne", used, whole=True), needed=("sentence",))
    assert {row.cells["translation"] for row in whole} == {"", "छोड्नुहोस्"}


def test_a_filled_sheet_comes_back_twice_with_the_same_end(used):
    """A cell that a spreadsheet would run as a formula travels behind an apostrophe and comes back without it."""
    forms = ("%(name)s को %(count)s दिन बाँकी", "%(name)s का %(count)s दिन बाँकी")
    content = filled(used, hello=("%(name)s नमस्ते भन्छन्", ""), days=forms)
    for _time in range(2):
        done = translation_sheets.take("ne", used, content)
        assert (done.taken, done.bad) == (2, ())
    held = catalogues.read("ne")
    assert held.get(HELLO).string == "%(name)s नमस्ते भन्छन्" and held.get(DAYS).string == forms
    assert held.get(LEAVE).string == "छोड्नुहोस्" and not catalogues.gaps("ne", used)


def test_every_row_that_cannot_be_taken_is_named_and_the_others_are(used):
    rows = [
        (HELLO, "%(naam)s नमस्ते", "", ""),
        ("Nobody says this", "कसैले भन्दैन", "", ""),
        (DAYS[0], "", "%(name)s का %(count)s दिन", ""),
        (LEAVE, "बाहिर जानुहोस्", "", ""),
    ]
    done = translation_sheets.take("ne", used, as_xlsx([("ne", translation_sheets.COLUMNS, rows)]))
    assert done.taken == 1 and [(one.line, one.column) for one in done.bad] == [
        (2, "translation"),
        (3, "sentence"),
        (4, "translation"),
    ]
    assert "%(name)s" in done.bad[0].reason
    assert catalogues.read("ne").get(LEAVE).string == "बाहिर जानुहोस्"


def test_a_language_with_one_form_needs_one(used):
    done = translation_sheets.take("th", used, filled(used, days=("เหลือ %(count)s วันสำหรับ %(name)s", "")))
    assert done.taken == 1 and catalogues.read("th").get(DAYS).string == ("เหลือ %(count)s วันสำหรับ %(name)s",)


def test_a_table_without_its_columns_changes_nothing(used):
    before = catalogues.path_of("ne").read_bytes()
    with pytest.raises(UnreadableTable, match="translation"):
        translation_sheets.take("ne", used, as_csv(("sentence", "nepali"), [(LEAVE, "जानुहोस्")]))
    assert catalogues.path_of("ne").read_bytes() == before
