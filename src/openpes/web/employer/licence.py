"""The licence number of a firm that places people with others or abroad, and what the register says of it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.organisations.agency_operations import set_agency_licence
from openpes.organisations.agency_queries import newest_list, overseas_licence_of
from openpes.organisations.agency_words import LICENCE
from openpes.people.roles import EMPLOYER_ROLES
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.employer.posting import own_employer
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.requests import OpenpesRequest


class LicenceForm(OpenpesForm):
    """The number as it stands on the licence."""

    about_self = False
    number = with_look(forms.CharField(label=gettext_lazy("Licence number"), required=False, max_length=60), width=20)


@audience(Door.ROLES, *EMPLOYER_ROLES)
def licence(request: OpenpesRequest) -> HttpResponse:
    """Write the number down, and see what the register says of it for work abroad."""
    employer = own_employer(request)
    may_change = request.actor.may("employer.edit", employer_id=employer.pk)
    form = LicenceForm(request.POST or None, initial={"number": employer.agency_licence})
    if request.method == "POST" and form.is_valid():
        set_agency_licence(employer=employer, number=form.cleaned_data["number"], by=request.actor, at=request.at)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("employer:licence"))
    said = overseas_licence_of(employer, on=today(request.at)) if employer.agency_licence else None
    return render(
        request,
        "openpes/employer/licence.html",
        {
            "form": form,
            "employer": employer,
            "may_change": may_change,
            "said": LICENCE[said] if said else "",
            "list": newest_list(),
        },
        status=422 if form.errors else 200,
    )
