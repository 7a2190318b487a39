"""One counsellor's people on one screen: a fixed number of reads, whatever the number of people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.paginator import Page, Paginator

from openpes.appointments.contacts import call_again_days, last_contact, next_times
from openpes.casework.filters import CaseFacts, Filters, fits, in_order, next_step
from openpes.casework.queries import case_policy, caseload_of, policy_number
from openpes.casework.states import Step
from openpes.core.access_log import record_search, record_view
from openpes.core.actors import Actor
from openpes.core.clock import age_on
from openpes.core.decisions import NotFound, NotPermitted, Reason, Refused, no
from openpes.guidance.queries import plan_glances
from openpes.jobseekers.caseload import caseload, left_behind, wanted_of
from openpes.jobseekers.models import Jobseeker
from openpes.organisations.queries import offices_of, people_desk_of
from openpes.people.models import Account
from openpes.people.queries import account_by_id
from openpes.reference.country import country, today
from openpes.referrals.queries import ever_introduced, open_counts, waiting_counts

A_PAGE = 25
MOST_IN_ONE = 1500
NOBODY = "nobody"
MINE = ""


@dataclass(frozen=True)
class Case:
    """One line: the registration, what is known, what comes next."""

    jobseeker: Jobseeker
    facts: CaseFacts
    step: Step


@dataclass(frozen=True)
class Caseload:
    """A page of a caseload. `works` and `areas` are what its people want and where they live, with how many."""

    page: Page[Case]
    total: int
    found: int
    works: list[tuple[str, int]]
    areas: list[tuple[str, int]]


def people_desk_accounts(actor: Actor, *, at: datetime) -> list[Account]:
    """The colleagues whose caseloads the actor oversees, by name: for a manager of an office, else nobody."""
    offices = offices_of(actor, "caseload.oversee")
    rows = people_desk_of(offices, on=today(at))
    return list({row.account_id: row.account for row in rows}.values())


def whose_people(actor: Actor, whose: str, *, at: datetime) -> list[Jobseeker]:
    """The people of a caseload: one's own with those one stands in for; a colleague's or nobody's for the manager.

    Raises NotFound for a caseload that the actor has nothing to do with.
    """
    if not actor.holds("caseload.own"):
        raise NotPermitted("caseload.own")
    if whose == MINE:
        return caseload(actor, caseload_of(actor.account_id, on=today(at)), limit=MOST_IN_ONE)
    if not actor.holds("caseload.oversee"):
        raise NotFound("caseload")
    offices = actor.scope_ids("caseload.oversee", "office")
    if whose == NOBODY:
        rows = caseload(actor, (), nobody=True, limit=MOST_IN_ONE)
    elif whose.isdecimal():
        # Somebody who left the office may still have people: the manager sees them until they are handed over.
        rows = caseload(actor, [int(whose)], limit=MOST_IN_ONE)
        if not rows and int(whose) not in {one.pk for one in people_desk_accounts(actor, at=at)}:
            raise NotFound("caseload")
    else:
        raise NotFound("caseload")
    return [one for one in rows if one.office_id in offices]


def left_people(actor: Actor, *, at: datetime) -> list[tuple[int, str, int]]:
    """(account, name, people) of each who no longer serves people at the manager's offices but still has some in care.

    Two queries and one for each of the few accounts.
    """
    offices = actor.scope_ids("caseload.oversee", "office")
    staff = {one.pk for one in people_desk_accounts(actor, at=at)}
    found = ((account_by_id(pk), n) for pk, n in sorted(left_behind(offices, staff_ids=staff).items()))
    return [(one.pk, one.name, n) for one, n in found if one is not None]


def cases_of(people: Sequence[Jobseeker], *, at: datetime) -> list[CaseFacts]:
    """What is known of many people at once: one read a fact."""
    on, keys = today(at), [one.pk for one in people]
    waiting = int(country().value("desk.referral_waiting_days", on=on).value)
    adult = policy_number("adult_age", on=on)
    spoken, again, comes = last_contact(keys), call_again_days(keys), next_times(keys, at=at)
    plans = plan_glances(keys, on=on)
    wanted, opened = wanted_of(keys), open_counts(keys)
    unanswered, ever = waiting_counts(keys, sent_before=at - timedelta(days=waiting)), ever_introduced(keys)
    found = []
    for one in people:
        plan = plans.get(one.pk)
        born = one.person.born_on
        found.append(
            CaseFacts(
                jobseeker_id=one.pk,
                name=one.person.name_as_given,
                state=one.state,
                registered_on=today(one.registered_at),
                confirmed_on=today(one.last_confirmed_at),
                isco=wanted.get(one.pk, ()),
                area=one.area_code,
                minor=born is not None and age_on(born, on) < adult,
                last_contact_on=today(spoken[one.pk]) if one.pk in spoken else None,
                call_again_on=again.get(one.pk),
                has_plan=plan is not None,
                review_on=plan.review_on if plan else None,
                overdue=plan.overdue if plan else 0,
                overdue_since=plan.overdue_since if plan else None,
                overdue_title=plan.overdue_title if plan else "",
                comes_on=today(comes[one.pk]) if one.pk in comes else None,
                open_referrals=opened.get(one.pk, 0),
                waiting_referrals=unanswered.get(one.pk, 0),
                ever_referred=one.pk in ever,
            )
        )
    return found


def _chosen(actor: Actor, whose: str, filters: Filters, *, at: datetime) -> tuple[list[CaseFacts], list[Case]]:
    people = whose_people(actor, whose, at=at)
    held, on = {one.pk: one for one in people}, today(at)
    policy, everybody = case_policy(on), cases_of(people, at=at)
    rows = [one for one in everybody if fits(one, filters, policy, on=on)]
    ordered = in_order(rows, filters.order, policy, on=on)
    return everybody, [Case(held[one.jobseeker_id], one, next_step(one, policy, on=on)) for one in ordered]


def read_caseload(
    actor: Actor, filters: Filters, *, whose: str = MINE, number: str | None = None, at: datetime
) -> Caseload:
    """A page of a caseload. Whose names are shown is logged as a search is."""
    everybody, rows = _chosen(actor, whose, filters, at=at)
    page = Paginator(rows, A_PAGE).get_page(number)
    shown = {one.jobseeker.person.log_key for one in page}
    if shown:
        record_search(by=actor, at=at, what="caseload", found=shown)
    return Caseload(
        page,
        len(everybody),
        len(rows),
        _counted(code for one in everybody for code in set(one.isco)),
        _counted(one.area for one in everybody),
    )


def _counted(codes: Iterable[str]) -> list[tuple[str, int]]:
    return sorted(Counter(codes).items(), key=lambda one: (-one[1], one[0]))


def export_caseload(actor: Actor, filters: Filters, *, whose: str = MINE, reason: str, at: datetime) -> list[Case]:
    """The same people as rows of a file. Each of them can read that it was taken, by whom and why. Raises Refused."""
    if not reason.strip():
        raise Refused(no(Reason("export_reason_needed")))
    _everybody, rows = _chosen(actor, whose, filters, at=at)
    for one in rows:
        record_view(
            by=actor, at=at, subject=one.jobseeker.person.log_key, thing="caseload file", reason=reason.strip()[:200]
        )
    return rows
