"""The plan of a person: made at the end of a talk, looked at again, taken along as a slip or a text."""

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

from openpes.core.decisions import NotFound, Refused
from openpes.guidance.lists import says, skills_shown_by
from openpes.guidance.models import Interview, Plan
from openpes.guidance.operations import mark_action, review_plan
from openpes.guidance.press import set_paper
from openpes.guidance.queries import action_for, interview_for, plan_of, plans_of, script_of
from openpes.guidance.rules import shown_state
from openpes.guidance.states import ActionState, InterviewState, PartKind
from openpes.jobseekers.models import Jobseeker
from openpes.journeys.hold_interview import finish_with_plan
from openpes.journeys.text_guidance import plan_text, text_plan
from openpes.reference.country import country, today
from openpes.reference.labels import skill_label
from openpes.web.audience import Door, audience
from openpes.web.counsellor.guidance_words import ACTION_STATE, WHO
from openpes.web.counsellor.interview_forms import chosen_in
from openpes.web.counsellor.person import opened
from openpes.web.counsellor.plan_forms import SUGGESTIONS, PlanForm, initial_from, suggestions
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.counsellor.words import reasons_in_words, said
from openpes.web.forms import OpenpesForm, PlainDateField, with_look
from openpes.web.plan_slip import slip_paper
from openpes.web.requests import OpenpesRequest


def plan_url(jobseeker: Jobseeker) -> str:
    """The address of a person's plan."""
    return reverse("counsellor:plan", args=[jobseeker.ref])


def _interview(request: OpenpesRequest, jobseeker: Jobseeker) -> Interview | None:
    ref = request.POST.get("interview") or request.GET.get("interview") or ""
    return interview_for(request.actor, jobseeker, ref) if ref else None


def _shown_skills(jobseeker: Jobseeker, interview: Interview | None, language: str) -> list[tuple[str, str]]:
    """Skills that the everyday activities show and the profile does not hold yet."""
    if interview is None:
        return []
    ticked = chosen_in(script_of(interview), interview, PartKind.ACTIVITIES)
    new = [one for one in skills_shown_by(ticked) if one not in jobseeker.skill_ids]
    return [(one, skill_label(one, language)) for one in new]


@audience(Door.ROLES, *PEOPLE_DESK)
def new_plan(request: OpenpesRequest, ref: str) -> HttpResponse:
    """A new version of the plan, from an interview or from the version before."""
    jobseeker = opened(request, ref)
    interview, held = _interview(request, jobseeker), plan_of(request.actor, jobseeker)
    skills = _shown_skills(jobseeker, interview, request.LANGUAGE_CODE)
    initial = initial_from(held) | {"skills": [code for code, _label in skills]}
    form = PlanForm(request.POST if request.method == "POST" else None, initial=initial, skills=skills)
    meanwhile: Plan | None = None
    if request.method == "POST" and form.is_valid():
        try:
            finish_with_plan(
                jobseeker=jobseeker,
                interview=interview if interview and interview.state == InterviewState.OPEN else None,
                new=form.new_plan(),
                seen_version=form.cleaned_data["seen_version"],
                skill_ids=form.cleaned_data.get("skills", ()),
                by=request.actor,
                at=request.at,
            )
            messages.success(request, _("The plan stands. Print the slip or send it as a text."))
            return HttpResponseRedirect(plan_url(jobseeker))
        except Refused as refused:
            for sentence in reasons_in_words(refused):
                form.add_error(None, sentence)
            if any(one.code == "plan_changed_meanwhile" for one in refused.decision.reasons):
                meanwhile = plan_of(request.actor, jobseeker)
                # Both are shown now. Saving again is a decision; the colleague's plan stays as an earlier version.
                form.now_seen(meanwhile)
    programmes = [one.name for one in country().programmes_on(today(request.at))]
    return render(
        request,
        "openpes/counsellor/plan_form.html",
        {
            "jobseeker": jobseeker,
            "interview": interview,
            "form": form,
            "meanwhile": meanwhile,
            "meanwhile_actions": _actions(meanwhile, request) if meanwhile is not None else [],
            "suggestions": suggestions(*programmes),
            "suggestions_id": SUGGESTIONS,
        },
        status=422 if form.errors else 200,
    )


