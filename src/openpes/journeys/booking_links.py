"""Short signed links by which a person chooses, moves or calls off one appointment, without an account.

The token is the appointment's reference and eight letters that only this service can make. It lives as long as the
appointment: what is over cannot be changed by it.
"""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from openpes.appointments.models import Appointment
from openpes.appointments.queries import appointment_by_ref, latest_of
from openpes.core import signed_refs
from openpes.core.actors import Actor, ActorKind, Grant

SALT = "openpes.booking"


def booking_token(ref: str) -> str:
    """The token of the link for one appointment: eighteen letters and digits, easy to type from a letter."""
    return signed_refs.sign(SALT, ref)


def booking_url(ref: str) -> str:
    """The whole address of the link, for a text or a letter."""
    return settings.BASE_URL + reverse("web:booking", args=[booking_token(ref)])


def read_booking_token(token: str) -> Appointment:
    """The appointment that a token names, or its successor when it was moved. Raises NotFound when altered."""
    return latest_of(appointment_by_ref(signed_refs.read(SALT, token)))


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
