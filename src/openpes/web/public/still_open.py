"""The link in an employer's text: is the job still open, how many places are left? One tap, no account."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from openpes.core.decisions import Refused
from openpes.journeys.answer_referral import close_vacancy
from openpes.journeys.still_open import open_actor, read_open_token, say_still_open
from openpes.vacancies.liveness import resumes_by_word
from openpes.vacancies.states import Channel, CloseReason, VacancyState
from openpes.vacancies.words import words_of
from openpes.web.audience import Door, audience
from openpes.web.employer.vacancies import StillOpenForm
from openpes.web.requests import OpenpesRequest

FILLED, NOBODY = "filled", "nobody"


@audience(Door.SIGNED_LINK)
@never_cache
def still_open(request: OpenpesRequest, token: str) -> HttpResponse:
    """Looking changes nothing; a button says open with so many places, filled, or nobody needed."""
    at = request.at
    vacancy = read_open_token(token)
    act = request.POST.get("act", "")
    form = StillOpenForm(request.POST if request.method == "POST" and not act else None, vacancy=vacancy)
    actor = open_actor(vacancy)
    try:
        if act in {FILLED, NOBODY} and vacancy.state != VacancyState.CLOSED:
            reason = CloseReason.FILLED if act == FILLED else CloseReason.WITHDRAWN
            close_vacancy(vacancy=vacancy, reason=reason, by=actor, at=at)
            return HttpResponseRedirect(f"{request.path}?done=1")
        if form.is_bound and form.is_valid():
            left = form.cleaned_data["places_left"]
            say_still_open(vacancy=vacancy, places_left=left, channel=Channel.LINK, by=actor, at=at)
            return HttpResponseRedirect(f"{request.path}?done=1")
    except Refused as refused:
        for one in refused.decision.reasons:
            form.add_error(None, words_of(one.code, one.facts, one.text))
    can_say = vacancy.state == VacancyState.LIVE or (
        vacancy.state == VacancyState.PAUSED and resumes_by_word(vacancy.paused_because)
    )
    return render(
        request,
        "openpes/signing/still_open.html",
        {"vacancy": vacancy, "form": form, "done": "done" in request.GET, "can_say": can_say},
        status=422 if form.errors else 200,
    )
