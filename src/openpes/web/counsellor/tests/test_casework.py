"""The caseload, notes, who else helps, and handover, as the desk does them."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import NOW, TODAY, JobseekerFactory, OfficeFactory, ReferralFactory, account_with, actor_with

from openpes.appointments.models import Contact
from openpes.casework.models import CaseNote, KeptList, NamedHelper, StandIn
from openpes.casework.queries import caseload_of
from openpes.core.access_log import views_of
from openpes.guidance.models import Plan, PlanAction
from openpes.journeys.erase_person import erase_person
from openpes.journeys.export_person import read_person
from openpes.messaging.models import Message
from openpes.organisations.models import Membership
from openpes.organisations.operations import end_membership
from openpes.people.models import Account

pytestmark = pytest.mark.django_db(databases=["default", "access"])


@pytest.fixture(autouse=True)
def at_nine(monkeypatch):
    """The clock of the doors stands still."""
    monkeypatch.setattr("openpes.web.doorkeeper.now", lambda: NOW)


@pytest.fixture
def desk(signed_in):
    """Two counsellors and a manager of one office; the first has one person."""
    office = OfficeFactory()
    ana, ben = (
        account_with("counsellor", office=office, name="Ana"),
        account_with("counsellor", office=office, name="Ben"),
    )
    boss = account_with("office_manager", office=office, name="Boss")
    return {
        "office": office,
        "ana": ana,
        "ben": ben,
        "boss": boss,
        "as_ana": signed_in(ana),
        "as_ben": signed_in(ben),
        "as_boss": signed_in(boss),
        "person": JobseekerFactory(office=office, counsellor=ana, person__name_as_given="Rosa Cruz"),
    }


def url(name, *args):
    return reverse(f"counsellor:{name}", args=args)


def plan_for(person, *, overdue=True):
    plan = Plan.objects.create(
        jobseeker=person, diagnosis="ready", strategy="introduce", goal="A job", made_at=NOW,
        review_on=TODAY + timedelta(days=30),
    )  # fmt: skip
    due = TODAY - timedelta(days=3) if overdue else TODAY + timedelta(days=3)
    PlanAction.objects.create(plan=plan, position=1, title="Visit two shops", who="person", due_on=due, state_at=NOW)


# --- the caseload ---------------------------------------------------------------------------------


def test_a_caseload_tells_of_each_person_what_comes_next(desk):
    plan_for(desk["person"])
    JobseekerFactory(office=desk["office"], person__name_as_given="Of nobody")
    page = desk["as_ana"].get(url("caseload")).content.decode()
    assert "Rosa Cruz" in page and "Ask about: Visit two shops" in page and "Of nobody" not in page
    assert "Rosa Cruz" not in desk["as_ben"].get(url("caseload")).content.decode()


def test_filters_narrow_and_can_be_kept_under_a_name(desk):
    plan_for(desk["person"], overdue=False)
    JobseekerFactory(office=desk["office"], counsellor=desk["ana"], person__name_as_given="Without Plan")
    client = desk["as_ana"]
    page = client.get(url("caseload") + "?no_plan=on").content.decode()
    assert "Without Plan" in page and "Rosa Cruz" not in page
    assert client.post(url("keep_list"), {"no_plan": "on", "name": "No plan yet"}).status_code == 302
    assert KeptList.objects.get().filters == {"no_plan": True}
    assert "?no_plan=on" in client.get(url("caseload")).content.decode()
    again = client.post(url("keep_list"), {"no_plan": "on", "name": "No plan yet"})
    assert again.status_code == 422 and "Choose another name" in again.content.decode()
    assert KeptList.objects.count() == 1
    # Somebody else's list is not there for a colleague.
    assert desk["as_ben"].post(url("keep_list"), {"drop": KeptList.objects.get().ref}).status_code == 404
    client.post(url("keep_list"), {"drop": KeptList.objects.get().ref})
    assert not KeptList.objects.exists()


def test_only_the_manager_opens_a_colleagues_caseload(desk):
    path = url("caseload") + f"?whose={desk['ana'].pk}"
    assert desk["as_ben"].get(path).status_code == 404
    assert "Rosa Cruz" in desk["as_boss"].get(path).content.decode()
    elsewhere = account_with("counsellor", office=OfficeFactory())
    assert desk["as_boss"].get(url("caseload") + f"?whose={elsewhere.pk}").status_code == 404


def test_a_file_needs_a_reason_is_harmless_and_each_person_can_read_that_it_was_taken(desk):
    person = desk["person"].person
    person.name_as_given = '=HYPERLINK("http://bad")'
    person.save()
    refused = desk["as_ana"].post(url("caseload_file"), {"reason": " ", "format": "csv"})
    assert refused.status_code == 422 and not views_of(person.log_key)
    csv = desk["as_ana"].post(url("caseload_file"), {"reason": "Visit to the school", "format": "csv"})
    assert "'=HYPERLINK" in csv.content.decode("utf-8-sig")
    assert views_of(person.log_key)[0].reason == "Visit to the school"
    book = desk["as_ana"].post(url("caseload_file"), {"reason": "Visit", "format": "xlsx"})
    with zipfile.ZipFile(io.BytesIO(book.content)) as held:
        texts = held.read("xl/sharedStrings.xml").decode()
        sheet = held.read("xl/worksheets/sheet1.xml").decode()
    assert ">'=" in texts or ">&apos;=" in texts or ">&#39;=" in texts
    assert "<f>" not in sheet


def test_a_caseload_makes_the_same_number_of_queries_and_stays_small(desk):
    counts, held = {}, 1
    for size in (1, 20, 100):
        for number in range(size - held):
            person = JobseekerFactory(office=desk["office"], counsellor=desk["ana"])
            plan_for(person, overdue=bool(number % 2))
            ReferralFactory(jobseeker=person)
            Contact.objects.create(
                jobseeker=person, office=desk["office"], at=NOW, way="phone", result="reached", by=desk["ana"]
            )
        held = size
        desk["as_ana"].get(url("caseload"))
        with CaptureQueriesContext(connection) as queries:
            page = desk["as_ana"].get(url("caseload"))
        counts[size] = len(queries)
    assert len(set(counts.values())) == 1 and counts[100] <= 30, counts
    assert len(page.content) <= 30_000


# --- notes ----------------------------------------------------------------------------------------


def test_a_note_is_corrected_by_a_new_one_and_never_changed(desk):
    path, client = url("notes", desk["person"].ref), desk["as_ana"]
    assert "They may read this" in client.get(path).content.decode()
    client.post(path, {"act": "note", "kind": "talk", "words": "Wants evenings.", "pinned": "on"})
    note = CaseNote.objects.get()
    assert (note.writer, note.pinned_at) == ("Ana", NOW)
    assert client.post(path, {"act": "correct", "note": note.ref, "words": " "}).status_code == 422
    client.post(path, {"act": "correct", "note": note.ref, "words": "Wants mornings."})
    note.refresh_from_db()
    assert note.words == "Wants evenings." and note.corrected_by.words == "Wants mornings."
    twice = client.post(path, {"act": "correct", "note": note.ref, "words": "Both."})
    assert twice.status_code == 422 and CaseNote.objects.count() == 2
    client.post(path, {"act": "unpin", "note": note.ref})
    note.refresh_from_db()
    assert note.pinned_at is None


def test_one_note_on_many(desk):
    other = JobseekerFactory(office=desk["office"], counsellor=desk["ana"])
    refs = [desk["person"].ref, other.ref]
    chosen = desk["as_ana"].post(url("note_many"), {"person": refs})
    assert chosen.status_code == 302
    assert desk["as_ana"].post(chosen.url, {"words": ""}).status_code == 422 and not CaseNote.objects.exists()
    desk["as_ana"].post(chosen.url, {"words": "Came to the session on letters."})
    assert CaseNote.objects.count() == 2 and len({one.together for one in CaseNote.objects.all()}) == 1
    stranger = JobseekerFactory()
    path = f"{url('note_many')}?person={desk['person'].ref}&person={stranger.ref}"
    assert desk["as_ana"].post(path, {"words": "No."}).status_code == 404
    assert CaseNote.objects.count() == 2


def test_notes_stay_at_the_office_and_go_with_the_person(desk, signed_in):
    client, path = desk["as_ana"], url("notes", desk["person"].ref)
    client.post(path, {"act": "note", "kind": "talk", "words": "Wants mornings."})
    client.post(path, {"act": "helper", "role": "relative", "name": "Aunt Rosa", "reached_by": "at home"})
    for role in ("counsellor", "employer_adviser"):
        place = OfficeFactory() if role == "counsellor" else desk["office"]
        assert signed_in(account_with(role, office=place)).get(path).status_code == 404
    person = desk["person"].person
    told = read_person(person_ref=person.ref, by=actor_with("jobseeker", scope_id=person.pk))["casework"]
    assert told["notes"][0]["note"] == "Wants mornings."
    assert told["who else helps me"][0]["name of who helps"] == "Aunt Rosa"
    erase_person(person_ref=person.ref, by=actor_with("administrator"), at=NOW)
    assert not CaseNote.objects.exists() and not NamedHelper.objects.exists()


def test_who_else_helps_is_spoken_with_and_ends(desk):
    client, path = desk["as_ana"], url("notes", desk["person"].ref)
    assert client.post(path, {"act": "helper", "role": "school", "name": ""}).status_code == 422
    client.post(path, {"act": "helper", "role": "school", "name": "Mr Tan"})
    helper = NamedHelper.objects.get()
    client.post(path, {"act": "spoke", "helper": helper.ref})
    client.post(path, {"act": "ended", "helper": helper.ref})
    helper.refresh_from_db()
    assert (helper.last_contact_on, helper.until) == (TODAY, TODAY)


# --- handing over ---------------------------------------------------------------------------------


def parts(prefix, **days):
    """Days as the boxes of a form hold them."""
    return {
        f"{prefix}-{name}_{part}": str(getattr(day, part))
        for name, day in days.items()
        for part in ("day", "month", "year")
    }


def test_a_stand_in_sees_the_people_as_their_own_and_it_ends_by_itself(desk):
    last = TODAY + timedelta(days=6)
    form = {"act": "leave", "leave-deputy": str(desk["ben"].pk), "leave-note": "Back in a week."}
    done = desk["as_ana"].post(url("hand_over"), {**form, **parts("leave", first_day=TODAY, last_day=last)})
    assert done.status_code == 302, done.content.decode()[:4000]
    page = desk["as_ben"].get(url("caseload")).content.decode()
    assert "Rosa Cruz" in page and "You stand in for Ana" in page
    both = {desk["ana"].pk, desk["ben"].pk}
    assert caseload_of(desk["ben"].pk, on=last) == both
    assert caseload_of(desk["ben"].pk, on=last + timedelta(days=1)) == {desk["ben"].pk}
    twice = desk["as_ana"].post(url("hand_over"), {**form, **parts("leave", first_day=last, last_day=last)})
    assert twice.status_code == 422 and StandIn.objects.count() == 1
    desk["as_ana"].post(url("hand_over"), {"act": "end", "stand_in": StandIn.objects.get().ref})
    assert "Rosa Cruz" not in desk["as_ben"].get(url("caseload")).content.decode()


def test_nobody_arranges_a_colleagues_leave_but_the_manager(desk):
    path = f"{url('hand_over')}?from={desk['ana'].pk}"
    form = {"act": "leave", "leave-deputy": str(desk["ben"].pk), **parts("leave", first_day=TODAY, last_day=TODAY)}
    desk["as_ben"].post(path, form)  # speaks of Ben's own people: nobody can stand in for themselves
    assert not StandIn.objects.exists()
    assert desk["as_boss"].post(path, form).status_code == 302
    assert StandIn.objects.get().absent == desk["ana"]


def test_all_people_are_handed_over_with_a_note_each_and_told(desk):
    JobseekerFactory(office=desk["office"], counsellor=desk["ana"], person__phone=False)
    form = {"act": "good", "good-to": str(desk["ben"].pk), "good-note": "I move to Cebu.", "good-tell": "on"}
    assert desk["as_ana"].post(url("hand_over"), {**form, "good-note": ""}).status_code == 422
    desk["person"].refresh_from_db()
    assert desk["person"].counsellor == desk["ana"] and not CaseNote.objects.exists()
    assert desk["as_ana"].post(url("hand_over"), form).status_code == 302
    desk["person"].refresh_from_db()
    assert desk["person"].counsellor == desk["ben"]
    assert {(one.kind, one.words) for one in CaseNote.objects.all()} == {("handover", "I move to Cebu.")}
    assert CaseNote.objects.count() == 2
    assert "Ask for Ben from now on." in Message.objects.get().text


def test_those_ticked_go_to_nobody_and_the_others_stay(desk):
    other = JobseekerFactory(office=desk["office"], counsellor=desk["ana"])
    chosen = desk["as_ana"].post(url("hand_over"), {"person": [desk["person"].ref]})
    form = {"act": "good", "good-to": "nobody", "good-note": "Needs another office desk."}
    assert desk["as_ana"].post(chosen.url, form).status_code == 302
    desk["person"].refresh_from_db(), other.refresh_from_db()
    assert desk["person"].counsellor is None and other.counsellor == desk["ana"] and not Message.objects.exists()


def test_people_of_a_colleague_are_not_handed_over_by_another(desk):
    form = {"act": "good", "good-to": str(desk["boss"].pk), "good-note": "Mine now."}
    desk["as_ben"].post(f"{url('hand_over')}?from={desk['ana'].pk}", form)
    desk["person"].refresh_from_db()
    assert desk["person"].counsellor == desk["ana"] and not CaseNote.objects.exists()


def test_access_ends_with_the_membership_at_the_next_request(desk):
    assert desk["as_ana"].get(url("caseload")).status_code == 200
    member = Membership.objects.get(account=desk["ana"])
    end_membership(membership=member, by=actor_with("office_manager", scope_id=desk["office"].pk), at=NOW)
    gone = desk["as_ana"].get(url("caseload"))
    assert gone.status_code == 302 and reverse("web:sign_in") in gone.url
    # Should the account be opened again, the old session is no way in.
    Account.objects.filter(pk=desk["ana"].pk).update(is_active=True)
    Membership.objects.filter(pk=member.pk).update(ended_at=None)
    assert desk["as_ana"].get(url("caseload")).status_code == 302


def test_access_ends_on_the_last_day_of_a_membership(desk):
    Membership.objects.filter(account=desk["ana"]).update(ends_before=TODAY + timedelta(days=1))
    assert desk["as_ana"].get(url("caseload")).status_code == 200
    Membership.objects.filter(account=desk["ana"]).update(ends_before=TODAY)
    assert desk["as_ana"].get(url("caseload")).status_code == 404


def test_the_manager_finds_the_people_of_somebody_who_left(desk):
    as_boss = desk["as_boss"]
    assert "who has left" not in as_boss.get(url("caseload")).content.decode()
    member = Membership.objects.get(account=desk["ana"])
    end_membership(membership=member, by=actor_with("office_manager", scope_id=desk["office"].pk), at=NOW)
    shown = as_boss.get(url("caseload")).content.decode()
    assert "Ana, who has left: 1 people" in shown
    assert "who has left" not in desk["as_ben"].get(url("caseload")).content.decode()
    assert as_boss.get(url("caseload") + f"?whose={desk['ana'].pk}").status_code == 200
