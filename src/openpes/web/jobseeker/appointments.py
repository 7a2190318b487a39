"""A person's own times at the office: those ahead, those that were, and asking for a new one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from openpes.appointments.queries import (
    appointment_for,
    counsellors_at,
    has_open_appointment,
    minutes_of,
    own_appointments,
)
from openpes.appointments.states import OPEN, AppointmentKind, AppointmentState, Way
from openpes.appointments.words import KIND, REASON, STATE
from openpes.core.decisions import NotFound, Refused
from openpes.journeys.appointments import book_time
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.jobseeker.own_pages import own
from openpes.web.public.booking import change, offered
from openpes.web.requests import OpenpesRequest
from openpes.web.times import slot_of

SHOWN = 20


@audience(Door.ROLES, "jobseeker")
def appointments(request: OpenpesRequest) -> HttpResponse:
    """All times, what is open first."""
    rows = [
        {
            "appointment": one,
            "kind": one.session.topic if one.session is not None else KIND[AppointmentKind(one.kind)],
            "state": STATE[AppointmentState(one.state)],
            "is_open": one.state in OPEN,
        }
        for one in own_appointments(request.actor)[:SHOWN]
    ]
    rows.sort(key=lambda row: not row["is_open"])
    return render(
        request,
        "openpes/jobseeker/appointments.html",
        {"rows": rows, "may_ask": not any(row["is_open"] for row in rows)},
    )


@audience(Door.ROLES, "jobseeker")
def appointment(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One time: choose, move or call off."""
    held = appointment_for(request.actor, ref, at=request.at)
    if held.jobseeker.person_id != request.actor.person_id:
        raise NotFound("appointment")
    return change(request, held, by=request.actor, way=Way.WEB, back=reverse("jobseeker:appointments"))


@audience(Door.ROLES, "jobseeker")
def ask(request: OpenpesRequest) -> HttpResponse:
    """Ask for a time without being invited: with one's own counsellor, else with whoever is free."""
    jobseeker = own(request)
    if has_open_appointment(jobseeker.pk):
        return HttpResponseRedirect(reverse("jobseeker:appointments"))
    at_office = counsellors_at(jobseeker.office)
    accounts = [one for one in at_office if one.pk == jobseeker.counsellor_id] or at_office
    kind = AppointmentKind.FOLLOW_UP if jobseeker.counsellor_id else AppointmentKind.FIRST_INTERVIEW
    errors: list[str] = []
    if request.method == "POST":
        chosen = slot_of(request.POST.get("slot", ""), accounts)
        if chosen is None:
            errors.append(_("Choose one of the times."))
        else:
            try:
                book_time(
                    jobseeker=jobseeker,
                    office=jobseeker.office,
                    kind=kind,
                    starts_at=chosen[0],
                    counsellor=chosen[1],
                    way=Way.WEB,
                    by=request.actor,
                    at=request.at,
                )
            except Refused as refused:
                errors += [str(REASON[one.code]) % one.facts for one in refused.decision.reasons]
            else:
                messages.success(request, _("Your time is booked. We look forward to seeing you."))
                return HttpResponseRedirect(reverse("jobseeker:appointments"))
    minutes = minutes_of(kind, on=today(request.at))
    return render(
        request,
        "openpes/jobseeker/ask_time.html",
        {
            "office": jobseeker.office,
            "kind": KIND[kind],
            "minutes": minutes,
            "errors": errors,
            **offered(jobseeker.office, minutes, accounts, request),
        },
        status=422 if errors else 200,
    )
