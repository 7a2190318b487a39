"""The business register that a country loads, and what it says of a firm that wants to be checked.

newest_business_list() -> BusinessList | None     the list that holds, with the day it speaks of
register_says(employer) -> Said                   match, near match, other name, struck off, not listed, unknown
take_business_list(businesses=..., as_of=...)     a whole list replaces all that stood before
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Reason, Refused, no
from openpes.organisations.access import require_everywhere
from openpes.organisations.firm_models import Business, BusinessList
from openpes.organisations.models import Employer
from openpes.organisations.rules import NEAR_NAME, Listed, name_likeness, word_of_register
from openpes.organisations.states import BusinessStatus, RegisterWord
from openpes.people import names

MOST_SHOWN = 5
FIRST_LETTERS = 4
MOST_COMPARED = 400


@dataclass(frozen=True)
class NewBusiness:
    """A line of a list of the business register."""

    name: str
    number: str
    status: BusinessStatus = BusinessStatus.ACTIVE
    registered_on: date | None = None


@dataclass(frozen=True)
class Said:
    """What the register says of a firm, and the lines that it rests on, the likest first."""

    word: RegisterWord
    lines: tuple[Business, ...] = ()


def number_key(number: str) -> str:
    """A business number without what people leave out or add: blanks, dashes, case."""
    return "".join(sign for sign in number.casefold() if sign.isalnum())[:60]


def newest_business_list() -> BusinessList | None:
    """The list that holds; None when none was ever loaded."""
    return BusinessList.objects.order_by("-pk").first()


def register_says(employer: Employer) -> Said:
    """What the register says of a firm's name and number. At most three reads, however long the register is."""
    if newest_business_list() is None:
        return Said(RegisterWord.UNKNOWN)
    key, number = names.match_key(employer.name)[:200], number_key(employer.registration_number)
    wanted = Q(name_key=key)
    if number:
        wanted |= Q(number_key=number)
    rows = list(Business.objects.filter(wanted).order_by("pk")[:MOST_SHOWN])
    if not rows and len(key) >= FIRST_LETTERS:
        rows = list(Business.objects.filter(name_key__startswith=key[:FIRST_LETTERS]).order_by("pk")[:MOST_COMPARED])
    lines = [Listed(row.name_key, row.number_key, BusinessStatus(row.status)) for row in rows]
    word = word_of_register(name_key=key, number_key=number, lines=lines)
    near = [row for row in rows if row.number_key == number != "" or name_likeness(row.name_key, key) >= NEAR_NAME]
    near.sort(key=lambda row: (row.number_key != number, -name_likeness(row.name_key, key), row.pk))
    return Said(word, tuple(near[:MOST_SHOWN]))


@transaction.atomic
def take_business_list(
    *,
    businesses: list[NewBusiness],
    as_of: date,
    source: str,
    sha256: str,
    by: Actor,
    at: datetime,
    synthetic: bool = False,
) -> tuple[BusinessList, bool]:
    """Make this list the register. Returns it and whether it is new: the same list again changes nothing.

    Raises NotPermitted, and Refused for an empty list or one that is older than the one that holds.
    """
    require_everywhere("register.load", by)
    newest = newest_business_list()
    if newest is not None and newest.sha256 == sha256 and newest.as_of == as_of:
        return newest, False
    if newest is not None and as_of < newest.as_of:
        raise Refused(no(Reason("list_is_older", {"held": newest.as_of.isoformat()})))
    if not businesses:
        raise Refused(no(Reason("list_is_empty")))
    taken = BusinessList.objects.create(
        as_of=as_of, source=source[:300], sha256=sha256, rows=len(businesses), loaded_at=at, loaded_by=by.log_key
    )
    Business.objects.all().delete()
    Business.objects.bulk_create(
        (
            Business(
                name=names.as_given(one.name)[:200],
                name_key=names.match_key(one.name)[:200],
                number=one.number.strip()[:60],
                number_key=number_key(one.number),
                status=one.status.value,
                registered_on=one.registered_on,
                synthetic=synthetic,
            )
            for one in businesses
        ),
        batch_size=1000,
    )
    record_change(
        by=by,
        at=at,
        verb="register.list",
        thing=f"businesses:{taken.pk}",
        detail={"as_of": as_of.isoformat(), "rows": len(businesses), "sha256": sha256},
    )
    return taken, True
