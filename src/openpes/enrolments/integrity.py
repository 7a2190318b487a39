"""What looks odd in enrolments, sessions and claims. Pure: facts in, flags out; a person decides what each means.

    look_at(world, limits)    the flags of a round and of what its people do elsewhere

A flag refuses nothing. Every rule has a number that rises when its meaning changes, so that its hits can be compared.
Families share phones, accounts and addresses, and two people may have one name: none of that alone is a flag.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

RULES = {
    "account_blank": 1,
    "account_constant": 1,
    "account_repeated": 1,
    "phone_constant": 1,
    "phone_repeated": 1,
    "email_repeated": 1,
    "document_blank": 1,
    "document_repeated": 1,
    "photo_repeated": 1,
    "two_places_at_once": 1,
    "before_enrolment": 1,
    "outside_hours": 1,
    "over_capacity": 1,
    "trainer_missing": 1,
    "two_programmes": 1,
    "worker_says_no": 1,
    "worker_silent": 1,
}
NOTED_AT_ONCE = frozenset({"link", "sms"})
SAME_PHOTO_BITS = 4


@dataclass(frozen=True)
class Limits:
    """Thresholds of the country's policy: people, minutes and days."""

    phone_shared_most: int
    email_shared_most: int
    slack_minutes: int
    worker_answer_days: int


@dataclass(frozen=True)
class Enrolled:
    """One enrolment. `person` is the same for one person in two rounds; marks are "" where nothing was given."""

    key: int
    person: int
    cycle: int
    enrolled_at: datetime
    starts_on: date
    ends_before: date
    account: str = ""
    phone: str = ""
    email: str = ""
    document: str = ""
    photo: str = ""
    paid: bool = False
    needs_document: bool = False


@dataclass(frozen=True)
class Held:
    """One session of a round."""

    key: int
    cycle: int
    starts_at: datetime
    ends_at: datetime
    trainer: str
    capacity: int


@dataclass(frozen=True)
class Came:
    """One attendance: who, at which session, noted by which way and when."""

    enrolment: int
    session: int
    way: str
    noted_at: datetime


@dataclass(frozen=True)
class Claimed:
    """One claim of a firm. `worker_says` None: nothing yet."""

    key: int
    enrolment: int
    filed_at: datetime
    worker_says: bool | None


@dataclass(frozen=True)
class World:
    """All that the rules look at; `at` is the instant of the look."""

    at: datetime
    enrolled: Sequence[Enrolled]
    held: Sequence[Held] = ()
    came: Sequence[Came] = ()
    claimed: Sequence[Claimed] = ()


@dataclass(frozen=True)
class Found:
    """One flag: the rule, the thing it is about, the enrolment where there is one, and what it saw."""

    rule: str
    about: str
    enrolment: int | None
    cycle: int
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def version(self) -> int:
        """The number of the rule."""
        return RULES[self.rule]


def look_at(world: World, limits: Limits) -> list[Found]:
    """Every flag, in the order of the rules."""
    return [
        *_accounts(world.enrolled),
        *_phones(world.enrolled, limits),
        *_documents(world.enrolled),
        *_photos(world.enrolled),
        *_times(world, limits),
        *_sessions(world),
        *_two_programmes(world.enrolled),
        *_claims(world, limits),
    ]


def is_constant(text: str) -> bool:
    """One sign over and over, or digits that only count up or down: what is typed when nothing is known."""
    signs = re.sub(r"[^0-9A-Za-z]", "", text)
    if not signs:
        return False
    if len(set(signs)) == 1:
        return True
    if not signs.isdigit() or len(signs) < 6:
        return False
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(signs)}
    return steps in ({1}, {9})


def folded(text: str) -> str:
    """A number or an address without what people type between its signs."""
    return re.sub(r"[\s\-./()]", "", text).casefold()


def _said(one: Enrolled, rule: str, **facts: Any) -> Found:
    return Found(rule, f"enrolment:{one.key}", one.key, one.cycle, facts)


def _groups(enrolled: Iterable[Enrolled], value: Callable[[Enrolled], str]) -> list[tuple[list[Enrolled], set[int]]]:
    """Those who gave the same value, with how many different people they are."""
    same: dict[str, list[Enrolled]] = defaultdict(list)
    for one in enrolled:
        held = folded(value(one))
        if held and not is_constant(held):
            same[held].append(one)
    return [(rows, {one.person for one in rows}) for rows in same.values()]


def _accounts(enrolled: Sequence[Enrolled]) -> Iterable[Found]:
    for one in enrolled:
        if one.paid and not one.account.strip():
            yield _said(one, "account_blank")
        elif is_constant(one.account):
            yield _said(one, "account_constant")
    for rows, people in _groups(enrolled, lambda one: one.account):
        # A couple or siblings with one phone between them may also have one account; a third makes somebody look.
        family = len(people) == 2 and len({folded(one.phone) for one in rows if one.phone}) == 1
        if len(people) > 1 and not family:
            for one in rows:
                yield _said(one, "account_repeated", people=len(people))


