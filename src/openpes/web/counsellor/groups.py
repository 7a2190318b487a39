"""Group sessions: plan, fill the list, print the sheet to sign, tick who came, one note for all."""

from __future__ import annotations

import re
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openpes.appointments import visits
from openpes.appointments.models import GroupSession
from openpes.appointments.paper import Paper, Table, paper_pdf
from openpes.appointments.queries import counsellors_at, room_of, rooms_of
from openpes.appointments.queue import roster_of, session_for, sessions_from
from openpes.appointments.slots import day_bounds, instant
from openpes.appointments.states import AppointmentState, SessionState
from openpes.appointments.words import STATE
from openpes.core.access_log import record_search
from openpes.core.decisions import NotFound, Refused
from openpes.jobseekers.queries import jobseeker_for
from openpes.journeys.appointments import call_session_off, put_on_roster
from openpes.organisations.models import Office
from openpes.organisations.queries import offices_of
from openpes.reference.country import country, today
from openpes.web.audience import Door, audience
from openpes.web.counsellor.appointment_words import SESSION_STATE
from openpes.web.counsellor.queue import own_office
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.counsellor.words import reasons_in_words, said
from openpes.web.forms import ClockField, OpenpesForm, PlainDateField, with_look
from openpes.web.requests import OpenpesRequest
from openpes.web.templatetags.openpes import day_and_time

MOST_AT_ONCE = 60


class SessionForm(OpenpesForm):
    """What a session is about, when and where."""

    about_self = False
    topic = with_look(forms.CharField(label=gettext_lazy("Topic"), max_length=120), width=30)
    day = PlainDateField(label=gettext_lazy("Day"))
    starts = with_look(
        ClockField(
            label=gettext_lazy("Begins at"),
            input_formats=["%H:%M", "%H.%M", "%H"],
            widget=forms.TextInput,
            help_text=gettext_lazy("For example 10:30. Minutes that end in 0."),
        ),
        width=5,
    )
    minutes = with_look(
        forms.IntegerField(label=gettext_lazy("How many minutes?"), min_value=10, max_value=480, initial=60), width=4
    )
    places = with_look(
        forms.IntegerField(label=gettext_lazy("How many places?"), min_value=1, max_value=200, initial=20), width=4
    )
    room = forms.ChoiceField(label=gettext_lazy("Room"), required=False)
    leader = forms.ChoiceField(label=gettext_lazy("Who leads it?"), required=False)

    def __init__(self, data: object = None, *, office: Office) -> None:
        super().__init__(data)
        self.accounts = counsellors_at(office)
        self.fields["room"].choices = [  # type: ignore[attr-defined]
            ("", _("No room of the office")),
            *((str(one.pk), f"{one.name} ({one.places})") for one in rooms_of(office)),
        ]
        self.fields["leader"].choices = [  # type: ignore[attr-defined]
            ("", _("Not said yet")),
            *((str(one.pk), one.name) for one in self.accounts),
        ]

    def clean_starts(self) -> object:
        """On the grid of ten minutes."""
        starts = self.cleaned_data["starts"]
        if starts.minute % 10:
            raise forms.ValidationError(_("Choose minutes that end in 0, for example 10:30."))
        return starts


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def groups(request: OpenpesRequest) -> HttpResponse:
    """The sessions of today and later."""
    offices = [one.pk for one in offices_of(request.actor, "session.lead")]
    since: datetime = day_bounds(today(request.at), country().timezone)[0]
    rows = [
        {"session": one, "state": said(SESSION_STATE, SessionState(one.state))} for one in sessions_from(offices, since)
    ]
    return render(request, "openpes/counsellor/groups.html", {"rows": rows})


@audience(Door.ROLES, *PEOPLE_DESK)
def new_group(request: OpenpesRequest) -> HttpResponse:
    """Plan a session."""
    office = own_office(request, "session.lead")
    form = SessionForm(request.POST if request.method == "POST" else None, office=office)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = visits.plan_session(
                office=office,
                topic=given["topic"],
                note="",
                starts_at=instant(given["day"], given["starts"], country().timezone),
                minutes=given["minutes"],
                places=given["places"],
                leader=next((one for one in form.accounts if str(one.pk) == given["leader"]), None),
                room=room_of(office, given["room"]),
                by=request.actor,
                at=request.at,
            )
        except Refused as refused:
            for sentence in reasons_in_words(refused):
                form.add_error(None, sentence)
        else:
            return HttpResponseRedirect(reverse("counsellor:group", args=[made.ref]))
    return render(
        request,
        "openpes/counsellor/desk_form.html",
        {"form": form, "title": _("Plan a group session"), "back": reverse("counsellor:groups"), "button": _("Plan")},
        status=422 if form.errors else 200,
    )


