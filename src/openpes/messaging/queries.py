"""Reads of the messaging room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q, Sum

from openpes.core.ids import keyed_hash
from openpes.core.privacy import export_rows
from openpes.messaging.models import IncomingText, Message, NumberWish, TextTally
from openpes.messaging.rules import DAY, NUMBER, OFFICE, PREFIX, first_loud, is_home_number, over_cap, prefix_of
from openpes.messaging.states import TAKEN, HeldBecause, MessageState, Wish
from openpes.people.phones import normalise
from openpes.reference.country import country, today


def latest_messages(*, limit: int = 30) -> list[Message]:
    """The latest texts, newest first: for the screen of a demonstration only."""
    return list(Message.objects.order_by("-made_at", "-pk")[:limit])


def messages_to(person_id: int, *, limit: int = 20) -> list[Message]:
    """The texts written to one person, newest first."""
    return list(Message.objects.filter(person=person_id).order_by("-made_at", "-pk")[:limit])


def count_unsent(message_ids: Iterable[int]) -> int:
    """How many of these texts have not gone out."""
    return Message.objects.filter(pk__in=list(message_ids)).exclude(state__in=TAKEN).count()


def loud_from(at: datetime) -> datetime:
    """The first instant from `at` on at which a text may go out that nobody waits for: outside the quiet hours."""
    pack, on = country(), today(at)
    quiet_from = time.fromisoformat(str(pack.value("messaging.quiet_from", on=on).value))
    quiet_until = time.fromisoformat(str(pack.value("messaging.quiet_until", on=on).value))
    return first_loud(at, quiet_from=quiet_from, quiet_until=quiet_until, zone=ZoneInfo(pack.timezone))


def count_texts(person_ids: Iterable[int], *, since: datetime) -> dict[int, int]:
    """How many texts were written to each of these people since an instant, in one query."""
    rows = Message.objects.filter(person__in=list(person_ids), made_at__gte=since)
    return dict(rows.order_by().values_list("person").annotate(n=Count("pk")))


def export_person(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """All that this room knows about a person, for their own download."""
    return {"messages": export_rows(Message, person_id), "texts_from_you": export_rows(IncomingText, person_id)}


def latest_of_kind(person_ids: Iterable[int], *, kind: str) -> dict[int, datetime]:
    """When each of some people was last sent a text of a kind; who never was is left out."""
    rows = Message.objects.filter(person__in=list(person_ids), kind=kind).order_by("made_at", "pk")
    return {person: at for person, at in rows.values_list("person", "made_at") if person is not None}


def key_of(number: str) -> str:
    """A number as a key that cannot be read back."""
    return keyed_hash(number, settings.SECRET_KEY)


def is_stopped(number: str) -> bool:
    """Did this number say STOP, and not START since?"""
    return NumberWish.objects.filter(number_key=key_of(number), wish=Wish.STOP).exists()


def number_from_gateway(number: str) -> str:
    """A sender as gateways write it (+63…, 0063…, 63…, 0917…) in E.164. Raises NotAPhone."""
    pack, digits = country(), number.strip()
    home = str(pack.phone.country_code)
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    elif digits.isdigit() and digits.startswith(home) and len(digits) >= len(pack.phone.mobile_example) - 1:
        digits = f"+{digits}"
    return normalise(digits, pack.code)


def policy(name: str, *, at: datetime) -> int:
    """A number of the country's policy on messages."""
    return int(country().value(f"messaging.{name}", on=today(at)).value)


def why_held(message: Message, *, at: datetime) -> tuple[HeldBecause | None, dict[str, str]]:
    """Why a text must not go out now, or None; and the keys under which it counts today once it has gone."""
    if not is_home_number(message.number, country_code=country().phone.country_code):
        return HeldBecause.ABROAD, {}
    if not message.asked and is_stopped(message.number):
        return HeldBecause.STOPPED, {}
    keys = {
        DAY: "",
        PREFIX: prefix_of(message.number, last_digits=policy("cap_block_digits", at=at)),
        NUMBER: key_of(message.number),
    }
    if message.office_id is not None:
        keys[OFFICE] = str(message.office_id)
    wanted = Q()
    for kind, key in keys.items():
        wanted |= Q(kind=kind, key=key)
    counts = dict.fromkeys(keys, 0) | dict(TextTally.objects.filter(wanted, day=today(at)).values_list("kind", "texts"))
    caps = {kind: policy(f"daily_cap_per_{kind}" if kind != DAY else "daily_cap", at=at) for kind in keys}
    return over_cap(counts, caps), keys


def incoming_text(pk: int) -> IncomingText | None:
    """A text that came in; None when it was forgotten meanwhile."""
    return IncomingText.objects.filter(pk=pk).first()


def last_person_texted(number: str) -> int | None:
    """Whom the latest text to a number was for, or None: who says "this is not me" answers that text."""
    rows = Message.objects.filter(number=number, person__isnull=False).order_by("-made_at", "-pk")
    return rows.values_list("person", flat=True).first()


@dataclass(frozen=True)
class Bubble:
    """One text as a phone shows it, in or out."""

    came_in: bool
    text: str
    language: str
    at: datetime
    segments: int
    waits: bool


def conversation(number: str, *, limit: int = 30) -> list[Bubble]:
    """The latest texts from and to a number, oldest first: what its holder sees. For the screen of a demonstration."""
    seen = [MessageState.WAITING, *TAKEN]
    out = Message.objects.filter(number=number, state__in=seen).order_by("-made_at", "-pk")[:limit]
    came = IncomingText.objects.filter(number=number).order_by("-received_at", "-pk")[:limit]
    bubbles = [
        Bubble(False, one.text, one.language, one.made_at, one.segments, one.state == MessageState.WAITING)
        for one in out
    ]
    bubbles += [Bubble(True, one.text, "", one.received_at, 1, one.heard_at is None) for one in came]
    return sorted(bubbles, key=lambda one: (one.at, not one.came_in))[-limit:]


@dataclass(frozen=True)
class OfficeTexts:
    """What an office's texts of a month came to. `cost` is None where nobody had said a price."""

    office_id: int | None
    texts: int
    segments: int
    failed: int
    held: int
    unpriced: int
    cost: Decimal | None
    currency: str


def texts_by_office(*, since: datetime, until: datetime, office_ids: Iterable[int] | None = None) -> list[OfficeTexts]:
    """Texts, segments and cost by office and currency between two instants; of some offices, or of all."""
    taken = Q(state__in=TAKEN)
    rows = Message.objects.filter(made_at__gte=since, made_at__lt=until)
    if office_ids is not None:
        rows = rows.filter(office__in=list(office_ids))
    found = (
        rows.order_by("office", "currency")
        .values("office", "currency")
        .annotate(
            texts=Count("pk", filter=taken),
            pieces=Sum("segments", filter=taken, default=0),
            failed=Count("pk", filter=Q(state=MessageState.FAILED)),
            held=Count("pk", filter=Q(state=MessageState.HELD)),
            unpriced=Count("pk", filter=taken & Q(cost=None)),
            spent=Sum("cost"),
        )
    )
    return [
        OfficeTexts(
            one["office"], one["texts"], one["pieces"], one["failed"], one["held"], one["unpriced"], one["spent"],
            one["currency"],
        )
        for one in found
    ]  # fmt: skip


def held_by_reason(*, since: datetime, until: datetime) -> dict[str, int]:
    """How many texts were held between two instants, by reason."""
    rows = Message.objects.filter(state=MessageState.HELD, made_at__gte=since, made_at__lt=until)
    return dict(rows.order_by("held_because").values_list("held_because").annotate(n=Count("pk")))
