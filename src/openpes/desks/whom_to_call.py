"""Whom a counsellor might call for the free times of a day, with the reason in words.

About ten queries, whatever the number of people. The arithmetic is in `appointments.rules_calls`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from openpes.appointments.contacts import call_again_days, last_contact, missed_counts
from openpes.appointments.models import CallWish
from openpes.appointments.queries import booked_people, slots_at, wishes_on
from openpes.appointments.rules_calls import CallFacts, CallPolicy, Proposal, rules_named, whom_to_call
from openpes.appointments.slots import Slot
from openpes.appointments.states import CallRule, Wish
from openpes.core.actors import Actor
from openpes.core.dates_in_words import in_words, locale_of
from openpes.guidance.queries import overdue_actions
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import caseload_to_look_at
from openpes.organisations.models import Office
from openpes.people.models import Account
from openpes.people.phones import as_dialled
from openpes.people.queries import phones_of
from openpes.reference.country import country, today
from openpes.referrals.queries import ever_introduced, waiting_counts
from openpes_countries import youth_bands

MOST_LOOKED_AT = 1500
DAYS_AHEAD = 7


@dataclass(frozen=True)
class ToCall:
    """One line: whom to call, why, on which number, for which time."""

    jobseeker: Jobseeker
    rule: CallRule
    reason: str
    phone: str
    slot: Slot | None
    wish: str


@dataclass(frozen=True)
class CallList:
    """The proposals, the free times of a day (today, or the next one with any), and who was moved out and why."""

    day: date
    proposals: list[ToCall]
    free: list[Slot]
    moved_out: list[CallWish]


def call_policy(on: date) -> CallPolicy:
    """The rules that are on, in the order of the country's policy."""
    pack = country()

    def whole(key: str) -> int:
        return int(pack.value(f"desk.{key}", on=on).value)

    bands = youth_bands(pack, on=on).value or ()
    ends = [band[2] for band in bands if band[2] is not None]
    return CallPolicy(
        rules=rules_named(pack.value("desk.call_rules", on=on).value),
        never_contacted_days=whole("never_contacted_days"),
        not_contacted_days=whole("not_contacted_days"),
        referrals_unanswered=whole("referrals_unanswered"),
        leaving_youth_days=whole("leaving_youth_days"),
        no_referral_days=whole("no_referral_days"),
        most=whole("most_proposals"),
        youth_until=max(ends) if ends else None,
    )


def facts_of(actor: Actor, people: Sequence[Jobseeker], *, at: datetime) -> list[CallFacts]:
    """What the rules look at, of many people at once: one read a fact."""
    on, keys = today(at), [one.pk for one in people]
    waiting = int(country().value("desk.referral_waiting_days", on=on).value)
    spoken, again, missed = last_contact(keys), call_again_days(keys), missed_counts(keys)
    unanswered = waiting_counts(keys, sent_before=at - timedelta(days=waiting))
    introduced, busy = ever_introduced(keys), booked_people(keys, at=at)
    overdue: dict[str, date] = {}
    for action in overdue_actions(actor, on=on, limit=MOST_LOOKED_AT):
        overdue.setdefault(action.person_ref, action.due_on)
    return [
        CallFacts(
            jobseeker_id=one.pk,
            registered_on=today(one.registered_at),
            last_spoken_on=today(spoken[one.pk]) if one.pk in spoken else None,
            born_on=one.person.born_on,
            unanswered=unanswered.get(one.pk, 0),
            ever_referred=one.pk in introduced,
            overdue_since=overdue.get(one.ref),
            call_again_on=again.get(one.pk),
            missed_in_a_row=missed.get(one.pk, 0),
            has_appointment=one.pk in busy,
        )
        for one in people
    ]


def call_list(actor: Actor, offices: Iterable[Office], account: Account | None, *, at: datetime) -> CallList:
    """Whom this counsellor might call today. Names are shown: the caller logs them."""
    on, policy = today(at), call_policy(today(at))
    minutes = int(country().value("desk.proposal_minutes", on=on).value)
    free = [
        slot
        for office in offices
        for slot in slots_at(office, minutes=minutes, at=at, days=DAYS_AHEAD, accounts=[account] if account else [])
    ]
    free.sort()
    day = today(free[0].starts_at) if free else on
    free = [slot for slot in free if today(slot.starts_at) == day]
    people = caseload_to_look_at(actor, limit=MOST_LOOKED_AT)
    wishes = wishes_on(account.pk, on) if account is not None else {}
    held = {one.pk: one for one in people}
    chosen = whom_to_call(
        facts_of(actor, people, at=at),
        policy,
        on=on,
        free=len(free),
        wishes={key: Wish(row.wish) for key, row in wishes.items()},
    )
    phones = phones_of(held[one.jobseeker_id].person_id for one in chosen)
    code = country().code
    lines = []
    for number, one in enumerate(chosen):
        jobseeker = held[one.jobseeker_id]
        phone = phones.get(jobseeker.person_id)
        lines.append(
            ToCall(
                jobseeker,
                one.rule,
                reason_in_words(one),
                as_dialled(phone.number, code) if phone else "",
                free[number] if number < len(free) else None,
                wishes[one.jobseeker_id].reason if one.jobseeker_id in wishes else "",
            )
        )
    return CallList(day, lines, free, [row for row in wishes.values() if row.wish == Wish.OUT])


def reason_in_words(proposal: Proposal) -> str:
    """Why somebody is proposed, in a sentence."""
    facts: dict[str, Any] = dict(proposal.facts)
    days, number = int(facts.get("days", 0)), int(facts.get("number", facts.get("times", 0)))
    if isinstance(facts.get("date"), date):
        facts["date"] = in_words(
            facts["date"], "long", locale_of(get_language() or "en", country().code), country().calendar.civil
        )
    sentences = {
        CallRule.CALL_AGAIN: lambda: _("Asked to be called again on %(date)s"),
        CallRule.NO_SHOW_TWICE: lambda: _("Did not come %(times)s times in a row: ask what stands in the way"),
        CallRule.NEVER_CONTACTED: lambda: ngettext(
            "Not seen since registering %(days)s day ago", "Not seen since registering %(days)s days ago", days
        ),
        CallRule.PLAN_OVERDUE: lambda: ngettext(
            "A step of the plan is %(days)s day late", "A step of the plan is %(days)s days late", days
        ),
        CallRule.REFERRALS_UNANSWERED: lambda: ngettext(
            "%(number)s introduction waits without an answer",
            "%(number)s introductions wait without an answer",
            number,
        ),
        CallRule.LEAVING_YOUTH: lambda: _("Turns %(age)s on %(date)s and then leaves the youth programmes"),
        CallRule.PROGRAMME_CLOSING: lambda: _("A programme that fits closes on %(date)s"),
        CallRule.NO_REFERRAL: lambda: _("Registered %(days)s days ago and never introduced to an employer"),
        CallRule.NOT_CONTACTED: lambda: _("Nobody has spoken with this person for %(days)s days"),
    }
    return sentences[proposal.rule]() % facts
