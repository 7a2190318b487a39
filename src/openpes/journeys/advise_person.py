"""Advice on how much help somebody needs: the facts come from four rooms, the rules from the country."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from openpes.circumstances.queries import count_heavy_barriers
from openpes.core.actors import Actor
from openpes.guidance import advice_operations as guidance
from openpes.guidance.advising import SeekerFacts
from openpes.guidance.models import GivenAdvice
from openpes.jobseekers.models import Jobseeker
from openpes.people.queries import main_phone_of
from openpes.people.states import PhoneOwner
from openpes.reference.country import today
from openpes.referrals.queries import count_endings_without_job

DAYS_A_MONTH = 30


def facts_for_advice(jobseeker: Jobseeker, *, by: Actor, at: datetime) -> SeekerFacts:
    """What an advice may know of a person: no sex, age, group, disability, area or name."""
    phone = main_phone_of(jobseeker.person_id)
    on = today(at)
    return SeekerFacts(
        isced=jobseeker.education_level,
        experience_months=jobseeker.experience_months,
        months_registered=(on - today(jobseeker.registered_at)).days // DAYS_A_MONTH,
        turned_down=count_endings_without_job(jobseeker.pk),
        skills_told=len(jobseeker.skill_ids) if jobseeker.skills_confirmed_at else 0,
        own_phone=int(phone is not None and phone.owner == PhoneOwner.OWN),
        heavy_barriers=count_heavy_barriers(by, jobseeker),
        data_age=max(0, (on - today(jobseeker.changed_at)).days),
    )


@transaction.atomic
def advise_person(*, jobseeker: Jobseeker, by: Actor, at: datetime) -> GivenAdvice:
    """Give one advice on what is known now. Raises Refused where the country does not allow it."""
    return guidance.give_advice(jobseeker=jobseeker, facts=facts_for_advice(jobseeker, by=by, at=at), by=by, at=at)
