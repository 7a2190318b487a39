"""The pages of a CV: seen, changed, begun from an old one, shown by a link that ends and is counted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import NOW

from openpes.documents.models import Cv, CvEntry, CvLink
from openpes.documents.tests.test_old_cv import LINES, docx

pytestmark = pytest.mark.django_db(databases=["default", "access"])
SAID = {
    "about": "I like guests.",
    "shows_phone": "on",
    "work0_what": "Waitress",
    "work0_where": "Kusina ni Ana",
    "work0_from": "2023",
    "school0_what": "Cookery",
}


def url(name: str, *args: str) -> str:
    return reverse(f"jobseeker:{name}", args=args)


def text(browser: Client, address: str) -> str:
    response = browser.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_cv_stands_before_anything_is_written(me, browser):
    page = text(browser, url("cv"))
    assert me.person.name_as_given in page and "Work I want" in page
    assert "2007-03-14" not in page and "14 March" not in page


def test_what_is_written_is_shown_and_printed(browser):
    assert browser.post(url("cv_change"), SAID).status_code == 302
    page = text(browser, url("cv"))
    assert "Waitress" in page and "I like guests." in page
    paper = browser.get(url("cv_paper"), {"language": "en", "second": "fil"})
    assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF-")


def test_a_mistake_loses_nothing_and_can_be_gone_on_with(browser):
    wrong = {**SAID, "work0_from": "1850", "work1_what": "Cook"}
    answer = browser.post(url("cv_change"), wrong)
    assert answer.status_code == 422 and "1850" in answer.content.decode()
    assert not Cv.objects.exists()
    assert "Go on where you stopped" in text(browser, url("cv")) and "Go on where you stopped" in text(
        browser, url("home")
    )
    again = text(browser, url("cv_change"))
    assert "Cook" in again and "1850" in again
    browser.post(url("cv_change"), {**wrong, "act": "forget"})
    assert "Cook" not in text(browser, url("cv_change"))


def test_an_old_cv_is_shown_back_and_nothing_is_saved_before_a_yes(me, browser):
    file = SimpleUploadedFile("cv.docx", docx([*LINES, "take orders from guests"]))
    answer = browser.post(url("cv_upload"), {"file": file})
    assert answer.status_code == 302 and not CvEntry.objects.exists() and not Cv.objects.exists()
    page = text(browser, answer.url)
    assert 'value="Waitress"' in page and "Cebu Technical School" in page
    browser.post(url("cv_change"), SAID)
    assert CvEntry.objects.count() == 2


def test_skills_that_were_found_are_added_when_she_says_so(me, browser):
    from openpes.reference.taxonomy import skills_of

    skill = skills_of("5131")[0].skill
    browser.post(url("cv_upload"), {"file": SimpleUploadedFile("cv.docx", docx([*LINES, skill.label_en]))})
    assert skill.label_en in text(browser, url("cv_change"))
    me.refresh_from_db()
    assert me.skill_ids == []
    browser.post(url("cv_change"), {**SAID, "found_skills": skill.id, "skills": skill.id})
    me.refresh_from_db()
    assert me.skill_ids == [skill.id]


def test_a_bad_file_says_what_to_do(browser):
    answer = browser.post(url("cv_upload"), {"file": SimpleUploadedFile("cv.pdf", b"no pdf at all")})
    assert answer.status_code == 422 and "PDF and DOCX" in answer.content.decode()


def test_a_link_shows_the_cv_is_counted_and_ends(me, browser):
    browser.post(url("cv_share"), {"days": "7", "language": "en"})
    link = CvLink.objects.get()
    page = text(browser, url("cv"))
    address = page.split('govuk-link op-tap" href="http')[-1].split('"')[0].split("/", 3)[3]
    stranger = Client()
    shown = stranger.get(f"/{address}")
    assert shown.status_code == 200 and me.person.name_as_given in shown.content.decode()
    assert shown["X-Robots-Tag"].startswith("noindex") and shown["Referrer-Policy"] == "no-referrer"
    assert stranger.get(f"/{address}cv.pdf").content.startswith(b"%PDF-")
    browser.get(f"/{address}")
    link.refresh_from_db()
    assert link.views == 1 and "Opened 1 time" in text(browser, url("cv"))
    browser.post(url("cv_take_back", link.ref))
    assert stranger.get(f"/{address}").status_code == 410
    assert stranger.get(f"/{address}cv.pdf").status_code == 404
    CvLink.objects.update(revoked_at=None, ends_at=NOW - timedelta(days=400))
    assert stranger.get(f"/{address}").status_code == 410
    assert stranger.get(f"/{address[:-2]}X/").status_code == 404


def test_a_link_of_no_offered_length_is_not_made(browser):
    browser.post(url("cv_share"), {"days": "9999"})
    assert not CvLink.objects.exists()


def test_more_lines_and_links_cost_no_more_reads(browser):
    def reads() -> int:
        with CaptureQueriesContext(connection) as seen:
            text(browser, url("cv"))
        return len(seen)

    browser.post(url("cv_change"), SAID)
    browser.post(url("cv_share"), {"days": "7"})
    text(browser, url("cv"))
    few = reads()
    browser.post(url("cv_change"), {**SAID, **{f"work{n}_what": f"Work {n}" for n in range(8)}})
    for _again in range(4):
        browser.post(url("cv_share"), {"days": "30"})
    text(browser, url("cv"))
    assert reads() == few
