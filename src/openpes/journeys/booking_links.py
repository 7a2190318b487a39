"""Short signed links by which a person chooses, moves or calls off one appointment, without an account.

The token is the appointment's reference and eight letters that only this service can make. It lives as long as the
appointment: what is over cannot be changed by it.
"""

from __future__ import annotations

import hmac

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from openpes.appointments.models import Appointment
from openpes.appointments.queries import appointment_by_ref, latest_of
from openpes.core.actors import Actor, ActorKind, Grant
from openpes.core.decisions import NotFound
from openpes.core.ids import ALPHABET, LENGTH, fold_ref

SALT = "openpes.booking"
SIGNATURE = 8


def _signature(ref: str) -> str:
    digest = salted_hmac(SALT, ref, algorithm="sha256").digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:SIGNATURE])


def booking_token(ref: str) -> str:
    """The token of the link for one appointment: eighteen letters and digits, easy to type from a letter."""
    return ref + _signature(ref)


def booking_url(ref: str) -> str:
    """The whole address of the link, for a text or a letter."""
    return settings.BASE_URL + reverse("web:booking", args=[booking_token(ref)])


def read_booking_token(token: str) -> Appointment:
    """The appointment that a token names, or its successor when it was moved. Raises NotFound when altered."""
    folded = fold_ref(token)
    ref, signature = folded[:LENGTH], folded[LENGTH:]
    if len(folded) != LENGTH + SIGNATURE or not hmac.compare_digest(signature, _signature(ref)):
        raise NotFound("link")
    return latest_of(appointment_by_ref(ref))


def booking_actor(appointment: Appointment) -> Actor:
    """The actor that the link makes of its holder: this person, for their appointments only."""
    verbs = frozenset({"appointment.view_own", "appointment.book_own"})
    return Actor(
        ActorKind.SIGNED_LINK,
        f"link:{appointment.ref}",
        (Grant("signed_link", verbs, "person", appointment.jobseeker.person_id),),
        person_id=appointment.jobseeker.person_id,
        label="the person, by link",
    )
