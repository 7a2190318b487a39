"""Advice on how much help somebody needs: asked for, decided by the counsellor, overseen by the office manager."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openpes.core.decisions import Refused
from openpes.guidance.advice_operations import Answered, answer_contest, respond
from openpes.guidance.models import GivenAdvice
from openpes.guidance.queries import (
    advice_law,
    contest_for,
    contests_waiting,
    count_contests_waiting,
    latest_advice,
    override_rates,
)
from openpes.guidance.states import Response
from openpes.guidance.words import CHANGE, LEVEL, LEVEL_SHORT, NOT_STATISTICAL, RULE, told
from openpes.journeys.advise_person import advise_person
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.counsellor.guidance_words import CONTEST, DISAGREE, VIEW
from openpes.web.counsellor.person import opened
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.counsellor.words import reasons_in_words, said
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.requests import OpenpesRequest

LEVELS = [(code, f"{LEVEL_SHORT[code]}: {words}") for code, words in LEVEL.items()]


def _choose(label: Any, choices: Any, **more: Any) -> forms.ChoiceField:
    return with_look(forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **more), small=True)


class RespondForm(OpenpesForm):
    """The counsellor's decision and the person's own view."""

    about_self = False
    mark_optional = False
    response = _choose(
        gettext_lazy("What do you decide?"),
        [(Response.AGREE, gettext_lazy("I agree")), (Response.DISAGREE, gettext_lazy("I decide otherwise"))],
    )
    level = _choose(gettext_lazy("If otherwise: which level?"), LEVELS, required=False)
    code = forms.ChoiceField(
        label=gettext_lazy("If otherwise: why?"),
        required=False,
        choices=[("", gettext_lazy("Choose a reason")), *DISAGREE.items()],
    )
    words = with_look(
        forms.CharField(label=gettext_lazy("If otherwise: in a few words"), required=False, max_length=600), width=30
    )
    view = _choose(gettext_lazy("What does the person think of the level?"), list(VIEW.items()))
    person_words = with_look(
        forms.CharField(label=gettext_lazy("In the person’s words (may stay empty)"), required=False, max_length=600),
        width=30,
    )

    def answered(self) -> Answered:
        """What was decided. Call when valid."""
        given = self.cleaned_data
        return Answered(
            given["response"], given["level"], given["code"], given["words"], given["view"], given["person_words"]
        )


def in_words(advice: GivenAdvice) -> dict[str, Any]:
    """An advice as a page tells it."""
    return {
        "advice": advice,
        "level": said(LEVEL, advice.level),
        "level_short": said(LEVEL_SHORT, advice.level),
        "decided": said(LEVEL_SHORT, advice.decided_level),
        "reasons": [told(RULE, one) for one in advice.reasons],
        "would_change": [told(CHANGE, one) for one in advice.would_change],
        "why_otherwise": said(DISAGREE, advice.code),
        "view": said(VIEW, advice.person_view),
        "contests": [(one, said(CONTEST, one.outcome)) for one in advice.contests.all()],
    }


@audience(Door.ROLES, *PEOPLE_DESK)
def advice(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The latest advice on a person, and the decision on it."""
    jobseeker = opened(request, ref)
    act = request.POST.get("act", "")
    held = latest_advice(request.actor, jobseeker)
    form = RespondForm(request.POST if act == "respond" else None)
    problems: list[str] = []
    try:
        if act == "ask":
            advise_person(jobseeker=jobseeker, by=request.actor, at=request.at)
            return HttpResponseRedirect(request.path)
        if act == "respond" and held is not None and form.is_valid():
            respond(advice=held, jobseeker=jobseeker, answered=form.answered(), by=request.actor, at=request.at)
            messages.success(request, _("Your decision is written down. The person can read it."))
            return HttpResponseRedirect(request.path)
    except Refused as refused:
        problems = reasons_in_words(refused)
        for sentence in problems if form.is_bound else ():
            form.add_error(None, sentence)
    return render(
        request,
        "openpes/counsellor/advice.html",
        {
            "jobseeker": jobseeker,
            "law": advice_law(on=today(request.at)),
            "told": in_words(held) if held else None,
            "form": form,
            "problems": [] if form.is_bound else problems,
            "not_statistical": NOT_STATISTICAL,
        },
        status=422 if problems or form.errors else 200,
    )


@audience(Door.ROLES, "office_manager")
@require_safe
def oversight(request: OpenpesRequest) -> HttpResponse:
    """How often counsellors decide otherwise, and the contests that wait."""
    on = today(request.at)
    waiting, late = count_contests_waiting(request.actor, on=on)
    return render(
        request,
        "openpes/counsellor/advice_oversight.html",
        {
            "law": advice_law(on=on),
            "rates": override_rates(request.actor, at=request.at, on=on),
            "contests": [{"contest": one, "late": one.due_on < on} for one in contests_waiting(request.actor)],
            "waiting": waiting,
            "late": late,
        },
    )


class AnswerContestForm(OpenpesForm):
    """What the person will read."""

    about_self = False
    mark_optional = False
    outcome = _choose(gettext_lazy("What do you decide?"), list(CONTEST.items()))
    level = _choose(gettext_lazy("If it changes: to which level?"), LEVELS, required=False)
    words = with_look(
        forms.CharField(
            label=gettext_lazy("Your answer, in words that the person understands"),
            max_length=600,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
    )


@audience(Door.ROLES, "office_manager")
def contest(request: OpenpesRequest, contest_ref: str) -> HttpResponse:
    """One contest, and the answer of a named person."""
    held = contest_for(request.actor, contest_ref)
    opened(request, held.advice.jobseeker.ref)  # reading it is a view of the person
    form = AnswerContestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data
            answer_contest(
                contest_ref=held.ref,
                outcome=given["outcome"],
                level=given["level"],
                words=given["words"],
                by=request.actor,
                at=request.at,
            )
            messages.success(request, _("The person can read your answer now."))
            return HttpResponseRedirect(reverse("counsellor:advice_oversight"))
        except Refused as refused:
            for sentence in reasons_in_words(refused):
                form.add_error(None, sentence)
    return render(
        request,
        "openpes/counsellor/contest.html",
        {
            "contest": held,
            "jobseeker": held.advice.jobseeker,
            "told": in_words(held.advice),
            "outcome": said(CONTEST, held.outcome),
            "form": form,
            "late": held.answered_at is None and held.due_on < today(request.at),
        },
        status=422 if form.errors else 200,
    )
