"""A counsellor nominates a person: which rounds fit and why, then the rule's open questions."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from openpes.circumstances.queries import circumstances_of
from openpes.circumstances.states import UsedFor
from openpes.core.decisions import Refused
from openpes.programmes.eligibility import fields_of
from openpes.programmes.operations import start_application
from openpes.programmes.queries import (
    applications_of,
    cycle_by_ref,
    eligible_on,
    facts_of,
    open_for_public,
)
from openpes.programmes.words import STATE
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.counsellor.person import opened
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.programmes.words import add_reasons
from openpes.web.public.programme_form import RuleForm
from openpes.web.requests import OpenpesRequest

A_PAGE = 20


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def choose(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Open rounds for this person, with what the rule says on what is known."""
    jobseeker, on = opened(request, ref), today(request.at)
    told = circumstances_of(request.actor, jobseeker, purpose=UsedFor.PROGRAMMES, at=request.at)
    facts = facts_of(jobseeker, on=on, answers={}, groups=told.groups or None)
    page = Paginator(open_for_public(on=on), A_PAGE).get_page(request.GET.get("page"))
    lines = [(one, eligible_on(one.version, facts)) for one in page]
    mine = [(one, STATE[one.state]) for one in applications_of(request.actor, jobseeker)[:A_PAGE]]  # type: ignore[index]
    context = {"jobseeker": jobseeker, "page": page, "lines": lines, "mine": mine}
    return render(request, "openpes/programmes/nominate.html", context)


@audience(Door.ROLES, *PEOPLE_DESK)
def nominate(request: OpenpesRequest, ref: str, cycle: str) -> HttpResponse:
    """Nominate to one round: what the record does not tell is asked, and may stay open."""
    jobseeker, found, on = opened(request, ref), cycle_by_ref(cycle), today(request.at)
    known = facts_of(jobseeker, on=on, answers={}, groups=None)
    asked = [name for name in fields_of([found.version.rule]) if known.get(name) is None]
    form = RuleForm(request.POST if request.method == "POST" else None, asked=asked)
    if request.method == "POST" and form.is_valid():
        try:
            made = start_application(
                cycle=found, jobseeker=jobseeker, answers=form.answers(), by=request.actor, at=request.at
            )
            return HttpResponseRedirect(reverse("programmes:application", args=[made.ref]))
        except Refused as refused:
            add_reasons(form, refused)
    context = {"jobseeker": jobseeker, "cycle": found, "version": found.version, "form": form}
    return render(request, "openpes/programmes/nominate_to.html", context, status=422 if form.errors else 200)
