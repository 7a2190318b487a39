"""What went wrong, from telling to answer: who sees it, who may act, and what is held."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import (
    NOW,
    EmployerFactory,
    JobseekerFactory,
    OfficeFactory,
    VacancyFactory,
    account_with,
    actor_with,
)

from openpes.complaints.models import Complaint, ComplaintEvent
from openpes.complaints.operations import Told, answer_complaint, ask_second_look, make_complaint, take_complaint
from openpes.complaints.queries import complaint_by_secret, complaint_for, complaints_of, open_at_desk
from openpes.complaints.states import Channel, ComplaintState
from openpes.core.access_log import views_of
from openpes.core.actors import VISITOR
from openpes.core.decisions import NotFound, NotPermitted, Refused
from openpes.journeys.complain import complain, run_complaint_clock
from openpes.journeys.erase_person import erase_person
from openpes.journeys.export_person import read_person
from openpes.messaging.models import Message

pytestmark = pytest.mark.django_db(databases=["default", "access"])


@pytest.fixture
def seeker():
    return JobseekerFactory()


def person(seeker):
    return actor_with("jobseeker", scope_id=seeker.person_id)


def officer(office, role="counsellor"):
    return actor_with(role, scope_id=office.pk, account=account_with(role, office=office))


def told(seeker, kind="not_paid", **more) -> Told:
    return Told(
        **{
            "kind": kind,
            "words": "He did not pay me for October.",
            "danger": "safe",
            "channel": Channel.WEB,
            "language": "en",
            "office_id": seeker.office_id,
            "person_id": seeker.person_id,
            **more,
        }
    )


def test_a_person_tells_and_has_an_answer_in_words(seeker):
    made = complain(told=told(seeker), by=person(seeker), at=NOW)
    assert not made.secret and made.complaint.due_on.isoformat() == "2026-12-04"
    desk = officer(seeker.office)
    held = complaint_for(desk, made.complaint.ref, at=NOW)
    assert views_of(seeker.person.log_key)[0].verb == "view"
    take_complaint(complaint=held, by=desk, at=NOW)
    from openpes.journeys.complain import answer_complaint as answer_and_tell

    answer_and_tell(complaint=held, answer="We called the owner; he pays on Friday.", by=desk, at=NOW)
    held.refresh_from_db()
    assert held.state == ComplaintState.ANSWERED and held.answered_by_id == desk.account_id
    text = Message.objects.get(kind="complaint_answered").text
    assert held.ref in text and "pay" not in text
    assert [one.kind for one in held.events.all()] == ["received", "taken", "answered"]


def test_others_see_nothing_and_change_nothing(seeker):
    made = complain(told=told(seeker), by=person(seeker), at=NOW)
    employer = EmployerFactory()
    for actor in (
        person(JobseekerFactory()),
        officer(OfficeFactory()),
        officer(seeker.office, "employer_adviser"),
        actor_with("employer_staff", scope_id=employer.pk),
        actor_with("analyst"),
        VISITOR,
    ):
        with pytest.raises(NotFound):
            complaint_for(actor, made.complaint.ref, at=NOW)
        with pytest.raises(NotPermitted):
            take_complaint(complaint=made.complaint, by=actor, at=NOW)
        with pytest.raises(NotPermitted):
            answer_complaint(complaint=made.complaint, answer="A long enough answer.", by=actor, at=NOW)
    assert ComplaintEvent.objects.count() == 1


def test_nobody_writes_in_anothers_name(seeker):
    with pytest.raises(NotPermitted):
        make_complaint(told=told(seeker), by=person(JobseekerFactory()), at=NOW)
    with pytest.raises(NotPermitted):
        make_complaint(told=told(seeker), by=VISITOR, at=NOW)
    with pytest.raises(Refused):
        make_complaint(told=told(seeker, kind="gossip", words=""), by=person(seeker), at=NOW)
    assert not Complaint.objects.exists()


def test_a_complaint_about_an_officer_never_lands_with_that_officer(seeker):
    about = officer(seeker.office)
    manager = officer(seeker.office, "office_manager")
    made = complain(told=told(seeker, kind="other", about_account_id=about.account_id), by=person(seeker), at=NOW)
    assert not open_at_desk(about).exists() and not open_at_desk(officer(seeker.office)).exists()
    assert list(open_at_desk(manager)) == [made.complaint]
    with pytest.raises(NotPermitted):
        take_complaint(complaint=made.complaint, by=about, at=NOW)
    managed_about = complain(
        told=told(seeker, kind="other", about_account_id=manager.account_id), by=person(seeker), at=NOW
    )
    assert managed_about.complaint not in open_at_desk(manager)


def test_not_satisfied_means_that_somebody_else_looks(seeker):
    made, first = complain(told=told(seeker), by=person(seeker), at=NOW), officer(seeker.office)
    answer_complaint(complaint=made.complaint, answer="There is nothing we can do.", by=first, at=NOW)
    ask_second_look(complaint=made.complaint, words="He still has not paid.", by=person(seeker), at=NOW)
    with pytest.raises(Refused):
        answer_complaint(complaint=made.complaint, answer="There is nothing we can do.", by=first, at=NOW)
    second = officer(seeker.office)
    done = answer_complaint(complaint=made.complaint, answer="The inspectorate has it now.", by=second, at=NOW)
    assert done.state == ComplaintState.ANSWERED and done.answered_by_id == second.account_id
    with pytest.raises(NotPermitted):
        ask_second_look(complaint=done, words="", by=person(JobseekerFactory()), at=NOW)


def test_an_advert_is_held_by_one_known_or_two_unknown_reports(seeker):
    job = VacancyFactory(employer__office=seeker.office)
    unknown = told(seeker, kind="fake_advert", person_id=None, channel=Channel.PUBLIC)
    complain(told=unknown, vacancy=job, by=VISITOR, at=NOW)
    job.refresh_from_db()
    assert job.state == "live"
    complain(told=unknown, vacancy=job, by=VISITOR, at=NOW)
    job.refresh_from_db()
    assert job.state == "paused"
    other = VacancyFactory(employer__office=seeker.office)
    made = complain(told=told(seeker, kind="asked_for_money"), vacancy=other, by=person(seeker), at=NOW)
    other.refresh_from_db()
    assert other.state == "paused" and made.complaint.events.filter(kind="held_advert").exists()
    third = VacancyFactory(employer__office=seeker.office)
    complain(told=told(seeker, kind="not_paid"), vacancy=third, by=person(seeker), at=NOW)
    third.refresh_from_db()
    assert third.state == "live"


def test_the_clock_tells_the_manager_once_and_closes_what_is_left_unsaid(seeker):
    made = complain(told=told(seeker, kind="unsafe"), by=person(seeker), at=NOW)
    assert run_complaint_clock(at=NOW + timedelta(days=2))["complaints_escalated"] == 0
    assert run_complaint_clock(at=NOW + timedelta(days=3))["complaints_escalated"] == 1
    assert run_complaint_clock(at=NOW + timedelta(days=4))["complaints_escalated"] == 0
    answered_at = NOW + timedelta(days=4)
    answer_complaint(
        complaint=made.complaint, answer="The ladder is mended.", by=officer(seeker.office), at=answered_at
    )
    assert run_complaint_clock(at=answered_at + timedelta(days=29))["complaints_closed"] == 0
    assert run_complaint_clock(at=answered_at + timedelta(days=31))["complaints_closed"] == 1


def test_without_an_account_by_number_and_word(seeker):
    page, url = Client(), reverse("web:report")
    OfficeFactory()
    refused = page.post(url, {"words": "They wanted 5000.", "kind": "asked_for_money"})
    assert refused.status_code == 422 and "They wanted 5000." in refused.content.decode()
    sent = page.post(url, {"words": "They wanted 5000.", "kind": "asked_for_money", "danger": "now"}, follow=True)
    ref, secret = re.findall(r"<strong>([0-9A-Z]+)</strong>", sent.content.decode())
    assert "dangerous" in sent.content.decode()
    assert ref not in page.get(reverse("web:reported"), follow=True).content.decode()
    assert complaint_by_secret(ref, "WRONG1") is None and complaint_by_secret("0000000000", secret) is None
    held = complaint_by_secret(ref.lower(), secret.lower())
    answer_complaint(complaint=held, answer="Thank you: the advert is gone.", by=officer(held.office), at=NOW)
    look = reverse("web:report_answer")
    assert "Thank you" in page.post(look, {"ref": ref, "secret": secret}).content.decode()
    wrong = page.post(look, {"ref": ref, "secret": "AAAAAA"})
    assert wrong.status_code == 422 and "Thank you" not in wrong.content.decode()
    page.post(look, {"ref": ref, "secret": secret, "act": "again", "words": "It is back."})
    held.refresh_from_db()
    assert held.state == ComplaintState.SECOND_LOOK and held.owner_id is None


def test_the_desk_from_list_to_answer_and_the_paper_for_the_inspectorate(seeker, signed_in):
    account = account_with("counsellor", office=seeker.office)
    desk = signed_in(account)
    new = reverse("counsellor:write_complaint", args=[seeker.ref])
    assert desk.get(new).status_code == 200
    sent = desk.post(
        new, {"words": "No gloves.", "kind": "unsafe", "danger": "afraid", "channel": "phone_call", "about": "Kusina"}
    )
    held = Complaint.objects.get()
    assert sent.status_code == 302 and held.channel == "phone_call" and held.written_by_id == account.pk
    assert held.ref in desk.get(reverse("counsellor:complaints")).content.decode()
    url, paper = (reverse(f"counsellor:{name}", args=[held.ref]) for name in ("complaint", "handoff"))
    assert desk.get(paper).status_code == 404
    assert desk.post(url, {"act": "hand_off"}).status_code == 422
    for data in ({"act": "take"}, {"act": "note", "note": "Called."}, {"act": "hand_off", "agrees": "1"}):
        assert desk.post(url, data).status_code == 302
    assert desk.get(paper).content.startswith(b"%PDF")
    short = desk.post(url, {"act": "answer", "answer": "ok"})
    assert short.status_code == 422 and "ok</textarea>" in short.content.decode()
    assert desk.post(url, {"act": "answer", "answer": "They give gloves from Monday."}).status_code == 302
    assert signed_in(account_with("counsellor", office=OfficeFactory())).get(url).status_code == 404


def test_own_pages(seeker, signed_in):
    account = account_with("jobseeker", person=seeker.person)
    own = signed_in(account)
    url = reverse("jobseeker:complaints")
    sent = own.post(url, {"words": "Nobody paid me.", "kind": "not_paid", "danger": "safe"})
    held = Complaint.objects.get()
    assert sent.status_code == 302 and held.person_id == seeker.person_id
    one = reverse("jobseeker:complaint", args=[held.ref])
    assert "Nobody paid me." in own.get(one).content.decode()
    answer_complaint(complaint=held, answer="It comes on Friday.", by=officer(seeker.office), at=NOW)
    own.post(one, {"act": "again", "words": "It did not come."})
    held.refresh_from_db()
    assert held.state == ComplaintState.SECOND_LOOK
    assert [one.ref for one in complaints_of(person(seeker))] == [held.ref]


def test_a_person_takes_it_along_and_is_forgotten_in_it(seeker):
    complain(told=told(seeker), by=person(seeker), at=NOW)
    own = person(seeker)
    assert read_person(person_ref=seeker.person.ref, by=own)["complaints"]["complaints"][0]["in my words"]
    erase_person(person_ref=seeker.person.ref, by=own, at=NOW)
    held = Complaint.objects.get()
    assert held.words == "" and held.kind == "not_paid"


def test_the_list_makes_a_constant_number_of_queries(seeker, signed_in, django_assert_max_num_queries):
    desk, url = signed_in(account_with("counsellor", office=seeker.office)), reverse("counsellor:complaints")
    for _number in range(2):
        complain(told=told(seeker), by=person(seeker), at=NOW)
    desk.get(url)
    with django_assert_max_num_queries(60) as few:
        desk.get(url)
    for _number in range(8):
        complain(told=told(JobseekerFactory(office=seeker.office)), by=officer(seeker.office), at=NOW)
    with django_assert_max_num_queries(60) as many:
        desk.get(url)
    assert len(many) == len(few)
