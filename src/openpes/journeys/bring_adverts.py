"""A firm hands in its whole list of adverts: looked at first, then taken row by row, and safe to be handed in again.

Each advert passes the same check as one written by hand and waits for the same officer. The firm's own key tells what
is new, changed, the same or over; a row that comes again unchanged says that the job is still open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction

from openpes.core import files
from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted, Refused
from openpes.core.fetching import NotFetched, fetch
from openpes.core.tables import UnreadableTable
from openpes.imports.adverts import AdvertRow, advert_table, read_advert
from openpes.journeys.answer_referral import close_vacancy
from openpes.journeys.feed_makers import pause_orphans
from openpes.organisations.models import Employer
from openpes.reference.country import country, today
from openpes.vacancies import feed_operations as feeds
from openpes.vacancies.draft_operations import TakenAs, take_vacancy
from openpes.vacancies.feed_models import VacancyFeed
from openpes.vacancies.liveness_operations import confirm_vacancy
from openpes.vacancies.models import Vacancy
from openpes.vacancies.states import Channel, CloseReason, VacancyState

AT_ONCE = 20
SHOWN_PROBLEMS = 50


class RowIs(StrEnum):
    """What became of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    CLOSED = "closed"
    BAD = "bad"


@dataclass
class RowTold:
    """One row with what became of it; problems are plain (field, code, facts, text)."""

    line: int
    reference: str
    title: str
    what: RowIs
    problems: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Brought:
    """A list with what became of its rows. `is_trial`: nothing was written."""

    rows: list[RowTold]
    is_trial: bool

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are what."""
        found = Counter(one.what.value for one in self.rows)
        return {one.value: found.get(one.value, 0) for one in RowIs}

    @property
    def bad(self) -> list[RowTold]:
        """Rows to mend."""
        return [one for one in self.rows if one.what == RowIs.BAD]


def policy(name: str, at: datetime) -> int:
    """A number of the policy on lists of adverts."""
    return int(country().value(f"employers.{name}", on=today(at)).value)


@transaction.atomic
def bring_adverts(
    *,
    content: bytes,
    employer: Employer,
    language: str,
    is_whole: bool,
    is_trial: bool,
    by: Actor,
    at: datetime,
) -> Brought:
    """Take a firm's list. A trial writes nothing. `is_whole`: open adverts of earlier lists that it misses are closed.

    Raises UnreadableTable with the mend, NotPermitted. A bad row stops no other row.
    """
    if not by.may("vacancy.post", employer_id=employer.pk, office_id=employer.office_id):
        raise NotPermitted("vacancy.post")
    table = advert_table(content, most_mb=policy("feed_largest_mb", at), most_rows=policy("feed_longest_rows", at))
    read = [read_advert(row, language=language, firm_area=employer.area_code, on=today(at)) for row in table]
    _mark_twice(read)
    told = [_take(one, employer, by, at) for one in read]
    if is_whole:
        told += _close_missing(employer, {one.reference for one in read}, by, at)
    transaction.set_rollback(is_trial)
    return Brought(told, is_trial)


def keep_list(*, content: bytes, name: str, by: Actor, at: datetime) -> str:
    """Keep a list that was looked at, so that it can be taken as it was. Returns its reference."""
    return files.store(content=content, name=name, media_type="application/octet-stream", by=by, at=at).ref


def kept_list(ref: str, *, by: Actor) -> bytes:
    """A list that this very person looked at. Raises NotFound."""
    return files.read_own(ref, by=by)


def _mark_twice(rows: Sequence[AdvertRow]) -> None:
    first: dict[str, int] = {}
    for one in rows:
        if one.reference and one.reference in first:
            one.wrong("reference", "key_twice", row=first[one.reference])
        first.setdefault(one.reference, one.line)


def _take(row: AdvertRow, employer: Employer, by: Actor, at: datetime) -> RowTold:
    told = RowTold(row.line, row.reference, row.title, RowIs.BAD, row.problems)
    if row.problems:
        return told
    try:
        with transaction.atomic():
            told.what = _end(row, employer, by, at) if row.is_over else _offer(row, employer, by, at)
    except Refused as refused:
        told.what = RowIs.BAD
        told.problems = [
            {"field": "", "code": one.code, "facts": dict(one.facts), "text": one.text}
            for one in refused.decision.reasons
        ]
    return told


def _end(row: AdvertRow, employer: Employer, by: Actor, at: datetime) -> RowIs:
    held = feeds.vacancy_of_key(employer, row.reference)
    if held is None or held.state == VacancyState.CLOSED:
        return RowIs.SAME
    close_vacancy(vacancy=held, reason=CloseReason.WITHDRAWN, by=by, at=at)
    return RowIs.CLOSED


def _offer(row: AdvertRow, employer: Employer, by: Actor, at: datetime) -> RowIs:
    held = feeds.vacancy_of_key(employer, row.reference)
    if held is not None and held.state == VacancyState.CLOSED:
        row.wrong("reference", "closed_already")
        return RowIs.BAD
    if row.offered is None:
        return RowIs.BAD
    vacancy, taken = take_vacancy(
        offered=row.offered, employer=employer, external_id=row.reference, source=feeds.SOURCE, by=by, at=at
    )
    if taken == TakenAs.SAME:
        _still_open(vacancy, by, at)
    return {TakenAs.NEW: RowIs.NEW, TakenAs.CHANGED: RowIs.CHANGED, TakenAs.SAME: RowIs.SAME}[taken]


def _still_open(vacancy: Vacancy, by: Actor, at: datetime) -> None:
    """The firm names it again: it is open, unless an officer holds it or has not read it yet."""
    try:
        with transaction.atomic():
            confirm_vacancy(vacancy=vacancy, places_left=vacancy.places_left, by=by, at=at, channel=Channel.FEED)
    except Refused:
        return


def _close_missing(employer: Employer, named: set[str], by: Actor, at: datetime) -> list[RowTold]:
    gone = feeds.open_from_lists(employer, apart_from=named)
    for one in gone:
        close_vacancy(vacancy=one, reason=CloseReason.WITHDRAWN, by=by, at=at)
    return [RowTold(0, one.external_id, one.title, RowIs.CLOSED) for one in gone]


def take_pushed(*, feed: VacancyFeed, content: bytes, at: datetime) -> Brought:
    """A list that a firm's system sends. Raises UnreadableTable."""
    brought = bring_adverts(
        content=content,
        employer=feed.employer,
        language=feed.employer.language,
        is_whole=feed.is_whole,
        is_trial=False,
        by=feeds.on_behalf_of(feed),
        at=at,
    )
    feeds.note_feed(feed=feed, told=told_of(brought), is_taken=True, at=at)
    return brought


