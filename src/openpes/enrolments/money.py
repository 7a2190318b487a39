"""Writes about money: stipend lists that a second person releases, payments, and claims of firms."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.clock import local_date
from openpes.core.decisions import NotPermitted, Reason, Refused, no
from openpes.enrolments.access import require
from openpes.enrolments.models import Attendance, Enrolment, Session, StipendLine, StipendList, SubsidyClaim
from openpes.enrolments.operations import locked, log, refuse
from openpes.enrolments.rules import may_decide_claim, may_list, may_pay, stipend_for, two_people
from openpes.enrolments.states import ClaimState, ListState, PayState
from openpes.organisations.models import Employer
from openpes.programmes.counters import hold
from openpes.programmes.models import Cycle
from openpes.reference.country import country, currency


@dataclass(frozen=True)
class Asked:
    """What a firm claims: for which days, how much of the country's money."""

    starts_on: date
    ends_before: date
    amount: Decimal


def _log_list(stipends: StipendList, verb: str, by: Actor, at: datetime) -> None:
    record_change(by=by, at=at, verb=f"stipends.{verb}", thing=f"stipends:{stipends.ref}")


def _days(cycle: Cycle, starts_on: date, ends_before: date) -> tuple[int, dict[int, int]]:
    """Days with a session in a span, and by enrolment the days on which somebody came."""
    zone = country().timezone
    day_of = {
        key: day
        for key, instant in Session.objects.filter(cycle=cycle).values_list("pk", "starts_at")
        if starts_on <= (day := local_date(instant, zone)) < ends_before
    }
    present: dict[int, set[date]] = defaultdict(set)
    for session, enrolment in Attendance.objects.filter(session__in=day_of).values_list("session", "enrolment"):
        present[enrolment].add(day_of[session])
    return len(set(day_of.values())), {key: len(days) for key, days in present.items()}


@transaction.atomic
def prepare_list(*, cycle: Cycle, starts_on: date, ends_before: date, by: Actor, at: datetime) -> StipendList:
    """A list by attendance; accounts are frozen as they stand. Raises NotPermitted, Refused."""
    require(by, "stipend.prepare")
    # The round's row is the lock: two lists of the same days are never prepared at once.
    cycle = hold(cycle)
    version = cycle.version
    crossing = StipendList.objects.filter(cycle=cycle, starts_on__lt=ends_before, ends_before__gt=starts_on)
    monthly = version.stipend_amount
    refuse(may_list(starts_on=starts_on, ends_before=ends_before, overlapping=crossing.exists(), amount=monthly))
    held, present = _days(cycle, starts_on, ends_before)
    stipends = StipendList.objects.create(
        cycle=cycle, starts_on=starts_on, ends_before=ends_before, prepared_by_id=by.account_id, prepared_at=at
    )
    StipendLine.objects.bulk_create(
        StipendLine(
            stipend_list=stipends,
            enrolment=one,
            days=present[one.pk],
            amount=stipend_for(
                monthly=monthly or Decimal(0),
                days_present=present[one.pk],
                days_held=held,
                starts_on=starts_on,
                ends_before=ends_before,
            ),
            currency=version.stipend_currency or currency(),
            payout_account=one.payout_account,
        )
        for one in Enrolment.objects.filter(pk__in=present).order_by("pk")
    )
    _log_list(stipends, "prepare", by, at)
    return stipends


@transaction.atomic
def release_list(*, stipends: StipendList, by: Actor, at: datetime) -> StipendList:
    """A second person releases it; only then anything is paid. Raises NotPermitted, Refused."""
    require(by, "stipend.release")
    stipends = StipendList.objects.select_for_update().get(pk=stipends.pk)
    if stipends.state == ListState.RELEASED:
        raise Refused(no(Reason("released_already")))
    refuse(two_people(stipends.prepared_by_id, by.account_id))
    stipends.state, stipends.released_by_id, stipends.released_at = ListState.RELEASED, by.account_id, at
    stipends.save(update_fields=["state", "released_by", "released_at"])
    _log_list(stipends, "release", by, at)
    return stipends


