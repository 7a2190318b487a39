"""The firm's own pages in a browser: details, phone, papers, people, several firms, a list from a file."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.factories import CEBU, EmployerFactory, OfficeFactory, account_with

from openpes.core.models import AccessEntry
from openpes.core.tests.test_pictures import jpeg
from openpes.messaging.models import Message
from openpes.organisations.models import Employer, EmployerPaper, Invitation, Membership
from openpes.people.models import Account
from openpes.vacancies.models import Vacancy
from openpes.web.employer.tests.test_registering import FIRM

pytestmark = pytest.mark.django_db(databases=["default", "access"])
LIST = (
    b"reference,title,places,pay,weekly_hours,description\n"
    b"C-1,Cook,2,16000,48,Cook for forty guests each day.\nC-2,Cook,0,1,1,x\n"
)


def signed_in(account: Account) -> Client:
    """A browser of somebody without a second factor to show."""
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def employer() -> Employer:
    """A checked firm."""
    return EmployerFactory(phone_proven_at=None)


@pytest.fixture
def client(employer: Employer) -> Client:
    """Its first person, signed in."""
    return signed_in(account_with("employer_staff", employer=employer, name="Ana Reyes"))


def proven(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The same browser after the second step of signing in."""
    monkeypatch.setattr("openpes.web.doorkeeper.needs_second_factor", lambda roles: False)
    return client


def test_the_phone_is_proven_by_the_code_from_the_text(client: Client, employer: Employer) -> None:
    """Wrong first, right then."""
    page = reverse("employer:phone")
    client.post(page)
    code = re.search(r"\b\d{6}\b", Message.objects.get(kind="phone_code").text)
    assert code is not None
    wrong = client.post(page, {"act": "prove", "code": "000000" if code[0] != "000000" else "111111"})
    assert wrong.status_code == 422 and b"This is not the code" in wrong.content
    assert client.post(page, {"act": "prove", "code": code[0]}).status_code == 302
    employer.refresh_from_db()
    assert employer.phone_proven_at is not None and b"proven" in client.get(reverse("employer:firm")).content


def test_a_photo_of_a_paper_is_kept_and_shown_to_officers_only(client: Client, employer: Employer) -> None:
    """What is no photo stays out, with the mend."""
    page = reverse("employer:papers")
    bad = client.post(page, {"kind": "permit", "file": SimpleUploadedFile("x.jpg", b"<html>")})
    assert bad.status_code == 422 and b"no plain PDF" in bad.content
    form = {"kind": "permit", "file": SimpleUploadedFile("x.jpg", jpeg()), "expires_on_day": "1",
            "expires_on_month": "12", "expires_on_year": "2030"}  # fmt: skip
    assert client.post(page, form).status_code == 302
    paper = EmployerPaper.objects.get()
    assert b"Permit" in client.get(page).content
    officer = signed_in(account_with("employer_adviser", office=employer.office))
    stranger = signed_in(account_with("employer_staff", employer=EmployerFactory()))
    url = reverse("employer:paper", args=[paper.ref])
    assert stranger.get(url).status_code == 404
    with pytest.MonkeyPatch.context() as patch:
        proven(officer, patch)
        answer = officer.get(url)
        assert answer.status_code == 200 and answer["Content-Type"] == "image/jpeg"
        assert "sandbox" in answer["Content-Security-Policy"]
        desk = officer.get(reverse("counsellor:employer", args=[employer.ref])).content.decode()
        assert url in desk and "No business register is loaded" in desk
    assert AccessEntry.objects.using("access").filter(thing=f"employer_paper:{paper.ref}").count() == 1
    assert client.post(reverse("employer:paper_remove", args=[paper.ref])).status_code == 302
    assert client.get(url).status_code == 404


def test_the_first_person_invites_others_behind_the_second_step(client: Client, employer: Employer) -> None:
    """As administrator the password alone opens nothing; with the second step the link is shown once."""
    people = reverse("employer:staff")
    assert reverse("employer:take_over") in client.get(people).content.decode()
    client.post(reverse("employer:take_over"))
    assert client.get(people).status_code == 302 and "second-step" in client.get(people)["Location"]
    with pytest.MonkeyPatch.context() as patch:
        proven(client, patch)
        form = {"name": "Ben", "username": "ben@firm.example", "role": "employer_reader"}
        page = client.post(people, form).content.decode()
        link = re.search(r"http://testserver(/\S+?)<", page)
        assert link is not None and Invitation.objects.get().employer == employer
        ben = Client()
        assert ben.get(link[1]).status_code == 200
        accepted = ben.post(link[1], {"new_password": "three words apart", "repeated": "three words apart",
                                      "new_password_again": "three words apart"})  # fmt: skip
        assert accepted.status_code in {302, 422}
        key = Membership.objects.get(role="employer_administrator").pk
        last = client.post(reverse("employer:leave", args=[key]), {})
        assert last.status_code == 422 and b"Name another one first" in last.content


