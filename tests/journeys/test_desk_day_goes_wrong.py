"""A counsellor's day when it goes wrong: one test for each way in which it can.

The power goes in the middle of a form; two counsellors edit one record; somebody returns after fourteen months; a
stranger has the old number now; an officer is transferred; a target tempts to write down hires that are none; a
politician brings a list. What each must come to is said in the name of the test.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from openpes.appointments.states import ContactResult
from openpes.casework.models import FormDraft
from openpes.circumstances.models import Barrier
from openpes.circumstances.operations import agree
from openpes.circumstances.states import GivenHow, UsedFor
from openpes.core.decisions import Refused
from openpes.desks.returns import MINE, Gap, Line, read_return, span_of
from openpes.desks.sampled_hires import sampled_hires
from openpes.guidance.models import Plan
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.states import JobseekerState
from openpes.journeys.call_people import record_call
from openpes.journeys.hand_over_leavers import hand_over_list
from openpes.journeys.import_list import map_columns, take_list
from openpes.journeys.phones import wrong_person
from openpes.journeys.record_outcome import record_outcome
from openpes.journeys.refer_jobseeker import refer_jobseeker
from openpes.journeys.retention import run_retention
from openpes.messaging.models import Message
from openpes.organisations.models import Membership
from openpes.organisations.operations import end_membership
from openpes.organisations.queries import actor_for
from openpes.partnerships.list_operations import SaidList
from openpes.partnerships.states import HandedKind
from openpes.people.models import Account, Person
from openpes.placements import operations as placements
from openpes.placements.models import HireCheck, Outcome
from openpes.placements.states import EvidenceGrade, OutcomeKind
from openpes.referrals.models import Referral
from tests.factories import (
    CEBU,
    NOW,
    TODAY,
    JobseekerFactory,
    OfficeFactory,
    ReferralFactory,
    VacancyFactory,
    account_with,
    actor_with,
)

pytestmark = pytest.mark.django_db(databases=["default", "access"])
FOURTEEN_MONTHS = timedelta(days=425)
WHOLE_FORM = {
    "name": "Luzviminda Evangelista", "born_on_day": "14", "born_on_month": "3", "born_on_year": "2007",
    "sex": "female", "phone": "0917 123 4567", "phone_owner": "shared", "language": "en", "area_code": CEBU,
    "education": "", "work_text": "waitress", "work_code": "5131",
}  # fmt: skip


@pytest.fixture(autouse=True)
def at_ten(monkeypatch):
    """The clock of the doors stands at ten in the morning."""
    monkeypatch.setattr("openpes.web.doorkeeper.now", lambda: NOW)


@pytest.fixture
def office():
    return OfficeFactory()


@pytest.fixture
def ana(office):
    return account_with("counsellor", office=office, name="Ana")


@pytest.fixture
def person(office):
    return JobseekerFactory(office=office, person__name_as_given="Rosa Cruz")


def carried(page: str, name: str) -> str:
    """What a page carries in a hidden box."""
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found is not None, name
    return found[1]


class TestPowerCutMidForm:
    """What was typed is there again, for the same officer, after a cut and a new sign-in."""

    def test_she_goes_on_where_she_stopped_and_the_person_is_registered_once(self, ana, signed_in):
        page = reverse("counsellor:register")
        half = {name: value for name, value in WHOLE_FORM.items() if name not in {"education", "work_code"}}
        # The script of the page sends this two seconds after the last key.
        kept = signed_in(ana).post(page, {**half, "keep_draft": "1"}, headers={"x-draft": "1"})
        assert kept.json()["kept"] and not Jobseeker.objects.exists()
        after_the_cut = signed_in(ana)
        assert f"{page}?draft=1" in after_the_cut.get(page).content.decode()
        given_back = after_the_cut.get(f"{page}?draft=1").content.decode()
        assert "Luzviminda Evangelista" in given_back and "waitress" in given_back
        for _time in range(2):
            answer = after_the_cut.post(page, {**WHOLE_FORM, "agreed": "on"})
        assert answer.status_code == 422, "the second time it is told that she is known"
        assert Jobseeker.objects.count() == 1 and Person.objects.count() == 1

    def test_the_yes_is_asked_again(self, ana, signed_in):
        page, desk = reverse("counsellor:register"), signed_in(ana)
        desk.post(page, {**WHOLE_FORM, "agreed": "on", "share_contact": "on", "keep_draft": "1"})
        assert not {"agreed", "share_contact"} & set(FormDraft.objects.get().words)
        assert not desk.get(f"{page}?draft=1").context["form"]["agreed"].value()


class TestTwoCounsellorsEditOneRecord:
    """Different boxes both stand; the same box is shown both ways, and nothing is lost unseen."""

    @pytest.fixture
    def two(self, office, person, signed_in):
        by = actor_with("counsellor", scope_id=office.pk, account=account_with("counsellor", office=office))
        agree(jobseeker=person, purposes=[UsedFor.GUIDANCE], way=GivenHow.READ_ALOUD, by=by, at=NOW)
        return [signed_in(account_with("counsellor", office=office, name=name)) for name in ("Ana", "Ben")]

    @staticmethod
    def boxes(seen: str, **other: str) -> dict[str, str]:
        """The whole form of barriers, as a browser sends it."""
        empty = {
            f"barrier.{kind}.{part}": ""
            for kind in ("transport", "documents", "care", "health", "language", "debt", "housing", "safety", "other")
            for part in ("severity", "words", "help")
        }
        return {"act": "barriers", "barriers_seen": seen, **empty, **other}

    def test_circumstances_what_each_wrote_stands(self, two, person):
        page = reverse("counsellor:circumstances", args=[person.ref])
        seen = [carried(one.get(page).content.decode(), "barriers_seen") for one in two]
        bus = {"barrier.transport.severity": "some", "barrier.transport.words": "The bus stops at six"}
        child = {"barrier.care.severity": "blocks", "barrier.care.words": "A child of two"}
        assert two[0].post(page, self.boxes(seen[0], **bus)).status_code == 302
        assert two[1].post(page, self.boxes(seen[1], **child)).status_code == 302
        stands = set(Barrier.objects.filter(ended_at=None).values_list("words", flat=True))
        assert stands == {"The bus stops at six", "A child of two"}

    def test_circumstances_the_same_box_is_shown_both_ways(self, two, person):
        page = reverse("counsellor:circumstances", args=[person.ref])
        seen = [carried(one.get(page).content.decode(), "barriers_seen") for one in two]
        said = {"barrier.care.severity": "some"}
        two[0].post(page, self.boxes(seen[0], **said, **{"barrier.care.words": "Her mother is ill"}))
        answer = two[1].post(page, self.boxes(seen[1], **said, **{"barrier.care.words": "A child of two"}))
        shown = answer.content.decode()
        assert answer.status_code == 422 and "Her mother is ill" in shown and "A child of two" in shown
        assert Barrier.objects.get(ended_at=None).words == "Her mother is ill"
        again = self.boxes(carried(shown, "barriers_seen"), **said, **{"barrier.care.words": "Both"})
        assert two[1].post(page, again).status_code == 302
        assert Barrier.objects.get(ended_at=None).words == "Both"

    def test_groups_and_needs_merge_tick_by_tick(self, two, person):
        page = reverse("counsellor:circumstances", args=[person.ref])
        seen = [carried(one.get(page).content.decode(), "needs_seen") for one in two]
        two[0].post(page, {"act": "needs", "needs_seen": seen[0], "needs": "step_free"})
        two[1].post(page, {"act": "needs", "needs_seen": seen[1], "needs": "sign_language"})
        text = two[0].get(page).content.decode()
        for code in ("step_free", "sign_language"):
            assert re.search(rf'id="need-{code}"[^>]* checked', text), code

    def test_plans_both_are_shown_and_the_first_stays_to_be_read(self, two, person):
        page = reverse("counsellor:new_plan", args=[person.ref])
        form = two[0].get(page).context["form"]
        due = TODAY + timedelta(days=7)
        typed = {
            "seen_version": "0",
            **{one: form.fields[one].choices[1][0] for one in ("diagnosis", "strategy")},
            "a1_title": "Visit two places", "a1_who": "person",
            "a1_due_day": str(due.day), "a1_due_month": str(due.month), "a1_due_year": str(due.year),
        }  # fmt: skip
        assert two[0].post(page, {**typed, "goal": "A job as a cook"}).status_code == 302
        answer = two[1].post(page, {**typed, "goal": "A job as a waitress"})
        shown = answer.content.decode()
        assert answer.status_code == 422 and "A job as a cook" in shown and "A job as a waitress" in shown
        assert Plan.objects.count() == 1
        knowingly = {**typed, "goal": "A job as a waitress", "seen_version": carried(shown, "seen_version")}
        assert two[1].post(page, knowingly).status_code == 302
        assert list(Plan.objects.order_by("version").values_list("goal", "state")) == [
            ("A job as a cook", "replaced"),
            ("A job as a waitress", "current"),
        ]


class TestReturnAfterFourteenMonths:
    """One press, the same record with its story: never a second one, and never erased meanwhile."""

    @pytest.fixture
    def away(self, office):
        then = NOW - FOURTEEN_MONTHS
        return JobseekerFactory(
            office=office,
            person__name_as_given="Luzviminda Evangelista",
            person__born_on=date(2007, 3, 14),
            state=JobseekerState.SLEEPING,
            registered_at=then,
            last_confirmed_at=then,
            changed_at=then,
        )

    def test_is_still_known(self, away):
        run_retention(at=NOW)
        away.person.refresh_from_db()
        assert away.person.erased_at is None

    def test_is_proposed_instead_of_registered_twice_and_wakes_with_one_press(self, away, ana, signed_in):
        desk = signed_in(ana)
        answer = desk.post(reverse("counsellor:register"), {**WHOLE_FORM, "agreed": "on"})
        assert answer.status_code == 422 and reverse("counsellor:person", args=[away.ref]) in answer.content.decode()
        desk.post(reverse("counsellor:looks_again", args=[away.ref]))
        away.refresh_from_db()
        assert (away.state, away.last_confirmed_at) == (JobseekerState.ACTIVE, NOW)
        assert Jobseeker.objects.count() == 1


class TestAStrangerHasTheOldNumber:
    """A text says nothing about anybody, and after the first word of it none goes there any more."""

    def test_no_text_names_the_person(self, office, person, ana):
        by = actor_for(ana, on=TODAY)
        vacancy = VacancyFactory(employer__office=office)
        refer_jobseeker(jobseeker=person, vacancy=vacancy, note="", agreed_now=True, by=by, at=NOW)
        texts = Message.objects.filter(person=person.person)
        assert texts.exists()
        for one in texts:
            assert "Rosa" not in one.text and "Cruz" not in one.text

    def test_after_this_is_not_me_nothing_goes_there(self, office, person, ana):
        number = person.person.phones.get().number
        assert wrong_person(number=number, at=NOW) == person.person_id
        before = Message.objects.filter(number=number).count()
        by = actor_for(ana, on=TODAY)
        vacancy = VacancyFactory(employer__office=office)
        refer_jobseeker(jobseeker=person, vacancy=vacancy, note="", agreed_now=True, by=by, at=NOW)
        assert Message.objects.filter(number=number).count() == before

    def test_a_wrong_number_on_the_phone_does_the_same(self, person, ana):
        by = actor_for(ana, on=TODAY)
        record_call(jobseeker=person, result=ContactResult.WRONG_NUMBER, note="", by=by, at=NOW)
        assert not person.person.phones.filter(is_main=True).exists()


class TestOfficerIsTransferred:
    """From that day the old office is closed to them, in the page that is open and in what they had begun."""

    def test_access_ends_the_same_day(self, office, person, ana, signed_in):
        desk = signed_in(ana)
        page = reverse("counsellor:notes", args=[person.ref])
        desk.post(page, {"act": "note", "kind": "talk", "words": "Half a thought", "keep_draft": "1"})
        Membership.objects.create(account=ana, role="counsellor", office=OfficeFactory(), starts_on=TODAY)
        boss = actor_for(account_with("office_manager", office=office), on=TODAY)
        membership = Membership.objects.get(account=ana, office=office)
        end_membership(membership=membership, by=boss, at=NOW)
        for address in (page, f"{page}?draft=1", reverse("counsellor:person", args=[person.ref])):
            assert desk.get(address).status_code == 404, address
        assert desk.post(page, {"act": "note", "kind": "talk", "words": "Late"}).status_code == 404
        assert "Rosa" not in desk.get(reverse("counsellor:drafts")).content.decode()
        assert person.ref not in desk.get(reverse("counsellor:find"), {"text": "Rosa Cruz"}).content.decode()


class TestATargetTemptsToWriteDownHires:
    """A hire that only the desk wrote down counts as no more, is asked about, and may be drawn for a look."""

    def written(self, person, by) -> Outcome:
        return record_outcome(
            jobseeker=person, kind=OutcomeKind.JOB, starts_on=TODAY, grade=EvidenceGrade.SAID_BY_PERSON,
            source="told me", by=by, at=NOW,
        )  # fmt: skip

    def test_without_an_introduction_it_is_no_placement_of_the_return(self, office, ana):
        by = actor_for(ana, on=TODAY)
        self.written(JobseekerFactory(office=office, counsellor=ana), by)
        found = read_return(by, span_of(TODAY.isoformat()), whose=MINE, at=NOW)
        assert not any(found.numbers[one] for one in (Line.WORK_PERSON, Line.WORK_EMPLOYER, Line.WORK_REGISTER))

    def test_after_an_introduction_it_stands_apart_in_the_return(self, office, ana):
        by = actor_for(ana, on=TODAY)
        referral = ReferralFactory(jobseeker__office=office, jobseeker__counsellor=ana)
        placements.record_outcome(
            jobseeker=referral.jobseeker, kind=OutcomeKind.JOB, starts_on=TODAY, grade=EvidenceGrade.SAID_BY_PERSON,
            source="told me", referral=referral, by=by, at=NOW, on=TODAY,
        )  # fmt: skip
        found = read_return(by, span_of(TODAY.isoformat()), whose=MINE, at=NOW)
        assert found.numbers[Line.WORK_PERSON] == 1
        assert found.numbers[Line.WORK_REGISTER] == found.numbers[Line.WORK_EMPLOYER] == 0
        assert (Gap.ONLY_SAID, 1) in found.gaps

    def test_the_person_is_asked_whether_it_is_so(self, person, ana):
        outcome = self.written(person, actor_for(ana, on=TODAY))
        assert HireCheck.objects.filter(outcome=outcome).count() >= 2

    def test_a_draw_that_anybody_can_repeat_gives_some_to_a_second_person(self, office, ana):
        by = actor_for(ana, on=TODAY)
        written = [self.written(JobseekerFactory(office=office), by) for _one in range(12)]
        boss = actor_for(account_with("office_manager", office=office), on=TODAY)
        drawn = sampled_hires(boss, month="2026-11", at=NOW)
        assert 1 <= len(drawn) < len(written)
        assert [one.ref for one in drawn] == [one.ref for one in sampled_hires(boss, month="2026-11", at=NOW)]
        assert sampled_hires(by, month="2026-11", at=NOW) == [], "whoever wrote it down does not draw it"


class TestAPoliticiansList:
    """A list puts nobody forward: people on it are known and nothing more until each of them says yes."""

    NAMES = ("Ana", "Ben", "Cora", "Dino", "Elsa", "Ferdie", "Gina", "Hector", "Iris", "Jun", "Karla", "Lito")
    ROWS = "name,phone,born_on\n" + "".join(
        f"{name} Ramos,0917 55{number:05d},{1990 + number}-02-11\n" for number, name in enumerate(NAMES)
    )

    def taken(self, office):
        boss = actor_with("office_manager", scope_id=office.pk, account=account_with("office_manager", office=office))
        handed = hand_over_list(
            said=SaidList(HandedKind.SHOCK, "From the mayor", TODAY),
            school=None, office=office, content=self.ROWS.encode(), file_name="list.csv", language="en",
            by=boss, at=NOW,
        )  # fmt: skip
        columns = {one: one for one in ("name", "phone", "born_on")}
        batch = map_columns(batch=handed.batch, columns=columns, by=boss, at=NOW, at_once=True)
        return take_list(batch=batch, by=boss, at=NOW, at_once=True)

    def test_nobody_on_it_is_registered_matched_or_texted(self, office):
        self.taken(office)
        people = Jobseeker.objects.all()
        assert people.count() == 12 and {one.state for one in people} == {JobseekerState.FROM_LIST}
        assert not Message.objects.exists() and not Referral.objects.exists()

    def test_nobody_on_it_can_be_sent_to_a_job(self, office, ana):
        self.taken(office)
        by = actor_for(ana, on=TODAY)
        vacancy = VacancyFactory(employer__office=office)
        with pytest.raises(Refused):
            first = Jobseeker.objects.first()
            refer_jobseeker(jobseeker=first, vacancy=vacancy, note="", agreed_now=True, by=by, at=NOW)
        assert not Referral.objects.exists()

    def test_who_brought_it_stays_written_down(self, office):
        batch = self.taken(office)
        assert batch.file_name == "list.csv" and Account.objects.filter(pk=batch.account_id).exists()
