"""Targets by group and how far they are reached: for managers, who set them, and analysts, who read them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from openpes.core.decisions import NotFound, Refused
from openpes.desks.targets import Reach, reaches
from openpes.organisations.queries import offices_of
from openpes.partnerships.list_operations import NewTarget, end_target, set_target
from openpes.partnerships.list_queries import target_for, targets_of
from openpes.partnerships.rules import LONGEST_WORDS
from openpes.partnerships.states import TargetMeasure
from openpes.people.roles import Analyst, OfficeManager
from openpes.reference.country import country, today
from openpes.web.audience import Door, audience
from openpes.web.counsellor.partner_words import MEASURE
from openpes.web.date_field import PlainDateField
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.partner.forms import add_reasons
from openpes.web.requests import OpenpesRequest

A_PAGE = 20


class TargetForm(OpenpesForm):
    """A target: which group, what is counted, how many, from when until when, and why."""

    about_self = False
    group = forms.ChoiceField(label=gettext_lazy("Group"))
    measure = with_look(
        forms.ChoiceField(
            label=gettext_lazy("What is counted?"), choices=list(MEASURE.items()), widget=forms.RadioSelect
        ),
        small=True,
    )
    number = with_look(
        forms.IntegerField(label=gettext_lazy("How many people?"), min_value=10, max_value=1_000_000), width=5
    )
    starts_on = PlainDateField(label=gettext_lazy("From"))
    ends_before = PlainDateField(label=gettext_lazy("Until before"))
    why = with_look(
        forms.CharField(label=gettext_lazy("Why this number?"), required=False, max_length=LONGEST_WORDS), width=30
    )


def _line(one: Reach, groups: dict[str, str]) -> dict[str, Any]:
    target = one.target
    return {
        "reach": one,
        "target": target,
        "group": groups.get(target.group, target.group),
        "measure": MEASURE[TargetMeasure(target.measure)],
    }


@audience(Door.ROLES, OfficeManager.code, Analyst.code)
def targets(request: OpenpesRequest) -> HttpResponse:
    """Every target with what was reached, as a plot and the same numbers as a table."""
    groups = {one.code: one.name(request.LANGUAGE_CODE) for one in country().priority_groups}
    may_set = request.actor.holds("target.set")
    if request.method == "POST" and not may_set:
        raise NotFound("page")
    form = TargetForm(request.POST if request.method == "POST" else None, initial={"starts_on": today(request.at)})
    form.fields["group"].choices = list(groups.items())  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid() and _set(request, form):
        return HttpResponseRedirect(reverse("counsellor:targets"))
    page = Paginator(targets_of(request.actor), A_PAGE).get_page(request.GET.get("page"))
    lines = [_line(one, groups) for one in reaches(list(page))]
    bars = [(f"{line['group']}, {line['measure']}", line["reach"].of_target) for line in lines]
    return render(
        request,
        "openpes/counsellor/targets.html",
        {"form": form, "may_set": may_set, "page": page, "lines": lines, "bars": bars},
        status=422 if form.errors else 200,
    )


def _set(request: OpenpesRequest, form: TargetForm) -> bool:
    given = form.cleaned_data
    office = offices_of(request.actor, "target.set").first()
    if office is None:
        raise NotFound("office")
    new = NewTarget(
        given["group"],
        TargetMeasure(given["measure"]),
        given["number"],
        given["starts_on"],
        given["ends_before"],
        given["why"],
    )
    try:
        set_target(office=office, new=new, by=request.actor, at=request.at)
    except Refused as refused:
        add_reasons(form, refused)
        return False
    messages.success(request, _("The target is set, with your name."))
    return True


@audience(Door.ROLES, OfficeManager.code)
@require_POST
def end(request: OpenpesRequest, ref: str) -> HttpResponse:
    """A target holds no more."""
    try:
        end_target(target=target_for(request.actor, ref), by=request.actor, at=request.at)
    except Refused:
        messages.error(request, _("This has ended already."))
    return HttpResponseRedirect(reverse("counsellor:targets"))
