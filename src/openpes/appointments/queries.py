"""Reads of the appointments room: free times, a day at an office, one person's appointments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from openpes.appointments.access import visible_to
from openpes.appointments.models import (
    Absence,
    Appointment,
    AppointmentEvent,
    CalendarFeed,
    CallWish,
    Contact,
    HeldTime,
    InvitationPause,
    NoTexts,
    OpeningException,
    OpeningTime,
    QueueTicket,
    Room,
    WorkingTime,
)
from openpes.appointments.rules import Policy
from openpes.appointments.slots import Counsellor, OfficeHours, Slot, Span, day_bounds, free_slots
from openpes.appointments.states import HOLDS_TIME, OPEN, AppointmentKind, AppointmentState
from openpes.core.access_log import record_view
from openpes.core.actors import Actor
from openpes.core.decisions import NotFound
from openpes.core.ids import fold_ref, keyed_hash
from openpes.core.privacy import export_rows
from openpes.organisations.models import Office
from openpes.organisations.queries import staff_of_office
from openpes.people.models import Account
from openpes.reference.country import country, today
from openpes_countries.rules_days import holidays_of

WITH_ALL = ("jobseeker__person", "jobseeker__office", "office", "counsellor", "room", "session")
SERVES = frozenset({"counsellor", "office_manager"})


def policy_on(on: date) -> Policy:
    """The country's choices about appointments on a day."""
    pack = country()

    def whole(key: str) -> int:
        return int(pack.value(f"appointments.{key}", on=on).value)

    return Policy(
        show_days=whole("show_days"),
        invitation_days=whole("invitation_days"),
        latest_change_minutes=whole("latest_change_minutes"),
        grace_minutes=whole("grace_minutes"),
        second_invitation_days=whole("second_invitation_days"),
        invitations_before_task=whole("invitations_before_task"),
        remind_day_before_at=time.fromisoformat(str(pack.value("appointments.remind_day_before_at", on=on).value)),
        remind_morning_minutes=whole("remind_morning_minutes"),
    )


def minutes_of(kind: AppointmentKind, *, on: date) -> int:
    """How long an appointment of a kind is, by the country's policy."""
    key = {
        AppointmentKind.FIRST_INTERVIEW: "first_interview_minutes",
        AppointmentKind.PHONE: "phone_minutes",
    }.get(kind, "follow_up_minutes")
    return int(country().value(f"appointments.{key}", on=on).value)


def office_hours(office: Office, *, first: date, last: date) -> OfficeHours:
    """When an office is open from a day to another, with the country's weekend and holidays.

    An office that has written down no week yet has no hours: nobody can book, and the desk is told so.
    """
    weekly: dict[int, list[Span]] = {}
    for row in OpeningTime.objects.filter(office=office):
        weekly.setdefault(row.weekday, []).append(Span(row.opens, row.closes))
    exceptions = {
        row.on: [Span(row.opens, row.closes)] if row.opens and row.closes else []
        for row in OpeningException.objects.filter(office=office, on__gte=first, on__lte=last)
    }
    pack = country()
    holidays = frozenset(one.on for year in range(first.year, last.year + 1) for one in holidays_of(pack, year=year))
    # A week written down says itself which days are worked; the pack's weekend counts for the days left out.
    return OfficeHours(weekly, exceptions, frozenset(pack.calendar.weekend) - frozenset(weekly), holidays)


def counsellors_at(office: Office) -> list[Account]:
    """The accounts that serve people at an office now, by name."""
    return [row.account for row in staff_of_office(office) if row.role == "counsellor"]


def servers_at(office: Office, accounts: Sequence[Account], *, first: date, last: date) -> list[Counsellor]:
    """These accounts with their working times and absences in a span of days."""
    keys = [one.pk for one in accounts]
    weekly: dict[int, dict[int, list[Span]]] = {}
    for row in WorkingTime.objects.filter(office=office, account__in=keys):
        weekly.setdefault(row.account_id, {}).setdefault(row.weekday, []).append(Span(row.starts, row.ends))
    absent: dict[int, list[tuple[date, date]]] = {}
    for gone in Absence.objects.filter(account__in=keys, last_day__gte=first, first_day__lte=last):
        absent.setdefault(gone.account_id, []).append((gone.first_day, gone.last_day))
    return [Counsellor(key, weekly.get(key, {}), tuple(absent.get(key, ()))) for key in keys]


