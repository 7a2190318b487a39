"""A meeting with an employer: the person chooses one of the times by a tap, moves it, and says who came."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from openpes.core.actors import Actor
from openpes.core.decisions import NotFound, Refused
from openpes.journeys.links import link_actor, read_answer_token
from openpes.journeys.meet_employer import meeting_actor, meeting_token, pick_slot, read_meeting_token
from openpes.referrals.meetings import say_came, slots_of
from openpes.referrals.models import Interview
from openpes.referrals.queries import referral_by_ref
from openpes.referrals.states import AnswerChannel, Came, InterviewState
from openpes.referrals.words import CAME, REASON
from openpes.web.audience import Door, audience
from openpes.web.employer.interviews import show_offer
from openpes.web.requests import OpenpesRequest


def slot_in(text: str) -> datetime | None:
    """The instant that a button holds; None when it is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def show_meeting(request: OpenpesRequest, interview: Interview, *, by: Actor, back: str = "") -> HttpResponse:
    """One meeting to its person, and what they tap. `back`: an address to return to."""
    errors: list[str] = []
    if request.method == "POST":
        try:
            came = request.POST.get("came", "")
            if came in set(Came):
                say_came(interview=interview, came=Came(came), for_employer=False, by=by, at=request.at)
                messages.success(request, _("Thank you. It is written down."))
                return HttpResponseRedirect(back or request.path)
            slot = slot_in(request.POST.get("slot", ""))
            if slot is None:
                errors.append(_("Choose one of the times."))
            else:
                pick_slot(interview=interview, slot=slot, by=by, at=request.at)
                messages.success(request, _("Your time is booked. The employer is told now."))
                return HttpResponseRedirect(back or request.path)
        except Refused as refused:
            errors += [str(REASON[one.code]) % one.facts for one in refused.decision.reasons]
    begun = interview.starts_at is not None and interview.starts_at <= request.at
    is_open = interview.state in {InterviewState.OFFERED, InterviewState.BOOKED} and not begun
    ahead = [one for one in slots_of(interview) if one > request.at and one != interview.starts_at] if is_open else []
    asks = begun and interview.state != InterviewState.CANCELLED and not interview.said_by_person
    return render(
        request,
        "openpes/signing/meeting.html",
        {
            "interview": interview,
            "referral": interview.referral,
            "slots": [{"at": one, "value": one.isoformat()} for one in ahead],
            "is_open": is_open,
            "came": [(code.value, words) for code, words in CAME.items()] if asks else [],
            "ics": reverse("web:meeting_ics", args=[meeting_token(interview)]) if is_open else "",
            "errors": errors,
            "back": back,
        },
        status=422 if errors else 200,
    )


@audience(Door.SIGNED_LINK)
@never_cache
def meeting(request: OpenpesRequest, token: str) -> HttpResponse:
    """The page behind the link in a text. An altered link does not exist."""
    interview = read_meeting_token(token)
    return show_meeting(request, interview, by=meeting_actor(interview))


@audience(Door.SIGNED_LINK)
@never_cache
@require_safe
def meeting_ics(request: OpenpesRequest, token: str) -> HttpResponse:
    """The chosen time for the calendar of a phone: reference and place, no name of anybody."""
    interview = read_meeting_token(token)
    if interview.starts_at is None:
        raise NotFound("meeting")
    calendar, event = Calendar(), Event()
    calendar.add("prodid", "-//openpes//meetings//EN")
    calendar.add("version", "2.0")
    event.add("uid", f"{interview.ref}@{request.get_host()}")
    event.add("dtstamp", request.at)
    event.add("dtstart", interview.starts_at)
    event.add("dtend", interview.starts_at + timedelta(minutes=interview.minutes))
    event.add("summary", f"openpes {interview.referral.ref}")
    event.add("location", interview.place)
    event.add("class", "PRIVATE")
    calendar.add_component(event)
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="meeting.ics"'
    return response


@audience(Door.SIGNED_LINK)
@never_cache
def offer_by_link(request: OpenpesRequest, token: str) -> HttpResponse:
    """Times that the employer offers from the link in their text."""
    link = read_answer_token(token, at=request.at)
    referral = referral_by_ref(link.referral_ref)
    if referral.vacancy.employer_id != link.employer_id or referral.hidden_from_employer_at is not None:
        raise NotFound("link")
    back = reverse("web:answer", args=[token])
    return show_offer(request, referral, by=link_actor(link), channel=AnswerChannel.LINK, back=back)
