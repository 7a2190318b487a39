"""The manager's page, evening out caseloads, and booked times that go along with a handover."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import NOW, TODAY, JobseekerFactory, OfficeFactory, account_with

from openpes.appointments.models import Absence, Appointment, HeldTime, OpeningTime, WorkingTime
from openpes.casework.models import CaseNote
from openpes.casework.rules import Movable, Share, shares
from openpes.core.access_log import views_of
from openpes.guidance.models import Plan
from openpes.jobseekers.models import Jobseeker
from openpes.messaging.models import Message
from openpes.organisations.models import Membership

pytestmark = pytest.mark.django_db(databases=["default", "access"])
LONG_AGO = NOW - timedelta(days=400)


@pytest.fixture(autouse=True)
def at_ten(monkeypatch):
    """The clock of the doors stands still."""
    monkeypatch.setattr("openpes.web.doorkeeper.now", lambda: NOW)


@pytest.fixture
def desk(signed_in):
    """Two counsellors and a manager; Ana has six people, one of them with a plan, Ben has none, Gone has left two."""
    office = OfficeFactory()
    ana, ben, gone = (account_with("counsellor", office=office, name=name) for name in ("Ana", "Ben", "Gone"))
    boss = account_with("office_manager", office=office, name="Boss")
    people = [JobseekerFactory(office=office, counsellor=ana, registered_at=NOW - timedelta(days=n)) for n in range(9)]
    Plan.objects.create(
        jobseeker=people[0], diagnosis="ready", strategy="introduce", goal="A job", made_at=NOW,
        review_on=TODAY + timedelta(days=30),
    )  # fmt: skip
    left = [JobseekerFactory(office=office, counsellor=gone) for _n in range(2)]
    Membership.objects.filter(account=gone).update(ended_at=NOW - timedelta(days=1))
    return {
        "office": office, "ana": ana, "ben": ben, "gone": gone, "people": people, "left": left,
        "as_ana": signed_in(ana), "as_boss": signed_in(boss), "boss": boss,
    }  # fmt: skip


def url(name):
    return reverse(f"counsellor:{name}")


def moves_on(page):
    """The values of the boxes of a page."""
    return [piece.split('"')[0] for piece in page.split('name="move" value="')[1:]]


def test_exceptions_come_first_and_name_no_jobseeker(desk):
    JobseekerFactory(office=desk["office"], counsellor=None)
    Jobseeker.objects.filter(pk=desk["people"][3].pk).update(registered_at=LONG_AGO)
    page = desk["as_boss"].get(url("supervising")).content.decode()
    assert "Gone has left: people still in their care: 2" in page
    assert "nobody’s care: 1" in page and "nobody has spoken with" in page
    assert page.index("Look at these first") < page.index("Caseloads beside each other")
    for one in (*desk["people"], *desk["left"]):
        assert one.person.name_as_given not in page


def test_only_a_manager_opens_it(desk, signed_in):
    for name in ("supervising", "evening_out"):
        assert desk["as_ana"].get(url(name)).status_code in (403, 404)
    other = signed_in(account_with("office_manager", office=OfficeFactory()))
    assert "Gone" not in other.get(url("supervising")).content.decode()
    assert moves_on(other.get(url("evening_out")).content.decode()) == []


def test_the_ticked_people_are_moved_with_a_note_and_nobody_is_told(desk):
    page = desk["as_boss"].get(url("evening_out")).content.decode()
    keys = moves_on(page)
    assert len(keys) > 2 and desk["people"][0].ref not in page
    assert len(views_of(desk["left"][0].person.log_key)) == 1
    before = Message.objects.count()
    assert desk["as_boss"].post(url("evening_out"), {"move": keys[:3], "note": "To even out."}).status_code == 302
    for key in keys[:3]:
        ref, _old, new = key.split("-")
        moved = Jobseeker.objects.get(ref=ref)
        assert moved.counsellor_id == int(new)
        assert CaseNote.objects.filter(jobseeker=moved, words="To even out.").exists()
    assert keys[3:] == [] or Jobseeker.objects.get(ref=keys[3].split("-")[0]).counsellor_id == int(
        keys[3].split("-")[1]
    )
    assert Message.objects.count() == before


def test_a_manager_without_people_is_given_none(desk):
    """A manager counts as a counsellor only where people are in their care already."""
    keys = moves_on(desk["as_boss"].get(url("evening_out")).content.decode())
    assert {key.split("-")[2] for key in keys} == {str(desk["ben"].pk)}
    assert "Boss</a>" not in desk["as_boss"].get(url("supervising")).content.decode()


@pytest.mark.parametrize("sent", [{"note": "Why"}, {"move": "all", "note": ""}, {"move": "made-up-1", "note": "Why"}])
def test_a_refusal_moves_nobody_and_keeps_what_was_typed(desk, sent):
    keys = moves_on(desk["as_boss"].get(url("evening_out")).content.decode())
    given = {**sent, "move": keys} if sent.get("move") == "all" else sent
    held = dict(Jobseeker.objects.values_list("pk", "counsellor"))
    found = desk["as_boss"].post(url("evening_out"), given)
    assert found.status_code == 422 and dict(Jobseeker.objects.values_list("pk", "counsellor")) == held
    assert sent["note"] in found.content.decode() and not CaseNote.objects.exists()


def test_the_reads_stay_the_same_with_many_people(desk):
    def reads(name):
        with CaptureQueriesContext(connection) as seen:
            desk["as_boss"].get(url(name))
        return len(seen)

    reads("supervising")
    few = reads("supervising")
    JobseekerFactory.create_batch(20, office=desk["office"], counsellor=desk["ana"])
    assert reads("supervising") == few


# --- booked times go along ------------------------------------------------------------------------


def booked(desk, *, works):
    """A time of tomorrow that a person of Ana's booked; Ben works that day or not."""
    on = TODAY + timedelta(days=1)
    for weekday in range(5):
        OpeningTime.objects.create(office=desk["office"], weekday=weekday, opens=time(8), closes=time(17))
        if works:
            WorkingTime.objects.create(
                account=desk["ben"], office=desk["office"], weekday=weekday, starts=time(8), ends=time(17)
            )
    if not works:
        Absence.objects.create(account=desk["ben"], first_day=on, last_day=on, reason="leave")
    starts = NOW + timedelta(days=1)
    person = desk["people"][1]
    row = Appointment.objects.create(
        jobseeker=person, office=desk["office"], counsellor=desk["ana"], kind="follow_up", state="booked", minutes=20,
        starts_at=starts, booked_at=NOW,
    )  # fmt: skip
    for holder in (f"p{person.pk}", f"c{desk['ana'].pk}"):
        for n in range(2):
            HeldTime.objects.create(holder=holder, starts_at=starts + timedelta(minutes=10 * n), appointment=row)
    return person, starts


