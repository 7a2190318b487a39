"""Cards and services for the tests of the exchange."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openpes.core.actors import system
from openpes.exchange.making import Told
from openpes.exchange.models import Adoption, HeldPaper, KnownKey, LogEntry
from openpes.exchange.papers import Kind, write_paper

OFFICER = system(
    "practice.view", "practice.exchange", "dataset.exchange", "policy.ask", "figures.view", "figures.freeze",
    "figures.publish", "programme.draft", "programme.approve", "programme.view", "programme.cycle", label="officer",
)  # fmt: skip
TOLD = Told(
    problem="Young people leave school and no employer tries them.",
    target_group="Young people out of school without work",
    staff="One trainer for 25 people",
    cost="About 12,000 pesos a person",
    contact="programmes@example.org",
    preconditions=("The employer signs an agreement.",),
    steps=("Train for ten days.", "Three months at a firm."),
    result="Most stayed at the firm for three months.",
)
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def a_body(**changes: Any) -> dict[str, Any]:
    """A good card of Fiji."""
    body: dict[str, Any] = {
        "id": "FJ-ABC",
        "version": 1,
        "country": "FJ",
        "title": "Work attachment",
        "kind": "internship",
        "problem": "No experience.",
        "target_group": "Young people",
        "preconditions": ["An agreement"],
        "staff": "Two",
        "cost": "Not known",
        "steps": ["Place them"],
        "indicators": [{"id": "programme_entries", "version": "1.0"}, {"id": "no_such", "version": "1.0"}],
        "results": [],
        "contact": "desk@example.org",
        "written_from": "living_programme",
        "sources": [],
        "configuration": {"programme": {"rule": {"field": "age", "op": "between", "value": [14, 24]}}},
    }
    return body | changes


def a_file(*, key: Ed25519PrivateKey = STRANGER, signer: str = "Fiji, NEC", **changes: Any) -> str:
    """That card as a signed file."""
    return write_paper(Kind.CARD, a_body(**changes), private=key, signer=signer)


@contextmanager
def service(kept: dict[type, list[Any]], settings: Any, code: str) -> Iterator[None]:
    """One of two services in turn: its country, its key and its papers; what it holds waits until its next turn."""
    settings.COUNTRY = code
    for rows in kept.values():
        for row in rows:
            row.save(force_insert=True)
    yield
    for model in (HeldPaper, KnownKey, Adoption, LogEntry):
        kept[model] = list(model.objects.order_by("pk"))
    for model in (LogEntry, Adoption, HeldPaper, KnownKey):
        model.objects.all().delete()
    kept_in_order = {model: kept[model] for model in (KnownKey, HeldPaper, Adoption, LogEntry)}
    kept.clear()
    kept.update(kept_in_order)
