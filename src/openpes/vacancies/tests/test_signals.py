"""Signals: evidence with its words, held for a person, never a refusal. The corpora guard against going backwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from django.urls import reverse
from tests.factories import NOW, EmployerFactory, VacancyFactory, actor_with

from openpes.core.decisions import Refused
from openpes.vacancies.operations import approve_vacancy, check_offered, offered_of
from openpes.vacancies.rules import Draft, may_submit
from openpes.vacancies.signals import HELD, SignalFacts, SignalLimits, signals_of
from openpes.vacancies.states import Weight
from openpes.vacancies.words import GROUND, SIGNAL
from openpes.web.public.advert_rules import by_words
from openpes_countries import find_forbidden_words
from openpes_countries.advert_checks import advert_checks
from openpes_countries.advert_findings import find_signals

LIMITS = SignalLimits(held_from=4, pay_times_usual=3, new_firm_days=30, many_places=30)
HONEST = Draft(title="Cook", description="Cook for a canteen.", isco="5120", places=2, pay_amount=Decimal(900))
CORPORA = Path(__file__).parent / "corpora"


def codes(draft: Draft, facts: SignalFacts | None = None) -> list[str]:
    return [one.code for one in signals_of(draft, facts or SignalFacts(), LIMITS, ("en",))]


def test_an_honest_advert_has_no_signal() -> None:
    assert codes(HONEST, SignalFacts(usual_pay=Decimal(800), has_address=False, firm_days=1)) == []


def test_one_strong_wording_is_enough_and_a_weak_one_is_not() -> None:
    assert codes(replace(HONEST, description="We keep your passport.")) == ["signal_words", HELD]
    weak = codes(replace(HONEST, description="Our chat is on Telegram."))
    assert weak and HELD not in weak
    assert HELD in codes(replace(HONEST, description="Message us on Telegram. Quick money, 200 dollars a day!"))


@pytest.mark.parametrize(
    ("change", "facts", "wanted"),
    [
        ({}, SignalFacts(usual_pay=Decimal(300)), "signal_pay"),
        ({"places": 30}, SignalFacts(firm_days=29), "signal_new_firm"),
    ],
)
def test_what_lies_beside_the_text(change: dict, facts: SignalFacts, wanted: str) -> None:
    assert codes(replace(HONEST, **change), facts) == [wanted]
    no_address = replace(facts, has_address=False)
    assert codes(replace(HONEST, **change), no_address) == [wanted, "signal_no_address", HELD]


def test_just_under_the_limits_nothing_is_said() -> None:
    facts = SignalFacts(usual_pay=Decimal(301), firm_days=30)
    assert codes(replace(HONEST, places=30), facts) == []
    assert codes(replace(HONEST, places=29), SignalFacts(firm_days=1)) == []


@pytest.mark.parametrize(
    "text", ["No placement fee.", "We never ask for a deposit.", "You do not hand over your passport."]
)
def test_what_is_denied_is_no_evidence(text: str) -> None:
    assert find_signals(text) == ()


def test_signals_never_stop_an_advert() -> None:
    findings = signals_of(replace(HONEST, description="Deposit required, we keep your passport."), SignalFacts(),
                          LIMITS, ("en",))  # fmt: skip
    assert may_submit(findings).allowed and Weight.STOPS not in {one.weight for one in findings}


def test_each_published_check_says_why_and_is_said_in_words() -> None:
    assert all(one.why and one.points > 0 for one in advert_checks())
    assert set(by_words()) == {*GROUND, *SIGNAL}


@pytest.mark.django_db(databases=["default", "access"])
class TestInTheHouse:
    def test_a_held_advert_needs_an_officers_written_reason(self) -> None:
        vacancy = VacancyFactory(waiting=True, description="Work abroad for our partner. Do not tell anyone.")
        found = check_offered(offered_of(vacancy), employer=vacancy.employer, on=NOW.date())
        assert HELD in [one.code for one in found]
        from tests.factories import AccountFactory

        officer = actor_with("counsellor", scope_id=vacancy.office_id, account=AccountFactory())
        with pytest.raises(Refused):
            approve_vacancy(vacancy=vacancy, note="", judged_safe=False, by=officer, at=NOW)
        vacancy.refresh_from_db()
        assert vacancy.state == "submitted"
        approve_vacancy(vacancy=vacancy, note="Called them: a copy only.", judged_safe=False, by=officer, at=NOW)
        vacancy.refresh_from_db()
        assert vacancy.state == "live"

    def test_a_new_firm_with_many_places(self) -> None:
        employer = EmployerFactory(registered_at=NOW - timedelta(days=2))
        vacancy = VacancyFactory(employer=employer, places=60)
        found = check_offered(offered_of(vacancy), employer=employer, on=date(NOW.year, NOW.month, NOW.day))
        assert "signal_new_firm" in [one.code for one in found]

    def test_the_rules_are_public(self, client) -> None:
        page = client.get(reverse("web:advert_rules"))
        assert page.status_code == 200
        assert "It asks for money." in page.content.decode()
        opened = client.get(reverse("web:advert_rules"), {"about": "own_money"}).content.decode()
        assert "top[- ]?up" in opened and "top[- ]?up" not in page.content.decode()


def _half(name: str) -> list[dict[str, str]]:
    path = CORPORA / f"{name}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else []


def _is_held(advert: dict[str, str]) -> bool:
    """Stopped by the words of adverts, or held for a person by signals."""
    draft = Draft(title="", description=advert["text"])
    found = signals_of(draft, SignalFacts(), LIMITS, (advert["language"],))
    return bool(find_forbidden_words(advert["text"], (advert["language"],))) or any(one.code == HELD for one in found)


@pytest.mark.parametrize("name", ["building", "second"])
def test_regression_of_the_building_corpora(name: str) -> None:
    adverts = _half(name)
    bad = [one for one in adverts if one["kind"] != "honest"]
    honest = [one for one in adverts if one["kind"] == "honest"]
    missed = [one["text"] for one in bad if not _is_held(one)]
    held = [one["text"] for one in honest if _is_held(one)]
    assert bad and honest
    assert len(missed) <= 0.10 * len(bad), missed
    assert len(held) <= 0.05 * len(honest), held


# Shares of the older corpus, which the rules were built with. Floors: measured, a little below. Honest ones: a ceiling.
FOUND_OF_KIND = {"discrimination": 0.90, "fee": 0.90, "scam": 0.90}
HONEST_HELD = 0.08


def _share_held(adverts: list[dict[str, str]]) -> float:
    assert adverts
    return sum(_is_held(one) for one in adverts) / len(adverts)


@pytest.mark.parametrize("kind", FOUND_OF_KIND)
def test_the_older_corpus_does_not_go_backwards(kind: str) -> None:
    """A regression test, no accuracy: the rules have been improved with these adverts in sight."""
    adverts = [one for one in _half("older") if one["kind"] == kind]
    missed = [f"{one['language']}: {one['text']}" for one in adverts if not _is_held(one)]
    assert _share_held(adverts) >= FOUND_OF_KIND[kind], missed


def test_the_older_honest_adverts_are_left_alone() -> None:
    honest = [one for one in _half("older") if one["kind"] == "honest"]
    held = [f"{one['language']}: {one['text']}" for one in honest if _is_held(one)]
    assert _share_held(honest) <= HONEST_HELD, held