def told_of(brought: Brought) -> dict[str, Any]:
    """What became of a list, as it is kept: counts, and the first rows to mend."""
    return {
        "counts": brought.counts,
        "bad": [
            {"line": one.line, "reference": one.reference, "problems": one.problems}
            for one in brought.bad[:SHOWN_PROBLEMS]
        ],
    }


def pull_feeds(*, at: datetime, fetcher: Any = fetch) -> dict[str, int]:
    """Read every address that is due. What cannot be read is written down for the firm, and tried again later."""
    done = {"feeds_paused": pause_orphans(at=at), "feeds_read": 0, "feeds_failed": 0}
    before = at - timedelta(hours=policy("feed_every_hours", at))
    for feed in feeds.feeds_due(tried_before=before, limit=AT_ONCE):
        try:
            content = fetcher(
                feed.address, most_bytes=policy("feed_largest_mb", at) * 1024 * 1024, seconds=policy("feed_seconds", at)
            )
            take_pushed(feed=feed, content=content, at=at)
            done["feeds_read"] += 1
        except NotFetched as error:
            feeds.note_feed(feed=feed, told={"error": error.code, "status": error.status}, is_taken=False, at=at)
            done["feeds_failed"] += 1
        except UnreadableTable as error:
            feeds.note_feed(feed=feed, told={"error": "unreadable", "text": str(error)}, is_taken=False, at=at)
            done["feeds_failed"] += 1
    return done
