"""A day at an office: who comes, who waits, what is to be done, whom to call. A few reads of each room, never more."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.core.paginator import Page, Paginator

from openpes.appointments.models import Appointment, QueueTicket
from openpes.appointments.queries import no_shows, office_hours, on_day, to_phone
from openpes.appointments.queue import queue_on
from openpes.appointments.slots import day_bounds
from openpes.casework.models import PaperToShow
from openpes.casework.papers_to_show import papers_due
from openpes.core.access_log import record_search
from openpes.core.actors import Actor
from openpes.desks.whom_to_call import CallList, call_list
from openpes.guidance.queries import OverdueAction, count_overdue_actions, overdue_actions
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import count_waiting, newest_of_office, waiting_for_guardian
from openpes.organisations.models import Employer, Office
from openpes.organisations.queries import employers_waiting, offices_of
from openpes.partnerships.models import PartnerReferral
from openpes.partnerships.queries import returned
from openpes.people.models import Account
from openpes.placements.models import Outcome
from openpes.placements.queries import contested, count_contested
from openpes.reference.country import country, today
from openpes.referrals.models import Referral
from openpes.referrals.queries import to_follow_up
from openpes.vacancies.models import Vacancy
from openpes.vacancies.queries import to_confirm, waiting_for_decision

FIRST_FEW = 4
A_PAGE = 20
MOST_DAYS_BACK = 7


@dataclass(frozen=True)
class Day:
    """Who comes today and who walked in, who did not come on the last open day, and whom to call."""

    appointments: list[Appointment]
    queue: list[QueueTicket]
    missed: list[Appointment]
    missed_on: datetime
    to_phone: list[Appointment]
    calls: CallList

    def log_keys(self) -> set[str]:
        """The pseudonyms of everybody whose name is shown."""
        keys = {one.jobseeker.person.log_key for one in (*self.appointments, *self.missed, *self.to_phone)}
        keys |= {one.jobseeker.person.log_key for one in self.queue if one.jobseeker is not None}
        return keys | {one.jobseeker.person.log_key for one in self.calls.proposals}


@dataclass(frozen=True)
class Today:
    """Everything that waits, kind by kind: how many, and the first few."""

    to_call: list[Referral]
    to_call_total: int
    newest: list[Jobseeker]
    newest_total: int
    adverts: list[Vacancy]
    adverts_total: int
    employers: list[Employer]
    employers_total: int
    guardians: list[Jobseeker]
    guardians_total: int
    contested: list[Outcome]
    contested_total: int
    overdue: list[OverdueAction]
    overdue_total: int
    confirm: list[Vacancy]
    confirm_total: int
    came_back: list[PartnerReferral]
    came_back_total: int
    papers: list[PaperToShow]
    papers_total: int
    day: Day = field(repr=False)

    @property
    def tasks_total(self) -> int:
        """How many tasks wait in all."""
        return (
            self.to_call_total
            + self.newest_total
            + self.adverts_total
            + self.employers_total
            + self.guardians_total
            + self.contested_total
            + self.overdue_total
            + self.confirm_total
            + self.came_back_total
            + self.papers_total
        )

    @property
    def nothing_waits(self) -> bool:
        """True when the office can turn to the next person."""
        return not (self.tasks_total or self.day.appointments or self.day.queue or self.day.missed)

    def log_keys(self) -> set[str]:
        """The pseudonyms of everybody whose name is shown."""
        people = [one.person for one in (*self.newest, *self.guardians)]
        people += [one.jobseeker.person for one in self.to_call]
        people += [one.jobseeker.person for one in self.contested]
        people += [one.jobseeker.person for one in self.came_back]
        people += [one.jobseeker.person for one in self.papers]
        return {person.log_key for person in people} | self.day.log_keys()


def day_at(actor: Actor, account: Account | None, *, at: datetime) -> Day:
    """The calendar side of today for the actor's offices; names are shown, so the caller logs them."""
    on, zone = today(at), country().timezone
    starts, ends = day_bounds(on, zone)
    offices = list(offices_of(actor, "appointment.view"))
    keys = [one.pk for one in offices]
    before = _last_open_day(offices, at=at)
    missed_from, missed_to = day_bounds(before, zone)
    return Day(
        appointments=on_day(keys, starts=starts, ends=ends),
        queue=queue_on(keys, on),
        missed=no_shows(keys, starts=missed_from, ends=missed_to),
        missed_on=missed_from,
        to_phone=to_phone(keys, limit=FIRST_FEW),
        calls=call_list(actor, offices, account, at=at),
    )


