"""What is kept, who may keep and see it, and how far the questions can be trusted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories import NOW, JobseekerFactory, OfficeFactory, PersonFactory, actor_with

from openpes.cli import interests as command
from openpes.core.decisions import NotPermitted, Refused
from openpes.interests.items import VERSION, sides_of
from openpes.interests.models import InterestAnswers, ValueSort
from openpes.interests.operations import erase_person, keep_answers, keep_values, set_research, show_to_office
from openpes.interests.queries import export_person, own_answers, reliability, shown_to_office
from openpes.interests.states import Length
from openpes.interests.words import CARD

pytestmark = pytest.mark.django_db(databases=["default", "access"])
WHOLE = {code: 4 if side == "S" else 2 for code, side in sides_of(Length.SHORT).items()}
SORTING = dict.fromkeys(CARD, "some")


@pytest.fixture
def me():
    return JobseekerFactory()


@pytest.fixture
def actor(me):
    return actor_with("jobseeker", scope_id=me.person_id)


def kept(me, actor, **more):
    said = {"length": Length.SHORT, "answers": WHOLE, "for_research": False} | more
    return keep_answers(person=me.person, by=actor, at=NOW, **said)


def test_a_person_keeps_their_answers_and_nobody_else_does(me, actor):
    kept(me, actor)
    assert own_answers(actor, me.person_id).answers == WHOLE
    other = actor_with("jobseeker", scope_id=JobseekerFactory().person_id)
    for stranger in (other, actor_with("counsellor", scope_id=me.office_id)):
        with pytest.raises(NotPermitted):
            kept(me, stranger)
        with pytest.raises(NotPermitted):
            own_answers(stranger, me.person_id)
    assert InterestAnswers.objects.count() == 1


def test_a_half_answered_form_is_not_kept(me, actor):
    with pytest.raises(Refused):
        kept(me, actor, answers={"R01": 3})
    with pytest.raises(Refused):
        keep_values(person=me.person, sorting={}, top=["pay"], by=actor, at=NOW)
    assert not InterestAnswers.objects.exists() and not ValueSort.objects.exists()


def test_the_office_sees_it_only_when_shown(me, actor):
    kept(me, actor)
    keep_values(person=me.person, sorting=SORTING, top=["pay", "near"], by=actor, at=NOW)
    counsellor = actor_with("counsellor", scope_id=me.office_id)
    before = shown_to_office(counsellor, me, at=NOW)
    assert before.profile is None and before.top_cards == ()
    show_to_office(person=me.person, shown=True, by=actor, at=NOW)
    told = shown_to_office(counsellor, me, at=NOW)
    assert told.profile.letters[0] == "S" and told.top_cards == ("pay", "near")
    show_to_office(person=me.person, shown=False, by=actor, at=NOW)
    assert shown_to_office(counsellor, me, at=NOW).profile is None
    with pytest.raises(NotPermitted):
        shown_to_office(actor_with("counsellor", scope_id=OfficeFactory().pk), me, at=NOW)


def test_it_goes_along_and_is_forgotten(me, actor):
    kept(me, actor)
    keep_values(person=me.person, sorting=SORTING, top=["pay"], by=actor, at=NOW)
    told = export_person(me.person_id)
    assert told["what I like"][0]["my answers on what I like"] == WHOLE
    assert told["what matters to me"][0]["what matters most to me"] == ["pay"]
    assert erase_person(person_id=me.person_id) == 2
    assert not InterestAnswers.objects.exists() and not ValueSort.objects.exists()


def test_consent_to_research_is_given_and_taken_back(me, actor):
    kept(me, actor)
    assert reliability(Length.SHORT)[0] == 0
    set_research(person=me.person, agreed=True, by=actor, at=NOW)
    assert reliability(Length.SHORT)[0] == 1
    set_research(person=me.person, agreed=False, by=actor, at=NOW)
    assert reliability(Length.SHORT)[0] == 0


def many(number: int, *, again: bool) -> None:
    people = [PersonFactory() for _each in range(number)]
    rows = [
        InterestAnswers(
            person=person,
            length=Length.SHORT,
            version=VERSION,
            answers={code: (place + turn) % 5 + 1 for code in WHOLE},
            for_research=True,
            answered_at=NOW + timedelta(days=turn),
        )
        for place, person in enumerate(people)
        for turn in range(2 if again else 1)
    ]
    InterestAnswers.objects.bulk_create(rows)


def test_nothing_is_told_of_few_people(capsys):
    many(3, again=True)
    assert reliability(Length.SHORT) == (3, 3, [])
    assert command.run(type("Args", (), {"form": "short"})()) == 1
    assert "at least 100" in capsys.readouterr().err


def test_a_hundred_people_make_a_table(capsys):
    many(100, again=True)
    people, twice, lines = reliability(Length.SHORT)
    assert (people, twice, len(lines)) == (100, 100, 6)
    # Everybody gives one answer to all questions of a side: they hold together wholly.
    assert all(one.alpha == pytest.approx(1) and one.weakest_with_rest == pytest.approx(1) for one in lines)
    # 1 to 5 turned on by one: 2, 3, 4, 5, 1 against 1, 2, 3, 4, 5 has r = 0.
    assert all(one.retest == pytest.approx(0, abs=1e-9) for one in lines)
    assert command.run(type("Args", (), {"form": "short"})()) == 0
    assert "1.00" in capsys.readouterr().out
