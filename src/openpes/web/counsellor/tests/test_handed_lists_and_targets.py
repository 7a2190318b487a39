"""A school's leavers and the people of a closed factory are handed over; targets by group are set and read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import NOW, TODAY, JobseekerFactory, OfficeFactory, account_with, actor_with

from openpes.circumstances.models import Agreement, GroupMembership
from openpes.core.decisions import NotPermitted, Refused
from openpes.desks.handed_lists import progress_of, went_where
from openpes.desks.targets import reaches
from openpes.imports.models import ImportBatch
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.states import JobseekerState
from openpes.journeys.hand_over_leavers import hand_over_list
from openpes.journeys.import_list import map_columns, take_list
from openpes.messaging.models import Message
from openpes.partnerships import operations
from openpes.partnerships.list_operations import NewTarget, SaidList, set_target
from openpes.partnerships.models import GroupTarget, HandedList
from openpes.partnerships.states import HandedKind, PartnerAnswer, TargetMeasure
from openpes.partnerships.tests.worlds import a_partner, an_agreement, send, staff_of
from openpes.placements.models import Outcome
from openpes.placements.states import EvidenceGrade, OutcomeKind
from openpes_evidence.proportions import wilson

pytestmark = pytest.mark.django_db(databases=["default", "access"])
HEAD = "name,phone,born_on\n"
NAMES = ("Ana", "Ben", "Cora", "Dino", "Elsa", "Ferdie", "Gina", "Hector", "Iris", "Jun", "Karla", "Lito")
ROWS = HEAD + "".join(f"{name} Ramos,0917 55{number:05d},{1990 + number}-02-11\n" for number, name in enumerate(NAMES))
GROUP = "returning_ofws"


@pytest.fixture(autouse=True)
def at_nine(monkeypatch):
    """The clock of the doors stands still."""
    monkeypatch.setattr("openpes.web.doorkeeper.now", lambda: NOW)


@pytest.fixture
def office():
    return OfficeFactory()


@pytest.fixture
def manager(office):
    return actor_with("office_manager", scope_id=office.pk)


def handed(office, by, said, *, school=None, content=ROWS):
    return hand_over_list(
        said=said,
        school=school,
        office=office,
        content=content.encode(),
        file_name="list.csv",
        language="en",
        by=by,
        at=NOW,
    )


SHOCK = SaidList(HandedKind.SHOCK, "Sunrise Garments closed", TODAY)
LEAVERS = SaidList(HandedKind.LEAVERS, "Leavers of June", TODAY, "signed sheet")


def test_a_shock_list_becomes_people_who_are_known_and_nothing_more(office, manager):
    held = handed(office, manager, SHOCK)
    columns = {one: one for one in ("name", "phone", "born_on")}
    batch = map_columns(batch=held.batch, columns=columns, by=manager, at=NOW, at_once=True)
    take_list(batch=batch, by=manager, at=NOW, at_once=True)
    people = Jobseeker.objects.filter(office=office)
    assert people.count() == 12 and set(people.values_list("state", flat=True)) == {JobseekerState.FROM_LIST}
    assert not Message.objects.exists()
    progress = progress_of(held, at=NOW)
    assert (progress.people, progress.agreed, progress.year_is_over, progress.went) == (12, 0, False, {})
    later = NOW + timedelta(days=366)
    first = people.order_by("pk")
    for number, one in enumerate(first):
        Outcome.objects.create(
            jobseeker=one,
            office=office,
            kind=OutcomeKind.JOB if number < 11 else OutcomeKind.SELF_EMPLOYMENT,
            starts_on=TODAY + timedelta(days=90),
            grade=next(iter(EvidenceGrade)),
            recorded_at=later,
        )
    went = progress_of(held, at=later).went
    assert went["job"] is None or went["job"] % 10 == 0
    assert went["self_employment"] is None


def test_fewer_than_ten_people_say_nothing():
    assert went_where({number: "job" for number in range(9)}, 9) == {}
    assert went_where({number: "job" for number in range(20)}, 20) == {"job": 20}
    assert went_where({number: "job" for number in range(19)}, 20)["unknown"] is None


def test_a_school_says_how_its_leavers_agreed_and_a_refusal_keeps_no_file(office, manager):
    school = a_partner(office, "Central High")
    for said, place in ((SaidList(HandedKind.LEAVERS, "June", TODAY, " "), school), (LEAVERS, None)):
        with pytest.raises(Refused):
            handed(office, manager, said, school=place)
    with pytest.raises(NotPermitted):
        handed(office, actor_with("counsellor", scope_id=office.pk), LEAVERS, school=school)
    assert not ImportBatch.objects.exists() and not HandedList.objects.exists()
    made = handed(office, manager, LEAVERS, school=school)
    assert handed(office, manager, LEAVERS, school=school).pk == made.pk
    assert (made.partner_id, made.how_agreed) == (school.pk, "signed sheet")


def test_the_page_takes_a_list_and_goes_on_to_the_dry_look(office, signed_in):
    school = a_partner(office, "Central High")
    desk = signed_in(account_with("office_manager", office=office))
    data = {
        "kind": "leavers",
        "label": "Leavers of June",
        "school": school.ref,
        "how_agreed": "signed sheet",
        **{f"day_{part}": getattr(TODAY, part) for part in ("day", "month", "year")},
    }
    address = reverse("counsellor:handed_lists")
    wrong = desk.post(address, {**data, "label": "", "file": SimpleUploadedFile("a.csv", ROWS.encode())})
    assert wrong.status_code == 422 and "signed sheet" in wrong.content.decode()
    bad = desk.post(address, {**data, "file": SimpleUploadedFile("a.csv", b"name\n")})
    assert bad.status_code == 422 and not HandedList.objects.exists()
    sent = desk.post(address, {**data, "file": SimpleUploadedFile("a.csv", ROWS.encode())})
    held = HandedList.objects.get()
    assert sent["Location"] == reverse("counsellor:import_list", args=[held.batch.ref])
    assert "Leavers of June" in desk.get(address).content.decode()
    assert "Central High" in desk.get(reverse("counsellor:handed_list", args=[held.ref])).content.decode()
    elsewhere = signed_in(account_with("office_manager", office=OfficeFactory()))
    assert elsewhere.get(reverse("counsellor:handed_list", args=[held.ref])).status_code == 404
    counsellor = signed_in(account_with("counsellor", office=office))
    assert counsellor.get(address).status_code == 200
    assert counsellor.post(address, data).status_code == 404


def members(office, number, *, agreed=True):
    made = []
    for _number in range(number):
        one = JobseekerFactory(office=office)
        GroupMembership.objects.create(person=one.person, code=GROUP, said_at=NOW)
        if agreed:
            Agreement.objects.create(
                person=one.person,
                purpose="figures",
                way="on_screen",
                language="en",
                version="test",
                given_at=NOW,
                given_to="test",
            )
        made.append(one)
    return made


def a_target(office, by, **change):
    values = {
        "group": GROUP,
        "measure": TargetMeasure.REGISTERED,
        "number": 40,
        "starts_on": TODAY - timedelta(days=30),
        "ends_before": TODAY + timedelta(days=300),
        "why": "a tenth of those who came home",
    }
    return set_target(office=office, new=NewTarget(**{**values, **change}), by=by, at=NOW)


def test_only_people_who_agreed_to_be_counted_are_counted_and_few_are_not_shown(office, manager):
    target = a_target(office, manager)
    members(office, 9)
    members(office, 30, agreed=False)
    members(OfficeFactory(), 15)
    assert [(one.known, one.reached) for one in reaches([target])] == [(None, None)]
    members(office, 12)
    (reach,) = reaches([target])
    assert (reach.known, reach.reached, reach.of_target) == (20, 20, 50)
    assert reach.low is not None and reach.low < 100 and reach.high == 100


def test_reach_by_partner_counts_who_was_accepted_within_the_span(office, manager):
    partner = a_partner(office)
    agreement = an_agreement(partner, capacity=50)
    people = members(office, 20)
    for one in people[:10]:
        referral = send(one, agreement)
        operations.answer(referral=referral, answer=PartnerAnswer.ACCEPT, words="", by=staff_of(partner), at=NOW)
    measured = reaches(
        [
            a_target(office, manager, measure=TargetMeasure.PARTNER),
            a_target(office, manager, measure=TargetMeasure.PARTNER, ends_before=TODAY),
            a_target(office, manager, measure=TargetMeasure.WORK),
        ]
    )
    assert [one.reached for one in measured] == [10, 0, 0]


def test_an_interval_holds_the_share_and_narrows_with_people():
    few, many = wilson(5, 10), wilson(500, 1000)
    assert few[0] < 0.5 < few[1] and few[1] - few[0] > many[1] - many[0]
    assert wilson(0, 0) is None


def test_targets_are_set_by_managers_read_by_analysts_and_cost_the_same(office, manager, signed_in):
    with pytest.raises(NotPermitted):
        a_target(office, actor_with("counsellor", scope_id=office.pk))
    with pytest.raises(Refused):
        a_target(office, manager, group="nobody")
    assert not GroupTarget.objects.exists()
    desk, analyst = (
        signed_in(account_with("office_manager", office=office, name="Boss")),
        signed_in(account_with("analyst")),
    )
    data = {
        "group": GROUP,
        "measure": "work",
        "number": 40,
        "why": "half of them",
        **{f"starts_on_{part}": getattr(TODAY, part) for part in ("day", "month", "year")},
        **{f"ends_before_{part}": getattr(TODAY + timedelta(days=99), part) for part in ("day", "month", "year")},
    }
    address = reverse("counsellor:targets")
    assert analyst.post(address, data).status_code == 404
    short = desk.post(address, {**data, "number": 3})
    assert short.status_code == 422 and "half of them" in short.content.decode()
    assert desk.post(address, data).status_code == 302

    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert "Boss" in analyst.get(address).content.decode()
        return len(caught)

    members(office, 3)
    queries()
    one = queries()
    for _number in range(19):
        a_target(office, manager)
    assert queries() == one
    target = GroupTarget.objects.filter(set_by_name="Boss").get()
    assert signed_in(account_with("counsellor", office=office)).get(address).status_code == 404
    assert desk.post(reverse("counsellor:end_target", args=[target.ref])).status_code == 302
    target.refresh_from_db()
    assert target.ended_at == NOW
