"""Whether a nation stands: a mark set in the last transaction of a build. Without it, what is there is unfinished."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from openpes.appointments import seeding as appointments
from openpes.core.models import Schedule
from openpes.enrolments import seeding as enrolments
from openpes.fairs import seeding as fairs
from openpes.guidance import seeding as guidance
from openpes.insights import seeding as insights
from openpes.jobseekers import seeding as jobseekers
from openpes.messaging import seeding as messaging
from openpes.organisations import seeding as organisations
from openpes.people import seeding as people
from openpes.placements import seeding as placements
from openpes.programmes import seeding as programmes
from openpes.referrals import seeding as referrals
from openpes.vacancies import seeding as vacancies

MARK = "demo.nation"


def is_finished() -> bool:
    """True when a nation was built to the end."""
    return Schedule.objects.filter(job=MARK).exists()


def finish(*, at: datetime) -> None:
    """Set the mark, in the transaction of the last step."""
    Schedule.objects.update_or_create(job=MARK, defaults={"last_ran_at": at})


def is_real_service() -> bool:
    """True when real people are served here and no nation was ever begun."""
    return people.is_real_service()


def count_people() -> int:
    """How many synthetic people stand in the nation."""
    return people.count_synthetic()


@transaction.atomic
def wipe_unfinished() -> int:
    """Clear away what an interrupted build left, from the mouth of the river up. Returns the rows removed."""
    return sum(
        wipe()
        for wipe in (
            insights.wipe_synthetic,
            fairs.wipe_synthetic,
            placements.wipe_synthetic,
            referrals.wipe_synthetic,
            enrolments.wipe_synthetic,
            programmes.wipe_synthetic,
            guidance.wipe_synthetic,
            appointments.wipe_synthetic,
            messaging.wipe_synthetic,
            jobseekers.wipe_synthetic,
            vacancies.wipe_synthetic,
            organisations.wipe_synthetic,
            people.wipe_synthetic,
        )
    )
