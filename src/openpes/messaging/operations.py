"""Writes of the messaging room: texts out, texts in, what the provider reports."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from openpes.core import outbox
from openpes.core.privacy import erase_rows
from openpes.messaging import queries, rules
from openpes.messaging.models import IncomingText, Message, NumberWish, TextTally
from openpes.messaging.providers import provider
from openpes.messaging.segments import segments_of
from openpes.messaging.states import TAKEN, MessageState, Wish
from openpes.messaging.words import text_of
from openpes.people.phones import NotAPhone
from openpes.people.queries import awaits_consent, numbers_only_of
from openpes.reference.country import today

SEND, HEAR = "messaging.send", "sms.hear"


@transaction.atomic
def queue_text(
    *,
    number: str,
    kind: str,
    facts: dict[str, Any],
    language: str,
    at: datetime,
    person_id: int | None = None,
    office_id: int | None = None,
    synthetic: bool = False,
    due_at: datetime | None = None,
    asked: bool = False,
    awaited: bool = False,
) -> Message | None:
    """Write a text and leave its sending to the worker, in the caller's transaction. No number, no text; none to
    somebody who is only known from an old list and has not agreed yet; and none to a phone that said STOP.

    asked: the person asked for this very text, or the law wants it sent: STOP does not hold it back.
    awaited: somebody waits for it now, so it goes out at any hour; other texts wait for the end of the quiet hours.
    due_at: not before this instant, in place of what the quiet hours say.
    office_id: the office whose budget pays.
    """
    if not number or awaits_consent(person_id) or (not asked and queries.is_stopped(number)):
        return None
    return _write(
        Message(
            person_id=person_id,
            number=number,
            kind=kind,
            language=language,
            text=text_of(kind, facts, language),
            made_at=at,
            synthetic=synthetic,
            office_id=office_id,
            asked=asked,
        ),
        due_at=due_at or (at if awaited else queries.loud_from(at)),
    )


@transaction.atomic
def reply_text(
    *,
    incoming_id: int,
    text: str,
    language: str,
    at: datetime,
    person_id: int | None = None,
    office_id: int | None = None,
) -> Message:
    """Answer a text that came in, to the phone it came from, at once: whoever wrote is waiting.

    The answer to a text typed on the screen of a demonstration goes to that screen.
    """
    incoming = IncomingText.objects.get(pk=incoming_id)
    return _write(
        Message(
            person_id=person_id,
            number=incoming.number,
            kind="reply",
            language=language,
            text=text,
            made_at=at,
            synthetic=incoming.provider == "screen",
            office_id=office_id,
            asked=True,
            answers=incoming,
        ),
        due_at=at,
    )


def _write(message: Message, *, due_at: datetime) -> Message:
    message.segments = segments_of(message.text)
    message.save()
    outbox.put(kind=SEND, payload={"message": message.pk}, at=message.made_at, due_at=due_at)
    return message


@transaction.atomic
def send_text(*, message_id: int, at: datetime) -> None:
    """Hand one waiting text to the provider, or hold it with the reason; doing it twice sends it once.

    Raises when the provider fails: then nothing is counted, and the outbox tries again.
    """
    message = Message.objects.select_for_update().filter(pk=message_id).first()
    if message is None or message.state in (*TAKEN, MessageState.HELD):
        return
    why, keys = queries.why_held(message, at=at)
    if why is not None:
        message.state, message.held_because = MessageState.HELD, why
        message.save(update_fields=["state", "held_because"])
        return
    # A synthetic person's number is nobody's to be texted: only the screen may take it.
    chosen = provider("screen" if message.synthetic else settings.MESSAGING_PROVIDER)
    message.provider_ref = chosen.send(number=message.number, text=message.text, message_id=message.pk, at=at)
    message.provider, message.state, message.sent_at = chosen.NAME, MessageState.SENT, at
    prices = rules.read_prices(settings.SMS_PRICES)
    price = prices.of(message.number)
    if price is not None:
        message.cost, message.currency = price * message.segments, prices.currency
    message.save(update_fields=["provider", "provider_ref", "state", "sent_at", "cost", "currency"])
    _count(keys, on=today(at))


def _count(keys: dict[str, str], *, on: date) -> None:
    for kind, key in keys.items():
        if not TextTally.objects.filter(day=on, kind=kind, key=key).update(texts=F("texts") + 1):
            TextTally.objects.create(day=on, kind=kind, key=key, texts=1)


@transaction.atomic
def report_delivery(
    *, provider: str, told: MessageState, at: datetime, message_id: int | None = None, provider_ref: str = ""
) -> bool:
    """Write down what a gateway says became of a text. Twice, late or in any order ends the same.

    False when the text is not known, or another provider's.
    """
    rows = Message.objects.select_for_update().exclude(provider="screen")
    if message_id is not None:
        # A report may overtake the answer to our own request; then the row does not say yet which provider it was.
        message = rows.filter(pk=message_id, provider__in=("", provider)).first()
    else:
        message = rows.filter(provider=provider, provider_ref=provider_ref).first() if provider_ref else None
    if message is None or message.synthetic:
        return False
    state = rules.later_state(MessageState(message.state), told)
    if state != message.state:
        message.state, message.told_at, message.provider = state, at, provider
        message.sent_at = message.sent_at or at
        message.save(update_fields=["state", "told_at", "provider", "sent_at"])
    return True


@transaction.atomic
def take_in_text(
    *, provider: str, provider_ref: str, number: str, text: str, sent_at: datetime, at: datetime
) -> IncomingText | None:
    """Write down a text that came in and leave hearing it to the worker. None: it is known already, or its sender is
    no phone (a shop's name, say), so that nobody could be answered.

    `provider_ref` is the gateway's own key; a gateway that forgets its keys is caught by number, text and second.
    """
    try:
        number = queries.number_from_gateway(number)
    except NotAPhone:
        return None
    sent_at = min(sent_at, at)
    known = IncomingText.objects.filter(provider=provider, number=number, text=text, sent_at=sent_at)
    if known.exclude(provider_ref=provider_ref).exists():
        return None
    row, is_new = IncomingText.objects.get_or_create(
        provider=provider,
        provider_ref=provider_ref,
        defaults={"number": number, "text": text, "sent_at": sent_at, "received_at": at},
    )
    if not is_new:
        return None
    wish = rules.wish_in(text)
    if wish is not None:
        note_wish(number=number, wish=wish, said_at=sent_at)
    outbox.put(kind=HEAR, payload={"incoming": row.pk}, at=at)
    return row


@transaction.atomic
def note_wish(*, number: str, wish: Wish, said_at: datetime) -> Wish:
    """STOP or START for a number. Returns the one that stands: sent last, in whatever order they came."""
    key = queries.key_of(number)
    row, is_new = NumberWish.objects.select_for_update().get_or_create(
        number_key=key, defaults={"wish": wish, "said_at": said_at}
    )
    if not is_new:
        new = rules.SaidWish(wish, said_at)
        stands = rules.standing_wish(rules.SaidWish(Wish(row.wish), row.said_at), new)
        row.wish, row.said_at = stands.wish, stands.said_at
        row.save(update_fields=["wish", "said_at"])
    return Wish(row.wish)


def note_heard(*, incoming_id: int, at: datetime, person_id: int | None = None) -> bool:
    """A text is heard once. False when it was heard before. Inside the caller's transaction."""
    rows = IncomingText.objects.filter(pk=incoming_id, heard_at=None)
    return bool(rows.update(heard_at=at, person_id=person_id))


def forget_texts(*, before: datetime) -> int:
    """Forget texts and counts made before an instant. Returns how many texts. Inside the caller's transaction."""
    TextTally.objects.filter(day__lt=today(before)).delete()
    incoming = IncomingText.objects.filter(received_at__lt=before).delete()[0]
    return incoming + Message.objects.filter(made_at__lt=before).delete()[0]


def erase_person(*, person_id: int) -> int:
    """Forget the texts to and from a person, and those of a phone of their own. In the journey's transaction."""
    # Before they were known here, their phone was a number only.
    numbers = numbers_only_of(person_id)
    from_phone = IncomingText.objects.filter(person=None, number__in=numbers).delete()[0]
    to_phone = Message.objects.filter(person=None, number__in=numbers).delete()[0]
    return from_phone + to_phone + erase_rows(IncomingText, person_id) + erase_rows(Message, person_id)
