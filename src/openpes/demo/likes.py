"""What the first people of the nation like and what matters to them. All of it invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from openpes.core.actors import Actor
from openpes.interests.seeding import SyntheticAnswers, write_answers

STORIES = (
    ({"R": 4, "I": 2, "A": 3, "S": 5, "E": 3, "C": 2}, ("near", "pay", "learn", "respect", "family")),
    ({"R": 5, "I": 4, "A": 2, "S": 2, "E": 2, "C": 3}, ("steady", "pay", "safe", "proud")),
    ({"R": 1, "I": 2, "A": 2, "S": 3, "E": 4, "C": 5}, ("rise", "clean", "steady", "learn", "friends")),
)


def seed_likes(person_ids: Sequence[int], *, by: Actor, at: datetime) -> None:
    """Write the answers of the first people."""
    people = zip(person_ids, STORIES, strict=False)
    write_answers(rows=[SyntheticAnswers(key, likes, top, at) for key, (likes, top) in people], by=by, at=at)
