"""What we write, others read; what others publish, we read."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openpes_evidence.sdmx_codes import AGE, SEX, age_code, sex_code
from openpes_evidence.sdmx_read import Unreadable, read
from openpes_evidence.sdmx_write import Flow, Observation, as_csv, as_generic_xml, as_structure_xml

AT = datetime(2026, 11, 24, 8, tzinfo=UTC)
FLOW = Flow(
    "OPENPES",
    "DF_REGISTER",
    "1.0",
    "The register & its <figures>",
    {"registered_stock": "People looking"},
    {"PHL": "PH"},
)
VALUES = st.one_of(st.none(), st.integers(0, 10**7).map(float), st.floats(0, 1e6, allow_nan=False))
OBSERVATIONS = st.lists(
    st.builds(
        lambda sex, age, month, value: Observation(
            {"REF_AREA": "PHL", "FREQ": "M", "MEASURE": "registered_stock", "SEX": sex, "AGE": age},
            f"2026-{month:02d}",
            value,
            "Q" if value is None else "A",
        ),
        st.sampled_from(sorted(SEX)),
        st.sampled_from(sorted(AGE)),
        st.integers(1, 12),
        VALUES,
    ),
    unique_by=lambda one: (*one.key.values(), one.period),
    max_size=12,
)


def in_order(observations: list[Observation]) -> list[tuple[object, ...]]:
    return sorted((*one.key.values(), one.period, str(one.value), one.status) for one in observations)


@given(OBSERVATIONS)
def test_every_format_says_the_same(observations: list[Observation]) -> None:
    for text in (
        as_csv(FLOW, observations, edition=1),
        as_csv(FLOW, observations, edition=2),
        as_generic_xml(FLOW, observations, at=AT, sender="PH"),
    ):
        assert in_order(read(text.encode())) == in_order(observations)


def sample() -> list[Observation]:
    key = {"REF_AREA": "PHL", "FREQ": "M", "MEASURE": "registered_stock", "SEX": "SEX_F", "AGE": "AGE_5YRBANDS_Y15-19"}
    return [Observation(key, "2026-01", 120.0), Observation(key, "2026-02", None, "Q")]


def test_pysdmx_reads_it_back(tmp_path: Path) -> None:
    pysdmx_io = pytest.importorskip("pysdmx.io")
    data, structure = tmp_path / "data.xml", tmp_path / "structure.xml"
    data.write_text(as_generic_xml(FLOW, sample(), at=AT, sender="PH"), "utf-8")
    structure.write_text(as_structure_xml(FLOW, at=AT, sender="PH"), "utf-8")
    (dataset,) = pysdmx_io.get_datasets(str(data), str(structure))
    assert dataset.data["OBS_VALUE"].tolist() == ["120", ""]
    assert dataset.data["SEX"].tolist() == ["SEX_F", "SEX_F"]
    for edition in (1, 2):
        table = tmp_path / f"data{edition}.csv"
        table.write_text(as_csv(FLOW, sample(), edition=edition), "utf-8", newline="")
        (dataset,) = pysdmx_io.read_sdmx(str(table)).data
        assert dataset.data["TIME_PERIOD"].tolist() == ["2026-01", "2026-02"]
    assert pysdmx_io.read_sdmx(str(structure), validate=True).structures


def test_sdmx1_reads_it_back() -> None:
    sdmx = pytest.importorskip("sdmx")
    structure = sdmx.read_sdmx(io.BytesIO(as_structure_xml(FLOW, at=AT, sender="PH").encode()))
    definition = structure.structure["DSD_REGISTER"]
    message = sdmx.read_sdmx(
        io.BytesIO(as_generic_xml(FLOW, sample(), at=AT, sender="PH").encode()), structure=definition
    )
    values = sdmx.to_pandas(message)
    assert values.dropna().tolist() == [120.0]
    assert list(values.index.names) == [*FLOW.dimensions, "TIME_PERIOD"]


def test_structure_specific_xml_of_both_editions() -> None:
    for version in ("v2_1", "v3_0"):
        text = (
            f'<m:StructureSpecificData xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/{version}/message">'
            '<m:DataSet><Series REF_AREA="KHM" SEX="SEX_F"><Obs TIME_PERIOD="2023" OBS_VALUE="4.5" OBS_STATUS="E"/>'
            '<Obs TIME_PERIOD="2024" OBS_VALUE="NaN" SOURCE="LFS"/></Series></m:DataSet></m:StructureSpecificData>'
        )
        first, second = read(text.encode())
        assert first == Observation({"REF_AREA": "KHM", "SEX": "SEX_F"}, "2023", 4.5, "E")
        assert second.value is None and second.attributes == {"SOURCE": "LFS"}


def test_json_of_both_editions() -> None:
    structure = {
        "dimensions": {
            "series": [{"id": "REF_AREA", "values": [{"id": "LAO"}, {"id": "VNM"}]}],
            "observation": [{"id": "TIME_PERIOD", "values": [{"id": "2022"}, {"id": "2023"}]}],
        },
        "attributes": {"observation": [{"id": "OBS_STATUS", "values": [{"id": "B"}]}]},
    }
    datasets = [{"series": {"1": {"observations": {"0": [2.5, 0], "1": [None, None]}}}}]
    old = {"structure": structure, "dataSets": datasets}
    new = {"data": {"structures": [structure], "dataSets": datasets}}
    for whole in (old, new):
        assert read(json.dumps(whole).encode()) == [
            Observation({"REF_AREA": "VNM"}, "2022", 2.5, "B"),
            Observation({"REF_AREA": "VNM"}, "2023", None),
        ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"<a><b></a>", "not well formed"),
        (b"<Structure/>", "no DataSet"),
        (b'<!DOCTYPE x [<!ENTITY e "boom">]><x>&e;</x>', "entities"),
        (b"{", "not well formed"),
        (b'{"data": {}}', "no dataSets"),
        (b"a,b\n1,2\n", "lacks TIME_PERIOD"),
        (b"DATAFLOW,REF_AREA,TIME_PERIOD,OBS_VALUE\nX,PH,2020,many\n", "Line 2"),
        (b"DATAFLOW,REF_AREA,TIME_PERIOD,OBS_VALUE\nX,PH\n", "4 cells"),
        ("DATAFLOW,REF_AREA,TIME_PERIOD,OBS_VALUE\nX,é,2020,1\n".encode("latin-1"), "UTF-8"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read(content)


def test_our_codes_become_shared_ones() -> None:
    assert sex_code("female") == "SEX_F" and sex_code("not_said") == "SEX_U"
    assert age_code("15-19") == "AGE_5YRBANDS_Y15-19" and age_code("65+") == "AGE_10YRBANDS_YGE65"
    assert age_code("15-24") == "AGE_10YRBANDS_Y15-24" and age_code("total") == "AGE_AGGREGATE_TOTAL"
    with pytest.raises(ValueError, match="no shared code list"):
        age_code("15-29")
