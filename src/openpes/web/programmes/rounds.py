"""One round at the programme manager's desk: places, the line, and the draw."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.core.decisions import NotFound, Refused
from openpes.enrolments.operations import name_provider
from openpes.enrolments.queries import possible_providers, provider_of
from openpes.journeys.open_emergency import agree_to_all
from openpes.journeys.place_in_programme import confirm_and_place, freeze_draw, offer_places
from openpes.programmes.drawing import enter_value
from openpes.programmes.models import Cycle
from openpes.programmes.queries import counts_of, cycle_for, draw_of, sent_to
from openpes.programmes.states import ApplicationState, DrawState, PlaceRule
from openpes.programmes.words import PLACES_GO, STATE
from openpes.reference.country import country
from openpes.web.audience import Door, audience
from openpes.web.forms import ClockField, OpenpesForm, PlainDateField
from openpes.web.programmes.words import PROGRAMMES_DESK, add_reasons
from openpes.web.requests import OpenpesRequest


class FreezeForm(OpenpesForm):
    """Where the number will come from, and when."""

    about_self = False
    source = forms.CharField(
        label=gettext_lazy("Where the number is read: what, and where anybody can see it"), max_length=300
    )
    day = PlainDateField(label=gettext_lazy("On which day"))
    clock = ClockField(label=gettext_lazy("At what time"), initial=time(12), widget=forms.TextInput())

    def read_at(self) -> datetime:
        """The named instant, in the country's time."""
        told = self.cleaned_data
        return datetime.combine(told["day"], told["clock"], tzinfo=ZoneInfo(country().timezone))


class ValueForm(OpenpesForm):
    """The number as the source shows it."""

    about_self = False
    value = forms.CharField(label=gettext_lazy("The number, exactly as the source shows it"), max_length=200)


class PlainForm(OpenpesForm):
    """A press of a button."""

    about_self = False


FORMS: dict[str, type[OpenpesForm]] = {"freeze": FreezeForm, "value": ValueForm, "confirm": ValueForm}


def _act(request: OpenpesRequest, held: Cycle, act: str, form: Any) -> str:
    """Do it; what to say of it, or "" when it is refused, which is then on the form."""
    by, at, draw = request.actor, request.at, draw_of(held)
    try:
        if act == "offer":
            return _("%(n)s offered.") % {"n": len(offer_places(cycle=held, by=by, at=at))}
        if act == "freeze":
            freeze_draw(cycle=held, source=form.cleaned_data["source"], read_at=form.read_at(), by=by, at=at)
            return _("The list is closed and its hash is public.")
        if act == "value" and draw is not None:
            enter_value(draw=draw, value=form.cleaned_data["value"], by=by, at=at)
            return _("Entered. A second person confirms it.")
        if act == "confirm" and draw is not None:
            confirm_and_place(draw=draw, value=form.cleaned_data["value"], by=by, at=at)
            return _("Drawn. The places are offered.")
    except Refused as refused:
        add_reasons(form, refused)
    return ""


def _next_act(held: Cycle) -> str:
    """The one act that is open now."""
    if held.place_rule != PlaceRule.LOTTERY:
        return "offer"
    draw = draw_of(held)
    if draw is None:
        return "freeze"
    return {DrawState.FROZEN: "value", DrawState.VALUE_ENTERED: "confirm"}.get(draw.state, "offer")  # type: ignore[call-overload]


def _besides(request: OpenpesRequest, held: Cycle) -> str:
    """What can be done at any time: name who runs the round, agree to all who were sent. "" for nothing of it."""
    by, at, act = request.actor, request.at, request.POST.get("act")
    if act == "provider":
        chosen = possible_providers(by).filter(ref=request.POST.get("partner", "")).first()
        if chosen is None:
            raise NotFound("partner")
        name_provider(cycle=held, partner=chosen, by=by, at=at)
        return _("%(name)s runs this round from now, and its people see it.") % {"name": chosen.name}
    if act == "agree_all":
        told = agree_to_all(cycle=held, by=by, at=at)
        return _("%(n)s agreed to. What is left needs a look of its own.") % {"n": told["approved"]}
    return ""


@audience(Door.ROLES, *PROGRAMMES_DESK)
def cycle(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Places taken and free, who stands where, and the next act."""
    held = cycle_for(request.actor, ref)
    if request.method == "POST":
        done = _besides(request, held)
        if done:
            messages.success(request, done)
            return HttpResponseRedirect(request.path)
    act = _next_act(held)
    posted = request.method == "POST" and request.POST.get("act") == act
    form = FORMS.get(act, PlainForm)(request.POST if posted else None)
    if posted and form.is_valid():
        done = _act(request, held, act, form)
        if done:
            messages.success(request, done)
            return HttpResponseRedirect(request.path)
    counts = counts_of(held)
    return render(
        request,
        "openpes/programmes/cycle.html",
        {
            "cycle": held,
            "version": held.version,
            "places_go": PLACES_GO[held.place_rule],  # type: ignore[index]
            "bars": [
                (_("Places taken"), held.places_taken),
                (_("Places free"), held.places - held.places_taken),
                (_("Waiting"), counts.get(ApplicationState.WAITING, 0)),
            ],
            "counts": [(STATE[ApplicationState(code)], n) for code, n in sorted(counts.items())],
            "draw": draw_of(held),
            "provider": provider_of(held),
            "partners": possible_providers(request.actor),
            "sent": sent_to(request.actor, held).count(),
            "act": act,
            "form": form,
        },
        status=422 if form.errors else 200,
    )
