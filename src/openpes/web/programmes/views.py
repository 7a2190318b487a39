"""The programme manager's desk: what is drafted, who approves it, its rounds and the money."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from openpes.core.decisions import NotFound, Refused
from openpes.journeys.open_emergency import approve_and_open
from openpes.programmes.drafting import (
    Round,
    add_fund,
    allow_above,
    draft_programme,
    draft_version,
    edit_draft,
    open_cycle,
    take_over_from_pack,
)
from openpes.programmes.models import ProgrammeVersion
from openpes.programmes.queries import all_versions, funds, is_in_force, version_for
from openpes.programmes.states import PlaceRule, ProgrammeKind, VersionState
from openpes.programmes.words import KIND
from openpes.reference.country import currency, today
from openpes.web.audience import Door, audience
from openpes.web.programmes.forms import FundForm, RoundForm, VersionForm, initial_of
from openpes.web.programmes.words import PROGRAMMES_DESK, add_reasons, sentences
from openpes.web.requests import OpenpesRequest

A_PAGE = 20


def _address(version: ProgrammeVersion) -> str:
    return reverse("programmes:version", args=[version.programme.ref, version.number])


@audience(Door.ROLES, *PROGRAMMES_DESK)
def home(request: OpenpesRequest) -> HttpResponse:
    """All versions. One press takes over the country's national programmes as drafts."""
    if request.method == "POST":
        drafts = take_over_from_pack(by=request.actor, at=request.at)
        messages.success(request, _("%(n)s taken over as drafts.") % {"n": len(drafts)})
        return HttpResponseRedirect(request.path)
    page = Paginator(all_versions(request.actor), A_PAGE).get_page(request.GET.get("page"))
    on = today(request.at)
    lines = [(one, KIND[one.programme.kind], is_in_force(one, on)) for one in page]  # type: ignore[index]
    return render(request, "openpes/programmes/home.html", {"page": page, "lines": lines})


@audience(Door.ROLES, *PROGRAMMES_DESK)
def new(request: OpenpesRequest) -> HttpResponse:
    """A new programme."""
    form = VersionForm(request.POST if request.method == "POST" else None, initial={"starts_on": today(request.at)})
    form.without_source_read()
    if request.method == "POST" and form.is_valid():
        try:
            made = draft_programme(
                kind=ProgrammeKind(form.cleaned_data["kind"]),
                provider=form.cleaned_data["provider"],
                written=form.written(recalled=False),
                by=request.actor,
                at=request.at,
            )
            return HttpResponseRedirect(_address(made))
        except Refused as refused:
            add_reasons(form, refused)
    return render(request, "openpes/programmes/edit.html", {"form": form}, status=422 if form.errors else 200)


@audience(Door.ROLES, *PROGRAMMES_DESK)
def edit(request: OpenpesRequest, ref: str, number: int) -> HttpResponse:
    """Change a draft, or write the next version of what is approved."""
    held = version_for(request.actor, ref, number)
    form = VersionForm(request.POST if request.method == "POST" else None, initial=initial_of(held))
    if not held.recalled:
        form.without_source_read()
    if request.method == "POST" and form.is_valid():
        written, by, at = form.written(recalled=held.recalled), request.actor, request.at
        try:
            if held.state == VersionState.DRAFTED:
                made = edit_draft(version=held, written=written, by=by, at=at)
            else:
                made = draft_version(programme=held.programme, written=written, by=by, at=at)
            return HttpResponseRedirect(_address(made))
        except Refused as refused:
            add_reasons(form, refused)
    context = {"form": form, "version": held}
    return render(request, "openpes/programmes/edit.html", context, status=422 if form.errors else 200)


@audience(Door.ROLES, *PROGRAMMES_DESK)
def version(request: OpenpesRequest, ref: str, number: int) -> HttpResponse:
    """One version: approve it, and open rounds of it."""
    held = version_for(request.actor, ref, number)
    act = request.POST.get("act", "")
    form = RoundForm(request.POST if act == "open" else None, funds=list(funds(request.actor)))
    if act == "approve":
        try:
            _version, opened_now = approve_and_open(version=held, by=request.actor, at=request.at)
            if opened_now is not None:
                return HttpResponseRedirect(reverse("programmes:cycle", args=[opened_now.ref]))
            messages.success(request, _("Approved."))
        except Refused as refused:
            for one in sentences(refused):
                messages.error(request, one)
        return HttpResponseRedirect(request.path)
    if act == "open" and form.is_valid():
        told = form.cleaned_data
        try:
            opened = Round(**(told | {"place_rule": PlaceRule(told["place_rule"])}))
            cycle = open_cycle(version=held, opened=opened, by=request.actor, at=request.at)
            return HttpResponseRedirect(reverse("programmes:cycle", args=[cycle.ref]))
        except Refused as refused:
            add_reasons(form, refused)
    return render(
        request,
        "openpes/programmes/version.html",
        {
            "version": held,
            "kind": KIND[held.programme.kind],  # type: ignore[index]
            "is_draft": held.state == VersionState.DRAFTED,
            "own_draft": held.drafted_by_id == request.actor.account_id,
            "cycles": held.cycles.all(),
            "form": form,
        },
        status=422 if form.errors else 200,
    )


def _amount(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal(-1)


@audience(Door.ROLES, *PROGRAMMES_DESK)
def money(request: OpenpesRequest) -> HttpResponse:
    """Fund streams: budget, promised, and what somebody by name allowed above it."""
    rows, act = list(funds(request.actor)), request.POST.get("act", "")
    form = FundForm(request.POST if act == "add" else None)
    by, at = request.actor, request.at
    try:
        if act == "add" and form.is_valid():
            add_fund(**form.cleaned_data, currency=currency(), by=by, at=at)
            return HttpResponseRedirect(request.path)
        if act == "above":
            fund = next((one for one in rows if str(one.pk) == request.POST.get("fund")), None)
            if fund is None:
                raise NotFound("fund")
            why = request.POST.get("why", "")
            allow_above(fund=fund, amount=_amount(request.POST.get("amount", "")), why=why, by=by, at=at)
            return HttpResponseRedirect(request.path)
    except Refused as refused:
        if act == "add":
            add_reasons(form, refused)
        else:
            for one in sentences(refused):
                messages.error(request, one)
    context = {"form": form, "funds": rows}
    return render(request, "openpes/programmes/money.html", context, status=422 if form.errors else 200)
