"""The guided interview: choose a script, hold the talk, and from here the plan. Works with the keyboard alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.circumstances.models import Barrier
from openpes.circumstances.queries import circumstances_of
from openpes.circumstances.states import UsedFor
from openpes.circumstances.words import CONSENT
from openpes.core.decisions import Decision, Refused
from openpes.guidance.models import Interview
from openpes.guidance.operations import begin_interview
from openpes.guidance.press import set_paper
from openpes.guidance.queries import (
    interview_for,
    interviews_of,
    offered_script,
    offered_scripts,
    open_interview_of,
    script_of,
)
from openpes.guidance.scripts import LENGTHS, Script
from openpes.guidance.states import InterviewState
from openpes.jobseekers.models import Jobseeker
from openpes.journeys.hold_interview import Kept, save_interview
from openpes.reference.country import today
from openpes.reference.labels import occupation_name
from openpes.web.audience import Door, audience
from openpes.web.counsellor.circumstances_together import barriers_carried, barriers_of
from openpes.web.counsellor.guidance_words import FOR_WHOM
from openpes.web.counsellor.interview_forms import (
    BeginForm,
    Typed,
    barrier_lines,
    given_barriers,
    given_parts,
    interests_found,
    parts_for_page,
)
from openpes.web.counsellor.interview_paper import script_paper
from openpes.web.counsellor.person import opened
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.counsellor.words import reasons_in_words
from openpes.web.requests import OpenpesRequest

AUTOSAVE = "HTTP_X_AUTOSAVE"


def interview_url(jobseeker: Jobseeker, interview: Interview) -> str:
    """The address of an interview."""
    return reverse("counsellor:interview", args=[jobseeker.ref, interview.ref])


def _table_of_scripts(office_id: int) -> list[dict[str, Any]]:
    """Rows of whom a script is for, with a cell for each length."""
    offered = offered_scripts(office_id)
    rows = []
    for code, words in FOR_WHOM.items():
        mine = [one for one in offered if one.script.for_whom == code]
        if mine:
            rows.append(
                {"words": words, "cells": [[one for one in mine if one.script.minutes == length] for length in LENGTHS]}
            )
    return rows


@audience(Door.ROLES, *PEOPLE_DESK)
def interviews(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Choose a script and begin, go on with the one that is open, or key in one that was held on paper."""
    jobseeker = opened(request, ref)
    form = BeginForm(request.POST if request.method == "POST" else None)
    form.fields["held_on"].latest = today(request.at)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            interview = begin_interview(
                jobseeker=jobseeker,
                offered=offered_script(jobseeker.office_id, form.cleaned_data["script"]),
                held_on=form.cleaned_data["held_on"],
                by=request.actor,
                at=request.at,
            )
            return HttpResponseRedirect(interview_url(jobseeker, interview))
        except Refused as refused:
            for sentence in reasons_in_words(refused):
                form.add_error(None, sentence)
    return render(
        request,
        "openpes/counsellor/interviews.html",
        {
            "jobseeker": jobseeker,
            "form": form,
            "open": open_interview_of(request.actor, jobseeker),
            "before": [
                (one, script_of(one)) for one in interviews_of(request.actor, jobseeker) if one.state == "ended"
            ],
            "rows": _table_of_scripts(jobseeker.office_id),
            "lengths": LENGTHS,
        },
        status=422 if form.errors else 200,
    )


def _held_barriers(request: OpenpesRequest, jobseeker: Jobseeker) -> tuple[dict[str, Barrier], bool]:
    told = circumstances_of(request.actor, jobseeker, purpose=UsedFor.GUIDANCE, at=request.at)
    return {one.kind: one for one in told.barriers}, UsedFor.GUIDANCE in told.agreed


def _save(
    request: OpenpesRequest, jobseeker: Jobseeker, interview: Interview, script: Script
) -> tuple[Kept, list[str]]:
    """Save all but the boxes on barriers that a colleague changed too; those are told."""
    held, _agreed = _held_barriers(request, jobseeker)
    settled, both_changed = barriers_of(request.POST, held)
    kept = save_interview(
        jobseeker=jobseeker,
        interview=interview,
        given=given_parts(request.POST, script),
        barriers=given_barriers(settled, held),
        agreed_now=request.POST.get("barriers_agreed") == "on",
        by=request.actor,
        at=request.at,
    )
    return kept, both_changed


