"""How is the new job? One question at a time, one tap each, for worker and firm, with or without account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from openpes.core.actors import Actor
from openpes.core.decisions import Refused
from openpes.journeys.after_hire import answer_check, check_actor, read_check_token
from openpes.placements.checking import tell_promise, words_of
from openpes.placements.models import HireCheck
from openpes.placements.states import CheckChannel, LeavingReason, Promise, Side
from openpes.placements.words import LEAVING, PROMISE
from openpes.placements.words import REASON as OF_PLACEMENTS
from openpes.web.audience import Door, audience
from openpes.web.forms import OpenpesForm, PlainDateField, with_look
from openpes.web.requests import OpenpesRequest

ASKED_OF_WORKER = {True: _("Has this job begun?"), False: _("Do you still work there?")}
ASKED_OF_FIRM = {True: _("Has this person begun to work?"), False: _("Does this person still work for you?")}


class LeftForm(OpenpesForm):
    """Why it ended, and when; both can be left out."""

    reason = with_look(
        forms.ChoiceField(label=_("Why?"), required=False, choices=list(LEAVING.items()), widget=forms.RadioSelect),
        size="m",
    )
    left_on = PlainDateField(label=_("The last day of work"), required=False)


def _told(check: HireCheck) -> set[str]:
    return {one.promise for one in check.promises.all()}


def question_of(check: HireCheck, side: Side) -> str:
    """The question of a check, said to one side. The first check asks whether the work began."""
    first = check.day == min(one.day for one in check.outcome.checks.all())
    return str((ASKED_OF_WORKER if side == Side.WORKER else ASKED_OF_FIRM)[first])


def _act(request: OpenpesRequest, check: HireCheck, side: Side, form: LeftForm, by: Actor, way: CheckChannel) -> bool:
    """Write down what was tapped. True when something was written; a refusal stands in the form."""
    at, tapped = request.at, request.POST.get("tap", "")
    try:
        if tapped in {"yes", "no"}:
            answer_check(check=check, side=side, works_there=tapped == "yes", channel=way, by=by, at=at)
            return True
        if tapped == "left" and form.is_valid():
            reason = form.cleaned_data["reason"]
            answer_check(
                check=check,
                side=side,
                works_there=False,
                reason=LeavingReason(reason) if reason else None,
                left_on=form.cleaned_data["left_on"],
                channel=way,
                by=by,
                at=at,
            )
            return True
        promise, _sign, word = tapped.partition(":")
        if side == Side.WORKER and promise in set(Promise) and word in {"yes", "no"}:
            tell_promise(check=check, promise=Promise(promise), was_kept=word == "yes", by=by, at=at)
            return True
    except Refused as refused:
        for one in refused.decision.reasons:
            form.add_error(None, str(OF_PLACEMENTS.get(one.code, one.code)) % one.facts)
    return False


def show_check(
    request: OpenpesRequest, check: HireCheck, side: Side, *, by: Actor, way: CheckChannel, back: str = ""
) -> HttpResponse:
    """One check for one side: the question, then what follows from the answer. `back`: an address to return to."""
    form = LeftForm(request.POST if request.POST.get("tap") == "left" else None)
    if request.method == "POST" and _act(request, check, side, form, by, way):
        step = "?done=1" if request.POST.get("tap") == "left" else "?next=1"
        return HttpResponseRedirect(request.path + step)
    words, told = words_of(check.answers.all()), _told(check) if side == Side.WORKER else set()
    said = words.get(side)
    promises = [one for one in Promise if one not in told] if side == Side.WORKER and said else []
    wrong = side == Side.WORKER and any(not one.kept for one in check.promises.all())
    context: dict[str, Any] = {
        "check": check,
        "outcome": check.outcome,
        "for_firm": side == Side.EMPLOYER,
        "question": question_of(check, side),
        "said": said,
        "asks": said is None,
        "promise": {"code": promises[0].value, "words": PROMISE[promises[0]]} if promises else None,
        "number": len(Promise) - len(promises) + 1,
        "asks_why": said is False and "done" not in request.GET,
        "wrong": wrong and not promises,
        "wrong_url": reverse("jobseeker:complaints" if request.actor.person_id is not None else "web:report"),
        "form": form,
        "back": back,
    }
    return render(request, "openpes/signing/hire_check.html", context, status=422 if form.errors else 200)


@audience(Door.SIGNED_LINK)
@never_cache
def hire_check(request: OpenpesRequest, token: str) -> HttpResponse:
    """The page behind the link in a text. Looking changes nothing; an altered link does not exist."""
    check, side = read_check_token(token)
    return show_check(request, check, side, by=check_actor(check, side), way=CheckChannel.LINK)
