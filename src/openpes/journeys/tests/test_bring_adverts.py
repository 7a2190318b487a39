"""A firm's own list: looked at first, taken row by row, sent again safely, pulled from an address or pushed by key."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from tests.factories import NOW, EmployerFactory, account_with, actor_with

from openpes.core.actors import Actor
from openpes.core.decisions import NotFound, NotPermitted, Refused
from openpes.core.fetching import NotFetched
from openpes.core.spreadsheets import as_csv, as_xlsx
from openpes.core.tables import UnreadableTable
from openpes.imports.adverts import COLUMNS, EXAMPLE
from openpes.journeys.bring_adverts import Brought, RowIs, bring_adverts, keep_list, kept_list, pull_feeds
from openpes.messaging.queries import latest_messages
from openpes.organisations.firm_operations import end_colleague
from openpes.organisations.models import Employer, Membership
from openpes.reference.country import today
from openpes.vacancies.feed_models import VacancyFeed
from openpes.vacancies.feed_operations import feed_by_key, list_is_paused, new_feed_key, set_feed
from openpes.vacancies.models import AdvertPair, LivenessStep, Vacancy
from openpes.vacancies.states import VacancyState

pytestmark = pytest.mark.django_db(databases=["default", "access"])
HEAD = "Reference,Title,Places,Salary,Area,Hours,Description,Offers,Status\n"
COOK = "C-1,Cook,2,16000,Cebu,48,Cook for forty guests each day in a busy kitchen.,before_dark,open\n"
WAITER = "W-1,Waiter,1,15500,,44,Serve guests at lunch and carry plates to the tables.,,\n"


@pytest.fixture
def employer() -> Employer:
    """A checked firm in Cebu."""
    return EmployerFactory()


def bring(employer: Employer, text: str | bytes, **more: Any) -> Brought:
    """Hand a list in."""
    settings_of = {
        "content": text.encode() if isinstance(text, str) else text,
        "employer": employer,
        "language": "en",
        "is_whole": False,
        "is_trial": False,
        "by": actor_with("employer_staff", scope_id=employer.pk),
        "at": NOW,
    }
    return bring_adverts(**{**settings_of, **more})


def of_the_firm(employer: Employer) -> Actor:
    """Somebody who acts for the firm today, with an account of their own."""
    return actor_with("employer_staff", scope_id=employer.pk, account=account_with("employer_staff", employer=employer))


def told(brought: Brought) -> list[tuple[str, str]]:
    """Keys with what became of them."""
    return [(one.reference, one.what.value) for one in brought.rows]


def test_a_look_writes_nothing_and_the_same_list_taken_waits_for_an_officer(employer: Employer) -> None:
    """Every advert passes the same check and the same second pair of eyes."""
    looked = bring(employer, HEAD + COOK + WAITER, is_trial=True)
    assert told(looked) == [("C-1", "new"), ("W-1", "new")] and not Vacancy.objects.exists()
    assert told(bring(employer, HEAD + COOK + WAITER)) == told(looked)
    cook = Vacancy.objects.get(external_id="C-1")
    assert (cook.state, cook.source, cook.offers, cook.places) == (VacancyState.SUBMITTED, "file", ["before_dark"], 2)
    assert Vacancy.objects.get(external_id="W-1").area_code == employer.area_code


def test_the_same_key_is_the_same_vacancy(employer: Employer) -> None:
    """Unchanged it says that the job is open; changed it waits again; withdrawn it closes; nothing doubles."""
    bring(employer, HEAD + COOK + WAITER)
    Vacancy.objects.update(state=VacancyState.LIVE, live_since=NOW, last_confirmed_at=NOW - timedelta(days=20))
    again = bring(employer, HEAD + COOK + WAITER.replace("15500", "15600"))
    assert told(again) == [("C-1", "same"), ("W-1", "changed")]
    cook, waiter = Vacancy.objects.get(external_id="C-1"), Vacancy.objects.get(external_id="W-1")
    assert cook.last_confirmed_at == NOW and waiter.state == VacancyState.SUBMITTED
    assert LivenessStep.objects.get(vacancy=cook, kind="confirmed").channel == "feed"
    over = bring(employer, HEAD + COOK.replace(",open", ",withdrawn"))
    assert told(over) == [("C-1", "closed")]
    cook.refresh_from_db()
    assert (cook.state, cook.close_reason) == (VacancyState.CLOSED, "withdrawn")
    assert told(bring(employer, HEAD + COOK)) == [("C-1", "bad")]
    assert told(bring(employer, HEAD + COOK.replace(",open", ",withdrawn"))) == [("C-1", "same")]
    assert Vacancy.objects.count() == 2


def test_a_whole_list_closes_what_it_misses_and_leaves_what_was_typed(employer: Employer) -> None:
    """A row to mend is named too: it is not closed by its mistake."""
    bring(employer, HEAD + COOK + WAITER)
    Vacancy.objects.create(
        employer=employer, office=employer.office, state="submitted", title="Typed", isco="5120", places=1,
        places_left=1, area_code=employer.area_code, posted_at=NOW, changed_at=NOW,
    )  # fmt: skip
    bad_cook = COOK.replace("16000", "much")
    assert told(bring(employer, HEAD + bad_cook, is_whole=True)) == [("C-1", "bad"), ("W-1", "closed")]
    assert Vacancy.objects.exclude(state="closed").count() == 2


def test_every_bad_row_says_row_field_and_mend_and_stops_no_other(employer: Employer) -> None:
    """What the law stops, what cannot be read, a key twice, a key missing."""
    rows = [
        COOK,
        COOK,
        WAITER.replace("W-1", ""),
        WAITER.replace("W-1", "A").replace("15500", "much"),
        WAITER.replace("W-1", "B").replace("Waiter,1", "Waiter,0"),
        WAITER.replace("W-1", "D").replace(",,44", ",Atlantis,44"),
        WAITER.replace("W-1", "E").replace("Serve guests", "Pay a processing fee of 500 pesos to apply. Serve guests"),
        WAITER.replace("W-1", "F").replace("tables.,,", "tables.,gold,"),
        WAITER.replace("W-1", "G").replace("15500", "100"),
    ]
    brought = bring(employer, HEAD + "".join(rows))
    said = {one.line: [(item["field"], item["code"]) for item in one.problems] for one in brought.bad}
    assert said[3] == [("reference", "key_twice")] and said[4] == [("reference", "external_id_needed")]
    assert said[5] == [("pay", "number_unread")] and said[6] == [("places", "places_impossible")]
    assert said[7] == [("area", "area_unknown")] and said[9] == [("offers", "word_unknown")]
    assert "asks_for_money" in [code for _field, code in said[8]]
    assert [one.what for one in brought.rows if one.line == 2] == [RowIs.NEW]
    assert set(Vacancy.objects.values_list("external_id", flat=True)) >= {"C-1"}
    assert not Vacancy.objects.filter(external_id__in=["A", "B", "D", "E", "F"]).exists()


def test_csv_xlsx_and_json_say_the_same(employer: Employer) -> None:
    """And so does the file to fill in."""
    rows = [dict(zip(COLUMNS, EXAMPLE, strict=True))]
    files = (
        as_csv(COLUMNS, [EXAMPLE]),
        as_xlsx([("vacancies", COLUMNS, [EXAMPLE])]),
        json.dumps({"vacancies": rows}).encode(),
        json.dumps([{**rows[0], "places": 2, "offers": ["before_dark", "safe_transport"]}]).encode(),
    )
    assert [told(bring(employer, one)) for one in files] == [
        [("COOK-2027-1", "new")],
        *[[("COOK-2027-1", "same")]] * 3,
    ]
    assert Vacancy.objects.get().closes_before is not None


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b'{"jobs": []}', b"[1]", b"title\nCook\n", b"PK\x03\x04half", b"\x00\x01\x02", b"[" * 100_000],
)
def test_what_is_no_list_is_said(employer: Employer, content: bytes) -> None:
    """With the mend; nothing is written."""
    with pytest.raises(UnreadableTable):
        bring(employer, content)
    assert not Vacancy.objects.exists()


def test_nobody_hands_in_a_list_for_another_firm_and_readers_for_none(employer: Employer) -> None:
    """Refused, and nothing is there."""
    for by in (
        actor_with("employer_staff", scope_id=EmployerFactory().pk),
        actor_with("employer_reader", scope_id=employer.pk),
    ):
        with pytest.raises(NotPermitted):
            bring(employer, HEAD + COOK, by=by)
        with pytest.raises(NotPermitted):
            set_feed(employer=employer, address="https://x.example", is_whole=False, by=by, at=NOW)
    assert not Vacancy.objects.exists() and not VacancyFeed.objects.exists()


def test_the_list_that_was_looked_at_is_only_its_owners(employer: Employer) -> None:
    """By its reference alone nobody else gets it."""
    by = actor_with("employer_staff", scope_id=employer.pk)
    ref = keep_list(content=b"x", name="x.csv", by=by, at=NOW)
    assert kept_list(ref, by=by) == b"x"
    with pytest.raises(NotFound):
        kept_list(ref, by=actor_with("employer_reader", scope_id=employer.pk))


def test_two_rows_that_are_one_job_are_put_before_a_person(employer: Employer) -> None:
    """Looked for when a list comes, not only when an officer approves."""
    bring(employer, HEAD + COOK + COOK.replace("C-1", "C-2").replace("16000", "16100"))
    pair = AdvertPair.objects.get()
    assert {pair.first.external_id, pair.second.external_id} == {"C-1", "C-2"}
    assert not Vacancy.objects.exclude(same_as=None).exists()


def test_an_address_is_read_when_it_is_due_and_what_fails_is_told(employer: Employer) -> None:
    """Every six hours; a suspended firm's address is left alone."""
    by = of_the_firm(employer)
    with pytest.raises(Refused):
        set_feed(employer=employer, address="http://jobs.example.org", is_whole=True, by=by, at=NOW)
    set_feed(employer=employer, address="https://jobs.example.org/list", is_whole=True, by=by, at=NOW)
    asked: list[str] = []

    def good(url: str, **limits: float) -> bytes:
        asked.append(url)
        assert limits["most_bytes"] and limits["seconds"]
        return (HEAD + COOK).encode()

    def bad(url: str, **limits: float) -> bytes:
        raise NotFetched("private_address")

    assert pull_feeds(at=NOW, fetcher=good) == {"feeds_paused": 0, "feeds_read": 1, "feeds_failed": 0}
    assert pull_feeds(at=NOW + timedelta(hours=5), fetcher=good)["feeds_read"] == 0 and len(asked) == 1
    done = pull_feeds(at=NOW + timedelta(hours=7), fetcher=bad)
    assert done == {"feeds_paused": 0, "feeds_read": 0, "feeds_failed": 1}
    feed = VacancyFeed.objects.get()
    assert feed.told == {"error": "private_address", "status": 0} and feed.taken_at == NOW
    assert pull_feeds(at=NOW + timedelta(hours=14), fetcher=lambda url, **limits: b"{")["feeds_failed"] == 1
    Employer.objects.update(state="suspended")
    done = pull_feeds(at=NOW + timedelta(hours=30), fetcher=good)
    assert done == {"feeds_paused": 0, "feeds_read": 0, "feeds_failed": 0}