def held_times(
    keys: Iterable[int], *, starts: datetime, ends: datetime, prefix: str = "c"
) -> dict[int, frozenset[datetime]]:
    """The ten-minute pieces that are taken, by key of the account (or registration, or room)."""
    wanted = {f"{prefix}{key}": key for key in keys}
    found: dict[int, set[datetime]] = {}
    rows = HeldTime.objects.filter(holder__in=wanted, starts_at__gte=starts, starts_at__lt=ends)
    for holder, piece in rows.values_list("holder", "starts_at"):
        found.setdefault(wanted[holder], set()).add(piece)
    return {key: frozenset(pieces) for key, pieces in found.items()}


def slots_at(
    office: Office,
    *,
    minutes: int,
    at: datetime,
    first: date | None = None,
    days: int | None = None,
    accounts: Sequence[Account] | None = None,
) -> list[Slot]:
    """Free times at an office from a day on, in the order of time: five queries whatever the number.

    `accounts`: only with these; else with everybody who serves people there.
    """
    begins = max(first or today(at), today(at))
    number = days if days is not None else policy_on(begins).show_days
    wanted = [begins + timedelta(days=offset) for offset in range(number)]
    if not wanted:
        return []
    zone = country().timezone
    with_whom = counsellors_at(office) if accounts is None else list(accounts)
    starts, ends = day_bounds(wanted[0], zone)[0], day_bounds(wanted[-1], zone)[1]
    return free_slots(
        days=wanted,
        hours=office_hours(office, first=wanted[0], last=wanted[-1]),
        counsellors=servers_at(office, with_whom, first=wanted[0], last=wanted[-1]),
        held=held_times([one.pk for one in with_whom], starts=starts, ends=ends),
        minutes=minutes,
        zone=zone,
        after=at,
    )


def appointment_for(actor: Actor, ref: str, *, at: datetime) -> Appointment:
    """An appointment that the actor may see; somebody else's view is logged. Raises NotFound."""
    row = visible_to(actor).filter(ref=fold_ref(ref)).select_related(*WITH_ALL).prefetch_related("events").first()
    if row is None:
        raise NotFound("appointment")
    if actor.person_id != row.jobseeker.person_id:
        record_view(by=actor, at=at, subject=row.jobseeker.person.log_key, thing=f"appointment:{row.ref}")
    return row


def appointment_by_ref(ref: str) -> Appointment:
    """An appointment by reference, for a signed link that names it. Raises NotFound."""
    row = Appointment.objects.filter(ref=ref).select_related(*WITH_ALL).prefetch_related("events").first()
    if row is None:
        raise NotFound("appointment")
    return row


def latest_of(appointment: Appointment) -> Appointment:
    """The successor at the end of a chain of moves, so that an old link leads to the time that is valid."""
    seen = {appointment.pk}
    while appointment.state == AppointmentState.MOVED:
        following = Appointment.objects.filter(follows=appointment).select_related(*WITH_ALL).order_by("-pk").first()
        if following is None or following.pk in seen:
            break
        seen.add(following.pk)
        appointment = following
    return appointment


def own_appointments(actor: Actor) -> QuerySet[Appointment]:
    """The appointments of the person who asks, what is open first."""
    return (
        Appointment.objects.filter(jobseeker__person__in=actor.scope_ids("appointment.view_own", "person"))
        .exclude(state=AppointmentState.MOVED)
        .select_related(*WITH_ALL)
        .order_by("-pk")
    )


def appointments_of(actor: Actor, jobseeker_id: int, *, limit: int = 20) -> list[Appointment]:
    """The appointments of one person that the actor may see, the newest first."""
    rows = visible_to(actor).filter(jobseeker=jobseeker_id).exclude(state=AppointmentState.MOVED)
    return list(rows.select_related(*WITH_ALL).order_by("-pk")[:limit])


def open_invitation(jobseeker_id: int) -> Appointment | None:
    """The invitation that waits for the person's choice, or None."""
    rows = Appointment.objects.filter(jobseeker=jobseeker_id, state=AppointmentState.INVITED)
    return rows.select_related(*WITH_ALL).order_by("-pk").first()


def has_open_appointment(jobseeker_id: int) -> bool:
    """Is this person invited or booked?"""
    return Appointment.objects.filter(jobseeker=jobseeker_id, state__in=OPEN).exists()


def on_day(office_ids: Iterable[int], *, starts: datetime, ends: datetime) -> list[Appointment]:
    """What stands in the calendars of offices in a span of instants, in the order of time, without what was moved."""
    rows = Appointment.objects.filter(office__in=list(office_ids), starts_at__gte=starts, starts_at__lt=ends)
    rows = rows.exclude(state__in=[AppointmentState.MOVED, AppointmentState.CANCELLED])
    return list(rows.select_related(*WITH_ALL).order_by("starts_at", "pk"))


