"""What a partner without an account says from its own phone: yes, no, no place, first contact. One person at a time."""

from __future__ import annotations

import re

from django.db import transaction
from django.utils.translation import gettext, override

from openpes.core.actors import Actor, ActorKind, Grant
from openpes.core.decisions import NotFound, NotPermitted, Refused
from openpes.core.ids import fold_ref
from openpes.dialogues.rules import plain
from openpes.dialogues.states import Ask, Came, Channel
from openpes.dialogues.words import say
from openpes.partnerships import operations as partnerships
from openpes.partnerships.access import ONE_REFERRAL, RECEIVES
from openpes.partnerships.models import PartnerReferral
from openpes.partnerships.queries import received_one, referral_by_ref
from openpes.partnerships.states import PartnerAnswer, PartnerStep
from openpes.reference.country import today

ANSWERS = {"1": PartnerAnswer.ACCEPT, "2": PartnerAnswer.DECLINE, "3": PartnerAnswer.NO_PLACE}
MET = "4"
LINE = re.compile(r"^([0-9A-Za-z]{8,10})\s+([1-4])(?:\s+(.*))?$")


def partner_by_phone(referral: PartnerReferral) -> Actor:
    """Whoever texts from the number of a partner: that partner, for the one referral that the text names."""
    partner = referral.agreement.partner
    grant = Grant("phone", frozenset({RECEIVES}), ONE_REFERRAL, referral.pk)
    label = f"{partner.name}, by text message"
    return Actor(ActorKind.PHONE, f"phone:partner:{partner.ref}", (grant,), label=label)


def hear_partner(ask: Ask) -> Came | None:
    """The answer to a partner's text; None when the text names nobody who was sent to a partner with this number."""
    said = LINE.match(plain(ask.text)) if ask.channel == Channel.SMS else None
    if said is None:
        return None
    try:
        referral = referral_by_ref(fold_ref(said.group(1)))
    except NotFound:
        return None
    partner = referral.agreement.partner
    if not partner.contact_phone or partner.contact_phone != ask.address:
        return None
    try:
        _do(referral, said.group(2), (said.group(3) or "").strip(), ask)
    except (NotFound, NotPermitted, Refused):
        return _told(referral, "partner_help")
    return _told(referral, "firm_answered")


@transaction.atomic
def _do(referral: PartnerReferral, digit: str, words: str, ask: Ask) -> None:
    by, at = partner_by_phone(referral), ask.at
    # The same door as the link: closed from the moment the person takes their yes back. The look is logged.
    held = received_one(by, referral.ref, at=at)
    if digit == MET:
        partnerships.note_step(referral=held, step=PartnerStep.FIRST_CONTACT, on=today(at), words=words, by=by, at=at)
        return
    if digit == "2" and not words:
        with override(referral.agreement.partner.language):
            words = gettext("Answered by text message.")
    partnerships.answer(referral=held, answer=ANSWERS[digit], words=words, by=by, at=at)


def _told(referral: PartnerReferral, sentence: str) -> Came:
    language = referral.agreement.partner.language
    return Came("done", language=language, as_told=say(sentence, {"ref": referral.ref}, language))
