"""A manager's page: exceptions first, caseloads beside each other, waiting times, and who could be moved and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

from openpes.appointments.contacts import last_contact
from openpes.casework.queries import case_policy, policy_number
from openpes.casework.rules import Movable, Share, shares
from openpes.complaints.queries import count_open
from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted
from openpes.desks.caseload import NOBODY, left_people
from openpes.guidance.queries import (
    count_contests_waiting,
    count_overdue_actions,
    first_interviews,
    override_rates,
    plan_glances,
)
from openpes.jobseekers.caseload import registered_between
from openpes.jobseekers.day_counts import InCare, in_care
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import open_several
from openpes.organisations.models import Office
from openpes.organisations.queries import offices_of, people_desk_of
from openpes.people.models import Account
from openpes.reference.country import today
from openpes.referrals.queries import to_follow_up
from openpes.vacancies.queries import live_at_offices, waiting_for_decision

VERB, COUNSELLOR = "caseload.oversee", "counsellor"
MOST_MOVES = 25


class Alarm(StrEnum):
    """What a manager should look at, the most pressing first."""

    LEFT = "left"
    NOBODY = "nobody"
    COMPLAINTS_LATE = "complaints_late"
    CONTESTS = "contests"
    CONTESTS_LATE = "contests_late"
    OVERDUE = "overdue"
    UNANSWERED = "unanswered"
    SILENT = "silent"
    FULL = "full"
    ADVERTS = "adverts"
    ADVICE_FEW = "advice_few"
    ADVICE_MANY = "advice_many"


@dataclass(frozen=True)
class OutOfOrder:
    """One of them: how many, and of whom or what (a name, a number of days or a percentage)."""

    alarm: Alarm
    number: int
    of: str = ""
    whose: str = ""


@dataclass(frozen=True)
class Load:
    """A counsellor's people: how many, with a plan, not spoken with for long."""

    account: Account
    people: int
    with_plan: int
    silent: int


@dataclass(frozen=True)
class Waits:
    """From registration to the first interview, of those registered lately: days in the middle, and who still waits."""

    looked_back: int
    middle_days: int | None
    had_one: int
    still_wait: int


@dataclass(frozen=True)
class Supervised:
    """The page."""

    exceptions: list[OutOfOrder]
    loads: list[Load]
    most: int
    average: float
    waits: Waits
    live: int
    silent_days: int

    @property
    def live_each(self) -> float:
        """Live vacancies for each counsellor."""
        return self.live / len(self.loads) if self.loads else 0.0


def counsellors_of(offices: Sequence[Office], holders: Collection[int | None], *, at: datetime) -> dict[int, Account]:
    """Who has a caseload: counsellors, and a manager only where people are in their care already. One query."""
    rows = people_desk_of(offices, on=today(at))
    return {row.account_id: row.account for row in rows if row.role == COUNSELLOR or row.account_id in holders}


def _silent(people: Sequence[InCare], days: int, *, at: datetime) -> set[int]:
    """Whom nobody spoke with for so many days; somebody registered since then does not count."""
    spoken, before = last_contact(one.key for one in people), at - timedelta(days=days)
    return {one.key for one in people if spoken.get(one.key, one.registered_at) < before}


def supervise(actor: Actor, *, at: datetime) -> Supervised:
    """Everything for the offices that the actor manages; a fixed number of reads. Names nobody but the staff.

    Raises NotPermitted for anybody but a manager.
    """
    offices = list(offices_of(actor, VERB))
    if not offices:
        raise NotPermitted(VERB)
    on, keys = today(at), [one.pk for one in offices]
    people = in_care(keys)
    desk = counsellors_of(offices, {one.account_id for one in people}, at=at)
    days = case_policy(on).silent_days
    silent = _silent(people, days, at=at)
    planned = set(plan_glances([one.key for one in people], on=on))
    loads = [_load(account, people, planned, silent) for account in desk.values()]
    return Supervised(
        exceptions=_exceptions(actor, people, loads, len(silent), days, at=at),
        loads=sorted(loads, key=lambda one: (-one.people, one.account.name)),
        most=max((one.people for one in loads), default=0),
        average=sum(one.people for one in loads) / len(loads) if loads else 0.0,
        waits=_waits(keys, at=at),
        live=live_at_offices(actor).count(),
        silent_days=days,
    )


