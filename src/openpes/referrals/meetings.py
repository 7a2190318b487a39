"""Writes of meetings with an employer, and of what an employer says of a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Decision, NotPermitted, Refused
from openpes.reference.country import country
from openpes.referrals.access import require_may_answer
from openpes.referrals.models import Interview, ListReply, Referral
from openpes.referrals.rules_meeting import may_offer, may_pick, may_say_came
from openpes.referrals.states import Came, InterviewState, ListWish, ReferralState
from openpes.vacancies.models import Vacancy

OPEN = (InterviewState.OFFERED, InterviewState.BOOKED)


def _log(one: Interview, verb: str, by: Actor, at: datetime, **detail: object) -> None:
    record_change(
        by=by,
        at=at,
        verb=verb,
        thing=f"interview:{one.ref}",
        subject=one.referral.jobseeker.person.log_key,
        detail=dict(detail),
    )


def _refuse(decision: Decision) -> None:
    if decision.refused:
        raise Refused(decision)


def _locked(one: Interview) -> Interview:
    return (
        Interview.objects.select_for_update(of=("self",))
        .select_related("referral__jobseeker__person", "referral__vacancy__employer", "referral__office")
        .get(pk=one.pk)
    )


def slots_of(one: Interview) -> list[datetime]:
    """The times that were offered, the first one first."""
    return sorted(datetime.fromisoformat(text) for text in one.slots)


@transaction.atomic
def offer_interview(
    *, referral: Referral, slots: Sequence[datetime], place: str, by: Actor, at: datetime, on: date
) -> Interview:
    """Offer times to an introduced person; what was offered or chosen before is taken back. Raises Refused."""
    require_may_answer(by, referral)
    referral = Referral.objects.select_for_update(of=("self",)).select_related("jobseeker__person").get(pk=referral.pk)
    most = int(country().value("introductions.slots_most", on=on).value)
    ahead = timedelta(days=int(country().value("introductions.slots_ahead_days", on=on).value))
    _refuse(may_offer(now_in=ReferralState(referral.state), slots=slots, at=at, most=most, ahead=ahead))
    Interview.objects.filter(referral=referral, state__in=OPEN).update(state=InterviewState.CANCELLED)
    one = Interview.objects.create(
        referral=referral,
        place=place.strip()[:200],
        slots=[slot.astimezone(UTC).isoformat() for slot in sorted(set(slots))],
        offered_at=at,
    )
    _log(one, "interview.offer", by, at, times=len(one.slots))
    return one


@transaction.atomic
def pick_slot(*, interview: Interview, slot: datetime, by: Actor, at: datetime) -> Interview:
    """The person chooses a time, or moves to another one that was offered; the office may do it for them."""
    one = _locked(interview)
    if not _speaks_for_person(by, one.referral):
        raise NotPermitted("interview.pick")
    _refuse(may_pick(state=InterviewState(one.state), starts_at=one.starts_at, slot=slot, slots=slots_of(one), at=at))
    moved = one.starts_at is not None
    one.state, one.starts_at, one.booked_at, one.reminded_at = InterviewState.BOOKED, slot, at, None
    one.save(update_fields=["state", "starts_at", "booked_at", "reminded_at"])
    _log(one, "interview.move" if moved else "interview.pick", by, at)
    return one


def _speaks_for_person(by: Actor, referral: Referral) -> bool:
    own = by.may("referral.withdraw_own", person_id=referral.jobseeker.person_id)
    return own or by.may("referral.create", office_id=referral.office_id)


@transaction.atomic
def say_came(*, interview: Interview, came: Came, for_employer: bool, by: Actor, at: datetime) -> Interview:
    """One side says whether both came, or who did not. Each side's word is kept beside the other's."""
    one = _locked(interview)
    if for_employer:
        require_may_answer(by, one.referral)
    elif not _speaks_for_person(by, one.referral):
        raise NotPermitted("interview.say")
    _refuse(may_say_came(state=InterviewState(one.state), starts_at=one.starts_at, at=at))
    if for_employer:
        one.said_by_employer = came
    else:
        one.said_by_person = came
    one.state = InterviewState.OVER
    one.save(update_fields=["state", "said_by_employer", "said_by_person"])
    _log(one, "interview.came", by, at, came=came.value, by_employer=for_employer)
    return one


def note_reminder(*, interview: Interview, by: Actor, at: datetime) -> None:
    """Both sides were reminded. Inside the journey's transaction. Raises NotPermitted."""
    if not by.everywhere("referral.clock"):
        raise NotPermitted("referral.clock")
    interview.reminded_at = at
    interview.save(update_fields=["reminded_at"])


def cancel_open(*, referral: Referral) -> int:
    """Meetings of an introduction that has ended do not take place. Inside the journey's transaction."""
    rows = Interview.objects.filter(referral=referral, state__in=OPEN, starts_at=None)
    return rows.update(state=InterviewState.CANCELLED)


@transaction.atomic
def reply_to_list(*, vacancy: Vacancy, wish: ListWish, by: Actor, at: datetime) -> ListReply:
    """More people, or why none fits: kept for the next list. Raises NotPermitted."""
    if not by.may("referral.answer", employer_id=vacancy.employer_id) and not by.may(
        "referral.answer_for_employer", office_id=vacancy.office_id
    ):
        raise NotPermitted("referral.answer")
    reply = ListReply.objects.create(vacancy=vacancy, wish=wish, at=at, actor=by.log_key)
    record_change(by=by, at=at, verb="list.reply", thing=f"vacancy:{vacancy.ref}", detail={"wish": wish.value})
    return reply


def mark_seen(*, referral: Referral, by: Actor, at: datetime, on: date) -> bool:
    """Count a person whose details an employer opens; False when the quota of the vacancy is used up.

    The same person again costs nothing: what was shown cannot be shown less.
    """
    pack = country()
    most, days = (int(pack.value(f"introductions.{name}", on=on).value) for name in ("views_most", "views_days"))
    with transaction.atomic():
        # All people of the vacancy are locked together: two who look at once do not both take the last view.
        rows = Referral.objects.select_for_update().filter(vacancy=referral.vacancy_id)
        seen = dict(rows.order_by("pk").values_list("pk", "seen_at"))
        if seen.get(referral.pk) is not None:
            return True
        since = at - timedelta(days=days)
        if sum(one is not None and one >= since for one in seen.values()) >= most:
            record_change(by=by, at=at, verb="referral.quota", thing=f"vacancy:{referral.vacancy.ref}")
            return False
        Referral.objects.filter(pk=referral.pk).update(seen_at=at)
    return True
