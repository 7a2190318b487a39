"""Observations out of SDMX files: CSV 1.0 and 2.0, XML 2.1 and 3.0 (generic and structure-specific), JSON 1.0 and 2.0.

Bytes in, observations out; no network. What cannot be read is told in one sentence, with where.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from openpes_evidence.sdmx_codes import TIME
from openpes_evidence.sdmx_write import Observation

VALUE, STATUS = "OBS_VALUE", "OBS_STATUS"
NOT_A_DIMENSION = {
    "DATAFLOW",
    "STRUCTURE",
    "STRUCTURE_ID",
    "STRUCTURE_NAME",
    "ACTION",
    "SERIES_KEY",
    TIME,
    VALUE,
    STATUS,
}


class Unreadable(ValueError):
    """The file is no SDMX file that can be read; the message says why and what to do."""


def read(content: bytes) -> list[Observation]:
    """All observations of a file, whichever of the formats it is in. Raises Unreadable."""
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if not start:
        raise Unreadable("The file is empty. Fetch it again.")
    if start == b"<":
        return list(_from_xml(content))
    if start == b"{":
        return list(_from_json(content))
    return list(_from_csv(content))


def _value(text: str | None, where: str) -> float | None:
    if text is None or text.strip() in ("", "NaN", "nan"):
        return None
    try:
        return float(text)
    except ValueError:
        raise Unreadable(f"{where}: “{text}” is no number. Mend it in the file, or leave the cell empty.") from None


def _from_csv(content: bytes) -> Iterator[Observation]:
    try:
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        names = [name.split(":")[0].strip() for name in rows.fieldnames or ()]
    except UnicodeDecodeError:
        raise Unreadable("The file is not in UTF-8. Save it again as UTF-8.") from None
    if TIME not in names or VALUE not in names:
        raise Unreadable(f"The first line lacks {TIME} or {VALUE}. An SDMX-CSV file names them there.")
    rows.fieldnames = names
    known = _dimensions_of_csv(names)
    for row in rows:
        where = f"Line {rows.line_num}"
        if None in row or None in row.values():
            raise Unreadable(f"{where}: it does not have {len(names)} cells as the first line has.")
        key = {name: row[name].split(":")[0].strip() for name in known}
        others = {name: row[name] for name in names if name not in known and name not in NOT_A_DIMENSION and row[name]}
        yield Observation(key, row[TIME].strip(), _value(row[VALUE], where), row.get(STATUS) or "A", others)


def _dimensions_of_csv(names: list[str]) -> list[str]:
    """What stands before the time is a dimension, what stands after the value is an attribute; as all publishers do."""
    end = min(names.index(TIME), names.index(VALUE))
    return [name for name in names[:end] if name not in NOT_A_DIMENSION]


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _from_xml(content: bytes) -> Iterator[Observation]:
    try:
        root = fromstring(content)
    except DefusedXmlException:
        raise Unreadable(
            "The file defines entities of its own, which no statistical file needs. It is refused."
        ) from None
    except ParseError as wrong:
        raise Unreadable(f"The XML breaks off or is not well formed ({wrong}). Fetch it again.") from None
    sets = [element for element in root.iter() if _local(element.tag) == "DataSet"]
    if not sets:
        raise Unreadable("The XML holds no DataSet. Choose the data message, not the structure message.")
    for one in sets:
        generic = any(_local(element.tag) in ("SeriesKey", "ObsKey") for element in one.iter())
        yield from _generic(one) if generic else _specific(one)


def _values(parent: Any, tag: str) -> dict[str, str]:
    found = next((child for child in parent if _local(child.tag) == tag), None)
    return {} if found is None else {value.get("id", ""): value.get("value", "") for value in found}


def _generic(dataset: Any) -> Iterator[Observation]:
    for series in dataset:
        if _local(series.tag) == "Series":
            key, about = _values(series, "SeriesKey"), _values(series, "Attributes")
            for obs in series:
                if _local(obs.tag) == "Obs":
                    yield _generic_one(obs, key, about)
        elif _local(series.tag) == "Obs":
            yield _generic_one(series, _values(series, "ObsKey"), {})


def _generic_one(obs: Any, key: Mapping[str, str], about: Mapping[str, str]) -> Observation:
    parts = {_local(child.tag): child for child in obs}
    key = dict(key)
    period = parts["ObsDimension"].get("value", "") if "ObsDimension" in parts else key.pop(TIME, "")
    value = parts["ObsValue"].get("value") if "ObsValue" in parts else None
    attributes = {**about, **_values(obs, "Attributes")}
    status = attributes.pop(STATUS, "A")
    return Observation(key, period, _value(value, f"Observation of {period}"), status, attributes)


def _specific(dataset: Any) -> Iterator[Observation]:
    for series in dataset:
        if _local(series.tag) == "Series":
            for obs in series:
                yield _specific_one(dict(series.attrib), dict(obs.attrib))
        elif _local(series.tag) == "Obs":
            yield _specific_one({}, dict(series.attrib))


def _specific_one(key: dict[str, str], obs: dict[str, str]) -> Observation:
    """Series attributes and dimensions look alike here; upper case names in the series are taken for its key."""
    flat = not key
    merged = {name: code for name, code in {**key, **obs}.items() if "}" not in name}
    period, value = merged.pop(TIME, ""), merged.pop(VALUE, None)
    status = merged.pop(STATUS, "A")
    in_key = {name: code for name, code in merged.items() if flat or name in key}
    attributes = {name: code for name, code in merged.items() if name not in in_key}
    return Observation(in_key, period, _value(value, f"Observation of {period}"), status, attributes)


def _from_json(content: bytes) -> Iterator[Observation]:
    try:
        whole = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as wrong:
        raise Unreadable(f"The JSON breaks off or is not well formed ({wrong}). Fetch it again.") from None
    data = whole.get("data", whole)
    structures = data.get("structures") or [data.get("structure") or whole.get("structure")]
    if not structures[0] or "dataSets" not in data:
        raise Unreadable("The JSON holds no dataSets with a structure. Ask for the SDMX-JSON data format.")
    for dataset in data["dataSets"]:
        yield from _json_set(dataset, structures[dataset.get("structure", 0)])


def _ids(parts: list[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    return [(part["id"], [str(v.get("id", v.get("value", ""))) for v in part.get("values", [])]) for part in parts]


def _json_set(dataset: Mapping[str, Any], structure: Mapping[str, Any]) -> Iterator[Observation]:
    dims = structure["dimensions"]
    of_series, of_obs = _ids(dims.get("series", [])), _ids(dims.get("observation", []))
    marks = _ids(structure.get("attributes", {}).get("observation", []))
    groups = (
        [(key, one["observations"]) for key, one in dataset["series"].items()]
        if "series" in dataset
        else [("", dataset.get("observations", {}))]
    )
    for series_key, observations in groups:
        key = _picked(of_series, series_key)
        for at, cells in observations.items():
            whole = {**key, **_picked(of_obs, at)}
            period = whole.pop(TIME, "")
            said = {
                name: values[mark]
                for (name, values), mark in zip(marks, cells[1:], strict=False)
                if isinstance(mark, int) and mark < len(values)
            }
            value = None if not cells or cells[0] is None else _value(str(cells[0]), f"Observation of {period}")
            yield Observation(whole, period, value, said.pop(STATUS, "A"), said)


def _picked(dimensions: list[tuple[str, list[str]]], key: str) -> dict[str, str]:
    if not key:
        return {}
    try:
        return {name: values[int(at)] for (name, values), at in zip(dimensions, key.split(":"), strict=True)}
    except (ValueError, IndexError):
        raise Unreadable(f"The key {key} does not fit the dimensions that the file names. Fetch it again.") from None
