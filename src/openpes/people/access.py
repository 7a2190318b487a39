"""What an actor may do with people. Deny by default."""

from __future__ import annotations

from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted


def require_may_search(actor: Actor) -> None:
    """Only staff who serve people may search for them. Raises NotPermitted."""
    if not actor.holds("person.search"):
        raise NotPermitted("person.search")


def require_own_or(actor: Actor, *, person_id: int, verb_own: str, verb_else: str = "") -> None:
    """The person themselves, or somebody who holds the other verb everywhere. Raises NotPermitted."""
    if actor.may(verb_own, person_id=person_id):
        return
    if verb_else and actor.everywhere(verb_else):
        return
    raise NotPermitted(verb_own)
