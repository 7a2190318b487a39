"""Bodies of the papers that are signed here: a card from a living programme, a log from what was tried."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpes.exchange.models import Adoption
from openpes.exchange.reuse import as_carried
from openpes.exchange.states import EntryKind, Grade, WrittenFrom
from openpes.guidance.scripts import Script
from openpes.programmes.models import Programme, ProgrammeVersion
from openpes.programmes.queries import counts_of
from openpes.programmes.states import HOLDS_A_PLACE
from openpes.reference.country import country
from openpes_evidence.definitions import registry
from openpes_evidence.disclosure import SMALLEST, in_steps

ENTRIES = "programme_entries"


@dataclass(frozen=True)
class Told:
    """What only people can tell of a practice. Lists hold one sentence each."""

    problem: str
    target_group: str
    staff: str
    cost: str
    contact: str
    preconditions: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    result: str = ""
    grade: str = Grade.ASSOCIATION
    texts: tuple[str, ...] = ()
    scripts: tuple[Script, ...] = ()


TEXTS_TOLD = ("problem", "target_group", "staff", "cost", "contact", "result", "grade")
LISTS_TOLD = ("preconditions", "steps", "texts")


def told_from(found: Any, *, scripts: tuple[Script, ...] = ()) -> Told:
    """What people wrote into a file. Raises ValueError that names what does not belong there or is missing."""
    if not isinstance(found, Mapping):
        raise ValueError("the file holds no fields. Begin with problem: and a sentence.")
    strange = sorted(set(map(str, found)) - {*TEXTS_TOLD, *LISTS_TOLD})
    missing = [one for one in ("problem", "target_group", "staff", "cost", "contact") if not found.get(one)]
    not_lists = [one for one in LISTS_TOLD if not isinstance(found.get(one, []), list)]
    for words, names in (("not known", strange), ("missing", missing), ("not a list", not_lists)):
        if names:
            raise ValueError(f"{', '.join(names)}: {words}.")
    texts = {one: str(found[one]) for one in TEXTS_TOLD if found.get(one)}
    lists = {one: tuple(str(line) for line in found.get(one, [])) for one in LISTS_TOLD}
    return Told(**texts, **lists, scripts=scripts)  # type: ignore[arg-type]


def card_body(version: ProgrammeVersion, told: Told, *, number: int, on: date) -> dict[str, Any]:
    """A card of a programme as it runs here. Counts are protected: hidden under ten, else in steps of ten."""
    return {
        "id": f"{country().code}-{version.programme.ref}",
        "version": number,
        "country": country().code,
        "written_on": on.isoformat(),
        "written_from": WrittenFrom.PROGRAMME.value,
        "invented": version.programme.synthetic,
        "title": version.title,
        "kind": version.programme.kind,
        "problem": told.problem.strip(),
        "target_group": told.target_group.strip(),
        "preconditions": list(told.preconditions),
        "staff": told.staff.strip(),
        "cost": told.cost.strip(),
        "steps": list(told.steps),
        "indicators": _indicators(version),
        "results": _results(version.programme, told, on),
        "contact": told.contact.strip(),
        "sources": [{"name": version.source, "confidence": "low" if version.recalled else "high"}],
        "configuration": {
            "programme": _configuration(version),
            "texts": list(told.texts),
            "scripts": [as_carried(one) for one in told.scripts],
        },
    }


def _configuration(version: ProgrammeVersion) -> dict[str, Any]:
    return {
        "rule": version.rule,
        "benefits": version.benefits,
        "checked_by_hand": list(version.checked_by_hand),
        "documents": list(version.documents),
        "stipend_amount": None if version.stipend_amount is None else str(version.stipend_amount),
        "stipend_currency": version.stipend_currency,
        "points": dict(version.points),
        "quotas": dict(version.quotas),
        "isco": list(version.isco),
    }


def _indicators(version: ProgrammeVersion) -> list[dict[str, str]]:
    wanted = dict.fromkeys((ENTRIES, *version.indicators))
    known = [registry()[one] for one in wanted if one in registry()]
    return [{"id": one.id, "version": one.version, "definition": one.definition} for one in known]


def _results(programme: Programme, told: Told, on: date) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [entries_result(programme, on)]
    if told.result.strip():
        found.append({"words": told.result.strip(), "grade": told.grade})
    return found


def entries_result(programme: Programme, on: date) -> dict[str, Any]:
    """How many hold a place, over all rounds of a programme, protected like everything that leaves."""
    held = 0
    for version in programme.versions.all():
        for cycle in version.cycles.all():
            counts = counts_of(cycle)
            held += sum(counts.get(state.value, 0) for state in HOLDS_A_PLACE)
    about = registry()[ENTRIES]
    small = 0 < held < SMALLEST
    words = "Fewer than ten people hold a place." if small else "People who hold a place, in steps of ten."
    return {
        "indicator": about.id,
        "version": about.version,
        "value": None if small else in_steps(held),
        "words": words,
        "grade": Grade.ASSOCIATION.value,
        "period": f"until {on.isoformat()}",
    }


def log_body(adoption: Adoption, *, on: date) -> dict[str, Any]:
    """What was changed, why, and what was seen so far; a later log holds all that an earlier one did."""
    rows: list[dict[str, Any]] = []
    for one in adoption.entries.all():
        row: dict[str, Any] = {"on": one.at.date().isoformat(), "kind": one.kind, "what": one.what, "why": one.why}
        if one.kind == EntryKind.RESULT:
            hidden = one.n is not None and one.n < SMALLEST
            row |= {
                "indicator": one.indicator,
                "version": one.version,
                "value": None if hidden else one.value,
                "n": None if one.n is None or hidden else in_steps(one.n),
                "period": one.period,
                "grade": one.grade,
            }
        rows.append(row)
    version = adoption.programme.versions.first()
    return {
        "card": adoption.card.subject,
        "card_version": adoption.card.number,
        "card_digest": adoption.card.digest,
        "country": country().code,
        "try": adoption.ref,
        "programme": "" if version is None else version.title,
        "started_on": adoption.started_at.date().isoformat(),
        "written_on": on.isoformat(),
        "entries": rows,
        "counted": entries_result(adoption.programme, on),
    }
