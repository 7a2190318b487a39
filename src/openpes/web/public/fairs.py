"""Job fairs that anybody may read about: where, when, which jobs, and signing up by a tap or a printed code."""

from __future__ import annotations

from base64 import b64decode

import segno
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.core.decisions import NotFound, Refused
from openpes.fairs.operations import sign_up, take_time
from openpes.fairs.queries import coming_fairs, free_times, jobs_at, meetings_of, own_visit, public_fair
from openpes.fairs.states import FairState
from openpes.fairs.words import REASON
from openpes.web.audience import Door, audience
from openpes.web.jobseeker.own_pages import own
from openpes.web.public.meetings import slot_in
from openpes.web.requests import OpenpesRequest

A_PAGE, FREE_SHOWN = 20, 6


def png_of(text: str) -> bytes:
    """A QR code as a picture, dark on white, large enough to print."""
    return b64decode(segno.make(text, error="m").png_data_uri(scale=8, border=4).partition(",")[2])


@audience(Door.PUBLIC)
@require_safe
def fairs(request: OpenpesRequest) -> HttpResponse:
    """The fairs ahead, the next one first."""
    page = Paginator(coming_fairs(at=request.at), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "openpes/public/fairs.html", {"page": page})


@audience(Door.PUBLIC)
def fair(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One fair. Whoever is signed in as a jobseeker signs up here with one tap."""
    found = public_fair(ref)
    is_person = request.actor.has_role("jobseeker")
    visit = own_visit(request.actor, found) if is_person else None
    if request.method == "POST" and is_person and visit is None:
        try:
            sign_up(fair=found, jobseeker=own(request), by=request.actor, at=request.at)
            messages.success(request, _("You are signed up. Show your code at the door."))
        except Refused as refused:
            for one in refused.decision.reasons:
                messages.error(request, str(REASON[one.code]) % one.facts)
        return HttpResponseRedirect(request.path)
    return render(
        request,
        "openpes/public/fair.html",
        {
            "fair": found,
            "jobs": jobs_at(found),
            "visit": visit,
            "is_person": is_person,
            "open": found.state == FairState.PLANNED and found.ends_at > request.at,
            "called_off": found.state == FairState.CALLED_OFF,
            "meetings": meetings_of(visit) if visit is not None else [],
        },
    )


@audience(Door.PUBLIC)
@require_safe
def fair_code(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The printed code that leads to the page of a fair."""
    address = settings.BASE_URL + reverse("web:fair", args=[public_fair(ref).ref])
    return HttpResponse(png_of(address), content_type="image/png")


@audience(Door.ROLES, "jobseeker")
@require_safe
def visit_code(request: OpenpesRequest, ref: str) -> HttpResponse:
    """A visitor's own code for the door. It holds a reference and names nobody."""
    found = public_fair(ref)
    visit = own_visit(request.actor, found)
    if visit is None:
        raise NotFound("visit")
    door = reverse("counsellor:fair_door", args=[found.ref])
    return HttpResponse(png_of(f"{settings.BASE_URL}{door}?code={visit.code}"), content_type="image/png")


@audience(Door.ROLES, "jobseeker")
def fair_times(request: OpenpesRequest, ref: str, job: int) -> HttpResponse:
    """Free times at one stand; a tap takes one."""
    found = public_fair(ref)
    visit = own_visit(request.actor, found)
    stand = next((one for one in jobs_at(found) if one.pk == job), None)
    if visit is None or stand is None:
        raise NotFound("visit")
    errors: list[str] = []
    if request.method == "POST":
        slot = slot_in(request.POST.get("slot", ""))
        try:
            if slot is None:
                errors.append(_("Choose one of the times."))
            else:
                take_time(visit=visit, job=stand, starts_at=slot, by=request.actor, at=request.at)
                messages.success(request, _("Your time is booked. We look forward to seeing you."))
                return HttpResponseRedirect(reverse("web:fair", args=[found.ref]))
        except Refused as refused:
            errors += [str(REASON[one.code]) % one.facts for one in refused.decision.reasons]
    times = free_times(found, stand, visit, at=request.at, limit=FREE_SHOWN)
    return render(
        request,
        "openpes/public/fair_times.html",
        {
            "fair": found,
            "stand": stand,
            "slots": [{"at": one, "value": one.isoformat()} for one in times],
            "errors": errors,
        },
        status=422 if errors else 200,
    )
