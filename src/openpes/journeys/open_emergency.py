"""An emergency programme that is open the same day: a short draft by one, a yes by another, and its round is open.

It has an end date, and what would slow it down is left out: people on a list that was handed over are put forward at
once, and a second person agrees to all of them in one go. Each application is still one decision, in the log.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.decisions import Reason, Refused, no
from openpes.imports.queries import people_of
from openpes.jobseekers.queries import jobseeker_by_id
from openpes.jobseekers.states import JobseekerState
from openpes.journeys.place_in_programme import approve_application
from openpes.partnerships.models import HandedList
from openpes.programmes.drafting import Round, Written, approve_version, draft_programme, open_cycle, plan_round
from openpes.programmes.models import Application, Cycle, ProgrammeVersion
from openpes.programmes.operations import start_application, submit_application
from openpes.programmes.queries import sent_to
from openpes.programmes.states import PlaceRule, ProgrammeKind
from openpes.reference.country import today

AT_ONCE = 500


@dataclass(frozen=True)
class Emergency:
    """The least that an emergency programme needs. `ends_before`: the day from which nothing of it is left."""

    title: str
    source: str
    benefits: str
    kind: ProgrammeKind
    ends_before: date
    places: int
    area_code: str = ""
    fund_id: int | None = None
    cost_per_place: Decimal = Decimal(0)


@transaction.atomic
def draft_emergency(*, told: Emergency, by: Actor, at: datetime) -> ProgrammeVersion:
    """In force and open from today until its end, once a second person agrees. Raises NotPermitted, Refused."""
    on = today(at)
    if told.ends_before <= on:
        raise Refused(no(Reason("ends_before_start")))
    if told.cost_per_place and told.fund_id is None:
        raise Refused(no(Reason("fund_needed")))
    written = Written(
        title=told.title, source=told.source, starts_on=on, ends_before=told.ends_before, benefits=told.benefits
    )
    version = draft_programme(kind=told.kind, provider="", written=written, by=by, at=at)
    opened = Round(
        apply_from=on,
        apply_until=told.ends_before,
        starts_on=on,
        ends_before=told.ends_before,
        places=told.places,
        place_rule=PlaceRule.FIRST_COME,
        fund_id=told.fund_id,
        cost_per_place=told.cost_per_place,
        area_code=told.area_code,
    )
    return plan_round(version=version, opened=opened, by=by, at=at)


@transaction.atomic
def approve_and_open(*, version: ProgrammeVersion, by: Actor, at: datetime) -> tuple[ProgrammeVersion, Cycle | None]:
    """The second person's yes; a round that was planned with the draft opens in the same breath. Raises Refused."""
    approved = approve_version(version=version, by=by, at=at)
    told = approved.opens_with
    if not told:
        return approved, None
    days = {name: date.fromisoformat(told[name]) for name in ("apply_from", "apply_until", "starts_on", "ends_before")}
    opened = Round(
        **days,
        places=told["places"],
        place_rule=PlaceRule(told["place_rule"]),
        fund_id=told["fund_id"],
        cost_per_place=Decimal(told["cost_per_place"]),
        area_code=told["area_code"],
        offer_days=told["offer_days"],
    )
    return approved, open_cycle(version=approved, opened=opened, by=by, at=at)


def put_forward(*, handed: HandedList, cycle: Cycle, by: Actor, at: datetime) -> Counter[str]:
    """Nominate and send everybody of a list who has agreed to be registered; the caller looked the list up.

    Each in a transaction of their own: who cannot take part holds nobody else up. Returns how many were "sent", and
    how many were not, by the reason.
    """
    told: Counter[str] = Counter()
    for key in people_of(handed.batch_id):
        jobseeker = jobseeker_by_id(key)
        if jobseeker.state != JobseekerState.ACTIVE:
            told["not_agreed_yet"] += 1
            continue
        try:
            with transaction.atomic():
                made = start_application(cycle=cycle, jobseeker=jobseeker, answers={}, by=by, at=at)
                submit_application(application=made, by=by, at=at)
            told["sent"] += 1
        except Refused as refused:
            told.update(reason.code for reason in refused.decision.reasons)
    return told


def agree_to_all(*, cycle: Cycle, by: Actor, at: datetime) -> Counter[str]:
    """A second person agrees to everybody who was sent to a round, the earliest first, at most 500 at a time.

    What the rule answers with no, or what the same person sent, waits for a look of its own.
    """
    told: Counter[str] = Counter()
    for one in _without_a_no(sent_to(by, cycle)[:AT_ONCE]):
        try:
            approve_application(application=one, by=by, at=at)
            told["approved"] += 1
        except Refused as refused:
            told.update(reason.code for reason in refused.decision.reasons)
    return told


def _without_a_no(rows: Iterable[Application]) -> list[Application]:
    return [one for one in rows if one.eligibility.get("verdict") != "no"]
