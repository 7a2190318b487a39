"""Writes about appointments. Every step is an event; a held time is a row that a constraint keeps single."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from openpes.appointments.access import require_at_office, require_may_change
from openpes.appointments.models import (
    Appointment,
    AppointmentEvent,
    CallWish,
    Contact,
    GroupSession,
    HeldTime,
    InvitationPause,
    NoTexts,
    QueueTicket,
    Room,
)
from openpes.appointments.queries import WITH_ALL, minutes_of, open_invitation, pause_of, policy_on, slots_at
from openpes.appointments.rules import BookFacts, may_arrive, may_book, may_change_alone, may_move, tens
from openpes.appointments.slots import day_bounds
from openpes.appointments.states import (
    AppointmentEventKind,
    AppointmentKind,
    AppointmentState,
    CallRule,
    ContactResult,
    ContactWay,
    PauseReason,
    Way,
)
from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import NotPermitted, Reason, Refused, no
from openpes.core.privacy import erase_rows
from openpes.jobseekers.models import Jobseeker
from openpes.organisations.models import Office
from openpes.people.models import Account
from openpes.reference.country import country, today

SERVED = frozenset({"active", "sleeping", "in_work", "waiting_for_guardian"})


def _event(
    appointment: Appointment, kind: AppointmentEventKind, *, way: Way, by: Actor, at: datetime, **detail: Any
) -> None:
    AppointmentEvent.objects.create(appointment=appointment, kind=kind, at=at, way=way, actor=by.log_key, detail=detail)


def _log(appointment: Appointment, verb: str, by: Actor, at: datetime, **detail: Any) -> None:
    record_change(
        by=by,
        at=at,
        verb=f"appointment.{verb}",
        thing=f"appointment:{appointment.ref}",
        subject=appointment.jobseeker.person.log_key,
        detail=detail,
    )


def hold(
    *,
    starts_at: datetime,
    minutes: int,
    holders: list[str],
    appointment: Appointment | None = None,
    session: GroupSession | None = None,
) -> None:
    """Take a time for everybody who needs it, or nothing. Raises Refused when another transaction was quicker."""
    rows = [
        HeldTime(holder=holder, starts_at=piece, appointment=appointment, session=session)
        for holder in holders
        for piece in tens(starts_at, minutes)
    ]
    try:
        with transaction.atomic():
            HeldTime.objects.bulk_create(rows)
    except IntegrityError as error:
        raise Refused(no(Reason("time_taken"))) from error


def _holders(jobseeker_id: int, account_id: int | None, room: Room | None) -> list[str]:
    holders = [f"p{jobseeker_id}"]
    if account_id is not None:
        holders.append(f"c{account_id}")
    if room is not None and room.places == 1:
        holders.append(f"r{room.pk}")
    return holders


def _locked(appointment: Appointment) -> Appointment:
    return Appointment.objects.select_for_update(of=("self",)).select_related(*WITH_ALL).get(pk=appointment.pk)


def _move(appointment: Appointment, to: AppointmentState) -> None:
    decision = may_move(now_in=AppointmentState(appointment.state), to=to)
    if decision.refused:
        raise Refused(decision)
    appointment.state = to


@transaction.atomic
def invite(
    *,
    jobseeker: Jobseeker,
    kind: AppointmentKind,
    way: Way,
    by: Actor,
    at: datetime,
    on: date,
    counsellor: Account | None = None,
    follows: Appointment | None = None,
    automatic: bool = False,
) -> Appointment:
    """Ask a person to choose a time. One invitation a person waits at a time; a pause stops only the automatic ones."""
    if not by.everywhere("appointment.clock"):
        require_at_office("appointment.invite", by, jobseeker.office_id)
    if jobseeker.state not in SERVED:
        raise Refused(no(Reason("not_served")))
    if open_invitation(jobseeker.pk) is not None:
        raise Refused(no(Reason("already_invited")))
    if automatic and pause_of(jobseeker.pk, on=on) is not None:
        raise Refused(no(Reason("invitations_rest")))
    number = follows.invitation_number + 1 if follows is not None else 1
    appointment = Appointment.objects.create(
        jobseeker=jobseeker,
        office_id=jobseeker.office_id,
        counsellor=counsellor,
        kind=kind,
        state=AppointmentState.INVITED,
        minutes=minutes_of(kind, on=on),
        invited_at=at,
        answer_by=on + timedelta(days=policy_on(on).invitation_days),
        invitation_number=number,
        follows=follows,
    )
    _event(appointment, AppointmentEventKind.INVITED, way=way, by=by, at=at, number=number)
    _log(appointment, "invite", by, at, kind=kind.value, number=number)
    return appointment


def _may_have(appointment: Appointment, starts_at: datetime, counsellor: Account, *, at: datetime) -> None:
    """Raises Refused unless the time is one that the office offers."""
    free = slots_at(appointment.office, minutes=10, at=at, first=today(starts_at), days=1, accounts=[counsellor])
    # A time may begin between two that are shown, as long as all its pieces are free and inside the hours.
    offered = {slot.starts_at for slot in free}
    try:
        is_free = set(tens(starts_at, appointment.minutes)) <= offered
    except ValueError:
        is_free = False  # off the grid: no time that was ever shown
    decision = may_book(
        BookFacts(
            minutes=appointment.minutes,
            starts_at=starts_at,
            is_free=is_free,
            jobseeker_is_served=appointment.jobseeker.state in SERVED,
        ),
        at=at,
    )
    if decision.refused:
        raise Refused(decision)


def _take(appointment: Appointment, starts_at: datetime, counsellor: Account, room: Room | None, at: datetime) -> None:
    appointment.counsellor, appointment.room = counsellor, room
    appointment.starts_at, appointment.booked_at = starts_at, at
    appointment.save()
    hold(
        starts_at=starts_at,
        minutes=appointment.minutes,
        holders=_holders(appointment.jobseeker_id, counsellor.pk, room),
        appointment=appointment,
    )


@transaction.atomic
def book_invitation(
    *, appointment: Appointment, starts_at: datetime, counsellor: Account, way: Way, by: Actor, at: datetime
) -> Appointment:
    """The person (or the office for them) chooses a time of an invitation. Raises Refused when it is taken."""
    require_may_change(by, appointment)
    appointment = _locked(appointment)
    _move(appointment, AppointmentState.BOOKED)
    _may_have(appointment, starts_at, counsellor, at=at)
    _take(appointment, starts_at, counsellor, None, at)
    _event(appointment, AppointmentEventKind.BOOKED, way=way, by=by, at=at, starts_at=starts_at.isoformat())
    _log(appointment, "book", by, at)
    return appointment


@transaction.atomic
def book(
    *,
    jobseeker: Jobseeker,
    office: Office,
    kind: AppointmentKind,
    starts_at: datetime,
    counsellor: Account,
    way: Way,
    by: Actor,
    at: datetime,
    minutes: int | None = None,
    room: Room | None = None,
    chosen_by_rule: CallRule | None = None,
) -> Appointment:
    """Book a time without an invitation: at the desk, by phone, or by the person's own account."""
    own = by.may("appointment.book_own", person_id=jobseeker.person_id)
    if not own:
        require_at_office("appointment.book", by, office.pk)
    if own and jobseeker.office_id != office.pk:
        raise NotPermitted("appointment.book_own")
    appointment = Appointment(
        jobseeker=jobseeker,
        office=office,
        kind=kind,
        state=AppointmentState.BOOKED,
        minutes=minutes or minutes_of(kind, on=today(at)),
        chosen_by_rule=chosen_by_rule or "",
    )
    _may_have(appointment, starts_at, counsellor, at=at)
    _take(appointment, starts_at, counsellor, room, at)
    _event(appointment, AppointmentEventKind.BOOKED, way=way, by=by, at=at, starts_at=starts_at.isoformat())
    _log(appointment, "book", by, at, rule=appointment.chosen_by_rule)
    return appointment


