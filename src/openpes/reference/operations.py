"""Writes of the reference room."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.reference.country import country
from openpes.reference.models import CountryInForce
from openpes_countries import Country


@transaction.atomic
def put_country_in_force(*, by: Actor, at: datetime, pack: Country | None = None) -> CountryInForce:
    """Remember which law, in which state, this database now serves. Repeating it changes nothing."""
    pack = pack or country()
    row, created = CountryInForce.objects.get_or_create(
        pack_hash=pack.hash, defaults={"code": pack.code, "loaded_at": at}
    )
    if created:
        record_change(by=by, at=at, verb="country.load", thing=f"pack:{pack.code}", detail={"hash": pack.hash})
    return row
