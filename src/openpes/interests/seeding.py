"""Bulk writes of synthetic answers, for demonstrations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.interests.items import VERSION, sides_of
from openpes.interests.models import InterestAnswers, ValueSort
from openpes.interests.states import Length, Weight
from openpes.interests.words import CARD


@dataclass(frozen=True)
class SyntheticAnswers:
    """An invented person's likes, 1 to 5 by letter of the side, and the cards that matter most to them."""

    person_id: int
    likes: Mapping[str, int]
    top: Sequence[str]
    at: datetime


@transaction.atomic
def write_answers(*, rows: Sequence[SyntheticAnswers], by: Actor, at: datetime) -> None:
    """Write short questionnaires and card sorts that their people show to the office; none is for research."""
    sides = sides_of(Length.SHORT)
    InterestAnswers.objects.bulk_create(
        InterestAnswers(
            person_id=one.person_id,
            length=Length.SHORT,
            version=VERSION,
            answers={code: one.likes[side.value] for code, side in sides.items()},
            answered_at=one.at,
            shown_at=one.at,
        )
        for one in rows
    )
    ValueSort.objects.bulk_create(
        ValueSort(
            person_id=one.person_id,
            sorting={card: Weight.VERY.value if card in one.top else Weight.SOME.value for card in CARD},
            top=list(one.top),
            sorted_at=one.at,
            shown_at=one.at,
        )
        for one in rows
    )
    record_change(by=by, at=at, verb="interests.seed", thing="demo:nation", detail={"people": len(rows)})
