"""The business register from a table: every bad row is told, the good rows become the register.

A country's own file needs no other names: `columns` says which of its columns holds what.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted
from openpes.core.tables import BadRow, Row, UnreadableTable, read_table, require_safe
from openpes.imports.dates import day_comes_first, read_date
from openpes.journeys.load_offices import Loaded
from openpes.organisations.business_register import NewBusiness, number_key, take_business_list
from openpes.organisations.states import BusinessStatus
from openpes.people.names import match_key
from openpes.reference.country import country, today

NEEDED, OPTIONAL = ("name", "number"), ("status", "date")
LARGEST_MB, LARGEST_UNPACKED_MB = 100, 800
# Headers as registers write them; a country that writes others says so with the command.
HEADERS = {
    "name": "name, company name, business name, entity name, firm, nama, nama perusahaan,"
    " ten doanh nghiep, ชื่อ, 企业名称",
    "number": "number, registration number, business number, registration no, company number, sec no, nib, tin, uen,"
    " ma so, เลขทะเบียน, 统一社会信用代码",
    "status": "status, state, company status, entity status, สถานะ, 状态",
    "date": "date, registered on, registration date, date of registration, incorporation date, tanggal",
}
STATUSES = {
    BusinessStatus.ACTIVE: "active, registered, live, existing, valid, normal, operating, in good standing,"
    " aktif, current",
    BusinessStatus.SUSPENDED: "suspended, on hold, inactive, dormant, delinquent",
    BusinessStatus.STRUCK_OFF: "struck off, struck_off, dissolved, closed, cancelled, revoked, deregistered, ceased,"
    " expired, wound up",
}


def columns_of(header: Sequence[str], said: Mapping[str, str]) -> dict[str, str]:
    """Field -> column of the file: as said, else by the header. Raises UnreadableTable when a needed one is missing."""
    folded = {match_key(column.replace("_", " ")): column for column in header}
    found: dict[str, str] = {}
    for field, words in HEADERS.items():
        wanted = [said[field]] if field in said else [one.strip() for one in words.split(",")]
        column = next((folded[match_key(one.replace("_", " "))] for one in wanted if _key(one) in folded), "")
        if column:
            found[field] = column
        elif field in said:
            raise UnreadableTable(f"There is no column “{said[field]}” in this file.")
    missing = [one for one in NEEDED if one not in found]
    if missing:
        raise UnreadableTable(
            f"No column holds: {', '.join(missing)}. Name it, for example --column number=COMPANY_NO."
        )
    return found


def _key(text: str) -> str:
    return match_key(text.strip().replace("_", " "))


def status_of(text: str) -> BusinessStatus | None:
    """The status that a word of a register means; nothing written is active; None for a word that nobody knows."""
    key = match_key(text)
    if not key:
        return BusinessStatus.ACTIVE
    return next((one for one, words in STATUSES.items() if key in {_key(word) for word in words.split(",")}), None)


def load_businesses(
    *,
    content: bytes,
    as_of: date,
    source: str,
    by: Actor,
    at: datetime,
    columns: Mapping[str, str] | None = None,
) -> Loaded:
    """Make a table the business register as of a day.

    Raises UnreadableTable, NotPermitted, or Refused (empty, or older than the one that holds).
    """
    if not by.everywhere("register.load"):
        raise NotPermitted("register.load")
    require_safe(content, most_mb=LARGEST_MB, most_unpacked_mb=LARGEST_UNPACKED_MB)
    rows = read_table(content, needed=())
    if not rows:
        raise UnreadableTable("There is no row under the header. The first line names the columns, the rows follow.")
    where = columns_of(list(rows[0].cells), columns or {})
    day_first = day_comes_first([row.cells[where["date"]] for row in rows[:500]]) if "date" in where else None
    loaded, seen, taken = Loaded(), dict[str, int](), list[NewBusiness]()
    for row in rows:
        one = _business(row, where, day_first, today(at), loaded.bad, seen)
        if one is not None:
            taken.append(one)
    held, is_new = take_business_list(
        businesses=taken, as_of=as_of, source=source, sha256=hashlib.sha256(content).hexdigest(), by=by, at=at
    )
    loaded.made, loaded.already = (held.rows, 0) if is_new else (0, held.rows)
    return loaded


def _day(text: str, day_first: bool | None, on: date) -> date | None:
    """A day as registers write it; where two readings are as good, the first of them."""
    return read_date(text, day_first=day_first, calendar=country().calendar.civil, near=on).day if text else None


def _business(
    row: Row, where: Mapping[str, str], day_first: bool | None, on: date, bad: list[BadRow], seen: dict[str, int]
) -> NewBusiness | None:
    said = {field: row.cells.get(column, "").strip() for field, column in where.items()}
    before, key, status = len(bad), number_key(said["number"]), status_of(said.get("status", ""))
    for field in NEEDED:
        if not said[field]:
            bad.append(BadRow(row.line, where[field], "This cell is empty and is needed."))
    if key in seen and key:
        bad.append(BadRow(row.line, where["number"], f"The same number stands in row {seen[key]} already."))
    if status is None:
        known = ", ".join(BusinessStatus)
        bad.append(BadRow(row.line, where["status"], f"“{said['status']}” is not known. Write {known}."))
    when = _day(said.get("date", ""), day_first, on)
    if said.get("date") and when is None:
        bad.append(BadRow(row.line, where["date"], f"“{said['date']}” is not a date. Write it as 2027-12-31."))
    if len(bad) > before or status is None:
        return None
    seen[key] = row.line
    return NewBusiness(said["name"], said["number"], status, when)
