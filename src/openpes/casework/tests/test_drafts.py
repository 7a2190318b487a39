"""What a draft keeps of a form, for whom and how long."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories import NOW, JobseekerFactory, OfficeFactory, account_with

from openpes.casework.drafts import (
    draft_at,
    drafts_of,
    drop_draft,
    forget_drafts,
    holds_words,
    keep_draft,
    worth_keeping,
)
from openpes.casework.models import FormDraft
from openpes.journeys.erase_person import erase_person
from openpes.journeys.retention import KEEPER
from openpes.organisations.queries import actor_for
from openpes.reference.country import today

PAGE = "/desk/register/"


def test_no_token_no_secret_and_no_spoken_yes_is_kept() -> None:
    kept = worth_keeping(
        {
            "csrfmiddlewaretoken": ["x"],
            "keep_draft": ["1"],
            "name": ["Rosa"],
            "agreed": ["on"],
            "share_contact": ["on"],
            "new_password": ["tulip"],
            "first_pin": ["1234"],
            "seen": ["signed"],
        }
    )
    assert kept == {"name": ["Rosa"], "seen": ["signed"]}


def test_an_endless_text_is_cut() -> None:
    assert len(worth_keeping({"words": ["a" * 9000]})["words"][0]) == 6000
    assert len(worth_keeping({f"box{number}": ["a"] for number in range(900)})) == 400


def test_hidden_values_alone_are_nothing_to_keep() -> None:
    assert not holds_words({"act": ["note"], "seen": ["signed"], "words": ["  "]})
    assert holds_words({"act": ["note"], "words": ["She waits for a letter"]})


@pytest.fixture
def desk():
    """Two counsellors of one office, one of another, and a person."""
    office = OfficeFactory()
    accounts = [account_with("counsellor", office=place) for place in (office, office, OfficeFactory())]
    ana, ben, far = (actor_for(one, on=today(NOW)) for one in accounts)
    return {"ana": ana, "ben": ben, "far": far, "person": JobseekerFactory(office=office)}


@pytest.mark.django_db(databases=["default", "access"])
class TestKept:
    """In the tables."""

    def test_one_draft_of_a_form_the_latest(self, desk) -> None:
        for words in ("Ro", "Rosa"):
            keep_draft(address=PAGE, typed={"name": [words]}, by=desk["ana"], at=NOW)
        assert FormDraft.objects.get().words == {"name": ["Rosa"]}
        assert drop_draft(desk["ana"], PAGE) == 1 and not FormDraft.objects.exists()

    def test_nobody_else_gets_it(self, desk) -> None:
        keep_draft(address=PAGE, typed={"name": ["Rosa"]}, by=desk["ana"], at=NOW)
        assert draft_at(desk["ana"], PAGE, at=NOW) is not None
        assert draft_at(desk["ben"], PAGE, at=NOW) is None and drafts_of(desk["ben"], at=NOW) == []
        assert drop_draft(desk["ben"], PAGE) == 0 and FormDraft.objects.count() == 1

    def test_of_somebody_elsewhere_nothing_is_kept(self, desk) -> None:
        person, page = desk["person"], f"/desk/people/{desk['person'].ref}/notes/"
        assert keep_draft(address=page, typed={"words": ["x"]}, person=person.ref, by=desk["far"], at=NOW) is None
        assert not FormDraft.objects.exists()

    def test_it_goes_after_the_days_of_the_policy(self, desk) -> None:
        keep_draft(address=PAGE, typed={"name": ["Rosa"]}, by=desk["ana"], at=NOW)
        later = NOW + timedelta(days=7, minutes=1)
        assert draft_at(desk["ana"], PAGE, at=NOW + timedelta(days=7)) is not None
        assert draft_at(desk["ana"], PAGE, at=later) is None and drafts_of(desk["ana"], at=later) == []
        assert forget_drafts(at=NOW + timedelta(days=7)) == 0 and forget_drafts(at=later) == 1

    def test_it_goes_with_the_person(self, desk) -> None:
        person, page = desk["person"], f"/desk/people/{desk['person'].ref}/notes/"
        keep_draft(address=page, typed={"words": ["x"]}, person=person.ref, by=desk["ana"], at=NOW)
        assert FormDraft.objects.get().jobseeker == person
        erase_person(person_ref=person.person.ref, by=KEEPER, at=NOW)
        assert not FormDraft.objects.exists()
