"""How adverts are checked: the published rules, with the wordings of each language, as the machine reads them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from openpes.reference.country import country, today
from openpes.vacancies.operations import signal_limits
from openpes.vacancies.words import SIGNAL
from openpes.web.audience import Door, audience
from openpes.web.requests import OpenpesRequest
from openpes_countries.advert_signals import advert_signals


@audience(Door.PUBLIC)
def advert_rules(request: OpenpesRequest) -> HttpResponse:
    """Each rule in words, whether one such wording is enough, and how many wordings a language has."""
    tags = [one.tag for one in country().languages]
    names = {one.tag.split("-")[0]: one.own_name for one in country().languages} | {"en": "English"}
    bases = list(dict.fromkeys([*(tag.split("-")[0] for tag in tags), "en"]))
    rules = [
        {
            "words": SIGNAL[one.code],
            "strong": one.strong,
            "find": [(names[base], len(one.find[base]), one.find[base]) for base in bases if base in one.find],
        }
        for one in advert_signals()
    ]
    return render(
        request, "openpes/public/advert_rules.html", {"rules": rules, "limits": signal_limits(today(request.at))}
    )