class MarkForm(OpenpesForm):
    """What became of an action."""

    about_self = False
    to = forms.ChoiceField(choices=[(one.value, one.value) for one in ActionState])
    note = forms.CharField(required=False, max_length=600)


class ReviewForm(OpenpesForm):
    """When the plan is looked at again."""

    about_self = False
    mark_optional = False
    next_on = with_look(PlainDateField(label=gettext_lazy("And again on"), required=False), size="s")


def _actions(plan: Plan, request: OpenpesRequest) -> list[dict[str, Any]]:
    on = today(request.at)
    rows = []
    for one in plan.actions.all():
        state = shown_state(state=ActionState(one.state), due_on=one.due_on, today=on)
        who = said(WHO, one.who)
        rows.append(
            {
                "action": one,
                "state": state,
                "words": said(ACTION_STATE, state),
                "who": f"{who}: {one.who_name}" if one.who_name else who,
                "is_open": one.state == ActionState.OPEN,
            }
        )
    return rows


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def plan(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The plan in force, what became of its actions, and the versions before it."""
    jobseeker = opened(request, ref)
    plans = plans_of(request.actor, jobseeker)
    held = next((one for one in plans if one.state == "current"), None)
    return render(
        request,
        "openpes/counsellor/plan.html",
        {
            "jobseeker": jobseeker,
            "plan": held,
            "found": says("diagnoses", held.diagnosis) if held else "",
            "way": says("strategies", held.strategy) if held else "",
            "actions": _actions(held, request) if held else [],
            "before": [(one, _actions(one, request)) for one in plans if one is not held],
            "review": ReviewForm(),
            "review_due": held is not None and held.review_on <= today(request.at),
            "text": plan_text(held, jobseeker, at=request.at) if held else "",
        },
    )


@audience(Door.ROLES, *PEOPLE_DESK)
@require_POST
def mark(request: OpenpesRequest, ref: str, action_ref: str) -> HttpResponse:
    """An action is done, opened again or changed."""
    jobseeker = opened(request, ref)
    action = action_for(request.actor, jobseeker, action_ref)
    form = MarkForm(request.POST)
    try:
        if form.is_valid():
            mark_action(
                action=action,
                jobseeker=jobseeker,
                to=ActionState(form.cleaned_data["to"]),
                note=form.cleaned_data["note"],
                by=request.actor,
                at=request.at,
            )
            messages.success(request, _("Written down."))
    except Refused as refused:
        for sentence in reasons_in_words(refused):
            messages.error(request, sentence)
    return HttpResponseRedirect(plan_url(jobseeker))


def _current(request: OpenpesRequest, jobseeker: Jobseeker) -> Plan:
    held = plan_of(request.actor, jobseeker)
    if held is None:
        raise NotFound("plan")
    return held


@audience(Door.ROLES, *PEOPLE_DESK)
@require_POST
def review(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The plan was looked at together."""
    jobseeker = opened(request, ref)
    held, form = _current(request, jobseeker), ReviewForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
        return HttpResponseRedirect(plan_url(jobseeker))
    try:
        next_on = form.cleaned_data["next_on"]
        review_plan(plan=held, jobseeker=jobseeker, next_on=next_on, by=request.actor, at=request.at)
        messages.success(request, _("Written down: you looked at the plan together."))
    except Refused as refused:
        for sentence in reasons_in_words(refused):
            messages.error(request, sentence)
    return HttpResponseRedirect(plan_url(jobseeker))


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def slip(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The slip to take away, A6, in the person's language."""
    jobseeker = opened(request, ref)
    paper = slip_paper(_current(request, jobseeker), jobseeker, on=today(request.at))
    answer = HttpResponse(set_paper("slip", paper), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="plan-{jobseeker.ref}.pdf"'
    return answer


@audience(Door.ROLES, *PEOPLE_DESK)
@require_POST
def text(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The safe actions go out as a text."""
    jobseeker = opened(request, ref)
    try:
        text_plan(plan=_current(request, jobseeker), jobseeker=jobseeker, by=request.actor, at=request.at)
        messages.success(request, _("The plan goes out as a text."))
    except Refused as refused:
        for sentence in reasons_in_words(refused):
            messages.error(request, sentence)
    return HttpResponseRedirect(plan_url(jobseeker))
