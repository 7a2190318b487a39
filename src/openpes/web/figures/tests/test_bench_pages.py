"""The bench in the browser's hands: freeze, look, publish, ask, cite; and nobody else gets in."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import OfficeFactory, account_with

from openpes.insights.models import Freeze, SavedQuery
from openpes.insights.tests.test_freezing import OCTOBER, registered
from openpes.web.figures.bench import FILES

pytestmark = pytest.mark.django_db(databases=["default", "access"])


def test_a_month_from_late_offices_to_a_cited_answer(signed_in):
    office = OfficeFactory()
    for _ in range(15):
        registered(OCTOBER, office=office)
    analyst = signed_in(account_with("analyst"))
    page = analyst.get(reverse("figures:bench") + "?month=2026-10").content.decode()
    assert office.name in page and "Freeze the month" in page
    made = analyst.post(reverse("figures:bench"), {"month": "2026-10", "note": ""})
    freeze = Freeze.objects.get()
    assert made["Location"] == reverse("figures:freeze", args=[freeze.ref])
    again = analyst.post(reverse("figures:bench"), {"month": "2026-10", "note": ""}, follow=True)
    assert "frozen before" in again.content.decode() and Freeze.objects.count() == 1
    asked = analyst.post(
        reverse("figures:questions"),
        {"question": "How many look?", "freeze": freeze.ref, "basis": "stock", "isco": "", "area": ""},
    )
    question = SavedQuery.objects.get()
    assert asked["Location"] == reverse("figures:question", args=[question.ref])
    visitor = Client()
    assert visitor.get(asked["Location"]).status_code == 404
    published = analyst.post(reverse("figures:freeze", args=[freeze.ref]), follow=True).content.decode()
    assert "The month is published." in published
    assert question.ref in visitor.get(asked["Location"]).content.decode()


def test_every_file_of_a_freeze_and_the_bulletin_in_another_language(signed_in):
    for _ in range(12):
        registered(OCTOBER)
    analyst = signed_in(account_with("analyst"))
    analyst.post(reverse("figures:bench"), {"month": "2026-10", "note": ""})
    ref = Freeze.objects.get().ref
    for name in FILES:
        answer = analyst.get(reverse("figures:freeze_file", args=[ref, name]))
        assert answer.status_code == 200 and answer.content, name
    assert analyst.get(reverse("figures:freeze_file", args=[ref, "rows.csv"])).status_code == 404
    for kind in ("html", "pdf", "xlsx"):
        assert analyst.get(reverse("figures:bulletin", args=[ref, kind]) + "?lang=vi").status_code == 200
    assert analyst.get(reverse("figures:bulletin", args=[ref, "doc"])).status_code == 404
    assert analyst.get(reverse("figures:coding")).status_code == 200


@pytest.mark.parametrize("name", ["bench", "coding", "questions"])
def test_nobody_else_comes_to_the_bench(signed_in, name):
    assert Client().get(reverse(f"figures:{name}")).status_code == 302
    counsellor = signed_in(account_with("counsellor", office=OfficeFactory()))
    assert counsellor.get(reverse(f"figures:{name}")).status_code in (403, 404)
