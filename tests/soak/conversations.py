"""Ten thousand talks by text, with texts lost, doubled, and repeated late: everybody ends where they should.

    script/soak conversations [--people 10000] [--seed 1]

Each person registers by text from a phone of their own. A text may be lost on its way (then it is sent again, as people
do who get no answer), arrive twice, or come again late, among the texts of others. What should be known in the end is
kept by the pretended phones themselves, from what was acknowledged to them. Everything runs through the engine
that the gateways use, on a database in memory; everybody in it is synthetic. It prints figures, and ends with 1 when
somebody's registration is not what their phone was told.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

START = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
PLACES = ("Cebu", "Leyte", "Bohol", "Iloilo")
SCHOOLS, OWNERS = ("1", "2", "3", "4", "5"), ("1", "2", "3")
LOST, DOUBLED, LATE, GIVES_UP = 0.1, 0.1, 0.05, 0.05
GATEWAY_AT_ONCE = 50


@dataclass
class Phone:
    """One pretended phone: what it still has to say, and what it was told back."""

    number: str
    texts: list[str]
    school: str
    said_yes: bool
    at: int = 0
    gives_up_at: int | None = None
    acknowledged: list[str] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        """Nothing is left to say, or they gave up."""
        return self.at >= len(self.texts) or self.at == self.gives_up_at


def phones_of(people: int, draw: random.Random) -> list[Phone]:
    """The phones with their scripts: most agree, some do not, some stop in the middle."""
    made = []
    for number in range(people):
        school, yes = draw.choice(SCHOOLS), draw.random() > 0.1
        rest = [f"Person {'abcdefghij'[number % 10]}", "14 3 2000", draw.choice(PLACES), "waiter", school]
        texts = ["JOB", "1", "YES" if yes else "NO", *(rest if yes else ()), *([draw.choice(OWNERS)] if yes else ())]
        stops = draw.randrange(1, len(texts)) if draw.random() < GIVES_UP else None
        made.append(Phone(f"+63917{number:07d}", texts, school, yes, gives_up_at=stops))
    return made


def run(*, people: int, seed: int) -> tuple[Counter[str], list[str]]:
    """(counts, what is wrong). The database must be there and empty but for one office."""
    from openpes.messaging.operations import take_in_text
    from openpes.sms.hearing import hear

    draw, counts, at = random.Random(seed), Counter[str](), START
    phones = phones_of(people, draw)
    waiting, late = list(phones), []
    key = 0
    while waiting:
        phone = draw.choice(waiting[:GATEWAY_AT_ONCE])
        at += timedelta(seconds=1)
        text = phone.texts[phone.at]
        if draw.random() < LOST:
            counts["lost"] += 1
            continue
        key += 1
        first = (phone.number, text, at, f"k{key}")
        handed = [first] + ([first] if draw.random() < DOUBLED else [])
        if draw.random() < LATE:
            late.append(first)
        if late and draw.random() < LATE:
            handed.append(late.pop(draw.randrange(len(late))))
        for number, said, sent_at, ref in handed:
            row = take_in_text(provider="http", provider_ref=ref, number=number, text=said, sent_at=sent_at, at=at)
            counts["handed in"] += 1
            if row is None:
                counts["known already"] += 1
            elif hear(row.pk, at):
                phone.acknowledged.append(said)
        phone.at += 1
        if phone.is_done:
            waiting.remove(phone)
    return counts, wrong_of(phones, counts)


def wrong_of(phones: list[Phone], counts: Counter[str]) -> list[str]:
    """Where the tables differ from what each phone was told."""
    from openpes.jobseekers.models import Jobseeker
    from openpes.journeys.talk_self import SCHOOL

    held: dict[str, list[Any]] = {}
    rows = Jobseeker.objects.values_list("person__phones__number", "education_level", "person__name_as_given")
    for number, level, name in rows:
        held.setdefault(number, []).append((level, name))
    wrong = []
    for phone in phones:
        gave_up = phone.gives_up_at is not None
        should = [] if gave_up or not phone.said_yes else [(SCHOOL[phone.school], phone.texts[3])]
        counts["registered"] += len(held.get(phone.number, []))
        counts["gave up"] += gave_up
        if phone.acknowledged != phone.texts[: phone.at]:
            wrong.append(f"{phone.number}: acknowledged {phone.acknowledged}, sent {phone.texts[: phone.at]}")
        if sorted(held.get(phone.number, []), key=str) != should:
            wrong.append(f"{phone.number}: {held.get(phone.number)}, should be {should}")
    return wrong


def main() -> int:
    """Set a country and a database in memory, run, print, say whether all is well."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--people", type=int, default=10_000)
    words.add_argument("--seed", type=int, default=1)
    chosen = words.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openpes.config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    # A PIN is hashed slowly on purpose; that is not what is measured here.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        from openpes.organisations.models import Office

        Office.objects.create(code="SOAK", name="Soak", area_code="PH-CEB", phone="032", synthetic=True)
        began = time.perf_counter()
        counts, wrong = run(people=chosen.people, seed=chosen.seed)
        for name, number in sorted(counts.items()):
            print(f"{name:>16} {number:>9,}")
        print(f"{'seconds':>16} {time.perf_counter() - began:>9.1f}")
        for line in wrong[:20]:
            print(f"WRONG {line}", file=sys.stderr)
    finally:
        teardown_databases(databases, verbosity=0)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
