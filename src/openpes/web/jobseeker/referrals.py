"""A person's own applications: how each stands, what has happened, who has their details, and taking one back."""

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

from openpes.core.decisions import NotFound, Refused
from openpes.journeys.answer_referral import withdraw_referral
from openpes.people.queries import live_consent
from openpes.people.states import Purpose
from openpes.referrals.meeting_queries import interview_of
from openpes.referrals.models import Referral
from openpes.referrals.queries import own_referrals, referral_for
from openpes.referrals.states import Answer, Ending, EventKind, ReferralState, WithdrawnReason
from openpes.web.audience import Door, audience
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.jobseeker.benefit import has_benefit
from openpes.web.jobseeker.own_pages import clock_words, refusal_words
from openpes.web.requests import OpenpesRequest

A_PAGE = 20
# The same states, endings and steps, said to the person. Why an employer said no stays with the office.
STATE = {
    ReferralState.SENT: gettext_lazy("Waiting for the employer"),
    ReferralState.DECIDING: gettext_lazy("The employer is thinking"),
    ReferralState.INTERVIEW: gettext_lazy("They want to meet you"),
}
ENDING = {
    Ending.HIRED: gettext_lazy("You are hired"),
    Ending.NOT_HIRED: gettext_lazy("Not this time"),
    Ending.FILLED: gettext_lazy("All places are taken"),
    Ending.WITHDRAWN: gettext_lazy("Taken back"),
    Ending.CLOSED_UNANSWERED: gettext_lazy("The employer did not answer"),
}
NEXT = {
    Ending.HIRED: gettext_lazy("Congratulations. If anything at work is not as it was promised, tell your office."),
    Ending.NOT_HIRED: gettext_lazy(
        "It happens to everybody, and most people apply several times. Your counsellor can "
        "tell you what to do better. Look at the other jobs for you."
    ),
    Ending.FILLED: gettext_lazy("Others were quicker. Look at the other jobs for you."),
    Ending.WITHDRAWN: gettext_lazy("Nothing more happens here. Look at the other jobs for you."),
    Ending.CLOSED_UNANSWERED: gettext_lazy(
        "It is not your fault. We reminded the employer and asked again. Look at the other jobs for you."
    ),
}
STEP = {
    EventKind.SENT: gettext_lazy("We told the employer about you"),
    EventKind.REMINDED: gettext_lazy("We reminded the employer"),
    EventKind.TASK_RAISED: gettext_lazy("Your office was asked to call the employer"),
}
ANSWERED = {
    Answer.INTERVIEW: gettext_lazy("The employer wants to meet you"),
    Answer.DECIDING: gettext_lazy("The employer asked for more time"),
}
REASONS = (
    (WithdrawnReason.JOBSEEKER_WITHDREW, gettext_lazy("I do not want this job any more")),
    (WithdrawnReason.JOBSEEKER_FOUND_WORK, gettext_lazy("I have found other work")),
    (WithdrawnReason.SENT_BY_MISTAKE, gettext_lazy("I applied by mistake")),
)


class WithdrawForm(OpenpesForm):
    """Why an application is taken back."""

    reason = with_look(
        forms.ChoiceField(
            label=gettext_lazy("Why do you take it back?"),
            widget=forms.RadioSelect,
            choices=[(one.value, words) for one, words in REASONS],
            help_text=gettext_lazy("The employer is told that you are no longer there for this job, not why."),
        ),
        size="m",
    )


def own_state(referral: Referral) -> str:
    """How an application stands, said to the person."""
    if referral.state == ReferralState.ENDED:
        return str(ENDING[Ending(referral.ending)])
    return str(STATE[ReferralState(referral.state)])


def story_of(referral: Referral) -> list[dict[str, Any]]:
    """What happened, the first thing first."""
    story = []
    for event in referral.events.all():
        kind = EventKind(event.kind)
        words = str(STEP.get(kind, ""))
        if kind == EventKind.STEP:
            words = str(ANSWERED.get(event.detail.get("answer"), _("The employer answered")))
        if kind == EventKind.ENDED:
            words = str(ENDING[Ending(event.detail.get("ending") or referral.ending)])
        story.append({"words": words, "at": event.at})
    return story


def own_referral(request: OpenpesRequest, ref: str) -> Referral:
    """One of the person's own applications. Raises NotFound for anybody else's."""
    referral = referral_for(request.actor, ref)
    if referral.jobseeker.person_id != request.actor.person_id:
        raise NotFound("referral")
    return referral


@audience(Door.ROLES, "jobseeker")
def referrals(request: OpenpesRequest) -> HttpResponse:
    """All applications, the open ones first."""
    page = Paginator(own_referrals(request.actor), A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "referral": one,
            "state": own_state(one),
            "code": one.ending or one.state,
            "clock": clock_words(one, request.at),
        }
        for one in page
    ]
    return render(
        request, "openpes/jobseeker/referrals.html", {"page": page, "rows": rows, "has_benefit": has_benefit(request)}
    )


@audience(Door.ROLES, "jobseeker")
def referral(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One application: the story so far, what comes next, who has one's details."""
    one = own_referral(request, ref)
    is_open = one.state != ReferralState.ENDED
    return render(
        request,
        "openpes/jobseeker/referral.html",
        {
            "referral": one,
            "state": own_state(one),
            "code": one.ending or one.state,
            "story": story_of(one),
            "clock": clock_words(one, request.at),
            "is_open": is_open,
            "next_words": "" if is_open else NEXT[Ending(one.ending)],
            "meeting": interview_of(one),
            "meets": one.state == ReferralState.INTERVIEW or one.ending == Ending.HIRED,
            "shares": is_open and live_consent(one.jobseeker.person_id, Purpose.SHARE_CONTACT) is not None,
        },
    )


@audience(Door.ROLES, "jobseeker")
def withdraw(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Take an application back, with a reason."""
    one = own_referral(request, ref)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_referral(
                referral=one,
                reason=WithdrawnReason(form.cleaned_data["reason"]),
                by=request.actor,
                at=request.at,
            )
        except Refused as refused:
            for reason in refused.decision.reasons:
                form.add_error(None, refusal_words(reason.code, reason.facts, reason.text))
        else:
            messages.success(request, _("Your application is taken back."))
            return HttpResponseRedirect(reverse("jobseeker:referral", args=[one.ref]))
    return render(
        request, "openpes/jobseeker/withdraw.html", {"form": form, "referral": one}, status=422 if form.errors else 200
    )
