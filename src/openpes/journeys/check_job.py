"""Is this job real? What the service knows about a text, a number or a link's name. No link is ever opened."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from openpes.complaints.public_lookup import count_reports
from openpes.organisations.agency_queries import find_agencies
from openpes.organisations.public_lookup import checked_firms
from openpes.organisations.states import Licence
from openpes.people.names import match_key
from openpes.people.phones import NotAPhone, normalise
from openpes.reference.country import country, today
from openpes_countries.advert_checks import Evidence
from openpes_countries.advert_findings import find_signals, points_of

LONGEST = 4000
NUMBER = re.compile(r"\+?\d[\d \-().]{5,16}\d")
LINK = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,24})(/[\w./-]*)?", re.IGNORECASE)
A_YEAR = timedelta(days=365)
A_NAME = 60


class Verdict(StrEnum):
    """What is known of who offers a job."""

    WARNED = "warned"
    REGISTERED = "registered"
    AGENCY = "agency"
    UNKNOWN = "unknown"


class Band(StrEnum):
    """How often it was reported, in bands: small numbers point at people."""

    NONE = "none"
    FEW = "few"
    MANY = "many"


@dataclass(frozen=True)
class Checked:
    """The answer: the verdict, the checked firms by their public names, the signs that were found, the reports."""

    verdict: Verdict
    firms: tuple[str, ...]
    signals: tuple[Evidence, ...]
    reports: Band


def numbers_in(text: str) -> list[str]:
    """The phone numbers in a text, in E.164."""
    found = []
    for one in NUMBER.findall(text)[:8]:
        try:
            found.append(normalise(one, country().code))
        except NotAPhone:
            continue
    return found


def links_in(text: str) -> list[str]:
    """The names of links in a text, as host and first step of the path: what somebody else's report would name too."""
    return [f"{host.lower()}{path.rstrip('/')}" for host, path in LINK.findall(text)[:8]]


def _band(reports: int, *, many_from: int) -> Band:
    if reports == 0:
        return Band.NONE
    return Band.MANY if reports >= many_from else Band.FEW


def check_job(text: str, *, at: datetime) -> Checked:
    """What is known. A warning goes before everything: a good name can be borrowed."""
    text, on = text.strip()[:LONGEST], today(at)
    pack = country()
    numbers, links = numbers_in(text), links_in(text)
    firms = checked_firms(key=match_key(text), numbers=numbers)
    signals = find_signals(text, tuple({*(one.tag for one in pack.languages), "en"}))
    marks = [*(one.lstrip("+")[-8:] for one in numbers), *numbers, *links]
    reports = count_reports(marks=marks, employer_ids={one.pk for one in firms}, since=at - A_YEAR)
    band = _band(reports, many_from=int(pack.value("dialogues.reports_many_from", on=on).value))
    held_from = int(pack.value("advert_signals.held_from", on=on).value)
    if band == Band.MANY or points_of(signals) >= held_from:
        verdict = Verdict.WARNED
    elif firms:
        verdict = Verdict.REGISTERED
    elif len(text) <= A_NAME and any(one.licence == Licence.LIVE for one in find_agencies(text, on=on)):
        verdict = Verdict.AGENCY
    else:
        verdict = Verdict.UNKNOWN
    return Checked(verdict, tuple(sorted({one.name for one in firms})), tuple(signals), band)
