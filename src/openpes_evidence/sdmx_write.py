"""Observations as SDMX-CSV (1.0 and 2.0) and SDMX-ML 2.1, with the structure that tells how to read them. Text out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from openpes_evidence.sdmx_codes import AGE, DIMENSIONS, FREQ, OBS_STATUS, SEX, TIME

NS = {
    "mes": "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message",
    "gen": "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic",
    "str": "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure",
    "com": "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common",
}


@dataclass(frozen=True)
class Observation:
    """One value of one series. `key`: a code for each of the flow's dimensions; `period`: 2026, 2026-Q1 or 2026-03."""

    key: Mapping[str, str]
    period: str
    value: float | None
    status: str = "A"
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Flow:
    """A dataflow: who keeps it, its id and version, its name, its measures, and areas (code to name)."""

    agency: str
    id: str
    version: str
    name: str
    measures: Mapping[str, str]
    areas: Mapping[str, str]
    dimensions: tuple[str, ...] = DIMENSIONS

    @property
    def structure(self) -> str:
        """The id of the data structure that the flow uses."""
        return f"DSD_{self.id.removeprefix('DF_')}"


def _number(value: float | None) -> str:
    return "" if value is None else repr(float(value)) if value != int(value) else str(int(value))


def as_csv(flow: Flow, observations: Iterable[Observation], *, edition: int = 2) -> str:
    """SDMX-CSV. Edition 1: DATAFLOW first; edition 2: STRUCTURE, STRUCTURE_ID, ACTION first. Lines end in CR LF."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    urn = f"{flow.agency}:{flow.id}({flow.version})"
    first = ("DATAFLOW",) if edition == 1 else ("STRUCTURE", "STRUCTURE_ID", "ACTION")
    begin = (urn,) if edition == 1 else ("dataflow", urn, "I")
    writer.writerow((*first, *flow.dimensions, TIME, "OBS_VALUE", "OBS_STATUS"))
    for one in observations:
        key = tuple(one.key[name] for name in flow.dimensions)
        writer.writerow((*begin, *key, one.period, _number(one.value), one.status))
    return out.getvalue()


def as_generic_xml(flow: Flow, observations: Sequence[Observation], *, at: datetime, sender: str) -> str:
    """An SDMX-ML 2.1 generic data message, one series a key."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<mes:GenericData {_names('mes', 'gen', 'com')}>",
        *_header(flow, at, sender),
        f'<mes:DataSet structureRef="{flow.structure}" action="Replace">',
    ]
    series: dict[tuple[str, ...], list[Observation]] = {}
    for one in observations:
        series.setdefault(tuple(one.key[name] for name in flow.dimensions), []).append(one)
    for key, members in series.items():
        lines.append("<gen:Series><gen:SeriesKey>")
        lines += [
            f"<gen:Value id={quoteattr(name)} value={quoteattr(code)}/>"
            for name, code in zip(flow.dimensions, key, strict=True)
        ]
        lines.append("</gen:SeriesKey>")
        lines += [_generic_observation(one) for one in sorted(members, key=lambda member: member.period)]
        lines.append("</gen:Series>")
    return "\n".join([*lines, "</mes:DataSet>", "</mes:GenericData>", ""])


def _generic_observation(one: Observation) -> str:
    value = "" if one.value is None else f"<gen:ObsValue value={quoteattr(_number(one.value))}/>"
    return (
        f"<gen:Obs><gen:ObsDimension value={quoteattr(one.period)}/>{value}"
        f'<gen:Attributes><gen:Value id="OBS_STATUS" value={quoteattr(one.status)}/></gen:Attributes></gen:Obs>'
    )


def _names(*prefixes: str) -> str:
    return " ".join(f'xmlns:{prefix}="{NS[prefix]}"' for prefix in prefixes)


def _header(flow: Flow, at: datetime, sender: str, *, data: bool = True) -> list[str]:
    lines = [
        "<mes:Header>",
        f"<mes:ID>{escape(flow.id)}_{at:%Y%m%d%H%M%S}</mes:ID>",
        "<mes:Test>false</mes:Test>",
        f"<mes:Prepared>{at.isoformat(timespec='seconds')}</mes:Prepared>",
        f"<mes:Sender id={quoteattr(sender)}/>",
    ]
    if data:
        lines.append(
            f'<mes:Structure structureID="{flow.structure}" dimensionAtObservation="{TIME}"><com:Structure>'
            f"<Ref id={quoteattr(flow.structure)} agencyID={quoteattr(flow.agency)} "
            f'version={quoteattr(flow.version)} package="datastructure" class="DataStructure"/>'
            "</com:Structure></mes:Structure>"
        )
    return [*lines, "</mes:Header>"]