@transaction.atomic
def move(
    *, appointment: Appointment, starts_at: datetime, counsellor: Account, way: Way, by: Actor, at: datetime
) -> Appointment:
    """Give a booked appointment another time. The old row stays as moved; the new one is returned."""
    own = require_may_change(by, appointment)
    old = _locked(appointment)
    if old.session_id is not None:
        raise Refused(no(Reason("group_time_is_fixed")))
    if own:
        decision = may_change_alone(starts_at=old.starts_at, at=at, policy=policy_on(today(at)))
        if decision.refused:
            raise Refused(decision)
    _move(old, AppointmentState.MOVED)
    old.ended_at = at
    old.save(update_fields=["state", "ended_at"])
    old.held.all().delete()
    fresh = Appointment(
        jobseeker=old.jobseeker,
        office=old.office,
        kind=old.kind,
        state=AppointmentState.BOOKED,
        minutes=old.minutes,
        invited_at=old.invited_at,
        invitation_number=old.invitation_number,
        follows=old,
        chosen_by_rule=old.chosen_by_rule,
    )
    _may_have(fresh, starts_at, counsellor, at=at)
    _take(fresh, starts_at, counsellor, old.room, at)
    _event(old, AppointmentEventKind.MOVED, way=way, by=by, at=at, to=fresh.ref)
    _event(fresh, AppointmentEventKind.BOOKED, way=way, by=by, at=at, moved_from=old.ref)
    _log(fresh, "move", by, at, moved_from=old.ref)
    return fresh


