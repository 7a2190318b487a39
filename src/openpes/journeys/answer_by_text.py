"""An employer answers by text message: the number it is known by, and the short reference of introduction or job."""

from __future__ import annotations

from datetime import date, datetime

from openpes.core.actors import Actor, ActorKind, Grant
from openpes.core.decisions import NotFound
from openpes.core.ids import fold_ref
from openpes.journeys.answer_referral import answer_referral
from openpes.journeys.still_open import say_still_open
from openpes.organisations.models import Employer
from openpes.referrals.models import Referral
from openpes.referrals.queries import referral_by_ref
from openpes.referrals.states import Answer, AnswerChannel
from openpes.vacancies.queries import vacancy_by_ref
from openpes.vacancies.states import Channel


def employer_by_phone(employer: Employer) -> Actor:
    """Whoever texts from a firm's own number: the firm, to answer, to post a vacancy, to say what is left of it."""
    verbs = frozenset({"referral.answer", "outcome.say_employer", "vacancy.post", "vacancy.edit", "vacancy.close"})
    grants = (Grant("phone", verbs, "employer", employer.pk),)
    return Actor(ActorKind.PHONE, f"phone:employer:{employer.ref}", grants, label="employer, by text message")


def answer_by_text(
    *, number: str, ref: str, answer: Answer, reason: str = "", starts_on: date | None = None, at: datetime
) -> Referral:
    """Answer about the introduction with this reference. `number` is E.164 and must be the firm's own.

    Raises NotFound for another number or reference, with no word of which; Refused as the page does.
    """
    referral = require_own_referral(number=number, ref=ref)
    return answer_referral(
        referral=referral,
        answer=answer,
        reason=reason,
        starts_on=starts_on,
        channel=AnswerChannel.SMS,
        by=employer_by_phone(referral.vacancy.employer),
        at=at,
    )


def require_own_referral(*, number: str, ref: str) -> Referral:
    """The introduction with this reference, for the firm that has this number. Raises NotFound."""
    referral = referral_by_ref(fold_ref(ref))
    _require_own(referral.vacancy.employer, number)
    return referral


def still_open_by_text(*, number: str, ref: str, places_left: int, at: datetime) -> bool:
    """The firm says how many places of a job are left; none ends it as filled. False: no job has this reference.

    Raises NotFound for the job of another firm, Refused as the page does.
    """
    try:
        vacancy = vacancy_by_ref(fold_ref(ref))
    except NotFound:
        return False
    _require_own(vacancy.employer, number)
    by = employer_by_phone(vacancy.employer)
    say_still_open(vacancy=vacancy, places_left=places_left, channel=Channel.SMS, by=by, at=at)
    return True


def _require_own(employer: Employer, number: str) -> None:
    if not employer.contact_phone or employer.contact_phone != number:
        raise NotFound("referral")