def test_a_system_pushes_with_its_key_and_nobody_without(client: Client, employer: Employer) -> None:
    """401 for a wrong key, 422 for no list, and counts with the rows to mend."""
    by = of_the_firm(employer)
    feed, key = new_feed_key(employer=employer, by=by, at=NOW, secret=settings.SECRET_KEY)
    url = reverse("employer:push", args=[feed.ref])

    def push(content: str, with_key: str = key) -> Any:
        return client.post(
            url, content, content_type="application/octet-stream", headers={"Authorization": f"Bearer {with_key}"}
        )

    assert push(HEAD + COOK, "wrong").status_code == 401 and not Vacancy.objects.exists()
    assert client.post(url, HEAD + COOK, content_type="text/csv").status_code == 401
    assert push("{").status_code == 422
    answer = push(HEAD + COOK + WAITER.replace("15500", "much"))
    assert answer.status_code == 200 and answer.json()["counts"]["new"] == 1
    assert answer.json()["to_mend"] == [{"row": 3, "reference": "W-1", "problems": ["pay: “much” is no number."]}]
    new_feed_key(employer=employer, by=by, at=NOW, secret=settings.SECRET_KEY)
    with pytest.raises(NotFound):
        feed_by_key(feed.ref, key, secret=settings.SECRET_KEY)


