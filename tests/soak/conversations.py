"""Ten thousand talks by text over a bad network: texts and answers lost, texts doubled, repeated late, and overtaken.

    script/soak conversations [--people 10000] [--seed 1] [--processes 2]

Each person registers by text from a phone of their own and answers the question that they read last. Who hears nothing
sends the same again; an impatient one sends two answers at once, and the second may arrive first. What should be known
in the end is worked out beside the engine, by the small table below, from what arrived and in which order. Everything
runs through the engine that the gateways use, on databases in memory, one a process; everybody in it is synthetic. It
prints figures, and ends with 1 when somebody's registration is not what it should be.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

START = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
PLACES = ("Cebu", "Leyte", "Bohol", "Iloilo")
LOST, SILENT, DOUBLED, LATE, GIVES_UP, IMPATIENT = 0.05, 0.05, 0.1, 0.05, 0.05, 0.05
AT_ONCE, MOST_TEXTS = 50, 60
TWICE = timedelta(minutes=2)
DAY = "14 3 2000"
# What a phone reads, and which answer that asks for. Who sends an answer again after the talk
# has ended, because its last words were lost, is told that nothing waits.
READS = (
    ("English", "language"), ("Do you agree", "consent"), ("1/6", "name"), ("2/6", "born"), ("3/6", "place"),
    ("4/6", "work"), ("5/6", "school"), ("6/6", "phone"), ("You are registered", "end"), ("Nothing is kept", "end"),
    ("Nothing waits", "end"), ("MOVE change a time", "end"),
)  # fmt: skip
QUESTIONS = tuple(name for _words, name in READS if name != "end")


def _has_letter(text: str) -> bool:
    return any(one.isalpha() for one in text)


TAKES: dict[str, Callable[[str], bool]] = {
    "language": lambda text: text in {"1", "2"},
    "consent": lambda text: text in {"YES", "NO", "1", "2"},
    "name": _has_letter,
    "born": lambda text: text == DAY,
    "place": lambda text: text in PLACES,
    "work": _has_letter,
    "school": lambda text: text in {"1", "2", "3", "4", "5"},
    "phone": lambda text: text in {"1", "2", "3"},
}
# A digit may be meant twice; words that come twice in a row are one text that was sent twice.
ONCE = frozenset({"consent", "name", "born", "place", "work"})


@dataclass
class Oracle:
    """What the service should know of one phone. It is told what arrives, and knows nothing of the engine."""

    asks: str = ""
    told: dict[str, str] = field(default_factory=dict)
    registered: tuple[str, str, str] | None = None
    last: tuple[str, datetime] = ("", START - TWICE)

    def arrives(self, text: str, at: datetime) -> None:
        """One text, for the first time."""
        if text == "JOB" and self.registered is None:
            self.asks = self.asks or "language"
            return
        if not self.asks:
            return
        again = text == self.last[0] and at - self.last[1] < TWICE
        takes = TAKES[self.asks](text)
        if takes and again and (self.asks in ONCE):
            return
        if not takes:
            self.last = (text, self.last[1])
            return
        self.last = (text, at)
        self._take(text)

    def _take(self, text: str) -> None:
        self.told[self.asks] = text
        if self.asks == "consent" and text in {"NO", "2"}:
            self.asks, self.told = "", {}
        elif self.asks == "phone":
            self.registered = (self.told["name"], self.told["school"], text)
            self.asks, self.told = "", {}
        else:
            self.asks = QUESTIONS[QUESTIONS.index(self.asks) + 1]


@dataclass
class Phone:
    """One pretended phone: what its holder answers to which question, and what they read last."""

    number: str
    answers: dict[str, str]
    patience: int
    reads: str = ""
    sent: int = 0
    oracle: Oracle = field(default_factory=Oracle)

    @property
    def is_done(self) -> bool:
        """Told that it is over, or out of patience."""
        return self.reads == "end" or self.sent >= self.patience

    def says(self) -> str:
        """The answer to what was read last."""
        return self.answers[self.reads] if self.reads else "JOB"

    def next_too(self) -> str:
        """What an impatient holder sends as well: the answer to the question after."""
        if self.reads not in QUESTIONS[1:-1]:
            return ""
        return self.answers[QUESTIONS[QUESTIONS.index(self.reads) + 1]]

    def read(self, text: str) -> None:
        """Read an answer; one that asks nothing changes nothing."""
        self.reads = next((name for words, name in READS if words in text), self.reads)


def phones_of(people: int, first: int, draw: random.Random) -> list[Phone]:
    """The phones: most agree, some do not, some stop in the middle."""
    made = []
    for number in range(first, first + people):
        answers = {
            "language": "1",
            "consent": "YES" if draw.random() > 0.1 else "NO",
            "name": f"Person {'abcdefghij'[number % 10]}",
            "born": DAY,
            "place": draw.choice(PLACES),
            "work": "waiter",
            "school": draw.choice("12345"),
            "phone": draw.choice("123"),
        }
        patience = draw.randrange(1, 9) if draw.random() < GIVES_UP else MOST_TEXTS
        made.append(Phone(f"+63917{number:07d}", answers, patience))
    return made


@dataclass
class Network:
    """Between the phones and the door of a gateway."""

    draw: random.Random
    counts: Counter[str]
    by_number: dict[str, Phone]
    late: list[tuple[str, str, datetime, str]] = field(default_factory=list)

    def send(self, phone: Phone, at: datetime) -> None:
        """One text of a phone, or two at once in the wrong order; and now and then something late of anybody's."""
        texts = [phone.says()]
        following = phone.next_too() if self.draw.random() < IMPATIENT else ""
        if following:
            texts.insert(0, following)
            self.counts["overtaken"] += 1
        for place, text in enumerate(texts):
            phone.sent += 1
            if self.draw.random() < LOST:
                self.counts["texts lost"] += 1
                continue
            self.counts["texts"] += 1
            # The one that overtook was sent a second later.
            sent_at = at + timedelta(milliseconds=900 - 400 * place)
            first = (phone.number, text, sent_at, f"{phone.number}-{phone.sent}")
            self._hand_in(first, at + timedelta(seconds=1))
            if self.draw.random() < DOUBLED:
                self._hand_in(first, at + timedelta(seconds=1))
            if self.draw.random() < LATE:
                self.late.append(first)
        if self.late and self.draw.random() < LATE:
            self._hand_in(self.late.pop(self.draw.randrange(len(self.late))), at + timedelta(seconds=1))

    def _hand_in(self, one: tuple[str, str, datetime, str], at: datetime) -> None:
        from openpes.messaging.models import Message
        from openpes.messaging.operations import take_in_text
        from openpes.sms.hearing import hear

        number, text, sent_at, ref = one
        self.counts["handed in"] += 1
        row = take_in_text(provider="http", provider_ref=ref, number=number, text=text, sent_at=sent_at, at=at)
        if row is None:
            self.counts["known already"] += 1
            return
        phone = self.by_number[number]
        phone.oracle.arrives(text, at)
        answered = hear(row.pk, at)
        if answered and self.draw.random() < SILENT:
            self.counts["answers lost"] += 1
        elif answered:
            phone.read(Message.objects.values_list("text", flat=True).get(answers=row.pk))


