"""Bulk writing of synthetic offices, employers and memberships for a demonstration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.organisations.models import Agency, Business, Employer, Membership, Office
from openpes.organisations.operations import NewEmployer, NewOffice
from openpes.organisations.states import EmployerState
from openpes.people import names


@dataclass(frozen=True, slots=True)
class SyntheticOffice:
    """An office that is drawn, not real."""

    ref: str
    new: NewOffice


@dataclass(frozen=True, slots=True)
class SyntheticEmployer:
    """An employer as drawn. `decided_by_id` names the officer for every state but "submitted"."""

    ref: str
    new: NewEmployer
    office_id: int
    state: EmployerState
    registered_at: datetime
    decided_by_id: int | None = None
    decided_at: datetime | None = None
    decision_note: str = ""


@dataclass(frozen=True, slots=True)
class SyntheticMembership:
    """A role of a synthetic account in one place."""

    account_id: int
    role: str
    starts_on: date
    office_id: int | None = None
    employer_id: int | None = None


@dataclass(frozen=True, slots=True)
class PlaceOfAccount:
    """Where an account works: its first living role and the name of the office or employer ("" for the service)."""

    username: str
    name: str
    role: str
    place: str


@transaction.atomic
def write_offices(*, rows: Sequence[SyntheticOffice], by: Actor, at: datetime) -> list[int]:
    """Write offices; one that exists under its code is taken over. Returns their keys in the order given."""
    keys = []
    for row in rows:
        new = row.new
        office, _created = Office.objects.update_or_create(
            code=new.code,
            defaults={
                "name": names.as_given(new.name),
                "area_code": new.area_code,
                "level": new.level,
                "address": new.address,
                "phone": new.phone,
                "opening_hours": new.opening_hours,
                "latitude": new.latitude,
                "longitude": new.longitude,
                "is_open": True,
            },
            create_defaults={
                "ref": row.ref,
                "code": new.code,
                "name": names.as_given(new.name),
                "area_code": new.area_code,
                "level": new.level,
                "address": new.address,
                "phone": new.phone,
                "opening_hours": new.opening_hours,
                "latitude": new.latitude,
                "longitude": new.longitude,
                "synthetic": True,
            },
        )
        keys.append(office.pk)
    record_change(by=by, at=at, verb="office.seed", thing="demo:nation", detail={"offices": len(keys)})
    return keys


@transaction.atomic
def write_employers(*, rows: Sequence[SyntheticEmployer], by: Actor, at: datetime) -> list[int]:
    """Write employers; returns their keys in the order given."""
    employers = Employer.objects.bulk_create(
        [
            Employer(
                ref=row.ref,
                name=names.as_given(row.new.name),
                name_key=names.match_key(row.new.name)[:200],
                registration_number=row.new.registration_number,
                sector=row.new.sector,
                size_band=row.new.size_band,
                area_code=row.new.area_code,
                address=row.new.address,
                latitude=row.new.latitude,
                longitude=row.new.longitude,
                office_id=row.office_id,
                contact_name=names.as_given(row.new.contact_name),
                contact_phone=row.new.contact_phone,
                language=row.new.language,
                state=row.state,
                decided_by_id=row.decided_by_id,
                decided_at=row.decided_at,
                decision_note=row.decision_note,
                registered_at=row.registered_at,
                synthetic=True,
            )
            for row in rows
        ]
    )
    record_change(by=by, at=at, verb="employer.seed", thing="demo:nation", detail={"employers": len(employers)})
    return [employer.pk for employer in employers]


@transaction.atomic
def write_memberships(*, rows: Sequence[SyntheticMembership], by: Actor, at: datetime) -> None:
    """Give synthetic accounts their roles."""
    Membership.objects.bulk_create(
        [
            Membership(
                account_id=row.account_id,
                role=row.role,
                office_id=row.office_id,
                employer_id=row.employer_id,
                starts_on=row.starts_on,
            )
            for row in rows
        ]
    )
    record_change(by=by, at=at, verb="membership.seed", thing="demo:nation", detail={"memberships": len(rows)})


@transaction.atomic
def set_answer_counts(*, counts: Mapping[int, tuple[int, int]], by: Actor, at: datetime) -> None:
    """Set the introductions that ended and the answers among them, by employer key."""
    rows = [
        Employer(pk=key, introductions=ended, answers=answered) for key, (ended, answered) in sorted(counts.items())
    ]
    Employer.objects.bulk_update(rows, ["introductions", "answers"], batch_size=200)
    record_change(by=by, at=at, verb="employer.seed_answers", thing="demo:nation", detail={"employers": len(rows)})


def wipe_synthetic() -> int:
    """Remove synthetic employers and roles, in the caller's transaction. Offices stay: others may lean on them."""
    removed = Membership.objects.filter(account__synthetic=True).delete()[0]
    removed += Membership.objects.filter(employer__synthetic=True).delete()[0]
    removed += Agency.objects.filter(synthetic=True).delete()[0]
    removed += Business.objects.filter(synthetic=True).delete()[0]
    return removed + Employer.objects.filter(synthetic=True).delete()[0]


def places_of(usernames: Iterable[str]) -> dict[str, PlaceOfAccount]:
    """Role and place of synthetic accounts by sign-in name; names that do not exist are left out."""
    rows = (
        Membership.objects.filter(
            account__username__in=list(usernames), account__synthetic=True, account__is_active=True, ended_at=None
        )
        .select_related("account", "office", "employer", "partner")
        .order_by("-pk")
    )
    return {
        row.account.username: PlaceOfAccount(
            row.account.username,
            row.account.name,
            row.role,
            next((place.name for place in (row.office, row.employer, row.partner) if place is not None), ""),
        )
        for row in rows
    }
