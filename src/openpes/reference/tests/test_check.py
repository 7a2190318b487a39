"""The shipped files pass the check, and each rule finds the fault it is for."""

import csv
import shutil

import pytest

from openpes.reference import check, taxonomy


@pytest.fixture
def folder(tmp_path):
    copy = tmp_path / "data"
    shutil.copytree(taxonomy.DATA_FOLDER, copy)
    return copy


def edit(folder, name, change):
    """Rewrite a file after ``change`` has altered its list of rows."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        fields, rows = reader.fieldnames, list(reader)
    change(rows)
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def rules_found(folder, name):
    return {problem.rule for problem in check.check_all(folder) if problem.file == name}


def test_shipped_files_have_no_problems():
    assert check.check_all() == []


def new_skill(**values):
    skill = {"id": "zz-new", "label_en": "Fold paper cranes", "meaning_en": "Fold.", "type": "practical"}
    return lambda rows: rows.append(skill | values)


@pytest.mark.parametrize(
    ("name", "change", "rule"),
    [
        ("skills.csv", new_skill(), "orphan"),
        ("skills.csv", new_skill(meaning_en=" "), "missing-text"),
        ("skills.csv", new_skill(type="magic"), "impossible-code"),
        ("skills.csv", new_skill(id="ZZ New"), "impossible-code"),
        ("skills.csv", new_skill(label_en="serve customers KINDLY"), "duplicate"),
        ("skills.csv", new_skill(label_en="Serving the customer kindly"), "near-duplicate"),
        ("skills.csv", lambda rows: rows.reverse(), "unsorted"),
        ("occupation_skills.csv", lambda rows: rows[0].update(skill_id="no-such-skill"), "orphan"),
        ("occupation_skills.csv", lambda rows: rows[0].update(isco="9999"), "impossible-code"),
        ("occupation_skills.csv", lambda rows: rows[0].update(kind="nice"), "impossible-code"),
        ("occupation_skills.csv", lambda rows: rows.insert(0, dict(rows[0])), "duplicate"),
        ("occupation_skills.csv", lambda rows: rows.__delitem__(slice(0, 8)), "thin-occupation"),
        ("titles.csv", lambda rows: rows[0].update(isco="513"), "impossible-code"),
        ("titles.csv", lambda rows: rows[0].update(label=""), "missing-text"),
        ("occupation_names.csv", lambda rows: rows[0].update(isco="77777"), "impossible-code"),
        ("youth_entry.csv", lambda rows: rows[1].update(isco=rows[0]["isco"]), "duplicate"),
        ("occupation_licences.csv", lambda rows: rows[0].update(licence_id="magic"), "orphan"),
        ("occupation_licences.csv", lambda rows: rows[0].update(need="maybe"), "impossible-code"),
        ("related_occupations.csv", lambda rows: rows[0].update(isco_a="9998"), "impossible-code"),
        ("isco08.csv", lambda rows: rows[5].update(parent="9"), "impossible-code"),
    ],
)
def test_each_fault_is_found(folder, name, change, rule):
    edit(folder, name, change)
    assert rule in rules_found(folder, name)


def test_near_duplicates_look_at_stems_and_not_at_order():
    labels = {"a": "Clean the floors", "b": "Floor cleaning", "c": "Clean a window", "d": "Sell floors"}
    assert check.near_duplicates(labels) == [("a", "b")]


def test_command_prints_and_says_how_it_went(folder, capsys):
    assert check.main([str(folder)]) == 0
    edit(folder, "titles.csv", lambda rows: rows[0].update(isco="0000"))
    assert check.main([str(folder)]) == 1
    assert "titles.csv: 0000: is not an ISCO-08 unit group" in capsys.readouterr().out
    assert check.main([str(folder / "nowhere")]) == 2
