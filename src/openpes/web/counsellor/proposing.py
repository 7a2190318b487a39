"""Who of the office's people fits a vacancy, with the reasons; from here each of them is asked and introduced."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openpes.circumstances.words import group_name
from openpes.journeys.propose_people import propose_people
from openpes.matching.words import move_in_words
from openpes.reference.country import area_name
from openpes.vacancies.queries import vacancy_for
from openpes.web.audience import Door, audience
from openpes.web.counsellor.referring import parts_of
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.requests import OpenpesRequest

SHOWN = 10


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def people_for(request: OpenpesRequest, ref: str) -> HttpResponse:
    """At most ten people of the actor's offices for one live vacancy, best first. Every view of a person is logged."""
    language = request.LANGUAGE_CODE
    held = vacancy_for(request.actor, ref)
    proposed = propose_people(vacancy=held, by=request.actor, at=request.at, limit=SHOWN)
    people = [
        {
            "jobseeker": one.jobseeker,
            "area": area_name(one.jobseeker.area_code, language),
            "move": move_in_words(one.move.from_place, one.move.to_place, group_name(one.move.group, language))
            if one.move
            else "",
            **parts_of(one.facts, language),
        }
        for one in proposed
    ]
    return render(request, "openpes/counsellor/people_for.html", {"vacancy": held, "people": people})
