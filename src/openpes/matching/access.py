"""Who may see matches and start a national run. Deny by default."""

from __future__ import annotations

from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted


def require_may_view(actor: Actor, *, person_id: int, office_id: int) -> None:
    """The person themselves or their office. Raises NotPermitted."""
    if actor.may("match.view_own", person_id=person_id) or actor.may("match.view", office_id=office_id):
        return
    raise NotPermitted("match.view")


def require_may_run(actor: Actor) -> None:
    """Only the system and administrators start a national run. Raises NotPermitted."""
    if not actor.everywhere("match.run"):
        raise NotPermitted("match.run")
