"""The return of a day and a month: counted, for whom, and what is missing."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import NOW, TODAY, JobseekerFactory, OfficeFactory, ReferralFactory, account_with

from openpes.appointments.day_counts import Met
from openpes.appointments.models import Appointment, Contact
from openpes.complaints.models import Complaint
from openpes.desks.returns import Gap, gaps_of, span_of
from openpes.guidance.day_counts import Guided
from openpes.guidance.models import Plan
from openpes.jobseekers.day_counts import Registered
from openpes.placements.models import Outcome
from openpes.referrals.day_counts import Sent

pytestmark = pytest.mark.django_db(databases=["default", "access"])


@pytest.fixture(autouse=True)
def at_nine(monkeypatch):
    """The clock of the doors stands still."""
    monkeypatch.setattr("openpes.web.doorkeeper.now", lambda: NOW)


@pytest.fixture
def desk(signed_in):
    """A counsellor with one person, a colleague, a manager; and another office."""
    office = OfficeFactory(name="Lapu-Lapu office")
    ana, ben = (account_with("counsellor", office=office, name=name) for name in ("Ana", "Ben"))
    boss = account_with("office_manager", office=office, name="Boss")
    return {
        "office": office,
        "ana": ana,
        "ben": ben,
        "as_ana": signed_in(ana),
        "as_ben": signed_in(ben),
        "as_boss": signed_in(boss),
        "person": JobseekerFactory(office=office, counsellor=ana, person__name_as_given="Rosa Cruz", channel="desk"),
    }


def a_day(desk):
    """Two visits of one person, a call without answer, a plan, an introduction and a placement, all by Ana."""
    person, office, ana = desk["person"], desk["office"], desk["ana"]
    at = NOW - timedelta(hours=1)
    for way, result in (("appointment", "came"), ("walk_in", "came"), ("call", "no_answer")):
        Contact.objects.create(jobseeker=person, office=office, at=at, way=way, result=result, by=ana)
    Plan.objects.create(
        jobseeker=person, diagnosis="ready", strategy="introduce", goal="A job", made_at=at, made_by=ana,
        review_on=TODAY + timedelta(days=30),
    )  # fmt: skip
    sent = ReferralFactory(jobseeker=person, office=office, made_by=ana, sent_at=at)
    Outcome.objects.create(
        jobseeker=person, office=office, kind="job", referral=sent, starts_on=TODAY, grade="said_by_person",
        recorded_at=at,
    )  # fmt: skip
    Appointment.objects.create(
        jobseeker=person, office=office, counsellor=ana, kind="follow_up", state="booked", minutes=20, starts_at=at
    )


def lines(page):
    """The numbers of the page by their words."""
    found = {}
    for row in page.split("<tr")[1:]:
        cells = [cell.split(">", 1)[1].split("<")[0] for cell in row.split("<td")[1:]]
        if len(cells) == 2:
            found[cells[0]] = int(cells[1])
    return found


def test_the_return_of_a_day_is_counted_from_what_was_done(desk):
    a_day(desk)
    page = desk["as_ana"].get(reverse("counsellor:return")).content.decode()
    told = lines(page)
    assert told["People seen, each counted once"] == 1
    assert told["Visits: appointments, walk-ins and groups"] == 2
    assert told["Calls made"] == 1 and told["Calls that reached the person"] == 0
    assert told["People registered"] == told["Of these at the desk"] == 1
    assert told["Plans made"] == told["Introductions to employers"] == 1
    assert told["Placed, said by the person only"] == 1 and told["Placed, said by the employer"] == 0
    assert "Mark who came" in page and "still grow" in page and "word of the person alone: 1" in page
    assert "Rosa Cruz" not in page


def test_a_colleague_counts_apart_and_the_manager_sees_the_whole_office(desk):
    a_day(desk)
    assert set(lines(desk["as_ben"].get(reverse("counsellor:return")).content.decode()).values()) == {0}
    boss = desk["as_boss"]
    assert lines(boss.get(reverse("counsellor:return"), {"whose": "office"}).content.decode())["Plans made"] == 1
    assert lines(boss.get(reverse("counsellor:return"), {"whose": desk["ana"].pk}).content.decode())["Plans made"] == 1


@pytest.mark.parametrize("whose", ["office", "other"])
def test_a_counsellor_reads_nobody_elses_return(desk, whose):
    asked = {"whose": desk["ana"].pk if whose == "other" else whose}
    assert desk["as_ben"].get(reverse("counsellor:return"), asked).status_code == 404
    assert desk["as_ben"].get(reverse("counsellor:return_file"), asked).status_code == 404


def test_a_manager_of_another_office_sees_none_of_it(desk, signed_in):
    a_day(desk)
    other = signed_in(account_with("office_manager", office=OfficeFactory()))
    assert other.get(reverse("counsellor:return"), {"whose": desk["ana"].pk}).status_code == 404
    page = other.get(reverse("counsellor:return"), {"whose": "office"}).content.decode()
    assert set(lines(page).values()) == {0} and "Nothing was written down" in page


def test_nobody_learns_from_a_count_that_somebody_complained_about_them(desk):
    Complaint.objects.create(
        office=desk["office"], kind="other", danger="safe", channel="desk", language="en", words="He shouted at me.",
        about_account=desk["ana"], written_by=desk["ana"], received_at=NOW - timedelta(hours=1), due_on=TODAY,
    )  # fmt: skip
    assert lines(desk["as_ana"].get(reverse("counsellor:return")).content.decode())["Complaints received"] == 0
    office = desk["as_boss"].get(reverse("counsellor:return"), {"whose": "office"}).content.decode()
    assert lines(office)["Complaints received"] == 1


def test_a_month_a_paper_and_a_file(desk):
    a_day(desk)
    asked = {"of": "2026-11"}
    assert lines(desk["as_ana"].get(reverse("counsellor:return"), asked).content.decode())["Calls made"] == 1
    assert desk["as_ana"].get(reverse("counsellor:return_pdf"), asked).content.startswith(b"%PDF")
    book = zipfile.ZipFile(io.BytesIO(desk["as_ana"].get(reverse("counsellor:return_file"), asked).content))
    assert "work_person" in book.read("xl/sharedStrings.xml").decode()


@pytest.mark.parametrize("key", ["2026-11-25", "2026-13", "yesterday", "2026-11-31", "2026-1-1"])
def test_a_day_to_come_and_what_is_no_day_are_not_found(desk, key):
    assert desk["as_ana"].get(reverse("counsellor:return"), {"of": key}).status_code == 404


def test_the_reads_stay_the_same_with_many_people(desk):
    def reads():
        with CaptureQueriesContext(connection) as seen:
            desk["as_ana"].get(reverse("counsellor:return"))
        return len(seen)

    reads()
    few = reads()
    for person in JobseekerFactory.create_batch(20, office=desk["office"], counsellor=desk["ana"]):
        Contact.objects.create(
            jobseeker=person, office=desk["office"], at=NOW, way="walk_in", result="came", by=desk["ana"]
        )
    assert reads() == few


# --- the rule -------------------------------------------------------------------------------------

QUIET = (Met(0, 0, 0, 0, 0, 0, 0, 0, 0), Guided(0, 0, 0), Registered(0, 0, 0), Sent(0, 0, 0, 0), {})


def test_nothing_out_of_the_ordinary_is_said_of_a_quiet_day():
    assert gaps_of(*QUIET, late=0, no_show_percent=25) == []


@pytest.mark.parametrize(("booked", "missed", "told"), [(5, 5, False), (6, 2, True), (8, 2, False)])
def test_no_shows_are_pointed_out_from_a_share_of_enough_times(booked, missed, told):
    met = Met(0, 0, 0, 0, missed, booked, 0, 0, 0)
    assert (Gap.MANY_MISSED in dict(gaps_of(met, *QUIET[1:], late=0, no_show_percent=25))) is told


def test_a_month_runs_from_its_first_to_its_last_day():
    span = span_of("2026-02")
    assert (span.first.day, span.last.day, span.before, span.after) == (1, 28, "2026-01", "2026-03")
    assert span_of("2026-12").last.day == 31
