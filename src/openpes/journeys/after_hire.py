"""After a hire both sides are asked how it goes: a text with a link, one tap. Silence never counts as an answer."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from openpes.core import signed_refs
from openpes.core.actors import Actor, ActorKind, Grant, system
from openpes.core.decisions import NotFound
from openpes.journeys.never_began import follow
from openpes.journeys.telling import tell_firm, tell_person
from openpes.placements import checking
from openpes.placements.check_queries import check_by_ref, clock_checks
from openpes.placements.checking import check_days, sides_of, words_of
from openpes.placements.models import HireCheck
from openpes.placements.rules_checks import CheckAct, check_act
from openpes.placements.states import CheckChannel, CheckState, LeavingReason, Side
from openpes.reference.country import today

CLOCK = system("outcome.clock", label="clock")
SALT = "openpes.check"
AT_ONCE = 500
MARK = {Side.WORKER: "W", Side.EMPLOYER: "E"}


def check_url(check: HireCheck, side: Side) -> str:
    """The whole address of the link by which one side answers a check."""
    return settings.BASE_URL + reverse("web:hire_check", args=[signed_refs.sign(SALT, check.ref, about=side.value)])


def read_check_token(token: str) -> tuple[HireCheck, Side]:
    """The check and the side that a link names. Raises NotFound when altered."""
    for side in Side:
        with suppress(NotFound):
            return check_by_ref(signed_refs.read(SALT, token, about=side.value)), side
    raise NotFound("link")


def check_actor(check: HireCheck, side: Side) -> Actor:
    """The actor that the link makes of its holder: one side, to say how it goes at this one job."""
    outcome = check.outcome
    if side == Side.WORKER:
        person = outcome.jobseeker.person_id
        grant = Grant("signed_link", frozenset({"outcome.say_own"}), "person", person)
        return Actor(
            ActorKind.SIGNED_LINK, f"link:{check.ref}", (grant,), person_id=person, label="the person, by link"
        )
    grant = Grant("signed_link", frozenset({"outcome.say_employer"}), "employer", outcome.employer_id)
    return Actor(ActorKind.SIGNED_LINK, f"link:{check.ref}", (grant,), label="employer, by link")


@transaction.atomic
def answer_check(
    *,
    check: HireCheck,
    side: Side,
    works_there: bool,
    channel: CheckChannel,
    by: Actor,
    at: datetime,
    reason: LeavingReason | None = None,
    left_on: date | None = None,
) -> HireCheck:
    """One side says how it goes; when all say that the work never began, the place and the person are free again.

    Raises Refused or NotPermitted.
    """
    stood = check.outcome.never_began_at is None
    answered = checking.answer_check(
        check=check,
        side=side,
        works_there=works_there,
        channel=channel,
        reason=reason,
        left_on=left_on,
        by=by,
        at=at,
        on=today(at),
    )
    follow(answered.outcome, stood=stood, at=at)
    return answered


def run_check_clock(*, at: datetime, by: Actor = CLOCK) -> dict[str, int]:
    """Ask, ask again, close: whatever is due now. A second run at the same instant finds nothing more to do."""
    on = today(at)
    days = check_days(on)
    done = {"checks_asked": 0, "checks_reminded": 0, "checks_closed": 0}
    names = {CheckAct.ASK: "checks_asked", CheckAct.REMIND: "checks_reminded", CheckAct.CLOSE: "checks_closed"}
    for check in clock_checks(on=on, limit=AT_ONCE):
        act = check_act(
            state=CheckState(check.state),
            due_on=check.due_on,
            asked_at=check.asked_at,
            reminded_at=check.reminded_at,
            at=at,
            on=on,
            days=days,
        )
        if act != CheckAct.NOTHING:
            _act(check, act, by=by, at=at)
            done[names[act]] += 1
    return done


@transaction.atomic
def _act(check: HireCheck, act: CheckAct, *, by: Actor, at: datetime) -> None:
    if act == CheckAct.CLOSE:
        checking.close_check(check=check, by=by, at=at)
        return
    silent = [side for side in sides_of(check.outcome) if side not in words_of(check.answers.all())]
    checking.note_asked(check=check, again=act == CheckAct.REMIND, by=by, at=at)
    for side in silent:
        _ask(check, side, at)


def _ask(check: HireCheck, side: Side, at: datetime) -> None:
    """A text with the link of this side; no name and no firm in it, for a phone may be shared."""
    outcome, facts = check.outcome, {"link": check_url(check, side)}
    if side == Side.WORKER:
        tell_person(outcome.jobseeker, "check_worker", facts, at=at)
    elif outcome.employer is not None:
        title = outcome.vacancy.title if outcome.vacancy is not None else ""
        tell_firm(outcome.employer, "check_employer", {**facts, "title": title}, at=at)