def test_details_are_changed_by_the_administrator_only(client: Client, employer: Employer) -> None:
    """Nothing typed is lost, and a new name waits."""
    assert client.get(reverse("employer:firm_change")).status_code == 404
    boss = signed_in(account_with("employer_administrator", employer=employer))
    with pytest.MonkeyPatch.context() as patch:
        proven(boss, patch)
        page = reverse("employer:firm_change")
        assert employer.name in boss.get(page).content.decode()
        form = {**FIRM, "organisation": "Kusina ni Eva"}
        bad = boss.post(page, {**form, "phone": "12"})
        assert bad.status_code == 422 and b"Kusina ni Eva" in bad.content
        assert boss.post(page, form).status_code == 302
    employer.refresh_from_db()
    assert (employer.name, employer.state) == ("Kusina ni Eva", "submitted")


def test_one_account_acts_for_several_firms(client: Client, employer: Employer) -> None:
    """A second firm is added, and chosen; one of somebody else is not."""
    OfficeFactory()
    added = client.post(reverse("employer:add_firm"), {**FIRM, "area_code": CEBU})
    assert added.status_code == 302
    second = Employer.objects.get(name="Kusina ni Ana")
    assert second.name in client.get(reverse("employer:home")).content.decode()
    home = client.get(reverse("employer:firms")).content.decode()
    assert employer.name in home and second.name in home
    client.post(reverse("employer:choose_firm"), {"firm": employer.ref})
    assert employer.name in client.get(reverse("employer:home")).content.decode()
    other = EmployerFactory()
    assert client.post(reverse("employer:choose_firm"), {"firm": other.ref}).status_code == 404


def test_a_reader_reads_and_changes_nothing(employer: Employer) -> None:
    """The pages open; every write is as if there were no such page."""
    reader = signed_in(account_with("employer_reader", employer=employer))
    for name in ("home", "firm", "staff", "introductions"):
        assert reader.get(reverse(f"employer:{name}")).status_code == 200
    for name in ("papers", "bulk", "firm_change"):
        assert reader.get(reverse(f"employer:{name}")).status_code == 404


def test_a_file_is_looked_at_then_taken(client: Client, employer: Employer) -> None:
    """The same file: one row new, one to mend, with row, column and mend."""
    page = reverse("employer:bulk")
    looked = client.post(page, {"file": SimpleUploadedFile("jobs.csv", LIST)}).content.decode()
    assert "Nothing is written yet" in looked and "places: Write a number of places" in looked
    assert not Vacancy.objects.exists()
    kept = re.search(r'name="kept" value="(\w+)"', looked)
    assert kept is not None
    taken = client.post(page, {"act": "take", "kept": kept[1]}).content.decode()
    assert "What happened" in taken and Vacancy.objects.get().external_id == "C-1"
    stranger = signed_in(account_with("employer_staff", employer=EmployerFactory()))
    assert stranger.post(page, {"act": "take", "kept": kept[1]}).status_code == 404
    bad = client.post(page, {"file": SimpleUploadedFile("jobs.csv", b"{")})
    assert bad.status_code == 422 and b"no JSON" in bad.content


def test_the_way_for_a_system_is_set_up_and_the_key_shown_once(client: Client) -> None:
    """https only; the template opens."""
    feed = reverse("employer:feed")
    assert client.post(feed, {"address": "http://jobs.example.org"}).status_code == 422
    assert client.post(feed, {"address": "https://jobs.example.org/list"}).status_code == 302
    shown = client.post(feed, {"act": "key"}).content.decode()
    assert "Authorization: Bearer" in shown and "Bearer" not in client.get(reverse("employer:bulk")).content.decode()
    for ending in ("csv", "xlsx"):
        answer = client.get(reverse("employer:bulk_template", args=[ending]))
        assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]


def test_registering_and_the_open_data_have_a_limit_and_a_page_that_says_so() -> None:
    """A flood gets 429 with the time to wait."""
    cache.clear()
    visitor = Client()
    codes = [visitor.post(reverse("employer:register"), {}).status_code for _ in range(12)]
    assert codes[0] == 422 and codes[-1] == 429
    last = visitor.post(reverse("employer:register"), {})
    assert b"Wait an hour" in last.content and last["Retry-After"] == "3600"
    assert visitor.get(reverse("employer:register")).status_code == 200
    cache.clear()