def test_too_many_pushes_in_an_hour_are_turned_away(client: Client, employer: Employer) -> None:
    """With the time to wait."""
    url = reverse("employer:push", args=["NOBODYKNOW"])
    codes = [client.post(url, "", content_type="text/csv").status_code for _ in range(14)]
    assert codes[0] == 401 and codes[-1] == 429


def test_a_list_stops_on_the_day_on_which_its_maker_leaves(client: Client, employer: Employer) -> None:
    """Not before. The key opens nothing any more, the firm is told once, and a colleague sets it up again."""
    boss = account_with("employer_administrator", employer=employer)
    chief = actor_with("employer_administrator", scope_id=employer.pk, account=boss)
    maker = of_the_firm(employer)
    set_feed(employer=employer, address="https://jobs.example.org/list", is_whole=False, by=maker, at=NOW)
    feed, key = new_feed_key(employer=employer, by=maker, at=NOW, secret=settings.SECRET_KEY)
    held = Membership.objects.get(account=maker.account_id)
    end_colleague(membership=held, last_day=today(NOW), on=today(NOW), by=chief, at=NOW)

    def read(url: str, **limits: float) -> bytes:
        return (HEAD + COOK).encode()

    assert pull_feeds(at=NOW, fetcher=read) == {"feeds_paused": 0, "feeds_read": 1, "feeds_failed": 0}
    tomorrow = NOW + timedelta(days=1)
    assert pull_feeds(at=tomorrow, fetcher=read) == {"feeds_paused": 1, "feeds_read": 0, "feeds_failed": 0}
    assert pull_feeds(at=tomorrow, fetcher=read)["feeds_paused"] == 0
    assert [one.kind for one in latest_messages(limit=9)].count("feed_paused") == 1
    url = reverse("employer:push", args=[feed.ref])
    sent = client.post(url, HEAD + WAITER, content_type="text/csv", headers={"Authorization": f"Bearer {key}"})
    assert sent.status_code == 401 and not Vacancy.objects.filter(external_id="W-1").exists()
    assert list_is_paused(chief, employer)
    set_feed(employer=employer, address="https://jobs.example.org/list", is_whole=False, by=chief, at=tomorrow)
    assert pull_feeds(at=tomorrow + timedelta(hours=7), fetcher=read)["feeds_read"] == 1
    assert not list_is_paused(chief, employer)


def test_a_key_opens_nothing_before_the_clock_has_looked(
    client: Client, employer: Employer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who was sent away at once sends no list in the same minute; the firm's page says what to do."""
    monkeypatch.setattr("openpes.web.doorkeeper.needs_second_factor", lambda roles: False)
    boss = account_with("employer_administrator", employer=employer)
    maker = of_the_firm(employer)
    feed, key = new_feed_key(employer=employer, by=maker, at=NOW, secret=settings.SECRET_KEY)
    Membership.objects.filter(account=maker.account_id).update(ended_at=NOW)
    url = reverse("employer:push", args=[feed.ref])
    sent = client.post(url, HEAD + WAITER, content_type="text/csv", headers={"Authorization": f"Bearer {key}"})
    assert sent.status_code == 401 and not Vacancy.objects.exists()
    client.force_login(boss)
    for page in ("employer:home", "employer:bulk"):
        assert "has left your firm" in client.get(reverse(page)).content.decode()
