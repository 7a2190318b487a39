"""Words of the page on texts and their cost. Staff only."""

from __future__ import annotations

NO_OFFICE, NOT_KNOWN = "No office", "not known"
COLUMNS = {
    "office": "Office",
    "texts": "Texts",
    "segments": "Segments",
    "failed": "Not delivered",
    "held": "Held back",
    "unpriced": "Without a price",
    "cost": "Cost",
    "currency": "Currency",
}
HELD = {
    "abroad": "Number outside the country",
    "stopped": "The phone said STOP",
    "cap_number": "Too many to one phone in a day",
    "cap_prefix": "Too many to one block of numbers in a day",
    "cap_office": "Too many from one office in a day",
    "cap_day": "Too many from the whole service in a day",
}
