"""A course through the pages: enrolled, there, completed, certified, paid by two people, flagged, reported."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.factories import JobseekerFactory, OfficeFactory, account_with

from openpes.core.actors import system
from openpes.core.clock import local_date
from openpes.enrolments.flagging import raise_flags
from openpes.enrolments.models import (
    Attendance,
    Certificate,
    Control,
    CourseProvider,
    Enrolment,
    Flag,
    FollowUp,
    Session,
    StipendList,
)
from openpes.enrolments.states import FollowAnswer, Way
from openpes.journeys.enrol_in_programme import attend_url
from openpes.journeys.follow_programme import follow_url
from openpes.messaging.models import Message
from openpes.messaging.operations import take_in_text
from openpes.organisations.models import Membership
from openpes.organisations.partner_models import Partner
from openpes.people.models import Account
from openpes.programmes.models import Cycle
from openpes.programmes.states import ApplicationState
from openpes.programmes.tests.makers import a_cycle, a_version, an_application
from openpes.sms.hearing import hear

pytestmark = pytest.mark.django_db(databases=["default", "access"])
SignIn = Callable[[Any], Client]


def a_course(people: int = 2) -> tuple[Cycle, list[Enrolment], Session]:
    """A course that runs today with one session held now, and people enrolled in it."""
    at = timezone.now()
    on = local_date(at, "Asia/Manila")
    version = a_version(stipend_amount=Decimal(3000), stipend_currency="PHP", documents=[])
    cycle = a_cycle(version, starts_on=on - timedelta(days=3), ends_before=on + timedelta(days=9), places=40)
    enrolled = []
    for number in range(people):
        application = an_application(cycle, state=ApplicationState.ACCEPTED)
        enrolled.append(
            Enrolment.objects.create(
                application=application,
                cycle=cycle,
                jobseeker=application.jobseeker,
                enrolled_at=at - timedelta(days=4),
                payout_account=f"77{number}3819045",
            )
        )
    session = Session.objects.create(
        cycle=cycle,
        starts_at=at - timedelta(hours=2),
        ends_at=at - timedelta(minutes=1),
        place="Hall",
        trainer="Trainer",
        capacity=30,
        code="234567",
    )
    return cycle, enrolled, session


def provider_account(cycle: Cycle | None) -> Account:
    """Somebody of a partner, which runs this course where one is named."""
    partner = Partner.objects.create(
        name="Centre", kind="training", office=OfficeFactory.create(), area_code="PH-CEB", added_at=timezone.now()
    )
    if cycle is not None:
        CourseProvider.objects.create(cycle=cycle, partner=partner, named_at=timezone.now())
    account = account_with("jobseeker")
    Membership.objects.create(account=account, role="partner_staff", partner=partner, starts_on=date(2020, 1, 1))
    return account


def test_who_came_completed_and_has_a_certificate_that_verifies(signed_in: SignIn) -> None:
    _cycle, (first, second), session = a_course()
    desk = signed_in(account_with("programme_manager"))
    page = reverse("programmes:session", args=[session.ref])
    desk.post(page, {"came": [first.ref]})
    assert Attendance.objects.get().way == Way.LIST
    assert desk.get(reverse("programmes:session_code", args=[session.ref]))["Content-Type"] == "image/svg+xml"
    assert desk.get(reverse("programmes:session_sheet", args=[session.ref])).content[:4] == b"%PDF"
    person = reverse("programmes:enrolment", args=[first.ref])
    other = reverse("programmes:enrolment", args=[second.ref])
    refused = desk.post(other, {"act": "complete"})
    assert refused.status_code == 422 and "80 per cent" in refused.content.decode()
    desk.post(person, {"act": "complete"})
    desk.post(person, {"act": "certify"})
    paper = Certificate.objects.get()
    assert FollowUp.objects.filter(enrolment=first).count() == 3
    assert desk.get(reverse("programmes:certificate", args=[first.ref])).content[:4] == b"%PDF"
    public = Client().get(reverse("web:certificate", args=[paper.ref])).content.decode()
    assert "is valid" in public and first.jobseeker.person.name_as_given not in public and "M. S." in public
    holder = signed_in(account_with("jobseeker", person=first.jobseeker.person))
    assert (
        first.jobseeker.person.name_as_given
        in holder.get(reverse("web:certificate", args=[paper.ref])).content.decode()
    )
    desk.post(person, {"act": "revoke", "words": "Another person came"})
    assert "taken back" in Client().get(reverse("web:certificate", args=[paper.ref])).content.decode()
    assert "No certificate" in Client().get(reverse("web:certificate", args=["0000000000"])).content.decode()


def test_there_by_link_with_the_code_and_asked_later() -> None:
    _cycle, (first, _second), session = a_course()
    page = "/" + attend_url(first).split("/", 3)[3]
    wrong = Client().post(page, {"code": "999999"})
    assert wrong.status_code == 422 and not Attendance.objects.exists()
    Client().post(page, {"code": session.code})
    assert Attendance.objects.get().way == Way.LINK
    assert Client().get(page[:-3] + "00/").status_code == 404
    on = local_date(timezone.now(), "Asia/Manila")
    question = FollowUp.objects.create(enrolment=first, month=3, due_on=on)
    address = "/" + follow_url(question).split("/", 3)[3]
    assert Client().get(address).status_code == 200
    Client().post(address, {"says": "study"})
    question.refresh_from_db()
    assert question.answer == FollowAnswer.STUDY


def test_a_text_with_the_code_alone_is_noted_and_thanked_for() -> None:
    _cycle, (first, _second), session = a_course()
    number, at = first.jobseeker.person.phones.get().number, timezone.now()
    for ref, text in (("a", "999999"), ("b", f" {session.code} ")):
        row = take_in_text(provider="http", provider_ref=ref, number=number, text=text, sent_at=at, at=at)
        assert row is not None
        hear(row.pk, at)
    assert Attendance.objects.get().way == Way.SMS
    assert Message.objects.filter(text__contains="Thank you").count() == 1


def test_a_stipend_list_needs_two_people(signed_in: SignIn) -> None:
    cycle, (first, second), session = a_course()
    at = timezone.now()
    for one in (first, second):
        Attendance.objects.create(
            session=session, enrolment=one, way=Way.LIST, noted_at=at, noted_by="test", minutes=119
        )
    Enrolment.objects.filter(pk=second.pk).update(payout_account="=HYPERLINK(1)")
    one, two = (signed_in(account_with("programme_manager")) for _number in range(2))
    span = {}
    for name, day in (("starts_on", cycle.starts_on), ("ends_before", cycle.ends_before)):
        span |= {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
    one.post(reverse("programmes:lists", args=[cycle.ref]), span)
    held = StipendList.objects.get()
    page = reverse("programmes:stipends", args=[held.ref])
    assert one.get(reverse("programmes:stipends_file", args=[held.ref])).status_code == 404
    one.post(page, {"act": "release"})
    held.refresh_from_db()
    assert held.released_by is None
    two.post(page, {"act": "paid", "line": [held.lines.first().pk]})
    assert set(held.lines.values_list("state", flat=True)) == {"due"}
    two.post(page, {"act": "release"})
    two.post(page, {"act": "paid", "line": [line.pk for line in held.lines.all()]})
    assert set(held.lines.values_list("state", flat=True)) == {"paid"}
    book = zipfile.ZipFile(io.BytesIO(two.get(reverse("programmes:stipends_file", args=[held.ref])).content))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "'=HYPERLINK" in book.read("xl/sharedStrings.xml").decode()
    again = one.post(reverse("programmes:lists", args=[cycle.ref]), span)
    assert again.status_code == 422 and StipendList.objects.count() == 1


def test_a_flag_waits_for_a_person_with_words(signed_in: SignIn) -> None:
    cycle, (first, _second), session = a_course()
    Session.objects.filter(pk=session.pk).update(trainer="")
    Attendance.objects.create(
        session=session, enrolment=first, way=Way.LIST, noted_at=timezone.now(), noted_by="test", minutes=119
    )
    looker, at = system("flag.raise"), timezone.now()
    assert [one.rule for one in raise_flags(cycle=cycle, by=looker, at=at)] == ["trainer_missing"]
    assert raise_flags(cycle=cycle, by=looker, at=at) == []
    desk = signed_in(account_with("programme_manager"))
    assert "A session without a trainer" in desk.get(reverse("programmes:flags")).content.decode()
    flag = Flag.objects.get()
    page = reverse("programmes:flag", args=[flag.ref])
    assert desk.post(page, {"to": "upheld", "why": ""}).status_code == 422
    desk.post(page, {"to": "upheld", "why": "Nobody taught"})
    assert "100 %" in desk.get(reverse("programmes:flags")).content.decode()
    controls = reverse("programmes:controls", args=[cycle.ref])
    desk.post(controls, {"act": "draw", "seed": "numbers of Friday"})
    control = Control.objects.get()
    desk.post(controls, {"act": str(control.pk), "result": "right"})
    control.refresh_from_db()
    assert control.result == "waiting"
    signed_in(account_with("programme_manager")).post(controls, {"act": str(control.pk), "result": "wrong"})
    control.refresh_from_db()
    assert control.result == "wrong"


def test_a_provider_sees_its_own_course_and_no_other(signed_in: SignIn) -> None:
    cycle, (first, _second), session = a_course()
    mine, other = signed_in(provider_account(cycle)), signed_in(provider_account(None))
    for name, ref in (("course", cycle.ref), ("session", session.ref), ("enrolment", first.ref)):
        address = reverse(f"programmes:{name}", args=[ref])
        assert mine.get(address).status_code == 200, name
        assert other.get(address).status_code == 404, name
    assert cycle.version.title in mine.get(reverse("programmes:courses")).content.decode()
    assert cycle.version.title not in other.get(reverse("programmes:courses")).content.decode()
    for name in ("lists", "controls"):
        assert mine.get(reverse(f"programmes:{name}", args=[cycle.ref])).status_code in (403, 404)
    for name in ("flags", "claims"):
        assert mine.get(reverse(f"programmes:{name}")).status_code in (403, 404)
    assert other.post(reverse("programmes:session", args=[session.ref]), {"came": [first.ref]}).status_code == 404
    assert not Attendance.objects.exists()


def test_the_report_is_one_press(signed_in: SignIn) -> None:
    cycle, _people, _session = a_course()
    desk = signed_in(account_with("programme_manager"))
    assert desk.get(reverse("programmes:report", args=[cycle.ref, "pdf"])).content[:4] == b"%PDF"
    assert desk.get(reverse("programmes:report", args=[cycle.ref, "xlsx"])).content[:2] == b"PK"
    assert desk.get(reverse("programmes:report", args=[cycle.ref, "doc"])).status_code == 404


def test_a_full_course_costs_as_many_queries_as_a_small_one(signed_in: SignIn) -> None:
    counts = []
    for people in (1, 20):
        cycle, _people, session = a_course(people)
        desk = signed_in(account_with("programme_manager"))
        for name, ref in (("course", cycle.ref), ("session", session.ref)):
            desk.get(reverse(f"programmes:{name}", args=[ref]))
            with CaptureQueriesContext(connection) as queries:
                desk.get(reverse(f"programmes:{name}", args=[ref]))
            counts.append((name, len(queries)))
    assert counts[0] == counts[2] and counts[1] == counts[3]


def test_an_occupation_sheet_shows_the_open_programme() -> None:
    cycle = a_cycle(a_version(isco=["5120"]))
    on = local_date(timezone.now(), "Asia/Manila")
    Cycle.objects.filter(pk=cycle.pk).update(apply_from=on, apply_until=on)
    address = reverse("web:programme", args=[cycle.ref])
    assert address in Client().get(reverse("web:occupation", args=["5120"])).content.decode()
    assert address not in Client().get(reverse("web:occupation", args=["5131"])).content.decode()


def test_somebody_without_a_course_is_not_noted_by_a_code(signed_in: SignIn) -> None:
    _cycle, (first, _second), session = a_course()
    page = reverse("web:attend_here")
    stranger = JobseekerFactory.create()
    assert (
        signed_in(account_with("jobseeker", person=stranger.person)).post(page, {"code": session.code}).status_code
        == 422
    )
    assert not Attendance.objects.exists()
    own = signed_in(account_with("jobseeker", person=first.jobseeker.person))
    assert own.post(page, {"code": session.code}).status_code == 200
    assert Attendance.objects.get().enrolment == first