def run(*, people: int, seed: int, first: int = 0) -> tuple[Counter[str], list[str]]:
    """(counts, what is wrong). The database must be there and empty but for one office."""
    draw, counts, at = random.Random(seed), Counter[str](), START
    phones = phones_of(people, first, draw)
    network = Network(draw, counts, {one.number: one for one in phones})
    waiting = list(phones)
    while waiting:
        place = draw.randrange(min(AT_ONCE, len(waiting)))
        at += timedelta(seconds=2)
        network.send(waiting[place], at)
        if waiting[place].is_done:
            waiting.pop(place)
    return counts, wrong_of(phones, counts)


def wrong_of(phones: list[Phone], counts: Counter[str]) -> list[str]:
    """Where the tables differ from what should be known of each phone."""
    from openpes.jobseekers.models import Jobseeker
    from openpes.journeys.talk_self import OWNER, SCHOOL

    held: dict[str, list[Any]] = {}
    rows = Jobseeker.objects.values_list(
        "person__phones__number", "person__name_as_given", "education_level", "person__phones__owner"
    )
    for number, *facts in rows:
        held.setdefault(number, []).append(tuple(facts))
    wrong = []
    for phone in phones:
        known = phone.oracle.registered
        should = [(known[0], SCHOOL[known[1]], OWNER[known[2]].value)] if known else []
        counts["registered"] += len(held.get(phone.number, []))
        counts["stopped in the middle"] += phone.reads != "end"
        if held.get(phone.number, []) != should:
            wrong.append(f"{phone.number}: {held.get(phone.number)}, should be {should}")
        # Whoever lost the last words, and the words that nothing waits, is told to call; an open question must end.
        if phone.oracle.asks and phone.patience == MOST_TEXTS:
            wrong.append(f"{phone.number}: {phone.sent} texts, and no end")
    return wrong


def share(given: tuple[int, int, int]) -> tuple[Counter[str], list[str]]:
    """One process's people, on a database in memory of its own."""
    people, seed, first = given
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openpes.config.settings_test")
    import django

    django.setup()
    from django.conf import settings
    from django.test.utils import setup_databases, teardown_databases

    # The tables as they are now, without the way there.
    for one in settings.DATABASES.values():
        one.setdefault("TEST", {})["MIGRATE"] = False
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        from openpes.organisations.models import Office

        Office.objects.create(code="SOAK", name="Soak", area_code="PH-CEB", phone="032", synthetic=True)
        return run(people=people, seed=seed, first=first)
    finally:
        teardown_databases(databases, verbosity=0)


def main() -> int:
    """Share the people out, run, print, say whether all is well."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--people", type=int, default=10_000)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    chosen = words.parse_args()
    began, each = time.perf_counter(), -(-chosen.people // chosen.processes)
    shares = [(min(each, chosen.people - first), chosen.seed + first, first) for first in range(0, chosen.people, each)]
    counts, wrong = Counter[str](), []
    with multiprocessing.get_context("spawn").Pool(len(shares)) as pool:
        for some, ill in pool.imap_unordered(share, shares):
            counts += some
            wrong += ill
    for name, number in sorted(counts.items()):
        print(f"{name:>22} {number:>9,}")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{'seconds':>22} {time.perf_counter() - began:>9.1f}")
    print(f"{'seconds of processors':>22} {used.ru_utime + used.ru_stime:>9.1f}")
    for line in wrong[:20]:
        print(f"WRONG {line}", file=sys.stderr)
    print("Everybody ended where they should." if not wrong else f"{len(wrong)} ended elsewhere.")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
