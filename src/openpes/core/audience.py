"""Each view says for whom it is. A view without an audience answers nobody: deny by default.

The words of all doors: pages (`openpes.web`) and the doors of gateways (`openpes.sms`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


class Door(StrEnum):
    """The ways a page can be open."""

    PUBLIC = "public"  # anybody
    SIGNED_IN = "signed_in"  # any account, before its second factor
    ROLES = "roles"  # accounts that hold one of the roles
    SIGNED_LINK = "signed_link"  # whoever holds the link; the view checks the signature
    DEMO = "demo"  # anybody, on a demonstration only


@dataclass(frozen=True)
class Audience:
    """For whom a view is. `roles` are role codes, for Door.ROLES only."""

    door: Door
    roles: tuple[str, ...] = field(default=())


def audience(door: Door | str, *roles: str) -> Callable[[View], View]:
    """Declare for whom a view is: `@audience(Door.PUBLIC)` or `@audience(Door.ROLES, "counsellor")`."""
    declared = Audience(Door(door), roles)
    if (declared.door == Door.ROLES) != bool(roles):
        raise ValueError("Door.ROLES names its roles; the other doors name none.")

    def declare(view: View) -> View:
        view.audience = declared  # type: ignore[attr-defined]
        return view

    return declare
