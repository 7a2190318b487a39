"""An emergency programme in one short form: a second person's yes opens it the same day."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from openpes.core.decisions import Refused
from openpes.journeys.open_emergency import Emergency, draft_emergency
from openpes.programmes.models import FundStream
from openpes.programmes.queries import funds
from openpes.programmes.states import ProgrammeKind
from openpes.programmes.words import KIND
from openpes.reference.country import area_choices
from openpes.web.audience import Door, audience
from openpes.web.forms import OpenpesForm, PlainDateField, with_look
from openpes.web.programmes.words import PROGRAMMES_DESK, add_reasons
from openpes.web.requests import OpenpesRequest


class EmergencyForm(OpenpesForm):
    """The least that is needed."""

    about_self = False
    title = forms.CharField(label=_("Title"), max_length=200)
    source = forms.CharField(label=_("Source: law, order or decision, with the article"), max_length=400)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(one.value, KIND[one]) for one in ProgrammeKind], initial=ProgrammeKind.PUBLIC_WORKS
    )
    benefits = with_look(
        forms.CharField(label=_("What it gives"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    )
    area_code = forms.ChoiceField(label=_("Where"), required=False)
    ends_before = PlainDateField(label=_("Over on"), help_text=_("An emergency programme has an end."))
    places = with_look(forms.IntegerField(label=_("Places"), min_value=1, max_value=10**6), width=5)
    fund_id = forms.TypedChoiceField(label=_("Paid from"), required=False, coerce=int, empty_value=None)
    cost_per_place = forms.DecimalField(
        label=_("Cost of a place"), min_value=0, required=False, decimal_places=2, max_digits=14
    )

    def __init__(self, data: object = None, *, funds: list[FundStream], language: str) -> None:
        super().__init__(data)
        choices = [(str(one.pk), f"{one.name} ({one.currency})") for one in funds]
        self.fields["fund_id"].choices = [("", _("No fund")), *choices]  # type: ignore[attr-defined]
        self.fields["area_code"].choices = [("", _("Everywhere")), *area_choices(language)]  # type: ignore[attr-defined]

    def told(self) -> Emergency:
        """The form as what the journey takes."""
        given = dict(self.cleaned_data)
        given["cost_per_place"] = given["cost_per_place"] or 0
        return Emergency(**given | {"kind": ProgrammeKind(given["kind"])})


@audience(Door.ROLES, *PROGRAMMES_DESK)
def emergency(request: OpenpesRequest) -> HttpResponse:
    """Draft it; the page of the draft tells the second person what opens with their yes."""
    data = request.POST if request.method == "POST" else None
    form = EmergencyForm(data, funds=list(funds(request.actor)), language=request.LANGUAGE_CODE)
    if request.method == "POST" and form.is_valid():
        try:
            made = draft_emergency(told=form.told(), by=request.actor, at=request.at)
            return HttpResponseRedirect(reverse("programmes:version", args=[made.programme.ref, made.number]))
        except Refused as refused:
            add_reasons(form, refused)
    return render(request, "openpes/programmes/emergency.html", {"form": form}, status=422 if form.errors else 200)
