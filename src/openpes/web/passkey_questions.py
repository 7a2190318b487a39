"""The question that a device signs, kept in the session between the page that asks and the form that answers."""

from __future__ import annotations

from datetime import datetime

from openpes.people.passkeys import QUESTION_LASTS, Question
from openpes.web.requests import OpenpesRequest

ASKED = "passkey_asked"


def keep_question(request: OpenpesRequest, question: Question, *, purpose: str) -> str:
    """Remember what was asked, and for what; returns the options for the browser."""
    request.session[ASKED] = {"for": purpose, "challenge": question.challenge, "at": request.at.isoformat()}
    return question.options


def asked(request: OpenpesRequest, *, purpose: str) -> str:
    """What was asked last for a purpose, once and not for long; else the empty text, which no device signed."""
    held = request.session.pop(ASKED, None) or {}
    if held.get("for") != purpose:
        return ""
    fresh = request.at - datetime.fromisoformat(held["at"]) < QUESTION_LASTS
    return str(held["challenge"]) if fresh else ""