@transaction.atomic
def cancel(*, appointment: Appointment, way: Way, by: Actor, at: datetime, lapsed: bool = False) -> Appointment:
    """Call an appointment or an invitation off; its time is free again. No reason is asked: nobody must explain."""
    own = False
    if not by.everywhere("appointment.clock"):
        own = require_may_change(by, appointment)
    appointment = _locked(appointment)
    if own and appointment.state == AppointmentState.BOOKED:
        decision = may_change_alone(starts_at=appointment.starts_at, at=at, policy=policy_on(today(at)))
        if decision.refused:
            raise Refused(decision)
    _move(appointment, AppointmentState.CANCELLED)
    appointment.ended_at = at
    appointment.save(update_fields=["state", "ended_at"])
    appointment.held.all().delete()
    _event(appointment, AppointmentEventKind.CANCELLED, way=way, by=by, at=at, lapsed=lapsed)
    _log(appointment, "lapse" if lapsed else "cancel", by, at)
    return appointment


@transaction.atomic
def arrive(*, appointment: Appointment, by: Actor, at: datetime) -> Appointment:
    """Tick at the desk that somebody is here."""
    require_at_office("appointment.book", by, appointment.office_id)
    appointment = _locked(appointment)
    starts = day_bounds(today(at), country().timezone)[0]
    decision = may_arrive(
        now_in=AppointmentState(appointment.state),
        starts_at=appointment.starts_at or at,
        today_starts=starts,
        at=at,
    )
    if decision.refused:
        raise Refused(decision)
    appointment.state, appointment.arrived_at = AppointmentState.ARRIVED, at
    appointment.save(update_fields=["state", "arrived_at"])
    _event(appointment, AppointmentEventKind.ARRIVED, way=Way.DESK, by=by, at=at)
    _log(appointment, "arrive", by, at)
    return appointment


@transaction.atomic
def mark_seen(*, appointment: Appointment, by: Actor, at: datetime, happened_at: datetime | None = None) -> Appointment:
    """The conversation has taken place; the contact is written down with it.

    `happened_at`: when it was, if it is keyed in later from paper.
    """
    then = happened_at or at
    require_at_office("appointment.book", by, appointment.office_id)
    appointment = _locked(appointment)
    if appointment.starts_at is not None and appointment.starts_at > at + timedelta(hours=12):
        raise Refused(no(Reason("not_today")))
    _move(appointment, AppointmentState.SEEN)
    appointment.arrived_at = appointment.arrived_at or then
    appointment.ended_at = then
    appointment.save(update_fields=["state", "arrived_at", "ended_at"])
    _event(appointment, AppointmentEventKind.SEEN, way=Way.DESK, by=by, at=at)
    Contact.objects.create(
        jobseeker=appointment.jobseeker,
        office=appointment.office,
        at=then,
        way=ContactWay.CALL if appointment.kind == AppointmentKind.PHONE else ContactWay.APPOINTMENT,
        result=ContactResult.CAME,
        by_id=by.account_id,
    )
    _log(appointment, "seen", by, at)
    return appointment


@transaction.atomic
def mark_no_show(*, appointment: Appointment, by: Actor, at: datetime) -> Appointment:
    """Somebody did not come: written down, and nothing else. What follows is an invitation or a call, no sanction."""
    if not by.everywhere("appointment.clock"):
        raise NotPermitted("appointment.clock")
    appointment = _locked(appointment)
    _move(appointment, AppointmentState.NO_SHOW)
    appointment.save(update_fields=["state"])
    _event(appointment, AppointmentEventKind.NO_SHOW, way=Way.CLOCK, by=by, at=at)
    _log(appointment, "no_show", by, at)
    return appointment


