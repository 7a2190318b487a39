"""One to three introductions in one act: what stands in the way of one is told and does not stop the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from openpes.core.actors import Actor
from openpes.core.decisions import Decision, Refused
from openpes.jobseekers.models import Jobseeker
from openpes.journeys.refer_jobseeker import refer_jobseeker
from openpes.referrals.models import Referral
from openpes.vacancies.models import Vacancy


@dataclass
class SentOut:
    """What became of each: the introductions that went out, and the vacancies that were refused with their decision."""

    sent: list[Referral] = field(default_factory=list)
    refused: list[tuple[Vacancy, Decision]] = field(default_factory=list)


def refer_several(
    *, jobseeker: Jobseeker, vacancies: list[Vacancy], note: str, agreed_now: bool, by: Actor, at: datetime
) -> SentOut:
    """Introduce a person to several employers; each introduction is whole or not there at all."""
    done = SentOut()
    for vacancy in vacancies:
        try:
            done.sent.append(
                refer_jobseeker(jobseeker=jobseeker, vacancy=vacancy, note=note, agreed_now=agreed_now, by=by, at=at)
            )
        except Refused as refused:
            done.refused.append((vacancy, refused.decision))
    return done