def tomorrow_at(actor: Actor, *, at: datetime) -> list[Appointment]:
    """Who is expected on the next day, for the paper of a day without power. Names: logged as a search is."""
    starts, ends = day_bounds(today(at) + timedelta(days=1), country().timezone)
    rows = on_day([one.pk for one in offices_of(actor, "appointment.view")], starts=starts, ends=ends)
    _log(actor, at, "tomorrow", {one.jobseeker.person.log_key for one in rows})
    return rows


def _last_open_day(offices: list[Office], *, at: datetime) -> date:
    """The last day before today on which the office was open; yesterday where nobody wrote the hours down."""
    on = today(at)
    days = [on - timedelta(days=back) for back in range(1, MOST_DAYS_BACK + 1)]
    if offices:
        hours = office_hours(offices[0], first=days[-1], last=days[0])
        return next((day for day in days if hours.on(day)), days[0])
    return days[0]


def today_at(actor: Actor, *, at: datetime, account: Account | None = None) -> Today:
    """What waits at the actor's offices. Whose names are shown is logged as a search is."""
    calls, adverts, employers = to_follow_up(actor), waiting_for_decision(actor), employers_waiting(actor)
    offices = actor.scope_ids("jobseeker.view", "office")
    new, guardian = count_waiting(offices)
    on = today(at)
    confirm = to_confirm(
        actor, confirmed_before=at - timedelta(days=int(country().value("clocks.vacancy_confirm_days", on=on).value))
    )
    came_back, papers = returned(actor), papers_due(offices, on=on)
    few = list(papers[: FIRST_FEW + 1])
    overdue = overdue_actions(actor, on=on, limit=FIRST_FEW)
    waits = Today(
        to_call=list(calls[:FIRST_FEW]),
        to_call_total=calls.count(),
        newest=newest_of_office(offices, limit=FIRST_FEW),
        newest_total=new,
        adverts=list(adverts[:FIRST_FEW]),
        adverts_total=adverts.count(),
        employers=list(employers[:FIRST_FEW]),
        employers_total=employers.count(),
        guardians=waiting_for_guardian(offices, limit=FIRST_FEW),
        guardians_total=guardian,
        contested=contested(actor, limit=FIRST_FEW),
        contested_total=count_contested(actor),
        overdue=overdue,
        overdue_total=count_overdue_actions(actor, on=on),
        confirm=list(confirm[:FIRST_FEW]),
        confirm_total=confirm.count(),
        came_back=list(came_back[:FIRST_FEW]),
        came_back_total=came_back.count(),
        papers=few[:FIRST_FEW],
        papers_total=len(few) if len(few) <= FIRST_FEW else papers.count(),
        day=day_at(actor, account, at=at),
    )
    _log(actor, at, "today", waits.log_keys())
    return waits


def calls_to_make(actor: Actor, *, at: datetime, number: str | None) -> Page[Referral]:
    """A page of the introductions that nobody has answered in time, the most urgent first. Logged as a search is."""
    page = Paginator(to_follow_up(actor), A_PAGE).get_page(number)
    _log(actor, at, "calls", {one.jobseeker.person.log_key for one in page})
    return page


def _log(actor: Actor, at: datetime, what: str, keys: set[str]) -> None:
    if keys:
        record_search(by=actor, at=at, what=what, found=keys)
