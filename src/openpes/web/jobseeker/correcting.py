"""What a person cannot change themselves, because papers hang on it: they ask, and a person at the office answers."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.complaints.operations import Told
from openpes.complaints.states import Channel, ComplaintKind, Danger
from openpes.core.decisions import Refused
from openpes.journeys.complain import complain
from openpes.web.audience import Door, audience
from openpes.web.complaint_form import add_reasons
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.jobseeker.own_pages import own
from openpes.web.requests import OpenpesRequest
from openpes.web.templatetags.openpes import plain_date

WHAT = {
    "name": gettext_lazy("Name"),
    "born": gettext_lazy("Birth date"),
    "sex": gettext_lazy("Sex"),
    "other": gettext_lazy("Something else"),
}


class CorrectForm(OpenpesForm):
    """What is wrong, and what is right."""

    what = with_look(
        forms.ChoiceField(label=gettext_lazy("What is wrong?"), widget=forms.RadioSelect, choices=list(WHAT.items()))
    )
    right = forms.CharField(
        label=gettext_lazy("What is right?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


@audience(Door.ROLES, "jobseeker")
def correct(request: OpenpesRequest) -> HttpResponse:
    """Ask for a correction; it goes to the desk as work with a day by which somebody answers."""
    jobseeker = own(request)
    form = CorrectForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = Told(
            kind=ComplaintKind.DATA,
            words=f"{WHAT[form.cleaned_data['what']]}: {form.cleaned_data['right']}",
            danger=Danger.NOT_ASKED,
            channel=Channel.WEB,
            language=request.LANGUAGE_CODE,
            office_id=jobseeker.office_id,
            person_id=jobseeker.person_id,
        )
        try:
            made = complain(told=told, vacancy=None, by=request.actor, at=request.at)
        except Refused as refused:
            add_reasons(form, refused)
        else:
            day = plain_date(made.complaint.due_on)
            messages.success(request, _("A person answers you by %(day)s.") % {"day": day})
            return HttpResponseRedirect(reverse("jobseeker:complaint", args=[made.complaint.ref]))
    return render(request, "openpes/jobseeker/correct.html", {"form": form}, status=422 if form.errors else 200)
