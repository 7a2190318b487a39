"""The ILO floors, read once from data/ilo_floors.yaml."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from openpes_countries.reading import read_values
from openpes_countries.schema import Dated

FLOORS_FILE: Final = Path(__file__).parent / "data" / "ilo_floors.yaml"


@cache
def _floors() -> dict[str, Dated]:
    return {dated.key: dated for dated in read_values(FLOORS_FILE, "data/ilo_floors.yaml", "law")}


def floor(name: str) -> Dated:
    """The floor with this name, such as `minimum_age`."""
    return _floors()[f"ilo_floors.{name}"]