def hand_to_ben(desk, person):
    page = f"{url('hand_over')}?person={person.ref}&from={desk['ana'].pk}"
    sent = {"act": "good", "good-to": str(desk["ben"].pk), "good-note": "Ana is ill for long."}
    assert desk["as_boss"].post(page, sent).status_code == 302


def test_a_booked_time_goes_to_the_colleague_and_nobody_is_told(desk):
    person, starts = booked(desk, works=True)
    before = Message.objects.count()
    hand_to_ben(desk, person)
    now = Appointment.objects.get(jobseeker=person, state="booked")
    assert (now.counsellor_id, now.starts_at) == (desk["ben"].pk, starts)
    assert HeldTime.objects.filter(holder=f"c{desk['ben'].pk}").count() == 2
    assert not HeldTime.objects.filter(holder=f"c{desk['ana'].pk}").exists()
    assert Message.objects.count() == before


def test_a_time_that_the_colleague_cannot_keep_is_called_off_and_a_new_one_offered(desk):
    person, _starts = booked(desk, works=False)
    hand_to_ben(desk, person)
    states = dict(Appointment.objects.filter(jobseeker=person).values_list("state", "counsellor"))
    assert set(states) == {"cancelled", "invited"} and states["invited"] == desk["ben"].pk
    assert not HeldTime.objects.filter(holder=f"p{person.pk}").exists()
    assert Message.objects.filter(person=person.person_id).exists()


# --- the rule -------------------------------------------------------------------------------------


def person(key, *, days=0, plan=False):
    return Movable(key, date(2026, 11, 1) + timedelta(days=days), plan)


def test_whom_nobody_serves_goes_to_whoever_has_fewest():
    held = {1: [person(10)], 2: [], None: [person(20), person(21)], 9: [person(30)]}
    found = shares(held, desk=[1, 2], over_percent=20, most=9)
    assert found[:2] == [Share(30, 9, 2), Share(20, None, 1)]
    assert {one.jobseeker_id for one in found} == {20, 21, 30}


def test_a_full_caseload_gives_its_newest_without_a_plan_down_to_the_average():
    held = {1: [person(n, days=n, plan=n == 5) for n in range(6)], 2: []}
    found = shares(held, desk=[1, 2], over_percent=20, most=9)
    assert found == [Share(4, 1, 2), Share(3, 1, 2), Share(2, 1, 2)]
    assert len(shares(held, desk=[1, 2], over_percent=20, most=2)) == 2


@pytest.mark.parametrize(
    "held", [{1: [person(1)], 2: []}, {1: [person(n) for n in range(6)], 2: [person(n) for n in range(6, 11)]}]
)
def test_even_caseloads_stay_as_they_are(held):
    assert shares(held, desk=[1, 2], over_percent=20, most=9) == []


def test_without_anybody_at_the_desk_nothing_is_proposed():
    assert shares({None: [person(1)]}, desk=[], over_percent=20, most=9) == []
