"""An appointment as a story: invited, chosen by the link, moved, reminded, missed, invited again, called."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse

from openpes.appointments.models import Appointment, Contact, HeldTime, OpeningTime
from openpes.appointments.operations import arrive, mark_seen, pause_invitations
from openpes.appointments.queries import slots_at
from openpes.appointments.states import AppointmentKind, PauseReason, Way
from openpes.core.clock import now
from openpes.core.decisions import NotPermitted, Refused
from openpes.core.models import OutboxMessage
from openpes.journeys.appointments import book_time, call_off, choose_time, invite_person
from openpes.journeys.booking_links import booking_token
from openpes.journeys.clocks import CLOCK, run_due
from openpes.journeys.erase_person import erase_person
from openpes.journeys.export_person import export_person
from openpes.messaging.models import Message
from openpes.messaging.queries import loud_from
from openpes.people.models import Person
from openpes.reference.country import today
from tests.factories import JobseekerFactory, OfficeFactory, account_with, actor_with

pytestmark = pytest.mark.django_db(databases=["default", "access"])
# Tuesday, ten in the morning in Manila.
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.fixture
def office():
    made = OfficeFactory(name="PESO Cebu", phone="032 1")
    for day in range(5):
        OpeningTime.objects.create(office=made, weekday=day, opens=time(8), closes=time(12))
        OpeningTime.objects.create(office=made, weekday=day, opens=time(13), closes=time(17))
    return made


@pytest.fixture
def counsellor(office):
    return account_with("counsellor", office=office)


@pytest.fixture
def desk(office, counsellor):
    return actor_with("counsellor", scope_id=office.pk, account=counsellor)


@pytest.fixture
def seeker(office):
    return JobseekerFactory(office=office)


def slot(office, at, *, minutes=40, number=0):
    return slots_at(office, minutes=minutes, at=at)[number]


def invited(seeker, desk, at=AT, kind=AppointmentKind.FIRST_INTERVIEW):
    return invite_person(jobseeker=seeker, kind=kind, by_text=True, by=desk, at=at)


def booked(seeker, office, desk, counsellor, *, at=AT, number=0):
    return book_time(
        jobseeker=seeker,
        office=office,
        kind=AppointmentKind.FOLLOW_UP,
        starts_at=slot(office, at + timedelta(days=1), minutes=20, number=number).starts_at,
        counsellor=counsellor,
        way=Way.DESK,
        by=desk,
        at=at,
    )


def test_the_whole_way_of_an_invitation(office, counsellor, desk, seeker):
    held = invited(seeker, desk)
    text = Message.objects.get(kind="invited").text
    assert booking_token(held.ref) in text and len(text) <= 160 and seeker.person.name_as_given not in text
    free = slot(office, AT + timedelta(days=1))
    mine = actor_with("jobseeker", scope_id=seeker.person_id)
    done = choose_time(appointment=held, starts_at=free.starts_at, counsellor=counsellor, way=Way.WEB, by=mine, at=AT)
    assert (done.state, done.minutes, done.starts_at) == ("booked", 40, free.starts_at)
    other = slot(office, AT + timedelta(days=1), number=3)
    moved = choose_time(appointment=done, starts_at=other.starts_at, counsellor=counsellor, way=Way.WEB, by=mine, at=AT)
    done.refresh_from_db()
    assert done.state == "moved" and moved.follows_id == done.pk
    assert free.starts_at in [one.starts_at for one in slots_at(office, minutes=40, at=AT + timedelta(days=1))], (
        "its old time is free again"
    )
    arrive(appointment=Appointment.objects.get(pk=moved.pk), by=desk, at=other.starts_at)
    mark_seen(appointment=Appointment.objects.get(pk=moved.pk), by=desk, at=other.starts_at + timedelta(minutes=40))
    moved.refresh_from_db()
    assert moved.state == "seen" and Contact.objects.get().way == "appointment"
    kinds = [one.kind for one in moved.events.all()]
    assert kinds == ["booked", "arrived", "seen"]


def test_the_link_chooses_moves_and_calls_off_without_an_account(office, counsellor, desk, seeker, client):
    held = invited(seeker, desk, at=now())
    url = reverse("web:booking", args=[booking_token(held.ref)])
    page = client.get(url)
    assert page.status_code == 200 and len(page.content) <= 30 * 1024
    # The last times offered: one that begins within the hour can be booked, but not moved any more.
    values = re.findall(r'name="slot" value="([^"]+)"', page.content.decode())
    assert client.post(url, {"slot": values[-1]}).status_code == 302
    assert client.post(url, {"slot": values[-3]}).status_code == 302
    assert sorted(Appointment.objects.values_list("state", flat=True)) == ["booked", "moved"]
    assert client.post(url, {"slot": "nonsense"}).status_code == 422
    assert client.post(url, {"act": "call_off"}).status_code == 302
    assert not HeldTime.objects.exists()
    assert "nothing more to do" in client.get(url).content.decode()
    token = booking_token(held.ref)
    assert client.get(reverse("web:booking", args=[token[:-1] + ("0" if token[-1] != "0" else "1")])).status_code == 404
    other = JobseekerFactory(office=office)
    stranger = invited(other, desk, at=now())
    assert client.get(reverse("web:booking", args=[stranger.ref + token[10:]])).status_code == 404


def test_by_ones_own_account(office, counsellor, desk, seeker, signed_in):
    mine = signed_in(account_with("jobseeker", person=seeker.person))
    page = mine.get(reverse("jobseeker:ask_time"))
    assert page.status_code == 200 and len(page.content) <= 30 * 1024
    value = re.findall(r'name="slot" value="([^"]+)"', page.content.decode())[-1]
    assert mine.post(reverse("jobseeker:ask_time"), {"slot": value}).status_code == 302
    held = Appointment.objects.get()
    assert held.state == "booked" and held.counsellor_id == counsellor.pk
    assert mine.post(reverse("jobseeker:appointment", args=[held.ref]), {"act": "call_off"}).status_code == 302
    held.refresh_from_db()
    assert held.state == "cancelled"
    others = invited(JobseekerFactory(office=office), desk, at=now())
    assert mine.get(reverse("jobseeker:appointment", args=[others.ref])).status_code == 404


def test_a_refused_time_changes_nothing(office, counsellor, desk, seeker):
    held = invited(seeker, desk)
    night = AT.replace(hour=14)
    before = (Appointment.objects.count(), Message.objects.count(), OutboxMessage.objects.count())
    with pytest.raises(Refused):
        choose_time(appointment=held, starts_at=night, counsellor=counsellor, way=Way.DESK, by=desk, at=AT)
    held.refresh_from_db()
    assert held.state == "invited" and held.starts_at is None and not HeldTime.objects.exists()
    assert before == (Appointment.objects.count(), Message.objects.count(), OutboxMessage.objects.count())


def test_who_may_not(office, counsellor, desk, seeker):
    held = booked(seeker, office, desk, counsellor)
    elsewhere = actor_with("counsellor", scope_id=OfficeFactory().pk)
    stranger = actor_with("jobseeker", scope_id=JobseekerFactory(office=office).person_id)
    for actor in (elsewhere, stranger, actor_with("employer_adviser", scope_id=office.pk)):
        with pytest.raises(NotPermitted):
            call_off(appointment=held, way=Way.WEB, by=actor, at=AT)
    held.refresh_from_db()
    assert held.state == "booked"


def test_shortly_before_the_person_calls_the_office(office, counsellor, desk, seeker):
    held = booked(seeker, office, desk, counsellor)
    mine = actor_with("jobseeker", scope_id=seeker.person_id)
    with pytest.raises(Refused):
        call_off(appointment=held, way=Way.LINK, by=mine, at=held.starts_at - timedelta(minutes=30))
    call_off(appointment=held, way=Way.PHONE_CALL, by=desk, at=held.starts_at - timedelta(minutes=30))
    assert Message.objects.filter(kind="appointment_cancelled").count() == 1


def reminders():
    return Message.objects.filter(kind="appointment_reminder").count()


def test_reminders_go_out_the_evening_before_and_in_the_morning_never_at_night(office, counsellor, desk, seeker):
    held = booked(seeker, office, desk, counsellor, number=8)
    assert held.starts_at is not None
    day = today(held.starts_at)
    evening = datetime.combine(day - timedelta(days=1), time(9, 5), UTC)  # 17:05 in Manila
    night = evening + timedelta(hours=6)
    for at, number in ((evening, 1), (evening, 1), (night, 1), (held.starts_at - timedelta(minutes=100), 2)):
        run_due(at=at, by=CLOCK)
        assert reminders() == number, at


def test_a_no_show_then_a_second_invitation_then_a_counsellors_task(office, counsellor, desk, seeker):
    held = invited(seeker, desk)
    choose_time(
        appointment=held, starts_at=slot(office, AT).starts_at, counsellor=counsellor, way=Way.LINK, by=desk, at=AT
    )
    held.refresh_from_db()
    run_due(at=held.starts_at + timedelta(minutes=29), by=CLOCK)
    held.refresh_from_db()
    assert held.state == "booked"
    run_due(at=held.starts_at + timedelta(minutes=31), by=CLOCK)
    held.refresh_from_db()
    assert held.state == "no_show" and Appointment.objects.count() == 1
    next_day = held.starts_at + timedelta(days=1, minutes=1)
    for _twice in range(2):
        run_due(at=next_day, by=CLOCK)
    again = Appointment.objects.exclude(pk=held.pk).get()
    assert (again.state, again.invitation_number, again.follows_id) == ("invited", 2, held.pk)
    assert Message.objects.filter(kind="invited_again").count() == 1
    choose_time(
        appointment=again,
        starts_at=slot(office, next_day).starts_at,
        counsellor=counsellor,
        way=Way.LINK,
        by=desk,
        at=next_day,
    )
    again.refresh_from_db()
    run_due(at=again.starts_at + timedelta(minutes=31), by=CLOCK)
    run_due(at=again.starts_at + timedelta(days=2), by=CLOCK)
    again.refresh_from_db()
    seeker.refresh_from_db()
    assert again.task_raised_at is not None and Appointment.objects.count() == 2
    assert seeker.state == "active", "not coming costs nothing"


def test_a_pause_stops_the_clock_and_not_a_person(office, counsellor, desk, seeker):
    held = booked(seeker, office, desk, counsellor)
    pause_invitations(
        jobseeker=seeker, reason=PauseReason.CARE, last_day=today(AT) + timedelta(days=30), by=desk, at=AT, on=today(AT)
    )
    run_due(at=held.starts_at + timedelta(hours=1), by=CLOCK)
    run_due(at=held.starts_at + timedelta(days=2), by=CLOCK)
    assert Appointment.objects.count() == 1
    assert invited(seeker, desk, at=AT + timedelta(days=3)).state == "invited"


def test_an_invitation_that_nobody_answers_lapses(office, desk, seeker):
    held = invited(seeker, desk)
    with pytest.raises(Refused):
        invited(seeker, desk)
    run_due(at=AT + timedelta(days=9), by=CLOCK)
    held.refresh_from_db()
    assert held.state == "cancelled" and held.events.last().detail == {"lapsed": True}


def test_an_invitation_in_the_night_waits_for_the_morning(office, desk, seeker):
    night = AT.replace(hour=14)  # 22:00 in Manila
    invited(seeker, desk, at=night)
    assert OutboxMessage.objects.get().due_at == loud_from(night) == AT.replace(day=25, hour=0)
    assert loud_from(AT) == AT


def test_erasing_a_person_calls_off_what_is_ahead_and_forgets(office, counsellor, desk, seeker):
    held = booked(seeker, office, desk, counsellor)
    mine = actor_with("jobseeker", scope_id=seeker.person_id)
    told = export_person(person_ref=seeker.person.ref, by=mine, at=AT)
    assert told["appointments"]["appointments"][0]["state of the appointment"] == "booked"
    erase_person(person_ref=seeker.person.ref, by=mine, at=AT)
    held.refresh_from_db()
    assert held.state == "cancelled" and not HeldTime.objects.exists()
    assert Person.objects.get(pk=seeker.person_id).erased_at is not None
