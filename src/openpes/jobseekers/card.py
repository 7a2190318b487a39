"""The card of a registration: as a PDF, as a picture for a phone, and as text for the oldest phone.

    facts = CardFacts(...)
    card_pdf(facts), card_png(facts), card_text(facts)

The square code holds an address that says whether the card is valid, and nothing about the person.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import segno
from django.utils.translation import gettext as _
from django.utils.translation import override

from openpes.reference.press import set_paper

TEMPLATE = Path(__file__).parent / "card.typ"


@dataclass(frozen=True)
class CardFacts:
    """What stands on the card. `valid_until` is the last valid day in words; `address` is what the code holds."""

    name: str
    number: str
    office: str
    office_phone: str
    valid_until: str
    address: str
    country: str
    language: str


def square_code(text: str) -> str:
    """A QR code as SVG."""
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="svg", scale=4, border=2, dark="#12343b", light="#ffffff")
    return out.getvalue().decode()


def _words(facts: CardFacts) -> dict[str, Any]:
    with override(facts.language):
        return {
            "language": facts.language,
            "title": _("Jobseeker card"),
            "country": facts.country,
            "name": facts.name,
            "rows": [
                [_("Number"), facts.number],
                [_("Valid until"), facts.valid_until],
                [_("Office"), " ".join(part for part in (facts.office, facts.office_phone) if part)],
            ],
            "code": square_code(facts.address),
        }


def card_pdf(facts: CardFacts) -> bytes:
    """The card as a PDF of its own size."""
    return set_paper(TEMPLATE, _words(facts))


def card_png(facts: CardFacts) -> bytes:
    """The card as a picture."""
    return set_paper(TEMPLATE, _words(facts), form="png")


def card_text(facts: CardFacts) -> str:
    """The card as lines of text."""
    words = _words(facts)
    return "\n".join([f"{words['title']} – {facts.country}", facts.name, *(": ".join(row) for row in words["rows"])])
