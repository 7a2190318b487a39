"""The partners' desk, the office's pages about partners, the link without an account, and the person's own page."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import NOW, TODAY, JobseekerFactory, OfficeFactory, account_with

from openpes.core.access_log import views_of
from openpes.journeys.refer_to_partner_links import partner_answer_path, partner_answer_token
from openpes.organisations.models import Partner
from openpes.partnerships.models import PartnerAgreement, PartnerReferral
from openpes.partnerships.tests.worlds import a_partner, an_agreement, send

pytestmark = pytest.mark.django_db(databases=["default", "access"])


@pytest.fixture(autouse=True)
def at_nine(monkeypatch):
    """The clock of the doors stands still."""
    monkeypatch.setattr("openpes.web.doorkeeper.now", lambda: NOW)


@pytest.fixture
def world(signed_in):
    """An office with a counsellor and a manager; a partner with one account; a person who was sent there."""
    office = OfficeFactory()
    partner = a_partner(office)
    agreement = an_agreement(partner, capacity=50, offers="A warm place and a mentor")
    person = JobseekerFactory(office=office, person__name_as_given="Rosa Cruz")
    return {
        "office": office,
        "partner": partner,
        "agreement": agreement,
        "person": person,
        "referral": send(person, agreement, note="likes to sew"),
        "at_partner": signed_in(account_with("partner_staff", partner=partner, name="Lina")),
        "at_desk": signed_in(account_with("counsellor", office=office)),
        "manager": signed_in(account_with("office_manager", office=office)),
        "own": signed_in(account_with("jobseeker", person=person.person)),
    }


def page(client, name, *args, **data):
    answer = client.get(reverse(name, args=args), data)
    assert answer.status_code == 200
    assert len(answer.content) < 60_000
    return answer.content.decode()


def test_the_partner_answers_in_one_press_and_writes_each_step(world):
    desk, ref = world["at_partner"], world["referral"].ref
    assert "Rosa Cruz" in page(desk, "partner:home")
    assert "likes to sew" in page(desk, "partner:person", ref)
    address = reverse("partner:person", args=[ref])
    assert desk.post(address, {"act": "accept"}).status_code == 302
    day = {"on_day": TODAY.day, "on_month": TODAY.month, "on_year": TODAY.year}
    assert desk.post(address, {"act": "step", "step": "first_contact", "words": "by phone", **day}).status_code == 302
    assert desk.post(address, {"act": "step", "step": "attended", **day}).status_code == 302
    shown = desk.post(address, {"act": "close", "words": "kept words"})
    assert shown.status_code == 422 and "kept words" in shown.content.decode()
    story = page(world["at_desk"], "counsellor:partner_referral", ref)
    assert "by phone" in story and "In touch" in story
    assert desk.post(address, {"act": "close", "result": "found_work"}).status_code == 302
    assert desk.get(address).status_code == 404
    assert "Found work" in page(world["at_desk"], "counsellor:partner_referral", ref)
    assert {one.reason for one in views_of(world["person"].person.log_key)} >= {"Bright Start"}


def test_a_no_needs_its_reason_and_becomes_a_task_of_today(world):
    desk, address = world["at_partner"], reverse("partner:person", args=[world["referral"].ref])
    assert desk.post(address, {"act": "decline", "words": ""}).status_code == 422
    assert desk.post(address, {"act": "decline", "words": "too far"}).status_code == 302
    today = page(world["at_desk"], "counsellor:today")
    assert "came back from a partner" in today and "Rosa Cruz" in today
    assert "Rosa Cruz" in page(world["at_desk"], "counsellor:partners_returned")
    world["at_desk"].post(reverse("counsellor:partner_seen", args=[world["referral"].ref]))
    assert "came back from a partner" not in page(world["at_desk"], "counsellor:today")


def test_without_a_second_factor_no_page_of_a_partner_opens(world):
    account = account_with("partner_staff", partner=world["partner"])
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    for name in ("partner:home", "partner:month"):
        answer = client.get(reverse(name))
        assert answer.status_code == 302 and reverse("web:second_factor") in answer["Location"]


def test_a_partner_cannot_search_or_open_anything_of_the_office(world):
    for address in ("/desk/", "/desk/find/", "/desk/partners/", "/figures/", f"/desk/people/{world['person'].ref}/"):
        assert world["at_partner"].get(address).status_code == 404
    other = send(JobseekerFactory(office=world["office"]), an_agreement(a_partner(world["office"], "Other")))
    assert world["at_partner"].get(reverse("partner:person", args=[other.ref])).status_code == 404
    assert world["at_desk"].get(reverse("partner:home")).status_code == 404


def test_the_list_costs_the_same_for_one_and_twenty(world):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            page(world["at_partner"], "partner:home")
        return len(caught)

    page(world["at_partner"], "partner:home")
    one = queries()
    for _number in range(19):
        send(JobseekerFactory(office=world["office"]), world["agreement"])
    assert queries() == one


def test_the_directory_costs_the_same_for_one_and_twenty(world):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            page(world["at_desk"], "counsellor:partners")
        return len(caught)

    page(world["at_desk"], "counsellor:partners")
    one = queries()
    for number in range(19):
        an_agreement(a_partner(world["office"], f"Partner {number}"))
    assert queries() == one


def test_own_list_and_report_are_taken_along(world):
    answer = world["at_partner"].post(reverse("partner:export"))
    text = zipfile.ZipFile(io.BytesIO(answer.content)).read("xl/sharedStrings.xml").decode()
    assert "Rosa Cruz" in text
    assert "Sent to us" in page(world["at_partner"], "partner:month")
    assert world["at_partner"].get(reverse("partner:month_pdf")).content.startswith(b"%PDF")
    assert world["at_partner"].get(reverse("partner:month_xlsx")).content.startswith(b"PK")
    other = a_partner(world["office"], "Other")
    assert "Bright Start" in page(world["at_partner"], "partner:month", partner=other.ref)


def test_an_agreement_that_ends_soon_warns_partner_and_office(world):
    an_agreement(world["partner"], ends_before=TODAY + timedelta(days=25), warned=[90, 30])
    assert "ends in 25 days" in page(world["at_partner"], "partner:home")
    assert "ends in 25 days" in page(world["at_desk"], "counsellor:partners")


def test_a_counsellor_sends_somebody_and_hears_what_stands_in_the_way(world):
    person = JobseekerFactory(office=world["office"])
    assert "Bright Start" in page(world["at_desk"], "counsellor:partners_for_person", person.ref)
    address = reverse("counsellor:partner_send", args=[person.ref, world["agreement"].ref])
    refused = world["at_desk"].post(address, {"purpose": "support", "note": "keep this"})
    assert refused.status_code == 422 and "keep this" in refused.content.decode()
    assert PartnerReferral.objects.count() == 1
    assert world["at_desk"].post(address, {"purpose": "support", "agreed": "on"}).status_code == 302
    assert PartnerReferral.objects.filter(jobseeker=person, state="sent").exists()
    again = world["at_desk"].post(address, {"purpose": "support", "agreed": "on"})
    assert again.status_code == 422 and "already" in again.content.decode()


def test_a_manager_makes_partner_agreement_and_invitation_and_ends_them(world):
    desk = world["manager"]
    new = {"name": "House of Work", "kind": "ngo", "area": "PH-CEB", "contact_phone": "0917 123 4567"}
    assert world["at_desk"].post(reverse("counsellor:new_partner"), new).status_code == 404
    assert desk.post(reverse("counsellor:new_partner"), new).status_code == 302
    made = Partner.objects.get(name="House of Work")
    assert made.contact_phone == "+639171234567"
    assert desk.post(reverse("counsellor:new_partner"), {**new, "contact_phone": "12"}).status_code == 422
    terms = {
        "offers": "Sewing",
        "purposes": ["training"],
        "capacity": 3,
        **{f"starts_on_{part}": getattr(TODAY, part) for part in ("day", "month", "year")},
        **{f"ends_before_{part}": getattr(TODAY + timedelta(days=99), part) for part in ("day", "month", "year")},
    }
    assert desk.post(reverse("counsellor:new_agreement", args=[made.ref]), {**terms, "capacity": 0}).status_code == 422
    assert desk.post(reverse("counsellor:new_agreement", args=[made.ref]), terms).status_code == 302
    invited = desk.post(reverse("counsellor:partner", args=[made.ref]), {"name": "Lina", "username": "lina"})
    assert "/invitation/" in invited.content.decode()
    agreement = PartnerAgreement.objects.get(partner=made)
    assert "Sewing" in page(desk, "counsellor:end_agreement", agreement.ref)
    assert desk.post(reverse("counsellor:end_agreement", args=[agreement.ref]), {"note": "moved"}).status_code == 302
    assert desk.post(reverse("counsellor:close_partner", args=[made.ref])).status_code == 302
    made.refresh_from_db()
    assert not made.is_open


def test_the_link_shows_one_person_and_takes_an_answer_without_an_account(world):
    address = partner_answer_path(partner_answer_token(world["referral"], at=NOW))
    visitor = Client()
    assert "Rosa Cruz" in visitor.get(address).content.decode()
    assert visitor.post(address, {"answer": "decline", "words": ""}).status_code == 422
    assert visitor.post(address, {"answer": "no_place"}).status_code == 302
    assert visitor.get(address).status_code == 404
    assert visitor.get(address, {"done": "1"}).status_code == 200
    world["referral"].refresh_from_db()
    assert world["referral"].ending == "no_place"


def test_the_person_sees_who_has_their_data_and_takes_it_back(world):
    mine = page(world["own"], "jobseeker:partners")
    assert "Bright Start" in mine and "Phone" in mine
    assert reverse("jobseeker:partners") in page(world["own"], "jobseeker:data")
    stranger = JobseekerFactory()
    other = send(stranger, an_agreement(a_partner(stranger.office, "Other")))
    assert world["own"].post(reverse("jobseeker:partner_take_back", args=[other.ref])).status_code == 404
    address = reverse("jobseeker:partner_take_back", args=[world["referral"].ref])
    assert world["own"].post(address).status_code == 302
    assert world["at_partner"].get(reverse("partner:person", args=[world["referral"].ref])).status_code == 404
    assert "No partner sees" in page(world["own"], "jobseeker:partners")
    assert world["own"].post(address).status_code == 302
