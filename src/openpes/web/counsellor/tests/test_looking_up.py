"""Who is in a colleague's care is opened for a reason, which is kept and shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories import JobseekerFactory, OfficeFactory, account_with

from openpes.core.access_log import views_of
from openpes.people.models import Account

pytestmark = pytest.mark.django_db(databases=["default", "access"])


def test_a_colleagues_person_needs_a_reason(signed_in: Callable[[Account], Client]) -> None:
    """No reason, no record and no line in the log; with one, the person reads it."""
    office = OfficeFactory()
    mine, other = (account_with("counsellor", office=office) for _one in range(2))
    jobseeker = JobseekerFactory(office=office, counsellor=other)
    client, page = signed_in(mine), f"/desk/people/{jobseeker.ref}/"
    assert client.get(page)["Location"] == f"{page}why/"
    asked = client.get(f"{page}why/").content.decode()
    assert other.name in asked and jobseeker.person.name_as_given not in asked
    assert views_of(jobseeker.person.log_key) == []
    assert client.post(f"{page}why/", {"reason": "other", "words": ""}).status_code == 422
    assert client.post(f"{page}why/", {}).status_code == 422
    assert client.get(page).status_code == 302
    client.post(f"{page}why/", {"reason": "called", "words": ""})
    assert client.get(page).status_code == 200
    assert [one.reason for one in views_of(jobseeker.person.log_key)] == ["the person called"]
    another = JobseekerFactory(office=office, counsellor=other)
    assert client.get(f"/desk/people/{another.ref}/").status_code == 302


def test_ones_own_and_nobodys_people_need_none(signed_in: Callable[[Account], Client]) -> None:
    """The caseload is opened straight; another office's people are not there at all."""
    office = OfficeFactory()
    me = account_with("counsellor", office=office)
    client = signed_in(me)
    for counsellor in (me, None):
        ref = JobseekerFactory(office=office, counsellor=counsellor).ref
        assert client.get(f"/desk/people/{ref}/").status_code == 200
    elsewhere = JobseekerFactory(counsellor=account_with("counsellor", office=office)).ref
    assert client.get(f"/desk/people/{elsewhere}/").status_code == 404
    assert client.get(f"/desk/people/{elsewhere}/why/").status_code == 404


def test_another_offices_person_by_the_whole_number(signed_in: Callable[[Account], Client]) -> None:
    """Told only where; shown only for a reason, to read; listed for the manager until somebody speaks with them."""
    office = OfficeFactory()
    client = signed_in(account_with("counsellor", office=office, name="Ana Lim"))
    manager = signed_in(account_with("office_manager", office=office))
    jobseeker = JobseekerFactory()
    name, page = jobseeker.person.name_as_given, f"/desk/elsewhere/{jobseeker.ref}/"
    shown = client.get("/desk/find/", {"text": jobseeker.ref}).content.decode()
    assert page in shown and name not in shown and jobseeker.office.name in shown
    assert page not in client.get("/desk/find/", {"text": jobseeker.ref[:-1]}).content.decode()
    assert page not in client.get("/desk/find/", {"text": name}).content.decode()
    assert name not in client.get(page).content.decode()
    assert client.post(page, {}).status_code == 422
    assert views_of(jobseeker.person.log_key) == []
    assert name in client.post(page, {"reason": "other", "words": "moved here last week"}).content.decode()
    assert [one.reason for one in views_of(jobseeker.person.log_key)] == ["moved here last week"]
    report = manager.get("/desk/look-ups/").content.decode()
    assert "Ana Lim" in report and "moved here last week" in report and name not in report
    assert client.get("/desk/look-ups/").status_code in {403, 404}
    assert client.get(f"/desk/people/{jobseeker.ref}/").status_code == 404
