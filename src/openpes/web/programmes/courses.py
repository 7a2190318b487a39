"""A course at the desk of who manages programmes and of the provider: its people, its sessions, who came."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openpes.core.decisions import Refused
from openpes.enrolments.operations import Meeting, hold_session, note_list
from openpes.enrolments.papers import sign_sheet_pdf
from openpes.enrolments.queries import (
    course_for,
    courses,
    enrolled_in,
    minutes_held,
    minutes_present,
    present_at,
    session_for,
    sessions_of,
)
from openpes.enrolments.states import EnrolmentState, Way
from openpes.jobseekers.card import square_code
from openpes.journeys.enrol_in_programme import enrol_and_tell
from openpes.journeys.programme_results import Results, results_of
from openpes.reference.country import country
from openpes.web.audience import Door, audience
from openpes.web.forms import ClockField, OpenpesForm, PlainDateField
from openpes.web.programmes.course_words import STATE, WAY, why_not
from openpes.web.programmes.words import COURSE_DESK
from openpes.web.requests import OpenpesRequest
from openpes.web.templatetags.openpes import plain_date

A_PAGE = 25


class MeetingForm(OpenpesForm):
    """One session."""

    about_self = False
    day = PlainDateField(label=gettext_lazy("Day"))
    begins = ClockField(label=gettext_lazy("From"), widget=forms.TextInput())
    ends = ClockField(label=gettext_lazy("To"), widget=forms.TextInput())
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200)
    trainer = forms.CharField(label=gettext_lazy("Trainer"), max_length=120, required=False)
    capacity = forms.IntegerField(label=gettext_lazy("How many people the room holds"), min_value=1)

    def meeting(self) -> Meeting:
        """The session, in UTC."""
        told, zone = self.cleaned_data, ZoneInfo(country().timezone)
        begins, ends = (datetime.combine(told["day"], told[name], tzinfo=zone) for name in ("begins", "ends"))
        return Meeting(begins, ends, told["place"], told["trainer"], told["capacity"])


@audience(Door.ROLES, *COURSE_DESK)
@require_safe
def course_list(request: OpenpesRequest) -> HttpResponse:
    """The rounds that the actor runs."""
    page = Paginator(courses(request.actor), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "openpes/programmes/courses.html", {"page": page})


def _act(request: OpenpesRequest, cycle: Any, form: MeetingForm) -> str:
    """Do what was pressed; what to say of it, or "" when the form has the reason."""
    by, at = request.actor, request.at
    try:
        if request.POST.get("act") == "enrol":
            return _("%(n)s enrolled.") % {"n": len(enrol_and_tell(cycle=cycle, by=by, at=at))}
        if request.POST.get("act") == "session" and form.is_valid():
            hold_session(cycle=cycle, meeting=form.meeting(), on=form.cleaned_data["day"], by=by, at=at)
            return _("Planned.")
    except Refused as refused:
        for one in why_not(refused):
            form.add_error(None, one)
    return ""


def pictures(found: Results) -> dict[str, Any]:
    """The pictures of a round, each with its table."""
    return {
        "results": found,
        "bars": [(_("In the course"), found.running), (_("Completed"), found.completed), (_("Left"), found.left)],
        "asked": [(month, one) for month, one in sorted(found.follow_ups.items())],
    }


@audience(Door.ROLES, *COURSE_DESK)
def course(request: OpenpesRequest, ref: str) -> HttpResponse:
    """People with their hours, sessions with who came, and what was spent."""
    cycle = course_for(request.actor, ref)
    posted = request.POST if request.POST.get("act") == "session" else None
    form = MeetingForm(posted, initial={"day": cycle.starts_on, "capacity": cycle.places})
    if request.method == "POST":
        done = _act(request, cycle, form)
        if done:
            messages.success(request, done)
            return HttpResponseRedirect(request.path)
    held, present = minutes_held(cycle, before=request.at), minutes_present(cycle)
    page = Paginator(enrolled_in(request.actor, cycle), A_PAGE).get_page(request.GET.get("page"))
    lines = [
        (one, STATE[EnrolmentState(one.state)], present.get(one.pk, 0) // 60, _percent(present.get(one.pk, 0), held))
        for one in page
    ]
    context = {
        "cycle": cycle,
        "version": cycle.version,
        "page": page,
        "lines": lines,
        "hours_held": held // 60,
        "sessions": sessions_of(cycle),
        "form": form,
        "manages": request.actor.everywhere("course.enrol"),
        **pictures(results_of(ref=cycle.ref, by=request.actor)),
    }
    return render(request, "openpes/programmes/course.html", context, status=422 if form.errors else 200)


def _percent(part: int, whole: int) -> int | None:
    return part * 100 // whole if whole else None


@audience(Door.ROLES, *COURSE_DESK)
def session(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Who came to one session: tick and keep. Who came by link or text is ticked already and stays."""
    held = session_for(request.actor, ref)
    people = list(enrolled_in(request.actor, held.cycle))
    if request.method == "POST":
        ticked = set(request.POST.getlist("came"))
        sheet = Way.SHEET if request.POST.get("way") == Way.SHEET else Way.LIST
        there = [one for one in people if one.ref in ticked and one.state != EnrolmentState.LEFT]
        note_list(session=held, present=there, by=request.actor, at=request.at, way=sheet)
        messages.success(request, _("Kept."))
        return HttpResponseRedirect(request.path)
    came = present_at(held)
    lines = [(one, came.get(one.pk), WAY[Way(came[one.pk].way)] if one.pk in came else "") for one in people]
    context = {"session": held, "cycle": held.cycle, "lines": lines, "came": len(came)}
    return render(request, "openpes/programmes/session.html", context)


@audience(Door.ROLES, *COURSE_DESK)
@require_safe
def session_code(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The square code for the wall of the room: people who are signed in say with it that they are there."""
    held = session_for(request.actor, ref)
    address = f"{settings.BASE_URL}{reverse('web:attend_here')}?code={held.code}"
    return HttpResponse(square_code(address), content_type="image/svg+xml")


@audience(Door.ROLES, *COURSE_DESK)
@require_safe
def session_sheet(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The sheet to sign."""
    held = session_for(request.actor, ref)
    names = [one.jobseeker.person.name_as_given for one in enrolled_in(request.actor, held.cycle)]
    zone = ZoneInfo(country().timezone)
    begins, ends = (one.astimezone(zone) for one in (held.starts_at, held.ends_at))
    day = f"{plain_date(begins.date())}, {begins:%H:%M}–{ends:%H:%M}"
    pdf = sign_sheet_pdf(
        title=held.cycle.version.title, lines=(day, f"{held.place} · {held.trainer}"), names=names, code=held.code
    )
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="sheet-{held.ref}.pdf"'
    return answer
