"""Reads of the circumstances room, each for one purpose that the person has agreed to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openpes.circumstances.access import is_own, require_may_view
from openpes.circumstances.models import Agreement, Barrier, GroupMembership, Need
from openpes.circumstances.rules import may_read
from openpes.circumstances.states import Severity, UsedFor
from openpes.core.access_log import record_view
from openpes.core.actors import Actor
from openpes.core.privacy import export_rows
from openpes.jobseekers.models import Jobseeker
from openpes.reference.country import country


@dataclass(frozen=True)
class Circumstances:
    """What a person told for one purpose. All empty where they have not agreed to it."""

    agreed: frozenset[UsedFor]
    barriers: tuple[Barrier, ...] = ()
    needs: tuple[Need, ...] = ()
    groups: frozenset[str] = frozenset()


def group_codes() -> tuple[str, ...]:
    """The codes of the priority groups that the country in force names."""
    return tuple(group.code for group in country().priority_groups)


def agreed_uses(person_id: int) -> frozenset[UsedFor]:
    """For what the person's circumstances may be used now."""
    rows = Agreement.objects.filter(person=person_id, withdrawn_at=None).values_list("purpose", flat=True)
    return frozenset(UsedFor(one) for one in rows)


def circumstances_of(actor: Actor, jobseeker: Jobseeker, *, purpose: UsedFor, at: datetime) -> Circumstances:
    """What a person told, for one purpose; the look is logged and shown to them. Raises NotPermitted."""
    require_may_view(actor, jobseeker)
    agreed = agreed_uses(jobseeker.person_id)
    own = is_own(actor, jobseeker)
    if not own:
        if not may_read(agreed=agreed, purpose=purpose):
            return Circumstances(agreed)
        record_view(
            by=actor, at=at, subject=jobseeker.person.log_key, thing=f"circumstances:{jobseeker.ref}", reason=purpose
        )
    person = jobseeker.person_id
    # Barriers and needs were told for guidance: no other purpose reads them.
    guides = own or purpose == UsedFor.GUIDANCE
    return Circumstances(
        agreed,
        tuple(Barrier.objects.filter(person=person, ended_at=None)) if guides else (),
        tuple(Need.objects.filter(person=person).order_by("kind")) if guides else (),
        frozenset(GroupMembership.objects.filter(person=person).values_list("code", flat=True)),
    )


def count_heavy_barriers(actor: Actor, jobseeker: Jobseeker) -> int | None:
    """How many things block the way altogether, without saying what; None where the person did not agree."""
    require_may_view(actor, jobseeker)
    if not may_read(agreed=agreed_uses(jobseeker.person_id), purpose=UsedFor.GUIDANCE):
        return None
    return Barrier.objects.filter(person=jobseeker.person_id, ended_at=None, severity=Severity.BLOCKS).count()


def people_of_groups(person_ids: Iterable[int], *, purpose: UsedFor) -> dict[int, frozenset[str]]:
    """Groups by person, of those who agreed to this purpose; two queries however many people."""
    wanted = list(person_ids)
    agreed = set(
        Agreement.objects.filter(person__in=wanted, purpose=purpose, withdrawn_at=None).values_list("person", flat=True)
    )
    found: dict[int, set[str]] = {}
    for person, code in GroupMembership.objects.filter(person__in=agreed).values_list("person", "code"):
        found.setdefault(person, set()).add(code)
    return {person: frozenset(codes) for person, codes in found.items()}


def members_of_groups(codes: Iterable[str], *, purpose: UsedFor) -> dict[str, frozenset[int]]:
    """People by group, of those who say they belong to it and agreed to this purpose; two queries, and no names."""
    rows = GroupMembership.objects.filter(code__in=list(codes)).values_list("code", "person")
    agreed = set(Agreement.objects.filter(purpose=purpose, withdrawn_at=None).values_list("person", flat=True))
    found: dict[str, set[int]] = {code: set() for code in codes}
    for code, person in rows:
        if person in agreed:
            found[code].add(person)
    return {code: frozenset(people) for code, people in found.items()}


def first_groups(person_ids: Iterable[int]) -> dict[int, str]:
    """The group by which a person comes first, the first in the pack's order, of those who agreed to priority."""
    held = people_of_groups(person_ids, purpose=UsedFor.PRIORITY)
    return {
        person: next(code for code in group_codes() if code in codes)
        for person, codes in held.items()
        if codes & set(group_codes())
    }


def export_person(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """All that this room knows about a person, for their own download."""
    return {
        "circumstances agreed": export_rows(Agreement, person_id),
        "barriers": export_rows(Barrier, person_id),
        "needs at work": export_rows(Need, person_id),
        "groups": export_rows(GroupMembership, person_id),
    }
