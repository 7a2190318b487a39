"""What became of somebody, on their own word; and whether they agree with what an employer said."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from openpes.core.actors import Actor
from openpes.core.decisions import NotFound, Refused
from openpes.jobseekers.models import Jobseeker
from openpes.journeys.record_outcome import add_evidence, record_outcome
from openpes.placements.models import Outcome
from openpes.placements.queries import outcome_for, outcomes_of
from openpes.placements.states import EvidenceGrade, OutcomeKind
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.forms import OpenpesForm, PlainDateField, with_look
from openpes.web.jobseeker.own_pages import own, refusal_words
from openpes.web.requests import OpenpesRequest

KIND = {
    OutcomeKind.JOB: gettext_lazy("I have a job"),
    OutcomeKind.SELF_EMPLOYMENT: gettext_lazy("I have started my own business"),
    OutcomeKind.APPRENTICESHIP: gettext_lazy("I have begun an apprenticeship"),
    OutcomeKind.RETURN_TO_SCHOOL: gettext_lazy("I have gone back to school or study"),
    OutcomeKind.PROGRAMME_ENTRY: gettext_lazy("I have begun a training or a programme"),
}


class OutcomeForm(OpenpesForm):
    """What it is and since when."""

    kind = with_look(
        forms.ChoiceField(
            label=gettext_lazy("What is your news?"),
            widget=forms.RadioSelect,
            choices=[(one.value, words) for one, words in KIND.items()],
        ),
        size="m",
    )
    starts_on = PlainDateField(label=gettext_lazy("Since when, or from when?"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"starts_on": today}, **kwargs)


def to_confirm(actor: Actor, jobseeker: Jobseeker) -> list[Outcome]:
    """Outcomes on which the person has not spoken yet."""
    return [
        one
        for one in outcomes_of(actor, jobseeker.pk)
        if not any(row.grade == EvidenceGrade.SAID_BY_PERSON for row in one.evidence.all())
    ]


@audience(Door.ROLES, "jobseeker")
def news(request: OpenpesRequest) -> HttpResponse:
    """Found work, started a business, back to school: the person says it, and what was open ends well."""
    jobseeker, at = own(request), request.at
    form = OutcomeForm(request.POST if request.method == "POST" else None, today=today(at))
    if request.method == "POST" and form.is_valid():
        try:
            record_outcome(
                jobseeker=jobseeker,
                kind=OutcomeKind(form.cleaned_data["kind"]),
                starts_on=form.cleaned_data["starts_on"],
                grade=EvidenceGrade.SAID_BY_PERSON,
                source="own page",
                by=request.actor,
                at=at,
            )
        except Refused as refused:
            for reason in refused.decision.reasons:
                form.add_error(
                    "starts_on" if reason.code.startswith("start_") else None,
                    refusal_words(reason.code, reason.facts, reason.text),
                )
        else:
            messages.success(request, _("Thank you for telling us. We are glad for you."))
            return HttpResponseRedirect(reverse("jobseeker:home"))
    return render(request, "openpes/jobseeker/news.html", {"form": form}, status=422 if form.errors else 200)


@audience(Door.ROLES, "jobseeker")
@require_POST
def confirm(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The person says whether what somebody else said about them is right. A no goes to the office."""
    jobseeker, outcome = own(request), outcome_for(request.actor, ref)
    if outcome.jobseeker_id != jobseeker.pk:
        raise NotFound("outcome")
    agrees = request.POST.get("right") == "yes"
    add_evidence(
        outcome=outcome,
        grade=EvidenceGrade.SAID_BY_PERSON,
        agrees=agrees,
        source="own page",
        by=request.actor,
        at=request.at,
    )
    messages.success(
        request,
        _("Thank you. It is written down as right.")
        if agrees
        else _("Thank you. Your office sees that you say otherwise and will call you."),
    )
    return HttpResponseRedirect(reverse("jobseeker:home"))