def _load(account: Account, people: Sequence[InCare], planned: set[int], silent: set[int]) -> Load:
    own = {one.key for one in people if one.account_id == account.pk}
    return Load(account, len(own), len(own & planned), len(own & silent))


def _waits(office_keys: Sequence[int], *, at: datetime) -> Waits:
    back = policy_number("waiting_looked_back_days", on=today(at))
    registered = registered_between(office_keys, starts=at - timedelta(days=back), ends=at)
    first = first_interviews(registered)
    days = [max(0, (first[key] - since).days) for key, since in registered.items() if key in first]
    return Waits(back, round(median(days)) if days else None, len(days), len(registered) - len(days))


def _exceptions(
    actor: Actor, people: Sequence[InCare], loads: Sequence[Load], silent: int, days: int, *, at: datetime
) -> list[OutOfOrder]:
    on = today(at)
    full = policy_number("full_caseload", on=on)
    over = [one for one in loads if one.people > full]
    contests, late = count_contests_waiting(actor, on=on)
    unread = at - timedelta(days=policy_number("decide_vacancy_days", on=on))
    found = [
        *(OutOfOrder(Alarm.LEFT, n, name, str(pk)) for pk, name, n in left_people(actor, at=at)),
        OutOfOrder(Alarm.NOBODY, sum(1 for one in people if one.account_id is None), whose=NOBODY),
        OutOfOrder(Alarm.COMPLAINTS_LATE, count_open(actor, on=on)[1]),
        OutOfOrder(Alarm.CONTESTS_LATE, late),
        OutOfOrder(Alarm.CONTESTS, contests - late),
        OutOfOrder(Alarm.OVERDUE, count_overdue_actions(actor, on=on)),
        OutOfOrder(Alarm.UNANSWERED, to_follow_up(actor).count()),
        OutOfOrder(Alarm.SILENT, silent, str(days)),
        *(OutOfOrder(Alarm.FULL, one.people, one.account.name, str(one.account.pk)) for one in over),
        OutOfOrder(Alarm.ADVERTS, waiting_for_decision(actor).filter(changed_at__lt=unread).count()),
    ]
    for rate in override_rates(actor, at=at, on=on):
        if rate.rate.alarm:
            few = rate.rate.alarm == "blind"
            alarm = Alarm.ADVICE_FEW if few else Alarm.ADVICE_MANY
            found.append(OutOfOrder(alarm, rate.rate.percent or 0, rate.office))
    return [one for one in found if one.number or one.alarm == Alarm.ADVICE_FEW]


@dataclass(frozen=True)
class Proposed:
    """A move as the manager sees it before ticking it."""

    share: Share
    jobseeker: Jobseeker
    from_name: str
    to_name: str


def proposed_shares(office: Office, *, at: datetime) -> list[Share]:
    """Who could be moved at an office so that caseloads even out, by the published rule. Three reads, no names."""
    on = today(at)
    people = in_care([office.pk])
    planned = set(plan_glances([one.key for one in people], on=on))
    held: dict[int | None, list[Movable]] = {}
    for one in people:
        held.setdefault(one.account_id, []).append(Movable(one.key, today(one.registered_at), one.key in planned))
    desk = counsellors_of([office], held, at=at)
    return shares(held, desk=desk, over_percent=policy_number("rebalance_over_percent", on=on), most=MOST_MOVES)


def read_proposals(actor: Actor, office: Office, names: Mapping[int, str], *, at: datetime) -> list[Proposed]:
    """The moves with the names of the people, which is logged for each of them. Raises NotPermitted."""
    if not actor.may(VERB, office_id=office.pk):
        raise NotPermitted(VERB)
    found = proposed_shares(office, at=at)
    people = open_several(actor, [one.jobseeker_id for one in found], thing="evening out", at=at)
    return [
        Proposed(
            one, people[one.jobseeker_id], names.get(one.from_account or 0, ""), names.get(one.to_account, "")
        )
        for one in found
        if one.jobseeker_id in people
    ]  # fmt: skip
