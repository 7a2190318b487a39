"""How often something was reported, as a count: never by whom or in which words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q

from openpes.complaints.models import Complaint
from openpes.complaints.states import ComplaintKind

ABOUT_FALSE_JOBS = (ComplaintKind.FAKE_ADVERT, ComplaintKind.ASKED_FOR_MONEY)
MOST_MARKS = 8


def count_reports(*, marks: Iterable[str], employer_ids: Iterable[int], since: datetime) -> int:
    """Reports of false jobs or of money asked for since an instant: about these firms, or that name one of `marks`
    (a phone number's digits, a link's name)."""
    keys, chosen = list(employer_ids), [mark for mark in marks if len(mark) >= 6][:MOST_MARKS]
    if not keys and not chosen:
        return 0
    tests = [Q(employer__in=keys), *(Q(about__icontains=one) | Q(words__icontains=one) for one in chosen)]
    rows = Complaint.objects.filter(kind__in=ABOUT_FALSE_JOBS, received_at__gte=since)
    return rows.filter(reduce(or_, tests)).count()
