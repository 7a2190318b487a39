"""Who acts: an account, a signed link, a phone, the system, or a visitor. Plain data, built at the doors.

Roles and their verbs are words to this room; what they mean is written in `openpes.people.roles`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class ActorKind(StrEnum):
    """The ways somebody can reach the service."""

    VISITOR = "visitor"
    ACCOUNT = "account"
    SIGNED_LINK = "signed_link"
    PHONE = "phone"
    SYSTEM = "system"


@dataclass(frozen=True)
class Grant:
    """One role held in one place. `scope` is "office", "employer", "partner", "person" or "service" (everywhere)."""

    role: str
    verbs: frozenset[str]
    scope: str
    scope_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """Somebody who asks for something.

    `log_key` is a pseudonym: the logs carry it instead of a name, and erasing a person forgets whose it was.
    """

    kind: ActorKind
    log_key: str
    grants: tuple[Grant, ...] = ()
    account_id: int | None = None
    person_id: int | None = None
    label: str = field(default="", compare=False)

    def may(
        self,
        verb: str,
        *,
        office_id: int | None = None,
        employer_id: int | None = None,
        person_id: int | None = None,
        partner_id: int | None = None,
    ) -> bool:
        """True when one of the actor's grants holds the verb for the place asked about (or everywhere)."""
        wanted = {"office": office_id, "employer": employer_id, "person": person_id, "partner": partner_id}
        return any(
            verb in grant.verbs
            and (grant.scope == "service" or (grant.scope_id is not None and wanted.get(grant.scope) == grant.scope_id))
            for grant in self.grants
        )

    def holds(self, verb: str) -> bool:
        """True when the verb is held somewhere, whatever the place. For menus, never for a decision on a record."""
        return any(verb in grant.verbs for grant in self.grants)

    def has_role(self, *roles: str) -> bool:
        """True when the actor holds one of these roles somewhere."""
        return any(grant.role in roles for grant in self.grants)

    def scope_ids(self, verb: str, scope: str) -> frozenset[int]:
        """The offices (or employers, persons) for which the verb is held."""
        return frozenset(
            grant.scope_id
            for grant in self.grants
            if grant.scope == scope and grant.scope_id is not None and verb in grant.verbs
        )

    def everywhere(self, verb: str) -> bool:
        """True when the verb is held for the whole service."""
        return any(grant.scope == "service" and verb in grant.verbs for grant in self.grants)


VISITOR = Actor(kind=ActorKind.VISITOR, log_key="visitor", label="visitor")


def system(*verbs: str, label: str = "system") -> Actor:
    """The service itself, granted exactly the verbs that a clock or a command needs."""
    return Actor(
        kind=ActorKind.SYSTEM,
        log_key=f"system:{label}",
        grants=(Grant(role="system", verbs=frozenset(verbs), scope="service"),),
        label=label,
    )
