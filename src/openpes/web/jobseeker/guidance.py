"""A person's own plan, the advice about them with its reasons and a way to contest it, and their circumstances."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from openpes.circumstances.operations import agree, set_groups, take_back
from openpes.circumstances.queries import circumstances_of
from openpes.circumstances.states import GivenHow, UsedFor
from openpes.circumstances.words import BARRIER, CONSENT, NEED, SEVERITY, USED_FOR
from openpes.core.decisions import NotFound, Refused
from openpes.guidance.advice_operations import contest_advice
from openpes.guidance.models import GivenAdvice, Plan
from openpes.guidance.press import set_paper
from openpes.guidance.queries import advice_law, latest_advice, plan_of
from openpes.guidance.rules import shown_state
from openpes.guidance.states import ActionState
from openpes.guidance.words import ACTION_STATE, CHANGE, CONTEST, LEVEL, NOT_STATISTICAL, RESPONSE, RULE, WHO, told
from openpes.jobseekers.models import Jobseeker
from openpes.reference.country import country, today
from openpes.web.audience import Door, audience
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.jobseeker.own_pages import own
from openpes.web.plan_slip import slip_paper
from openpes.web.requests import OpenpesRequest
from openpes.web.templatetags.openpes import plain_date

REFUSED = {
    "contest_open": gettext_lazy("You have contested this already. The answer comes by the day that stands here."),
    "contest_words_needed": gettext_lazy("Say in a few words what is wrong."),
    "circumstances_need_consent": gettext_lazy("Tick first for what it may be used."),
}


class ContestForm(OpenpesForm):
    """What is wrong, in the person's own words."""

    words = with_look(
        forms.CharField(
            label=gettext_lazy("What is wrong with it?"),
            max_length=600,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"required": gettext_lazy("Say in a few words what is wrong.")},
        )
    )


def _actions(plan: Plan, request: OpenpesRequest) -> list[dict[str, Any]]:
    on = today(request.at)
    rows = []
    for one in plan.actions.all():
        state = shown_state(state=ActionState(one.state), due_on=one.due_on, today=on)
        who = one.who_name or WHO.get(one.who, one.who)  # type: ignore[call-overload]
        rows.append({"action": one, "state": state, "words": ACTION_STATE[state], "who": who})
    return rows


def _told(advice: GivenAdvice) -> dict[str, Any]:
    contests = list(advice.contests.all())
    return {
        "advice": advice,
        "level": LEVEL.get(advice.current_level, advice.current_level),  # type: ignore[call-overload]
        "reasons": [told(RULE, one) for one in advice.reasons],
        "would_change": [told(CHANGE, one) for one in advice.would_change],
        "response": RESPONSE.get(advice.response, ""),  # type: ignore[call-overload]
        "contests": [(one, CONTEST.get(one.outcome, "")) for one in contests],  # type: ignore[call-overload]
        "may_contest": all(one.answered_at is not None for one in contests),
    }


def _page(request: OpenpesRequest, jobseeker: Jobseeker, form: ContestForm) -> HttpResponse:
    actor = request.actor
    held, advice = plan_of(actor, jobseeker), latest_advice(actor, jobseeker)
    return render(
        request,
        "openpes/jobseeker/plan.html",
        {
            "jobseeker": jobseeker,
            "plan": held,
            "actions": _actions(held, request) if held else [],
            "told": _told(advice) if advice else None,
            "days": advice_law(on=today(request.at)).contest_days,
            "not_statistical": NOT_STATISTICAL,
            "form": form,
        },
        status=422 if form.errors else 200,
    )


@audience(Door.ROLES, "jobseeker")
@require_safe
def plan(request: OpenpesRequest) -> HttpResponse:
    """My plan, and the advice about me."""
    return _page(request, own(request), ContestForm())


@audience(Door.ROLES, "jobseeker")
@require_POST
def contest(request: OpenpesRequest) -> HttpResponse:
    """I do not agree: a named person answers."""
    jobseeker, form = own(request), ContestForm(request.POST)
    advice = latest_advice(request.actor, jobseeker)
    if advice is None:
        raise NotFound("advice")
    if form.is_valid():
        try:
            made = contest_advice(
                advice=advice,
                jobseeker=jobseeker,
                words=form.cleaned_data["words"],
                by=request.actor,
                at=request.at,
            )
        except Refused as refused:
            for one in refused.decision.reasons:
                form.add_error(None, str(REFUSED.get(one.code, one.code)))
        else:
            messages.success(request, _("A person answers you by %(day)s.") % {"day": plain_date(made.due_on)})
            return HttpResponseRedirect(reverse("jobseeker:plan"))
    return _page(request, jobseeker, form)


@audience(Door.ROLES, "jobseeker")
@require_safe
def slip(request: OpenpesRequest, plan_ref: str) -> HttpResponse:
    """My plan on paper, A6; an older version is not printed any more."""
    jobseeker = own(request)
    held = plan_of(request.actor, jobseeker)
    if held is None or held.ref != plan_ref:
        raise NotFound("plan")
    paper = slip_paper(held, jobseeker, on=today(request.at))
    answer = HttpResponse(set_paper("slip", paper), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="plan-{jobseeker.ref}.pdf"'
    return answer


def _change(request: OpenpesRequest, jobseeker: Jobseeker) -> None:
    """Agree, take back, or say to which groups one belongs. Raises Refused."""
    act, by, at, data = request.POST.get("act", ""), request.actor, request.at, request.POST
    if act == "agree":
        purposes = [one for one in UsedFor if one in data.getlist("purposes")]
        agree(jobseeker=jobseeker, purposes=purposes, way=GivenHow.ON_SCREEN, by=by, at=at)
    elif act.startswith("take_back:") and act.partition(":")[2] in set(UsedFor):
        take_back(jobseeker=jobseeker, purpose=UsedFor(act.partition(":")[2]), by=by, at=at)
    elif act == "groups":
        set_groups(jobseeker=jobseeker, codes=data.getlist("groups"), by=by, at=at)


@audience(Door.ROLES, "jobseeker")
def circumstances(request: OpenpesRequest) -> HttpResponse:
    """What I told about my circumstances; for what it may be used; taking it back."""
    jobseeker = own(request)
    problems: list[str] = []
    if request.method == "POST":
        try:
            _change(request, jobseeker)
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(request.path)
        except Refused as refused:
            problems = [str(REFUSED.get(one.code, one.code)) for one in refused.decision.reasons]
    found = circumstances_of(request.actor, jobseeker, purpose=UsedFor.GUIDANCE, at=request.at)
    ticked = set(request.POST.getlist("groups")) if problems else found.groups
    return render(
        request,
        "openpes/jobseeker/circumstances.html",
        {
            "consent": CONSENT,
            "uses": [
                {"code": code, "words": words, "agreed": code in found.agreed} for code, words in USED_FOR.items()
            ],
            "agreed": found.agreed,
            "barriers": [
                {"row": one, "title": BARRIER[one.kind], "severity": SEVERITY[one.severity]}  # type: ignore[index]
                for one in found.barriers
            ],
            "needs": [{"row": one, "title": NEED[one.kind]} for one in found.needs],  # type: ignore[index]
            "groups": [
                {"code": one.code, "name": one.name(request.LANGUAGE_CODE), "ticked": one.code in ticked}
                for one in country().priority_groups
            ],
            "problems": problems,
        },
        status=422 if problems else 200,
    )
