"""Practices of other services, written from public facts: a list and a sheet each. The cards are in English."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from openpes.exchange.gallery import gallery, gallery_card, sheet_of
from openpes.exchange.queries import pack_of
from openpes.exchange.words import BESIDE
from openpes.web.audience import Door, audience
from openpes.web.requests import OpenpesRequest


def _place(code: str) -> str:
    pack = pack_of(code)
    return code if pack is None else pack.name


@audience(Door.PUBLIC)
def practices(request: OpenpesRequest) -> HttpResponse:
    """The worked cards."""
    rows = [(one, _place(one["country"])) for one in gallery()]
    return render(request, "openpes/public/practices.html", {"rows": rows})


@audience(Door.PUBLIC)
def practice(request: OpenpesRequest, name: str) -> HttpResponse:
    """One worked card."""
    body = gallery_card(name)
    return render(
        request,
        "openpes/public/practice.html",
        {
            "body": body,
            "place": _place(body["country"]),
            "sheet": sheet_of(body),
            "may_try": BESIDE if request.actor.everywhere("practice.exchange") else "",
        },
    )
