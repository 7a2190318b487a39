"""Writes about adverts that are one job: shown as one with its sources, counted once, parted again by a person."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.vacancies.access import require_may
from openpes.vacancies.duplicates import Advert, Verdict, verdict
from openpes.vacancies.models import AdvertPair, Vacancy
from openpes.vacancies.states import PairState, VacancyState

MOST_COMPARED = 500


def advert_of(vacancy: Vacancy) -> Advert:
    """What of a vacancy is compared."""
    return Advert(
        title=vacancy.title,
        text=vacancy.description,
        area_code=vacancy.area_code,
        pay=vacancy.pay_amount,
        unit=f"{vacancy.pay_currency}/{vacancy.pay_period}",
        places=vacancy.places,
    )


@transaction.atomic
def find_copies(*, vacancy: Vacancy, by: Actor, at: datetime) -> list[AdvertPair]:
    """Compare an advert that was posted or became public with the others of its place and broad kind of work.

    Surely one job: it is written down, and as soon as both are public the newer becomes a copy of the older. Doubtful:
    a person is asked. One that only waits is compared with others that wait too. In the caller's access.
    """
    states = {VacancyState.LIVE} | ({vacancy.state} & {VacancyState.SUBMITTED})
    rows = (
        Vacancy.objects.filter(
            state__in=states, area_code=vacancy.area_code, isco__startswith=vacancy.isco[:2], same_as=None
        )
        .exclude(pk=vacancy.pk)
        .order_by("-live_since", "-pk")[:MOST_COMPARED]
    )
    known, own, pairs = _pairs_of(vacancy), advert_of(vacancy), []
    for other in rows:
        pair = known.get(other.pk)
        if pair is None:
            said, value = verdict(own, advert_of(other))
            if said == Verdict.DIFFERENT:
                continue
            first, second = sorted((vacancy, other), key=lambda one: (one.live_since or at, one.pk))
            state = PairState.SAME if said == Verdict.SAME else PairState.DOUBTFUL
            pair = AdvertPair.objects.create(first=first, second=second, likeness=value, state=state, found_at=at)
            pairs.append(pair)
        if pair.state == PairState.SAME and vacancy.state == other.state == VacancyState.LIVE:
            older, newer = sorted((vacancy, other), key=lambda one: (one.live_since or at, one.pk))
            _join(older, newer, by, at)
    return pairs


def _pairs_of(vacancy: Vacancy) -> dict[int, AdvertPair]:
    """The pairs that an advert is in, by the key of the other one."""
    rows = AdvertPair.objects.filter(Q(first=vacancy.pk) | Q(second=vacancy.pk))
    return {(row.second_id if row.first_id == vacancy.pk else row.first_id): row for row in rows}


def alike_of(vacancy: Vacancy) -> list[tuple[Vacancy, PairState]]:
    """Other adverts, not ended, that are or may be the same job, the likest first."""
    over = (VacancyState.CLOSED, VacancyState.REFUSED)
    rows = (
        AdvertPair.objects.filter(Q(first=vacancy.pk) | Q(second=vacancy.pk))
        .exclude(state=PairState.DIFFERENT)
        .select_related("first__employer", "second__employer")
        .order_by("-likeness", "pk")
    )
    others = [(row.second if row.first_id == vacancy.pk else row.first, PairState(row.state)) for row in rows]
    return [(one, state) for one, state in others if one.state not in over]


@transaction.atomic
def decide_pair(*, pair: AdvertPair, same: bool, by: Actor, at: datetime) -> AdvertPair:
    """A person says whether two adverts are one job; saying "different" parts what was joined."""
    pair = AdvertPair.objects.select_for_update(of=("self",)).select_related("first", "second").get(pk=pair.pk)
    for one in (pair.first, pair.second):
        require_may("vacancy.approve", by, employer_id=one.employer_id, office_id=one.office_id)
    pair.state = PairState.SAME if same else PairState.DIFFERENT
    pair.decided_at, pair.decided_by_id = at, by.account_id
    pair.save(update_fields=["state", "decided_at", "decided_by"])
    # While one of them waits for an officer the pair is only remembered; it is joined when both are public.
    if same and pair.first.state == pair.second.state == VacancyState.LIVE:
        _join(pair.first, pair.second, by, at)
    if not same:
        Vacancy.objects.filter(
            Q(pk=pair.second_id, same_as=pair.first_id) | Q(pk=pair.first_id, same_as=pair.second_id)
        ).update(same_as=None, changed_at=at)
    record_change(by=by, at=at, verb="vacancy.decide_pair", thing=f"vacancy:{pair.second.ref}", detail={"same": same})
    return pair


def _join(first: Vacancy, second: Vacancy, by: Actor, at: datetime) -> None:
    """The older one stands for both; what was a copy of the newer is one of the older too."""
    head = first.same_as_id or first.pk
    if head == second.pk:
        return
    Vacancy.objects.filter(Q(pk=second.pk) | Q(same_as=second.pk)).update(same_as=head, changed_at=at)
    Vacancy.objects.filter(pk=head).update(changed_at=at)
    record_change(by=by, at=at, verb="vacancy.join", thing=f"vacancy:{second.ref}", detail={"with": first.ref})
    second.same_as_id = head


def compare_afresh(*, vacancy: Vacancy, by: Actor, at: datetime) -> None:
    """An advert was rewritten: it stands for itself, its copies for themselves, and only what a person said stays."""
    part_from(head_id=vacancy.pk, at=at)
    AdvertPair.objects.filter(Q(first=vacancy.pk) | Q(second=vacancy.pk), decided_at=None).delete()
    find_copies(vacancy=vacancy, by=by, at=at)


def part_from(*, head_id: int, at: datetime) -> None:
    """What stood for its copies is public no more: the oldest live copy stands for the others."""
    copies = list(
        Vacancy.objects.filter(same_as=head_id, state=VacancyState.LIVE)
        .order_by("live_since", "pk")
        .values_list("pk", flat=True)
    )
    if not copies:
        return
    Vacancy.objects.filter(pk=copies[0]).update(same_as=None, changed_at=at)
    Vacancy.objects.filter(same_as=head_id).exclude(pk=copies[0]).update(same_as=copies[0], changed_at=at)
