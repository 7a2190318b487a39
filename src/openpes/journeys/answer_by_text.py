"""An employer answers by text message: the number it is known by, and the short reference of the introduction."""

from __future__ import annotations

from datetime import date, datetime

from openpes.core.actors import Actor, ActorKind, Grant
from openpes.core.decisions import NotFound
from openpes.core.ids import fold_ref
from openpes.journeys.answer_referral import answer_referral
from openpes.organisations.models import Employer
from openpes.referrals.models import Referral
from openpes.referrals.queries import referral_by_ref
from openpes.referrals.states import Answer, AnswerChannel


def employer_by_phone(employer: Employer) -> Actor:
    """Whoever texts from a firm's own number: the firm, for answering and for a vacancy in one line."""
    verbs = frozenset({"referral.answer", "outcome.say_employer", "vacancy.post"})
    grants = (Grant("phone", verbs, "employer", employer.pk),)
    return Actor(ActorKind.PHONE, f"phone:employer:{employer.ref}", grants, label="employer, by text message")


def answer_by_text(
    *, number: str, ref: str, answer: Answer, reason: str = "", starts_on: date | None = None, at: datetime
) -> Referral:
    """Answer about the introduction with this reference. `number` is E.164 and must be the firm's own.

    Raises NotFound for another number or reference, with no word of which; Refused as the page does.
    """
    referral = referral_by_ref(fold_ref(ref))
    employer = referral.vacancy.employer
    if not employer.contact_phone or employer.contact_phone != number:
        raise NotFound("referral")
    return answer_referral(
        referral=referral,
        answer=answer,
        reason=reason,
        starts_on=starts_on,
        channel=AnswerChannel.SMS,
        by=employer_by_phone(employer),
        at=at,
    )
