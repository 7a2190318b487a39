"""Card, first-job papers, kept searches, forms that are gone on with, and what to expect of a job."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import CEBU, NOW, JobseekerFactory, ReferralFactory, VacancyFactory, account_with

from openpes.core.clock import now
from openpes.documents.kit import letter, papers
from openpes.documents.models import PaperInHand
from openpes.jobseekers.models import JobAlert, Jobseeker, JobseekerCard, SavedSearch
from openpes.reference.country import country, today
from openpes_countries import known_countries, load_country

pytestmark = pytest.mark.django_db(databases=["default", "access"])


def url(name: str, *args: str) -> str:
    return reverse(f"jobseeker:{name}", args=args)


def text(browser: Client, address: str, **asked: str) -> str:
    response = browser.get(address, asked)
    assert response.status_code == 200
    return response.content.decode()


# --- the card -------------------------------------------------------------------------------------


def test_the_card_is_made_taken_along_and_checked_without_a_name(me, browser):
    assert "Make my card" in text(browser, url("card"))
    assert browser.get(url("card_file", "pdf")).status_code == 404
    browser.post(url("card_renew"))
    page = text(browser, url("card"))
    assert me.person.name_as_given in page and me.ref in page
    for form, mark in (("pdf", b"%PDF-"), ("png", b"\x89PNG"), ("txt", me.person.name_as_given.encode())):
        assert mark in browser.get(url("card_file", form)).content[:200]
    checked = text(Client(), reverse("web:card_check", args=[me.ref]))
    assert "is valid until" in checked and me.person.name_as_given not in checked
    JobseekerCard.objects.update(valid_before=today(NOW) - timedelta(days=400))
    assert "No valid card" in text(Client(), reverse("web:card_check", args=[me.ref]))
    assert "No valid card" in text(Client(), reverse("web:card_check", args=["0000000000"]))
    assert "Renew it in one tap" in text(browser, url("card"))


def test_a_minor_gets_no_card_before_a_guardian_agrees(browser):
    Jobseeker.objects.update(state="waiting_for_guardian")
    browser.post(url("card_renew"))
    assert not JobseekerCard.objects.exists()


# --- papers for a first job -----------------------------------------------------------------------


@pytest.mark.parametrize("code", known_countries())
def test_every_country_has_a_list_that_says_how_sure_it_is(code):
    pack, on = load_country(code), today(NOW)
    dated = pack.value("first_job.papers", on=on)
    assert dated.known and len(dated.value) >= 4
    assert dated.verify_before_use or dated.checked in {"source_read", "library"}
    assert sum(bool(one.get("first")) for one in dated.value) == 1
    given = pack.value("first_job.letter", on=on)
    if given.known:
        assert set(given.value["papers"]) <= {one["code"] for one in dated.value}


def test_papers_are_ticked_and_unticked(browser):
    page = text(browser, url("kit"))
    assert "Barangay certification" in page and "Nobody has checked this list" in page and "0 of 10 done" in page
    browser.post(url("kit"), {"have": ["nbi_clearance", "tax_number", "not_a_paper"]})
    assert set(PaperInHand.objects.values_list("paper", flat=True)) == {"nbi_clearance", "tax_number"}
    assert "2 of 10 done" in text(browser, url("kit"))
    browser.post(url("kit"), {"have": ["tax_number"]})
    assert PaperInHand.objects.get().paper == "tax_number"


def test_the_letter_comes_after_the_word_that_it_is_a_first_job(browser):
    assert browser.post(url("kit_letter")).status_code == 302
    answer = browser.post(url("kit_letter"), {"first": "yes"})
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF-")


def test_where_no_law_gives_a_letter_there_is_none(browser, monkeypatch):
    monkeypatch.setattr("openpes.web.jobseeker.kit.letter", lambda on: None)
    assert "letter.pdf" not in text(browser, url("kit"))
    assert browser.post(url("kit_letter"), {"first": "yes"}).status_code == 404


def test_the_letter_names_papers_of_the_list():
    on = today(NOW)
    given = letter(on)
    assert given is not None and set(given.papers) <= {one.code for one in papers(on)} and not given.verified


# --- searches -------------------------------------------------------------------------------------


def test_a_search_is_kept_shown_with_its_time_and_dropped(browser):
    VacancyFactory()
    page = text(browser, reverse("web:jobs"), q="waiter", area=CEBU)
    assert "Keep this search" in page
    browser.post(url("search_keep"), {"q": "waiter", "area": CEBU, "kind": "job"})
    kept = SavedSearch.objects.get()
    assert "5131" in kept.iscos and kept.area_code == CEBU and kept.kind == "job"
    assert "waiter, Jobs, " in text(browser, url("searches"))
    browser.post(url("alert"), {"weekday": "2", "hour": "18"})
    assert (JobAlert.objects.get().weekday, JobAlert.objects.get().hour) == (2, 18)
    assert "Now: Wednesday, 18:00" in text(browser, url("searches"))
    browser.post(url("alert"), {"weekday": "9", "hour": "x"})
    assert JobAlert.objects.get().weekday == 2
    browser.post(url("alert"), {"act": "stop"})
    assert not JobAlert.objects.exists()
    browser.post(url("search_drop", kept.ref))
    assert not SavedSearch.objects.exists()


def test_an_empty_search_and_a_sixth_are_not_kept(browser):
    browser.post(url("search_keep"), {"q": "", "area": "nowhere", "kind": "x"})
    assert not SavedSearch.objects.exists()
    for number in range(6):
        browser.post(url("search_keep"), {"q": f"work {number}"})
    assert SavedSearch.objects.count() == 5


def test_strangers_are_not_offered_to_keep_a_search():
    VacancyFactory()
    assert "Keep this search" not in text(Client(), reverse("web:jobs"), q="waiter")


# --- one door -------------------------------------------------------------------------------------


def test_one_door_for_every_kind_of_opportunity():
    VacancyFactory(title="Waiter wanted")
    VacancyFactory(title="Learn to cook", contract_type="apprenticeship")
    VacancyFactory(title="Office for a summer", contract_type="internship")
    browser, jobs = Client(), reverse("web:jobs")
    everything = text(browser, jobs)
    assert all(title in everything for title in ("Waiter wanted", "Learn to cook", "Office for a summer"))
    for kind, title in (("job", "Waiter wanted"), ("apprenticeship", "Learn to cook"), ("internship", "Office for")):
        page = text(browser, jobs, kind=kind)
        assert title in page and "1 job found" in page
    programmes = text(browser, jobs, kind="programme")
    assert country().programmes_on(today(NOW))[0].name.split("(")[0].strip() in programmes
    assert "Waiter wanted" not in programmes


# --- what to expect -------------------------------------------------------------------------------


def test_a_job_says_places_people_pay_and_wait_or_that_too_few_can_tell(me, browser):
    job = VacancyFactory()
    page = text(browser, url("suggestion", job.ref))
    assert "2 free places" in page and "fewer than 10 people look" in page
    assert "Too few adverts with pay" in page and "Too few answers yet" in page
    for amount in range(5):
        VacancyFactory(pay_amount=12000 + 1000 * amount)
    at = now()
    for _one in range(5):
        sent = at - timedelta(days=9)
        ReferralFactory(vacancy=VacancyFactory(pay_amount=None), sent_at=sent, first_answer_at=sent + timedelta(days=3))
    page = text(browser, url("suggestion", job.ref))
    assert "Usual pay: ₱13,000 to ₱15,000 a month" in page
    assert "usually within 3 days" in page


def test_an_application_says_by_when_she_hears(me, browser):
    one = ReferralFactory(jobseeker=me, sent_at=now(), answer_due_at=now() + timedelta(days=9))
    assert "You will hear by" in text(browser, url("referral", one.ref))


def test_two_taps_from_the_list_to_an_application(me, browser):
    """Tap one opens the job, tap two applies: no page and no question between."""
    VacancyFactory()
    listed = text(browser, url("suggestions"))
    first = listed.split('<h3 class="op-card__title"><a class="govuk-link" href="')[1].split('"')[0]
    assert "Apply for this job" in text(browser, first)
    answer = browser.post(first)
    assert answer.status_code == 302 and "/applications/" in answer.url


# --- forms that are gone on with ------------------------------------------------------------------


def test_a_profile_form_with_a_mistake_is_gone_on_with(me, browser):
    wrong = {"max_km": "25", "pay_amount": "a lot", "pay_period": "month"}
    assert browser.post(url("profile_wishes"), wrong).status_code == 422
    home = text(browser, url("home"))
    assert "Go on where you stopped" in home and url("profile_wishes") in home
    assert "a lot" in text(browser, url("profile_wishes"))
    assert browser.post(url("profile_wishes"), {**wrong, "pay_amount": "12000"}).status_code == 302
    assert "Go on where you stopped" not in text(browser, url("home"))


def test_a_complaint_with_a_mistake_is_gone_on_with_and_signing_out_ends_it(browser):
    assert browser.post(url("complaints"), {"words": "They did not pay me"}).status_code == 422
    assert "They did not pay me" in text(browser, url("complaints"))
    browser.post(reverse("web:sign_out"))
    assert "kept_forms" not in browser.session


def test_a_pin_is_never_kept(me, browser):
    browser.post(url("profile_phone"), {"phone": "0917", "pin": "481927"})
    assert "481927" not in str(dict(browser.session))


# --- her data -------------------------------------------------------------------------------------


def test_what_she_cannot_change_she_asks_for_and_it_is_work_with_a_day(me, browser):
    from openpes.complaints.models import Complaint

    assert browser.post(url("correct"), {"what": "name"}).status_code == 422
    assert not Complaint.objects.exists()
    answer = browser.post(url("correct"), {"what": "name", "right": "Marie Santos"})
    made = Complaint.objects.get()
    assert answer.status_code == 302 and (made.kind, made.person_id) == ("data", me.person_id)
    assert "Marie Santos" in made.words and made.due_on is not None
    me.refresh_from_db()
    assert me.person.name_as_given != "Marie Santos"


def test_everything_that_is_kept_of_her_papers_is_hers_to_read(browser):
    browser.post(url("card_renew"))
    browser.post(url("search_keep"), {"q": "waiter"})
    browser.post(url("cv_change"), {"about": "Hello", "work0_what": "Waitress"})
    for table in ("CV", "lines of my CV", "card", "searches"):
        assert f"about={table.replace(' ', '%20')}" in text(browser, url("everything")) or table in text(
            browser, url("everything"), about=table
        )
    assert "Waitress" in text(browser, url("everything"), about="lines of my CV")


# --- without a signal -----------------------------------------------------------------------------


def test_nothing_is_kept_on_a_phone_before_she_says_that_it_is_hers_alone(browser):
    script = "openpes/offline"
    assert script not in text(browser, url("home"))
    browser.post(url("offline"), {"alone": "yes"})
    assert script in text(browser, url("home")) and "This phone keeps them now" in text(browser, url("offline"))
    answer = browser.post(url("offline"), {"alone": "no"})
    assert answer["Clear-Site-Data"] == '"storage"' and script not in text(browser, url("home"))


def test_signing_out_wipes_what_is_kept(browser):
    browser.post(url("offline"), {"alone": "yes"})
    answer = browser.post(reverse("web:sign_out"))
    assert '"storage"' in answer["Clear-Site-Data"] and "keeps_offline" not in browser.session


def test_the_worker_and_the_manifest_say_nothing_of_anybody(me, browser):
    worker = Client().get(url("worker"))
    assert worker["Content-Type"].startswith("text/javascript") and b"/me/card/" in worker.content
    told = browser.get(url("manifest")).json()
    assert told["start_url"] == "/me/" and told["display"] == "standalone" and me.ref not in str(told)


# --- budgets --------------------------------------------------------------------------------------

OWN_PAGES = (
    "home", "suggestions", "referrals", "appointments", "ask_time", "news", "profile", "profile_place", "profile_work",
    "profile_skills", "profile_wishes", "profile_languages", "profile_phone", "plan", "circumstances",
    "complaints", "cv", "cv_change", "cv_upload", "card", "kit", "searches", "offline", "data", "correct", "everything",
    "leave", "kinds",
)  # fmt: skip
LATER = 30 * 1024


def test_every_page_of_hers_keeps_its_budget(me, browser, record_property):
    """As it travels (compressed) 30 KB with room to spare; and as it lies before compression, which is told too."""
    import gzip

    browser.post(url("card_renew"))
    browser.post(url("cv_change"), {"about": "x" * 600, **{f"work{n}_what": f"Work {n}" for n in range(12)}})
    for number in range(5):
        browser.post(url("search_keep"), {"q": f"waiter {number}"})
    for number in range(12):
        job = VacancyFactory(title=f"Waiter {number}", description="Serve guests. " * 100)
        if number < 6:
            ReferralFactory(jobseeker=me, vacancy=job)
    job = VacancyFactory()
    addresses = [*(url(name) for name in OWN_PAGES), url("suggestion", job.ref), url("why_not", job.ref)]
    sizes = {}
    for address in addresses:
        response = browser.get(address)
        assert response.status_code == 200, address
        sizes[address] = (len(response.content), len(gzip.compress(response.content, 6)))
        record_property(address, f"{sizes[address][0]} bytes, {sizes[address][1]} compressed")
    # The register of kinds of work is the longest list there is: it keeps the budget as it travels.
    over = {one: size for one, size in sizes.items() if size[1] > LATER / 2 or size[0] > LATER * 2}
    assert not over, over
    fat = {one: size for one, size in sizes.items() if size[0] > LATER}
    assert set(fat) <= ALLOWED_BEFORE_COMPRESSION, fat


# Longer than 30 KB before compression, never after it.
ALLOWED_BEFORE_COMPRESSION: set[str] = set()


# --- not for me -----------------------------------------------------------------------------------


def test_one_tap_says_that_a_job_is_not_for_her_and_it_is_not_shown_again(me, browser):
    from openpes.dialogues.models import DeclinedJob

    job, other = VacancyFactory(title="Far waiter"), VacancyFactory(title="Near waiter")
    assert "Far waiter" in text(browser, url("suggestions"))
    browser.post(url("not_for_me", job.ref), {"why": "9"})
    assert not DeclinedJob.objects.exists()
    browser.post(url("not_for_me", job.ref), {"why": "1"})
    assert DeclinedJob.objects.get().why == "far"
    page = text(browser, url("suggestions"))
    assert "Far waiter" not in page and other.title in page


def test_employers_learn_totals_of_ten_or_more_only(signed_in):
    from openpes.dialogues.declining import decline_vacancy

    job = VacancyFactory()
    firm = signed_in(account_with("employer_staff", employer=job.employer))
    page = reverse("employer:vacancy", args=[job.ref])
    people = [JobseekerFactory().person_id for _one in range(10)]
    for person in people[:9]:
        decline_vacancy(person_id=person, vacancy_id=job.pk, digit="1", at=NOW)
    assert "Too far" not in text(firm, page)
    decline_vacancy(person_id=people[9], vacancy_id=job.pk, digit="2", at=NOW)
    assert "Too far" not in text(firm, page)
    decline_vacancy(person_id=people[9], vacancy_id=job.pk, digit="1", at=NOW)
    assert "Too far: 10" in text(firm, page)
