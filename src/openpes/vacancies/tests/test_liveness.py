"""A job is open while somebody says so: asked, faded, paused, ended; by link, page, desk and clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from tests.factories import NOW, ReferralFactory, VacancyFactory, account_with, actor_with

from openpes.core.actors import VISITOR, system
from openpes.core.decisions import NotFound, NotPermitted, Refused
from openpes.journeys.still_open import (
    open_actor,
    open_url,
    read_open_token,
    run_liveness_clock,
    say_still_open,
    take_down,
)
from openpes.messaging.models import Message
from openpes.vacancies.figures import live_at
from openpes.vacancies.holding_operations import hold_vacancy, release_vacancy
from openpes.vacancies.liveness import Freshness, LivenessAct, LivenessDays, freshness, liveness_act
from openpes.vacancies.liveness_operations import ask_still_open, confirm_vacancy, pause_vacancy
from openpes.vacancies.models import LivenessStep, Vacancy
from openpes.vacancies.queries import search_public
from openpes.vacancies.states import Channel, Pause, VacancyState

DAYS = LivenessDays(first_ask=14, second_ask=30, fade=21, pause=37, close=60)
T0 = datetime(2026, 11, 1, tzinfo=UTC)


def act(day: int, *, state=VacancyState.LIVE, paused="", asked: tuple[int, ...] = ()) -> LivenessAct | None:
    return liveness_act(
        state=state, paused=paused, confirmed_at=T0, asked_times=len(asked), at=T0 + timedelta(days=day), days=DAYS,
        asked_at=T0 + timedelta(days=asked[-1]) if asked else None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (act(13), None),
        (act(14), LivenessAct.ASK),
        (act(29, asked=(14,)), None),
        (act(30, asked=(14,)), LivenessAct.ASK),
        (act(36, asked=(14, 30)), None),
        (act(37, asked=(14, 30)), LivenessAct.PAUSE),
        (act(59, asked=(14, 30), state=VacancyState.PAUSED, paused=Pause.SILENT), None),
        (act(60, asked=(14, 30), state=VacancyState.PAUSED, paused=Pause.SILENT), LivenessAct.CLOSE),
        (act(400, asked=(14, 30), state=VacancyState.PAUSED, paused=Pause.HELD), None),
        (act(400, state=VacancyState.SUBMITTED), None),
        (act(400, state=VacancyState.CLOSED), None),
    ],
)
def test_the_clock_asks_twice_then_pauses_then_ends(found, wanted) -> None:
    assert found == wanted


def test_a_clock_that_stood_still_does_not_hurry() -> None:
    assert act(200) == LivenessAct.ASK
    assert act(201, asked=(200,)) is None
    assert act(216, asked=(200,)) == LivenessAct.ASK
    assert act(217, asked=(200, 216)) is None
    assert act(224, asked=(200, 216), state=VacancyState.PAUSED, paused=Pause.SILENT) is None


def test_freshness() -> None:
    said = [freshness(confirmed_at=T0, at=T0 + timedelta(days=day), days=DAYS) for day in (1, 14, 21)]
    assert said == [Freshness.FRESH, Freshness.ASKED, Freshness.FADED]
    assert freshness(confirmed_at=None, at=T0, days=DAYS) == Freshness.FADED


@pytest.mark.django_db(databases=["default", "access"])
class TestLedger:
    def kinds(self, vacancy: Vacancy) -> list[str]:
        return list(LivenessStep.objects.filter(vacancy=vacancy).order_by("pk").values_list("kind", flat=True))

    def texts(self) -> list[str]:
        return list(Message.objects.order_by("pk").values_list("kind", flat=True))

    def test_silence_from_the_question_to_the_honest_end(self) -> None:
        referral = ReferralFactory()
        vacancy = referral.vacancy
        for day, state in ((13, "live"), (14, "live"), (30, "live"), (37, "paused"), (60, "closed")):
            at = NOW + timedelta(days=day)
            first = run_liveness_clock(at=at)
            assert sum(run_liveness_clock(at=at).values()) == 0, (day, first)
            vacancy.refresh_from_db()
            assert vacancy.state == state, day
        assert self.kinds(vacancy) == ["asked", "asked", "paused", "closed"]
        assert self.texts() == ["still_open", "still_open", "silent_paused", "job_not_confirmed"]
        assert vacancy.close_reason == "silent"
        referral.refresh_from_db()
        assert referral.state == "ended"
        assert live_at(instant=NOW + timedelta(days=61)).vacancies == 0

    def test_a_word_by_link_ends_a_silent_pause_and_starts_afresh(self, client) -> None:
        vacancy = VacancyFactory()
        for day in (14, 30, 37):
            run_liveness_clock(at=NOW + timedelta(days=day))
        path = open_url(vacancy).split("testserver", 1)[-1]
        path = path[path.index("/open/") :]
        assert client.get(path).status_code == 200
        assert Vacancy.objects.get().state == "paused", "looking changes nothing"
        assert client.post(path, {"places_left": "9"}).status_code == 422
        assert Vacancy.objects.get().state == "paused"
        answer = client.post(path, {"places_left": "1"})
        assert answer.status_code == 302
        assert client.get(answer["Location"]).status_code == 200
        held = Vacancy.objects.get()
        assert (held.state, held.places_left, held.asked_times, held.paused_because) == ("live", 1, 0, "")
        assert self.kinds(held)[-2:] == ["resumed", "confirmed"]
        assert LivenessStep.objects.filter(channel=Channel.LINK).count() == 2
        client.post(path, {"act": "filled"})
        assert Vacancy.objects.get().close_reason == "filled"
        assert client.get(path).status_code == 200

    def test_an_altered_link_is_nobodys(self, client) -> None:
        one, other = VacancyFactory(), VacancyFactory()
        token = open_url(one).rstrip("/").rsplit("/", 1)[-1]
        with pytest.raises(NotFound):
            read_open_token(other.ref + token[10:])
        assert (
            client.post(reverse("web:still_open", args=[other.ref + token[10:]]), {"act": "filled"}).status_code == 404
        )
        assert Vacancy.objects.filter(state="live").count() == 2

    def test_a_link_opens_one_firm_only(self) -> None:
        one, other = VacancyFactory(), VacancyFactory()
        with pytest.raises(NotPermitted):
            confirm_vacancy(vacancy=other, places_left=1, by=open_actor(one), at=NOW)
        assert not LivenessStep.objects.exists()

    def test_none_left_ends_it_as_filled(self) -> None:
        referral = ReferralFactory()
        closed = say_still_open(
            vacancy=referral.vacancy, places_left=0, channel=Channel.SMS, by=open_actor(referral.vacancy), at=NOW
        )
        assert closed.close_reason == "filled" or closed.places_left > 0
        assert closed.state == "closed" and self.texts() == ["answer_filled"]

    def test_what_a_person_holds_is_not_opened_by_the_employers_word(self) -> None:
        vacancy = VacancyFactory()
        hold_vacancy(vacancy_id=vacancy.pk, why="a report", by=system("vacancy.hold"), at=NOW)
        with pytest.raises(Refused):
            confirm_vacancy(vacancy=vacancy, places_left=2, by=open_actor(vacancy), at=NOW)
        assert Vacancy.objects.get().paused_because == "held" and self.kinds(vacancy) == ["paused"]
        officer = actor_with("counsellor", scope_id=vacancy.office_id)
        release_vacancy(vacancy=vacancy, note="looked", by=officer, at=NOW)
        assert (Vacancy.objects.get().state, Vacancy.objects.get().paused_because) == ("live", "")

    def test_the_employer_pauses_and_opens_again(self) -> None:
        vacancy = VacancyFactory()
        pause_vacancy(vacancy=vacancy, channel=Channel.WEB, by=open_actor(vacancy), at=NOW)
        assert Vacancy.objects.get().state == "paused"
        with pytest.raises(Refused):
            pause_vacancy(vacancy=vacancy, channel=Channel.WEB, by=open_actor(vacancy), at=NOW)
        confirm_vacancy(vacancy=vacancy, places_left=1, by=open_actor(vacancy), at=NOW)
        assert Vacancy.objects.get().state == "live"

    def test_only_the_clock_asks(self) -> None:
        vacancy = VacancyFactory()
        with pytest.raises(NotPermitted):
            ask_still_open(vacancy=vacancy, by=VISITOR, at=NOW)
        assert not LivenessStep.objects.exists() and Vacancy.objects.get().asked_times == 0

    def test_a_take_down_tells_everybody_who_applied(self) -> None:
        referral = ReferralFactory()
        officer = actor_with("counsellor", scope_id=referral.vacancy.office_id)
        with pytest.raises(Refused):
            take_down(vacancy=referral.vacancy, note=" ", by=officer, at=NOW)
        assert not self.texts() and Vacancy.objects.get().state == "live"
        take_down(vacancy=referral.vacancy, note="It asked for money.", by=officer, at=NOW)
        assert self.texts() == ["advert_removed", "vacancy_removed"]
        assert Vacancy.objects.get().close_reason == "removed"

    def test_the_unconfirmed_fade_below_the_others(self) -> None:
        old = VacancyFactory(live_since=NOW, last_confirmed_at=NOW - timedelta(days=22))
        new = VacancyFactory(live_since=NOW - timedelta(days=30), last_confirmed_at=NOW)
        assert list(search_public(faded_before=NOW - timedelta(days=21))) == [new, old]
        assert list(search_public()) == [old, new]

    def test_the_desk_decides_about_what_is_held(self, signed_in) -> None:
        vacancy = VacancyFactory()
        hold_vacancy(vacancy_id=vacancy.pk, why="a report", by=system("vacancy.hold"), at=NOW)
        client = signed_in(account_with("counsellor", office=vacancy.office))
        page = client.get(reverse("counsellor:vacancies"))
        assert vacancy.title in page.content.decode() and "Held after a report" in page.content.decode()
        path = reverse("counsellor:vacancy", args=[vacancy.ref])
        assert client.post(path, {"act": "release", "note": ""}).status_code == 422
        assert Vacancy.objects.get().state == "paused"
        assert client.post(path, {"act": "release", "note": "I called them."}).status_code == 302
        assert client.post(path, {"act": "confirm"}).status_code == 302
        assert Vacancy.objects.get().state == "live"
        assert b"at the desk" in client.get(path).content
