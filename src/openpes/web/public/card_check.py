"""The page behind the square code of a card: valid or not, until when, and nothing about the person."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from openpes.jobseekers.card_queries import card_valid_before
from openpes.jobseekers.rules import card_is_valid
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.requests import OpenpesRequest


@audience(Door.PUBLIC)
@never_cache
def card_check(request: OpenpesRequest, ref: str) -> HttpResponse:
    """A number that nobody has and a card that has ended get the same answer."""
    before = card_valid_before(ref)
    valid = card_is_valid(valid_before=before, on=today(request.at))
    until = before - timedelta(days=1) if valid and before else None
    answer = render(request, "openpes/public/card_check.html", {"until": until, "number": ref[:10].upper()})
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
