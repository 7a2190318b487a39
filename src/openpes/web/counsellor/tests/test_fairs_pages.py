"""Fairs through the pages: planned at the desk, joined by a tap, the door, an offer, the report."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import EmployerFactory, JobseekerFactory, OfficeFactory, VacancyFactory, account_with

from openpes.fairs.models import Fair, FairJob, FairMeeting, FairOffer, FairVisit
from openpes.referrals.models import Referral

pytestmark = pytest.mark.django_db(databases=["default", "access"])


@pytest.fixture
def office():
    return OfficeFactory()


@pytest.fixture
def desk(office, signed_in) -> Client:
    return signed_in(account_with("counsellor", office=office))


@pytest.fixture
def fair(office) -> Fair:
    """A fair that is on now, with one job."""
    at = timezone.now()
    made = Fair.objects.create(
        office=office,
        name="Cebu jobs day",
        place="City hall",
        starts_at=at - timedelta(hours=1),
        ends_at=at + timedelta(hours=3),
        planned_at=at - timedelta(days=9),
    )
    FairJob.objects.create(fair=made, vacancy=VacancyFactory(employer=EmployerFactory(office=office)))
    return made


def test_a_fair_is_planned_with_jobs_and_is_public_at_once(desk, office) -> None:
    """What was typed stays when something is missing; the public page and its code are there."""
    day = timezone.now() + timedelta(days=20)
    told = {"office": office.pk, "name": "Jobs day", "place": "City hall", "minutes": 15, "begins": "9:00"}
    told |= {"day_day": day.day, "day_month": day.month, "day_year": day.year}
    wrong = desk.post(reverse("counsellor:fairs"), told)
    assert wrong.status_code == 422
    assert "City hall" in wrong.content.decode()
    assert desk.post(reverse("counsellor:fairs"), {**told, "ends": "15:00"}).status_code == 302
    fair = Fair.objects.get()
    vacancy = VacancyFactory(employer=EmployerFactory(office=office))
    desk.post(reverse("counsellor:fair", args=[fair.ref]), {"jobs": [vacancy.ref]})
    page = Client().get(reverse("web:fair", args=[fair.ref])).content.decode()
    assert vacancy.title in page
    assert "Jobs day" in Client().get(reverse("web:fairs")).content.decode()
    code = Client().get(reverse("web:fair_code", args=[fair.ref]))
    assert code.content.startswith(b"\x89PNG")
    assert desk.get(reverse("counsellor:fair_sheet", args=[fair.ref])).status_code == 200


def test_a_person_signs_up_takes_a_time_and_has_a_code(fair, office, signed_in) -> None:
    """One tap each; a visitor's code is for that visitor only."""
    client = signed_in(account_with("jobseeker", person=JobseekerFactory(office=office).person))
    address = reverse("web:fair", args=[fair.ref])
    assert client.get(reverse("web:visit_code", args=[fair.ref])).status_code == 404
    client.post(address)
    visit = FairVisit.objects.get()
    assert visit.code in client.get(address).content.decode()
    assert client.get(reverse("web:visit_code", args=[fair.ref])).content.startswith(b"\x89PNG")
    times = reverse("web:fair_times", args=[fair.ref, FairJob.objects.get().pk])
    slot = (fair.starts_at + timedelta(minutes=90)).isoformat()
    assert slot in client.get(times).content.decode()
    client.post(times, {"slot": slot})
    assert FairMeeting.objects.get().visit == visit
    assert visit.code not in Client().get(address).content.decode()


def test_the_door_checks_in_and_takes_offers(fair, office, desk, signed_in) -> None:
    """By code or by number; an offer needs the person's word; the report counts no hire yet."""
    person, job = JobseekerFactory(office=office), FairJob.objects.get()
    door = reverse("counsellor:fair_door", args=[fair.ref])
    assert desk.get(door + "?code=NOBODY").status_code == 422
    made = desk.post(door, {"number": person.ref})
    visit = FairVisit.objects.get()
    assert made.url == f"{door}?code={visit.code}"
    here = made.url
    assert desk.get(here).status_code == 200
    visit.refresh_from_db()
    assert visit.came_at is None
    desk.post(here)
    visit.refresh_from_db()
    assert visit.came_at is not None
    assert desk.post(here, {"offer": job.pk}).status_code == 422
    assert not FairOffer.objects.exists()
    assert desk.post(here, {"offer": job.pk, "agreed": "yes"}).status_code == 302
    assert FairOffer.objects.get().referral == Referral.objects.get()
    page = desk.get(reverse("counsellor:fair", args=[fair.ref])).content.decode()
    assert "Confirmed as hired" in page
    book = desk.get(reverse("counsellor:fair_file", args=[fair.ref]))
    assert book.content.startswith(b"PK")
    stranger = signed_in(account_with("counsellor", office=OfficeFactory()))
    assert stranger.get(door).status_code == 404
    assert stranger.get(reverse("counsellor:fair", args=[fair.ref])).status_code == 404
