"""What leaves the house: files, reports and SDMX that others read back; and what comes in from others."""

from __future__ import annotations

import csv
import gzip
import io
from datetime import timedelta
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from tests.factories import NOW, OfficeFactory

from openpes.cli.__main__ import main
from openpes.core.actors import system
from openpes.core.decisions import NotPermitted
from openpes.insights import reports
from openpes.insights.freezing import publish_freeze
from openpes.insights.models import OutsideFigure
from openpes.insights.outside import read_extract, read_sdmx
from openpes.insights.release_files import csv_of, xlsx_of
from openpes.insights.sdmx_files import as_sdmx_csv, as_sdmx_structure, as_sdmx_xml
from openpes.insights.tests.test_freezing import MAKER, OCTOBER, frozen, registered
from openpes_evidence.sdmx_read import Unreadable, read


@pytest.fixture
def freeze(db):  # type: ignore[no-untyped-def]
    office = OfficeFactory()
    for at in range(24):
        registered(OCTOBER, office=office, person__sex="male" if at % 2 else "female")
    for _ in range(11):
        registered(OCTOBER, ("in_work", OCTOBER + timedelta(days=3)), office=office)
    return publish_freeze(freeze=frozen(), by=MAKER, at=NOW)


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_ilo_tables_and_what_they_cover(freeze) -> None:  # type: ignore[no-untyped-def]
    rows = rows_of(reports.c88_csv(freeze))
    totals = {row["table"]: row["count"] for row in rows if row["sex"] == row["age"] == "total"}
    assert totals["People looking, by sex and age"] == "20"
    assert totals["People who registered, by sex and age"] == "40"
    assert all(row["count"] == "" or int(row["count"]) % 10 == 0 for row in rows)
    states = {item: state for item, _where, _by, state in reports.coverage(freeze)}
    assert states["Applications for work received, by sex and age"] == "complete"
    assert states["Vacancies notified"] == "in part"
    assert states["People with disabilities: separate figures"].startswith("not collected")
    book = CalamineWorkbook.from_filelike(io.BytesIO(reports.c88_xlsx(freeze)))
    assert book.sheet_names == ["C88 C122 2026-10", "Coverage"]


def test_the_eight_benchmarks_and_what_nobody_collects(freeze) -> None:  # type: ignore[no-untyped-def]
    rows = {row["number"]: row for row in rows_of(reports.eu_pes_csv(freeze))}
    assert sorted(rows) == ["1a", "1b", "2a", "2b", "3a", "3b", "4a", "4b"]
    assert rows["1b"]["value"] == "50.0"
    for number in ("3b", "4a", "4b"):
        assert rows[number]["status"] == "missing" and rows[number]["what would fill it"]


def test_sdmx_of_a_month_is_read_back(freeze, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    pysdmx_io = pytest.importorskip("pysdmx.io")
    by_csv, by_xml = read(as_sdmx_csv(freeze).encode()), read(as_sdmx_xml(freeze, at=NOW).encode())
    as_sets = [{(*one.key.values(), one.period, one.value, one.status) for one in found} for found in (by_csv, by_xml)]
    assert as_sets[0] == as_sets[1] and len(as_sets[0]) == len(by_csv) > 50
    stock = [one for one in by_csv if one.key["MEASURE"] == "REGISTERED_STOCK" and one.key["SEX"] == "SEX_F"]
    assert {one.key["AGE"]: one.value for one in stock}["AGE_AGGREGATE_TOTAL"] == 10
    data, structure = tmp_path / "data.xml", tmp_path / "structure.xml"
    data.write_text(as_sdmx_xml(freeze, at=NOW), "utf-8")
    structure.write_text(as_sdmx_structure(at=NOW), "utf-8")
    (dataset,) = pysdmx_io.get_datasets(str(data), str(structure))
    assert len(dataset.data) == len(by_csv)
    sdmx = pytest.importorskip("sdmx")
    definition = sdmx.read_sdmx(structure).structure["DSD_PES_MONTHLY"]
    assert len(sdmx.to_pandas(sdmx.read_sdmx(data, structure=definition))) == len(by_csv)


def test_files_for_people_hold_figures_tables_and_meanings(freeze) -> None:  # type: ignore[no-untyped-def]
    rows = rows_of(csv_of(freeze))
    assert {row["vintage"] for row in rows if row["vintage"]} == {f"2026-10.1-{freeze.digest[:8]}"}
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx_of(freeze)))
    assert book.sheet_names[-1] == "Definitions" and "stock_sex_age" in book.sheet_names


def test_figures_of_others_are_read_once_however_often(freeze) -> None:  # type: ignore[no-untyped-def]
    content = as_sdmx_csv(freeze).encode()
    kept = [read_sdmx(content=content, source="a file", flow="F", by=MAKER, at=NOW) for _ in range(2)]
    assert kept[0] == kept[1] == OutsideFigure.objects.count()
    with pytest.raises(NotPermitted):
        read_sdmx(content=content, source="a file", flow="F", by=system("figures.view"), at=NOW)
    with pytest.raises(Unreadable):
        read_sdmx(content=b"", source="another", flow="F", by=MAKER, at=NOW)
    assert kept[0] == OutsideFigure.objects.count()


TWO_LEVELS = b"""REF_AREA,FREQ,SEX,AGE,EDU,TIME_PERIOD,OBS_VALUE
PHL,A,SEX_T,AGE_T,EDU_1,2025,4.5
PHL,A,SEX_T,AGE_T,EDU_2,2025,6.5
"""


