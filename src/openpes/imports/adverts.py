"""Reading a firm's own list of adverts: CSV, XLSX or JSON in, one advert or what is wrong with it a row out.

advert_table(content) -> list[Row]                 the rows by our names of the columns
read_advert(row, ...) -> AdvertRow                 the offer, or problems by field with their mend
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from openpes.core.money import PayPeriod
from openpes.core.tables import Row, UnreadableTable, read_table, require_safe
from openpes.imports.cleaning import number_of, read_area, read_education
from openpes.imports.columns import VACANCIES
from openpes.imports.dates import read_date
from openpes.people.names import as_given, match_key
from openpes.people.phones import fold_digits
from openpes.reference import titles
from openpes.reference.country import country, currency
from openpes.reference.taxonomy import unit_codes
from openpes.vacancies.operations import Offered
from openpes.vacancies.states import ACCOMMODATIONS, ContractType, Offer

COLUMNS = (
    "reference", "title", "isco", "places", "area", "address", "pay", "pay_period", "weekly_hours", "description",
    "education", "contract", "starts_on", "closes_on", "offers", "accommodations", "status", "abroad_in",
    "abroad_contract", "abroad_costs",
)  # fmt: skip
EXAMPLE = (
    "COOK-2027-1", "Cook", "5120", "2", "", "Main street 12", "", "month", "48", "Cook for forty guests a day.",
    "", "open_ended", "2027-02-01", "2027-03-31", "before_dark, safe_transport", "", "open",
    "", "", "",
)  # fmt: skip
MORE_NAMES = {
    "reference": "reference, ref, key, id, job id, vacancy id, external id, number of the advert",
    "isco": "isco, isco08, isco 08, occupation code",
    "address": "address, street, workplace",
    "area": "area, municipality, city, province, district, place",
    "places": "places, openings, no of vacancies, how many, headcount",
    "pay_period": "pay period, per, period",
    "contract": "contract, contract type",
    "starts_on": "starts on, start, start date",
    "closes_on": "closes on, closing date, until, deadline, last day",
    "offers": "offers, benefits",
    "accommodations": "accommodations",
    "status": "status, state",
}
OPEN_WORDS, OVER_WORDS = {"", "open", "live", "active", "new"}, {"withdrawn", "closed", "filled", "inactive", "over"}
SHORTEST_TITLE, LONGEST_KEY, MOST_PLACES = 2, 80, 500


@dataclass
class AdvertRow:
    """A row as read. `offered` is None for a row with problems, and for one that says that the job is over."""

    line: int
    reference: str
    title: str = ""
    is_over: bool = False
    offered: Offered | None = None
    problems: list[dict[str, Any]] = field(default_factory=list)

    def wrong(self, name: str, code: str, /, **facts: Any) -> None:
        """Write down why the row cannot be taken."""
        self.problems.append({"field": name, "code": code, "facts": facts})


def _names() -> dict[str, str]:
    """Folded header -> our name of the column."""
    found: dict[str, str] = {}
    for name in COLUMNS:
        words = MORE_NAMES.get(name) or VACANCIES.get(name, name)
        for one in (name.replace("_", " "), *words.split(",")):
            found.setdefault(match_key(one), name)
    return found


def advert_table(content: bytes, *, most_mb: int, most_rows: int) -> list[Row]:
    """The rows by our names of the columns, whatever the kind of file. Raises UnreadableTable with the mend."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
        if len(content) > most_mb * 1024 * 1024:
            raise UnreadableTable(f"The file is larger than {most_mb} MB. Split it and bring the parts one by one.")
        rows = _from_json(content)
    else:
        require_safe(content, most_mb=most_mb, most_unpacked_mb=most_mb * 20)
        rows = read_table(content, needed=())
    names = _names()
    rows = [
        Row(row.line, {names[key]: cell for title, cell in row.cells.items() if (key := _folded(title)) in names})
        for row in rows
    ]
    if not rows:
        raise UnreadableTable("There is no row under the header. The first line names the columns, the rows follow.")
    if not any("reference" in row.cells for row in rows) or not any("title" in row.cells for row in rows):
        raise UnreadableTable("The first line must name the columns; “reference” and “title” are needed.")
    if len(rows) > most_rows:
        raise UnreadableTable(f"A list has at most {most_rows} rows. Split it.")
    return rows


def _folded(title: str) -> str:
    return match_key(title.replace("_", " "))


