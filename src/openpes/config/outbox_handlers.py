"""Who does which work that follows a change. Importing this file registers the handlers, in a worker."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from openpes.core.outbox import register_handler
from openpes.journeys import import_list
from openpes.messaging import operations as messaging
from openpes.sms.hearing import hear


def _send_text(payload: dict[str, Any], at: datetime) -> None:
    messaging.send_text(message_id=int(payload["message"]), at=at)


def _hear_text(payload: dict[str, Any], at: datetime) -> None:
    hear(int(payload["incoming"]), at)


register_handler(messaging.SEND, _send_text)
register_handler(messaging.HEAR, _hear_text)
register_handler(import_list.WORK, import_list.work_of)
