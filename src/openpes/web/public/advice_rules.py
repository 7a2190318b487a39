"""How the advice on help works: the published rules, word for word as the program reads them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from openpes.guidance.queries import advice_law
from openpes.guidance.words import FACT, LEVEL, LEVEL_SHORT, NOT_STATISTICAL, OPERATOR
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.requests import OpenpesRequest


@audience(Door.PUBLIC)
def advice_rules(request: OpenpesRequest) -> HttpResponse:
    """The scorecard in force, whether it is on, and on what legal basis."""
    law = advice_law(on=today(request.at))
    rules = [
        {
            "fact": FACT.get(one.fact, one.fact),
            "when": str(OPERATOR[one.op]) % {"value": one.value},
            "points": one.points,
        }
        for one in law.scorecard.rules
    ]
    return render(
        request,
        "openpes/public/advice_rules.html",
        {
            "law": law,
            "is_on": law.switched_on and law.legal_basis,
            "rules": rules,
            "levels": [(LEVEL_SHORT[code], words) for code, words in LEVEL.items()],
            "not_statistical": NOT_STATISTICAL,
        },
    )
