"""The first page: what this is, one thing to do, and what is there today."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from openpes.vacancies.queries import count_live, newest_public
from openpes.web.audience import Door, audience
from openpes.web.public.adverts import line_of
from openpes.web.requests import OpenpesRequest


@audience(Door.PUBLIC)
def home(request: OpenpesRequest) -> HttpResponse:
    """Register, find a job, or offer one. The figures are the live stock of this minute, never postings over time."""
    language, at = request.LANGUAGE_CODE, request.at
    return render(
        request,
        "openpes/public/home.html",
        {"live": count_live(), "jobs": [line_of(one, language, at) for one in newest_public(limit=5)]},
    )
