"""Writes to the register of licensed agencies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Reason, Refused, no
from openpes.organisations.access import require_everywhere, require_may_employer
from openpes.organisations.agency_models import Agency, AgencyList
from openpes.organisations.agency_queries import number_key
from openpes.organisations.models import Employer
from openpes.organisations.states import AgencyKind, AgencyStatus
from openpes.people import names


@dataclass(frozen=True)
class NewAgency:
    """A line of a list. `valid_before` is the first day on which the licence no longer holds."""

    name: str
    licence_number: str
    kind: AgencyKind
    valid_from: date | None = None
    valid_before: date | None = None
    status: AgencyStatus = AgencyStatus.VALID
    address: str = ""


@dataclass(frozen=True)
class ListTaken:
    """What became of a list."""

    made: int
    changed: int
    already: int
    gone: int


@transaction.atomic
def take_agency_list(
    *,
    agencies: list[NewAgency],
    as_of: date,
    source: str,
    sha256: str,
    by: Actor,
    at: datetime,
    synthetic: bool = False,
) -> ListTaken:
    """Make this list the register: what it does not name is no longer on it. The same list again changes nothing.

    Raises NotPermitted, and Refused for a list older than the one that holds, or an empty one.
    """
    require_everywhere("agency.load", by)
    newest = AgencyList.objects.order_by("-pk").first()
    if newest is not None and as_of < newest.as_of:
        raise Refused(no(Reason("list_is_older", {"held": newest.as_of.isoformat()})))
    if not agencies:
        raise Refused(no(Reason("list_is_empty")))
    held = {(one.number_key, one.kind): one for one in Agency.objects.all()}
    was_listed = {key for key, one in held.items() if newest is not None and one.listed_id == newest.pk}
    if newest is not None and newest.sha256 == sha256 and newest.as_of == as_of:
        return ListTaken(0, 0, len(agencies), 0)
    taken = AgencyList.objects.create(
        as_of=as_of, source=source[:300], sha256=sha256, rows=len(agencies), loaded_at=at, loaded_by=by.log_key
    )
    made: list[Agency] = []
    kept: list[Agency] = []
    changed = 0
    for new in agencies:
        key = (number_key(new.licence_number), new.kind.value)
        columns = _columns(new)
        row = held.get(key)
        if row is None:
            made.append(Agency(number_key=key[0], kind=key[1], listed=taken, synthetic=synthetic, **columns))
            continue
        changed += any(getattr(row, name) != value for name, value in columns.items()) or key not in was_listed
        for name, value in columns.items():
            setattr(row, name, value)
        row.listed = taken
        kept.append(row)
    Agency.objects.bulk_create(made, batch_size=500)
    if kept:
        Agency.objects.bulk_update(kept, [*_columns(agencies[0]), "listed"], batch_size=500)
    gone = len(was_listed - {(row.number_key, row.kind) for row in kept})
    record_change(
        by=by,
        at=at,
        verb="agency.list",
        thing=f"agencies:{taken.pk}",
        detail={"as_of": as_of.isoformat(), "rows": len(agencies), "sha256": sha256, "gone": gone},
    )
    return ListTaken(len(made), changed, len(kept) - changed, gone)


def _columns(new: NewAgency) -> dict[str, object]:
    return {
        "name": names.as_given(new.name)[:200],
        "name_key": names.match_key(new.name)[:200],
        "licence_number": new.licence_number.strip()[:60],
        "valid_from": new.valid_from,
        "valid_before": new.valid_before,
        "status": new.status.value,
        "address": new.address.strip()[:300],
    }


@transaction.atomic
def set_agency_licence(*, employer: Employer, number: str, by: Actor, at: datetime) -> Employer:
    """Write down which licence an employer says that it holds; the register says what it is worth."""
    require_may_employer("employer.edit", by, employer)
    employer.agency_licence = number.strip()[:60]
    employer.save(update_fields=["agency_licence"])
    record_change(by=by, at=at, verb="employer.licence", thing=f"employer:{employer.ref}")
    return employer
