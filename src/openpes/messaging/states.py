"""States of a message."""

from enum import StrEnum


class MessageState(StrEnum):
    """Where a text stands."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    HELD = "held"
