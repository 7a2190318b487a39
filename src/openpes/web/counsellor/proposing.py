"""Who of the office's people fits a vacancy, with the reasons; from here each of them is asked and introduced."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openpes.circumstances.words import group_name
from openpes.journeys.propose_people import propose_people
from openpes.matching.words import move_in_words
from openpes.reference.country import area_name, today
from openpes.referrals.meeting_queries import quota_of, waiting_for_answer, wishes_for
from openpes.referrals.words import LIST_WISH
from openpes.vacancies.queries import vacancy_for
from openpes.web.audience import Door, audience
from openpes.web.counsellor.referring import parts_of
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.counsellor.words import said
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
            "against": [said(LIST_WISH, wish) for wish in one.not_as_asked],
            **parts_of(one.facts, language),
        }
        for one in proposed
    ]
    seen, most, days = quota_of(held.pk, at=request.at, on=today(request.at))
    return render(
        request,
        "openpes/counsellor/people_for.html",
        {
            "vacancy": held,
            "people": people,
            "seen": seen,
            "most": most,
            "days": days,
            "waiting": waiting_for_answer(held.pk),
            "wishes": [
                {"at": one.at, "words": said(LIST_WISH, one.wish)} for one in wishes_for(held.pk, at=request.at)
            ],
        },
    )
