"""Today at the desk: who comes, who waits, whom to call, what is to be done; and the same on one sheet of paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openpes.appointments.contacting import wish_call
from openpes.appointments.models import Appointment
from openpes.appointments.paper import Paper, Table, paper_pdf
from openpes.appointments.states import AppointmentKind, AppointmentState, QueuePurpose, Wish
from openpes.appointments.words import KIND, STATE
from openpes.casework.drafts import drafts_of
from openpes.core.decisions import Refused
from openpes.desks.today import Today, today_at, tomorrow_at
from openpes.jobseekers.queries import jobseeker_for
from openpes.people.models import Account
from openpes.people.queries import account_by_id
from openpes.reference.country import country, today
from openpes.web.audience import Door, audience
from openpes.web.counsellor.appointment_words import QUEUE_PURPOSE
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.counsellor.views import work_wanted
from openpes.web.counsellor.words import reasons_in_words, said
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.requests import OpenpesRequest
from openpes.web.templatetags.openpes import clock_time, day_name
from openpes.web.times import slot_value

EMPTY_LINES = 20


def own_account(request: OpenpesRequest) -> Account | None:
    """The account of whoever sits at the desk."""
    return account_by_id(request.actor.account_id) if request.actor.account_id is not None else None


def line_of(one: Appointment) -> dict[str, Any]:
    """An appointment in a list."""
    return {
        "appointment": one,
        "kind": one.session.topic if one.session is not None else said(KIND, AppointmentKind(one.kind)),
        "state": said(STATE, AppointmentState(one.state)),
    }


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def today_page(request: OpenpesRequest) -> HttpResponse:
    """The day, the calls and the tasks."""
    waits = today_at(request.actor, at=request.at, account=own_account(request))
    language = request.LANGUAGE_CODE
    newest = [{"jobseeker": one, "person": one.person, "work": work_wanted(one, language)} for one in waits.newest]
    calls = [
        {"call": one, "slot": slot_value(one.slot) if one.slot is not None else ""} for one in waits.day.calls.proposals
    ]
    queue = [{"ticket": one, "purpose": said(QUEUE_PURPOSE, QueuePurpose(one.purpose))} for one in waits.day.queue]
    return render(
        request,
        "openpes/counsellor/today.html",
        {
            "today": waits,
            "day": waits.day,
            "on": today(request.at),
            "newest": newest,
            "appointments": [line_of(one) for one in waits.day.appointments],
            "missed": [line_of(one) for one in waits.day.missed],
            "calls": calls,
            "queue": queue,
            "begun": len(drafts_of(request.actor, at=request.at)),
            "free_total": len(waits.day.calls.free),
            "is_manager": request.actor.has_role("office_manager"),
        },
    )


class WishForm(OpenpesForm):
    """Why somebody is moved in the list. The reason is kept."""

    about_self = False
    wish = with_look(
        forms.ChoiceField(
            label=gettext_lazy("Where to?"),
            choices=[
                (Wish.UP.value, gettext_lazy("To the top")),
                (Wish.DOWN.value, gettext_lazy("To the end")),
                (Wish.OUT.value, gettext_lazy("Not today")),
            ],
            widget=forms.RadioSelect,
        )
    )
    reason = with_look(
        forms.CharField(
            label=gettext_lazy("Why?"),
            max_length=200,
            help_text=gettext_lazy("It is kept, and the person can read it."),
        ),
        width=30,
    )


@audience(Door.ROLES, *PEOPLE_DESK)
def wish(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Move somebody up, down or out of today's proposals, with a reason that is kept."""
    jobseeker = jobseeker_for(request.actor, ref, at=request.at, reason="list of calls")
    form = WishForm(request.POST if request.method == "POST" else None, initial={"wish": request.GET.get("to", "")})
    if form.is_bound and form.is_valid():
        try:
            wish_call(
                jobseeker=jobseeker,
                wish=Wish(form.cleaned_data["wish"]),
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=request.at,
                on=today(request.at),
            )
        except Refused as refused:
            for sentence in reasons_in_words(refused):
                form.add_error(None, sentence)
        else:
            messages.success(request, _("Moved. The reason is kept."))
            return HttpResponseRedirect(reverse("counsellor:today"))
    return render(
        request,
        "openpes/counsellor/desk_form.html",
        {
            "form": form,
            "title": _("Move in today’s list"),
            "person": jobseeker.person,
            "back": reverse("counsellor:today"),
            "button": _("Move"),
        },
        status=422 if form.errors else 200,
    )


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def today_pdf(request: OpenpesRequest) -> HttpResponse:
    """The day on paper, before the power goes."""
    waits = today_at(request.actor, at=request.at, account=own_account(request))
    tomorrow = tomorrow_at(request.actor, at=request.at)
    response = HttpResponse(day_pdf(waits, tomorrow, request), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="today.pdf"'
    return response


def _times(title: str, rows: list[Appointment]) -> Table:
    """Appointments as a table to tick."""
    return Table(
        title,
        [_("Time"), _("Name"), _("Number"), _("What for"), _("With"), _("Came")],
        [
            [
                clock_time(one.starts_at),
                one.jobseeker.person.name_as_given,
                one.jobseeker.ref,
                str(KIND[AppointmentKind(one.kind)]),
                one.counsellor.name if one.counsellor else "",
                "",
            ]
            for one in rows
        ],
        [2, 5, 4, 5, 4, 2],
        _("Nobody is expected."),
    )


def _empty_lines() -> Table:
    """Numbered lines for whoever comes while there is no power."""
    return Table(
        _("Who came without an appointment"),
        ["", _("Time"), _("Name or number"), _("What for"), _("What was done")],
        [[str(number), "", "", "", ""] for number in range(1, EMPTY_LINES + 1)],
        [1, 2, 6, 5, 8],
        height=7,
    )


def day_pdf(waits: Today, tomorrow: list[Appointment], request: OpenpesRequest) -> bytes:
    """The sheet of the day."""
    return paper_pdf(_paper(waits, tomorrow, request))


def _paper(waits: Today, tomorrow: list[Appointment], request: OpenpesRequest) -> Paper:
    day = waits.day
    calls = [
        [
            clock_time(one.slot.starts_at) if one.slot else "",
            one.jobseeker.person.name_as_given,
            one.phone,
            one.reason,
            "",
        ]
        for one in day.calls.proposals
    ]
    tasks = [
        [_("Employers to call: no answer yet"), str(waits.to_call_total)],
        [_("New and served by nobody yet"), str(waits.newest_total)],
        [_("Steps of plans that are late"), str(waits.overdue_total)],
        [_("Vacancies to confirm"), str(waits.confirm_total)],
        [_("Adverts to look at"), str(waits.adverts_total)],
    ]
    return Paper(
        title=_("Today, %(day)s") % {"day": day_name(today(request.at))},
        language=request.LANGUAGE_CODE,
        above=f"{country().name} – {request.actor.label}",
        tables=(
            _times(_("Appointments"), day.appointments),
            Table(
                _("To call"),
                [_("For"), _("Name"), _("Phone"), _("Why"), _("Result")],
                calls,
                [2, 4, 4, 7, 4],
                _("Nobody."),
            ),
            Table(_("Waiting"), [_("Task"), _("How many")], tasks, [6, 1]),
            _times(_("Appointments of tomorrow"), tomorrow),
            _empty_lines(),
        ),
        foot=_("Keep this sheet locked away and destroy it when the day is keyed in."),
        size=9,
    )
