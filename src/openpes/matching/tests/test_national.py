"""The national run: what it reads, publishes, shares out and leaves behind when it is stopped."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from tests.factories import NOW as AT
from tests.factories import JobseekerFactory, VacancyFactory

from openpes.core.actors import system
from openpes.core.decisions import NotPermitted, Refused
from openpes.jobseekers.queries import seekers
from openpes.matching import national, operations
from openpes.matching.models import CurrentRun, MatchRun, SuggestionList, TimesSuggested
from openpes.matching.operations import ask_for_run, order_by_priority, run_match, stop_run, sweep_runs
from openpes.matching.packing import pack, unpack
from openpes.matching.policy import ListPolicy, list_policy_on, policy_on
from openpes.matching.queries import count_suggested_to
from openpes.matching.reading import read_people, read_vacancies
from openpes.matching.rows import person_rows, vacancy_rows
from openpes.reference.country import country
from openpes.reference.relatedness import proximity_matrix
from openpes.vacancies.queries import offers
from openpes_matching import TERMS, Lists, Matcher, Vocabulary

pytestmark = pytest.mark.django_db(databases=["default", "access"])
BY = system("match.run", label="test")
ON = date(2026, 11, 24)


def _nothing(_n: int) -> None:
    """No progress."""


def _plain(arrays: Any, words: Vocabulary) -> dict[str, Any]:
    """Columns as plain lists with labels, whatever the numbering."""
    kinds = {
        "skills": words.skills,
        "must_skills": words.skills,
        "languages": words.languages,
        "licences": words.licences,
        "permits": words.permits,
    }
    found = {}
    for field in fields(arrays):
        value = getattr(arrays, field.name)
        if isinstance(value, Lists):
            labels = kinds[field.name].labels
            found[field.name] = [sorted(str(labels[i]) for i in value[row]) for row in range(len(value))]
        else:
            found[field.name] = np.where(value != value, -999, value).tolist()
    return found


def _world() -> None:
    for i in range(6):
        JobseekerFactory(
            max_km=None if i == 1 else 20 + i,
            skill_ids=["a", "b"][:i],
            skills_confirmed_at=AT,
            licence_ids=["l"] if i else None,
            min_pay_amount=12_000 + i,
            min_pay_period="day" if i == 2 else "month",
        )
    JobseekerFactory(skill_ids=[], skills_confirmed_at=None, language_codes=None, licence_ids=[])
    JobseekerFactory(min_pay_amount=None, experience_months=None, education_level=None)
    for i in range(4):
        VacancyFactory(
            places=1 + i,
            skill_ids=["a", "c"],
            must_skill_ids=["b"][: i % 2],
            licence_ids=["l"][: i // 3],
            pay_period="hour" if i == 1 else "month",
            pay_amount=90 if i == 1 else 16_000,
        )


def test_columns_are_the_same_as_rows() -> None:
    """The fast read gives what a row at a time gives."""
    _world()
    codes, _matrix = proximity_matrix()
    currency = country().currency.code
    slow, fast = Vocabulary(codes), Vocabulary(codes)
    people = slow.people(person_rows(seekers(), currency=currency, on=ON))
    vacancies = slow.vacancies(vacancy_rows(offers(), currency=currency))
    assert len(people) == 8 and len(vacancies) == 4
    assert _plain(read_people(fast, currency=currency, on=ON, tell=_nothing), fast) == _plain(people, slow)
    assert _plain(read_vacancies(fast, currency=currency, tell=_nothing), fast) == _plain(vacancies, slow)


def test_a_run_publishes_lists_that_add_up() -> None:
    """Every list is what the matcher says, its parts add up, and the run says what went in."""
    _world()
    run = run_match(by=BY, at=AT, on=ON)
    assert CurrentRun.objects.get().run == run and run.finished_at is not None
    codes, matrix = proximity_matrix()
    words, currency = Vocabulary(codes), country().currency.code
    matcher = Matcher(
        words.people(person_rows(seekers(), currency=currency, on=ON)),
        words.vacancies(vacancy_rows(offers(), currency=currency)),
        proximity=matrix,
        policy=policy_on(ON),
    )
    for row in SuggestionList.objects.filter(run=run):
        expected = matcher.match_person(row.jobseeker_id)
        assert [(one.vacancy_id, one.score, one.parts) for one in unpack(row.vacancies)] == [
            (one.id, one.score, one.points) for one in expected
        ]
    assert run.suggestions == sum(len(unpack(row.vacancies)) for row in SuggestionList.objects.all()) > 0
    assert run.inputs["people"] == run.people == 8 and run.inputs["people_without_skills"] == 2
    assert run.weights["occupation"] == 80 and run.version and run.sharing["filled"] <= run.sharing["places"] == 10
    assert 0 <= run.sharing["gap_ppm"] <= 1_000


def test_the_count_of_a_vacancy_is_the_count_of_lists() -> None:
    """What an employer is told about how many people saw the vacancy."""
    _world()
    run_match(by=BY, at=AT, on=ON)
    named = [one.vacancy_id for row in SuggestionList.objects.all() for one in unpack(row.vacancies)]
    for key in set(named):
        assert count_suggested_to(key) == named.count(key)


def test_a_second_run_replaces_the_first() -> None:
    """The pointer turns, the old lists go, the old run stays on record."""
    _world()
    first = run_match(by=BY, at=AT, on=ON)
    second = run_match(by=BY, at=AT + timedelta(days=1), on=ON)
    assert CurrentRun.objects.get().run == second
    assert set(SuggestionList.objects.values_list("run", flat=True)) == {second.pk}
    assert set(TimesSuggested.objects.values_list("run", flat=True)) == {second.pk}
    assert MatchRun.objects.filter(pk=first.pk).exists()


@pytest.mark.parametrize("step", ["read people", "match", "share out", "write suggestions", "report"])
def test_a_stopped_run_publishes_nothing(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it was doing; and the next run starts clean."""
    _world()
    monkeypatch.setattr(operations, "LOOK_EVERY_SECONDS", -1.0)
    before = run_match(by=BY, at=AT, on=ON)
    asked = []

    def progress(now: str, _done: int, _total: int) -> None:
        if now == step and not asked:
            asked.append(stop_run(by=BY, at=AT))

    if step == "match":
        step = "share out"  # a world this small is matched without a word between
    stopped = run_match(by=BY, at=AT, on=ON, progress=progress)
    assert asked == [True] and stopped.stopped_at is not None and stopped.finished_at is None
    assert CurrentRun.objects.get().run == before
    assert set(SuggestionList.objects.values_list("run", flat=True)) == {before.pk}
    assert run_match(by=BY, at=AT, on=ON).finished_at is not None


