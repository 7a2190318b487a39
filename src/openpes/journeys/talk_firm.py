"""What a firm says from its own phone: an answer about an introduction, a vacancy in one line, the yes to it."""

from __future__ import annotations

import re

from openpes.core.decisions import NotFound, NotPermitted, Refused
from openpes.dialogues.rules import plain
from openpes.dialogues.states import Ask, Came, Channel
from openpes.dialogues.words import say
from openpes.journeys.answer_by_text import answer_by_text, employer_by_phone
from openpes.journeys.post_by_text import hear_answer, post_by_text
from openpes.organisations.models import Employer
from openpes.organisations.public_lookup import employers_at
from openpes.reference.yes_no import is_yes_or_no
from openpes.referrals.states import Answer

ANSWERS = {"1": Answer.INTERVIEW, "2": Answer.HIRED, "3": Answer.NOT_HIRED, "4": Answer.FILLED}
REASON = "another_candidate"
LINE = re.compile(r"^([0-9A-Za-z]{8,10})\s+([1-4])$|^([1-4])\s+([0-9A-Za-z]{8,10})$")
VACANCY = re.compile(r"^VAC\b", re.IGNORECASE)


def hear_firm(ask: Ask) -> Came | None:
    """The answer to a firm's text, or None when the text is not a firm's business (its phone is a person's, too)."""
    if ask.channel != Channel.SMS:
        return None
    said = plain(ask.text)
    answers, posts = LINE.match(said), VACANCY.match(said)
    if not (answers or posts or is_yes_or_no(said)):
        return None
    firms = employers_at(ask.address)
    if not firms:
        return None
    if answers:
        ref, digit = answers.group(1) or answers.group(4), answers.group(2) or answers.group(3)
        return _answered(ask, firms[0], ref, ANSWERS[digit])
    employer = firms[0]
    by = employer_by_phone(employer)
    if posts:
        try:
            return _told(employer, post_by_text(text=said, employer=employer, by=by, at=ask.at).reply)
        except (NotPermitted, Refused):
            return _told(employer, say("firm_help", {"ref": "ABCD2345"}, employer.language))
    try:
        sent = hear_answer(text=said, employer=employer, by=by, at=ask.at)
    except (NotPermitted, Refused):
        return None
    return _told(employer, sent.reply) if sent is not None and sent.draft is not None else None


def _told(employer: Employer, text: str) -> Came:
    return Came("done", language=employer.language, as_told=text)


def _answered(ask: Ask, employer: Employer, ref: str, answer: Answer) -> Came:
    reason = REASON if answer == Answer.NOT_HIRED else ""
    try:
        answer_by_text(number=ask.address, ref=ref, answer=answer, reason=reason, at=ask.at)
    except (NotFound, NotPermitted, Refused):
        return _told(employer, say("firm_help", {"ref": ref.upper()}, employer.language))
    return _told(employer, say("firm_answered", {"ref": ref.upper()}, employer.language))
