"""Appointments at the desk: a day of the calendar, one appointment, inviting and booking for a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_POST, require_safe

from openpes.appointments import operations
from openpes.appointments.models import Appointment
from openpes.appointments.paper import Paper, paper_pdf
from openpes.appointments.queries import (
    appointment_for,
    appointments_of,
    counsellors_at,
    on_day,
    open_invitation,
    pause_of,
    slots_at,
)
from openpes.appointments.slots import day_bounds
from openpes.appointments.states import LENGTHS, AppointmentKind, AppointmentState, PauseReason, Way
from openpes.appointments.words import KIND
from openpes.core.access_log import record_search
from openpes.core.decisions import NotFound, Refused
from openpes.core.ids import fold_ref
from openpes.jobseekers.queries import jobseeker_for
from openpes.journeys.appointments import book_time, call_off, choose_time, invite_person
from openpes.journeys.booking_links import booking_url
from openpes.organisations.queries import offices_of
from openpes.reference.country import country, today
from openpes.web.audience import Door, audience
from openpes.web.counsellor.appointment_words import EVENT, PAUSE_REASON, WAY
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.counsellor.today_pages import line_of
from openpes.web.counsellor.words import reasons_in_words, said
from openpes.web.forms import OpenpesForm, PlainDateField, with_look
from openpes.web.requests import OpenpesRequest
from openpes.web.templatetags.openpes import plain_date
from openpes.web.times import by_day, slot_of
from openpes_countries.rules_days import holiday_on

DAYS_SHOWN = 4
ALONE = (AppointmentKind.FIRST_INTERVIEW, AppointmentKind.FOLLOW_UP, AppointmentKind.PHONE)


def asked_day(request: OpenpesRequest) -> date:
    """The day that the address names, else today."""
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today(request.at)


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def calendar(request: OpenpesRequest) -> HttpResponse:
    """One day of the actor's offices: who is expected, and how many times are free."""
    day = asked_day(request)
    starts, ends = day_bounds(day, country().timezone)
    offices = list(offices_of(request.actor, "appointment.view"))
    rows = on_day([one.pk for one in offices], starts=starts, ends=ends)
    if rows:
        record_search(
            by=request.actor, at=request.at, what="calendar", found={one.jobseeker.person.log_key for one in rows}
        )
    free = [slot for office in offices for slot in slots_at(office, minutes=20, at=request.at, first=day, days=1)]
    return render(
        request,
        "openpes/counsellor/calendar.html",
        {
            "day": day,
            "before": day - timedelta(days=1),
            "after": day + timedelta(days=1),
            "rows": [line_of(one) for one in rows],
            "free_total": len([one for one in free if today(one.starts_at) == day]),
            "is_past": day < today(request.at),
            "holiday": holiday_on(country(), day),
            "is_today": day == today(request.at),
        },
    )


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def by_code(request: OpenpesRequest) -> HttpResponse:
    """Somebody calls and says the code of their letter."""
    code = fold_ref(request.GET.get("code", ""))
    try:
        held = appointment_for(request.actor, code, at=request.at)
    except NotFound:
        messages.error(request, _("No appointment has this code. Ask for the name and find the person instead."))
        return HttpResponseRedirect(reverse("counsellor:calendar"))
    return HttpResponseRedirect(reverse("counsellor:appointment", args=[held.ref]))


def _do(request: OpenpesRequest, held: Appointment, act: str) -> str:
    """Do what was asked with an appointment; what to say then. Raises Refused."""
    actor, at = request.actor, request.at
    acts: dict[str, tuple[Callable[[], Any], str]] = {
        "arrive": (lambda: operations.arrive(appointment=held, by=actor, at=at), _("Is here.")),
        "seen": (lambda: operations.mark_seen(appointment=held, by=actor, at=at), _("Written down: it took place.")),
        "call_off": (
            lambda: call_off(appointment=held, way=Way.PHONE_CALL, by=actor, at=at),
            _("Called off. The person is told."),
        ),
    }
    if act not in acts:
        return ""
    acts[act][0]()
    return acts[act][1]


