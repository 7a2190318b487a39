"""Kannel: texts are handed to its smsbox by HTTP; it reports deliveries to the address given with each text.

Settings: OPENPES_SMS_URL (http://localhost:13013/cgi-bin/sendsms), OPENPES_SMS_USER, OPENPES_SMS_PASSWORD,
OPENPES_SMS_FROM (our number), OPENPES_SMS_SECRET (what its calls to us carry). docs/how-to/run-kannel.md.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode
from urllib.request import Request

from django.conf import settings

from openpes.messaging.providers._calling import NotTaken, call
from openpes.messaging.segments import is_gsm

NAME = "kannel"
# Delivered, failed, refused by the operator's centre; the steps between are not asked for.
DLR_MASK = 1 | 2 | 16
GSM, UCS2 = 0, 2


def address_of(*, number: str, text: str, message_id: int) -> str:
    """The call that hands a text over."""
    told = urlencode({"secret": settings.SMS_SECRET, "message": message_id})
    asked = {
        "username": settings.SMS_USER,
        "password": settings.SMS_PASSWORD,
        "from": settings.SMS_FROM,
        "to": number,
        "text": text,
        "charset": "UTF-8",
        "coding": GSM if is_gsm(text) else UCS2,
        "dlr-mask": DLR_MASK,
        # %d and %I are filled in by Kannel.
        "dlr-url": f"{settings.BASE_URL}/sms/kannel/delivered?{told}&status=%d",
    }
    return f"{settings.SMS_URL}?{urlencode(asked)}"


def send(*, number: str, text: str, message_id: int, at: datetime) -> str:
    """Hand a text over; Kannel answers "0: Accepted for delivery" or "3: Queued". Raises NotTaken."""
    answer = call(Request(address_of(number=number, text=text, message_id=message_id)))
    if not answer.startswith(("0:", "3:")):
        raise NotTaken(f"Kannel answered: {answer[:200]}")
    return f"kannel-{message_id}"
