"""Searches that somebody keeps, and the day and hour on which a text says that they found something new."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from openpes.core.decisions import Refused
from openpes.jobseekers.card_operations import drop_search, keep_search, set_alert, stop_alert
from openpes.jobseekers.card_queries import alert_of, searches_of
from openpes.jobseekers.models import SavedSearch
from openpes.jobseekers.rules import ALERT_HOURS
from openpes.people.queries import main_phone_of
from openpes.reference.country import area_choices, area_name
from openpes.web.audience import Door, audience
from openpes.web.jobseeker.own_pages import own, refusal_words
from openpes.web.jobseeker.saved_jobs import saved_rows
from openpes.web.public.jobs import LONGEST_SEARCH, kinds_of_work
from openpes.web.public.opportunities import KINDS
from openpes.web.requests import OpenpesRequest


def _row(one: SavedSearch, language: str) -> dict[str, Any]:
    said = [one.text, str(KINDS.get(one.kind, "")), area_name(one.area_code, language) if one.area_code else ""]
    asked = {"q": one.text, "area": one.area_code, "kind": one.kind}
    return {
        "search": one,
        "words": ", ".join(part for part in said if part),
        "url": f"{reverse('web:jobs')}?{urlencode(asked)}",
    }


def _refused(request: OpenpesRequest, refused: Refused) -> None:
    for reason in refused.decision.reasons:
        messages.error(request, refusal_words(reason.code, reason.facts, reason.text))


@audience(Door.ROLES, "jobseeker")
def searches(request: OpenpesRequest) -> HttpResponse:
    """What is kept, and when news of it comes."""
    jobseeker = own(request)
    held = alert_of(jobseeker.pk)
    return render(
        request,
        "openpes/jobseeker/searches.html",
        {
            "rows": [_row(one, request.LANGUAGE_CODE) for one in searches_of(jobseeker.pk)],
            "saved": saved_rows(request, jobseeker.person_id),
            "alert": held,
            "phone": main_phone_of(jobseeker.person_id),
            "weekdays": WEEKDAYS.items(),
            "weekday": WEEKDAYS[held.weekday] if held else "",
            "hours": [(hour, f"{hour}:00") for hour in ALERT_HOURS],
            "chosen_day": held.weekday if held else 4,
            "chosen_hour": held.hour if held else 12,
        },
    )


@audience(Door.ROLES, "jobseeker")
@require_POST
def search_keep(request: OpenpesRequest) -> HttpResponse:
    """Keep the search that the page of jobs shows."""
    language = request.LANGUAGE_CODE
    text = request.POST.get("q", "").strip()[:LONGEST_SEARCH]
    area, kind = request.POST.get("area", ""), request.POST.get("kind", "")
    try:
        keep_search(
            jobseeker=own(request),
            text=text,
            iscos=[one.isco for one in kinds_of_work(text, language)] if text else [],
            area_code=area if area in dict(area_choices(language)) else "",
            kind=kind if kind in KINDS else "",
            by=request.actor,
            at=request.at,
        )
    except Refused as refused:
        _refused(request, refused)
    else:
        messages.success(request, _("Your search is kept."))
    return HttpResponseRedirect(reverse("jobseeker:searches"))


@audience(Door.ROLES, "jobseeker")
@require_POST
def search_drop(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Keep a search no more."""
    drop_search(jobseeker=own(request), ref=ref, by=request.actor, at=request.at)
    messages.success(request, _("Dropped."))
    return HttpResponseRedirect(reverse("jobseeker:searches"))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else -1


@audience(Door.ROLES, "jobseeker")
@require_POST
def alert(request: OpenpesRequest) -> HttpResponse:
    """Choose the day and hour of news, or stop it."""
    jobseeker = own(request)
    if request.POST.get("act") == "stop":
        stop_alert(jobseeker=jobseeker, by=request.actor, at=request.at)
        messages.success(request, _("Done. No more texts about new jobs."))
        return HttpResponseRedirect(reverse("jobseeker:searches"))
    try:
        set_alert(
            jobseeker=jobseeker,
            weekday=_number(request.POST.get("weekday", "")),
            hour=_number(request.POST.get("hour", "")),
            by=request.actor,
            at=request.at,
        )
    except Refused as refused:
        _refused(request, refused)
    else:
        messages.success(request, _("Saved. When there is something new, we text you, once a week at most."))
    return HttpResponseRedirect(reverse("jobseeker:searches"))
