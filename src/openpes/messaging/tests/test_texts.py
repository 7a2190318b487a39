"""Texts in and out: once, in any order, not too many, not to strangers, at a price."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import NOW, OfficeFactory, PersonFactory

from openpes.core import outbox
from openpes.messaging import operations, queries
from openpes.messaging.models import IncomingText, Message
from openpes.messaging.rules import SaidWish, is_home_number, later_state, read_prices, standing_wish, wish_in
from openpes.messaging.states import HeldBecause, MessageState, Wish

NUMBER = "+639171234567"
NIGHT = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # 23:00 in Manila


def queue(number: str = NUMBER, **more: Any) -> Message | None:
    """A text that nobody asked for."""
    facts = {"office": "Cebu", "words": "come by"}
    return operations.queue_text(
        **{"number": number, "kind": "from_office", "facts": facts, "language": "en", "at": NOW} | more
    )


def take_in(text: str, ref: str = "1", **more: Any) -> IncomingText | None:
    """A text from the phone."""
    given = {"provider": "http", "provider_ref": ref, "number": NUMBER, "text": text, "sent_at": NOW, "at": NOW}
    return operations.take_in_text(**given | more)


ON_A_BUSY_MACHINE = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


@ON_A_BUSY_MACHINE
@given(st.permutations([*MessageState, *MessageState]))
def test_reports_in_any_order_end_the_same(told: list[MessageState]) -> None:
    """What arrived stays arrived, whatever comes late or twice."""
    state = MessageState.WAITING
    for one in told:
        state = later_state(state, one)
    assert state == MessageState.DELIVERED


@ON_A_BUSY_MACHINE
@given(st.lists(st.tuples(st.sampled_from(list(Wish)), st.integers(0, 5)), min_size=1), st.randoms())
def test_the_wish_sent_last_stands_whatever_the_order(said: list[tuple[Wish, int]], draw: Any) -> None:
    """STOP and START are sorted by when they were sent; of two at one instant STOP stands."""
    wishes = [SaidWish(wish, NOW + timedelta(minutes=minute)) for wish, minute in said]

    def end(order: list[SaidWish]) -> SaidWish:
        held: SaidWish | None = None
        for one in order:
            held = standing_wish(held, one)
        assert held is not None
        return held

    shuffled = list(wishes)
    draw.shuffle(shuffled)
    assert end(wishes) == end(shuffled)
    assert end(wishes).said_at == max(one.said_at for one in wishes)


@pytest.mark.parametrize(
    ("text", "wish"),
    [("Stop", Wish.STOP), (" STOP! ", Wish.STOP), ("start", Wish.START), ("stop it", None), ("", None)],
)
def test_only_the_bare_word_is_a_wish(text: str, wish: Wish | None) -> None:
    """A sentence that has the word in it is a sentence."""
    assert wish_in(text) == wish


def test_prices_go_by_the_longest_beginning_and_say_what_is_wrong() -> None:
    """One network may cost less than the country's others; nothing said, nothing known."""
    prices = read_prices("PHP 63=0.40 63917=0.35")
    assert (prices.of(NUMBER), prices.of("+639181234567"), prices.of("+14155550100")) == (
        Decimal("0.35"),
        Decimal("0.40"),
        None,
    )
    assert read_prices("").of(NUMBER) is None
    for wrong in ("63=0.40", "PHP 63=cheap"):
        with pytest.raises(ValueError, match="Write for example"):
            read_prices(wrong)


def test_only_numbers_of_the_country_are_home() -> None:
    """A number that merely begins with the same digits in another plan is not there."""
    assert is_home_number(NUMBER, country_code=63)
    assert not is_home_number("+6491234567", country_code=63)


@pytest.mark.django_db
def test_a_text_goes_out_once_and_its_price_is_written_down(settings: Any) -> None:
    """The price is the one of the day; a second try changes nothing."""
    settings.SMS_PRICES = "PHP 63=0.40"
    office = OfficeFactory()
    message = queue(office_id=office.pk)
    assert message is not None
    for _time in range(2):
        operations.send_text(message_id=message.pk, at=NOW)
    message.refresh_from_db()
    assert (message.state, message.cost, message.currency) == ("sent", Decimal("0.40"), "PHP")
    (row,) = queries.texts_by_office(since=NOW - timedelta(days=1), until=NOW + timedelta(days=1))
    assert (row.office_id, row.texts, row.segments, row.cost) == (office.pk, 1, 1, Decimal("0.40"))


@pytest.mark.django_db
def test_texts_nobody_waits_for_wait_for_the_morning() -> None:
    """Answers and what somebody waits for go out at once."""
    queue(at=NIGHT)
    assert outbox.work_once(at=NIGHT) == 0
    queue(at=NIGHT, awaited=True)
    assert [one.due_at for one in outbox.OutboxMessage.objects.order_by("due_at")] == [
        NIGHT,
        NIGHT + timedelta(hours=9),
    ]


