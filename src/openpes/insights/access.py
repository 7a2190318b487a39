"""Who may see which figures. Deny by default."""

from __future__ import annotations

from dataclasses import dataclass

from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted


@dataclass(frozen=True)
class FiguresScope:
    """What an actor may see: the whole service (small counts hidden) and the own offices (as they are)."""

    everywhere: bool
    office_ids: frozenset[int]


def scope_of(actor: Actor) -> FiguresScope:
    """Raises NotPermitted for those who see no figures."""
    everywhere = actor.everywhere("figures.view")
    offices = actor.scope_ids("figures.view_office", "office")
    if not everywhere and not offices:
        raise NotPermitted("figures.view")
    return FiguresScope(everywhere, offices)


def require_may(verb: str, actor: Actor) -> None:
    """Raises NotPermitted unless the actor may do this for the whole service."""
    if not actor.everywhere(verb):
        raise NotPermitted(verb)
