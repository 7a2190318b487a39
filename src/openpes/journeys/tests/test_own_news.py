"""News of jobs on one's own day, at most weekly; and the question before a registration rests."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.factories import CEBU, NOW, JobseekerFactory, VacancyFactory, actor_with

from openpes.core.decisions import NotFound, NotPermitted, Refused
from openpes.jobseekers.card_operations import drop_search, keep_search, renew_card, set_alert, stop_alert
from openpes.jobseekers.card_queries import card_of, card_valid_before, searches_of
from openpes.jobseekers.models import JobAlert, Jobseeker, JobseekerCard, SavedSearch
from openpes.jobseekers.operations import confirm_looking
from openpes.jobseekers.rules import card_is_valid, may_keep_search, may_set_alert
from openpes.journeys.clocks import put_to_sleep
from openpes.journeys.own_news import ask_still_looking, tell_of_jobs
from openpes.messaging.models import Message
from openpes.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db(databases=["default", "access"])
MANILA = ZoneInfo("Asia/Manila")
# A Tuesday, ten in the morning in Manila.
START = NOW
FRIDAY_NOON = datetime(2026, 11, 27, 12, 5, tzinfo=MANILA)


@pytest.fixture
def me():
    return JobseekerFactory()


@pytest.fixture
def self_(me):
    return actor_with("jobseeker", scope_id=me.person_id)


def kept(me, self_, **other) -> SavedSearch:
    said = {"text": "waiter", "iscos": ["5131"], "area_code": CEBU, "kind": "", **other}
    return keep_search(jobseeker=me, by=self_, at=START, **said)


def news() -> int:
    return Message.objects.filter(kind="job_news").count()


def appear(at: datetime, **other) -> Vacancy:
    return VacancyFactory(live_since=at, last_confirmed_at=at, area_code=CEBU, **other)


def test_the_rules_of_searches_and_times():
    assert may_keep_search(text="", area_code="", kind="", kept=0).refused
    assert may_keep_search(text="cook", area_code="", kind="", kept=5).refused
    assert not may_keep_search(text="", area_code="", kind="internship", kept=4).refused
    assert may_set_alert(weekday=7, hour=9).refused and may_set_alert(weekday=0, hour=20).refused
    assert not may_set_alert(weekday=6, hour=19).refused
    assert card_is_valid(valid_before=FRIDAY_NOON.date(), on=START.date())
    assert not card_is_valid(valid_before=START.date(), on=START.date())
    assert not card_is_valid(valid_before=None, on=START.date())


def test_news_comes_on_the_chosen_day_and_hour_once(me, self_):
    kept(me, self_)
    set_alert(jobseeker=me, weekday=4, hour=12, by=self_, at=START)
    appear(START + timedelta(hours=5))
    for early in (START + timedelta(days=1), FRIDAY_NOON - timedelta(hours=1)):
        assert tell_of_jobs(at=early) == {"told_of_jobs": 0}
    assert tell_of_jobs(at=FRIDAY_NOON) == {"told_of_jobs": 1}
    assert tell_of_jobs(at=FRIDAY_NOON + timedelta(hours=2)) == {"told_of_jobs": 0}
    text = Message.objects.get(kind="job_news").text
    assert me.person.name_as_given not in text and "waiter" not in text.casefold()


def test_nothing_new_is_no_text_and_old_jobs_are_no_news(me, self_):
    appear(START - timedelta(days=1))
    kept(me, self_)
    set_alert(jobseeker=me, weekday=4, hour=12, by=self_, at=START)
    tell_of_jobs(at=FRIDAY_NOON)
    assert news() == 0
    appear(FRIDAY_NOON + timedelta(days=1))
    tell_of_jobs(at=FRIDAY_NOON + timedelta(days=7, hours=-1))
    assert news() == 0
    tell_of_jobs(at=FRIDAY_NOON + timedelta(days=7))
    assert news() == 1


def test_one_text_a_week_at_most_even_when_the_day_is_changed(me, self_):
    kept(me, self_)
    set_alert(jobseeker=me, weekday=4, hour=12, by=self_, at=START)
    appear(START + timedelta(hours=5))
    tell_of_jobs(at=FRIDAY_NOON)
    set_alert(jobseeker=me, weekday=5, hour=9, by=self_, at=FRIDAY_NOON)
    appear(FRIDAY_NOON + timedelta(hours=3))
    tell_of_jobs(at=FRIDAY_NOON + timedelta(days=1))
    assert news() == 1
    appear(FRIDAY_NOON + timedelta(days=2))
    tell_of_jobs(at=FRIDAY_NOON + timedelta(days=8))
    assert news() == 2


@pytest.mark.parametrize(
    ("search", "job"),
    [
        ({"kind": "internship"}, {}),
        ({"area_code": "PH-00"}, {}),
        ({"text": "welder", "iscos": ["7212"]}, {}),
        ({}, {"places_left": 0}),
    ],
)
def test_only_what_the_search_finds_is_news(me, self_, search, job):
    kept(me, self_, **search)
    set_alert(jobseeker=me, weekday=4, hour=12, by=self_, at=START)
    appear(START + timedelta(hours=5), **job)
    tell_of_jobs(at=FRIDAY_NOON)
    assert news() == 0


@pytest.mark.parametrize("state", ["sleeping", "in_work", "left", "waiting_for_guardian"])
def test_who_does_not_look_hears_nothing(me, self_, state):
    kept(me, self_)
    set_alert(jobseeker=me, weekday=4, hour=12, by=self_, at=START)
    appear(START + timedelta(hours=5))
    Jobseeker.objects.update(state=state)
    tell_of_jobs(at=FRIDAY_NOON)
    assert news() == 0


def test_who_stopped_hears_nothing(me, self_):
    kept(me, self_)
    set_alert(jobseeker=me, weekday=4, hour=12, by=self_, at=START)
    stop_alert(jobseeker=me, by=self_, at=START)
    appear(START + timedelta(hours=5))
    tell_of_jobs(at=FRIDAY_NOON)
    assert news() == 0 and not JobAlert.objects.exists()


def test_nobody_else_keeps_or_drops_a_search(me, self_):
    other = JobseekerFactory()
    stranger = actor_with("jobseeker", scope_id=other.person_id)
    with pytest.raises(NotPermitted):
        kept(me, stranger)
    one = kept(me, self_)
    with pytest.raises(NotFound):
        drop_search(jobseeker=other, ref=one.ref, by=stranger, at=START)
    assert searches_of(me.pk) == [one]
    assert kept(me, self_) == one and SavedSearch.objects.count() == 1
    drop_search(jobseeker=me, ref=one.ref, by=self_, at=START)
    assert searches_of(me.pk) == []


# --- the card -------------------------------------------------------------------------------------


def test_a_card_is_made_and_renewed_and_is_a_sign_of_life(me, self_):
    assert card_of(me.pk) is None and card_valid_before(me.ref) is None
    card = renew_card(jobseeker=me, by=self_, at=START)
    assert card.valid_before == START.date() + timedelta(days=180)
    later = START + timedelta(days=100)
    Jobseeker.objects.update(state="sleeping")
    me.refresh_from_db()
    assert renew_card(jobseeker=me, by=self_, at=later).valid_before == later.date() + timedelta(days=180)
    me.refresh_from_db()
    assert me.state == "active" and me.last_confirmed_at == later
    assert JobseekerCard.objects.count() == 1
    Jobseeker.objects.update(state="left")
    assert card_valid_before(me.ref) is None


def test_no_card_before_a_guardian_agrees_and_none_for_others(me, self_):
    with pytest.raises(NotPermitted):
        renew_card(jobseeker=me, by=actor_with("jobseeker", scope_id=JobseekerFactory().person_id), at=START)
    Jobseeker.objects.update(state="waiting_for_guardian")
    me.refresh_from_db()
    with pytest.raises(Refused):
        renew_card(jobseeker=me, by=self_, at=START)
    assert not JobseekerCard.objects.exists()


# --- silence --------------------------------------------------------------------------------------


def test_silence_is_asked_about_then_rests_and_one_tap_wakes(me, self_):
    asked = START + timedelta(days=76, hours=1)
    assert ask_still_looking(at=START + timedelta(days=75)) == {"asked_still_looking": 0}
    assert ask_still_looking(at=asked) == {"asked_still_looking": 1}
    assert ask_still_looking(at=asked + timedelta(hours=1)) == {}
    assert ask_still_looking(at=asked + timedelta(days=1)) == {"asked_still_looking": 0}
    assert "Nothing is deleted" in Message.objects.get(kind="still_looking").text
    assert put_to_sleep(at=START + timedelta(days=90)) == 0
    assert put_to_sleep(at=START + timedelta(days=90, seconds=1)) == 1
    me.refresh_from_db()
    assert me.state == "sleeping" and me.person.erased_at is None
    woken = START + timedelta(days=200)
    confirm_looking(jobseeker=me, by=self_, at=woken)
    me.refresh_from_db()
    assert me.state == "active"
    assert ask_still_looking(at=woken + timedelta(days=77)) == {"asked_still_looking": 1}


def test_who_answered_is_not_asked_and_does_not_rest(me, self_):
    ask_still_looking(at=START + timedelta(days=77))
    confirm_looking(jobseeker=me, by=self_, at=START + timedelta(days=78))
    assert put_to_sleep(at=START + timedelta(days=91)) == 0
    assert ask_still_looking(at=START + timedelta(days=91)) == {"asked_still_looking": 0}
