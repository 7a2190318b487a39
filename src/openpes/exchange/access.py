"""Who may exchange papers and ask what-ifs. Deny by default."""

from __future__ import annotations

from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted


def require(verb: str, actor: Actor) -> None:
    """The verb for the whole service. Raises NotPermitted."""
    if not actor.everywhere(verb):
        raise NotPermitted(verb)