def _refusal(decision: Decision | None) -> list[str]:
    return reasons_in_words(Refused(decision)) if decision is not None else []


def _after(request: OpenpesRequest, jobseeker: Jobseeker, interview: Interview, script: Script) -> HttpResponse:
    """Where to go when all was kept: the next part, or the plan."""
    act = request.POST.get("act", "")
    if act == "plan":
        return HttpResponseRedirect(f"{reverse('counsellor:new_plan', args=[jobseeker.ref])}?interview={interview.ref}")
    messages.success(request, _("Saved."))
    anchor = f"#part-{act}" if act.isdecimal() and int(act) <= len(script.parts) else ""
    return HttpResponseRedirect(interview_url(jobseeker, interview) + anchor)


@audience(Door.ROLES, *PEOPLE_DESK)
def interview(request: OpenpesRequest, ref: str, interview_ref: str) -> HttpResponse:
    """The talk on one page. Every save is written at once; what somebody else wrote meanwhile is shown beside."""
    jobseeker = opened(request, ref)
    held = interview_for(request.actor, jobseeker, interview_ref)
    script = script_of(held)
    typed, problems = Typed(), []
    if request.method == "POST":
        try:
            kept, both_changed = _save(request, jobseeker, held, script)
        except Refused as refused:
            problems, typed = reasons_in_words(refused), Typed(request.POST)
        else:
            problems = [*_refusal(kept.refused), *both_changed]
            if request.META.get(AUTOSAVE):
                return _autosaved(kept, problems)
            if not kept.saved.clashes and not problems:
                return _after(request, jobseeker, held, script)
            held = interview_for(request.actor, jobseeker, interview_ref)
            typed = Typed(request.POST, tuple(kept.saved.clashes))
    return _page(request, jobseeker, held, script, typed, problems)


def _autosaved(kept: Kept, problems: list[str]) -> JsonResponse:
    """The answer to a save as one types: the new versions, and what needs the writer's eyes."""
    clash = [one.code for one in kept.saved.clashes]
    return JsonResponse({"versions": kept.saved.versions, "clashes": clash, "problems": problems})


def _page(
    request: OpenpesRequest, jobseeker: Jobseeker, held: Interview, script: Script, typed: Typed, problems: list[str]
) -> HttpResponse:
    barriers, agreed = _held_barriers(request, jobseeker)
    is_open = held.state == InterviewState.OPEN
    passed = max(0, int((request.at - held.started_at).total_seconds() // 60))
    parts = parts_for_page(script, held, typed)
    for one in parts:
        one["ends_at"] = held.started_at + timedelta(minutes=one["until"])
    interests = [
        {
            "title": theme.title,
            "work": [(isco, occupation_name(isco, request.LANGUAGE_CODE)) for isco in theme.look_at],
        }
        for theme in interests_found(script, held)
    ]
    return render(
        request,
        "openpes/counsellor/interview.html",
        {
            "jobseeker": jobseeker,
            "interview": held,
            "script": script,
            "parts": parts,
            "barriers": barrier_lines(barriers, typed.data),
            "barriers_agreed": agreed,
            "barriers_seen": barriers_carried(barriers),
            "barriers_ticked": typed.data is not None and typed.data.get("barriers_agreed") == "on",
            "consent": CONSENT,
            "is_open": is_open,
            "passed": passed,
            "over": is_open and not held.on_paper and passed > script.minutes,
            "interests": interests,
            "problems": problems,
            "clashes": typed.clashes,
        },
        status=409 if typed.clashes else 422 if problems else 200,
    )


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def interview_paper(request: OpenpesRequest, ref: str, key: str) -> HttpResponse:
    """A script on paper with room to write, for a day without power. It names nobody."""
    jobseeker = opened(request, ref)
    offered = offered_script(jobseeker.office_id, key)
    answer = HttpResponse(set_paper("script", script_paper(offered.script)), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="interview-{offered.script.code}.pdf"'
    return answer