def code_lists(flow: Flow) -> dict[str, Mapping[str, str]]:
    """The code list of each dimension and of the status, by dimension."""
    lists: dict[str, Mapping[str, str]] = {
        "REF_AREA": flow.areas,
        "FREQ": FREQ,
        "MEASURE": flow.measures,
        "SEX": SEX,
        "AGE": AGE,
        "OBS_STATUS": OBS_STATUS,
    }
    return {name: lists[name] for name in (*flow.dimensions, "OBS_STATUS")}


def as_structure_xml(flow: Flow, *, at: datetime, sender: str) -> str:
    """The SDMX-ML 2.1 structure message: code lists, concepts, data structure and dataflow."""
    own = f"agencyID={quoteattr(flow.agency)} version={quoteattr(flow.version)}"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<mes:Structure {_names('mes', 'str', 'com')}>",
        *_header(flow, at, sender, data=False),
        "<mes:Structures>",
        f'<str:Dataflows><str:Dataflow id="{flow.id}" {own}>{_named(flow.name)}',
        f"<str:Structure>{_ref(flow, flow.structure, 'datastructure', 'DataStructure')}</str:Structure>",
        "</str:Dataflow></str:Dataflows>",
        "<str:Codelists>",
    ]
    for name, codes in code_lists(flow).items():
        lines.append(f'<str:Codelist id="CL_{name}" {own}>{_named(name)}')
        lines += [f"<str:Code id={quoteattr(code)}>{_named(title)}</str:Code>" for code, title in codes.items()]
        lines.append("</str:Codelist>")
    lines += ["</str:Codelists>", f'<str:Concepts><str:ConceptScheme id="CS_{flow.id}" {own}>{_named("Concepts")}']
    concepts = (*flow.dimensions, TIME, "OBS_VALUE", "OBS_STATUS")
    lines += [f'<str:Concept id="{name}">{_named(name)}</str:Concept>' for name in concepts]
    lines += [
        "</str:ConceptScheme></str:Concepts>",
        *_data_structure(flow, own),
        "</mes:Structures></mes:Structure>",
        "",
    ]
    return "\n".join(lines)


def _named(name: str) -> str:
    return f'<com:Name xml:lang="en">{escape(name)}</com:Name>'


def _ref(flow: Flow, name: str, package: str, kind: str) -> str:
    return (
        f'<Ref id="{name}" agencyID={quoteattr(flow.agency)} version={quoteattr(flow.version)} '
        f'package="{package}" class="{kind}"/>'
    )


def _concept(flow: Flow, name: str) -> str:
    return (
        f'<str:ConceptIdentity><Ref id="{name}" maintainableParentID="CS_{flow.id}" '
        f'maintainableParentVersion="{flow.version}" agencyID={quoteattr(flow.agency)} '
        'package="conceptscheme" class="Concept"/></str:ConceptIdentity>'
    )


def _coded(flow: Flow, name: str) -> str:
    reference = _ref(flow, f"CL_{name}", "codelist", "Codelist")
    return f"<str:LocalRepresentation><str:Enumeration>{reference}</str:Enumeration></str:LocalRepresentation>"


def _data_structure(flow: Flow, own: str) -> list[str]:
    lines = [
        f'<str:DataStructures><str:DataStructure id="{flow.structure}" {own}>{_named(flow.name)}',
        '<str:DataStructureComponents><str:DimensionList id="DimensionDescriptor">',
    ]
    lines += [
        f'<str:Dimension id="{name}" position="{at}">{_concept(flow, name)}{_coded(flow, name)}</str:Dimension>'
        for at, name in enumerate(flow.dimensions, start=1)
    ]
    lines += [
        f'<str:TimeDimension id="{TIME}" position="{len(flow.dimensions) + 1}">{_concept(flow, TIME)}'
        '<str:LocalRepresentation><str:TextFormat textType="ObservationalTimePeriod"/></str:LocalRepresentation>'
        "</str:TimeDimension></str:DimensionList>",
        '<str:AttributeList id="AttributeDescriptor"><str:Attribute id="OBS_STATUS" assignmentStatus="Conditional">'
        f"{_concept(flow, 'OBS_STATUS')}{_coded(flow, 'OBS_STATUS')}<str:AttributeRelationship>"
        '<str:PrimaryMeasure><Ref id="OBS_VALUE"/></str:PrimaryMeasure></str:AttributeRelationship></str:Attribute>'
        "</str:AttributeList>",
        f'<str:MeasureList id="MeasureDescriptor"><str:PrimaryMeasure id="OBS_VALUE">{_concept(flow, "OBS_VALUE")}'
        "</str:PrimaryMeasure></str:MeasureList></str:DataStructureComponents></str:DataStructure></str:DataStructures>",
    ]
    return lines
