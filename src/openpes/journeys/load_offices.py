"""Offices and invitations from a table: every bad row is told, good rows are taken, repeating it changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted, Refused
from openpes.core.tables import BadRow, Row, read_table
from openpes.organisations.operations import NewOffice, invite_staff, save_office
from openpes.organisations.queries import open_offices
from openpes.organisations.words import REASON
from openpes.people.queries import account_by_username
from openpes.reference.country import area

OFFICE_COLUMNS = ("code", "name", "area_code")
STAFF_COLUMNS = ("name", "username", "role")


@dataclass
class Loaded:
    """What became of a table. `keys` are the keys of new invitations (name, sign-in name, key): shown once."""

    made: int = 0
    changed: int = 0
    already: int = 0
    bad: list[BadRow] = field(default_factory=list)
    keys: list[tuple[str, str, str]] = field(default_factory=list)


def _said(refused: Refused) -> str:
    return " ".join(str(REASON.get(one.code, one.code)) % one.facts for one in refused.decision.reasons)


def _float(row: Row, column: str, bad: list[BadRow], limit: float) -> float | None:
    text = row.cells.get(column, "").replace(",", ".")
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        bad.append(BadRow(row.line, column, f"“{text}” is not a number. Write degrees, for example 10.3157."))
        return None
    if not -limit <= value <= limit:
        bad.append(BadRow(row.line, column, f"{value} lies outside -{limit:g} to {limit:g}."))
        return None
    return value


def _office(row: Row, bad: list[BadRow]) -> NewOffice | None:
    before = len(bad)
    cells = row.cells
    for column in OFFICE_COLUMNS:
        if not cells[column]:
            bad.append(BadRow(row.line, column, "This cell is empty and is needed."))
    if cells["area_code"] and area(cells["area_code"]) is None:
        bad.append(
            BadRow(
                row.line,
                "area_code",
                f"There is no area with the code {cells['area_code']}. The page “Country pack” lists them.",
            )
        )
    latitude, longitude = _float(row, "latitude", bad, 90), _float(row, "longitude", bad, 180)
    if len(bad) > before:
        return None
    return NewOffice(
        code=cells["code"][:20],
        name=cells["name"][:160],
        area_code=cells["area_code"],
        level=cells.get("level", "")[:40],
        address=cells.get("address", "")[:240],
        phone=cells.get("phone", "")[:30],
        opening_hours=cells.get("opening_hours", "")[:120],
        latitude=latitude,
        longitude=longitude,
        supervisor_code=cells.get("supervisor_code", ""),
    )


def _each(rows: list[Row], take: Callable[[Row], None], loaded: Loaded, column: str) -> Loaded:
    """Take each row in its own savepoint, so that a bad one leaves nothing half-made."""
    for row in rows:
        try:
            with transaction.atomic():
                take(row)
        except Refused as refused:
            loaded.bad.append(BadRow(row.line, column, _said(refused)))
    return loaded


def load_offices(*, content: bytes, by: Actor, at: datetime) -> Loaded:
    """Make or change the offices of a table. Raises UnreadableTable or NotPermitted; bad rows are listed."""
    if not by.everywhere("office.manage"):
        raise NotPermitted("office.manage")
    rows, loaded = read_table(content, needed=OFFICE_COLUMNS), Loaded()

    def take(row: Row) -> None:
        new = _office(row, loaded.bad)
        if new is not None:
            _saved, made = save_office(new=new, by=by, at=at)
            loaded.made += made
            loaded.changed += not made

    return _each(rows, take, loaded, "supervisor_code")


def load_staff(*, content: bytes, by: Actor, at: datetime) -> Loaded:
    """Invite the people of a table; who has an account already is left alone. Bad rows are listed."""
    rows, loaded = read_table(content, needed=STAFF_COLUMNS), Loaded()
    offices = {one.code: one for one in open_offices()}
    languages = {code for code, _name in settings.LANGUAGES}

    def take(row: Row) -> None:
        cells, bad = row.cells, len(loaded.bad)
        for column in STAFF_COLUMNS:
            if not cells[column]:
                loaded.bad.append(BadRow(row.line, column, "This cell is empty and is needed."))
        code = cells.get("office", "")
        if code and code not in offices:
            loaded.bad.append(BadRow(row.line, "office", f"There is no open office with the code {code}."))
        if len(loaded.bad) > bad:
            return
        if account_by_username(cells["username"]) is not None:
            loaded.already += 1
            return
        language = cells.get("language", "") if cells.get("language", "") in languages else "en"
        _invitation, key = invite_staff(
            name=cells["name"],
            username=cells["username"],
            role=cells["role"].lower(),
            office=offices.get(code),
            language=language,
            by=by,
            at=at,
            secret=settings.SECRET_KEY,
        )
        loaded.made += 1
        loaded.keys.append((cells["name"], cells["username"], key))

    return _each(rows, take, loaded, "role")
