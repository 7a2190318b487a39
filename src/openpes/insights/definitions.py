"""What the figures of the month's page mean: quoted from the registry of indicators, where each meaning stands once."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openpes_evidence.definitions import Kind, registry

# The page counts a month while it runs; its names in files are older than the registry's, and others rely on them.
IN_REGISTRY = {
    "registered": "registered_inflow",
    "active": "registered_stock",
    "live_vacancies": "live_vacancies",
    "live_places": "live_places",
    "postings": "postings",
    "referrals": "referrals",
    "answer_rate": "answer_rate",
    # Of the answers given in the month; `answer_days` of the registry follows the referrals sent in it.
    "answer_days": "first_answer_days",
    "placements": "placements",
    "outcomes": "outcomes",
}
UNITS = {
    "PS": _("people"),
    "PLC": _("places"),
    "REF": _("referrals"),
    "D": _("days"),
    "PT": _("per cent"),
    "VAC": _("vacancies"),
}


@dataclass(frozen=True)
class Indicator:
    """One figure: its name on the page, its version, what it counts, and what it must not be taken for."""

    id: str
    version: str
    kind: Kind
    title: Promise
    definition: str
    caution: str
    unit: Promise
    reference: str = ""


def _quoted(name: str) -> Indicator:
    about = registry()[IN_REGISTRY[name]]
    reference = "" if about.reference == "none" else about.reference
    return Indicator(
        name,
        about.version,
        about.kind,
        _(about.title),
        about.definition,
        about.caution,
        UNITS[about.unit],
        reference,
    )


INDICATORS: tuple[Indicator, ...] = tuple(_quoted(name) for name in IN_REGISTRY)
BY_ID = {one.id: one for one in INDICATORS}