@audience(Door.ROLES, *PEOPLE_DESK)
def group(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One session: its list, adding people by their numbers, ticking who came."""
    session = session_for(request.actor, ref)
    act, typed = request.POST.get("act", ""), request.POST.get("numbers", "")
    errors: list[str] = []
    if act == "add":
        typed, errors = _add(request, session, typed)
        if not errors:
            return HttpResponseRedirect(request.path)
    elif act in {"attendance", "call_off"}:
        try:
            if act == "call_off":
                told = call_session_off(session=session, by=request.actor, at=request.at)
                messages.success(request, _("Called off. %(people)s people are told.") % {"people": told})
            else:
                here, away = visits.record_attendance(
                    session=session,
                    came=request.POST.getlist("came"),
                    note=request.POST.get("note", ""),
                    by=request.actor,
                    at=request.at,
                )
                messages.success(
                    request, _("Written down: %(here)s came, %(away)s did not.") % {"here": here, "away": away}
                )
            return HttpResponseRedirect(request.path)
        except Refused as refused:
            errors = reasons_in_words(refused)
    roster = roster_of(session)
    if roster:
        record_search(
            by=request.actor,
            at=request.at,
            what=f"session:{session.ref}",
            found={one.jobseeker.person.log_key for one in roster},
        )
    return render(
        request,
        "openpes/counsellor/group.html",
        {
            "session": session,
            "state": said(SESSION_STATE, SessionState(session.state)),
            "roster": [(one, said(STATE, AppointmentState(one.state))) for one in roster],
            "errors": errors,
            "numbers": typed if errors else "",
            "is_planned": session.state == SessionState.PLANNED and session.starts_at > request.at,
            "may_tick": session.state != SessionState.CANCELLED and session.starts_at <= request.at,
            "places_left": max(0, session.places - len(roster)),
        },
        status=422 if errors else 200,
    )


def _add(request: OpenpesRequest, session: object, typed: str) -> tuple[str, list[str]]:
    """Put the people with these numbers on the roster; what could not be added stays typed, with why."""
    left, errors, added = [], [], 0
    for number in re.split(r"[\s,;]+", typed.strip())[:MOST_AT_ONCE]:
        if not number:
            continue
        try:
            person = jobseeker_for(request.actor, number, at=request.at, reason="group session")
            put_on_roster(session=session, jobseeker=person, by=request.actor, at=request.at)  # type: ignore[arg-type]
            added += 1
        except NotFound:
            left.append(number)
            errors.append(_("%(number)s: nobody at your office has this number.") % {"number": number})
        except Refused as refused:
            left.append(number)
            errors += [f"{number}: {sentence}" for sentence in reasons_in_words(refused)]
    if added:
        messages.success(request, _("%(people)s added and told.") % {"people": added})
    elif not errors:
        errors.append(_("Type at least one number."))
    return "\n".join(left), errors


def sheet_pdf(request: OpenpesRequest, session: GroupSession) -> bytes:
    """The list of a session to sign, with room for those who come without being on it. The names are logged."""
    roster = roster_of(session)
    record_search(
        by=request.actor,
        at=request.at,
        what=f"session:{session.ref}",
        found={one.jobseeker.person.log_key for one in roster},
    )
    rows = [
        [str(number), one.jobseeker.person.name_as_given, one.jobseeker.ref, ""]
        for number, one in enumerate(roster, start=1)
    ]
    rows += [[str(number), "", "", ""] for number in range(len(rows) + 1, len(rows) + 6)]
    return paper_pdf(
        Paper(
            title=session.topic,
            language=request.LANGUAGE_CODE,
            above=session.office.name,
            lines=[day_and_time(session.starts_at), session.room.name if session.room else ""],
            tables=(
                Table(_("Who is here"), ["", _("Name"), _("Number"), _("Signature")], rows, [1, 6, 4, 6], height=9),
            ),
            foot=_("Keep this sheet locked away."),
        )
    )


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def sign_sheet(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The list to sign, on paper."""
    session = session_for(request.actor, ref)
    response = HttpResponse(sheet_pdf(request, session), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="sign-{session.ref}.pdf"'
    return response
