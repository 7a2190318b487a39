"""Writes about contacts: calls, texts to many, STOP and START, and a counsellor's wishes for the list of calls."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from openpes.appointments.access import require_at_office
from openpes.appointments.models import BulkText, CallWish, Contact, NoTexts
from openpes.appointments.states import ContactResult, ContactWay, Way, Wish
from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import NotPermitted, Reason, Refused, no
from openpes.jobseekers.models import Jobseeker
from openpes.organisations.models import Office


@transaction.atomic
def record_contact(
    *,
    jobseeker: Jobseeker,
    way: ContactWay,
    result: ContactResult,
    note: str,
    by: Actor,
    at: datetime,
    call_again_on: date | None = None,
    happened_at: datetime | None = None,
) -> Contact:
    """Write down one contact. "Call again" names the day. `happened_at`: when it was, if it is keyed in later."""
    require_at_office("contact.record", by, jobseeker.office_id)
    if result == ContactResult.CALL_AGAIN and call_again_on is None:
        raise Refused(no(Reason("day_needed")))
    contact = Contact.objects.create(
        jobseeker=jobseeker,
        office_id=jobseeker.office_id,
        at=happened_at or at,
        way=way,
        result=result,
        note=note.strip()[:400],
        by_id=by.account_id,
        call_again_on=call_again_on if result == ContactResult.CALL_AGAIN else None,
    )
    record_change(
        by=by,
        at=at,
        verb=f"contact.{result.value}",
        thing=f"jobseeker:{jobseeker.ref}",
        subject=jobseeker.person.log_key,
    )
    return contact


@transaction.atomic
def open_bulk_text(
    *,
    office: Office,
    key: str,
    words: str,
    chosen: Mapping[str, Any],
    people: int,
    segments: int,
    left_out: Mapping[str, int],
    goes_at: datetime,
    by: Actor,
    at: datetime,
) -> BulkText | None:
    """Begin a text to many under a key; None when this key was used: then everything is sent already."""
    require_at_office("text.bulk", by, office.pk)
    bulk, made = BulkText.objects.get_or_create(
        key=key,
        defaults={
            "office": office,
            "made_by_id": by.account_id,
            "words": words,
            "chosen": dict(chosen),
            "people": people,
            "segments": segments,
            "left_out": dict(left_out),
            "made_at": at,
            "goes_at": goes_at,
        },
    )
    if not made:
        return None
    record_change(by=by, at=at, verb="text.bulk", thing=f"text:{bulk.ref}", detail={"people": people})
    return bulk


def note_texted(*, bulk: BulkText, jobseeker_ids: list[int], by: Actor, at: datetime) -> None:
    """Write a text to many into each person's contact history. In the journey's transaction."""
    Contact.objects.bulk_create(
        [
            Contact(
                jobseeker_id=key,
                office_id=bulk.office_id,
                at=at,
                way=ContactWay.TEXT,
                result=ContactResult.SENT,
                by_id=by.account_id,
                bulk_text=bulk,
            )
            for key in jobseeker_ids
        ]
    )


@transaction.atomic
def say_stop(*, jobseeker: Jobseeker, way: Way, by: Actor, at: datetime) -> bool:
    """A person wants no more texts. True when that is new."""
    if not by.may("appointment.book_own", person_id=jobseeker.person_id):
        require_at_office("contact.record", by, jobseeker.office_id)
    _row, made = NoTexts.objects.get_or_create(jobseeker=jobseeker, ended_at=None, defaults={"way": way, "said_at": at})
    if made:
        record_change(
            by=by, at=at, verb="text.stop", thing=f"jobseeker:{jobseeker.ref}", subject=jobseeker.person.log_key
        )
    return made


@transaction.atomic
def say_start(*, jobseeker: Jobseeker, by: Actor, at: datetime) -> bool:
    """A person wants texts again. True when they had said STOP."""
    if not by.may("appointment.book_own", person_id=jobseeker.person_id):
        require_at_office("contact.record", by, jobseeker.office_id)
    ended = NoTexts.objects.filter(jobseeker=jobseeker, ended_at=None).update(ended_at=at)
    if ended:
        record_change(
            by=by, at=at, verb="text.start", thing=f"jobseeker:{jobseeker.ref}", subject=jobseeker.person.log_key
        )
    return bool(ended)


@transaction.atomic
def wish_call(*, jobseeker: Jobseeker, wish: Wish, reason: str, by: Actor, at: datetime, on: date) -> CallWish:
    """Move somebody up, down or out of one's own proposals of a day. The reason is kept."""
    require_at_office("contact.record", by, jobseeker.office_id)
    if by.account_id is None:
        raise NotPermitted("contact.record")
    if not reason.strip():
        raise Refused(no(Reason("reason_needed")))
    row, _made = CallWish.objects.update_or_create(
        account_id=by.account_id,
        jobseeker=jobseeker,
        on=on,
        defaults={"wish": wish, "reason": reason.strip()[:200], "said_at": at},
    )
    record_change(
        by=by,
        at=at,
        verb=f"call.{wish.value}",
        thing=f"jobseeker:{jobseeker.ref}",
        subject=jobseeker.person.log_key,
    )
    return row