def no_shows(office_ids: Iterable[int], *, starts: datetime, ends: datetime, limit: int = 50) -> list[Appointment]:
    """Who did not come to what in a span of instants."""
    rows = Appointment.objects.filter(
        office__in=list(office_ids), state=AppointmentState.NO_SHOW, starts_at__gte=starts, starts_at__lt=ends
    )
    return list(rows.select_related(*WITH_ALL).order_by("starts_at", "pk")[:limit])


def to_phone(office_ids: Iterable[int], *, limit: int | None = None) -> list[Appointment]:
    """People who were invited as often as the policy says and did not come: a counsellor is asked to call them."""
    rows = Appointment.objects.filter(
        office__in=list(office_ids), task_raised_at__isnull=False, task_done_at=None
    ).select_related(*WITH_ALL)
    return list(rows.order_by("task_raised_at", "pk")[:limit])


def clock_reminders(*, at: datetime, limit: int) -> list[Appointment]:
    """Booked appointments of the next two days that a reminder may be due for; the rule then decides."""
    rows = Appointment.objects.filter(
        state=AppointmentState.BOOKED, starts_at__gt=at, starts_at__lte=at + timedelta(days=2)
    ).filter(Q(reminded_day_at=None) | Q(reminded_morning_at=None))
    return list(rows.select_related(*WITH_ALL).order_by("starts_at", "pk")[:limit])


def clock_no_shows(*, at: datetime, limit: int) -> list[Appointment]:
    """Booked appointments whose time has come and that nobody has ticked; the rule then decides."""
    rows = Appointment.objects.filter(state=AppointmentState.BOOKED, starts_at__lte=at)
    return list(rows.select_related(*WITH_ALL).order_by("starts_at", "pk")[:limit])


def clock_second_invitations(*, missed_before: datetime, missed_since: datetime, limit: int) -> list[Appointment]:
    """Appointments that somebody missed and that nothing has followed yet."""
    rows = Appointment.objects.filter(
        state=AppointmentState.NO_SHOW,
        starts_at__lte=missed_before,
        starts_at__gt=missed_since,
        task_raised_at=None,
        followed_by=None,
        session=None,
    )
    return list(rows.select_related(*WITH_ALL).order_by("starts_at", "pk")[:limit])


def clock_lapsed(*, on: date, limit: int) -> list[Appointment]:
    """Invitations that nobody has answered in time."""
    rows = Appointment.objects.filter(state=AppointmentState.INVITED, answer_by__lt=on)
    return list(rows.select_related(*WITH_ALL).order_by("answer_by", "pk")[:limit])


def missed_in_a_row(jobseeker_id: int) -> int:
    """How often a person has not come since they last came."""
    states = Appointment.objects.filter(
        jobseeker=jobseeker_id, state__in=[AppointmentState.NO_SHOW, AppointmentState.SEEN]
    ).order_by("-starts_at", "-pk")
    count = 0
    for state in states.values_list("state", flat=True)[:10]:
        if state != AppointmentState.NO_SHOW:
            break
        count += 1
    return count


def pause_of(jobseeker_id: int, *, on: date) -> InvitationPause | None:
    """The pause of automatic invitations that is in force on a day, or None."""
    return InvitationPause.objects.filter(
        jobseeker=jobseeker_id, ended_at=None, first_day__lte=on, last_day__gte=on
    ).first()


def said_stop(jobseeker_ids: Iterable[int]) -> frozenset[int]:
    """Which of these registrations want no texts."""
    rows = NoTexts.objects.filter(jobseeker__in=list(jobseeker_ids), ended_at=None)
    return frozenset(rows.values_list("jobseeker", flat=True))


def feed_by_key(key: str, *, secret: str) -> CalendarFeed:
    """The calendar behind a secret address. Raises NotFound."""
    row = CalendarFeed.objects.filter(key_hash=keyed_hash(key, secret)).select_related("account").first()
    if row is None:
        raise NotFound("calendar")
    return row


def has_feed(account_id: int) -> bool:
    """Has this account a calendar address?"""
    return CalendarFeed.objects.filter(account=account_id).exists()


def calendar_of(account_id: int, *, since: datetime, limit: int = 500) -> list[Appointment]:
    """What a calendar shows of one counsellor: times held since an instant."""
    rows = Appointment.objects.filter(counsellor=account_id, state__in=HOLDS_TIME, starts_at__gte=since, session=None)
    return list(rows.select_related("office", "room").order_by("starts_at", "pk")[:limit])


