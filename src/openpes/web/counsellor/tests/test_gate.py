"""Every address of the desk that takes a person's number asks for the reason first."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.urls.converters import IntConverter
from tests.factories import NOW, JobseekerFactory, OfficeFactory, account_with

from openpes.core.access_log import views_of
from openpes.web.counsellor.gate import is_of_a_person
from openpes.web.counsellor.urls import urlpatterns

pytestmark = pytest.mark.django_db(databases=["default", "access"])
NAME = "Rosa Cruz"
WITH_REF = [one for one in urlpatterns if "ref" in one.pattern.converters]
OF_PEOPLE = [one.name for one in urlpatterns if is_of_a_person(one)]
MORE = {
    "other_ref": "",
    "outcome_ref": "",
    "interview_ref": "",
    "action_ref": "",
    "key": "school_leaver",
    "isco": "5223",
}


@pytest.fixture
def desk(signed_in, monkeypatch):
    """A person in Ana's care, looked for by Ben."""
    monkeypatch.setattr("openpes.web.doorkeeper.now", lambda: NOW)
    office = OfficeFactory()
    ana, ben = (account_with("counsellor", office=office) for _one in range(2))
    person = JobseekerFactory(office=office, counsellor=ana, person__name_as_given=NAME)
    return signed_in(ana), signed_in(ben), person


def address(name, ref):
    pattern = next(one for one in urlpatterns if one.name == name)
    converters = pattern.pattern.converters
    given = {key: MORE.get(key) or ref for key in converters if key not in ("ref", "line", "number")}
    given |= {key: 1 for key in given if isinstance(converters[key], IntConverter)}
    numbers = {key: 1 for key in pattern.pattern.converters if key in ("line", "number")}
    return reverse(f"counsellor:{name}", kwargs={"ref": ref, **given, **numbers})


def test_the_pages_of_a_person_are_known():
    """The list is not empty, and holds the pages that were once without a gate."""
    assert {"person", "match", "plan", "interviews", "circumstances", "notes", "advice", "call"} <= set(OF_PEOPLE)
    assert len(OF_PEOPLE) >= 25


@pytest.mark.parametrize("name", OF_PEOPLE)
def test_a_page_of_a_colleagues_person_leads_to_the_reason(desk, name):
    _ana, ben, person = desk
    found = ben.get(address(name, person.ref))
    assert found.status_code == 302 and found["Location"].startswith(f"/desk/people/{person.ref}/why/")
    assert ben.post(address(name, person.ref), {}).status_code == 302
    assert views_of(person.person.log_key) == []


@pytest.mark.parametrize("name", [one.name for one in WITH_REF])
def test_no_address_whatever_shows_the_person_without_a_reason(desk, name):
    """Also those that take other numbers: the person's own, put in there, opens nothing."""
    _ana, ben, person = desk
    for found in (ben.get(address(name, person.ref)), ben.post(address(name, person.ref), {})):
        assert NAME not in found.content.decode(errors="ignore")
    assert views_of(person.person.log_key) == []


def test_after_the_reason_the_wanted_page_opens_and_no_other_site(desk):
    _ana, ben, person = desk
    why, wanted = f"/desk/people/{person.ref}/why/", f"/desk/people/{person.ref}/plan/"
    asked = ben.get(wanted)["Location"]
    for elsewhere in ("https://example.org/", "//example.org", f"/desk/people/{person.ref}/../../../x", "/desk/find/"):
        other = ben.post(f"{why}?next={elsewhere}", {"reason": "nothing"})
        assert other.status_code == 422
    assert ben.post(asked, {"reason": "called", "words": ""})["Location"] == wanted
    assert ben.get(wanted).status_code == 200
    assert {one.reason for one in views_of(person.person.log_key)} == {"the person called"}
    for elsewhere in ("https://example.org/", "//example.org", f"/desk/people/{person.ref}/../../../x", "/desk/find/"):
        sent = ben.post(f"{why}?next={elsewhere}", {"reason": "called", "words": ""})
        assert sent["Location"] == f"/desk/people/{person.ref}/"


def test_a_form_opened_before_midnight_is_still_taken_after_it(desk):
    """The reason is of yesterday: a page asks again, a form that was typed before is taken."""
    _ana, ben, person = desk
    kept = ben.session
    kept["look_ups"] = {person.ref: ["2026-11-23", "the person called"]}
    kept.save()
    page = reverse("counsellor:notes", args=[person.ref])
    assert "/why/" in ben.get(page)["Location"]
    assert "/why/" not in ben.post(page, {"act": "note"}).headers.get("Location", "")


def test_ones_own_people_are_opened_straight(desk):
    ana, _ben, person = desk
    for name in ("person", "plan", "interviews", "notes", "circumstances"):
        assert ana.get(address(name, person.ref)).status_code == 200
