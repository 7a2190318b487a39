"""Load the register of licensed agencies from a file of the authority."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from openpes.core.decisions import Refused
from openpes.core.tables import UnreadableTable
from openpes.journeys.load_agencies import AGENCY_COLUMNS, AGENCY_OPTIONAL, load_agencies
from openpes.journeys.load_offices import Loaded
from openpes.organisations.agency_queries import newest_list
from openpes.organisations.agency_words import AGENCY_REASON
from openpes.reference.country import today
from openpes.web.administration.forms import FileForm
from openpes.web.audience import Door, audience
from openpes.web.forms import PlainDateField
from openpes.web.requests import OpenpesRequest


class RegisterForm(FileForm):
    """The file, of which day it speaks, and who published it."""

    as_of = PlainDateField(label=_("Day of the list"))
    source = forms.CharField(label=_("Who published it"), max_length=300)
    field_order = ("source", "as_of", "file")


@audience(Door.ROLES, "administrator")
@never_cache
def load_agencies_page(request: OpenpesRequest) -> HttpResponse:
    """A file in, the register and a report of every bad row out."""
    form: Any = RegisterForm(request.POST or None, request.FILES or None)
    form.fields["as_of"].latest = today(request.at)
    loaded: Loaded | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            loaded = load_agencies(
                content=given["file"].read(),
                as_of=given["as_of"],
                source=given["source"],
                by=request.actor,
                at=request.at,
            )
        except UnreadableTable as error:
            form.add_error("file", str(error))
        except Refused as refused:
            for one in refused.decision.reasons:
                form.add_error(None, str(AGENCY_REASON.get(one.code, one.code)) % one.facts)
    return render(
        request,
        "openpes/administration/load_agencies.html",
        {
            "form": form,
            "loaded": loaded,
            "list": newest_list(),
            "needed": AGENCY_COLUMNS,
            "optional": AGENCY_OPTIONAL,
        },
        status=422 if form.errors else 200,
    )
