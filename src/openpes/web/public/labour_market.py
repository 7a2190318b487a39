"""The labour market for everybody: the country, an area, one figure, one kind of work. Published months only."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_replace
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt

from openpes.core.decisions import NotFound
from openpes.insights.bulletin import month_in_words
from openpes.insights.models import Freeze
from openpes.insights.queries import published
from openpes.insights.release import vintage_of
from openpes.reference import taxonomy
from openpes.reference.country import area_name, country_name
from openpes.web.audience import Door, audience
from openpes.web.public import labour_market_facts as facts
from openpes.web.requests import OpenpesRequest
from openpes_evidence.definitions import Definition, registry

EMBEDDED = ("registered_stock", "live_places", "tightness", "answer_rate", "placements")

# What differs from the rules of every page: anybody may frame it, and nothing in it runs.
EMBEDDABLE = {"frame-ancestors": ["*"], "script-src": ["'none'"]}


def _frame(request: OpenpesRequest, freeze: Freeze) -> dict[str, Any]:
    """What every page says about its month: in words, its vintage, whether its people are invented."""
    return {
        "freeze": freeze,
        "month": month_in_words(freeze.month, request.LANGUAGE_CODE),
        "vintage": vintage_of(freeze),
        "country_here": country_name(request.LANGUAGE_CODE),
    }


def nothing_yet(request: OpenpesRequest) -> HttpResponse:
    """The page that says that no month is published yet."""
    return render(
        request, "openpes/public/labour_market_none.html", {"country_here": country_name(request.LANGUAGE_CODE)}
    )


@audience(Door.PUBLIC)
def national(request: OpenpesRequest) -> HttpResponse:
    """The country in a month (?month=2026-10; without it the latest): sentences, a map, lines, bars, all figures."""
    freeze = facts.freeze_of(request.GET.get("month", ""))
    if freeze is None:
        return nothing_yet(request)
    picture = facts.picture_of(freeze)
    return render(
        request,
        "openpes/public/labour_market.html",
        {
            **_frame(request, freeze),
            "sentences": facts.sentences(picture),
            "kinds": facts.kinds_with_most_places(freeze),
            "map": facts.area_map(picture),
            "charts": [chart for one in ("registered_stock", "live_places") if (chart := facts.series_chart(one))],
            "pairs": facts.sex_and_age(freeze),
            "rows": facts.figure_rows(picture),
            "months": _months(request, picture),
            "query": facts.month_query(picture),
        },
    )


def _months(request: OpenpesRequest, picture: facts.MonthPicture) -> list[dict[str, Any]]:
    return [
        {
            "words": month_in_words(one.month, request.LANGUAGE_CODE),
            "url": f"?month={one.month}",
            "current": one.pk == picture.freeze.pk,
        }
        for one in picture.months[:13]
    ]


@audience(Door.PUBLIC)
def area(request: OpenpesRequest, code: str) -> HttpResponse:
    """One large area in a month: its sentences, lines, and what work is looked for and offered there."""
    place = facts.place_of(code)
    freeze = facts.freeze_of(request.GET.get("month", ""))
    if freeze is None:
        return nothing_yet(request)
    picture = facts.picture_of(freeze)
    charts = (facts.series_chart(one, place=place) for one in ("registered_stock", "live_places"))
    return render(
        request,
        "openpes/public/labour_market_area.html",
        {
            **_frame(request, freeze),
            "name": area_name(place, request.LANGUAGE_CODE),
            "sentences": facts.sentences(picture, place),
            "kinds": facts.kinds_with_most_places(freeze, place=place),
            "charts": [chart for chart in charts if chart],
            "rows": facts.figure_rows(picture, place),
            "work": _work_rows(freeze, place),
            "query": facts.month_query(picture),
        },
    )


def _work_rows(freeze: Freeze, place: str) -> list[dict[str, Any]]:
    rows = [
        {
            "name": name,
            "lang": facts.sub_major_language(name, code),
            "url": reverse("web:labour_market_kind", args=[code]),
            "people": facts.count_text(people),
            "places": places,
        }
        for code, name, people, places in facts.by_kind(freeze, place=place)
        if people is None or people or places
    ]
    return sorted(rows, key=lambda row: (-row["places"], row["name"]))


@audience(Door.PUBLIC)
def work(request: OpenpesRequest) -> HttpResponse:
    """All kinds of work with people looking and places open in the latest month."""
    freeze = facts.freeze_of(request.GET.get("month", ""))
    if freeze is None:
        return nothing_yet(request)
    return render(
        request,
        "openpes/public/labour_market_work.html",
        {**_frame(request, freeze), "work": _work_rows(freeze, "")},
    )


@audience(Door.PUBLIC)
def kind(request: OpenpesRequest, code: str) -> HttpResponse:
    """One kind of work by area, and the occupations in it."""
    try:
        group = taxonomy.occupation(code)
    except taxonomy.UnknownCode as unknown:
        raise NotFound("kind of work") from unknown
    if len(group.code) != 2:
        raise NotFound("kind of work")
    freeze = facts.freeze_of(request.GET.get("month", ""))
    if freeze is None:
        return nothing_yet(request)
    rows = facts.kind_by_area(freeze, code)
    name = facts.sub_major_name(code, request.LANGUAGE_CODE)
    return render(
        request,
        "openpes/public/labour_market_kind.html",
        {
            **_frame(request, freeze),
            "group": group,
            "name": name,
            "name_lang": facts.sub_major_language(name, code),
            "rows": rows,
            "bars": [(row["name"], row["places_number"]) for row in rows if row["places_number"]],
            "units": facts.units_of(code, request.LANGUAGE_CODE),
        },
    )


def _definition(indicator: str) -> Definition:
    if indicator not in registry():
        raise NotFound("figure")
    return registry()[indicator]


@audience(Door.PUBLIC)
def figure(request: OpenpesRequest, indicator: str) -> HttpResponse:
    """One figure: what it counts and what not, its series with every version of its definition, its files."""
    about = _definition(indicator)
    place = request.GET.get("area", "")
    place = facts.place_of(place) if place else ""
    freeze = published()
    return render(
        request,
        "openpes/public/labour_market_figure.html",
        {
            "about": about,
            "title": facts.title_of(about),
            "chart": facts.series_chart(indicator, place=place),
            "name": area_name(place, request.LANGUAGE_CODE) if place else country_name(request.LANGUAGE_CODE),
            "area_query": f"?area={place}" if place else "",
            "freeze": freeze,
            "vintage": vintage_of(freeze) if freeze else "",
            "embed": reverse("web:labour_market_embed", args=[indicator]) if indicator in EMBEDDED else "",
        },
    )


@audience(Door.PUBLIC)
@xframe_options_exempt
@csp_replace(EMBEDDABLE)  # type: ignore[arg-type]  # it knows plain requests only
def embed(request: OpenpesRequest, indicator: str) -> HttpResponse:
    """One chart for the pages of others, with where it comes from. Nobody is signed in here and nothing is asked."""
    about = _definition(indicator)
    chart = facts.series_chart(indicator) if indicator in EMBEDDED else None
    freeze = published()
    if chart is None or freeze is None:
        raise NotFound("figure")
    return render(
        request,
        "openpes/public/labour_market_embed.html",
        {"about": about, "chart": chart, **_frame(request, freeze)},
    )