@transaction.atomic
def note_reminder(*, appointment: Appointment, morning: bool, sent: bool, by: Actor, at: datetime) -> Appointment:
    """A reminder was due: write down that it went out, or that there is no number to send it to."""
    field = "reminded_morning_at" if morning else "reminded_day_at"
    setattr(appointment, field, at)
    appointment.save(update_fields=[field])
    _event(appointment, AppointmentEventKind.REMINDED, way=Way.CLOCK, by=by, at=at, morning=morning, sent=sent)
    return appointment


@transaction.atomic
def raise_task(*, appointment: Appointment, by: Actor, at: datetime) -> Appointment:
    """Ask a counsellor to call somebody who was invited twice and did not come."""
    appointment = _locked(appointment)
    if appointment.task_raised_at is None:
        appointment.task_raised_at = at
        appointment.save(update_fields=["task_raised_at"])
        _event(appointment, AppointmentEventKind.TASK_RAISED, way=Way.CLOCK, by=by, at=at)
    return appointment


def end_tasks(*, jobseeker_id: int, by: Actor, at: datetime) -> int:
    """A call was made, whatever came of it: the task of calling this person is done. In the caller's transaction."""
    rows = list(Appointment.objects.filter(jobseeker=jobseeker_id, task_raised_at__isnull=False, task_done_at=None))
    for row in rows:
        row.task_done_at = at
        row.save(update_fields=["task_done_at"])
        _event(row, AppointmentEventKind.TASK_DONE, way=Way.PHONE_CALL, by=by, at=at)
    return len(rows)


@transaction.atomic
def note_letter(*, appointment: Appointment, by: Actor, at: datetime) -> None:
    """A letter was made: paper counts as an invitation, so it is a step like a text."""
    require_at_office("appointment.invite", by, appointment.office_id)
    _event(appointment, AppointmentEventKind.LETTER_PRINTED, way=Way.PAPER, by=by, at=at)
    _log(appointment, "letter", by, at)


@transaction.atomic
def pause_invitations(
    *, jobseeker: Jobseeker, reason: PauseReason, last_day: date, by: Actor, at: datetime, on: date
) -> InvitationPause:
    """Let automatic invitations rest until a day, with a reason. A pause that runs is replaced."""
    require_at_office("appointment.invite", by, jobseeker.office_id)
    if last_day < on:
        raise Refused(no(Reason("pause_in_the_past")))
    InvitationPause.objects.filter(jobseeker=jobseeker, ended_at=None).update(ended_at=at)
    pause = InvitationPause.objects.create(
        jobseeker=jobseeker, reason=reason, first_day=on, last_day=last_day, set_by=by.log_key, set_at=at
    )
    record_change(
        by=by, at=at, verb="appointment.pause", thing=f"jobseeker:{jobseeker.ref}", subject=jobseeker.person.log_key
    )
    return pause


@transaction.atomic
def end_pause(*, jobseeker: Jobseeker, by: Actor, at: datetime) -> int:
    """Invite this person again."""
    require_at_office("appointment.invite", by, jobseeker.office_id)
    ended = InvitationPause.objects.filter(jobseeker=jobseeker, ended_at=None).update(ended_at=at)
    if ended:
        record_change(
            by=by,
            at=at,
            verb="appointment.resume",
            thing=f"jobseeker:{jobseeker.ref}",
            subject=jobseeker.person.log_key,
        )
    return ended


def erase_person(*, person_id: int, by: Actor, at: datetime) -> int:
    """Forget a person in this room. Inside the journey's transaction; what is still to come is called off first."""
    rows = Appointment.objects.filter(jobseeker__person=person_id, state__in=["invited", "booked", "arrived"])
    for row in rows:
        row.state, row.ended_at = AppointmentState.CANCELLED, at
        row.save(update_fields=["state", "ended_at"])
        row.held.all().delete()
        _event(row, AppointmentEventKind.CANCELLED, way=Way.WEB, by=by, at=at)
    return sum(
        erase_rows(table, person_id)
        for table in (InvitationPause, QueueTicket, Contact, NoTexts, CallWish, Appointment)
    )
