"""The first page: what this is, one thing to do, and what is there today."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openpes.vacancies.queries import count_live, newest_public
from openpes.web.audience import Door, audience
from openpes.web.public.adverts import line_of


@audience(Door.PUBLIC)
def home(request: HttpRequest) -> HttpResponse:
    """Register, find a job, or offer one. The figures are the live stock of this minute, never postings over time."""
    language, at = request.LANGUAGE_CODE, request.at  # type: ignore[attr-defined]
    return render(request, "openpes/public/home.html", {
        "live": count_live(), "jobs": [line_of(one, language, at) for one in newest_public(limit=5)]})
