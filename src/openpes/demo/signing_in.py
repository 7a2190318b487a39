"""Who may be entered on the demo sign-in page: one account for each kind of visitor, and what they will see."""

from __future__ import annotations

from dataclasses import dataclass

from openpes.demo.staff import username
from openpes.organisations.seeding import places_of
from openpes.people.queries import account_by_username
from openpes.people.roles import (
    Administrator,
    Analyst,
    Counsellor,
    EmployerAdministrator,
    EmployerAdviser,
    Jobseeker,
    LawOfficer,
    OfficeManager,
    PartnerStaff,
    ProgrammeManager,
)

EMPLOYER = "employer-1"
PARTNER = "partner-1"
JOBSEEKER = "jobseeker-1"
JOBSEEKERS = tuple(f"jobseeker-{number}" for number in range(1, 5))


@dataclass(frozen=True)
class DemoAccount:
    """An account of the sign-in page: `label` is the name of the person, `place` where they work ("" for none)."""

    username: str
    role: str
    label: str
    place: str


_SHOWN = (
    (JOBSEEKER, Jobseeker.code),
    (EMPLOYER, EmployerAdministrator.code),
    (username(Counsellor.code, 0, 1), Counsellor.code),
    (username(Counsellor.code, 0, 2), Counsellor.code),
    (username(EmployerAdviser.code, 0), EmployerAdviser.code),
    (username(OfficeManager.code, 0), OfficeManager.code),
    (PARTNER, PartnerStaff.code),
    (username(Analyst.code, None), Analyst.code),
    (username(LawOfficer.code, None), LawOfficer.code),
    (username(ProgrammeManager.code, None), ProgrammeManager.code),
    (username(Administrator.code, None), Administrator.code),
)


def demo_accounts() -> list[DemoAccount]:
    """The accounts a visitor may choose from, in the order of the river; empty while there is no nation."""
    places = places_of(name for name, _role in _SHOWN)
    shown = []
    for name, role in _SHOWN:
        if name in places:
            shown.append(DemoAccount(name, role, places[name].name, places[name].place))
        elif role == Jobseeker.code:
            account = account_by_username(name)
            if account is not None and account.synthetic:
                shown.append(DemoAccount(name, role, account.name, ""))
    return shown
