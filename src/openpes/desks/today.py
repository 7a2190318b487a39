"""What waits at an office, the most urgent first. One read of each room, whatever the number of rows."""

from __future__ import annotations

from dataclasses import dataclass

from openpes.core.actors import Actor
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import newest_of_office, waiting_for_guardian
from openpes.organisations.models import Employer
from openpes.organisations.queries import employers_waiting
from openpes.placements.models import Outcome
from openpes.placements.queries import contested
from openpes.referrals.models import Referral
from openpes.referrals.queries import to_follow_up
from openpes.vacancies.models import Vacancy
from openpes.vacancies.queries import waiting_for_decision

FIRST_FEW = 5


@dataclass(frozen=True)
class Today:
    """Everything that waits, kind by kind."""

    to_call: list[Referral]
    to_call_total: int
    adverts: list[Vacancy]
    adverts_total: int
    employers: list[Employer]
    employers_total: int
    guardians: list[Jobseeker]
    contested: list[Outcome]
    newest: list[Jobseeker]

    @property
    def nothing_waits(self) -> bool:
        """True when the office can turn to the next person."""
        return not (self.to_call_total or self.adverts_total or self.employers_total or self.guardians or self.contested)


def today_at(actor: Actor) -> Today:
    """What waits at the actor's offices."""
    calls, adverts, employers = to_follow_up(actor), waiting_for_decision(actor), employers_waiting(actor)
    offices = actor.scope_ids("jobseeker.view", "office")
    return Today(
        to_call=list(calls[:FIRST_FEW]), to_call_total=calls.count(),
        adverts=list(adverts[:FIRST_FEW]), adverts_total=adverts.count(),
        employers=list(employers[:FIRST_FEW]), employers_total=employers.count(),
        guardians=waiting_for_guardian(offices, limit=FIRST_FEW), contested=contested(actor, limit=FIRST_FEW),
        newest=newest_of_office(offices, limit=FIRST_FEW),
    )
