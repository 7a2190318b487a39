"""For demonstrations: a text is "sent" by being kept, and is read on the screen of the demonstration."""

from __future__ import annotations

from datetime import datetime

NAME = "screen"


def send(*, number: str, text: str, message_id: int, at: datetime) -> str:
    """Take the text; the row of the message is the delivery."""
    return f"screen-{message_id}"
