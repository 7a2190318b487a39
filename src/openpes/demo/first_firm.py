"""The firm whose account a visitor can enter has hired before: some closed vacancies of others become its own.

Whole vacancies go over, so that every introduction, place and hire still fits the others.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count, Q

from openpes.organisations.models import Employer
from openpes.placements.models import Outcome
from openpes.placements.states import OutcomeKind
from openpes.referrals.models import Referral
from openpes.referrals.states import Ending, ReferralState
from openpes.vacancies.models import Vacancy
from openpes.vacancies.states import VacancyState

# (begun at least so many days ago, at most so many, vacancies): before, at and after each of the three checks.
SPANS = ((3, 60, 2), (92, 170, 2), (182, 199, 1))


def give_hires(*, employer_id: int, on: date) -> int:
    """Let the firm have hired in each span. Returns the vacancies that went over; none where nobody hired."""
    firm = Employer.objects.get(pk=employer_id)
    keys: list[int] = []
    for least, most, number in SPANS:
        hires = Outcome.objects.filter(
            kind=OutcomeKind.JOB,
            referral__isnull=False,
            starts_on__lte=on - timedelta(days=least),
            starts_on__gte=on - timedelta(days=most),
            vacancy__office=firm.office_id,
            vacancy__state=VacancyState.CLOSED,
            vacancy__synthetic=True,
        )
        found = hires.exclude(vacancy__in=keys).exclude(employer=firm).order_by("-starts_on", "pk")
        # Work of the firm's own kind where there is some.
        like = [*found.filter(employer__sector=firm.sector).values_list("vacancy", flat=True)]
        keys += list(dict.fromkeys([*like, *found.values_list("vacancy", flat=True)]))[:number]
    rows = Vacancy.objects.filter(pk__in=keys)
    firms = {employer_id, *rows.values_list("employer", flat=True)}
    rows.update(employer=firm, posted_by=None, same_as=None)
    Outcome.objects.filter(vacancy__in=keys).update(employer=firm)
    for one in firms:
        _count_again(one)
    return len(keys)


def _count_again(employer_id: int) -> None:
    ended = Referral.objects.filter(vacancy__employer=employer_id, state=ReferralState.ENDED)
    told = ended.exclude(ending=Ending.WITHDRAWN).aggregate(
        introductions=Count("pk"), answers=Count("pk", filter=~Q(ending=Ending.CLOSED_UNANSWERED))
    )
    Employer.objects.filter(pk=employer_id).update(**told)
