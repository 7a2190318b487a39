"""What somebody answered about themselves and has not kept: it lies in their session and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from openpes.interests.items import sides_of
from openpes.interests.rules import may_finish
from openpes.interests.states import ANSWERS, Length

KEY = "about_me"


class InterestsDraft:
    """The answers of a visit, with or without an account. Anything odd in the session counts as not answered."""

    def __init__(self, session: SessionBase) -> None:
        self.session = session
        self.held: dict[str, Any] = session.get(KEY) or {}

    def _save(self) -> None:
        self.session[KEY] = self.held

    @property
    def length(self) -> Length:
        """The form that was begun; the short one at first."""
        return Length.LONG if self.held.get("length") == Length.LONG else Length.SHORT

    def begin(self, length: Length) -> None:
        """Take up a form. Answers given before stay: the short form is the beginning of the long one."""
        self.held["length"] = length.value
        self._save()

    @property
    def answers(self) -> dict[str, int]:
        """1 to 5 by code of the question."""
        return dict(self.held.get("answers", {}))

    def answer(self, given: Mapping[str, str]) -> None:
        """Take over the answers of a page, also when some are missing."""
        answers = self.answers
        answers.update({code: int(one) for code, one in given.items() if one.isdigit() and int(one) in ANSWERS})
        self.held["answers"] = answers
        self._save()

    @property
    def finished_length(self) -> Length | None:
        """The longest form of which every question is answered, or None."""
        answers = self.answers
        whole = (one for one in (Length.LONG, Length.SHORT) if not may_finish(answers, sides_of(one)).refused)
        return next(whole, None)

    @property
    def finished(self) -> bool:
        """Is every question of at least the short form answered?"""
        return self.finished_length is not None

    @property
    def sorting(self) -> dict[str, str]:
        """Weight by card."""
        return dict(self.held.get("sorting", {}))

    @property
    def top(self) -> tuple[str, ...]:
        """The cards that matter most, the first one first."""
        return tuple(self.held.get("top", ()))

    def sort(self, sorting: Mapping[str, str]) -> None:
        """Take over where the cards lie; a card that is not important is not on top any more."""
        self.held["sorting"] = dict(sorting)
        self.held["top"] = [card for card in self.top if sorting.get(card) in ("very", "some")]
        self._save()

    def rank(self, top: Sequence[str]) -> None:
        """Take over which cards are on top."""
        self.held["top"] = list(top)
        self._save()

    def forget(self) -> None:
        """Drop all of it: it was kept, or is not wanted."""
        self.session.pop(KEY, None)
        self.held = {}
