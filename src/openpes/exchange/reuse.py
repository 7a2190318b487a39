"""What a card brings to be used again: interview scripts, and texts that go out. Drafts, until an office agrees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import yaml
from django.db import transaction

from openpes.core.actors import Actor, system
from openpes.core.change_log import record_change
from openpes.core.decisions import NotFound
from openpes.exchange.access import require
from openpes.exchange.models import Adoption
from openpes.guidance.models import OfficeScript
from openpes.guidance.queries import scripts_switched_on
from openpes.guidance.script_operations import draft_script
from openpes.guidance.scripts import Script, as_yaml, read_script, shipped_scripts
from openpes.messaging.segments import segments_of
from openpes.organisations.queries import open_offices


@dataclass(frozen=True)
class Shared:
    """A script that a card can carry. `key`: its code, and for an office's own script the code and its number."""

    key: str
    script: Script


def scripts_to_share() -> list[Shared]:
    """The scripts of the service, then those that an office has switched on. They say nothing of any person."""
    found = [Shared(code, script) for code, script in sorted(shipped_scripts().items())]
    return found + [Shared(key, script) for key, script in scripts_switched_on()]


def chosen_scripts(keys: Iterable[str]) -> tuple[Script, ...]:
    """The scripts under these keys, in their order. Raises NotFound for one that is not there."""
    known = {one.key: one.script for one in scripts_to_share()}
    try:
        return tuple(known[key] for key in keys)
    except KeyError as unknown:
        raise NotFound("script") from unknown


def as_carried(script: Script) -> dict[str, Any]:
    """A script as a card carries it: its own file as plain data, what is empty left out."""
    carried: dict[str, Any] = yaml.safe_load(as_yaml(script))
    return carried


def scripts_in(body: Mapping[str, Any]) -> list[Script]:
    """The scripts that a card brings; it was checked when it was taken in."""
    carried = (body.get("configuration") or {}).get("scripts") or []
    return [read_script(yaml.safe_dump(one, allow_unicode=True), "card") for one in carried]


def texts_in(body: Mapping[str, Any]) -> list[tuple[str, int]]:
    """(text, how many text messages it takes) of each text that a card brings."""
    return [(one, segments_of(one)) for one in (body.get("configuration") or {}).get("texts") or []]


@transaction.atomic
def give_script(*, adoption: Adoption, code: str, office_code: str, by: Actor, at: datetime) -> OfficeScript:
    """Lay a script of a card before an office as its draft. Only the office itself can change it or switch it on.

    Raises NotPermitted; NotFound for a script that the card does not bring, or an office that is not there.
    """
    require("practice.exchange", by)
    script = next((one for one in scripts_in(adoption.card.body) if one.code == code), None)
    office = next((one for one in open_offices() if one.code == office_code), None)
    if script is None or office is None:
        raise NotFound("script")
    # A draft changes nothing; who asked for it stands in the change log of the try.
    clerk = system("guidance.write_script", label="exchange")
    row = draft_script(office_id=office.pk, script=script, by=clerk, at=at)
    record_change(by=by, at=at, verb="exchange.give_script", thing=f"try:{adoption.ref}", detail={"script": row.ref})
    return row
