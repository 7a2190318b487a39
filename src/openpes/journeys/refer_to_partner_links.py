"""The link by which a partner without an account sees one person and answers. It opens that one, and nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core import signing
from django.urls import reverse

from openpes.core.actors import Actor, ActorKind, Grant
from openpes.core.decisions import NotFound
from openpes.partnerships.access import ONE_REFERRAL, RECEIVES
from openpes.partnerships.models import PartnerReferral
from openpes.partnerships.queries import policy_days, received_one, referral_by_ref
from openpes.reference.country import today

SALT = "openpes.partner"


def partner_answer_token(referral: PartnerReferral, *, at: datetime) -> str:
    """The token of a link to one referral."""
    return signing.dumps([referral.ref, int(at.timestamp())], salt=SALT, compress=False)


def partner_answer_path(token: str) -> str:
    """The address behind which the token is answered."""
    return reverse("web:partner_answer", args=[token])


def holder_of(token: str, *, at: datetime) -> tuple[Actor, str]:
    """The actor that a link makes of its holder, and the number of its referral. Raises NotFound."""
    try:
        ref, made = signing.loads(token, salt=SALT)
        made_at = datetime.fromtimestamp(int(made), at.tzinfo)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise NotFound("link") from error
    if at - made_at > timedelta(days=policy_days("link_days", on=today(at))):
        raise NotFound("link")
    referral = referral_by_ref(str(ref))
    grant = Grant("signed_link", frozenset({RECEIVES}), ONE_REFERRAL, referral.pk)
    label = f"{referral.agreement.partner.name}, by link"
    return Actor(ActorKind.SIGNED_LINK, f"link:{referral.ref}", (grant,), label=label), referral.ref


def behind_link(token: str, *, at: datetime) -> tuple[Actor, PartnerReferral]:
    """The one referral that a link opens, if its door is open now; the look is logged. Raises NotFound."""
    actor, ref = holder_of(token, at=at)
    return actor, received_one(actor, ref, at=at)
