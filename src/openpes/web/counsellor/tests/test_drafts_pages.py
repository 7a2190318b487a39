"""The power goes in the middle of a form: the same officer goes on where they stopped, and nobody else can."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.factories import CEBU, NOW, JobseekerFactory, OfficeFactory, account_with

from openpes.casework.models import CaseNote, FormDraft
from openpes.guidance.models import Plan
from openpes.jobseekers.models import Jobseeker

pytestmark = pytest.mark.django_db(databases=["default", "access"])
HALF = {"name": "Luzviminda Evangelista", "born_on_day": "14", "born_on_month": "3", "work_text": "waitress"}


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The clock of the doors, to be set."""
    moment = {"at": NOW}
    monkeypatch.setattr("openpes.web.doorkeeper.now", lambda: moment["at"])
    return moment


@pytest.fixture
def desk(signed_in):
    """Two counsellors of one office, and a person in nobody's care."""
    office = OfficeFactory()
    ana, ben = (signed_in(account_with("counsellor", office=office)) for _one in range(2))
    return {"ana": ana, "ben": ben, "person": JobseekerFactory(office=office)}


def test_the_button_keeps_and_the_page_gives_back(desk) -> None:
    """Without any script."""
    page = reverse("counsellor:register")
    assert 'name="keep_draft"' in desk["ana"].get(page).content.decode()
    answer = desk["ana"].post(page, {**HALF, "agreed": "on", "keep_draft": "1"})
    assert answer.status_code == 302 and not Jobseeker.objects.filter(person__name_as_given=HALF["name"]).exists()
    offered = desk["ana"].get(page).content.decode()
    assert "Go on where I stopped" in offered and HALF["name"] not in offered
    given = desk["ana"].get(page + "?draft=1").content.decode()
    assert HALF["name"] in given and 'value="14"' in given and 'value="waitress"' in given
    assert 'name="agreed" class="govuk-checkboxes__input" checked' not in given
    form = desk["ana"].get(page + "?draft=1").context["form"]
    assert form["agreed"].value() is not True


def test_a_colleague_sees_none_of_it(desk) -> None:
    page = reverse("counsellor:register")
    desk["ana"].post(page, {**HALF, "keep_draft": "1"})
    for address in (page, page + "?draft=1", reverse("counsellor:drafts")):
        text = desk["ben"].get(address).content.decode()
        assert "Go on where I stopped" not in text and HALF["name"] not in text
    assert desk["ben"].post(reverse("counsellor:drafts"), {"drop": FormDraft.objects.get().ref}).status_code == 404
    assert FormDraft.objects.count() == 1


def test_a_script_keeps_it_as_one_types(desk) -> None:
    page = reverse("counsellor:notes", args=[desk["person"].ref])
    sent = {"act": "note", "kind": "talk", "words": "She waits for", "keep_draft": "1"}
    answer = desk["ana"].post(page, sent, headers={"x-draft": "1"})
    assert answer.status_code == 200 and answer.json()["kept"]
    assert desk["ana"].post(page, {"keep_draft": "1", "act": "note"}, headers={"x-draft": "1"}).json() == {"kept": ""}
    assert not CaseNote.objects.exists()
    assert "She waits for" in desk["ana"].get(page + "?draft=1").content.decode()
    listed = desk["ana"].get(reverse("counsellor:drafts")).content.decode()
    assert f'href="{page}?draft=1"' in listed


def test_a_form_that_came_back_is_kept_and_one_that_was_sent_is_not(desk) -> None:
    page = reverse("counsellor:register")
    whole = {
        **HALF, "born_on_year": "2007", "sex": "female", "phone": "0917 123 4567", "phone_owner": "shared",
        "language": "en", "area_code": CEBU, "education": "", "work_code": "5131",
    }  # fmt: skip
    assert desk["ana"].post(page, whole).status_code == 422  # the yes is missing
    assert FormDraft.objects.get().words["name"] == [HALF["name"]]
    assert desk["ana"].post(page, {**whole, "agreed": "on"}).status_code == 302
    assert not FormDraft.objects.exists()


def test_another_button_of_the_page_leaves_it_alone(desk) -> None:
    page = reverse("counsellor:notes", args=[desk["person"].ref])
    desk["ana"].post(page, {"act": "note", "kind": "talk", "words": "First", "pinned": ""})
    desk["ana"].post(page, {"act": "note", "kind": "talk", "words": "Half", "keep_draft": "1"})
    desk["ana"].post(page, {"act": "pin", "note": CaseNote.objects.get().ref})
    assert FormDraft.objects.get().words["words"] == ["Half"]


def test_it_is_thrown_away_or_grows_old(desk, clock) -> None:
    page = reverse("counsellor:register")
    desk["ana"].post(page, {**HALF, "keep_draft": "1"})
    clock["at"] = NOW + timedelta(days=8)
    desk["ana"].get(page)  # the session is over; signing in again is not this test
    assert FormDraft.objects.count() == 1
    clock["at"] = NOW
    desk["ana"].post(reverse("counsellor:drafts"), {"drop": FormDraft.objects.get().ref})


def test_half_a_plan_comes_back(desk) -> None:
    page = reverse("counsellor:new_plan", args=[desk["person"].ref])
    typed = {"seen_version": "0", "goal": "A job as a waitress", "a1_title": "Visit two places", "a1_due_day": "30"}
    desk["ana"].post(page, {**typed, "keep_draft": "1"})
    text = desk["ana"].get(page + "?draft=1").content.decode()
    assert "A job as a waitress" in text and "Visit two places" in text and not Plan.objects.exists()
