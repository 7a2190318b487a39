"""Offices and staff by form and by file; what nobody else may do."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.factories import OfficeFactory, account_with

from openpes.core.spreadsheets import as_xlsx
from openpes.organisations.models import Invitation, Membership, Office

pytestmark = pytest.mark.django_db(databases=["default", "access"])
GOOD = "code,name,area_code\nCEB-1,Cebu office,PH-CEB\nMNL-1,Manila office,PH-00\n"


def upload(client: Client, page: str, text: str | bytes, name: str = "list.csv"):
    content = text.encode() if isinstance(text, str) else text
    return client.post(reverse(page), {"file": SimpleUploadedFile(name, content)})


@pytest.fixture
def administrator(signed_in):
    return signed_in(account_with("administrator"))


def test_offices_from_a_file_are_taken_once_and_bad_rows_are_told(administrator):
    text = GOOD + "X,,PH-CEB\nY,Nowhere,ZZ-99\nCEB-2,Branch,PH-CEB\n"
    answer = upload(administrator, "administration:load_offices", text).content.decode()
    assert set(Office.objects.values_list("code", flat=True)) == {"CEB-1", "MNL-1", "CEB-2"}
    assert "ZZ-99" in answer and ">4<" in answer and ">5<" in answer
    assert "Changed: 3" in upload(administrator, "administration:load_offices", text).content.decode()
    assert Office.objects.count() == 3


def test_a_spreadsheet_is_read_like_csv(administrator):
    book = as_xlsx([("Offices", ("Code", "Name", "Area code"), [("CEB-1", "Cebu", "PH-CEB")])])
    upload(administrator, "administration:load_offices", book, "list.xlsx")
    assert Office.objects.get().name == "Cebu"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", "naïve".encode("latin-1"), b"a,b\n1,2\n"])
def test_a_file_that_is_no_list_changes_nothing_and_says_what_to_do(administrator, content):
    response = upload(administrator, "administration:load_offices", content)
    assert response.status_code == 422 and Office.objects.count() == 0


def test_an_invitation_leads_to_an_account_behind_a_second_factor(administrator):
    office = OfficeFactory()
    page = administrator.post(
        reverse("administration:invite"),
        {
            "name": "Nita Cruz",
            "username": "nita@example.org",
            "role": "counsellor",
            "office": office.ref,
            "language": "en",
        },
    )
    link = re.search(r"http://testserver(/invitation/[^/]+/)", page.content.decode()).group(1)
    assert link.strip("/").split("/")[1] not in Invitation.objects.get().key_hash
    visitor = Client()
    assert visitor.get(link).status_code == 200
    done = visitor.post(link, {"password": "a very long word", "again": "a very long word"})
    assert done.url == reverse("web:second_factor_set_up")
    assert Membership.objects.filter(role="counsellor", office=office).exists()
    assert visitor.get(reverse("figures:month")).url.startswith(reverse("web:second_factor"))
    assert visitor.get(link).status_code == 404, "an invitation works once"


def test_a_manager_invites_for_the_own_office_only(signed_in):
    own, other = OfficeFactory(), OfficeFactory()
    manager = signed_in(account_with("office_manager", office=own))
    data = {"name": "A", "username": "a", "role": "counsellor", "language": "en"}
    assert manager.post(reverse("administration:invite"), {**data, "office": other.ref}).status_code == 422
    assert (
        manager.post(reverse("administration:invite"), {**data, "office": "", "role": "administrator"}).status_code
        == 422
    )
    assert manager.post(reverse("administration:invite"), {**data, "office": own.ref}).status_code == 200
    assert Invitation.objects.get().office == own


def test_access_ends_the_moment_a_role_ends(administrator, signed_in):
    office = OfficeFactory()
    account = account_with("counsellor", office=office)
    counsellor = signed_in(account)
    assert counsellor.get(reverse("figures:month")).status_code == 200
    administrator.post(reverse("administration:end", args=[Membership.objects.get(account=account).pk]))
    assert counsellor.get(reverse("figures:month")).status_code in {302, 404}


@pytest.mark.parametrize(
    "page", ["offices", "staff", "invite", "pack", "logs", "load_offices", "load_staff", "new_office"]
)
def test_the_administrator_sees_each_page_and_others_none(page, administrator, signed_in):
    url = reverse(f"administration:{page}")
    assert administrator.get(url).status_code == 200
    assert Client().get(url).status_code == 302
    counsellor = signed_in(account_with("counsellor", office=OfficeFactory()))
    assert counsellor.get(url).status_code == 404
