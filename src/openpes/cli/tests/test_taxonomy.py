"""`openpes taxonomy` from the outside: exit codes, every bad row, one sentence for trouble."""

from __future__ import annotations

import csv
import shutil

import pytest

from openpes.cli.__main__ import main
from openpes.reference import imported, taxonomy
from openpes.reference.tests import publishers_files as files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered(settings, tmp_path):
    settings.DATA = tmp_path / "data"
    imported.forget()
    yield
    imported.forget()


def run(*arguments):
    return main(["taxonomy", *map(str, arguments)])


def test_import_list_export_remove(tmp_path, capsys):
    folder = files.esco(tmp_path / "esco")
    assert run("import", "esco", folder, "--version", "1.2") == 0
    told = capsys.readouterr()
    assert "esco 1.2 loaded: 2 occupations, 3 skills" in told.out and "occupations_en.csv" in told.err
    assert run("import", "esco", folder, "--version", "1.2") == 0
    assert "Nothing was changed" in capsys.readouterr().out
    assert run("list") == 0 and capsys.readouterr().out.startswith("esco 1.2: 2 occupations")
    assert run("export", "esco", "1.2", "--out", tmp_path / "out") == 0
    assert (tmp_path / "out" / "skills_en.csv").exists()
    assert run("export", "esco", "7", "--out", tmp_path / "out7") == 2
    assert "Loaded: esco 1.2" in capsys.readouterr().err
    assert run("remove", "esco", "1.2") == 0 and imported.versions() == []


def test_every_bad_row_is_in_the_file_of_errors(tmp_path, capsys):
    folder = files.onet(tmp_path / "onet")
    assert run("import", "onet", folder, "--errors", tmp_path / "bad.csv") == 1
    with (tmp_path / "bad.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["file"], row["row"]) for row in rows] == [("Alternate Titles.txt", "4"), ("Job Zones.txt", "3")]
    assert rows[1]["reason"] == "“9” is not a job zone: they go from 1 to 5"
    assert "Alternate Titles.txt: 1 rows not taken" in capsys.readouterr().err


def test_trouble_is_one_sentence_and_two(tmp_path, capsys):
    assert run("import", "esco", tmp_path / "nowhere") == 2
    assert capsys.readouterr().err.startswith("There is no file or folder")
    assert run("import", "tabiya", files.onet(tmp_path / "onet"), "--version", "1") == 2
    assert "holds files of O*NET, not of Tabiya's open format" in capsys.readouterr().err
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run("import", "esco", empty) == 2
    assert "holds no file of ESCO" in capsys.readouterr().err
    wide = tmp_path / "wide"
    wide.mkdir()
    (wide / "skills_en.csv").write_text("conceptUri,preferredLabel\n", encoding="utf-16")
    assert run("import", "esco", wide, "--version", "1.2") == 2
    assert "is UTF-16 text" in capsys.readouterr().err and imported.versions() == []


def test_crosswalk_out_and_in(tmp_path, capsys):
    run("import", "esco", files.esco(tmp_path / "esco"), "--version", "1.2")
    out = tmp_path / "links.csv"
    assert run("crosswalk", "--out", out) == 0
    text = out.read_text(encoding="utf-8")
    assert files.ADAPT_REF in text
    assert run("crosswalk", "--load", out) == 0 and "0 links changed" in capsys.readouterr().out
    out.write_text(text.replace("exact", "perhaps"), encoding="utf-8")
    assert run("crosswalk", "--load", out) == 1
    assert "row 2, kind: “perhaps” is not one of" in capsys.readouterr().out
    assert run("crosswalk", "--load", tmp_path / "none.csv") == 2


def test_a_national_classification(tmp_path, capsys):
    path = tmp_path / "psoc.csv"
    path.write_text("code,title,isco,kind\n1,Cooks,5120,exact\n", encoding="utf-8")
    said = ("crosswalk-national", path, "--scheme", "PSOC", "--version", "2012", "--from", "2012-01-01")
    assert run(*said) == 0 and "PSOC 2012: 1 rows." in capsys.readouterr().out
    path.write_text("code,title,isco,kind\n1,Cooks,512,exact\n", encoding="utf-8")
    assert run(*said, "--replace") == 1 and "psoc.csv, row 2, isco" in capsys.readouterr().out
    path.write_bytes("code,title,isco,kind\n1,Köche,5120,exact\n".encode("latin-1"))
    assert run(*said, "--replace") == 2 and "not in UTF-8" in capsys.readouterr().err


def test_check_finds_every_fault(tmp_path, capsys):
    assert run("check") == 0
    copy = tmp_path / "copy"
    shutil.copytree(taxonomy.DATA_FOLDER, copy)
    text = (copy / "country_licences.csv").read_text(encoding="utf-8")
    (copy / "country_licences.csv").write_text(text.replace("vendor-permit", "vendor-pass"), encoding="utf-8")
    (copy / "titles.csv").write_text("language,label,isco\nen,Nobody,9999\n", encoding="utf-8")
    assert run("check", copy) == 1
    told = capsys.readouterr().out
    assert "vendor-pass: is used here but not in licences.csv" in told and "9999: is not an ISCO-08 unit group" in told
    assert run("check", tmp_path / "nowhere") == 2


def test_a_version_of_a_national_classification_ends_where_the_next_begins(tmp_path, capsys):
    path = tmp_path / "psoc.csv"
    path.write_text("code,title,isco,kind\n1,Cooks,5120,exact\n", encoding="utf-8")
    old = ("crosswalk-national", path, "--scheme", "PSOC", "--version", "2012", "--from", "2012-01-01")
    new = ("crosswalk-national", path, "--scheme", "PSOC", "--version", "2022", "--from", "2022-07-01")
    assert run(*old) == 0 and run(*new) == 2
    assert "taxonomy end-national PSOC 2012 --until DATE" in capsys.readouterr().err
    assert run("end-national", "PSOC", "2012", "--until", "2012-01-01") == 2
    assert run("end-national", "PSOC", "1992", "--until", "2022-07-01") == 2
    assert run("end-national", "PSOC", "2012", "--until", "2022-07-01") == 0 and run(*new) == 0
    assert run("end-national", "PSOC", "2012", "--until", "2023-01-01") == 2
    assert "PSOC 2022 begins on 2022-07-01" in capsys.readouterr().err
    assert run("list") == 0
    assert capsys.readouterr().out.splitlines() == [
        "PSOC 2012: 1 rows; from 2012-01-01 until 2022-07-01",
        "PSOC 2022: 1 rows; from 2022-07-01 until further notice",
    ]
