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
from openpes_countries import find_forbidden_words
from openpes_countries.advert_signals import advert_signals, find_signals

LIMITS = SignalLimits(held_from=2, pay_times_usual=3, new_firm_days=30, many_places=30)
HONEST = Draft(title="Cook", description="Cook for a canteen.", isco="5120", places=2, pay_amount=Decimal(900))
CORPORA = Path(__file__).parent / "corpora"


def codes(draft: Draft, facts: SignalFacts | None = None) -> list[str]:
    return [one.code for one in signals_of(draft, facts or SignalFacts(), LIMITS, ("en",))]


def test_an_honest_advert_has_no_signal() -> None:
    assert codes(HONEST, SignalFacts(usual_pay=Decimal(800), has_address=False, firm_days=1)) == []


def test_one_strong_wording_is_enough_and_a_weak_one_is_not() -> None:
    assert codes(replace(HONEST, description="We keep your passport.")) == ["signal_words", HELD]
    assert codes(replace(HONEST, description="Message us on Telegram.")) == ["signal_words"]
    both = replace(HONEST, description="Message us on Telegram. Quick money!")
    assert codes(both) == ["signal_words", "signal_words", HELD]


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


def test_each_published_rule_says_why_and_reads_every_language() -> None:
    for rule in advert_signals():
        assert rule.why and len(rule.find) == 18
    for rule in advert_signals():
        for language in rule.find:
            find_signals("any text", (language,))


@pytest.mark.django_db(databases=["default", "access"])
class TestInTheHouse:
    def test_a_held_advert_needs_an_officers_written_reason(self) -> None:
        vacancy = VacancyFactory(waiting=True, description="Work abroad for our partner. We keep your passport.")
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
        for rule in advert_signals():
            assert rule.find["en"] and str(len(rule.find["en"])) in page.content.decode()


def _half(name: str) -> list[dict[str, str]]:
    path = CORPORA / f"{name}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else []


def _is_held(advert: dict[str, str]) -> bool:
    """Stopped by the words of adverts, or held for a person by signals."""
    draft = Draft(title="", description=advert["text"])
    found = signals_of(draft, SignalFacts(), LIMITS, (advert["language"],))
    return bool(find_forbidden_words(advert["text"], (advert["language"],))) or any(one.code == HELD for one in found)


def test_regression_of_the_building_corpus() -> None:
    adverts = _half("building")
    bad = [one for one in adverts if one["kind"] != "honest"]
    honest = [one for one in adverts if one["kind"] == "honest"]
    missed = [one["text"] for one in bad if not _is_held(one)]
    held = [one["text"] for one in honest if _is_held(one)]
    assert bad and honest
    assert len(missed) <= 0.10 * len(bad), missed
    assert len(held) <= 0.05 * len(honest), held


# Shares of the judging corpus. Floors: measured, down to the next .05. Honest adverts held: a ceiling, as measured.
FOUND_OF_KIND = {"discrimination": 0.75, "fee": 0.75, "scam": 0.30}
HONEST_HELD = 0.25
FOUND_IN_LANGUAGE = {
    "en": 0.75,
    "fil": 0.75,
    "id": 0.75,
    "ms": 0.50,
    "vi": 0.50,
    "th": 0.85,
    "km": 0.85,
    "lo": 0.85,
    "zh": 0.75,
    "ko": 0.75,
    "mn": 0.50,
    "ne": 0.75,
    "hi": 0.35,
    "bn": 0.60,
    "pt": 0.75,
    "tet": 0.50,
    "fj": 0.25,
}


def _share_held(adverts: list[dict[str, str]], **same: str) -> float:
    """The share, 0 to 1, held among the adverts whose fields are the same; none at all is a fault of the corpus."""
    chosen = [one for one in adverts if all(one[field] == value for field, value in same.items())]
    assert chosen, f"no advert has {same}"
    return sum(_is_held(one) for one in chosen) / len(chosen)


def test_the_judging_corpus_does_not_go_backwards() -> None:
    """A regression test, no accuracy: the rules fall short of the aim (.90 found of each kind, .05 of the honest held).

    Measured on 24 November 2026, 204 adverts in 17 languages, each read with the words of its own language:
    discrimination 52 of 68 (.76), fee 26 of 34 (.76), scam 11 of 34 (.32); honest adverts held 17 of 68 (.25).
    Found, of the 8 bad adverts of a language: th, km, lo 7; en, fil, id, zh, ko, ne, pt 6; bn 5; ms, vi, mn, tet 4;
    hi 3; fj 2. Honest held, of 4: id 3; km, lo, tet, fj 2; en, ms, th, ko, mn, bn 1; fil, vi, zh, ne, hi, pt none.
    Raise a figure when the rules improve; never lower one, and never mend the adverts to fit the rules.
    """
    adverts = _half("judging")
    bad = [one for one in adverts if one["kind"] != "honest"]
    assert {one["language"] for one in adverts} == set(FOUND_IN_LANGUAGE)
    assert {one["kind"] for one in bad} == set(FOUND_OF_KIND)
    by_kind = {kind: _share_held(bad, kind=kind) for kind in FOUND_OF_KIND}
    by_language = {language: _share_held(bad, language=language) for language in FOUND_IN_LANGUAGE}
    missed = [f"{one['language']} {one['kind']}: {one['text']}" for one in bad if not _is_held(one)]
    assert [kind for kind, share in by_kind.items() if share < FOUND_OF_KIND[kind]] == [], (by_kind, missed)
    fallen = [language for language, share in by_language.items() if share < FOUND_IN_LANGUAGE[language]]
    assert fallen == [], (by_language, missed)
    honest = [one for one in adverts if one["kind"] == "honest"]
    held = [f"{one['language']}: {one['text']}" for one in honest if _is_held(one)]
    assert {one["language"] for one in honest} == set(FOUND_IN_LANGUAGE)
    assert len(held) <= HONEST_HELD * len(honest), held
