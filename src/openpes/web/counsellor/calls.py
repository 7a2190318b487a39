"""Calls: one person on the line, one key for what came of it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openpes.appointments.contacting import say_start, say_stop
from openpes.appointments.contacts import contacts_of
from openpes.appointments.queries import said_stop, to_phone
from openpes.appointments.states import CALL_RESULTS, ContactResult, Way
from openpes.core.access_log import record_search
from openpes.core.decisions import Refused
from openpes.desks.whom_to_call import call_list
from openpes.jobseekers.queries import jobseeker_for
from openpes.journeys.call_people import record_call
from openpes.organisations.queries import offices_of
from openpes.people.phones import as_dialled
from openpes.people.queries import main_phone_of
from openpes.reference.country import country, today
from openpes.web.audience import Door, audience
from openpes.web.counsellor.appointment_words import CONTACT_RESULT, CONTACT_WAY
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.counsellor.today_pages import line_of, own_account
from openpes.web.counsellor.words import reasons_in_words, said
from openpes.web.forms import OpenpesForm, PlainDateField, with_look
from openpes.web.requests import OpenpesRequest


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def calls(request: OpenpesRequest) -> HttpResponse:
    """Whom to call: people who missed two invitations, then the list by rule."""
    offices = list(offices_of(request.actor, "appointment.view"))
    missed = to_phone([one.pk for one in offices], limit=20)
    proposals = call_list(request.actor, offices, own_account(request), at=request.at)
    keys = {one.jobseeker.person.log_key for one in missed}
    keys |= {one.jobseeker.person.log_key for one in proposals.proposals}
    if keys:
        record_search(by=request.actor, at=request.at, what="list of calls", found=keys)
    return render(
        request,
        "openpes/counsellor/calls.html",
        {"missed": [line_of(one) for one in missed], "list": proposals},
    )


class CallForm(OpenpesForm):
    """What is written down beside the code. The codes themselves are the buttons."""

    about_self = False
    note = with_look(
        forms.CharField(
            label=gettext_lazy("Note"), required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2})
        )
    )
    again_on = PlainDateField(label=gettext_lazy("If to be called again: on which day?"), required=False)
    works_since = PlainDateField(label=gettext_lazy("If work was found: since when?"), required=False)


@audience(Door.ROLES, *PEOPLE_DESK)
def call(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One person: the number to dial and the six codes."""
    jobseeker = jobseeker_for(request.actor, ref, at=request.at, reason="call")
    act, result = request.POST.get("act", ""), request.POST.get("result", "")
    form = CallForm(request.POST if result else None)
    if act in {"stop", "start"}:
        if act == "stop":
            say_stop(jobseeker=jobseeker, way=Way.PHONE_CALL, by=request.actor, at=request.at)
        else:
            say_start(jobseeker=jobseeker, by=request.actor, at=request.at)
        return HttpResponseRedirect(request.path)
    if result in set(CALL_RESULTS) and form.is_valid():
        try:
            record_call(
                jobseeker=jobseeker,
                result=ContactResult(result),
                note=form.cleaned_data["note"],
                call_again_on=form.cleaned_data["again_on"],
                works_since=form.cleaned_data["works_since"],
                by=request.actor,
                at=request.at,
            )
        except Refused as refused:
            for sentence in reasons_in_words(refused):
                form.add_error("again_on" if result == ContactResult.CALL_AGAIN else None, sentence)
        else:
            messages.success(request, _("Written down: %(result)s") % {"result": said(CONTACT_RESULT, result)})
            return HttpResponseRedirect(reverse("counsellor:calls"))
    phone = main_phone_of(jobseeker.person_id)
    return render(
        request,
        "openpes/counsellor/call.html",
        {
            "jobseeker": jobseeker,
            "form": form,
            "phone": as_dialled(phone.number, country().code) if phone else "",
            "number": phone.number if phone else "",
            "results": [(one.value, CONTACT_RESULT[one]) for one in CALL_RESULTS],
            "no_texts": bool(said_stop([jobseeker.pk])),
            "on": today(request.at),
            "contacts": [
                {"contact": one, "way": said(CONTACT_WAY, one.way), "result": said(CONTACT_RESULT, one.result)}
                for one in contacts_of(request.actor, jobseeker.pk)
            ],
        },
        status=422 if form.errors else 200,
    )
