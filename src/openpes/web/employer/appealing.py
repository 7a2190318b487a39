"""The firm objects to a refusal, a suspension or a pause: in its own words, answered by a person."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from openpes.complaints.rules import LONGEST_WORDS
from openpes.core.decisions import Refused
from openpes.journeys.pause_employers import appeal as send_appeal
from openpes.organisations.states import EmployerState
from openpes.organisations.words import EMPLOYER_STATE, REASON
from openpes.people.roles import EMPLOYER_ROLES
from openpes.web.audience import Door, audience
from openpes.web.employer.posting import own_employer
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.public.complaining import TOLD_ONCE
from openpes.web.requests import OpenpesRequest


class AppealForm(OpenpesForm):
    """What the firm has to say."""

    about_self = False
    words = with_look(
        forms.CharField(
            label=_("Why is this decision wrong?"),
            max_length=LONGEST_WORDS,
            widget=forms.Textarea(attrs={"rows": 5}),
            error_messages={"required": _("Write a few words.")},
        )
    )


@audience(Door.ROLES, *EMPLOYER_ROLES)
def appeal(request: OpenpesRequest) -> HttpResponse:
    """Write the appeal; its number and the word to read the answer with are shown once, as for every report."""
    employer = own_employer(request)
    form = AppealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = send_appeal(
                employer=employer,
                words=form.cleaned_data["words"],
                language=request.LANGUAGE_CODE,
                by=request.actor,
                at=request.at,
            )
        except Refused as refused:
            for reason in refused.decision.reasons:
                form.add_error(None, str(REASON.get(reason.code, reason.code)) % reason.facts)
        else:
            request.session[TOLD_ONCE] = [made.complaint.ref, made.secret, False]
            return HttpResponseRedirect(reverse("web:reported"))
    return render(
        request,
        "openpes/employer/appeal.html",
        {
            "form": form,
            "employer": employer,
            "employer_state": EMPLOYER_STATE[EmployerState(employer.state)],
            "paused": employer.state == EmployerState.PAUSED,
        },
        status=422 if form.errors else 200,
    )
