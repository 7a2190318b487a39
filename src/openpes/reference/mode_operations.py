"""Whether the service is live: one signed line each time that changes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Reason, Refused, no
from openpes.reference.access import GO_LIVE, require_officer
from openpes.reference.country import country
from openpes.reference.law_models import ServiceMode
from openpes.reference.law_queries import is_live


@transaction.atomic
def set_live(*, live: bool, note: str, by: Actor, at: datetime) -> ServiceMode:
    """Say that the service is live, or no longer. The journey has made sure that it may. Raises Refused."""
    require_officer(GO_LIVE, by)
    if is_live() == live:
        raise Refused(no(Reason("mode_is_so")))
    if not live and not note.strip():
        raise Refused(no(Reason("mode_note_missing")))
    mode = ServiceMode.objects.create(
        live=live,
        note=note.strip(),
        pack_hash=country().hash,
        officer_key=by.log_key,
        officer_name=by.label,
        since=at,
    )
    record_change(
        by=by,
        at=at,
        verb="service.live" if live else "service.not_live",
        thing="service:mode",
        detail={"law": mode.pack_hash},
    )
    return mode
