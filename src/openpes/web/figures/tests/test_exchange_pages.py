"""The exchange in the browser's hands: sign, take in, read beside the law, try, send back; figures; policy desk."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.factories import NOW, OfficeFactory, account_with

from openpes.exchange.gallery import gallery
from openpes.exchange.models import Adoption, HeldPaper, LogEntry, WhatIf
from openpes.exchange.operations import take_paper
from openpes.exchange.papers import Kind, read_paper, write_paper
from openpes.exchange.tests.makers import OFFICER, STRANGER, TOLD, a_file
from openpes.exchange.tests.test_peers_and_policy import a_set, published_month
from openpes.programmes.tests.makers import a_version

pytestmark = pytest.mark.django_db(databases=["default", "access"])


def upload(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("card.yaml", text.encode(), "application/yaml")


def test_a_card_is_made_from_a_programme_and_downloaded(signed_in) -> None:
    manager, version = signed_in(account_with("programme_manager")), a_version()
    address = reverse("figures:practice_new", args=[version.programme.ref, version.number])
    told = {name: getattr(TOLD, name) for name in ("problem", "target_group", "staff", "cost", "contact")}
    missing = manager.post(address, told | {"steps": "", "preconditions": "x", "grade": "D"})
    assert missing.status_code == 422 and TOLD.problem in missing.content.decode()
    bold = manager.post(address, told | {"steps": "1", "preconditions": "x", "grade": "D", "result": "It caused jobs"})
    assert bold.status_code == 422 and not HeldPaper.objects.exists()
    made = manager.post(
        address, told | {"steps": "One\nTwo", "preconditions": "x", "grade": "D", "result": "Most stay"}
    )
    card = HeldPaper.objects.get()
    assert made["Location"] == reverse("figures:practice", args=[card.ref]) and card.body["steps"] == ["One", "Two"]
    file = manager.get(reverse("figures:practice_file", args=[card.ref]))
    assert read_paper(file.content.decode()).digest == card.digest
    assert "Nobody has sent a log yet." in manager.get(made["Location"]).content.decode()


def test_a_card_of_others_is_read_beside_the_law_tried_and_answered(signed_in) -> None:
    manager = signed_in(account_with("programme_manager"))
    home = reverse("figures:practices")
    spoilt = manager.post(home, {"file": upload(a_file().replace("No experience", "Experience"))})
    assert spoilt.status_code == 422 and "does not fit" in spoilt.content.decode()
    taken = manager.post(home, {"file": upload(a_file())})
    card = HeldPaper.objects.get()
    assert taken["Location"] == reverse("figures:practice", args=[card.ref])
    page = manager.get(taken["Location"]).content.decode()
    assert "The card lets people in from 14; work begins at 15 here." in page and card.key.fingerprint in page
    manager.post(taken["Location"], {"act": "compare"})
    manager.post(taken["Location"], {"act": "adopt"})
    assert Adoption.objects.get().card == card
    silent = manager.post(taken["Location"], {"act": "note", "kind": "changed", "what": "Shorter", "grade": "D"})
    assert silent.status_code == 422 and "Shorter" in silent.content.decode() and not LogEntry.objects.exists()
    note = {"act": "note", "kind": "changed", "what": "Shorter", "why": "No money", "grade": "D"}
    assert manager.post(taken["Location"], note).status_code == 302
    log = manager.post(taken["Location"], {"act": "log"})
    assert read_paper(log.content.decode()).body["entries"][0]["why"] == "No money"
    assert "No money" in manager.get(taken["Location"]).content.decode()


def test_the_list_takes_the_same_queries_for_one_card_and_for_many(signed_in, django_assert_max_num_queries) -> None:
    manager = signed_in(account_with("programme_manager"))
    take_paper(text=a_file(), by=OFFICER, at=NOW)
    with django_assert_max_num_queries(20) as one:
        manager.get(reverse("figures:practices"))
    for number in range(15):
        take_paper(text=a_file(id=f"FJ-{number}"), by=OFFICER, at=NOW)
    with django_assert_max_num_queries(len(one)):
        manager.get(reverse("figures:practices"))


def test_an_analyst_signs_figures_and_sees_the_closest_country(signed_in) -> None:
    analyst = signed_in(account_with("analyst"))
    assert "Publish a month first" in analyst.get(reverse("figures:peers")).content.decode()
    published_month(30)
    page = analyst.get(reverse("figures:peers")).content.decode()
    assert "No file of another country is held yet" in page
    text = write_paper(Kind.DATASET, a_set("KH", women_share=50, youth_share=60), private=STRANGER, signer="KH")
    assert analyst.post(reverse("figures:peers"), {"file": upload(text)}).status_code == 302
    page = analyst.get(reverse("figures:peers")).content.decode()
    assert "Too few indicators" in page and ">KH<" in page
    signed = analyst.post(reverse("figures:peers"), {"act": "sign"}, follow=True)
    assert read_paper(signed.content.decode()).body["country"] == "PH"


def test_a_law_officer_tries_a_change_and_keeps_the_answer(signed_in) -> None:
    officer = signed_in(account_with("law_officer"))
    said = {
        "title": "Band to 24", "from_now": 15, "to_now": 19, "from_then": 15, "to_then": 24, "amount_then": 500,
        "months": 3, "least": 10, "most": 20,
    }  # fmt: skip
    early = officer.post(reverse("figures:policy"), said)
    assert early.status_code == 422 and "Publish a month first." in early.content.decode()
    published_month(48)
    made = officer.post(reverse("figures:policy"), said)
    kept = WhatIf.objects.get()
    assert made["Location"] == reverse("figures:what_if", args=[kept.ref])
    page = officer.get(made["Location"]).content.decode()
    assert kept.ref in page and "7,500 – 15,000" in page and "Take-up is guessed at 10 to 20 per cent." in page
    begun = officer.get(reverse("figures:policy") + "?from=jobstart").content.decode()
    assert "programmes.jobstart" in begun and 'value="18"' in begun


def test_a_stranger_and_a_counsellor_come_to_none_of_it(signed_in) -> None:
    card = take_paper(text=a_file(), by=OFFICER, at=NOW)
    counsellor = signed_in(account_with("counsellor", office=OfficeFactory()))
    addresses = [reverse(f"figures:{name}") for name in ("practices", "practice_keys", "peers", "policy")]
    for address in [*addresses, reverse("figures:practice", args=[card.ref])]:
        assert Client().get(address).status_code == 302
        assert counsellor.get(address).status_code in (403, 404)
    viewer = signed_in(account_with("law_officer"))
    assert viewer.post(reverse("figures:practice", args=[card.ref]), {"act": "adopt"}).status_code in (403, 404)
    assert not Adoption.objects.exists()


def test_anybody_reads_the_gallery_and_a_manager_may_try_a_card_of_it(signed_in) -> None:
    visitor = Client()
    page = visitor.get(reverse("web:practices")).content.decode()
    assert all(one["title"].split("’")[0] in page for one in gallery()) and "have not seen or endorsed" in page
    sheet = visitor.get(reverse("web:practice", args=["ph-jobstart"])).content.decode()
    assert "Republic Act 10869" in sheet and "not known from public facts" in sheet and "beside our law" not in sheet
    assert visitor.get(reverse("web:practice", args=["xx-none"])).status_code == 404
    manager = signed_in(account_with("programme_manager"))
    kept = manager.post(reverse("figures:practice_try", args=["np-local-centres"]))
    assert manager.get(kept["Location"]).status_code == 200 and HeldPaper.objects.get().country == "NP"
    assert manager.get(reverse("figures:practice_keys")).status_code == 200
