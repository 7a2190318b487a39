"""What a firm says from its own phone: about an introduction, how many places are left, a vacancy, the yes to it."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import override

from openpes.core.decisions import NotFound, NotPermitted, Refused
from openpes.dialogues.rules import plain
from openpes.dialogues.states import Ask, Came, Channel
from openpes.dialogues.words import say
from openpes.journeys.answer_by_text import (
    answer_by_text,
    employer_by_phone,
    require_own_referral,
    still_open_by_text,
)
from openpes.journeys.post_by_text import hear_answer, post_by_text
from openpes.organisations.models import Employer
from openpes.organisations.public_lookup import employers_at
from openpes.reference.yes_no import is_yes_or_no
from openpes.referrals.states import Answer, NotHiredReason
from openpes.referrals.words import NOT_HIRED_REASON

ANSWERS = {
    1: Answer.INTERVIEW,
    2: Answer.HIRED,
    3: Answer.NOT_HIRED,
    4: Answer.FILLED,
    5: Answer.DECIDING,
}
WHY = tuple(NotHiredReason)
# The letters of an introduction or a job with one number, or two for a no with its reason; the numbers may come first.
LINE = re.compile(
    r"^(?P<ref>[0-9A-Za-z]{8,10})(?P<after>(\s+\d{1,3}){1,2})$|^(?P<before>\d{1,3})\s+(?P<late>[0-9A-Za-z]{8,10})$"
)
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
        ref = answers["ref"] or answers["late"]
        return _heard(ask, firms[0], ref, [int(one) for one in (answers["after"] or answers["before"]).split()])
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


def _heard(ask: Ask, employer: Employer, ref: str, numbers: list[int]) -> Came:
    """The letters may name an introduction, or a job of which the number says how many places are left."""
    shown = {"ref": ref.upper()}
    try:
        if len(numbers) == 1 and still_open_by_text(number=ask.address, ref=ref, places_left=numbers[0], at=ask.at):
            return _told(employer, say("firm_answered", shown, employer.language))
        answer, why = ANSWERS.get(numbers[0]), numbers[1] if len(numbers) > 1 else None
        if answer == Answer.NOT_HIRED and (why is None or not 1 <= why <= len(WHY)):
            return _told(employer, _ask_why(ask.address, shown, employer.language))
        if answer is None or (why is not None and answer != Answer.NOT_HIRED):
            return _told(employer, say("firm_help", shown, employer.language))
        reason = WHY[why - 1].value if why is not None else ""
        answer_by_text(number=ask.address, ref=ref, answer=answer, reason=reason, at=ask.at)
    except (NotFound, NotPermitted, Refused):
        return _told(employer, say("firm_help", shown, employer.language))
    return _told(employer, say("firm_answered", shown, employer.language))


def _ask_why(number: str, shown: dict[str, str], language: str) -> str:
    """A no has a reason, and nobody makes one up for the firm. Raises NotFound for an introduction of another firm."""
    require_own_referral(number=number, ref=shown["ref"])
    with override(language):
        listed = ", ".join(f"{place} {NOT_HIRED_REASON[one]}" for place, one in enumerate(WHY, start=1))
        return _("Why not? Send %(ref)s 3 and one of these numbers: %(list)s") % {**shown, "list": listed}
