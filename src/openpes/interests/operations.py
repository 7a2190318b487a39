"""Writes of the interests room. The change log says that something was kept, never what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Decision, NotPermitted, Refused
from openpes.core.privacy import erase_rows
from openpes.interests.items import VERSION, sides_of
from openpes.interests.models import InterestAnswers, ValueSort
from openpes.interests.rules import may_finish, may_sort
from openpes.interests.states import Length
from openpes.interests.words import CARD
from openpes.people.models import Person


def _require(person: Person, by: Actor) -> None:
    if not by.may("jobseeker.edit_own", person_id=person.pk):
        raise NotPermitted("jobseeker.edit_own")


def _refuse(decision: Decision) -> None:
    if decision.refused:
        raise Refused(decision)


def _log(person: Person, verb: str, by: Actor, at: datetime) -> None:
    record_change(by=by, at=at, verb=f"interests.{verb}", thing=f"person:{person.ref}", subject=person.log_key)


@transaction.atomic
def keep_answers(
    *, person: Person, length: Length, answers: Mapping[str, int], for_research: bool, by: Actor, at: datetime
) -> InterestAnswers:
    """Keep a finished questionnaire; older ones stay, so that both can be compared. Raises Refused, NotPermitted."""
    _require(person, by)
    sides = sides_of(length)
    _refuse(may_finish(answers, sides))
    kept = InterestAnswers.objects.create(
        person=person,
        length=length,
        version=VERSION,
        answers={code: answers[code] for code in sides},
        for_research=for_research,
        answered_at=at,
    )
    _log(person, "keep", by, at)
    return kept


@transaction.atomic
def keep_values(
    *, person: Person, sorting: Mapping[str, str], top: Sequence[str], by: Actor, at: datetime
) -> ValueSort:
    """Keep a sort of cards. Raises Refused, NotPermitted."""
    _require(person, by)
    _refuse(may_sort(sorting, top, CARD))
    kept = ValueSort.objects.create(
        person=person, sorting={card: sorting[card] for card in CARD}, top=list(top), sorted_at=at
    )
    _log(person, "keep_values", by, at)
    return kept


@transaction.atomic
def show_to_office(*, person: Person, shown: bool, by: Actor, at: datetime) -> None:
    """Show what is kept to the office, or take that back. What is answered later is shown only when said again."""
    _require(person, by)
    when = at if shown else None
    InterestAnswers.objects.filter(person=person).update(shown_at=when)
    ValueSort.objects.filter(person=person).update(shown_at=when)
    _log(person, "show" if shown else "hide", by, at)


@transaction.atomic
def set_research(*, person: Person, agreed: bool, by: Actor, at: datetime) -> None:
    """Agree that the answers count, without a name, when the questions are examined; or take that back."""
    _require(person, by)
    InterestAnswers.objects.filter(person=person).update(for_research=agreed)
    _log(person, "research" if agreed else "no_research", by, at)


@dataclass(frozen=True)
class Visit:
    """What somebody answered in a visit and says of its use. `length` None: no questionnaire; `top` empty: no cards."""

    length: Length | None
    answers: Mapping[str, int]
    sorting: Mapping[str, str]
    top: Sequence[str]
    for_research: bool
    shown: bool


@transaction.atomic
def keep_visit(*, person: Person, visit: Visit, by: Actor, at: datetime) -> None:
    """Keep all of a visit, or nothing; the two consents hold for what was kept before too. Raises Refused."""
    if visit.length is not None:
        answers, research = visit.answers, visit.for_research
        keep_answers(person=person, length=visit.length, answers=answers, for_research=research, by=by, at=at)
    if visit.top:
        keep_values(person=person, sorting=visit.sorting, top=visit.top, by=by, at=at)
    set_research(person=person, agreed=visit.for_research, by=by, at=at)
    show_to_office(person=person, shown=visit.shown, by=by, at=at)


def erase_person(*, person_id: int) -> int:
    """Forget all of it. Inside the journey's transaction. Returns the rows touched."""
    return erase_rows(InterestAnswers, person_id) + erase_rows(ValueSort, person_id)