def rooms_of(office: Office, *, in_use: bool = True) -> list[Room]:
    """The rooms and desks of an office, by name."""
    rows = Room.objects.filter(office=office)
    return list((rows.filter(in_use=True) if in_use else rows).order_by("name"))


def room_of(office: Office, key: str) -> Room | None:
    """A room of an office by its key as typed, or None."""
    return Room.objects.filter(office=office, pk=int(key)).first() if key.isdigit() else None


def opening_times(office: Office) -> list[OpeningTime]:
    """The week of an office."""
    return list(OpeningTime.objects.filter(office=office).order_by("weekday", "opens"))


def exceptions_from(office: Office, day: date, *, limit: int = 60) -> list[OpeningException]:
    """The days that are not like the others, from a day on."""
    return list(OpeningException.objects.filter(office=office, on__gte=day).order_by("on")[:limit])


def working_times(office: Office, account_id: int) -> list[WorkingTime]:
    """When one counsellor serves people at an office."""
    return list(WorkingTime.objects.filter(office=office, account=account_id).order_by("weekday", "starts"))


def absences_from(account_id: int, day: date) -> list[Absence]:
    """When one counsellor is not there, from a day on."""
    return list(Absence.objects.filter(account=account_id, last_day__gte=day).order_by("first_day"))


def wishes_on(account_id: int, on: date) -> dict[int, CallWish]:
    """Whom a counsellor moved up, down or out of a day's proposals, by registration."""
    return {row.jobseeker_id: row for row in CallWish.objects.filter(account=account_id, on=on).order_by("said_at")}


def count_seen_by(office_ids: Iterable[int], *, starts: datetime, ends: datetime) -> int:
    """How many times were held at offices in a span of instants."""
    rows = Appointment.objects.filter(office__in=list(office_ids), starts_at__gte=starts, starts_at__lt=ends)
    return rows.filter(state__in=HOLDS_TIME).aggregate(n=Count("pk"))["n"]


def export_person(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """All that this room knows about a person, for their own download."""
    return {
        "appointments": export_rows(Appointment, person_id),
        "steps of appointments": export_rows(AppointmentEvent, person_id),
        "pauses of invitations": export_rows(InvitationPause, person_id),
        "visits without appointment": export_rows(QueueTicket, person_id),
        "contacts": export_rows(Contact, person_id),
        "no texts": export_rows(NoTexts, person_id),
        "moved in lists of calls": export_rows(CallWish, person_id),
    }


def booked_people(jobseeker_ids: Iterable[int], *, at: datetime) -> frozenset[int]:
    """Which of these people have a time ahead of them, are here now, or are asked to choose a time. One query."""
    rows = Appointment.objects.filter(jobseeker__in=list(jobseeker_ids), state__in=OPEN)
    rows = rows.filter(Q(starts_at=None) | Q(starts_at__gte=at - timedelta(hours=12)))
    return frozenset(rows.order_by().values_list("jobseeker", flat=True))


def seen_people(jobseeker_ids: Iterable[int], *, before: datetime) -> frozenset[int]:
    """Which of these people had a talk at the office before an instant. One query."""
    rows = Appointment.objects.filter(
        jobseeker__in=list(jobseeker_ids), state=AppointmentState.SEEN, starts_at__lt=before
    )
    return frozenset(rows.order_by().values_list("jobseeker", flat=True))


def held_between(office_ids: Iterable[int], *, starts: datetime, ends: datetime) -> list[Appointment]:
    """Times given to people in a span of instants, whatever became of them, for counts. One query."""
    rows = Appointment.objects.filter(office__in=list(office_ids), starts_at__gte=starts, starts_at__lt=ends)
    rows = rows.exclude(state__in=[AppointmentState.MOVED, AppointmentState.CANCELLED])
    return list(rows.select_related("jobseeker__person"))


def booked_with(account_id: int, jobseeker_ids: Iterable[int], *, at: datetime) -> list[Appointment]:
    """Times ahead that these people booked with one counsellor alone, the soonest first; not those in a group."""
    rows = Appointment.objects.filter(counsellor=account_id, jobseeker__in=list(jobseeker_ids), session=None)
    rows = rows.filter(state=AppointmentState.BOOKED, starts_at__gte=at)
    return list(rows.select_related("jobseeker__person", "office").order_by("starts_at", "pk"))