@pytest.mark.django_db
def test_values_that_would_overwrite_each_other_are_refused_with_what_sets_them_apart() -> None:
    with pytest.raises(Unreadable, match="more than one value: they differ in EDU"):
        read_sdmx(content=TWO_LEVELS, source="a file", flow="F", by=MAKER, at=NOW)
    with pytest.raises(Unreadable, match="No observation says its area"):
        read_sdmx(content=b"SEX,TIME_PERIOD,OBS_VALUE\nSEX_T,2025,4\n", source="a file", flow="F", by=MAKER, at=NOW)
    assert not OutsideFigure.objects.exists()
    one = b"geo,sex,EDU,TIME_PERIOD,OBS_VALUE\nPH,SEX_F,EDU_1,2025,4.5\n"
    assert read_sdmx(content=one, source="a file", flow="F", by=MAKER, at=NOW) == 1
    kept = OutsideFigure.objects.get()
    assert (kept.area, kept.sex, kept.value) == ("PH", "SEX_F", 4.5)


@pytest.mark.django_db
def test_the_measures_of_one_file_stay_apart() -> None:
    content = b"REF_AREA,MEASURE,TIME_PERIOD,OBS_VALUE\nPHL,STOCK,2025,4\nPHL,PLACES,2025,5\n"
    assert read_sdmx(content=content, source="a file", flow="F", by=MAKER, at=NOW) == 2
    assert set(OutsideFigure.objects.values_list("indicator", flat=True)) == {"STOCK", "PLACES"}


@pytest.mark.django_db
def test_an_extract_tells_every_bad_line_and_keeps_nothing() -> None:
    good = {"area": "PHL", "indicator": "insured", "period": "2026-10", "value": "1200", "sex": "SEX_F"}
    with pytest.raises(ValueError, match=r"Line 3: period is empty.\nLine 4: value and n"):
        read_extract(rows=[good, {**good, "period": ""}, {**good, "value": "x"}], source="UI", by=MAKER, at=NOW)
    assert not OutsideFigure.objects.exists()
    assert read_extract(rows=[good], source="UI", by=MAKER, at=NOW) == 1


@pytest.mark.django_db
def test_a_survey_becomes_shares_with_errors_and_no_rows(tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    lines = ["W,A,S,U,JOB,SEEK,CAN"]
    lines += [f"{1 + n % 3},{15 + n % 30},{1 + n % 2},{n % 8},{int(n % 4 > 0)},{int(n % 8 == 0)},1" for n in range(400)]
    (tmp_path / "lfs.csv").write_text("\n".join(lines), "utf-8")
    (tmp_path / "map.yaml").write_text(
        'standard: ICLS19\nperiod: "2026-08"\narea: PHL\ncolumns: {weight: W, age: A, sex: S, unit: U}\n'
        'sex: {female: ["2"], male: ["1"]}\ntraits:\n  works_for_pay: {column: JOB, codes: ["1"]}\n'
        '  searched: {column: SEEK, codes: ["1"]}\n  available: {column: CAN, codes: ["1"]}\n',
        "utf-8",
    )
    assert main(["indicators", "survey", str(tmp_path / "lfs.csv"), "--mapping", str(tmp_path / "map.yaml")]) == 0
    whole = OutsideFigure.objects.get(indicator="LU1", sex="SEX_T", age="AGE_YTHADULT_YGE15")
    assert whole.value == pytest.approx(100 * 1 / 7, abs=3) and whole.error and whole.n == 350
    assert not OutsideFigure.objects.filter(indicator="NEET").exists()
    (tmp_path / "lfs.csv.gz").write_bytes(gzip.compress((tmp_path / "lfs.csv").read_bytes()))
    mapping = ["--mapping", str(tmp_path / "map.yaml")]
    assert main(["indicators", "survey", str(tmp_path / "lfs.csv.gz"), *mapping]) == 0
    (tmp_path / "lfs.csv").write_bytes(b"\x8b\xff")
    assert main(["indicators", "survey", str(tmp_path / "lfs.csv"), *mapping]) == 1
    assert "is not in UTF-8" in capsys.readouterr().err


@pytest.mark.django_db
def test_the_month_by_command(tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    for _ in range(12):
        registered(OCTOBER)
    assert main(["indicators", "export"]) == 2
    assert "Nothing is published" in capsys.readouterr().err
    assert main(["report", "c88", "--month", "2026-10"]) == 2
    assert main(["indicators", "freeze", "--month", "2026-10"]) == 0
    assert main(["indicators", "freeze", "--month", "2026-10"]) == 2
    assert "frozen before" in capsys.readouterr().err
    assert main(["indicators", "publish", "--month", "2026-10"]) == 0
    out = tmp_path / "month.xml"
    assert main(["indicators", "export", "--format", "sdmx-ml", "--out", str(out)]) == 0
    assert read(out.read_bytes())
    for kind in ("c88", "eu-pes", "monthly"):
        made = tmp_path / f"{kind}.xlsx"
        assert main(["report", kind, "--month", "2026-10", "--format", "xlsx", "--out", str(made)]) == 0
        assert made.stat().st_size > 3_000
    for form in ("pdf", "html", "xlsx"):
        made = tmp_path / f"bulletin.{form}"
        command = ["report", "bulletin", "--month", "2026-10", "--format", form, "--lang", "fil", "--out", str(made)]
        assert main(command) == 0 and made.stat().st_size > 1_000
    assert 'lang="fil"' in (tmp_path / "bulletin.html").read_text("utf-8")
    assert main(["report", "c88", "--month", "2026-10", "--format", "pdf"]) == 2
    assert "csv or xlsx" in capsys.readouterr().err