@pytest.mark.django_db
def test_stop_is_kept_to_from_the_first_moment_and_start_ends_it() -> None:
    """Also for a text that was written before; what the person asked for comes all the same."""
    written = queue()
    assert written is not None
    take_in("STOP")
    assert queue() is None
    assert queue(asked=True) is not None
    operations.send_text(message_id=written.pk, at=NOW)
    written.refresh_from_db()
    assert (written.state, written.held_because) == (MessageState.HELD, HeldBecause.STOPPED)
    take_in("START", "2", sent_at=NOW - timedelta(hours=1))
    assert queue() is None, "a START sent before the STOP arrives late and changes nothing"
    take_in("START", "3", sent_at=NOW + timedelta(minutes=1), at=NOW + timedelta(minutes=1))
    assert queue() is not None


@pytest.mark.django_db
def test_a_text_that_comes_twice_is_heard_once() -> None:
    """By its key; and by number, text and second where a gateway gives a new key. Shops' names are nobody."""
    assert take_in("hello") is not None
    assert take_in("hello") is None
    assert take_in("hello", "another key") is None
    assert take_in("hello", "later", sent_at=NOW - timedelta(seconds=5)) is not None
    assert take_in("Buy now", "advert", number="SHOP") is None
    assert outbox.OutboxMessage.objects.filter(kind=operations.HEAR).count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["+639171234567", "639171234567", "00639171234567", "0917 123 4567"])
def test_gateways_write_numbers_in_many_ways(typed: str) -> None:
    """One number is one number."""
    row = take_in("hi", number=typed)
    assert row is not None
    assert row.number == NUMBER


@pytest.mark.django_db
def test_a_thousand_requests_to_a_block_of_numbers_send_no_more_than_the_cap() -> None:
    """Whoever works through numbers costs the service a bounded sum; a number abroad costs nothing."""
    cap = queries.policy("daily_cap_per_prefix", at=NOW)
    rows = [
        Message(
            number=f"+63917123{last:04d}", kind="x", language="en", text="x", segments=1, made_at=NOW, synthetic=True
        )
        for last in range(1000)
    ]
    for row in Message.objects.bulk_create(rows):
        operations.send_text(message_id=row.pk, at=NOW)
    assert Message.objects.filter(state=MessageState.SENT).count() == cap
    assert queries.held_by_reason(since=NOW, until=NOW + timedelta(days=1)) == {"cap_prefix": 1000 - cap}
    abroad = queue("+14155550100")
    assert abroad is not None
    operations.send_text(message_id=abroad.pk, at=NOW)
    abroad.refresh_from_db()
    assert abroad.held_because == HeldBecause.ABROAD


@pytest.mark.django_db
def test_one_phone_is_sent_so_many_a_day_and_again_tomorrow() -> None:
    """The cap of a number counts the local day."""
    cap = queries.policy("daily_cap_per_number", at=NOW)
    for _one in range(cap + 1):
        message = queue()
        assert message is not None
        operations.send_text(message_id=message.pk, at=NOW)
    assert Message.objects.get(state=MessageState.HELD).held_because == HeldBecause.CAP_NUMBER
    message = queue()
    assert message is not None
    operations.send_text(message_id=message.pk, at=NOW + timedelta(days=1))
    message.refresh_from_db()
    assert message.state == MessageState.SENT


@pytest.mark.django_db
def test_a_report_may_overtake_our_own_request() -> None:
    """Delivered before we wrote that it was sent; and nobody reports about a synthetic person's text."""
    real, invented = queue(), queue(synthetic=True)
    assert real is not None
    assert invented is not None
    assert operations.report_delivery(provider="kannel", message_id=real.pk, told=MessageState.DELIVERED, at=NOW)
    operations.send_text(message_id=real.pk, at=NOW)
    assert operations.report_delivery(provider="kannel", message_id=real.pk, told=MessageState.FAILED, at=NOW)
    assert not operations.report_delivery(provider="kannel", message_id=invented.pk, told=MessageState.FAILED, at=NOW)
    assert not operations.report_delivery(provider="http", message_id=real.pk, told=MessageState.FAILED, at=NOW)
    real.refresh_from_db()
    assert real.state == MessageState.DELIVERED


@pytest.mark.django_db
def test_erasing_a_person_forgets_what_came_from_their_own_phone_and_leaves_a_sisters() -> None:
    """A phone that two people gave is still the other one's."""
    alone, sister, other = (
        PersonFactory(phone=NUMBER),
        PersonFactory(phone="+639170000001"),
        PersonFactory(phone="+639170000001"),
    )
    take_in("mine")
    take_in("ours", "2", number="+639170000001")
    operations.erase_person(person_id=alone.pk)
    operations.erase_person(person_id=sister.pk)
    assert [one.text for one in IncomingText.objects.all()] == ["ours"]
    assert other.phones.count() == 1
