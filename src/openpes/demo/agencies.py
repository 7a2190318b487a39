"""A register of invented agencies, so that the public search has something to find. Every name says that it is."""

from __future__ import annotations

from datetime import datetime, timedelta

from openpes.core.actors import system
from openpes.demo.chance import stream
from openpes.demo.nation import Nation
from openpes.organisations.agency_operations import NewAgency, take_agency_list
from openpes.organisations.states import AgencyKind, AgencyStatus
from openpes.reference.country import today

HOW_MANY = 36
FIRST = ("Sunrise", "Harbour", "Golden Rice", "Blue River", "Northern Star", "Lotus", "Mangrove", "Monsoon", "Bridge")
LAST = ("Manpower", "Placement Services", "Recruitment", "Staffing")
KINDS = (AgencyKind.OVERSEAS, AgencyKind.DOMESTIC, AgencyKind.OVERSEAS, AgencyKind.BOTH)


def draw_agencies(nation: Nation, at: datetime) -> list[NewAgency]:
    """Licensed, expired, suspended and cancelled ones, the same for the same seed."""
    on, drawn = today(at), []
    for number in range(HOW_MANY):
        rng = stream(nation.seed, "agency", number)
        # Two in three hold a licence that runs on; the others show what a search can also say.
        ends_in = rng.randint(60, 700) if number % 3 else -rng.randint(10, 400)
        status = {4: AgencyStatus.SUSPENDED, 10: AgencyStatus.CANCELLED}.get(number, AgencyStatus.VALID)
        drawn.append(
            NewAgency(
                name=f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST)]} (invented)",
                licence_number=f"DEMO-{number + 1:03d}",
                kind=KINDS[number % len(KINDS)],
                valid_from=on + timedelta(days=ends_in - 1095),
                valid_before=on + timedelta(days=ends_in),
                status=status,
            )
        )
    return drawn


def write_register(nation: Nation, *, at: datetime) -> None:
    """Make the invented list the register."""
    take_agency_list(
        agencies=draw_agencies(nation, at),
        as_of=today(at),
        source="the demonstration (invented)",
        sha256=f"demo-{nation.seed}",
        by=system("agency.load", label="demo"),
        at=at,
        synthetic=True,
    )
