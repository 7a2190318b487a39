"""The employer adviser's portfolio: who answers, who is new, who is due a visit; visits and calls written down.

portfolio(actor, ...) -> list[Held]     every firm of the actor's offices with its last meeting and next due day
note_contact(...)                       a visit or call into the ledger of the firm
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Reason, Refused, no
from openpes.organisations.access import require_may_employer
from openpes.organisations.firm_models import EmployerContact
from openpes.organisations.models import Employer
from openpes.organisations.rules import VisitFacts, VisitRule, answer_rate, visit_due
from openpes.organisations.states import ContactKind, EmployerState
from openpes.reference.country import country, today

VERB = "employer.contact"
SHOWN_CONTACTS = 20


@dataclass(frozen=True)
class Held:
    """A firm of the portfolio. `share` of introductions answered: None before the third; `due`: next visit or call."""

    employer: Employer
    share: float | None
    last: date | None
    due: date | None
    is_new: bool
    is_due: bool


def visit_rule(on: date) -> VisitRule:
    """The policy on visits on a day."""
    pack = country()

    def number(name: str) -> int:
        return int(pack.value(f"employers.{name}", on=on).value)

    return VisitRule(
        number("visit_new_within_days"), number("visit_every_days"), number("visit_low_share_percent") / 100
    )


def firms_of(actor: Actor) -> QuerySet[Employer]:
    """Firms in good standing or paused at the offices where the actor notes visits, with their latest meetings."""
    latest = EmployerContact.objects.filter(employer=OuterRef("pk")).order_by("-happened_on", "-pk")
    return (
        Employer.objects.filter(
            office__in=actor.scope_ids(VERB, "office"), state__in=[EmployerState.VERIFIED, EmployerState.PAUSED]
        )
        .annotate(
            last_contact=Subquery(latest.values("happened_on")[:1]), agreed_next=Subquery(latest.values("next_on")[:1])
        )
        .select_related("office")
        .order_by("name", "pk")
    )


def portfolio(actor: Actor, *, on: date) -> list[Held]:
    """Every firm of the actor's offices; those that are due first, the longest due before the others. One query."""
    rule = visit_rule(on)
    found = [_held(row, rule, on) for row in firms_of(actor)]
    return sorted(found, key=lambda one: (not one.is_due, one.due or date.max, one.employer.name, one.employer.pk))


def _held(row: Employer, rule: VisitRule, on: date) -> Held:
    checked = today(row.decided_at) if row.decided_at else today(row.registered_at)
    share = answer_rate(introductions=row.introductions, answers=row.answers)
    last: date | None = row.last_contact  # type: ignore[attr-defined]
    agreed: date | None = row.agreed_next  # type: ignore[attr-defined]
    due = visit_due(VisitFacts(checked, last, agreed, share), rule)
    return Held(
        row,
        share,
        last,
        due,
        is_new=last is None and (on - checked).days <= rule.new_within,
        is_due=due is not None and due <= on,
    )


def answers_in_bands(held: Iterable[Held]) -> list[tuple[int, int, int]]:
    """(from percent, to percent, firms) by the share of introductions answered, of those that have enough to tell."""
    counts = [0, 0, 0, 0]
    for one in held:
        if one.share is not None:
            counts[min(3, int(one.share * 4))] += 1
    return [(25 * place, 25 * (place + 1), number) for place, number in enumerate(counts)]


def contacts_of(actor: Actor, employer: Employer) -> list[EmployerContact]:
    """Visits to a firm and calls with it, the latest first. Raises NotPermitted."""
    require_may_employer(VERB, actor, employer)
    return list(EmployerContact.objects.filter(employer=employer).order_by("-happened_on", "-pk")[:SHOWN_CONTACTS])


@transaction.atomic
def note_contact(
    *,
    employer: Employer,
    kind: ContactKind,
    happened_on: date,
    words: str,
    next_on: date | None,
    by: Actor,
    at: datetime,
) -> EmployerContact:
    """Write a visit or a call down. Raises Refused for a day to come or a next day that is past, NotPermitted."""
    require_may_employer(VERB, by, employer)
    on = today(at)
    if happened_on > on:
        raise Refused(no(Reason("day_to_come")))
    if next_on is not None and next_on < on:
        raise Refused(no(Reason("until_has_passed")))
    row = EmployerContact.objects.create(
        employer=employer,
        kind=kind,
        happened_on=happened_on,
        words=words.strip()[:1000],
        next_on=next_on,
        written_at=at,
        actor=by.log_key,
        label=by.label[:120],
    )
    record_change(by=by, at=at, verb="employer.contact", thing=f"employer:{employer.ref}", detail={"kind": kind.value})
    return row
