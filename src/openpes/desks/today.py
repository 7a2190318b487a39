"""What waits at an office, the most urgent first. A few reads of each room, whatever the number of rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator

from openpes.core.access_log import record_search
from openpes.core.actors import Actor
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import count_waiting, newest_of_office, waiting_for_guardian
from openpes.organisations.models import Employer
from openpes.organisations.queries import employers_waiting
from openpes.placements.models import Outcome
from openpes.placements.queries import contested, count_contested
from openpes.referrals.models import Referral
from openpes.referrals.queries import to_follow_up
from openpes.vacancies.models import Vacancy
from openpes.vacancies.queries import waiting_for_decision

FIRST_FEW = 4
A_PAGE = 20


@dataclass(frozen=True)
class Today:
    """Everything that waits, kind by kind: how many, and the first few."""

    to_call: list[Referral]
    to_call_total: int
    newest: list[Jobseeker]
    newest_total: int
    adverts: list[Vacancy]
    adverts_total: int
    employers: list[Employer]
    employers_total: int
    guardians: list[Jobseeker]
    guardians_total: int
    contested: list[Outcome]
    contested_total: int

    @property
    def nothing_waits(self) -> bool:
        """True when the office can turn to the next person."""
        return not (
            self.to_call_total
            or self.newest_total
            or self.adverts_total
            or self.employers_total
            or self.guardians_total
            or self.contested_total
        )

    def log_keys(self) -> set[str]:
        """The pseudonyms of everybody whose name is shown."""
        people = [one.person for one in (*self.newest, *self.guardians)]
        people += [one.jobseeker.person for one in self.to_call]
        people += [one.jobseeker.person for one in self.contested]
        return {person.log_key for person in people}


def today_at(actor: Actor, *, at: datetime) -> Today:
    """What waits at the actor's offices. Whose names are shown is logged as a search is."""
    calls, adverts, employers = to_follow_up(actor), waiting_for_decision(actor), employers_waiting(actor)
    offices = actor.scope_ids("jobseeker.view", "office")
    new, guardian = count_waiting(offices)
    today = Today(
        to_call=list(calls[:FIRST_FEW]),
        to_call_total=calls.count(),
        newest=newest_of_office(offices, limit=FIRST_FEW),
        newest_total=new,
        adverts=list(adverts[:FIRST_FEW]),
        adverts_total=adverts.count(),
        employers=list(employers[:FIRST_FEW]),
        employers_total=employers.count(),
        guardians=waiting_for_guardian(offices, limit=FIRST_FEW),
        guardians_total=guardian,
        contested=contested(actor, limit=FIRST_FEW),
        contested_total=count_contested(actor),
    )
    _log(actor, at, "today", today.log_keys())
    return today


def calls_to_make(actor: Actor, *, at: datetime, number: str | None) -> Page[Referral]:
    """A page of the introductions that nobody has answered in time, the most urgent first. Logged as a search is."""
    page = Paginator(to_follow_up(actor), A_PAGE).get_page(number)
    _log(actor, at, "calls", {one.jobseeker.person.log_key for one in page})
    return page


def _log(actor: Actor, at: datetime, what: str, keys: set[str]) -> None:
    if keys:
        record_search(by=actor, at=at, what=what, found=keys)