@transaction.atomic
def note_payment(*, line: StipendLine, to: PayState, why: str, by: Actor, at: datetime) -> StipendLine:
    """Paid, or came back. A returned payment may be paid again, to the account that is written down now."""
    require(by, "stipend.release")
    rows = StipendLine.objects.select_for_update(of=("self",))
    line = rows.select_related("stipend_list", "enrolment__jobseeker__person").get(pk=line.pk)
    if line.state == PayState.RETURNED:
        line.payout_account = line.enrolment.payout_account
    refuse(
        may_pay(
            released=ListState(line.stipend_list.state),
            now_in=PayState(line.state),
            to=to,
            account=line.payout_account,
        )
    )
    line.state, line.moved_at = to, at
    line.returned_why = why.strip()[:200] if to == PayState.RETURNED else ""
    line.save(update_fields=["state", "moved_at", "returned_why", "payout_account"])
    log(line.enrolment, f"stipend_{to.value}", by, at, amount=str(line.amount))
    return line


@transaction.atomic
def file_claim(*, enrolment: Enrolment, employer: Employer, asked: Asked, by: Actor, at: datetime) -> SubsidyClaim:
    """A firm claims help with the wage of somebody enrolled with it; or its paper is taken in at the desk.

    Raises NotPermitted, Refused.
    """
    if not (by.may("claim.file", employer_id=employer.pk) or by.everywhere("claim.decide")):
        raise NotPermitted("claim.file")
    enrolment = locked(enrolment)
    if enrolment.employer_id != employer.pk:
        raise Refused(no(Reason("not_with_this_firm")))
    if asked.ends_before <= asked.starts_on or asked.amount <= 0:
        raise Refused(no(Reason("ends_before_start" if asked.amount > 0 else "amount_needed")))
    crossing = SubsidyClaim.objects.filter(
        enrolment=enrolment, starts_on__lt=asked.ends_before, ends_before__gt=asked.starts_on
    ).exclude(state=ClaimState.REFUSED)
    if crossing.exists() or SubsidyClaim.objects.filter(enrolment=enrolment, starts_on=asked.starts_on).exists():
        raise Refused(no(Reason("claimed_already")))
    claim = SubsidyClaim.objects.create(
        enrolment=enrolment,
        employer=employer,
        currency=currency(),
        filed_at=at,
        filed_by_id=by.account_id,
        **asked.__dict__,
    )
    log(enrolment, "claim", by, at, claim=claim.ref)
    return claim


def _locked_claim(claim: SubsidyClaim) -> SubsidyClaim:
    rows = SubsidyClaim.objects.select_for_update(of=("self",))
    return rows.select_related("enrolment__jobseeker__person", "employer").get(pk=claim.pk)


@transaction.atomic
def note_placement(*, claim: SubsidyClaim, found: bool, by: Actor, at: datetime) -> SubsidyClaim:
    """What the ledger says about the work behind a claim. Raises NotPermitted."""
    require(by, "claim.check")
    claim = _locked_claim(claim)
    claim.placement = found
    claim.save(update_fields=["placement"])
    log(claim.enrolment, "claim_checked", by, at, claim=claim.ref, found=found)
    return claim


@transaction.atomic
def worker_answer(*, claim: SubsidyClaim, works: bool, by: Actor, at: datetime) -> SubsidyClaim:
    """The worker says whether they work there. The last word stands. Raises NotPermitted."""
    claim = _locked_claim(claim)
    if not by.may("enrolment.own", person_id=claim.enrolment.jobseeker.person_id):
        raise NotPermitted("enrolment.own")
    claim.worker_says, claim.worker_at = works, at
    claim.save(update_fields=["worker_says", "worker_at"])
    log(claim.enrolment, "claim_answered", by, at, claim=claim.ref)
    return claim


@transaction.atomic
def decide_claim(*, claim: SubsidyClaim, to: ClaimState, why: str, by: Actor, at: datetime) -> SubsidyClaim:
    """Agreed, refused with words, or paid. Whoever filed it does not decide it. Raises NotPermitted, Refused."""
    require(by, "claim.decide")
    claim = _locked_claim(claim)
    refuse(two_people(claim.filed_by_id, by.account_id))
    refuse(may_decide_claim(state=ClaimState(claim.state), to=to, placement=claim.placement, why=why))
    claim.state, claim.decided_by_id, claim.decided_at, claim.why = to, by.account_id, at, why.strip()[:400]
    claim.save(update_fields=["state", "decided_by", "decided_at", "why"])
    log(claim.enrolment, f"claim_{to.value}", by, at, claim=claim.ref)
    return claim