def test_an_interrupted_run_is_swept_and_a_live_one_is_not_disturbed() -> None:
    """A run without a heartbeat for ten minutes was interrupted; one with a fresh one goes on alone."""
    _world()
    person = JobseekerFactory()
    dead = MatchRun.objects.create(started_at=AT, heartbeat_at=AT, pack_hash="x")
    SuggestionList.objects.create(run=dead, jobseeker=person, vacancies=b"")
    with pytest.raises(Refused):
        run_match(by=BY, at=AT + timedelta(minutes=2), on=ON)
    assert SuggestionList.objects.count() == 1
    run_match(by=BY, at=AT + timedelta(minutes=11), on=ON)
    dead.refresh_from_db()
    assert dead.stopped_at is not None and not SuggestionList.objects.filter(run=dead).exists()
    assert sweep_runs() == 0


def test_a_failing_run_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lists written so far go, and the run says that it ended."""
    _world()

    def fails(*_a: Any, **_k: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(operations, "_report", fails)
    with pytest.raises(OSError, match="disk full"):
        run_match(by=BY, at=AT, on=ON)
    assert not SuggestionList.objects.exists() and not CurrentRun.objects.exists()
    assert MatchRun.objects.get().stopped_at is not None


def test_a_request_waits_for_the_clock_once() -> None:
    """Asked twice, run once; and only by those who may."""
    with pytest.raises(NotPermitted):
        ask_for_run(by=system(label="nobody"), at=AT)
    first, again = ask_for_run(by=BY, at=AT), ask_for_run(by=BY, at=AT)
    assert first == again
    assert run_match(by=BY, at=AT, on=ON) == first
    ask_for_run(by=BY, at=AT)
    assert stop_run(by=BY, at=AT) is True
    assert stop_run(by=BY, at=AT) is False


def test_no_vacancy_is_named_more_often_than_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    """One place, one list a place: of eight people who fit, one is shown it; the rest are told that others got it."""
    for _ in range(5):
        JobseekerFactory()
    VacancyFactory(places=1)
    monkeypatch.setattr(national, "list_policy_on", lambda _on: ListPolicy(exposure_cap=2))
    run = run_match(by=BY, at=AT, on=ON)
    assert TimesSuggested.objects.get().people == 2
    assert run.sharing["highest_load_before"] == 5 and run.sharing["highest_load_after"] == 2
    assert 0 < run.sharing["kept_ppm"] <= run.sharing["keepable_ppm"] < 1_000_000
    assert run.sharing["entries_after"] <= run.sharing["entries_before"]
    assert run.unserved["without"] == 3 and run.unserved["reasons"] == {"eligible": 3}


def test_the_report_says_why_and_for_whom() -> None:
    """A licence that is missing, by sex, age and area."""
    person = JobseekerFactory(licence_ids=[])
    VacancyFactory(licence_ids=["x"])
    run = run_match(by=BY, at=AT, on=ON)
    assert run.unserved["reasons"] == {"licences": 1}
    assert run.unserved["by"]["area"] == {person.area_code: 1}
    assert run.unserved["why"]["sex"] == {person.person.sex: {"licences": 1}}


def test_an_empty_country_is_matched_too() -> None:
    """Nobody and nothing."""
    run = run_match(by=BY, at=AT, on=ON)
    assert run.people == run.vacancies == run.suggestions == 0 and run.finished_at is not None


def test_packing_keeps_everything() -> None:
    """The widest values there are."""
    parts = np.array([[65_280, 0, 0, 0, 0, 0, 0], [1, 2, 3, 4, 5, 6, 7]])
    entries = unpack(pack(np.array([2**32 - 1, 0]), parts).tobytes())
    assert [one.vacancy_id for one in entries] == [2**32 - 1, 0]
    assert [one.score for one in entries] == [65_280, 28] and len(entries[0].parts) == len(TERMS)


def test_priority_is_off_unless_policy_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shared policy switches it off; switched on, each move is logged."""
    from django.db import transaction

    from openpes.core.models import ChangeEntry

    assert list_policy_on(ON).priority_places == 0
    with transaction.atomic():
        off = order_by_priority(thing="vacancy:X", ranked=[1, 2, 3], groups={3: "youth"}, on=ON, by=BY, at=AT)
    assert off.order == (1, 2, 3) and not ChangeEntry.objects.filter(verb="match.priority").exists()
    monkeypatch.setattr(operations, "list_policy_on", lambda on: replace(list_policy_on(on), priority_places=1))
    with transaction.atomic():
        made = order_by_priority(thing="vacancy:X", ranked=[1, 2, 3], groups={3: "youth"}, on=ON, by=BY, at=AT)
    assert made.order == (1, 3, 2)
    assert ChangeEntry.objects.get(verb="match.priority").detail == {"moves": [[3, 2, "youth"]]}
