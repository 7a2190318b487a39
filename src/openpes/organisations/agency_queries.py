"""Reads of the register of licensed agencies. Everybody may read it.

newest_list() -> AgencyList | None                 the list that holds, with the day it speaks of
find_agencies("sun", on=day) -> list[Found]        by name or licence number, with what each licence is worth
licence_of(number, on=day, wanted=OVERSEAS)        what the register says of one number; UNKNOWN without a list
overseas_licence_of(employer, on=day) -> Licence   the same for an employer that offers work abroad
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from openpes.organisations.agency_models import Agency, AgencyList
from openpes.organisations.models import Employer
from openpes.organisations.rules import LicenceFacts, licence_on
from openpes.organisations.states import AgencyKind, AgencyStatus, Licence
from openpes.people.names import match_key

MOST_FOUND = 20
SHORTEST, WHOLE_NUMBER = 2, 5


@dataclass(frozen=True)
class Found:
    """An agency with what its licence is worth on the day asked about; not on the newest list: NOT_LISTED."""

    agency: Agency
    licence: Licence


def number_key(number: str) -> str:
    """A licence number without what people leave out or add: blanks, dashes, case."""
    return "".join(sign for sign in number.casefold() if sign.isalnum())[:60]


def newest_list() -> AgencyList | None:
    """The list that holds; None when none was ever loaded."""
    return AgencyList.objects.order_by("-pk").first()


def _worth(agency: Agency, newest: AgencyList | None, on: date, wanted: AgencyKind | None) -> Licence:
    if newest is None or agency.listed_id != newest.pk:
        return Licence.NOT_LISTED
    facts = LicenceFacts(AgencyKind(agency.kind), AgencyStatus(agency.status), agency.valid_from, agency.valid_before)
    return licence_on(facts, on, wanted=wanted)


def find_agencies(text: str, *, on: date) -> list[Found]:
    """Agencies whose name or number fits, at most MOST_FOUND; an exact number first. Two queries."""
    name, number = match_key(text), number_key(text)
    if len(number) < SHORTEST:
        return []
    wanted = Q(number_key=number) | Q(name__icontains=text.strip())
    if len(number) >= WHOLE_NUMBER:
        # Licence numbers are often quoted without their ending.
        wanted |= Q(number_key__startswith=number)
    if name:
        wanted |= Q(name_key__contains=name)
    newest = newest_list()
    rows = Agency.objects.filter(wanted).order_by("name", "pk")[:MOST_FOUND]
    found = [Found(row, _worth(row, newest, on, None)) for row in rows]
    return sorted(found, key=lambda one: one.agency.number_key != number)


def licence_of(number: str, *, on: date, wanted: AgencyKind) -> Licence:
    """What the register says of a licence number for placing people there. UNKNOWN without a number or a list."""
    newest = newest_list()
    if newest is None or not number_key(number):
        return Licence.UNKNOWN
    rows = [row for row in Agency.objects.filter(number_key=number_key(number)) if row.listed_id == newest.pk]
    worth = {_worth(row, newest, on, wanted) for row in rows}
    order = (
        Licence.LIVE,
        Licence.CANCELLED,
        Licence.SUSPENDED,
        Licence.EXPIRED,
        Licence.NOT_YET,
        Licence.UNKNOWN,
        Licence.OTHER_KIND,
    )
    return next((one for one in order if one in worth), Licence.NOT_LISTED)


def overseas_licence_of(employer: Employer, *, on: date) -> Licence:
    """May this employer place people in work abroad, as far as the register tells?"""
    return licence_of(employer.agency_licence, on=on, wanted=AgencyKind.OVERSEAS)
