"""What fits me: answered without an account, kept with one, shown to the office, led on to work and skills."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import JobseekerFactory, account_with

from openpes.interests.items import items_of
from openpes.interests.models import InterestAnswers, ValueSort
from openpes.interests.states import Length
from openpes.interests.words import CARD
from openpes.jobseekers.operations import profile_of
from openpes.web.public.interests import A_PAGE

pytestmark = pytest.mark.django_db(databases=["default", "access"])
START, RESULT = reverse("web:fits_me"), reverse("web:fits_me_result")


def page_url(page: int) -> str:
    return reverse("web:fits_me_questions", args=[page])


def answer_all(client, length: Length = Length.SHORT):
    assert client.post(START, {"length": length.value}).url == page_url(1)
    items = items_of(length)
    for page in range(1, len(items) // A_PAGE + 1):
        shown = items[(page - 1) * A_PAGE : page * A_PAGE]
        response = client.post(page_url(page), {one.code: "5" if one.side == "S" else "2" for one in shown})
    return response


@pytest.fixture
def me():
    return JobseekerFactory()


@pytest.fixture
def browser(me, signed_in):
    return signed_in(account_with("jobseeker", person=me.person, username="ABCD-EFGH"))


def test_a_visitor_answers_and_sees_work_and_nothing_is_stored(client):
    assert answer_all(client).url == RESULT
    page = client.get(RESULT).content.decode()
    assert "Helping people: 100" in page and "Kinds of work to look at" in page and "Nobody has yet compared" in page
    assert not InterestAnswers.objects.exists()
    paper, shot = (client.get(reverse("web:fits_me_file", args=[form])) for form in ("pdf", "png"))
    assert paper.content.startswith(b"%PDF-") and shot.content.startswith(b"\x89PNG")
    assert client.get(reverse("web:fits_me_file", args=["exe"])).status_code == 404
    picture = client.get(reverse("web:fits_me_picture"))
    assert picture["Content-Type"] == "image/svg+xml" and b"<polygon" in picture.content


def test_a_forgotten_question_is_named_and_the_others_stay(client):
    client.post(START, {"length": "short"})
    code = items_of(Length.SHORT)[0].code
    response = client.post(page_url(1), {code: "4"})
    assert response.status_code == 422 and "Choose one answer" in response.content.decode()
    assert f"id_{code}" in client.get(page_url(1)).content.decode()
    assert client.session["about_me"]["answers"] == {code: 4}


def test_a_page_that_is_not_there(client):
    assert client.get(page_url(6)).status_code == 404
    assert client.get(RESULT).url == START
    assert client.get(reverse("web:fits_me_picture")).status_code == 404


def test_cards_are_sorted_and_ranked(client):
    bad = client.post(reverse("web:fits_me_matters"), {"pay": "very"})
    assert bad.status_code == 422
    said = dict.fromkeys(CARD, "not") | {"pay": "very", "near": "some"}
    assert client.post(reverse("web:fits_me_matters"), said).url == reverse("web:fits_me_top")
    choose = client.get(reverse("web:fits_me_top")).content.decode()
    assert "Good pay" in choose and "Seeing other places" not in choose
    assert client.post(reverse("web:fits_me_top"), {"top1": "near", "top2": "pay", "top3": "pay"}).url == RESULT
    assert client.session["about_me"]["top"] == ["near", "pay"]
    assert "Work near my home" in client.get(RESULT).content.decode()


def test_a_jobseeker_keeps_it_and_says_who_may_see_it(me, browser):
    answer_all(browser, Length.LONG)
    assert browser.post(reverse("jobseeker:fits_me_keep"), {"show": "yes"}).url == RESULT
    row = InterestAnswers.objects.get()
    assert (row.person, row.length, row.for_research) == (me.person, "long", False) and row.shown_at is not None
    assert "about_me" not in browser.session
    assert "Helping people: 100" in browser.get(RESULT).content.decode()
    browser.post(reverse("jobseeker:fits_me_keep"), {"research": "yes"})
    row.refresh_from_db()
    assert row.for_research and row.shown_at is None and not ValueSort.objects.exists()


def test_the_counsellor_sees_what_is_shown(me, browser, signed_in):
    answer_all(browser)
    browser.post(reverse("jobseeker:fits_me_keep"), {})
    desk = signed_in(account_with("counsellor", office=me.office, username="desk-1"))
    library = reverse("counsellor:library") + f"?person={me.ref}"
    assert "Shown to you by this person" not in desk.get(library).content.decode()
    browser.post(reverse("jobseeker:fits_me_keep"), {"show": "yes"})
    assert "Helping people: 100" in desk.get(library).content.decode()


def test_everyday_work_becomes_skills(me, browser):
    url = reverse("jobseeker:strengths")
    assert "I repair bicycles, motorbikes or tyres." in browser.get(url).content.decode()
    assert "Mend" in browser.get(url, {"did": ["repairs", "odd"]}).content.decode()
    # What the ticked work does not show is not added.
    browser.post(url + "?did=repairs", {"skills": ["mend-tyres", "cut-hair"]})
    me.refresh_from_db()
    assert "mend-tyres" in profile_of(me).skill_ids and "cut-hair" not in profile_of(me).skill_ids


def test_an_idea_shows_the_gap_and_is_added_in_one_tap(me, browser):
    url = reverse("jobseeker:idea", args=["5322"])
    assert "You would still learn this" in browser.get(url).content.decode()
    browser.post(url)
    me.refresh_from_db()
    assert "5322" in {one.isco for one in profile_of(me).wanted}
    assert "one of the kinds of work you want" in browser.get(url).content.decode()
    assert browser.get(reverse("jobseeker:idea", args=["0000"])).status_code == 404


def test_pages_are_light_and_their_queries_do_not_grow(client, django_assert_max_num_queries):
    assert len(client.get(page_url(1)).content) < 30_000
    assert len(client.get(reverse("web:fits_me_matters")).content) < 60_000
    answer_all(client)
    with CaptureQueriesContext(connection) as one:
        client.get(RESULT)
    for _each in range(19):
        JobseekerFactory()
    with CaptureQueriesContext(connection) as twenty:
        assert len(client.get(RESULT).content) < 30_000
    assert len(twenty) == len(one)
