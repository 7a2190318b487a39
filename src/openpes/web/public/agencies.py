"""Is this agency licensed? The register of private employment agencies, open to everybody."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openpes.organisations.agency_queries import MOST_FOUND, SHORTEST, find_agencies, newest_list, number_key
from openpes.organisations.agency_words import KIND, LICENCE
from openpes.organisations.states import AgencyKind, Licence
from openpes.reference.country import country, today
from openpes.web.audience import Door, audience
from openpes.web.public.rules_in_force import value_words
from openpes.web.requests import OpenpesRequest


@audience(Door.PUBLIC)
@require_safe
def agencies(request: OpenpesRequest) -> HttpResponse:
    """Search by name or licence number; the day of the list always stands beside the answer."""
    on, text = today(request.at), request.GET.get("text", "").strip()[:120]
    found = find_agencies(text, on=on) if text else []
    rows = [
        {
            "agency": one.agency,
            "kind": KIND[AgencyKind(one.agency.kind)],
            "licence": LICENCE[one.licence],
            "live": one.licence == Licence.LIVE,
            "state": one.licence.value,
            "until": one.agency.valid_before - timedelta(days=1) if one.agency.valid_before else None,
        }
        for one in found
    ]
    return render(
        request,
        "openpes/public/agencies.html",
        {
            "text": text,
            "too_short": bool(text) and len(number_key(text)) < SHORTEST,
            "rows": rows,
            "more": len(rows) == MOST_FOUND,
            "list": newest_list(),
            "today": on,
            "abroad": value_words(country().value("overseas_placement.duties", on=on)),
        },
    )
