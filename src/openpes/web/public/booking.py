"""The link in an invitation: choose a time, move it, call it off, without an account; and the same with one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from openpes.appointments.models import Appointment
from openpes.appointments.queries import counsellors_at, policy_on, slots_at
from openpes.appointments.states import AppointmentKind, AppointmentState, Way
from openpes.appointments.words import KIND, REASON, STATE
from openpes.core.actors import Actor
from openpes.core.decisions import Refused
from openpes.journeys.appointments import call_off, choose_time
from openpes.journeys.booking_links import booking_actor, read_booking_token
from openpes.organisations.models import Office
from openpes.people.models import Account
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.requests import OpenpesRequest
from openpes.web.times import by_day, slot_of

DAYS_SHOWN = 4


def offered(office: Office, minutes: int, accounts: list[Account], request: OpenpesRequest) -> dict[str, Any]:
    """Free times of the next days, a few days a page, and the day with which the next page begins."""
    on = today(request.at)
    last = on + timedelta(days=policy_on(on).show_days)
    try:
        first = max(date.fromisoformat(request.GET.get("from", "")), on)
    except ValueError:
        first = on
    slots = slots_at(
        office, minutes=minutes, at=request.at, first=first, days=max(0, (last - first).days), accounts=accounts
    )
    days = by_day(slots, most_days=DAYS_SHOWN + 1, one_a_time=True)
    more = days[DAYS_SHOWN]["day"] if len(days) > DAYS_SHOWN else None
    return {"days": days[:DAYS_SHOWN], "more": more, "later": first > on}


def with_whom(appointment: Appointment) -> list[Account]:
    """The person's own counsellor where there is one at work, else everybody who serves people at the office."""
    at_office = counsellors_at(appointment.office)
    wanted = appointment.counsellor_id or appointment.jobseeker.counsellor_id
    return [one for one in at_office if one.pk == wanted] or at_office


def change(request: OpenpesRequest, appointment: Appointment, *, by: Actor, way: Way, back: str) -> HttpResponse:
    """Show one appointment to its person and do what they choose. `back`: the address to return to."""
    accounts = with_whom(appointment)
    errors: list[str] = []
    if request.method == "POST":
        try:
            if request.POST.get("act") == "call_off":
                call_off(appointment=appointment, way=way, by=by, at=request.at)
                messages.success(request, _("Called off. You can ask for another time whenever you like."))
                return HttpResponseRedirect(back)
            chosen = slot_of(request.POST.get("slot", ""), accounts)
            if chosen is None:
                errors.append(_("Choose one of the times."))
            else:
                choose_time(
                    appointment=appointment, starts_at=chosen[0], counsellor=chosen[1], way=way, by=by, at=request.at
                )
                messages.success(request, _("Your time is booked. We look forward to seeing you."))
                return HttpResponseRedirect(back)
        except Refused as refused:
            errors += [str(REASON[one.code]) % one.facts for one in refused.decision.reasons]
    is_open = appointment.state in {AppointmentState.INVITED, AppointmentState.BOOKED}
    moves = is_open and appointment.session_id is None
    choices = offered(appointment.office, appointment.minutes, accounts, request) if moves else {}
    return render(
        request,
        "openpes/public/booking.html",
        {
            "appointment": appointment,
            "kind": KIND[AppointmentKind(appointment.kind)],
            "state": STATE[AppointmentState(appointment.state)],
            "is_open": is_open,
            "is_booked": appointment.state == AppointmentState.BOOKED,
            "by_phone": appointment.kind == AppointmentKind.PHONE,
            "errors": errors,
            **choices,
        },
        status=422 if errors else 200,
    )


@audience(Door.SIGNED_LINK)
@never_cache
def booking(request: OpenpesRequest, token: str) -> HttpResponse:
    """The page behind the link in a text or a letter. An altered link does not exist."""
    appointment = read_booking_token(token)
    return change(request, appointment, by=booking_actor(appointment), way=Way.LINK, back=request.path)
