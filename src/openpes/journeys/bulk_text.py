"""One text to many: who would get it, what it costs, and sending it once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from openpes.appointments import contacting
from openpes.appointments.contacts import bulk_text_by_key, last_contact
from openpes.appointments.models import BulkText
from openpes.appointments.queries import said_stop
from openpes.appointments.slots import day_bounds
from openpes.core.actors import Actor
from openpes.core.decisions import Reason, Refused, no
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import ChosenPeople, choose_people
from openpes.messaging.operations import queue_text
from openpes.messaging.queries import count_texts, loud_from
from openpes.messaging.segments import segments_of
from openpes.messaging.words import text_of
from openpes.organisations.models import Office
from openpes.people.queries import phones_of
from openpes.reference.country import country, today


@dataclass(frozen=True)
class Preview:
    """Who gets a text to many. `segments` is the most for one person, `total` for all; `left_out` counts by reason."""

    people: tuple[Jobseeker, ...]
    text: str
    segments: int
    total: int
    units: int
    goes_at: datetime
    left_out: Mapping[str, int]
    numbers: Mapping[int, str] = field(repr=False, default_factory=dict)


def policy(key: str, at: datetime) -> int:
    """A whole number of the desk's policy."""
    return int(country().value(f"desk.{key}", on=today(at)).value)


def preview(
    *, office: Office, chosen: ChosenPeople, not_contacted_days: int | None, words: str, by: Actor, at: datetime
) -> Preview:
    """Who would get this text and who would not, and why not. Raises Refused when nobody or too many would."""
    words = " ".join(words.split())
    if not words:
        raise Refused(no(Reason("empty_text")))
    most = policy("bulk_most_people", at)
    found = choose_people(by, office.pk, chosen, limit=most + 1)
    if not_contacted_days is not None:
        spoken = last_contact(one.pk for one in found)
        found = [one for one in found if one.pk not in spoken or (at - spoken[one.pk]).days >= not_contacted_days]
    if len(found) > most:
        raise Refused(no(Reason("too_many_people", {"most": most})))
    kept, left_out, numbers = _reachable(found, at)
    if not kept:
        raise Refused(no(Reason("nobody_left")))
    texts = {
        one.pk: text_of("from_office", {"office": office.name, "words": words}, one.person.language) for one in kept
    }
    sizes = [segments_of(text) for text in texts.values()]
    longest = policy("bulk_most_segments", at)
    if max(sizes) > longest:
        raise Refused(no(Reason("text_too_long", {"most": longest})))
    return Preview(
        people=tuple(kept),
        text=texts[kept[0].pk],
        segments=max(sizes),
        total=sum(sizes),
        units=sum(sizes) * policy("segment_cost_units", at),
        goes_at=loud_from(at),
        left_out=left_out,
        numbers=numbers,
    )


def _reachable(found: list[Jobseeker], at: datetime) -> tuple[list[Jobseeker], dict[str, int], dict[int, str]]:
    """Those who can and want to get a text today, how many not and why, and the number of each."""
    stop = said_stop(one.pk for one in found)
    phones = phones_of(one.person_id for one in found)
    since = day_bounds(today(at), country().timezone)[0]
    today_texts = count_texts([one.person_id for one in found], since=since)
    cap = int(country().value("messaging.daily_cap_per_person", on=today(at)).value)
    kept: list[Jobseeker] = []
    left_out = {"no_phone": 0, "said_stop": 0, "enough_today": 0, "same_phone": 0}
    numbers: dict[int, str] = {}
    used: set[str] = set()
    for one in found:
        phone = phones.get(one.person_id)
        if phone is None:
            left_out["no_phone"] += 1
        elif one.pk in stop:
            left_out["said_stop"] += 1
        elif today_texts.get(one.person_id, 0) >= cap:
            left_out["enough_today"] += 1
        elif phone.number in used:
            left_out["same_phone"] += 1  # one phone in a family gets the text once
        else:
            kept.append(one)
            used.add(phone.number)
            numbers[one.pk] = phone.number
    return kept, {reason: count for reason, count in left_out.items() if count}, numbers


@transaction.atomic
def send_bulk_text(
    *,
    office: Office,
    chosen: ChosenPeople,
    not_contacted_days: int | None,
    words: str,
    key: str,
    shown: Mapping[str, Any],
    by: Actor,
    at: datetime,
) -> BulkText:
    """Send one text to many through the outbox, once: the same key again sends nothing and returns what was sent."""
    before = bulk_text_by_key(key)
    if before is not None:
        return before
    seen = preview(office=office, chosen=chosen, not_contacted_days=not_contacted_days, words=words, by=by, at=at)
    bulk = contacting.open_bulk_text(
        office=office,
        key=key,
        words=" ".join(words.split()),
        chosen=shown,
        people=len(seen.people),
        segments=seen.total,
        left_out=seen.left_out,
        goes_at=seen.goes_at,
        by=by,
        at=at,
    )
    if bulk is None:
        sent = bulk_text_by_key(key)
        assert sent is not None
        return sent
    for one in seen.people:
        queue_text(
            number=seen.numbers[one.pk],
            kind="from_office",
            facts={"office": office.name, "words": bulk.words},
            language=one.person.language,
            at=at,
            person_id=one.person_id,
            synthetic=one.person.synthetic,
            office_id=office.pk,
            due_at=seen.goes_at,
        )
    contacting.note_texted(bulk=bulk, jobseeker_ids=[one.pk for one in seen.people], by=by, at=at)
    return bulk
