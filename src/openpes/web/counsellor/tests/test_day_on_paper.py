"""The line was down for a day: papers printed before, keyed in after, once, without duplicates."""

from __future__ import annotations

import io
from datetime import time, timedelta

import pytest
from django.urls import reverse
from pypdf import PdfReader
from tests.factories import NOW, TODAY, JobseekerFactory, OfficeFactory, account_with

from openpes.appointments.models import Appointment, Contact, OpeningTime, WorkingTime
from openpes.appointments.operations import book
from openpes.appointments.slots import instant
from openpes.appointments.states import AppointmentKind, AppointmentState, ContactResult, Way
from openpes.casework.keyed import may_key_in, print_of
from openpes.casework.models import CaseNote, FormDraft, KeyedLine
from openpes.casework.states import Done
from openpes.organisations.queries import actor_for
from openpes.people.models import PersonPhone
from openpes.placements.models import Outcome
from openpes.reference.country import country

pytestmark = pytest.mark.django_db(databases=["default", "access"])
YESTERDAY = TODAY - timedelta(days=1)
PAGE = f"/desk/day-on-paper/?day={YESTERDAY.isoformat()}"


def at_desk(monkeypatch, moment):
    """Set the clock of the doors."""
    monkeypatch.setattr("openpes.web.doorkeeper.now", lambda: moment)


@pytest.fixture
def desk(signed_in, monkeypatch):
    """An office open all day, two counsellors, and somebody who had a time yesterday at ten."""
    at_desk(monkeypatch, NOW)
    office = OfficeFactory()
    ana, ben = (account_with("counsellor", office=office, name=name) for name in ("Ana", "Ben"))
    for day in range(7):
        OpeningTime.objects.create(office=office, weekday=day, opens=time(0), closes=time(23, 50))
        WorkingTime.objects.create(office=office, account=ana, weekday=day, starts=time(0), ends=time(23, 50))
    comer = JobseekerFactory(office=office, person__name_as_given="Rosa Cruz")
    before = NOW - timedelta(days=3)
    appointment = book(
        jobseeker=comer,
        office=office,
        kind=AppointmentKind.FIRST_INTERVIEW,
        starts_at=instant(YESTERDAY, time(10), country().timezone),
        counsellor=ana,
        way=Way.DESK,
        by=actor_for(ana, on=TODAY),
        at=before,
    )
    return {
        "office": office,
        "ana": signed_in(ana),
        "ben": signed_in(ben),
        "comer": comer,
        "appointment": appointment,
        "walk_in": JobseekerFactory(office=office),
        "called": JobseekerFactory(office=office),
        "works": JobseekerFactory(office=office),
    }


def sheet(desk, **more):
    """The day as it stands on the paper."""
    return {
        "came": desk["appointment"].ref,
        f"words.{desk['appointment'].ref}": "Brought her certificate",
        "number1": desk["walk_in"].ref,
        "done1": "came",
        "words1": "Asked about the course",
        "number2": desk["called"].ref,
        "done2": "wrong_number",
        "number3": desk["works"].ref.lower(),
        "done3": "found_job",
        **more,
    }


def counted():
    """How many things are written down."""
    return {
        "contacts": Contact.objects.count(),
        "notes": CaseNote.objects.count(),
        "outcomes": Outcome.objects.count(),
        "lines": KeyedLine.objects.count(),
    }


def test_a_whole_day_is_keyed_in_on_one_page(desk) -> None:
    assert "Rosa Cruz" in desk["ana"].get(PAGE).content.decode()
    answer = desk["ana"].post(PAGE, sheet(desk), follow=True)
    assert answer.status_code == 200 and "6 things are written down." in answer.content.decode()
    assert Appointment.objects.get().state == AppointmentState.SEEN
    assert counted() == {"contacts": 3, "notes": 2, "outcomes": 1, "lines": 6}
    days = {one.at.astimezone(NOW.tzinfo).date() for one in Contact.objects.all()}
    assert days == {YESTERDAY}, "a contact counts on the day on which it was"
    assert PersonPhone.objects.get(person=desk["called"].person).gone_at is not None
    assert Outcome.objects.get().starts_on == YESTERDAY
    assert f"[{YESTERDAY.isoformat()}] Asked about the course" in CaseNote.objects.values_list("words", flat=True)


def test_sent_twice_and_by_two_people_it_is_written_once(desk) -> None:
    desk["ana"].post(PAGE, sheet(desk))
    before = counted()
    for who in ("ana", "ben"):
        answer = desk[who].post(PAGE, sheet(desk, words1="  asked about THE course "), follow=True)
        assert "0 things are written down. 6 stood there already." in answer.content.decode()
    assert counted() == before


def test_what_was_written_while_the_line_was_up_is_not_written_again(desk) -> None:
    Contact.objects.create(
        jobseeker=desk["walk_in"],
        office=desk["office"],
        at=instant(YESTERDAY, time(15), country().timezone),
        way="walk_in",
        result=ContactResult.CAME,
    )
    desk["ana"].post(PAGE, {"number1": desk["walk_in"].ref, "done1": "came"})
    assert Contact.objects.count() == 1


def test_a_bad_line_stays_and_keeps_no_good_one_back(desk) -> None:
    answer = desk["ana"].post(PAGE, sheet(desk, number4="ZZZZ", done4="came", words4="who is it?", words5="no number"))
    text = answer.content.decode()
    assert answer.status_code == 422 and "nobody at your office has this number" in text
    assert 'value="ZZZZ"' in text and "who is it?" in text and 'value="no number"' in text
    assert desk["walk_in"].ref not in text, "what was done is gone from the lines"
    assert counted()["contacts"] == 3
    assert FormDraft.objects.count() == 1


def test_nobody_of_another_office_is_written_about(desk, signed_in) -> None:
    far = signed_in(account_with("counsellor", office=OfficeFactory()))
    assert far.post(PAGE, {"number1": desk["walk_in"].ref, "done1": "came"}).status_code == 422
    assert "Rosa Cruz" not in far.get(PAGE).content.decode()
    assert counted() == {"contacts": 0, "notes": 0, "outcomes": 0, "lines": 0}


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), TODAY - timedelta(days=40)])
def test_a_day_to_come_or_long_ago_is_refused(desk, day) -> None:
    page = f"/desk/day-on-paper/?day={day.isoformat()}"
    assert desk["ana"].post(page, {"number1": desk["walk_in"].ref, "done1": "came"}).status_code == 422
    assert counted() == {"contacts": 0, "notes": 0, "outcomes": 0, "lines": 0}


def test_the_rule_of_days() -> None:
    assert may_key_in(held_on=TODAY, on=TODAY, most_days=31).allowed
    assert may_key_in(held_on=TODAY - timedelta(days=31), on=TODAY, most_days=31).allowed
    assert may_key_in(held_on=TODAY - timedelta(days=32), on=TODAY, most_days=31).refused


def test_the_print_of_a_line() -> None:
    assert print_of(Done.NOTE, "A  b") == print_of(Done.NOTE, "a B ") != print_of(Done.NOTE, "c")
    assert print_of(Done.CAME, "x") == print_of(Done.CAME, "y")


def test_the_papers_of_today_are_one_file(desk, monkeypatch) -> None:
    """The list, the slip of whoever comes and has a plan, blank forms, an interview to write on."""
    at_desk(monkeypatch, instant(YESTERDAY, time(8), country().timezone))
    answer = desk["ana"].get(reverse("counsellor:print_pack"))
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]
    assert "Rosa" in pages[0] and sum("Registration" in one for one in pages) == 10
    assert any("One goal" in one for one in pages)
