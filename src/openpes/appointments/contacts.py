"""Reads of the contact ledger: who was contacted when, how, by whom, with what result."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Max, Min

from openpes.appointments.models import Appointment, BulkText, Contact
from openpes.appointments.states import TALKED, AppointmentState
from openpes.core.actors import Actor
from openpes.core.decisions import NotFound
from openpes.core.ids import fold_ref


def last_contact(jobseeker_ids: Iterable[int]) -> dict[int, datetime]:
    """When somebody last spoke with each of these people (a text sent is no conversation). One query."""
    rows = Contact.objects.filter(jobseeker__in=list(jobseeker_ids), result__in=TALKED)
    return dict(rows.order_by().values_list("jobseeker").annotate(latest=Max("at")))


def is_written(jobseeker_id: int, *, result: str, starts: datetime, ends: datetime) -> bool:
    """Does a contact with this result stand already in a span of instants?"""
    return Contact.objects.filter(jobseeker=jobseeker_id, result=result, at__gte=starts, at__lt=ends).exists()


def call_again_days(jobseeker_ids: Iterable[int]) -> dict[int, date]:
    """The day on which each of these people asked to be called again, where their latest contact says so."""
    rows = Contact.objects.filter(jobseeker__in=list(jobseeker_ids)).order_by("jobseeker", "at", "pk")
    latest = {key: again for key, again in rows.values_list("jobseeker", "call_again_on")}
    return {key: again for key, again in latest.items() if again is not None}


def missed_counts(jobseeker_ids: Iterable[int]) -> dict[int, int]:
    """How often each of these people has not come since they last came. One query."""
    rows = (
        Appointment.objects.filter(
            jobseeker__in=list(jobseeker_ids), state__in=[AppointmentState.NO_SHOW, AppointmentState.SEEN]
        )
        .order_by("starts_at", "pk")
        .values_list("jobseeker", "state")
    )
    counts: dict[int, int] = {}
    for key, state in rows:
        counts[key] = counts.get(key, 0) + 1 if state == AppointmentState.NO_SHOW else 0
    return counts


def contacts_of(actor: Actor, jobseeker_id: int, *, limit: int = 20) -> list[Contact]:
    """The contacts with one person at offices that the actor serves people for, the newest first."""
    rows = Contact.objects.filter(jobseeker=jobseeker_id, office__in=actor.scope_ids("contact.view", "office"))
    return list(rows.select_related("by", "bulk_text").order_by("-at", "-pk")[:limit])


def bulk_text_for(actor: Actor, ref: str) -> BulkText:
    """A text to many of an office that the actor writes for. Raises NotFound."""
    row = (
        BulkText.objects.filter(ref=fold_ref(ref), office__in=actor.scope_ids("text.bulk", "office"))
        .select_related("office", "made_by")
        .first()
    )
    if row is None:
        raise NotFound("bulk text")
    return row


def bulk_texts(actor: Actor, *, limit: int = 10) -> list[BulkText]:
    """The latest texts to many of the actor's offices."""
    rows = BulkText.objects.filter(office__in=actor.scope_ids("text.bulk", "office"))
    return list(rows.select_related("made_by").order_by("-made_at", "-pk")[:limit])


def bulk_text_by_key(key: str) -> BulkText | None:
    """The text that was sent under a key, or None."""
    return BulkText.objects.filter(key=key).first()


def next_times(jobseeker_ids: Iterable[int], *, at: datetime) -> dict[int, datetime]:
    """The next booked time of each of these people. One query."""
    rows = Appointment.objects.filter(
        jobseeker__in=list(jobseeker_ids),
        state__in=[AppointmentState.BOOKED, AppointmentState.ARRIVED],
        starts_at__gte=at - timedelta(hours=1),
    )
    return dict(rows.order_by().values_list("jobseeker").annotate(first=Min("starts_at")))


def first_contacts(jobseeker_ids: Iterable[int]) -> dict[int, datetime]:
    """When somebody first spoke with each of these people. One query."""
    rows = Contact.objects.filter(jobseeker__in=list(jobseeker_ids), result__in=TALKED)
    return dict(rows.order_by().values_list("jobseeker").annotate(first=Min("at")))
