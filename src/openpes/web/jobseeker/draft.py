"""What somebody has typed and not sent off yet. It lies in their session and nowhere else; signing out ends it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.http import QueryDict

KEY = "registration"
STEPS = ("who", "phone", "place", "work", "skills", "wishes", "consent", "pin")
# What a later step asks follows from an earlier one: a change there asks again.
ASKED_AGAIN = {"work": ("skills",), "who": ("consent",)}


class Draft:
    """The answers of one unfinished registration, as they were typed; a PIN is never among them."""

    def __init__(self, session: SessionBase) -> None:
        self.session = session
        self.held: dict[str, Any] = session.get(KEY) or {"typed": {}, "done": [], "job": ""}

    def _save(self) -> None:
        self.session[KEY] = self.held

    @property
    def begun(self) -> bool:
        """Has anything been typed?"""
        return bool(self.held["typed"])

    @property
    def job(self) -> str:
        """The job that made them register, if one did."""
        return str(self.held.get("job", ""))

    def remember_job(self, ref: str) -> None:
        """Keep the number of the job for which somebody registers."""
        self.held["job"] = ref[:20]
        self._save()

    def typed(self, step: str) -> QueryDict | None:
        """What was typed at a step, or None."""
        held = self.held["typed"].get(step)
        if held is None:
            return None
        data = QueryDict(mutable=True)
        for name, values in held.items():
            data.setlist(name, values)
        return data

    def keep(self, step: str, data: QueryDict, *, done: bool) -> None:
        """Keep what was typed, right or wrong: nothing is lost on the way."""
        fresh = {name: values for name, values in data.lists() if name != "csrfmiddlewaretoken"}
        if self.held["typed"].get(step) != fresh:
            for later in ASKED_AGAIN.get(step, ()):
                self._undo(later)
        self.held["typed"][step] = fresh
        if done and step not in self.held["done"]:
            self.held["done"].append(step)
        if not done:
            self._undo(step)
        self._save()

    def _undo(self, step: str) -> None:
        if step in self.held["done"]:
            self.held["done"].remove(step)

    def reopen(self, step: str) -> None:
        """Ask a step once more."""
        self._undo(step)
        self._save()

    def change(self, step: str, values: Mapping[str, str]) -> None:
        """Write single boxes of a step, for example a kind of work chosen from the list."""
        typed = self.held["typed"].setdefault(step, {})
        typed.update({name: [value] for name, value in values.items()})
        for later in (step, *ASKED_AGAIN.get(step, ())):
            self._undo(later)
        self._save()

    def first_open(self) -> str:
        """The first step that is not done."""
        return next((step for step in STEPS if step not in self.held["done"]), STEPS[-1])

    def may_open(self, step: str) -> bool:
        """A step opens when all before it are done."""
        return STEPS.index(step) <= STEPS.index(self.first_open())

    def forget(self) -> None:
        """Drop everything that was typed."""
        self.session.pop(KEY, None)
        self.held = {"typed": {}, "done": [], "job": ""}


KEPT = "kept_forms"
# A secret, or what a file holds, is never kept.
NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "pin", "again", "act"})


class KeptForms:
    """Forms that a registered person began and did not finish, by name: "go on where you stopped"."""

    def __init__(self, session: SessionBase) -> None:
        self.session = session
        self.held: dict[str, dict[str, list[str]]] = session.get(KEPT) or {}

    @property
    def names(self) -> tuple[str, ...]:
        """What was begun, the latest last."""
        return tuple(self.held)

    def typed(self, name: str) -> QueryDict | None:
        """What was typed in a form, or None."""
        held = self.held.get(name)
        if held is None:
            return None
        data = QueryDict(mutable=True)
        for box, values in held.items():
            data.setlist(box, values)
        return data

    def keep(self, name: str, data: QueryDict) -> None:
        """Keep what was typed, right or wrong."""
        self.held.pop(name, None)
        self.held[name] = {box: values for box, values in data.lists() if box not in NEVER_KEPT}
        self.session[KEPT] = self.held

    def forget(self, name: str) -> None:
        """It was sent off, or is not wanted any more."""
        if self.held.pop(name, None) is not None:
            self.session[KEPT] = self.held
