"""A vacancy by text message: a draft, what is missing in one short text, and a YES that puts it before an officer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from openpes.core.actors import Actor
from openpes.core.decisions import Refused
from openpes.organisations.models import Employer
from openpes.reference import titles
from openpes.reference.country import area_choices, area_name, currency, today
from openpes.reference.yes_no import says_yes, yes_word
from openpes.vacancies.draft_operations import keep_draft, submit_draft
from openpes.vacancies.models import Vacancy
from openpes.vacancies.operations import Offered, check_offered
from openpes.vacancies.queries import draft_of_source
from openpes.vacancies.rules import may_submit
from openpes.vacancies.text_line import Line, read_line
from openpes.vacancies.words import words_of

SOURCE = "text"
EXAMPLE = "VAC COOK 2 12000 CEBU"


@dataclass(frozen=True)
class TextDraft:
    """What became of a message: the draft (None when nothing is missing to keep), and the answer to send."""

    draft: Vacancy | None
    reply: str
    is_ready: bool = False


def offered_of_line(line: Line, employer: Employer) -> Offered:
    """The job that a message says; the kind of work is the likeliest, and the employer's own place stands in."""
    found = titles.search(line.title, employer.language, limit=1) if line.title else []
    return Offered(
        title=line.title[:120].capitalize(),
        isco=found[0].isco if found else "",
        places=line.places or 1,
        area_code=line.area_code or employer.area_code,
        pay_amount=line.pay,
        pay_currency=currency() if line.pay is not None else "",
        pay_period=line.period,
    )


def post_by_text(*, text: str, employer: Employer, by: Actor, at: datetime) -> TextDraft:
    """Read a message into a draft and answer it. Raises NotPermitted; a message that is no vacancy keeps nothing."""
    with override(employer.language):
        line = read_line(text, [*area_choices(employer.language), *area_choices("en")])
        if line is None or not line.title:
            return TextDraft(None, _("Write like this: %(example)s") % {"example": EXAMPLE})
        offered = offered_of_line(line, employer)
        draft = keep_draft(offered=offered, employer=employer, source=SOURCE, by=by, at=at)
        decision = may_submit(check_offered(offered, employer=employer, on=today(at)))
        if decision.refused:
            wrong = " ".join(words_of(one.code, one.facts, one.text) for one in decision.reasons[:2])
            return TextDraft(draft, wrong)
        return TextDraft(draft, _summary(offered, employer.language), is_ready=True)


def _summary(offered: Offered, language: str) -> str:
    pay = f"{offered.pay_amount} {offered.pay_currency}" if offered.pay_amount is not None else "-"
    facts = {
        "title": offered.title,
        "places": offered.places,
        "pay": pay,
        "area": area_name(offered.area_code, language),
    }
    sentence = _("%(title)s, %(places)s places, pay %(pay)s, %(area)s. Send YES to give it to the office.")
    # Every catalogue keeps the word YES; people are asked for the word of their own language.
    return sentence.replace("YES", yes_word(language)) % facts


def hear_answer(*, text: str, employer: Employer, by: Actor, at: datetime) -> TextDraft | None:
    """A text that may be the answer to a draft: yes sends it in, no throws nothing away. None for any other text."""
    said = says_yes(text, employer.language)
    return send_text_draft(employer=employer, by=by, at=at) if said else None


def send_text_draft(*, employer: Employer, by: Actor, at: datetime) -> TextDraft:
    """YES: the draft goes before an officer. What stops it is said, and the draft stays."""
    with override(employer.language):
        draft = draft_of_source(employer_id=employer.pk, source=SOURCE)
        if draft is None:
            return TextDraft(None, _("Write like this: %(example)s") % {"example": EXAMPLE})
        try:
            sent = submit_draft(vacancy=draft, by=by, at=at)
        except Refused as refused:
            reasons = refused.decision.reasons[:2]
            return TextDraft(draft, " ".join(words_of(one.code, one.facts, one.text) for one in reasons))
        return TextDraft(
            sent, _("Sent. An officer reads it next, and makes it public when all is in order."), is_ready=True
        )
