"""The return of a day or a month: counted from what was done, never typed again, with what is missing in words.

span_of("2026-11-24")    a day;  span_of("2026-11")    a month
read_return(actor, span, whose=..., at=...)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from openpes.appointments.day_counts import Met, met_between
from openpes.appointments.slots import day_bounds
from openpes.casework.queries import policy_number
from openpes.complaints.day_counts import received_between
from openpes.core.actors import Actor
from openpes.core.clock import month_bounds
from openpes.core.decisions import NotFound, NotPermitted
from openpes.desks.caseload import people_desk_accounts
from openpes.guidance.day_counts import Guided, guided_between
from openpes.jobseekers.day_counts import Registered, registered_in
from openpes.organisations.queries import offices_of
from openpes.people.models import Account
from openpes.people.queries import account_by_id
from openpes.placements.day_counts import placed_between
from openpes.placements.states import EvidenceGrade
from openpes.reference.country import country, today
from openpes.referrals.day_counts import Sent, sent_between

MINE, OFFICE = "", "office"
FEW = 6
"""Missed times are pointed out only where at least so many were given."""


class Line(StrEnum):
    """The lines of the return, in their order. The first word is the block that a line stands in."""

    MET_PEOPLE = "met_people"
    MET_VISITS = "met_visits"
    MET_MISSED = "met_missed"
    MET_CALLS = "met_calls"
    MET_REACHED = "met_reached"
    MET_SESSIONS = "met_sessions"
    MET_IN_SESSIONS = "met_in_sessions"
    GUIDED_REGISTERED = "guided_registered"
    GUIDED_AT_DESK = "guided_at_desk"
    GUIDED_INTERVIEWS = "guided_interviews"
    GUIDED_PLANS = "guided_plans"
    WORK_SENT = "work_sent"
    WORK_BY_PERSON = "work_by_person"
    WORK_ANSWERS = "work_answers"
    WORK_REGISTER = "work_register"
    WORK_EMPLOYER = "work_employer"
    WORK_PERSON = "work_person"
    WRONG_COMPLAINTS = "wrong_complaints"


class Gap(StrEnum):
    """What is missing or out of the ordinary."""

    NOT_OVER = "not_over"
    TIMES_OPEN = "times_open"
    INTERVIEWS_OPEN = "interviews_open"
    MANY_MISSED = "many_missed"
    FOR_GUARDIAN = "for_guardian"
    ANSWERS_LATE = "answers_late"
    ONLY_SAID = "only_said"
    COMPLAINTS_LATE = "complaints_late"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Span:
    """A day or a month as lived in the country; instants from `starts` until before `ends`."""

    key: str
    first: date
    last: date
    starts: datetime
    ends: datetime

    @property
    def is_month(self) -> bool:
        """True for a month."""
        return len(self.key) == len("2026-11")

    @property
    def before(self) -> str:
        """The key of the span before this one."""
        return self._shifted(self.first - timedelta(days=1))

    @property
    def after(self) -> str:
        """The key of the next one."""
        return self._shifted(self.last + timedelta(days=1))

    def _shifted(self, day: date) -> str:
        return day.isoformat()[:7] if self.is_month else day.isoformat()


def span_of(key: str) -> Span:
    """The span written YYYY-MM-DD or YYYY-MM. Raises ValueError for anything else."""
    zone = country().timezone
    if len(key) == len("2026-11"):
        starts, ends = month_bounds(key, zone)
        first = date.fromisoformat(f"{key}-01")
        return Span(key, first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1), starts, ends)
    day = date.fromisoformat(key)
    return Span(day.isoformat(), day, day, *day_bounds(day, zone))


@dataclass(frozen=True)
class Return:
    """What was done, line by line, and what is missing. `account` None: all of the office."""

    span: Span
    account: Account | None
    offices: list[str]
    numbers: dict[Line, int]
    gaps: list[tuple[Gap, int]]


def returns_to_read(actor: Actor, *, at: datetime) -> list[Account]:
    """The colleagues whose returns the actor may read beside the own one: for a manager, else nobody."""
    if not actor.holds("caseload.oversee"):
        return []
    return [one for one in people_desk_accounts(actor, at=at) if one.pk != actor.account_id]


def _whose(actor: Actor, whose: str, *, at: datetime) -> Account | None:
    if whose == MINE:
        held = account_by_id(actor.account_id) if actor.account_id is not None else None
        if held is None:
            raise NotFound("return")
        return held
    if not actor.holds("caseload.oversee"):
        raise NotFound("return")
    if whose == OFFICE:
        return None
    found = next((one for one in returns_to_read(actor, at=at) if str(one.pk) == whose), None)
    if found is None:
        raise NotFound("return")
    return found


def read_return(actor: Actor, span: Span, *, whose: str = MINE, at: datetime) -> Return:
    """The return of oneself, of a colleague or of the whole office: the last two for its manager only.

    Counts only: nobody is named. A fixed number of reads. Raises NotPermitted, and NotFound for somebody else's.
    """
    verb = "caseload.own" if whose == MINE else "caseload.oversee"
    if not actor.holds("caseload.own"):
        raise NotPermitted("caseload.own")
    account = _whose(actor, whose, at=at)
    offices = list(offices_of(actor, verb))
    keys, of = [one.pk for one in offices], account.pk if account is not None else None
    met = met_between(keys, account_id=of, starts=span.starts, ends=span.ends, at=at)
    guided = guided_between(
        keys, account_id=of, first=span.first, last=span.last, starts=span.starts, ends=span.ends
    )  # fmt: skip
    new = registered_in(keys, account_id=of, starts=span.starts, ends=span.ends)
    sent = sent_between(keys, account_id=of, starts=span.starts, ends=span.ends, at=at)
    placed = placed_between(keys, account_id=of, starts=span.starts, ends=span.ends)
    wrong, late = received_between(keys, account_id=of, starts=span.starts, ends=span.ends, on=today(at))
    numbers = _numbers(met, guided, new, sent, placed) | {Line.WRONG_COMPLAINTS: wrong}
    gaps = [(Gap.NOT_OVER, 1)] if span.ends > at else []
    share = policy_number("no_show_percent", on=today(at))
    gaps += gaps_of(met, guided, new, sent, placed, late=late, no_show_percent=share)
    if not any(numbers.values()):
        gaps.append((Gap.NOTHING, 1))
    return Return(span, account, [one.name for one in offices], numbers, gaps)


def _numbers(met: Met, guided: Guided, new: Registered, sent: Sent, placed: dict[str, int]) -> dict[Line, int]:
    return {
        Line.MET_PEOPLE: met.people,
        Line.MET_VISITS: met.visits,
        Line.MET_MISSED: met.missed,
        Line.MET_CALLS: met.calls,
        Line.MET_REACHED: met.reached,
        Line.MET_SESSIONS: met.sessions,
        Line.MET_IN_SESSIONS: met.in_sessions,
        Line.GUIDED_REGISTERED: new.people,
        Line.GUIDED_AT_DESK: new.at_desk,
        Line.GUIDED_INTERVIEWS: guided.interviews,
        Line.GUIDED_PLANS: guided.plans,
        Line.WORK_SENT: sent.sent,
        Line.WORK_BY_PERSON: sent.by_person,
        Line.WORK_ANSWERS: sent.answers,
        Line.WORK_REGISTER: placed.get(EvidenceGrade.CONFIRMED_BY_REGISTER, 0),
        Line.WORK_EMPLOYER: placed.get(EvidenceGrade.SAID_BY_EMPLOYER, 0),
        Line.WORK_PERSON: placed.get(EvidenceGrade.SAID_BY_PERSON, 0),
    }


def gaps_of(
    met: Met, guided: Guided, new: Registered, sent: Sent, placed: dict[str, int], *, late: int, no_show_percent: int
) -> list[tuple[Gap, int]]:
    """What a reader of the return has to know to read it right. Pure."""
    said = placed.get(EvidenceGrade.SAID_BY_PERSON, 0)
    found = [
        (Gap.TIMES_OPEN, met.left_open),
        (Gap.INTERVIEWS_OPEN, guided.interviews_open),
        (Gap.MANY_MISSED, met.missed if met.booked >= FEW and met.missed * 100 > met.booked * no_show_percent else 0),
        (Gap.FOR_GUARDIAN, new.for_guardian),
        (Gap.ANSWERS_LATE, sent.waiting),
        (Gap.ONLY_SAID, said),
        (Gap.COMPLAINTS_LATE, late),
    ]
    return [(gap, number) for gap, number in found if number]
