"""The walk-in queue: a number in one tap, call the next, done or left; the screen of the waiting room."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openpes.appointments import visits
from openpes.appointments.paper import Paper, paper_pdf
from openpes.appointments.queue import called_on, count_waiting, queue_on, ticket_for
from openpes.appointments.states import QueuePurpose, QueueState
from openpes.core.access_log import record_search
from openpes.core.decisions import NotFound, Refused
from openpes.core.ids import fold_ref
from openpes.jobseekers.queries import jobseeker_for
from openpes.organisations.models import Office
from openpes.organisations.queries import offices_of
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.counsellor.appointment_words import QUEUE_PURPOSE, QUEUE_STATE
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.counsellor.words import reasons_in_words, said
from openpes.web.requests import OpenpesRequest
from openpes.web.templatetags.openpes import clock_time

DESK = "desk_name"
SCREEN_SECONDS = 15


def own_office(request: OpenpesRequest, verb: str) -> Office:
    """The office that the actor works at: the one named in the address, else the first. Raises NotFound."""
    offices = list(offices_of(request.actor, verb))
    named = request.GET.get("office", "") or request.POST.get("office", "")
    found = next((one for one in offices if one.ref == named), offices[0] if offices and not named else None)
    if found is None:
        raise NotFound("office")
    return found


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def queue(request: OpenpesRequest) -> HttpResponse:
    """Who waits, who is being served, and the buttons that give a number."""
    office = own_office(request, "queue.serve")
    rows = queue_on([office.pk], today(request.at))
    shown = {one.jobseeker.person.log_key for one in rows if one.jobseeker is not None}
    if shown:
        record_search(by=request.actor, at=request.at, what="queue", found=shown)
    lines = [
        {
            "ticket": one,
            "purpose": said(QUEUE_PURPOSE, QueuePurpose(one.purpose)),
            "state": said(QUEUE_STATE, QueueState(one.state)),
            "minutes": int((request.at - one.taken_at).total_seconds() // 60),
            "is_mine": one.served_by_id == request.actor.account_id,
        }
        for one in rows
    ]
    return render(
        request,
        "openpes/counsellor/queue.html",
        {
            "office": office,
            "serving": [one for one in lines if one["ticket"].state == QueueState.CALLED],  # type: ignore[attr-defined]
            "waiting": [one for one in lines if one["ticket"].state == QueueState.WAITING],  # type: ignore[attr-defined]
            "purposes": list(QUEUE_PURPOSE.items()),
            "desk": request.session.get(DESK, ""),
        },
    )


def _back(office: Office) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('counsellor:queue')}?office={office.ref}")


@audience(Door.ROLES, *PEOPLE_DESK)
@require_POST
def take(request: OpenpesRequest) -> HttpResponse:
    """Give the next number for a purpose: one tap, before anybody is identified."""
    office, purpose = own_office(request, "queue.serve"), request.POST.get("purpose", "")
    if purpose in set(QueuePurpose):
        ticket = visits.take_number(
            office=office, purpose=QueuePurpose(purpose), by=request.actor, at=request.at, on=today(request.at)
        )
        messages.success(request, _("Number %(number)s") % {"number": ticket.number})
    return _back(office)


@audience(Door.ROLES, *PEOPLE_DESK)
@require_POST
def call_next(request: OpenpesRequest) -> HttpResponse:
    """Call whoever has waited longest to one's own desk."""
    office = own_office(request, "queue.serve")
    request.session[DESK] = request.POST.get("desk", "").strip()[:60]
    ticket = visits.call_next(
        office=office, desk=request.session[DESK], by=request.actor, at=request.at, on=today(request.at)
    )
    if ticket is None:
        messages.info(request, _("Nobody waits."))
    return _back(office)


@audience(Door.ROLES, *PEOPLE_DESK)
@require_POST
def serve(request: OpenpesRequest, number: int) -> HttpResponse:
    """Done, left, back to the queue, or who it is."""
    office, actor, at = own_office(request, "queue.serve"), request.actor, request.at
    ticket = ticket_for(actor, office.pk, today(at), number)
    act = request.POST.get("act", "")
    try:
        if act in {"done", "left"}:
            visits.end_visit(ticket=ticket, left=act == "left", by=actor, at=at)
        elif act == "call":
            visits.call_number(ticket=ticket, desk=request.session.get(DESK, ""), by=actor, at=at)
        elif act == "back":
            visits.put_back(ticket=ticket, by=actor, at=at)
        elif act == "attach":
            person = jobseeker_for(actor, fold_ref(request.POST.get("person", "")), at=at, reason="queue")
            visits.attach_person(ticket=ticket, jobseeker=person, by=actor, at=at)
    except Refused as refused:
        for sentence in reasons_in_words(refused):
            messages.error(request, sentence)
    except NotFound:
        messages.error(request, _("Nobody at your office has this number. Find the person first."))
    return _back(office)


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def paper(request: OpenpesRequest, number: int) -> HttpResponse:
    """The number on paper."""
    office = own_office(request, "queue.serve")
    ticket = ticket_for(request.actor, office.pk, today(request.at), number)
    body = paper_pdf(
        Paper(
            title=office.name,
            language=request.LANGUAGE_CODE,
            lines=[said(QUEUE_PURPOSE, QueuePurpose(ticket.purpose)), clock_time(ticket.taken_at)],
            big=str(ticket.number),
            after=[_("Please wait until your number is called.")],
            size=14,
        )
    )
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="number-{ticket.number}.pdf"'
    return response


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def screen(request: OpenpesRequest) -> HttpResponse:
    """The screen of the waiting room: numbers and desks, never a name. It loads itself anew."""
    office, on = own_office(request, "queue.serve"), today(request.at)
    response = render(
        request,
        "openpes/counsellor/queue_screen.html",
        {"office": office, "called": called_on(office.pk, on), "waiting": count_waiting(office.pk, on)},
    )
    response["Refresh"] = str(SCREEN_SECONDS)
    return response