@audience(Door.ROLES, *PEOPLE_DESK)
def appointment(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One appointment: tick, move, call off, its story."""
    held = appointment_for(request.actor, ref, at=request.at)
    accounts = counsellors_at(held.office)
    errors: list[str] = []
    if request.method == "POST":
        try:
            done = _do(request, held, request.POST.get("act", ""))
            chosen = slot_of(request.POST.get("slot", ""), accounts)
            if chosen is not None:
                held = choose_time(
                    appointment=held,
                    starts_at=chosen[0],
                    counsellor=chosen[1],
                    way=Way.DESK,
                    by=request.actor,
                    at=request.at,
                )
                done = _("Booked. The person gets it in a text.")
            if done:
                messages.success(request, done)
            back = request.POST.get("back")
            target = reverse("counsellor:today") if back == "today" else None
            return HttpResponseRedirect(target or reverse("counsellor:appointment", args=[held.ref]))
        except Refused as refused:
            errors = reasons_in_words(refused)
    movable = held.session_id is None and held.state in {AppointmentState.INVITED, AppointmentState.BOOKED}
    slots = slots_at(held.office, minutes=held.minutes, at=request.at, accounts=accounts) if movable else []
    return render(
        request,
        "openpes/counsellor/appointment.html",
        {
            **line_of(held),
            "errors": errors,
            "days": by_day(slots, most_days=DAYS_SHOWN, one_a_time=True),
            "movable": movable,
            "may_arrive": held.state in {AppointmentState.BOOKED, AppointmentState.NO_SHOW}
            and held.starts_at is not None
            and today(held.starts_at) == today(request.at),
            "may_see": held.state in {AppointmentState.BOOKED, AppointmentState.ARRIVED, AppointmentState.NO_SHOW},
            "may_call_off": held.state in {AppointmentState.INVITED, AppointmentState.BOOKED},
            "story": [
                {"words": said(EVENT, one.kind), "at": one.at, "way": said(WAY, one.way)} for one in held.events.all()
            ],
        },
        status=422 if errors else 200,
    )


class InviteForm(OpenpesForm):
    """How a person is invited, and to what."""

    about_self = False
    kind = with_look(
        forms.ChoiceField(
            label=gettext_lazy("What for?"),
            choices=[(one.value, KIND[one]) for one in ALONE],
            widget=forms.RadioSelect,
        ),
        small=True,
    )
    by = with_look(
        forms.ChoiceField(
            label=gettext_lazy("How?"),
            choices=[
                ("text", gettext_lazy("By a text with a link")),
                ("letter", gettext_lazy("By a letter to print")),
            ],
            initial="text",
            widget=forms.RadioSelect,
        ),
        small=True,
    )


class PauseForm(OpenpesForm):
    """Let automatic invitations rest."""

    about_self = False
    reason = forms.ChoiceField(label=gettext_lazy("Why?"), choices=list(PAUSE_REASON.items()))
    last_day = PlainDateField(label=gettext_lazy("Until and with"))


@audience(Door.ROLES, *PEOPLE_DESK)
def for_person(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Invite one person, or book a time for them while they are here or on the phone."""
    jobseeker = jobseeker_for(request.actor, ref, at=request.at)
    act = request.POST.get("act", "")
    accounts = counsellors_at(jobseeker.office)
    kind = request.GET.get("kind", "")
    wanted = AppointmentKind(kind) if kind in set(ALONE) else AppointmentKind.FOLLOW_UP
    minutes = int(request.GET["minutes"]) if request.GET.get("minutes") in {str(one) for one in LENGTHS} else 20
    form = InviteForm(request.POST if act == "invite" else None, initial={"kind": wanted})
    pausing = PauseForm(request.POST if act == "pause" else None)
    errors: list[str] = []
    if request.method == "POST":
        try:
            target = _for_person(request, jobseeker, act, form, pausing, wanted, minutes)
            if target:
                return HttpResponseRedirect(target)
        except Refused as refused:
            errors = reasons_in_words(refused)
    slots = slots_at(jobseeker.office, minutes=minutes, at=request.at, accounts=accounts)
    pause = pause_of(jobseeker.pk, on=today(request.at))
    return render(
        request,
        "openpes/counsellor/for_person.html",
        {
            "jobseeker": jobseeker,
            "form": form,
            "pausing": pausing,
            "pause": pause,
            "pause_reason": said(PAUSE_REASON, pause.reason) if pause else "",
            "kinds": [(one.value, KIND[one], one == wanted) for one in ALONE],
            "kind": wanted.value,
            "lengths": [(one, one == minutes) for one in LENGTHS],
            "minutes": minutes,
            "days": by_day(slots, most_days=DAYS_SHOWN, one_a_time=True),
            "rows": [line_of(one) for one in appointments_of(request.actor, jobseeker.pk, limit=8)],
            "invited": open_invitation(jobseeker.pk),
            "errors": errors,
        },
        status=422 if errors or form.errors or pausing.errors else 200,
    )


def _for_person(
    request: OpenpesRequest, jobseeker: Any, act: str, form: InviteForm, pausing: PauseForm, kind: Any, minutes: int
) -> str:
    """Do one of the things of the page; the address to go to, or "" when the form must be shown again."""
    actor, at = request.actor, request.at
    if act == "invite" and form.is_valid():
        made = invite_person(
            jobseeker=jobseeker,
            kind=AppointmentKind(form.cleaned_data["kind"]),
            by_text=form.cleaned_data["by"] == "text",
            by=actor,
            at=at,
        )
        messages.success(request, _("Invited."))
        return reverse("counsellor:appointment", args=[made.ref])
    if act == "pause" and pausing.is_valid():
        operations.pause_invitations(
            jobseeker=jobseeker,
            reason=PauseReason(pausing.cleaned_data["reason"]),
            last_day=pausing.cleaned_data["last_day"],
            by=actor,
            at=at,
            on=today(at),
        )
        messages.success(request, _("Invitations rest."))
        return request.path
    if act == "resume":
        operations.end_pause(jobseeker=jobseeker, by=actor, at=at)
        return request.path
    chosen = slot_of(request.POST.get("slot", ""), counsellors_at(jobseeker.office))
    if act in {"", "book"} and chosen is not None:
        made = book_time(
            jobseeker=jobseeker,
            office=jobseeker.office,
            kind=kind,
            starts_at=chosen[0],
            counsellor=chosen[1],
            way=Way.DESK,
            by=actor,
            at=at,
            minutes=minutes,
        )
        messages.success(request, _("Booked. The person gets it in a text."))
        return reverse("counsellor:appointment", args=[made.ref])
    return ""


@audience(Door.ROLES, *PEOPLE_DESK)
@require_POST
def letter(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The invitation on paper, in the person's language: the code to call with, and the link for who has a phone."""
    held = appointment_for(request.actor, ref, at=request.at)
    operations.note_letter(appointment=held, by=request.actor, at=request.at)
    person = held.jobseeker.person
    with override(person.language):
        office, invited = held.office, held.state == AppointmentState.INVITED
        lines = [
            person.name_as_given,
            _("%(office)s would like to talk with you about work and training.") % {"office": office.name}
            if invited
            else _("You are expected at %(office)s.") % {"office": office.name},
            _("Call %(phone)s and say this code, then choose a time with us:") % {"phone": office.phone or office.name}
            if invited
            else _("To move it or call it off, call %(phone)s and say this code:")
            % {"phone": office.phone or office.name},
        ]
        after = [
            _("Or on any phone with internet: %(link)s") % {"link": booking_url(held.ref)},
            _("Bring what you have: an identity paper, school papers, proof of work. Come also without them."),
            _("The service is free. Nobody may ask you for money."),
        ]
        if held.answer_by and invited:
            after.insert(0, _("Please choose by %(date)s.") % {"date": plain_date(held.answer_by)})
        body = paper_pdf(
            Paper(
                title=_("Your conversation with us"),
                language=person.language,
                above=f"{office.name}  {office.address}",
                lines=lines,
                big=f"{held.ref[:5]} {held.ref[5:]}",
                after=after,
                foot=office.name,
                size=12,
            )
        )
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{held.ref}.pdf"'
    return response
