"""The line, the comparison, the month, an emergency, a provider by name, a firm's claim: through the pages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.factories import EmployerFactory, JobseekerFactory, OfficeFactory, account_with

from openpes.core.clock import local_date
from openpes.core.models import AccessEntry
from openpes.enrolments.models import CourseProvider, Enrolment, SubsidyClaim
from openpes.enrolments.tests.test_photos import png
from openpes.journeys.claim_subsidy import claim_url
from openpes.messaging.models import Message
from openpes.organisations.partner_models import Partner
from openpes.placements.models import Outcome
from openpes.placements.states import OutcomeKind
from openpes.programmes.models import Application, Cycle, Draw, ProgrammeVersion
from openpes.programmes.states import ApplicationState, DrawState, PlaceRule, VersionState
from openpes.programmes.tests.makers import a_cycle, a_version, an_application, waiting
from openpes.web.programmes.tests.test_course_pages import a_course, provider_account

pytestmark = pytest.mark.django_db(databases=["default", "access"])
SignIn = Callable[[Any], Client]


def on_today() -> Any:
    return local_date(timezone.now(), "Asia/Manila")


def typed(**days: Any) -> dict[str, str]:
    """Days as they are typed, in three boxes each."""
    return {
        f"{name}_{part}": str(getattr(day, part)) for name, day in days.items() for part in ("day", "month", "year")
    }


def test_the_waiting_list_is_in_order_logged_and_costs_the_same(signed_in: SignIn) -> None:
    desk, cycle = signed_in(account_with("programme_manager")), a_cycle(place_rule=PlaceRule.PRIORITY)
    page = reverse("programmes:waiting", args=[cycle.ref])
    assert "Nobody waits" in desk.get(page).content.decode()

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert desk.get(page).status_code == 200
        return len(counted)

    waiting(cycle, 1)
    one = queries()
    waiting(cycle, 19)
    last = an_application(cycle, score=9)
    assert queries() <= one + 1
    shown = desk.get(page).content.decode()
    assert shown.index(last.ref) == min(shown.index(ref) for ref in Application.objects.values_list("ref", flat=True))
    assert AccessEntry.objects.using("access").filter(verb="search", thing="waiting list").exists()
    assert signed_in(account_with("analyst")).get(page).status_code in {403, 404}


def drawn(cycle: Cycle, people: int, chosen: int) -> list[Application]:
    """A list that was drawn: the first so many of it have a place."""
    rows = waiting(cycle, people)
    for number, one in enumerate(rows):
        one.ticket, one.rank = f"{number:016x}", number + 1
    Application.objects.bulk_update(rows, ["ticket", "rank"])
    tickets = [one.ticket for one in rows]
    Draw.objects.create(
        cycle=cycle, state=DrawState.DRAWN, frozen_at=timezone.now(), frozen_list="", list_hash="", places=chosen,
        value_source="Lotto", value_read_at=timezone.now(), drawn_at=timezone.now(), result=tickets,
        chosen=tickets[:chosen],
    )  # fmt: skip
    return rows


def test_drawn_and_not_drawn_are_compared_and_few_are_not_shown(signed_in: SignIn) -> None:
    desk = signed_in(account_with("programme_manager"))
    cycle = a_cycle(place_rule=PlaceRule.LOTTERY, starts_on=on_today() - timedelta(days=200), ends_before=on_today())
    page, file = (reverse(f"programmes:{name}", args=[cycle.ref]) for name in ("comparison", "comparison_file"))
    assert "Nothing to compare yet" in desk.get(page).content.decode() and desk.get(file).status_code == 404
    rows = drawn(cycle, 62, 30)
    for number, one in enumerate(rows):
        # Of the drawn 20 of 30 work, of the others 4 of 32: too few to show, and so is what would give them away.
        if number < 20 or number >= 58:
            Outcome.objects.create(
                jobseeker=one.jobseeker, office=one.jobseeker.office, kind=OutcomeKind.JOB,
                starts_on=on_today() - timedelta(days=100), grade="said_by_person", recorded_at=timezone.now(),
            )  # fmt: skip
    table = desk.get(file).content.decode("utf-8-sig")
    lines = {tuple(row.split(",")[:2]): row.split(",")[2] for row in table.splitlines()[1:]}
    assert lines["drawn", "work_known"] in {"20", ""} and lines["not_drawn", "work_known"] == ""
    # Neither a total nor a neighbour gives the four away.
    assert lines["not_drawn", "no_work_known"] == "" or lines["not_drawn", "all"] == ""
    assert "too few to show" in desk.get(page).content.decode()
    assert not any(ref in table for ref in Application.objects.values_list("ref", flat=True))


def test_the_month_of_programmes_and_of_providers(signed_in: SignIn) -> None:
    cycle, _people, _session = a_course(3)
    other, _more, _held = a_course(1)
    partner = signed_in(provider_account(cycle))
    desk = signed_in(account_with("programme_manager"))
    Enrolment.objects.filter(cycle__in=[cycle, other]).update(enrolled_at=timezone.now())
    for by_what, name in (("programme", "Cooking for hotels"), ("provider", "Centre")):
        shown = desk.get(reverse("programmes:months"), {"by": by_what}).content.decode()
        assert name in shown
    book = desk.get(reverse("programmes:months_file", args=["xlsx"]), {"by": "provider"}).content
    files = zipfile.ZipFile(io.BytesIO(book))
    names, sheet = (files.read(f"xl/{one}.xml").decode() for one in ("sharedStrings", "worksheets/sheet1"))
    assert "Centre" in names and "<v>3</v>" in sheet
    assert desk.get(reverse("programmes:months_file", args=["pdf"])).content[:4] == b"%PDF"
    own = partner.get(reverse("programmes:months"), {"by": "provider"}).content.decode()
    assert "Centre" in own and "Training centre" not in own
    assert desk.get(reverse("programmes:months_file", args=["exe"])).status_code == 404


def test_an_emergency_is_open_the_same_day_and_a_list_is_put_forward(signed_in: SignIn) -> None:
    one, two = (signed_in(account_with("programme_manager")) for _number in range(2))
    told = {
        "title": "Clean up after the flood", "source": "Order 12 of the governor", "kind": "public_works",
        "benefits": "Ten days of paid work", "places": "2",
    }  # fmt: skip
    ends = typed(ends_before=on_today() + timedelta(days=30))
    page = reverse("programmes:emergency")
    assert one.post(page, told | typed(ends_before=on_today())).status_code == 422
    assert not ProgrammeVersion.objects.exists()
    address = one.post(page, told | ends)["Location"]
    one.post(address, {"act": "approve"})
    assert ProgrammeVersion.objects.get().state == VersionState.DRAFTED and not Cycle.objects.exists()
    two.post(address, {"act": "approve"})
    cycle = Cycle.objects.get()
    assert (cycle.apply_from, cycle.starts_on, cycle.places) == (on_today(), on_today(), 2)
    assert cycle.ref in Client().get(reverse("web:programmes")).content.decode()
    sent = [an_application(cycle, state=ApplicationState.SUBMITTED) for _number in range(3)]
    said_no = an_application(cycle, state=ApplicationState.SUBMITTED, eligibility={"verdict": "no"})
    two.post(reverse("programmes:cycle", args=[cycle.ref]), {"act": "agree_all"})
    states = sorted(Application.objects.filter(pk__in=[row.pk for row in sent]).values_list("state", flat=True))
    assert states == [ApplicationState.OFFERED, ApplicationState.OFFERED, ApplicationState.WAITING]
    said_no.refresh_from_db()
    assert said_no.state == ApplicationState.SUBMITTED


def test_a_provider_is_named_and_sees_the_round_from_then(signed_in: SignIn) -> None:
    cycle, _people, _session = a_course()
    provider = signed_in(provider_account(None))
    partner = Partner.objects.get()
    course = reverse("programmes:course", args=[cycle.ref])
    assert provider.get(course).status_code == 404
    desk, page = signed_in(account_with("programme_manager")), reverse("programmes:cycle", args=[cycle.ref])
    assert partner.name in desk.get(page).content.decode()
    assert desk.post(page, {"act": "provider", "partner": "0000000000"}).status_code == 404
    desk.post(page, {"act": "provider", "partner": partner.ref})
    assert CourseProvider.objects.get().partner == partner and provider.get(course).status_code == 200
    closed = Partner.objects.create(
        name="Gone",
        kind="ngo",
        office=OfficeFactory.create(),
        area_code="PH-CEB",
        is_open=False,
        added_at=timezone.now(),
    )
    assert desk.post(page, {"act": "provider", "partner": closed.ref}).status_code == 404


def test_what_was_written_from_memory_refuses_only_after_it_was_read(signed_in: SignIn) -> None:
    version = a_version(state=VersionState.DRAFTED, recalled=True)
    desk = signed_in(account_with("programme_manager"))
    edit = reverse("programmes:edit", args=[version.programme.ref, 1])
    told = {
        "kind": "training", "title": version.title, "source": "RA 1, section 2", **typed(starts_on=version.starts_on),
        "rule": '{"field": "age", "op": "gte", "value": 15}',
    }  # fmt: skip
    assert "source_read" in desk.get(edit).content.decode()
    desk.post(edit, told)
    version.refresh_from_db()
    assert version.recalled
    desk.post(edit, told | {"source_read": "on"})
    version.refresh_from_db()
    assert not version.recalled and "source_read" not in desk.get(edit).content.decode()


def test_a_photo_leaves_a_mark_and_no_photo(signed_in: SignIn) -> None:
    _cycle, (first, _second), _session = a_course()
    desk, page = signed_in(account_with("programme_manager")), reverse("programmes:enrolment", args=[first.ref])
    wrong = desk.post(page, {"act": "details", "photo": SimpleUploadedFile("me.gif", b"GIF89a")})
    assert wrong.status_code == 422
    desk.post(page, {"act": "details", "photo": SimpleUploadedFile("me.png", png(7))})
    first.refresh_from_db()
    assert len(first.photo_mark) == 16


def test_a_firm_claims_and_the_workers_yes_lets_it_be_agreed(signed_in: SignIn) -> None:
    _cycle, (first, second), _session = a_course()
    firm = EmployerFactory.create()
    Enrolment.objects.filter(pk=first.pk).update(employer=firm)
    staff = signed_in(account_with("employer_staff", employer=firm))
    page = reverse("employer:claims")
    shown = staff.get(page).content.decode()
    assert first.ref in shown and second.ref not in shown
    days = typed(starts_on=on_today() - timedelta(days=31), ends_before=on_today())
    assert staff.post(page, days | {"person": second.ref, "amount": "4000"}).status_code == 422
    assert staff.post(page, days | {"person": first.ref, "amount": "4000"}).status_code == 302
    claim = SubsidyClaim.objects.get()
    assert claim.placement is False and Message.objects.filter(kind="claim_question").count() == 1
    desk = signed_in(account_with("programme_manager"))
    decide = {"claim": claim.ref, "to": "agreed"}
    desk.post(reverse("programmes:claims"), decide)
    claim.refresh_from_db()
    assert claim.state == "filed"
    Client().post("/" + claim_url(claim).split("/", 3)[3], {"tap": "yes"})
    desk.post(reverse("programmes:claims"), decide)
    claim.refresh_from_db()
    assert (claim.worker_says, claim.placement, claim.state) == (True, True, "agreed")
    assert Outcome.objects.get(kind=OutcomeKind.JOB).employer == firm
    assert JobseekerFactory.create() and signed_in(account_with("analyst")).get(page).status_code in {403, 404}
