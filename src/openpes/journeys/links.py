"""Signed links: whoever holds one may do what it names, for one thing, until it ends. No account, no password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.urls import reverse

from openpes.core.actors import Actor, ActorKind, Grant
from openpes.core.decisions import NotFound

SALT = "openpes.answer"
LINK_LIVES = timedelta(days=90)


@dataclass(frozen=True)
class AnswerLink:
    """What an answer link says: which referral, for which employer, made when."""

    referral_ref: str
    employer_id: int
    made_at: datetime


def answer_token(*, referral_ref: str, employer_id: int, at: datetime) -> str:
    """The token of a link by which an employer answers about one introduced person."""
    return signing.dumps([referral_ref, employer_id, int(at.timestamp())], salt=SALT, compress=False)


def answer_path(token: str) -> str:
    """The address behind which the token is answered."""
    return reverse("web:answer", args=[token])


def read_answer_token(token: str, *, at: datetime) -> AnswerLink:
    """What a token says. Raises NotFound when it was altered or has grown too old."""
    try:
        ref, employer_id, made = signing.loads(token, salt=SALT)
        link = AnswerLink(str(ref), int(employer_id), datetime.fromtimestamp(made, at.tzinfo))
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise NotFound("link") from error
    if at - link.made_at > LINK_LIVES:
        raise NotFound("link")
    return link


def link_actor(link: AnswerLink) -> Actor:
    """The actor that a link makes of its holder: the employer, for answering only."""
    verbs = frozenset({"referral.answer", "outcome.say_employer"})
    return Actor(
        ActorKind.SIGNED_LINK,
        f"link:{link.referral_ref}",
        (Grant("signed_link", verbs, "employer", link.employer_id),),
        label="employer, by link",
    )
