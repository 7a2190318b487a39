"""Today, the queue, appointments, calls and texts at the desk, through the pages."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import JobseekerFactory, OfficeFactory, account_with

from openpes.appointments.models import (
    Appointment,
    CallWish,
    Contact,
    GroupSession,
    InvitationPause,
    OpeningTime,
    QueueTicket,
    WorkingTime,
)
from openpes.appointments.queries import slots_at
from openpes.core.clock import now
from openpes.core.models import AccessEntry
from openpes.jobseekers.models import Jobseeker
from openpes.messaging.models import Message
from openpes.people.models import PersonPhone
from openpes.placements.models import Outcome
from openpes.web.times import slot_value

pytestmark = pytest.mark.django_db(databases=["default", "access"])
MOST_BYTES = 30 * 1024


@pytest.fixture
def office():
    made = OfficeFactory(name="PESO Cebu", phone="032 1")
    for day in range(7):
        OpeningTime.objects.create(office=made, weekday=day, opens=time(0), closes=time(23, 50))
    return made


@pytest.fixture
def counsellor(office):
    return account_with("counsellor", office=office)


@pytest.fixture
def desk(counsellor, signed_in):
    return signed_in(counsellor)


def someone(office, counsellor=None, *, days=21, **changes):
    seeker = JobseekerFactory(office=office, counsellor=counsellor, **changes)
    Jobseeker.objects.filter(pk=seeker.pk).update(registered_at=now() - timedelta(days=days))
    return seeker


def first_slot(office, *, minutes=20, ahead=2):
    at = now()
    return slot_value(slots_at(office, minutes=minutes, at=at + timedelta(days=ahead))[0])


def page_of(response):
    return response.content.decode()


def test_today_says_whom_to_call_and_why(desk, office, counsellor):
    seeker = someone(office, counsellor)
    page = page_of(desk.get(reverse("counsellor:today")))
    assert "Not seen since registering 21 days ago" in page
    assert seeker.person.name_as_given in page
    found = [entry.detail["found"] for entry in AccessEntry.objects.using("access").filter(verb="search")]
    assert [seeker.person.log_key] in found


def test_moving_somebody_out_needs_a_reason_that_is_kept(desk, office, counsellor):
    seeker = someone(office, counsellor)
    url = reverse("counsellor:wish", args=[seeker.ref])
    assert desk.post(url, {"wish": "out", "reason": ""}).status_code == 422
    assert not CallWish.objects.exists()
    assert desk.post(url, {"wish": "out", "reason": "at sea this week"}).status_code == 302
    assert CallWish.objects.get().reason == "at sea this week"
    assert seeker.ref not in page_of(desk.get(reverse("counsellor:today")))


def test_nobody_of_another_office_is_proposed_or_opened(desk, counsellor):
    other = someone(OfficeFactory(), None)
    assert other.ref not in page_of(desk.get(reverse("counsellor:today")))
    for name in ("call", "wish", "for_person"):
        assert desk.get(reverse(f"counsellor:{name}", args=[other.ref])).status_code == 404


def test_the_day_on_paper_is_one_pdf(desk, office, counsellor):
    someone(office, counsellor)
    response = desk.get(reverse("counsellor:today_pdf"))
    assert response["Content-Type"] == "application/pdf" and response.content.startswith(b"%PDF")


def test_the_paper_of_the_day_also_lists_who_comes_tomorrow(desk, office, counsellor, monkeypatch):
    """Who is printed is logged; the sheet has numbered lines for whoever comes without an appointment."""
    papers = []
    monkeypatch.setattr(
        "openpes.web.counsellor.today_pages.paper_pdf", lambda paper: papers.append(paper) or b"%PDF of the test"
    )
    comes = someone(office, None, person__name_as_given="Tomas Bukas")
    Appointment.objects.create(
        jobseeker=comes, office=office, counsellor=counsellor, kind="follow_up", state="booked", minutes=20,
        starts_at=now() + timedelta(days=1),
    )  # fmt: skip
    desk.get(reverse("counsellor:today_pdf"))
    tables = {table.title: table.rows for table in papers[0].tables}
    assert [row[1] for row in tables["Appointments of tomorrow"]] == ["Tomas Bukas"]
    assert tables["Appointments"] == [] and len(tables["Who came without an appointment"]) == 20
    assert comes.person.log_key in AccessEntry.objects.using("access").get(thing="tomorrow").detail["found"]


def test_today_is_light_and_makes_the_same_number_of_queries(desk, office, counsellor):
    counts, held = {}, 0
    for size in (1, 20, 60):
        for _number in range(size - held):
            someone(office, counsellor)
            QueueTicket.objects.create(
                office=office, on=now().date(), number=QueueTicket.objects.count() + 1, purpose="jobs", taken_at=now()
            )
            OpeningTime.objects.filter(office=office)
            seen = someone(office, counsellor)
            Appointment.objects.create(
                jobseeker=seen,
                office=office,
                counsellor=counsellor,
                kind="follow_up",
                state="booked",
                minutes=20,
                starts_at=now() + timedelta(minutes=1),
                booked_at=now(),
            )
        held = size
        desk.get(reverse("counsellor:today"))
        with CaptureQueriesContext(connection) as queries:
            response = desk.get(reverse("counsellor:today"))
        counts[size] = len(queries)
        if size == 20:
            assert len(response.content) <= MOST_BYTES * 2
    assert len(set(counts.values())) == 1, counts


def test_a_number_in_one_tap_then_called_attached_and_done(desk, office):
    seeker = JobseekerFactory(office=office)
    desk.post(reverse("counsellor:queue_take"), {"purpose": "jobs"})
    desk.post(reverse("counsellor:queue_take"), {"purpose": "register"})
    assert [one.number for one in QueueTicket.objects.order_by("number")] == [1, 2]
    assert QueueTicket.objects.filter(jobseeker=None).count() == 2
    desk.post(reverse("counsellor:queue_next"), {"desk": "Desk 4"})
    first = QueueTicket.objects.get(number=1)
    assert (first.state, first.desk) == ("called", "Desk 4")
    screen = page_of(desk.get(reverse("counsellor:queue_screen")))
    assert "Desk 4" in screen and seeker.person.name_as_given not in screen
    serve = reverse("counsellor:queue_serve", args=[1])
    desk.post(serve, {"act": "attach", "person": seeker.ref})
    desk.post(serve, {"act": "done"})
    first.refresh_from_db()
    assert (first.state, first.jobseeker_id) == ("done", seeker.pk)
    assert Contact.objects.get().way == "walk_in"
    desk.post(serve, {"act": "left"})
    first.refresh_from_db()
    assert first.state == "done", "what is over stays over"
    assert desk.get(reverse("counsellor:queue_paper", args=[2])).content.startswith(b"%PDF")


def test_booking_at_the_desk_and_the_same_time_twice(desk, office):
    one, other = JobseekerFactory(office=office), JobseekerFactory(office=office)
    slot = first_slot(office)
    assert desk.post(reverse("counsellor:for_person", args=[one.ref]), {"slot": slot, "act": "book"}).status_code == 302
    refused = desk.post(reverse("counsellor:for_person", args=[other.ref]), {"slot": slot, "act": "book"})
    assert refused.status_code == 422 and "just taken" in page_of(refused)
    assert Appointment.objects.count() == 1
    assert Message.objects.filter(kind="appointment_booked").count() == 1


def test_an_invitation_by_letter_and_by_its_code(desk, office):
    seeker = JobseekerFactory(office=office)
    url = reverse("counsellor:for_person", args=[seeker.ref])
    desk.post(url, {"act": "invite", "kind": "first_interview", "by": "letter"})
    held = Appointment.objects.get()
    assert held.state == "invited" and not Message.objects.exists()
    assert desk.post(reverse("counsellor:letter", args=[held.ref])).content.startswith(b"%PDF")
    spoken = f"{held.ref[:5].lower()} {held.ref[5:]}"
    assert desk.get(reverse("counsellor:by_code"), {"code": spoken}).url.endswith(f"{held.ref}/")


def test_a_pause_has_a_reason_and_an_end(desk, office):
    seeker = JobseekerFactory(office=office)
    url = reverse("counsellor:for_person", args=[seeker.ref])
    past = {"act": "pause", "reason": "care", "last_day_day": "1", "last_day_month": "1", "last_day_year": "2020"}
    assert desk.post(url, past).status_code == 422 and not InvitationPause.objects.exists()
    assert desk.post(url, {**past, "last_day_year": "2035"}).status_code == 302
    assert InvitationPause.objects.get().reason == "care"
    desk.post(url, {"act": "resume"})
    assert InvitationPause.objects.get().ended_at is not None


def call(desk, seeker, result, **more):
    return desk.post(reverse("counsellor:call", args=[seeker.ref]), {"result": result, **more})


def test_each_result_of_a_call_and_what_follows(desk, office, counsellor):
    reached, wrong, found, resting, again = (someone(office, counsellor) for _number in range(5))
    assert call(desk, reached, "reached", note="comes on Monday").status_code == 302
    assert Contact.objects.get(jobseeker=reached).note == "comes on Monday"
    call(desk, wrong, "wrong_number")
    assert not PersonPhone.objects.get(person=wrong.person).is_main
    call(desk, found, "found_job")
    assert Outcome.objects.get(jobseeker=found).grade == "said_by_person"
    call(desk, resting, "not_looking")
    resting.refresh_from_db()
    found.refresh_from_db()
    assert (resting.state, found.state) == ("sleeping", "in_work")
    assert call(desk, again, "call_again").status_code == 422
    assert not Contact.objects.filter(jobseeker=again).exists()
    day = {"again_on_day": "3", "again_on_month": "5", "again_on_year": "2030"}
    assert call(desk, again, "call_again", **day).status_code == 302
    assert str(Contact.objects.get(jobseeker=again).call_again_on) == "2030-05-03"


def test_no_text_goes_to_a_strangers_phone(desk, office, counsellor):
    seeker = someone(office, counsellor)
    call(desk, seeker, "wrong_number")
    desk.post(reverse("counsellor:for_person", args=[seeker.ref]), {"slot": first_slot(office), "act": "book"})
    assert Appointment.objects.get().state == "booked" and not Message.objects.exists()


def bulk(**changes):
    return {"work_text": "", "words": "Plumbing work near you", "act": "preview", "key": "k1", **changes}


def test_a_text_to_many_is_shown_first_and_sent_once(desk, office):
    people = [JobseekerFactory(office=office) for _number in range(3)]
    stopped, silent = JobseekerFactory(office=office), JobseekerFactory(office=office, person__phone=False)
    desk.post(reverse("counsellor:call", args=[stopped.ref]), {"act": "stop"})
    url = reverse("counsellor:texts")
    page = page_of(desk.post(url, bulk()))
    assert "3 people get this text" in page and "1 said STOP" in page and "1 have no phone" in page
    assert not Message.objects.exists(), "the preview sends nothing"
    for _twice in range(2):
        assert desk.post(url, bulk(act="send")).status_code == 302
    assert Message.objects.filter(kind="from_office").count() == 3
    assert {one.person_id for one in Message.objects.all()} == {one.person_id for one in people}
    assert Contact.objects.filter(way="text", result="sent").count() == 3
    assert not Contact.objects.filter(jobseeker=silent).exists()


def test_texts_reach_only_who_fits_the_filters(desk, office):
    JobseekerFactory(office=office, wanted=["7126"], max_km=5)
    far = JobseekerFactory(office=office, wanted=["7126"], max_km=30)
    JobseekerFactory(office=office, wanted=["5131"], max_km=30)
    JobseekerFactory(wanted=["7126"], max_km=30)
    JobseekerFactory(office=office, wanted=["7126"], max_km=30, sleeping=True)
    page = desk.post(reverse("counsellor:texts"), bulk(work_text="plumber", work_code="7126", least_km="20"))
    assert "1 person gets this text" in page_of(page), page_of(page)
    assert far.person.name_as_given in page_of(page)


def test_a_text_that_is_too_long_or_for_nobody_is_refused(desk, office):
    url = reverse("counsellor:texts")
    assert "Nobody is left" in page_of(desk.post(url, bulk()))
    JobseekerFactory(office=office)
    assert "too long" in page_of(desk.post(url, bulk(words="a" * 590)))
    assert desk.post(url, bulk(words="a" * 590, act="send")).status_code == 422
    assert not Message.objects.exists()


def test_a_group_from_plan_to_attendance(desk, office, counsellor):
    people = [JobseekerFactory(office=office) for _number in range(3)]
    desk.post(
        reverse("counsellor:new_group"),
        {
            "topic": "Writing a CV",
            "day_day": "3",
            "day_month": "5",
            "day_year": "2030",
            "starts": "10:30",
            "minutes": "60",
            "places": "2",
            "leader": str(counsellor.pk),
        },
    )
    session = GroupSession.objects.get()
    url = reverse("counsellor:group", args=[session.ref])
    full = desk.post(url, {"act": "add", "numbers": "\n".join([*(one.ref for one in people), "NOBODY"])})
    assert full.status_code == 422 and "places are taken" in page_of(full) and "NOBODY" in page_of(full)
    assert Appointment.objects.filter(session=session).count() == 2
    assert desk.get(reverse("counsellor:sign_sheet", args=[session.ref])).content.startswith(b"%PDF")
    assert desk.post(url, {"act": "attendance", "came": []}).status_code == 422, "not before it begins"
    GroupSession.objects.update(starts_at=now() - timedelta(hours=1))
    came = Appointment.objects.order_by("pk").first()
    desk.post(url, {"act": "attendance", "came": [came.ref], "note": "Knows how to begin"})
    assert sorted(Appointment.objects.values_list("state", flat=True)) == ["no_show", "seen"]
    assert Contact.objects.get(way="group").note == "Knows how to begin"


def test_own_times_and_the_calendar_without_names(desk, office, counsellor, client):
    url = reverse("counsellor:my_times")
    assert desk.post(url, {"act": "week", "day0": "nine to five"}).status_code == 422
    assert not WorkingTime.objects.exists()
    assert desk.post(url, {"act": "week", "day0": "08:00-12:00, 13:00-17:00"}).status_code == 302
    assert WorkingTime.objects.count() == 2
    seeker = JobseekerFactory(office=office)
    Appointment.objects.create(
        jobseeker=seeker, office=office, counsellor=counsellor, kind="follow_up", state="booked", minutes=20,
        starts_at=datetime(2030, 5, 3, 2, 0, tzinfo=UTC),
    )  # fmt: skip
    desk.post(reverse("counsellor:feed"), {"act": "renew"})
    address = desk.session["feed_url"]
    path = address[address.index("/calendar/") :]
    feed = client.get(path).content.decode()
    assert "BEGIN:VEVENT" in feed and "DTSTART:20300503T020000Z" in feed and "DTEND:20300503T022000Z" in feed
    assert seeker.person.name_as_given not in feed and Appointment.objects.get().ref in feed
    desk.post(reverse("counsellor:feed"), {"act": "renew"})
    assert client.get(path).status_code == 404, "a renewed address stops the old one"


def test_only_the_manager_sets_the_hours_and_sees_the_report(desk, office, signed_in):
    for name in ("office_times", "slots_given"):
        assert desk.get(reverse(f"counsellor:{name}")).status_code == 404
    manager = signed_in(account_with("office_manager", office=office))
    assert manager.get(reverse("counsellor:office_times")).status_code == 200
    manager.post(reverse("counsellor:office_times"), {"act": "week", "day0": "09:00-12:00"})
    assert OpeningTime.objects.filter(office=office).count() == 1
    for _number in range(3):
        Appointment.objects.create(
            jobseeker=JobseekerFactory(office=office), office=office, kind="follow_up", state="seen", minutes=20,
            starts_at=now(),
        )  # fmt: skip
    page = page_of(manager.get(reverse("counsellor:slots_given")))
    assert "3 times" in page and "too few" in page
