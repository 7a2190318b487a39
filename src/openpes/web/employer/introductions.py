"""People introduced to the own vacancies: who waits, what fits, and the answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.core.decisions import Refused
from openpes.journeys.answer_referral import answer_referral
from openpes.matching.policy import policy_on
from openpes.matching.words import TERM
from openpes.people.roles import EMPLOYER_ROLES
from openpes.reference.country import today
from openpes.referrals.meeting_queries import interview_of, quota_of
from openpes.referrals.meetings import mark_seen, reply_to_list
from openpes.referrals.models import Referral
from openpes.referrals.queries import introduction_for
from openpes.referrals.queries import introductions as introduced_people
from openpes.referrals.states import (
    Answer,
    AnswerChannel,
    Ending,
    EventKind,
    InterviewState,
    ListWish,
    NotHiredReason,
    ReferralState,
)
from openpes.referrals.words import ANSWER, CHANNEL, ENDING, EVENT, LIST_WISH, NOT_HIRED_REASON
from openpes.web.audience import Door, audience
from openpes.web.employer.home import days_left, left_in_words
from openpes.web.employer.posting import own_vacancy
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.public.answers import AnswerForm, introduced, words_of_refusal
from openpes.web.requests import OpenpesRequest

A_PAGE = 20
TOP_OF_A_TERM = 255
# What a person hopes to earn is between them and the office: the pay term is not shown to the employer.
SHOWN_TERMS = ("occupation", "skills", "distance", "experience", "education", "languages")
FIT = (
    (95, gettext_lazy("Fits fully")),
    (70, gettext_lazy("Fits well")),
    (40, gettext_lazy("Fits in part, or is not known")),
    (0, gettext_lazy("Fits little")),
)
# The same states and steps, said to the employer.
OWN_STATE = {
    ReferralState.SENT: gettext_lazy("Waits for your answer"),
    ReferralState.DECIDING: gettext_lazy("You are still deciding"),
    ReferralState.INTERVIEW: gettext_lazy("You want to meet"),
}
OWN_EVENT = {
    EventKind.SENT: gettext_lazy("Introduced to you"),
    EventKind.REMINDED: gettext_lazy("We reminded you"),
    EventKind.TASK_RAISED: gettext_lazy("The office was asked to call you"),
}
UNANSWERED = gettext_lazy("Closed: no answer came from you")


def ending_words(ending: str) -> str:
    """How an introduction ended, said to the employer."""
    return str(UNANSWERED if ending == Ending.CLOSED_UNANSWERED else ENDING[Ending(ending)])


def fit_parts(parts: Iterable[int], sent_at: datetime) -> list[dict[str, Any]]:
    """The parts of a match as they were when the person was sent, in per cent of the most, with words."""
    policy = policy_on(today(sent_at))
    shown = []
    for term, weight, points in zip(TERM, policy.weights, parts, strict=False):
        if term not in SHOWN_TERMS or not weight:
            continue
        value = points * 100 // (weight * TOP_OF_A_TERM)
        shown.append(
            {
                "label": TERM[term],
                "value": value,
                "out_of": 100,
                "words": next(words for least, words in FIT if value >= least),
            }
        )
    return shown


def list_row(referral: Referral, at: datetime) -> dict[str, Any]:
    """One line of a list. The name is there only while the person waits."""
    is_open = referral.state != ReferralState.ENDED
    days = days_left(referral.answer_due_at, at)
    return {
        "referral": referral,
        "is_open": is_open,
        "state": OWN_STATE[ReferralState(referral.state)] if is_open else ending_words(referral.ending),
        "state_code": referral.state if is_open else referral.ending,
        "left": left_in_words(days) if is_open else "",
        "late": is_open and days < 0,
    }


def story_of(referral: Referral) -> list[dict[str, Any]]:
    """What happened, the first thing first."""
    story = []
    for event in referral.events.all():
        words = str(OWN_EVENT.get(EventKind(event.kind), EVENT[EventKind(event.kind)]))
        if event.kind == EventKind.STEP and event.detail.get("answer") in set(Answer):
            words = _("You answered: %(answer)s") % {"answer": ANSWER[Answer(event.detail["answer"])]}
        if event.kind == EventKind.ENDED:
            words = ending_words(event.detail.get("ending") or referral.ending)
        story.append(
            {
                "words": words,
                "at": event.at,
                "channel": CHANNEL[AnswerChannel(event.channel)]
                if event.kind in {EventKind.STEP, EventKind.ENDED}
                else "",
            }
        )
    return story


@audience(Door.ROLES, *EMPLOYER_ROLES)
def introductions(request: OpenpesRequest) -> HttpResponse:
    """Everybody introduced to the own vacancies, those who wait first."""
    actor, at = request.actor, request.at
    page = Paginator(introduced_people(actor), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "openpes/employer/introductions.html", {"page": page, "rows": [list_row(one, at) for one in page]}
    )


@audience(Door.ROLES, *EMPLOYER_ROLES)
def introduction(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One introduced person, why they fit, and the answer."""
    actor, at = request.actor, request.at
    referral = introduction_for(actor, ref, at=at)
    is_open = referral.state != ReferralState.ENDED
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"answer": ""})
    if request.method == "POST" and form.is_valid():
        try:
            answer_referral(
                referral=referral,
                answer=Answer(form.cleaned_data["answer"]),
                reason=form.cleaned_data["reason"],
                starts_on=form.cleaned_data["starts_on"],
                contract_type=form.cleaned_data["contract_type"],
                channel=AnswerChannel.WEB,
                by=actor,
                at=at,
            )
        except Refused as refused:
            for reason in refused.decision.reasons:
                form.add_error(None, words_of_refusal(reason.code, reason.facts, reason.text))
        else:
            messages.success(request, _("Thank you. The person gets your answer now."))
            return HttpResponseRedirect(reverse("employer:introduction", args=[referral.ref]))
    shown = not is_open or mark_seen(referral=referral, by=actor, at=at, on=today(at))
    held = interview_of(referral)
    return render(
        request,
        "openpes/employer/introduction.html",
        {
            "form": form,
            "referral": referral,
            "is_open": is_open,
            "shown": shown,
            "meeting": held if held is not None and held.state != InterviewState.CANCELLED else None,
            "row": list_row(referral, at),
            "person": introduced(referral, request.LANGUAGE_CODE) if shown else {},
            "skills_known": bool(referral.jobseeker.skill_ids),
            "parts": fit_parts(referral.parts, referral.sent_at) if is_open and shown else [],
            "story": story_of(referral),
            "not_hired_reason": NOT_HIRED_REASON.get(NotHiredReason(referral.ending_reason))
            if referral.ending == Ending.NOT_HIRED and referral.ending_reason
            else "",
        },
        status=422 if form.errors else 200,
    )


class ReplyForm(OpenpesForm):
    """More people, or why none of them fits."""

    wish = with_look(
        forms.ChoiceField(
            label=gettext_lazy("What should we know for the next list?"),
            widget=forms.RadioSelect,
            choices=list(LIST_WISH.items()),
        ),
        size="m",
    )


@audience(Door.ROLES, *EMPLOYER_ROLES)
def reply(request: OpenpesRequest, ref: str) -> HttpResponse:
    """What the employer says of the people sent for one vacancy. The office sees it beside its next list."""
    vacancy = own_vacancy(request, ref)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        wish = ListWish(form.cleaned_data["wish"])
        reply_to_list(vacancy=vacancy, wish=wish, by=request.actor, at=request.at)
        messages.success(request, _("Thank you. The office sees it when it looks for more people."))
        return HttpResponseRedirect(reverse("employer:vacancy", args=[vacancy.ref]))
    seen, most, _days = quota_of(vacancy.pk, at=request.at, on=today(request.at))
    return render(
        request,
        "openpes/employer/list_reply.html",
        {"form": form, "vacancy": vacancy, "seen": seen, "most": most},
        status=422 if form.errors else 200,
    )
