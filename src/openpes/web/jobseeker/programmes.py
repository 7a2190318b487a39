"""A person's own programmes: what fits and why, applying, and answering an offer."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.circumstances.queries import people_of_groups
from openpes.circumstances.states import UsedFor
from openpes.core.decisions import Refused
from openpes.journeys.place_in_programme import decline_offer, withdraw_application
from openpes.programmes.eligibility import fields_of
from openpes.programmes.operations import accept_offer, start_application, submit_application
from openpes.programmes.queries import (
    application_for,
    applications_of,
    comes_behind_the_list,
    cycle_by_ref,
    draw_of,
    eligible_on,
    facts_of,
    next_day_of,
    open_for_public,
    position_of,
)
from openpes.programmes.rules import missing_documents
from openpes.programmes.states import OPEN_STATES, ApplicationState
from openpes.programmes.words import PLACES_GO, REASON, STATE
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.jobseeker.own_pages import own
from openpes.web.public.programme_form import RuleForm, told
from openpes.web.requests import OpenpesRequest

A_PAGE = 20


@audience(Door.ROLES, "jobseeker")
@require_safe
def programmes(request: OpenpesRequest) -> HttpResponse:
    """My applications, and open rounds with what my record says of their rules."""
    jobseeker, on = own(request), today(request.at)
    groups = people_of_groups([jobseeker.person_id], purpose=UsedFor.PROGRAMMES).get(jobseeker.person_id)
    facts = facts_of(jobseeker, on=on, answers={}, groups=groups)
    page = Paginator(open_for_public(on=on), A_PAGE).get_page(request.GET.get("page"))
    lines = [(one, eligible_on(one.version, facts).verdict.value) for one in page]
    mine = [(one, STATE[one.state]) for one in applications_of(request.actor, jobseeker)[:A_PAGE]]  # type: ignore[index]
    return render(request, "openpes/jobseeker/programmes.html", {"mine": mine, "page": page, "lines": lines})


@audience(Door.ROLES, "jobseeker")
def apply(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The rule's open questions, then it is sent."""
    jobseeker, cycle, on = own(request), cycle_by_ref(ref), today(request.at)
    known = facts_of(jobseeker, on=on, answers={}, groups=None)
    asked = [name for name in fields_of([cycle.version.rule]) if known.get(name) is None]
    form = RuleForm(request.POST if request.method == "POST" else None, asked=asked)
    if request.method == "POST" and form.is_valid():
        by, at = request.actor, request.at
        try:
            one = start_application(cycle=cycle, jobseeker=jobseeker, answers=form.answers(), by=by, at=at)
            submit_application(application=one, by=by, at=at)
        except Refused as refused:
            for reason in refused.decision.reasons:
                form.add_error(None, REASON.get(reason.code, REASON["not_from_here"]))
        else:
            messages.success(request, _("Sent. The office checks it and tells you."))
            return HttpResponseRedirect(reverse("jobseeker:programme", args=[one.ref]))
    return render(
        request,
        "openpes/jobseeker/programme_apply.html",
        {"form": form, "cycle": cycle, "version": cycle.version},
        status=422 if form.errors else 200,
    )


ACTS = {"accept": accept_offer, "decline": decline_offer, "withdraw": withdraw_application, "send": submit_application}


@audience(Door.ROLES, "jobseeker")
def application(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One of mine: where it stands, my place in the line, the next date, and my answer."""
    held = application_for(request.actor, ref, at=request.at)
    act = ACTS.get(request.POST.get("act", "")) if request.method == "POST" else None
    if act is not None:
        try:
            act(application=held, by=request.actor, at=request.at)
        except Refused as refused:
            for reason in refused.decision.reasons:
                messages.error(request, REASON.get(reason.code, REASON["not_from_here"]))
        return HttpResponseRedirect(request.path)
    draw = draw_of(held.cycle) if held.ticket else None
    return render(
        request,
        "openpes/jobseeker/programme.html",
        {
            "application": held,
            "version": held.cycle.version,
            "state": STATE[held.state],  # type: ignore[index]
            "places_go": PLACES_GO[held.cycle.place_rule],  # type: ignore[index]
            "position": position_of(held) if held.state == ApplicationState.WAITING else None,
            "next_day": next_day_of(held.cycle, at=request.at) if held.state == ApplicationState.WAITING else None,
            "behind": comes_behind_the_list(held),
            "missing": missing_documents(held.cycle.version.documents, held.documents),
            "conditions": told((name, verdict) for name, verdict, _text in held.eligibility.get("conditions", [])),
            "draw": draw,
            "may_withdraw": held.state in OPEN_STATES,
        },
    )
