"""What a newcomer sees of the exchange: a card of ours, a worked card tried, and figures of two invented lands."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openpes.core.actors import system
from openpes.demo.nation import Nation
from openpes.exchange.dataset import own_dataset
from openpes.exchange.gallery import gallery
from openpes.exchange.making import Told
from openpes.exchange.operations import add_entry, adopt, issue_card, keep_gallery_card, take_paper
from openpes.exchange.papers import Kind, write_paper
from openpes.exchange.queries import cards
from openpes.exchange.states import EntryKind, Grade
from openpes.programmes.queries import in_force

MANAGER = system("practice.view", "practice.exchange", "dataset.exchange", "programme.draft", label="demo")
# How far the invented lands are from ours, in every figure.
NEIGHBOURS = (("XA", "Aland (invented)", 0.9), ("XB", "Beland (invented)", 0.6))


def write_practices(nation: Nation, *, at: datetime) -> None:
    """Write them, once. What there is nothing to make of (no programme, no published month) is left out."""
    if cards(MANAGER).exists():
        return
    version = in_force(nation.clock.today).first()
    if version is not None:
        issue_card(version=version, told=_told(), by=MANAGER, at=at)
    name = next(
        one["name"] for one in gallery() if one["country"] != nation.country.code and one["configuration"]["programme"]
    )
    trying = adopt(card=keep_gallery_card(name=name, by=MANAGER, at=at), by=MANAGER, at=at)
    add_entry(
        adoption=trying,
        kind=EntryKind.CHANGED,
        what="Two months at the firm instead of three (invented).",
        why="Firms here do not take anybody for longer before they know them.",
        by=MANAGER,
        at=at,
    )
    mine = own_dataset(on=nation.clock.today)
    if mine is not None:
        for code, land, factor in NEIGHBOURS:
            take_paper(text=_figures_of(mine, code, land, factor), by=MANAGER, at=at)


def _told() -> Told:
    return Told(
        problem="Invented for the demonstration: young people have no experience to show.",
        target_group="Young people who look for their first job",
        staff="One counsellor for sixty people who take part",
        cost="Not counted yet",
        contact="The programme desk of this demonstration",
        preconditions=("An agreement between the office, the firm and the person.",),
        steps=("Choose by the published rule.", "Train.", "Place at a firm.", "Ask both sides after three months."),
        grade=Grade.ASSOCIATION,
    )


def _figures_of(mine: dict[str, Any], code: str, land: str, factor: float) -> str:
    rows = [row | {"value": _moved(row["value"], factor)} for row in mine["figures"]]
    body = mine | {"country": code, "country_name": land, "vintage": "invented", "figures": rows}
    # The same key each time: nobody signs with it in earnest.
    key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"openpes demo {code}".encode()).digest())
    return write_paper(Kind.DATASET, body, private=key, signer=land)


def _moved(value: float | None, factor: float) -> float | None:
    # What is counted in whole people or places stays whole.
    return None if value is None else round(value * factor, 0 if value == int(value) else 1)
