"""States of a message, and the only ways between them."""

from enum import StrEnum


class MessageState(StrEnum):
    """Where a text stands."""

    WAITING = "waiting"
    HELD = "held"
    SENT = "sent"
    FAILED = "failed"
    DELIVERED = "delivered"


RANK = {state: place for place, state in enumerate(MessageState)}
"""Later states weigh more. A text that arrived has arrived, whatever report comes after."""

TAKEN = (MessageState.SENT, MessageState.FAILED, MessageState.DELIVERED)
"""The provider has had the text: it is not handed over again."""


class HeldBecause(StrEnum):
    """Why a text was not handed to the provider."""

    ABROAD = "abroad"  # a number outside the country's numbering plan
    STOPPED = "stopped"  # the number said STOP since the text was written
    CAP_NUMBER = "cap_number"
    CAP_PREFIX = "cap_prefix"
    CAP_OFFICE = "cap_office"
    CAP_DAY = "cap_day"


class Wish(StrEnum):
    """What a phone asked of us about texts nobody waits for."""

    STOP = "stop"
    START = "start"