def _phones(enrolled: Sequence[Enrolled], limits: Limits) -> Iterable[Found]:
    for one in enrolled:
        # The country's code comes first and is no sign of anything.
        if one.phone and is_constant(folded(one.phone)[-7:]):
            yield _said(one, "phone_constant")
    for rule, most, value in (
        ("phone_repeated", limits.phone_shared_most, lambda one: one.phone),
        ("email_repeated", limits.email_shared_most, lambda one: one.email),
    ):
        for rows, people in _groups(enrolled, value):
            if len(people) > most:
                for one in rows:
                    yield _said(one, rule, people=len(people))


def _documents(enrolled: Sequence[Enrolled]) -> Iterable[Found]:
    for one in enrolled:
        if one.needs_document and not one.document:
            yield _said(one, "document_blank")
    for rows, people in _groups(enrolled, lambda one: one.document):
        if len(people) > 1:
            for one in rows:
                yield _said(one, "document_repeated", people=len(people))


def photo_distance(first: str, second: str) -> int:
    """How many of 64 signs of two marks of pictures differ; 64 where one is no mark."""
    try:
        return (int(first, 16) ^ int(second, 16)).bit_count()
    except ValueError:
        return 64


def _photos(enrolled: Sequence[Enrolled]) -> Iterable[Found]:
    """The same picture, or nearly: five bands of the mark, of which at least one is equal when four signs differ."""
    bands: dict[tuple[int, int], list[Enrolled]] = defaultdict(list)
    seen: set[int] = set()
    for one in enrolled:
        if len(one.photo) != 16:
            continue
        number = int(one.photo, 16)
        keys = [(band, (number >> shift) & ((1 << 13) - 1)) for band, shift in enumerate((0, 13, 26, 39, 52))]
        for key in keys:
            for other in bands[key]:
                if other.person != one.person and photo_distance(one.photo, other.photo) <= SAME_PHOTO_BITS:
                    for hit in (one, other):
                        if hit.key not in seen:
                            seen.add(hit.key)
                            yield _said(hit, "photo_repeated")
            bands[key].append(one)


def _times(world: World, limits: Limits) -> Iterable[Found]:
    sessions = {one.key: one for one in world.held}
    people = {one.key: one for one in world.enrolled}
    slack = timedelta(minutes=limits.slack_minutes)
    spans: dict[int, list[tuple[Held, Enrolled]]] = defaultdict(list)
    for one in world.came:
        session, who = sessions.get(one.session), people.get(one.enrolment)
        if session is None or who is None:
            continue
        spans[who.person].append((session, who))
        about = f"attendance:{one.enrolment}:{one.session}"
        if session.ends_at <= who.enrolled_at:
            yield Found("before_enrolment", about, who.key, who.cycle, {"session": session.key})
        early = one.noted_at < session.starts_at - slack
        late = one.way in NOTED_AT_ONCE and one.noted_at > session.ends_at + slack
        if early or late:
            facts = {"session": session.key, "noted_at": one.noted_at.isoformat(), "way": one.way}
            yield Found("outside_hours", about, who.key, who.cycle, facts)
    for rows in spans.values():
        rows.sort(key=lambda row: (row[0].starts_at, row[0].key))
        for (first, _who), (second, who) in pairwise(rows):
            if second.starts_at < first.ends_at and first.key != second.key:
                about = f"attendance:{who.key}:{second.key}"
                yield Found("two_places_at_once", about, who.key, who.cycle, {"sessions": [first.key, second.key]})


def _sessions(world: World) -> Iterable[Found]:
    present: dict[int, int] = defaultdict(int)
    for one in world.came:
        present[one.session] += 1
    for session in world.held:
        number, about = present[session.key], f"session:{session.key}"
        if number > session.capacity:
            yield Found("over_capacity", about, None, session.cycle, {"present": number, "capacity": session.capacity})
        if number and not session.trainer.strip():
            yield Found("trainer_missing", about, None, session.cycle, {"present": number})


def _two_programmes(enrolled: Sequence[Enrolled]) -> Iterable[Found]:
    by_person: dict[int, list[Enrolled]] = defaultdict(list)
    for one in enrolled:
        by_person[one.person].append(one)
    for rows in by_person.values():
        rows.sort(key=lambda one: (one.starts_on, one.key))
        for first, second in pairwise(rows):
            if second.starts_on < first.ends_before and first.cycle != second.cycle:
                yield _said(second, "two_programmes", other=first.key)


def _claims(world: World, limits: Limits) -> Iterable[Found]:
    people = {one.key: one for one in world.enrolled}
    for one in world.claimed:
        who = people.get(one.enrolment)
        if who is None:
            continue
        silent = world.at - one.filed_at >= timedelta(days=limits.worker_answer_days)
        if one.worker_says is False:
            yield Found("worker_says_no", f"claim:{one.key}", who.key, who.cycle)
        elif one.worker_says is None and silent:
            yield Found("worker_silent", f"claim:{one.key}", who.key, who.cycle)
