"""One gate before all pages of a person: who is in a colleague’s care is opened for a reason, whatever the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.http import urlencode

from openpes.web.counsellor.looking_up import needs_reason, was_given
from openpes.web.requests import OpenpesRequest

OF_A_PERSON = ("people/<str:ref>/", "calls/<str:ref>/")
"""Addresses that begin so are about the person of that number."""
OPEN = frozenset({"why"})
"""The page that asks for the reason is itself no page of the person."""


def for_a_reason(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, after the reason was asked where it is needed; then back to the page that was wanted."""

    @wraps(view)
    def gated(request: OpenpesRequest, ref: str, *args: Any, **kwargs: Any) -> HttpResponse:
        # A form that was opened before midnight and is sent after it keeps its reason, and nothing typed is lost.
        sent_late = request.method == "POST" and was_given(request, ref)
        if sent_late or needs_reason(request, ref) is None:
            return view(request, ref, *args, **kwargs)
        address, wanted = reverse("counsellor:why", args=[ref]), request.get_full_path()
        asked_here = request.method == "POST" or wanted == reverse("counsellor:person", args=[ref])
        return HttpResponseRedirect(address if asked_here else f"{address}?{urlencode({'next': wanted})}")

    return gated


def is_of_a_person(pattern: URLPattern) -> bool:
    """Is this the address of a page of a person?"""
    return str(pattern.pattern).startswith(OF_A_PERSON) and pattern.name not in OPEN


def behind_the_gate(patterns: list[URLPattern]) -> None:
    """Set the gate before each of these addresses that names a person."""
    for one in patterns:
        if is_of_a_person(one):
            one.callback = for_a_reason(one.callback)
