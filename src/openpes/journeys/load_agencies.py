"""The register of licensed agencies from a table: every bad row is told, the good rows become the register."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta

from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted
from openpes.core.tables import BadRow, Row, read_table
from openpes.journeys.load_offices import Loaded
from openpes.organisations.agency_operations import NewAgency, take_agency_list
from openpes.organisations.agency_queries import number_key
from openpes.organisations.states import AgencyKind, AgencyStatus

AGENCY_COLUMNS = ("name", "licence_number", "kind", "valid_until")
AGENCY_OPTIONAL = ("valid_from", "status", "address")


def _day(row: Row, column: str, bad: list[BadRow]) -> date | None:
    text = row.cells.get(column, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        bad.append(BadRow(row.line, column, f"“{text}” is not a date. Write it as 2027-12-31."))
        return None


def _agency(row: Row, bad: list[BadRow], seen: dict[tuple[str, str], int]) -> NewAgency | None:
    before, cells = len(bad), row.cells
    for column in AGENCY_COLUMNS:
        if not cells[column].strip():
            bad.append(BadRow(row.line, column, "This cell is empty and is needed."))
    kind, status = cells["kind"].strip().lower(), cells.get("status", "").strip().lower() or AgencyStatus.VALID.value
    if kind and kind not in set(AgencyKind):
        bad.append(BadRow(row.line, "kind", f"“{kind}” is not known. Write {', '.join(AgencyKind)}."))
    if status not in set(AgencyStatus):
        bad.append(BadRow(row.line, "status", f"“{status}” is not known. Write {', '.join(AgencyStatus)}."))
    first, last = _day(row, "valid_from", bad), _day(row, "valid_until", bad)
    if first and last and last < first:
        bad.append(BadRow(row.line, "valid_until", "The licence ends before it begins."))
    key = (number_key(cells["licence_number"]), kind)
    if cells["licence_number"].strip() and not key[0]:
        bad.append(BadRow(row.line, "licence_number", "There is no letter and no digit in this number."))
    if key in seen and key[0]:
        bad.append(BadRow(row.line, "licence_number", f"The same licence stands in row {seen[key]} already."))
    if len(bad) > before:
        return None
    seen[key] = row.line
    return NewAgency(
        name=cells["name"],
        licence_number=cells["licence_number"],
        kind=AgencyKind(kind),
        valid_from=first,
        valid_before=last + timedelta(days=1) if last else None,
        status=AgencyStatus(status),
        address=cells.get("address", ""),
    )


def load_agencies(*, content: bytes, as_of: date, source: str, by: Actor, at: datetime) -> Loaded:
    """Make a table the register as of a day. Raises UnreadableTable, NotPermitted, or Refused (empty, or too old)."""
    if not by.everywhere("agency.load"):
        raise NotPermitted("agency.load")
    loaded, seen = Loaded(), dict[tuple[str, str], int]()
    read = [_agency(row, loaded.bad, seen) for row in read_table(content, needed=AGENCY_COLUMNS)]
    taken = take_agency_list(
        agencies=[one for one in read if one is not None],
        as_of=as_of,
        source=source,
        sha256=hashlib.sha256(content).hexdigest(),
        by=by,
        at=at,
    )
    loaded.made, loaded.changed, loaded.already = taken.made, taken.changed, taken.already
    return loaded
