"""How the market is built, and the quarter on one page for the committee of employers and workers."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from openpes.core.decisions import NotFound
from openpes.insights import quarterly
from openpes.insights.bulletin import month_in_words
from openpes.insights.quality import register_beside_survey
from openpes.insights.queries import published
from openpes.insights.release import vintage_of
from openpes.insights.standards import Standard, measured
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.public import labour_market_facts as facts
from openpes.web.public import labour_market_structure as built
from openpes.web.public.labour_market import nothing_yet
from openpes.web.public.labour_market_api_words import GUESS
from openpes.web.public.rules_in_force import value_words
from openpes.web.requests import OpenpesRequest
from openpes_evidence.nowcast import Nowcast


@audience(Door.PUBLIC)
def structure(request: OpenpesRequest) -> HttpResponse:
    """Where people and jobs do not fit: by kind of work, by area, over time; the register beside the survey."""
    freeze = published()
    if freeze is None:
        return nothing_yet(request)
    rows, few = built.shortages(freeze)
    beside, caution = register_beside_survey(freeze)
    points, guess = built.beveridge(), built.nowcast_to_show()
    charts = (facts.series_chart(one) for one in ("tightness", "mismatch_occupation", "mismatch_area"))
    return render(
        request,
        "openpes/public/labour_market_structure.html",
        {
            "freeze": freeze,
            "month": month_in_words(freeze.month, request.LANGUAGE_CODE),
            "vintage": vintage_of(freeze),
            "charts": [chart for chart in charts if chart],
            "shortages": rows,
            "few": few,
            "beside": [one for one in beside if one.unemployed is not None],
            "caution": caution,
            "beveridge": built.beveridge_shape(points) if points else None,
            "guess": _guess(guess, request.LANGUAGE_CODE),
        },
    )


def _guess(guess: tuple[str, Nowcast] | None, language: str) -> str:
    if guess is None:
        return ""
    month, of = guess
    words = month_in_words(month, language)
    return GUESS.format(month=words, value=of.value, lower=of.lower, upper=of.upper, tried=of.tried)


def _promises(request: OpenpesRequest) -> list[tuple[str, Standard]]:
    return [(value_words(one.dated), one) for one in measured(on=today(request.at), at=request.at)]


@audience(Door.PUBLIC)
def quarter(request: OpenpesRequest) -> HttpResponse:
    """The last three published months (?last=2026-10 for those that end earlier) on one page."""
    language = request.LANGUAGE_CODE
    try:
        made = quarterly.quarter_of(request.GET.get("last", ""))
    except NotFound:
        if request.GET.get("last"):
            raise
        return nothing_yet(request)
    words = quarterly.words_of(made, _promises(request), language)
    last = facts.freeze_of(made.months[-1])
    return render(
        request,
        "openpes/public/labour_market_quarter.html",
        {"words": words, "last": made.months[-1], "offices": facts.by_office(last) if last else []},
    )


@audience(Door.PUBLIC)
def quarter_paper(request: OpenpesRequest, last: str) -> HttpResponse:
    """The same on paper."""
    made = quarterly.quarter_of(last)
    words = quarterly.words_of(made, _promises(request), request.LANGUAGE_CODE)
    answer = HttpResponse(quarterly.as_pdf(words), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="labour-market-quarter-{made.months[-1]}.pdf"'
    return answer
