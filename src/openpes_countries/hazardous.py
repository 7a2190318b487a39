"""Which occupations count as hazardous work, by ISCO-08 unit group."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from openpes_countries.answers import Answer, Verdict, because
from openpes_countries.lines import read_yaml
from openpes_countries.schema import Source

_FILE: Final = Path(__file__).parent / "data" / "hazardous_work.yaml"


@dataclass(frozen=True, slots=True)
class Hazard:
    """Why one unit group is hazardous; `always` is False when it depends on the tasks."""

    isco: str
    always: bool
    hazard: str
    paragraph: str


@cache
def hazards() -> dict[str, Hazard]:
    """Every listed unit group."""
    loaded = read_yaml(_FILE, "data/hazardous_work.yaml")
    found: dict[str, Hazard] = {}
    for hazard in loaded["hazards"]:
        for judged, always in (("always", True), ("depends", False)):
            for code in hazard.get(judged) or ():
                found.setdefault(str(code), Hazard(str(code), always, hazard["hazard"], hazard["paragraph"]))
    return found


@cache
def _source() -> Source:
    written = read_yaml(_FILE, "data/hazardous_work.yaml")["source"]
    return Source(written["instrument"], written["article"])


def hazardous_work(isco: str) -> Answer:
    """Is this ISCO-08 unit group hazardous for anyone under 18? yes, no (not listed) or unknown (depends on the tasks).

    The international list names kinds of danger; tying them to unit groups is openpes's own reading (`recalled` stays
    True until a national officer confirms it), so a "no" never replaces the look of the person who approves a vacancy.
    """
    hazard = hazards().get(isco.strip())
    source = _source()
    if hazard is None:
        reason = because("hazard.not_listed", "This occupation is not on the list of hazardous work.")
        return Answer(Verdict.NO, reasons=(reason,), sources=(source,), recalled=True)
    if hazard.always:
        reason = because("hazard.listed", "Hazardous work: {hazard}. For adults only.", hazard=hazard.hazard)
        return Answer(
            Verdict.YES, hazard.hazard, (reason,), (Source(source.instrument, hazard.paragraph),), recalled=True
        )
    reason = because("hazard.depends", "May be hazardous: {hazard}. Look at the tasks first.", hazard=hazard.hazard)
    return Answer(
        Verdict.UNKNOWN, hazard.hazard, (reason,), (Source(source.instrument, hazard.paragraph),), recalled=True
    )
