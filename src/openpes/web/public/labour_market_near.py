"""Where the jobs of one occupation are just now: by area, in bands, the nearest first. For people and for schools."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from openpes.core.decisions import NotFound
from openpes.reference import taxonomy
from openpes.reference.country import area_choices, area_coordinates, area_name, distance_km
from openpes.reference.labels import occupation_name
from openpes.vacancies.queries import live_places_by_area
from openpes.web.audience import Door, audience
from openpes.web.forms import OpenpesForm
from openpes.web.requests import OpenpesRequest
from openpes_evidence.disclosure import band

MOST_SHOWN = 20


class NearForm(OpenpesForm):
    """Where somebody lives; it may stay empty, and is not kept."""

    mark_optional = False

    area = forms.ChoiceField(label=gettext_lazy("Where do you live?"), required=False)


def places_near(isco: str, home: str, language: str) -> list[dict[str, Any]]:
    """Areas with live places of an occupation: name, distance (None: not known), band of places, address of the jobs.

    The nearest first where a home is given, else those with the most places.
    """
    found = live_places_by_area(isco)
    here = area_coordinates(home) if home else None
    rows: list[tuple[float, str, dict[str, Any]]] = []
    for code, places in found.items():
        there = area_coordinates(code)
        km = distance_km(here, there) if here and there else None
        query = urlencode({"q": occupation_name(isco, language), "area": code})
        order = -float(places) if here is None else float("inf") if km is None else km
        shown = {
            "name": area_name(code, language),
            "km": None if km is None else round(km),
            "band": band(places).replace("-", "–"),
            "url": f"{reverse('web:jobs')}?{query}",
        }
        rows.append((order, code, shown))
    return [shown for _order, _code, shown in sorted(rows, key=lambda row: row[:2])[:MOST_SHOWN]]


@audience(Door.PUBLIC)
def near(request: OpenpesRequest, isco: str) -> HttpResponse:
    """The jobs of one occupation by area (?area= where one lives)."""
    try:
        one = taxonomy.occupation(isco)
    except taxonomy.UnknownCode as unknown:
        raise NotFound("occupation") from unknown
    if len(one.code) != 4:
        raise NotFound("occupation")
    language = request.LANGUAGE_CODE
    form = NearForm(request.GET or None)
    form.fields["area"].choices = [("", "–"), *area_choices(language)]  # type: ignore[attr-defined]
    home = form.cleaned_data["area"] if form.is_bound and form.is_valid() else ""
    return render(
        request,
        "openpes/public/labour_market_near.html",
        {
            "form": form,
            "isco": one.code,
            "name": occupation_name(one.code, language),
            "rows": places_near(one.code, home, language),
            "home": home,
            "group": one.code[:2],
        },
    )