def _from_json(content: bytes) -> list[Row]:
    try:
        held = json.loads(content.decode("utf-8-sig"))
    except (ValueError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableTable(f"This is no JSON that can be read: {error}.") from error
    entries = held.get("vacancies") if isinstance(held, dict) else held
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise UnreadableTable("The JSON needs a list “vacancies” of objects, one for each vacancy.")
    return [
        Row(number, {str(name): _plain(value) for name, value in one.items()})
        for number, one in enumerate(entries, start=1)
    ]


def _plain(value: Any) -> str:
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, list):
        return ", ".join(_plain(one) for one in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def read_advert(row: Row, *, language: str, firm_area: str, on: date) -> AdvertRow:
    """One row. `firm_area` stands where the row names no place."""
    cells = row.cells
    made = AdvertRow(row.line, cells.get("reference", "").strip(), as_given(cells.get("title", ""))[:120])
    if not 0 < len(made.reference) <= LONGEST_KEY:
        made.wrong("reference", "external_id_needed")
    status = cells.get("status", "").strip().casefold()
    made.is_over = status in OVER_WORDS
    if status not in OPEN_WORDS | OVER_WORDS:
        made.wrong("status", "word_unknown", said=cells["status"], known="open, withdrawn")
    if made.is_over or (made.problems and not made.reference):
        return made
    said = {
        "isco": _isco(cells, made, language),
        "places": _places(cells, made),
        "area_code": _area(cells, made, language, firm_area),
        "pay_amount": _amount(cells, "pay", made),
        "weekly_hours": _amount(cells, "weekly_hours", made),
        "pay_period": _one_of(cells, "pay_period", PayPeriod, PayPeriod.MONTH, made),
        "contract_type": _one_of(cells, "contract", ContractType, ContractType.OPEN_ENDED, made),
        "education_level": _education(cells, made, language),
        "starts_on": _day(cells, "starts_on", made, on),
        "closes_on": _day(cells, "closes_on", made, on),
        "offers": _codes(cells, "offers", [one.value for one in Offer], made),
        "accommodations": _codes(cells, "accommodations", list(ACCOMMODATIONS), made),
    }
    if not made.problems:
        made.offered = _offered(cells, made.title, said)
    return made


def _offered(cells: Mapping[str, str], title: str, said: dict[str, Any]) -> Offered:
    last = said.pop("closes_on")
    return Offered(
        title=title,
        description=cells.get("description", "")[:4000],
        address=cells.get("address", "")[:240],
        abroad_in=cells.get("abroad_in", "").strip()[:60],
        abroad_contract=cells.get("abroad_contract", "").strip()[:300],
        abroad_costs=cells.get("abroad_costs", "").strip()[:300],
        pay_currency=currency() if said["pay_amount"] is not None else "",
        closes_before=date.fromordinal(last.toordinal() + 1) if last else None,
        **said,
    )


def _isco(cells: Mapping[str, str], made: AdvertRow, language: str) -> str:
    if len(made.title) < SHORTEST_TITLE:
        made.wrong("title", "missing_title")
        return ""
    code = fold_digits(cells.get("isco", "").strip())
    if code:
        if code not in set(unit_codes()):
            made.wrong("isco", "unknown_occupation", code=code)
        return code
    proposals = titles.propose(made.title, language)
    if not proposals:
        made.wrong("title", "title_unknown", said=made.title)
        return ""
    return proposals[0].isco


def _places(cells: Mapping[str, str], made: AdvertRow) -> int:
    text = fold_digits(cells.get("places", "").strip()) or "1"
    number = int(text) if text.isdigit() and len(text) <= len(str(MOST_PLACES)) else 0
    if not 1 <= number <= MOST_PLACES:
        made.wrong("places", "places_impossible", most=MOST_PLACES)
    return number


def _area(cells: Mapping[str, str], made: AdvertRow, language: str, firm_area: str) -> str:
    text = cells.get("area", "").strip()
    code, _sure = read_area(text, language) if text else (firm_area, True)
    if not code:
        made.wrong("area", "area_unknown", said=text)
    return code


def _amount(cells: Mapping[str, str], name: str, made: AdvertRow) -> Decimal | None:
    text = cells.get(name, "").strip()
    plain = number_of(text) if text else None
    if text and plain is None:
        made.wrong(name, "number_unread", said=text)
    return Decimal(plain) if plain is not None else None


def _one_of(cells: Mapping[str, str], name: str, known: Any, default: Any, made: AdvertRow) -> Any:
    text = "_".join(cells.get(name, "").strip().casefold().replace("-", " ").split())
    if text and text not in set(known):
        made.wrong(name, "word_unknown", said=cells[name], known=", ".join(known))
        return default
    return known(text) if text else default


def _education(cells: Mapping[str, str], made: AdvertRow, language: str) -> int | None:
    text = cells.get("education", "").strip()
    level, _sure = read_education(text, language) if text else (None, True)
    if text and level is None:
        made.wrong("education", "word_unknown", said=text, known="0-8 (ISCED 2011)")
    return level


def _day(cells: Mapping[str, str], name: str, made: AdvertRow, on: date) -> date | None:
    text = cells.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(fold_digits(text)[:10])
    except ValueError:
        # A day to come: two years ahead is as far as a vacancy looks.
        near = on.replace(year=on.year + 2, day=1)
        day = read_date(text, day_first=None, calendar=country().calendar.civil, near=near).day
    if day is None:
        made.wrong(name, "date_unread", said=text)
    return day


def _codes(cells: Mapping[str, str], name: str, known: list[str], made: AdvertRow) -> tuple[str, ...]:
    said = ["_".join(one.strip().casefold().split()) for one in cells.get(name, "").replace(";", ",").split(",")]
    wanted = [one for one in said if one]
    odd = [one for one in wanted if one not in known]
    if odd:
        made.wrong(name, "word_unknown", said=odd[0], known=", ".join(known))
    return tuple(one for one in known if one in wanted)
