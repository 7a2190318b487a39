"""When a text may go out, to which numbers, how many a day, at what price, and what a report may change. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from decimal import Decimal, InvalidOperation

from openpes.messaging.states import RANK, HeldBecause, MessageState, Wish

DAY, OFFICE, PREFIX, NUMBER = "day", "office", "prefix", "number"
# First the cap that protects the person, last the one that protects the purse.
CAPS = (
    (NUMBER, HeldBecause.CAP_NUMBER),
    (PREFIX, HeldBecause.CAP_PREFIX),
    (OFFICE, HeldBecause.CAP_OFFICE),
    (DAY, HeldBecause.CAP_DAY),
)


def is_quiet(moment: time, *, quiet_from: time, quiet_until: time) -> bool:
    """Is a local time of day inside the quiet hours? They may run over midnight; equal ends mean none."""
    if quiet_from == quiet_until:
        return False
    if quiet_from < quiet_until:
        return quiet_from <= moment < quiet_until
    return moment >= quiet_from or moment < quiet_until


def first_loud(at: datetime, *, quiet_from: time, quiet_until: time, zone: tzinfo) -> datetime:
    """The instant itself outside the quiet hours, else the next end of them, in UTC."""
    local = at.astimezone(zone)
    if not is_quiet(local.time(), quiet_from=quiet_from, quiet_until=quiet_until):
        return at
    day = local.date() if local.time() < quiet_until else local.date() + timedelta(days=1)
    return datetime.combine(day, quiet_until, zone).astimezone(UTC)


def later_state(now: MessageState, told: MessageState) -> MessageState:
    """Where a text stands after a report: only ever further on, so that order and number of reports do not matter."""
    return told if RANK[told] > RANK[now] else now


@dataclass(frozen=True)
class SaidWish:
    """STOP or START as a phone sent it. `said_at` is when it was sent, not when it reached us."""

    wish: Wish
    said_at: datetime


def standing_wish(held: SaidWish | None, new: SaidWish) -> SaidWish:
    """The wish that stands: the one sent last; of two sent at one instant, STOP. Order of arrival does not matter."""
    if held is None or new.said_at > held.said_at:
        return new
    if new.said_at == held.said_at and new.wish == Wish.STOP:
        return new
    return held


STOP_WORDS = frozenset({"stop", "end", "quit", "cancel", "unsubscribe", "stopall"})
START_WORDS = frozenset({"start", "unstop"})


def wish_in(text: str) -> Wish | None:
    """STOP or START when that is all that a text says. Words of other languages are the dialogue's to understand."""
    word = "".join(letter for letter in text.casefold() if letter.isalnum())
    if word in STOP_WORDS:
        return Wish.STOP
    return Wish.START if word in START_WORDS else None


def is_home_number(number: str, *, country_code: int) -> bool:
    """Does an E.164 number belong to the country's own numbering plan?"""
    return number.startswith(f"+{country_code}") and len(number) > len(str(country_code)) + 5


def prefix_of(number: str, *, last_digits: int) -> str:
    """A number without its last digits: the block that thieves of text messages work through."""
    return number[:-last_digits] if last_digits else number


def over_cap(counts: Mapping[str, int], caps: Mapping[str, int]) -> HeldBecause | None:
    """The first cap that one more text would break, or None. `counts` are the texts already handed over today."""
    return next((why for name, why in CAPS if name in counts and counts[name] >= caps[name]), None)


@dataclass(frozen=True)
class Prices:
    """What a segment costs, by the beginning of the number; the longest beginning that fits counts."""

    currency: str
    by_prefix: Mapping[str, Decimal]

    def of(self, number: str) -> Decimal | None:
        """The price of one segment to a number, or None when nobody has said."""
        digits = number.lstrip("+")
        fitting = [prefix for prefix in self.by_prefix if digits.startswith(prefix)]
        return self.by_prefix[max(fitting, key=len)] if fitting else None


def read_prices(text: str) -> Prices:
    """Prices as a setting writes them: "PHP 63=0.40 63917=0.35". Raises ValueError with the mend."""
    currency, *pairs = text.split() or [""]
    prices: dict[str, Decimal] = {}
    for pair in pairs:
        prefix, _sign, amount = pair.partition("=")
        try:
            prices[prefix.lstrip("+")] = Decimal(amount)
        except InvalidOperation as error:
            raise ValueError(f"{pair!r} is no price. Write for example: PHP 63=0.40 63917=0.35") from error
    if text.strip() and (len(currency) != 3 or not currency.isalpha()):
        raise ValueError("Prices of texts begin with a currency. Write for example: PHP 63=0.40 63917=0.35")
    return Prices(currency, prices)
