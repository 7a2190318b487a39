"""Every unit group has its sheet, as careful as it should be; what is wrong with an edit is found and said."""

import shutil

import pytest

from openpes.reference import check, sheets, taxonomy
from openpes.reference.sheet_pdf import KEPT_FILES, set_pdf, sheet_pdf


@pytest.fixture
def folder(tmp_path):
    copy = tmp_path / "data"
    shutil.copytree(taxonomy.DATA_FOLDER, copy)
    return copy


def change(folder, name, old, new):
    path = folder / "sheets" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def rules(folder):
    return {(rule, place) for rule, _file, place, _sentence in sheets.faults(folder)}


def test_every_unit_group_has_a_sheet_and_the_entry_list_has_careful_ones():
    found = sheets.sheets()
    assert tuple(found) == taxonomy.unit_codes()
    careful = {code for code, one in found.items() if one.care == "careful"}
    assert careful == {entry.isco for entry in taxonomy.youth_entry()}
    for one in found.values():
        least, most = sheets.WORD_LIMITS[one.care]
        assert least <= one.words <= most, one.isco
        assert all(getattr(one, field) for field in sheets.TEXT_FIELDS if field != "good_to_know"), one.isco


def test_no_two_sheets_say_the_same():
    for field in ("does", "day", "ways_in"):
        said = [getattr(one, field) for one in sheets.sheets().values()]
        assert len(said) - len(set(said)) <= (8 if field == "ways_in" else 0), field


def test_no_sheet_gives_a_sex():
    words = {"he", "she", "his", "her", "him", "hers", "man", "woman", "salesman", "foreman"}
    for one in sheets.sheets().values():
        text = " ".join(getattr(one, field) for field in sheets.TEXT_FIELDS).casefold()
        assert not words & {word.strip(".,;:!?()") for word in text.split()}, one.isco


def test_what_is_not_a_unit_group_has_no_sheet():
    for code in ("513", "5", "9999", ""):
        with pytest.raises(taxonomy.UnknownCode):
            sheets.sheet(code)


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("5.yaml", '"5131":', '"5139":', ("missing-sheet", "5131")),
        ("5.yaml", '"5131":', '"5139":', ("impossible-code", "5139")),
        ("1.yaml", "care: short", "care: careful", ("impossible-code", "1111")),
        ("1.yaml", "ways_in:", "way_in:", ("missing-text", "1111")),
        ("1.yaml", "ways_in:", "way_in:", ("impossible-code", "1111")),
        ("1.yaml", "does: Makes", "does: " + "Makes " * 90, ("sheet-length", "1111")),
        ("1.yaml", "care: short", "care: short\n  signed_by: Ana, lawmaker", ("impossible-code", "1111")),
        ("1.yaml", "care: short", "care: short\n  signed_by: Ana\n  signed_on: soon", ("impossible-code", "1111")),
        ("1.yaml", "does: Makes", "does: Makes: and", ("missing-sheet", "line 2")),
    ],
)
def test_a_fault_in_an_edit_is_found(folder, name, old, new, fault):
    change(folder, name, old, new)
    assert fault in rules(folder)
    assert fault[0] in {problem.rule for problem in check.check_all(folder)}


def test_an_expert_signs_with_a_name_and_a_day(folder, monkeypatch):
    assert not any(one.signed_by or one.signed_on for one in sheets.sheets().values())
    change(folder, "1.yaml", "care: short", "care: short\n  signed_by: Ana Reyes, lawmaker\n  signed_on: 2027-01-31")
    assert rules(folder) == set()
    monkeypatch.setattr(taxonomy, "DATA_FOLDER", folder)
    signed = sheets._of_major.__wrapped__("1")["1111"]
    assert (signed.signed_by, signed.signed_on) == ("Ana Reyes, lawmaker", "2027-01-31")


def test_a_missing_file_is_one_sentence(folder):
    (folder / "sheets" / "7.yaml").unlink()
    assert rules(folder) == {("missing-sheet", "line 1")}


PAPER = {
    "language": "en", "name": '#panic("no") $x$ <b> \\ "', "official": "ISCO-08", "standing": "Draft",
    "does": "*Does* _it_ @x", "sections": [{"title": "= A day", "text": '#eval("1") [x]'}],
    "lists": [{"title": "Skills", "lines": ["#skill", "- one"]}],
    "now": {"title": "Now", "lines": ["₱18,000"], "note": "Note"},
    "related": {"title": "Near", "rows": [{"name": "ចុងភៅ", "words": "đầu bếp"}]},
}  # fmt: skip


def test_words_that_look_like_markup_stay_words():
    made = set_pdf(PAPER)
    assert made.startswith(b"%PDF-")
    assert made == set_pdf(PAPER)


def test_a_sheet_is_set_once_and_read_from_the_cache(tmp_path, monkeypatch):
    first = sheet_pdf(PAPER, tmp_path / "cache")
    monkeypatch.setattr("openpes.reference.sheet_pdf.set_pdf", lambda paper: pytest.fail("set a second time"))
    assert sheet_pdf(PAPER, tmp_path / "cache") == first


def test_the_cache_stays_small(tmp_path, monkeypatch):
    assert len(taxonomy.unit_codes()) <= KEPT_FILES
    monkeypatch.setattr("openpes.reference.sheet_pdf.KEPT_FILES", 2)
    for name in ("one", "two", "three"):
        sheet_pdf(PAPER | {"name": name}, tmp_path)
    assert len(list(tmp_path.iterdir())) == 2
