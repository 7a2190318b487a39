"""Links in texts about a course: I am here, what do you do now, do you work there? One thing each, no account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from openpes.core.decisions import NotFound, Refused
from openpes.enrolments.states import FollowAnswer, FollowState
from openpes.journeys.claim_subsidy import read_claim_token
from openpes.journeys.claim_subsidy import worker_answer as say_of_claim
from openpes.journeys.enrol_in_programme import attend_by_link, attend_signed_in, read_attend_token
from openpes.journeys.follow_programme import answer_follow_up, read_follow_token
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.forms import DigitsCharField, OpenpesForm, PlainDateField, with_look
from openpes.web.requests import OpenpesRequest

NOW = {
    FollowAnswer.JOB: gettext_lazy("I have a job"),
    FollowAnswer.SELF_EMPLOYMENT: gettext_lazy("I have started my own business"),
    FollowAnswer.APPRENTICESHIP: gettext_lazy("I have begun an apprenticeship"),
    FollowAnswer.STUDY: gettext_lazy("I have gone back to school or study"),
    FollowAnswer.NO_WORK: gettext_lazy("I have no work and look for some"),
}


class CodeForm(OpenpesForm):
    """The code that stands in the room."""

    code = with_look(DigitsCharField(label=gettext_lazy("Code of the course, shown in the room"), max_length=12))


class NowForm(OpenpesForm):
    """What the person does now, and since when if they know."""

    says = with_look(
        forms.ChoiceField(
            label=gettext_lazy("What do you do now?"),
            choices=[(one.value, words) for one, words in NOW.items()],
            widget=forms.RadioSelect,
        ),
        size="m",
    )
    since = PlainDateField(label=gettext_lazy("First day of work, if you know it"), required=False)


def _page(
    request: OpenpesRequest, title: Any, course: str, form: Any, *, done: bool, asks: bool = False
) -> HttpResponse:
    context = {"title": title, "course": course, "form": form, "done": done, "asks": asks}
    status = 422 if form is not None and form.errors else 200
    answer = render(request, "openpes/signing/course.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


@audience(Door.SIGNED_LINK)
@never_cache
def attend(request: OpenpesRequest, token: str) -> HttpResponse:
    """The code of the room, behind the own link: I am here."""
    enrolment = read_attend_token(token)
    form = CodeForm(request.POST if request.method == "POST" else None, initial={"code": request.GET.get("code", "")})
    if form.is_bound and form.is_valid():
        try:
            attend_by_link(enrolment=enrolment, code=form.cleaned_data["code"], at=request.at)
            return HttpResponseRedirect(f"{request.path}?done=1")
        except (NotFound, Refused):
            form.add_error("code", _("No course has this code now. Ask in the room."))
    title, course = _("I am here"), enrolment.cycle.version.title
    return _page(request, title, course, form, done="done" in request.GET)


@audience(Door.ROLES, "jobseeker")
@never_cache
def attend_here(request: OpenpesRequest) -> HttpResponse:
    """Behind the square code on the wall, for who is signed in: the same code, without a link of one's own."""
    form = CodeForm(request.POST if request.method == "POST" else None, initial={"code": request.GET.get("code", "")})
    course = ""
    if form.is_bound and form.is_valid():
        try:
            session = attend_signed_in(code=form.cleaned_data["code"], by=request.actor, at=request.at)
            course = session.cycle.version.title
            return _page(request, _("I am here"), course, form, done=True)
        except (NotFound, Refused):
            form.add_error("code", _("No course has this code now. Ask in the room."))
    return _page(request, _("I am here"), course, form, done=False)


@audience(Door.SIGNED_LINK)
@never_cache
def follow_up(request: OpenpesRequest, token: str) -> HttpResponse:
    """What do you do now? An answer may be changed while the link lives."""
    question, by = read_follow_token(token)
    form = NowForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            answer_follow_up(
                question=question, says=FollowAnswer(told["says"]), since=told["since"], by=by, at=request.at
            )
            return HttpResponseRedirect(f"{request.path}?done=1")
        except Refused:
            form.add_error("since", _("This day lies ahead. Give a day until today."))
    early = today(request.at) < question.due_on
    done = "done" in request.GET and question.state == FollowState.ANSWERED
    course = question.enrolment.cycle.version.title
    return _page(request, _("What do you do now?"), course, None if early else form, done=done or early)


@audience(Door.SIGNED_LINK)
@never_cache
def claim_answer(request: OpenpesRequest, token: str) -> HttpResponse:
    """A firm says that the person works there: yes or no, one tap."""
    claim, by = read_claim_token(token)
    if request.method == "POST" and request.POST.get("tap") in {"yes", "no"}:
        say_of_claim(claim=claim, works=request.POST["tap"] == "yes", by=by, at=request.at)
        return HttpResponseRedirect(f"{request.path}?done=1")
    course = f"{claim.employer.name}"
    return _page(request, _("Do you work there?"), course, None, done="done" in request.GET, asks=True)
