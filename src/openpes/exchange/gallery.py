"""Worked cards from public facts: files that come with the service. Nobody signed them and nobody endorsed them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from openpes.core.decisions import NotFound
from openpes.exchange.cards import mistakes
from openpes.exchange.papers import plain_text_loader

FOLDER = Path(__file__).parent / "data" / "gallery"


@cache
def gallery() -> tuple[Mapping[str, Any], ...]:
    """All worked cards by country and title. Raises ValueError with every mistake of a file."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        body = yaml.load(path.read_text("utf-8"), Loader=plain_text_loader())
        wrong = mistakes(body)
        if wrong:
            raise ValueError(f"{path.name}: {' '.join(wrong)}")
        found.append(body | {"name": path.stem})
    return tuple(sorted(found, key=lambda one: (one["country"], one["title"])))


def gallery_card(name: str) -> Mapping[str, Any]:
    """One worked card by the name of its file. Raises NotFound."""
    for one in gallery():
        if one["name"] == name:
            return one
    raise NotFound("card")


def sheet_of(body: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """A card as (heading, lines), in the card's own language, which is English."""
    results = [f"{one['words']} (evidence: grade {one['grade']})" for one in body["results"]]
    sources = [_source_line(one) for one in body["sources"]]
    return [
        ("What was wrong before", [body["problem"]]),
        ("Whom it is for", [body["target_group"]]),
        ("What the law must allow", body["preconditions"]),
        ("Staff", [body["staff"]]),
        ("Cost", [body["cost"]]),
        ("Steps", body["steps"]),
        ("What was seen", results or ["Results are not known from public facts."]),
        ("Measured by", [f"{one['id']} {one['version']}" for one in body["indicators"]]),
        ("Sources", sources),
    ]


def _source_line(one: Mapping[str, Any]) -> str:
    parts = [one["name"], one.get("url", ""), f"read on {one['read_on']}" if one.get("read_on") else ""]
    return f"{', '.join(part for part in parts if part)} (confidence: {one['confidence']})"
