"""The guidance library beside the interview: kinds of work with pay and demand here, opened, printed or texted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from openpes.core.decisions import Refused
from openpes.guidance.lists import themes
from openpes.interests.queries import shown_to_office
from openpes.interests.words import CARD, SIDE
from openpes.jobseekers.models import Jobseeker
from openpes.journeys.text_guidance import text_occupation
from openpes.reference import titles
from openpes.reference.country import currency
from openpes.reference.labels import occupation_name
from openpes.reference.relatedness import nearest
from openpes.vacancies.queries import count_live_of, usual_pay
from openpes.web.audience import Door, audience
from openpes.web.counsellor.person import opened
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.counsellor.words import reasons_in_words
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.requests import OpenpesRequest

MOST_FOUND, NEAR = 6, 3


class LibraryForm(OpenpesForm):
    """Words for a kind of work."""

    about_self = False
    mark_optional = False
    q = with_look(forms.CharField(label=gettext_lazy("What work?"), required=False, max_length=80), width=30)


def _near(isco: str, language: str) -> list[tuple[str, str]]:
    return [(code, occupation_name(code, language)) for code, _value in nearest(isco, NEAR)]


def _lines(iscos: list[str], language: str) -> list[dict[str, Any]]:
    """A line for each kind of work: demand and usual pay here, and work that is near."""
    live = count_live_of(iscos)
    lines = []
    for isco in iscos:
        pay = usual_pay(isco, currency(), "month") if live.get(isco, (0, 0))[0] else None
        lines.append(
            {
                "isco": isco,
                "name": occupation_name(isco, language),
                "live": live.get(isco, (0, 0))[0],
                "places": live.get(isco, (0, 0))[1],
                "pay": pay,
                "currency": currency(),
                "near": _near(isco, language),
            }
        )
    return lines


def _told(request: OpenpesRequest, jobseeker: Jobseeker) -> dict[str, list[Any]]:
    """What the person shows of their interests: the strongest sides with points, and what matters most to them."""
    shown = shown_to_office(request.actor, jobseeker, at=request.at)
    points = shown.profile.points if shown.profile is not None else {}
    strongest = sorted(points.items(), key=lambda one: -one[1])
    return {
        "sides": [(SIDE[side], number) for side, number in strongest],
        "cards": [CARD[card] for card in shown.top_cards if card in CARD],
    }


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def library(request: OpenpesRequest) -> HttpResponse:
    """Find kinds of work by words or by a side of work. `person`: to whom a sheet can be texted."""
    form = LibraryForm(request.GET)
    form.is_valid()
    language, text = request.LANGUAGE_CODE, form.cleaned_data.get("q", "")
    theme = themes().get(request.GET.get("side", "")) if not text else None
    found = [one.isco for one in titles.search(text, language, limit=MOST_FOUND)] if text else []
    ref = request.GET.get("person", "")
    jobseeker = opened(request, ref) if ref else None
    if theme is not None:
        found = list(theme.look_at)
    elif not text and jobseeker is not None:
        found = [one.isco for one in jobseeker.wanted.all()]
    return render(
        request,
        "openpes/counsellor/library.html",
        {
            "form": form,
            "text": text,
            "theme": theme,
            "themes": list(themes().values()),
            "lines": _lines(list(dict.fromkeys(found)), language),
            "jobseeker": jobseeker,
            "told": _told(request, jobseeker) if jobseeker is not None else {},
            "searched": bool(text or theme),
        },
    )


def _back(request: OpenpesRequest, jobseeker: Jobseeker) -> str:
    asked = {"person": jobseeker.ref, "q": request.POST.get("q", ""), "side": request.POST.get("side", "")}
    return f"{reverse('counsellor:library')}?{urlencode({key: one for key, one in asked.items() if one})}"


@audience(Door.ROLES, *PEOPLE_DESK)
@require_POST
def text_sheet(request: OpenpesRequest, ref: str, isco: str) -> HttpResponse:
    """Text a person where to read about a kind of work."""
    jobseeker = opened(request, ref)
    try:
        text_occupation(isco=isco, jobseeker=jobseeker, by=request.actor, at=request.at)
        messages.success(request, _("The text with the link goes out."))
    except Refused as refused:
        for sentence in reasons_in_words(refused):
            messages.error(request, sentence)
    return HttpResponseRedirect(_back(request, jobseeker))
