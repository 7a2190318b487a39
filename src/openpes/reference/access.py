"""What an actor may do with the law in force. Deny by default; reading it is everybody's right."""

from __future__ import annotations

from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted

SIGN = "law.sign"
AGREE = "law.agree"
GO_LIVE = "service.go_live"


def require_officer(verb: str, actor: Actor) -> None:
    """A person with an account who holds the verb for the whole service. Raises NotPermitted."""
    if actor.account_id is None or not actor.everywhere(verb):
        raise NotPermitted(verb)
