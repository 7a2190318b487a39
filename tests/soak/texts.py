"""Texts that a bad network loses, doubles and shuffles: what comes in is kept once, what goes out is counted.

    script/soak texts [--texts 10000] [--seed 1]

Everything runs through the doors' own operations on a database in memory. It prints figures, and ends with 1 when a
text that arrived is not kept exactly once, a wish (STOP, START) is not the one that was sent last, a delivery report
moved a text backwards, or one block of numbers was sent more than the cap.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
LOST, DOUBLED, WISHES = 0.05, 0.15, 0.3
PHONES, REPORTS = 400, ("sent", "failed", "delivered")


@dataclass(frozen=True)
class Sent:
    """One text as a phone sent it."""

    ref: str
    number: str
    text: str
    sent_at: datetime


def _sent(draw: random.Random, number: int) -> list[Sent]:
    """What phones sent, a second apart, so that each has its own instant."""
    texts = []
    for key in range(number):
        phone = f"+63917{draw.randrange(PHONES):03d}{draw.randrange(2):04d}"
        text = draw.choice(("STOP", "START")) if draw.random() < WISHES else draw.choice(("HELP", "1", "yes", "hello"))
        texts.append(Sent(f"t{key}", phone, text, START + timedelta(seconds=key)))
    return texts


def _arriving(draw: random.Random, sent: list[Sent]) -> list[Sent]:
    """What reaches us: some never, some twice, all in disorder."""
    arriving = [one for one in sent if draw.random() >= LOST]
    arriving += [one for one in arriving if draw.random() < DOUBLED]
    draw.shuffle(arriving)
    return arriving


def take_in(draw: random.Random, number: int, counts: Counter[str], wrong: list[str]) -> None:
    """Texts in: kept once, and the wish that was sent last stands."""
    from openpes.messaging.models import IncomingText
    from openpes.messaging.operations import take_in_text
    from openpes.messaging.queries import is_stopped
    from openpes.messaging.rules import wish_in

    sent = _sent(draw, number)
    arriving = _arriving(draw, sent)
    at = START + timedelta(days=1)
    for one in arriving:
        row = take_in_text(
            provider="http", provider_ref=one.ref, number=one.number, text=one.text, sent_at=one.sent_at, at=at
        )
        counts["kept" if row is not None else "left out as double"] += 1
    arrived = {one.ref: one for one in arriving}
    kept = Counter(IncomingText.objects.values_list("provider_ref", flat=True))
    counts["sent"], counts["lost on the way"] = len(sent), len(sent) - len(arrived)
    if kept != Counter(dict.fromkeys(arrived, 1)):
        wrong.append(f"kept {sum(kept.values())} of {len(arrived)} texts that arrived")
    last: dict[str, Sent] = {}
    for one in arrived.values():
        if wish_in(one.text) is not None and (one.number not in last or one.sent_at > last[one.number].sent_at):
            last[one.number] = one
    counts["phones with a wish"] = len(last)
    wrong += [
        f"{phone} said {one.text} last" for phone, one in last.items() if is_stopped(phone) != (one.text == "STOP")
    ]


def send_out(draw: random.Random, number: int, counts: Counter[str], wrong: list[str]) -> None:
    """Requests for texts to one block of numbers stay under the cap; reports about others arrive in disorder."""
    from openpes.messaging.models import Message
    from openpes.messaging.operations import report_delivery, send_text
    from openpes.messaging.queries import policy
    from openpes.messaging.states import MessageState

    rows = [
        Message(number=f"+63918555{key % 10_000:04d}", kind="soak", language="en", text="x", segments=1, made_at=START)
        for key in range(number)
    ]
    for row in Message.objects.bulk_create(rows):
        send_text(message_id=row.pk, at=START)
    gone = list(Message.objects.filter(state="sent").values_list("pk", flat=True))
    counts["requests to one block"], counts["sent to it"] = number, len(gone)
    if len(gone) > policy("daily_cap_per_prefix", at=START):
        wrong.append(f"{len(gone)} texts went to one block of numbers")
    Message.objects.filter(pk__in=gone).update(provider="http")
    told = [(pk, draw.choice(REPORTS)) for pk in gone for _time in range(draw.randrange(5))]
    draw.shuffle(told)
    for pk, state in told:
        report_delivery(provider="http", message_id=pk, told=MessageState(state), at=START)
    order = ("sent", "failed", "delivered")
    furthest = dict.fromkeys(gone, "sent")
    for pk, state in told:
        furthest[pk] = max(furthest[pk], state, key=order.index)
    counts["reports"] = len(told)
    for pk, state in Message.objects.filter(pk__in=gone).values_list("pk", "state"):
        if state != furthest[pk]:
            wrong.append(f"text {pk} ended as {state}, and {furthest[pk]} was reported")


def main() -> int:
    """Run both ways on a database in memory; 0 when nothing is wrong."""
    parser = argparse.ArgumentParser(description="Texts over a bad network.")
    parser.add_argument("--texts", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openpes.config.settings_test")
    import django

    django.setup()
    from django.conf import settings
    from django.test.runner import DiscoverRunner

    # The tables as they are now, without the way there.
    for one in settings.DATABASES.values():
        one.setdefault("TEST", {})["MIGRATE"] = False
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    began, draw = time.monotonic(), random.Random(given.seed)
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    try:
        take_in(draw, given.texts, counts, wrong)
        send_out(draw, given.texts, counts, wrong)
    finally:
        runner.teardown_databases(databases)
    for name, value in counts.items():
        print(f"{name:28} {value:>8}")
    print(f"{'seconds':28} {time.monotonic() - began:>8.1f}")
    print("\n".join(wrong[:20]) if wrong else "Every text ended where it should.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
