"""Any gateway that takes a signed JSON text by HTTP and calls back with signed JSON.

Settings: OPENPES_SMS_URL, OPENPES_SMS_SECRET (signs what goes and what comes), OPENPES_SMS_FROM, OPENPES_SMS_BODY (a
JSON object whose values may be "{number}", "{text}", "{ref}", "{from}"). docs/how-to/add-a-channel.md.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from urllib.request import Request

from django.conf import settings

from openpes.messaging.providers._calling import call
from openpes.messaging.signing import SIGNATURE, TIME, signature_of

NAME = "http"


def body_of(*, number: str, text: str, message_id: int) -> bytes:
    """The JSON of a text, as the setting shapes it. Raises ValueError for a setting that is no JSON object."""
    shape = json.loads(settings.SMS_BODY)
    if not isinstance(shape, dict):
        raise ValueError("OPENPES_SMS_BODY must be a JSON object.")
    values = {"{number}": number, "{text}": text, "{ref}": str(message_id), "{from}": settings.SMS_FROM}

    def filled(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: filled(part) for key, part in value.items()}
        return values.get(value, value) if isinstance(value, str) else value

    return json.dumps(filled(shape), ensure_ascii=False).encode()


def send(*, number: str, text: str, message_id: int, at: datetime) -> str:
    """Hand a text over; the reference is the gateway's "ref" or "id", else ours. Raises NotTaken."""
    body, moment = body_of(number=number, text=text, message_id=message_id), str(int(at.timestamp()))
    request = Request(settings.SMS_URL, data=body, method="POST")
    request.add_header("Content-Type", "application/json")
    # A text that is tried again carries the same key, so that the gateway can leave the double out.
    request.add_header("Idempotency-Key", f"openpes-{message_id}")
    request.add_header(TIME, moment)
    request.add_header(SIGNATURE, signature_of(body, moment, settings.SMS_SECRET))
    try:
        answer = json.loads(call(request))
    except ValueError:
        answer = {}
    said = answer.get("ref") or answer.get("id") if isinstance(answer, dict) else None
    return str(said or message_id)[:80]
