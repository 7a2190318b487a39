"""The door of a USSD gateway: one screen at a time, with the same talk behind it that texts and pages have.

A signed POST (see `messaging.signing`) of {"session", "turn", "from", "text"}: the session as the operator names it,
its turns counted from 0, and what was typed; nothing is typed when somebody dials. The answer is `CON ` and a screen
while something can be typed, else `END ` and the last screen. A turn that is handed in twice is answered twice the
same, and heard once. What does not fit on one screen goes on with 00.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse

from openpes.core.ids import keyed_hash
from openpes.dialogues import operations as dialogues
from openpes.dialogues.queries import open_at
from openpes.messaging.queries import number_from_gateway
from openpes.messaging.segments import is_gsm
from openpes.people.phones import NotAPhone
from openpes.people.queries import people_at
from openpes.sms.gateways import LONGEST_TEXT, signed

SCREEN, SCREEN_WIDE_LETTERS = 160, 80
MORE, MORE_SIGN = "00", " 00>"
# Operators end a session after a few minutes of silence.
SESSION = timedelta(minutes=10)


@signed
def ussd_heard(request: HttpRequest, given: dict[str, Any]) -> HttpResponse:
    """One turn of a session."""
    session, turn, number, text = (given.get(name) for name in ("session", "turn", "from", "text"))
    words = (session, number, text)
    if not all(isinstance(one, str) for one in words) or not session or type(turn) is not int:
        return JsonResponse({"problem": "Give session, from and text as texts, and turn as a number."}, status=400)
    try:
        number = number_from_gateway(str(number)[:40])
    except NotAPhone:
        return JsonResponse({"problem": "This is no phone number: give it like +639171234567."}, status=400)
    typed = str(text)[:LONGEST_TEXT].replace("\x00", "").strip()
    answer = take_turn(session=f"{session}", turn=turn, number=number, typed=typed, at=request.at)  # type: ignore[attr-defined]
    return HttpResponse(answer, content_type="text/plain; charset=utf-8")


@transaction.atomic
def take_turn(*, session: str, turn: int, number: str, typed: str, at: datetime) -> str:
    """Hear one turn, or repeat the answer to it. Nothing that was typed is kept here."""
    key = keyed_hash(f"ussd:{number}:{session}", settings.SECRET_KEY)[:32]
    row = Session.objects.select_for_update().filter(session_key=key, expire_date__gt=at).first()
    held = row.get_decoded() if row is not None else {}
    if held.get("turn") == turn:
        return str(held["answer"])
    rest = held.get("rest", "")
    goes_on = bool(rest) and typed == MORE
    said = rest if goes_on else _understood(number, typed, at)
    screen, rest = one_screen(said)
    may_type = bool(rest) or not typed or bool(open_at(number, since=dialogues.open_since(at)))
    answer = f"{'CON' if may_type else 'END'} {screen}"
    data = SessionStore().encode({"turn": turn, "answer": answer, "rest": rest})
    Session.objects.update_or_create(session_key=key, defaults={"session_data": data, "expire_date": at + SESSION})
    return answer


def _understood(number: str, typed: str, at: datetime) -> str:
    """What the talk says; who dials sees the question that waits, else what can be done, else how to begin."""
    if not typed:
        waiting = open_at(number, since=dialogues.open_since(at))
        if waiting:
            return dialogues.question_of(waiting[0])
        typed = "HELP" if people_at(number) else "JOB"
    replies = dialogues.hear(channel="ussd", address=number, text=typed, at=at)
    return " ".join(one.text for one in replies)


def one_screen(text: str) -> tuple[str, str]:
    """(what fits on a screen, what is left), cut between words where there are blanks."""
    most = SCREEN if is_gsm(text) else SCREEN_WIDE_LETTERS
    if len(text) <= most:
        return text, ""
    room = most - len(MORE_SIGN)
    cut = text.rfind(" ", 0, room + 1)
    cut = cut if cut > room // 2 else room
    return text[:cut] + MORE_SIGN, text[cut:].strip()
