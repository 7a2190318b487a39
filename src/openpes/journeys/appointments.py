"""An appointment from the invitation to the chair: invite, choose, move, call off, remind; what follows a no-show."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from openpes.appointments import operations as appointments
from openpes.appointments import visits
from openpes.appointments.models import Appointment, GroupSession
from openpes.appointments.queries import (
    appointment_by_ref,
    clock_lapsed,
    clock_no_shows,
    clock_reminders,
    clock_second_invitations,
    pause_of,
    policy_on,
)
from openpes.appointments.rules import (
    AfterNoShow,
    Policy,
    Reminder,
    ReminderFacts,
    after_no_show,
    is_no_show,
    reminder_due,
)
from openpes.appointments.slots import day_bounds
from openpes.appointments.states import AppointmentKind, AppointmentState, CallRule, Way
from openpes.core.actors import Actor
from openpes.core.decisions import Refused
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import jobseeker_by_id
from openpes.journeys.booking_links import booking_url
from openpes.journeys.telling import tell_person
from openpes.messaging.queries import loud_from
from openpes.organisations.models import Office
from openpes.people.models import Account
from openpes.reference.country import country, today

AT_ONCE = 500
MISSED_LATELY = timedelta(days=14)


def local_words(moment: datetime) -> dict[str, str]:
    """Day and time of day as a text message writes them: the same in every language."""
    return {"date": today(moment).strftime("%d/%m/%Y"), "time": local_time(moment)}


def local_time(moment: datetime) -> str:
    """The time of day of an instant in the country."""
    return moment.astimezone(ZoneInfo(country().timezone)).strftime("%H:%M")


def tell(appointment: Appointment, kind: str, at: datetime, *, wait: bool = False) -> bool:
    """Text the person about an appointment; True when a text was written. STOP and a missing number are kept to.

    `wait`: nobody asked for this text just now, so it waits for the end of the quiet hours.
    """
    facts = {
        "ref": appointment.ref,
        "office": appointment.office.name,
        "phone": appointment.office.phone or appointment.office.name,
        "link": booking_url(appointment.ref),
        **(local_words(appointment.starts_at) if appointment.starts_at is not None else {"date": "", "time": ""}),
    }
    return tell_person(appointment.jobseeker, kind, facts, at=at, awaited=not wait) is not None


@transaction.atomic
def invite_person(
    *, jobseeker: Jobseeker, kind: AppointmentKind, by_text: bool, by: Actor, at: datetime,
    counsellor: Account | None = None,
) -> Appointment:  # fmt: skip
    """Invite a person to choose a time: by a text with a short link, or by a letter that the desk prints."""
    jobseeker = jobseeker_by_id(jobseeker.pk)
    appointment = appointments.invite(
        jobseeker=jobseeker,
        kind=kind,
        way=Way.SMS if by_text else Way.PAPER,
        counsellor=counsellor,
        by=by,
        at=at,
        on=today(at),
    )
    if by_text:
        tell(appointment, "invited", at, wait=True)
    return appointment


@transaction.atomic
def choose_time(
    *, appointment: Appointment, starts_at: datetime, counsellor: Account, way: Way, by: Actor, at: datetime
) -> Appointment:
    """Take a time for an invitation, or another one for what is booked; the person gets it in a text.

    Who chose it by text reads it in the answer to that text, so that no second one goes out.
    """
    appointment = appointment_by_ref(appointment.ref)
    if appointment.state == AppointmentState.INVITED:
        done = appointments.book_invitation(
            appointment=appointment, starts_at=starts_at, counsellor=counsellor, way=way, by=by, at=at
        )
        kind = "appointment_booked"
    else:
        done = appointments.move(
            appointment=appointment, starts_at=starts_at, counsellor=counsellor, way=way, by=by, at=at
        )
        kind = "appointment_moved"
    if way != Way.SMS:
        tell(done, kind, at)
    return done


@transaction.atomic
def book_time(
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
    chosen_by_rule: CallRule | None = None,
) -> Appointment:
    """Book a time without an invitation; an invitation that still waits for this person ends with it."""
    jobseeker = jobseeker_by_id(jobseeker.pk)
    done = appointments.book(
        jobseeker=jobseeker,
        office=office,
        kind=kind,
        starts_at=starts_at,
        counsellor=counsellor,
        way=way,
        by=by,
        at=at,
        minutes=minutes,
        chosen_by_rule=chosen_by_rule,
    )
    tell(done, "appointment_booked", at)
    return done


@transaction.atomic
def call_off(*, appointment: Appointment, way: Way, by: Actor, at: datetime) -> Appointment:
    """Call an appointment off. When the office does it, the person is told."""
    own = by.may("appointment.book_own", person_id=appointment.jobseeker.person_id)
    was_booked = appointment.starts_at is not None
    done = appointments.cancel(appointment=appointment, way=way, by=by, at=at)
    if was_booked and not own:
        tell(done, "appointment_cancelled", at)
    return done


@transaction.atomic
def put_on_roster(*, session: GroupSession, jobseeker: Jobseeker, by: Actor, at: datetime) -> Appointment:
    """Put a person on the roster of a group session and tell them."""
    appointment = visits.add_to_roster(
        session=session, jobseeker=jobseeker_by_id(jobseeker.pk), way=Way.DESK, by=by, at=at
    )
    tell(appointment, "appointment_booked", at, wait=True)
    return appointment


@transaction.atomic
def call_session_off(*, session: GroupSession, by: Actor, at: datetime) -> int:
    """Call a group session off and tell everybody on the roster. Returns how many."""
    told = visits.cancel_session(session=session, by=by, at=at)
    for appointment in told:
        tell(appointment, "appointment_cancelled", at, wait=True)
    return len(told)


def run_appointment_clock(*, at: datetime, by: Actor) -> dict[str, int]:
    """What time alone sets off about appointments. Doing it twice changes nothing the second time."""
    policy = policy_on(today(at))
    return {
        "appointment_reminders": _remind(policy, at=at, by=by),
        "appointments_missed": _write_no_shows(policy, at=at, by=by),
        "invited_again": _follow_no_shows(policy, at=at, by=by),
        "invitations_lapsed": _lapse(at=at, by=by),
    }


def _remind(policy: Policy, *, at: datetime, by: Actor) -> int:
    if loud_from(at) != at:
        return 0  # quiet hours: the next tick after them reminds, as long as the time is still ahead
    sent, zone = 0, country().timezone
    for one in clock_reminders(at=at, limit=AT_ONCE):
        if one.starts_at is None or one.booked_at is None:
            continue
        facts = ReminderFacts(
            starts_at=one.starts_at,
            day_starts=day_bounds(today(one.starts_at), zone)[0],
            booked_at=one.booked_at,
            reminded_day_at=one.reminded_day_at,
            reminded_morning_at=one.reminded_morning_at,
        )
        due = reminder_due(facts, at=at, policy=policy)
        if due != Reminder.NONE:
            with transaction.atomic():
                written = tell(one, "appointment_reminder", at)
                appointments.note_reminder(appointment=one, morning=due == Reminder.MORNING, sent=written, by=by, at=at)
            sent += written
    return sent


def _write_no_shows(policy: Policy, *, at: datetime, by: Actor) -> int:
    missed = 0
    for one in clock_no_shows(at=at, limit=AT_ONCE):
        # A group is ticked by its leader, for everybody at once.
        if one.session_id is None and is_no_show(
            state=AppointmentState(one.state), starts_at=one.starts_at, at=at, policy=policy
        ):
            appointments.mark_no_show(appointment=one, by=by, at=at)
            missed += 1
    return missed


def _follow_no_shows(policy: Policy, *, at: datetime, by: Actor) -> int:
    invited, on = 0, today(at)
    due = at - timedelta(days=policy.second_invitation_days)
    for one in clock_second_invitations(missed_before=due, missed_since=due - MISSED_LATELY, limit=AT_ONCE):
        paused = pause_of(one.jobseeker_id, on=on) is not None
        act = after_no_show(
            invitations=one.invitation_number, paused=paused, served=one.jobseeker.state == "active", policy=policy
        )
        with transaction.atomic():
            if act == AfterNoShow.RAISE_TASK:
                appointments.raise_task(appointment=one, by=by, at=at)
            if act == AfterNoShow.INVITE_AGAIN:
                try:
                    again = appointments.invite(
                        jobseeker=jobseeker_by_id(one.jobseeker_id),
                        kind=AppointmentKind(one.kind),
                        way=Way.CLOCK,
                        by=by,
                        at=at,
                        on=on,
                        follows=one,
                        automatic=True,
                    )
                except Refused:
                    continue  # invited otherwise in the meantime
                tell(again, "invited_again", at, wait=True)
                invited += 1
    return invited


def _lapse(*, at: datetime, by: Actor) -> int:
    lapsed = list(clock_lapsed(on=today(at), limit=AT_ONCE))
    for one in lapsed:
        appointments.cancel(appointment=one, way=Way.CLOCK, by=by, at=at, lapsed=True)
    return len(lapsed)
