"""Matching in front of the person, why not, and following up what was sent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from openpes.core.decisions import NotFound, Refused
from openpes.jobseekers.models import Jobseeker
from openpes.journeys.answer_referral import answer_referral, withdraw_referral
from openpes.journeys.refer_jobseeker import refer_jobseeker
from openpes.matching.queries import Suggested, explain, fresh_matches
from openpes.matching.words import lines_of, obstacles_of
from openpes.organisations.models import Employer
from openpes.organisations.rules import answer_rate
from openpes.reference.country import area_name
from openpes.referrals.queries import referral_for, referred_vacancy_ids
from openpes.referrals.states import Answer, AnswerChannel, ReferralState, WithdrawnReason
from openpes.referrals.words import ANSWER, CHANNEL, ENDING, EVENT, NOT_HIRED_REASON, STATE, WITHDRAWN_REASON
from openpes.vacancies.queries import live_at_offices, vacancy_for
from openpes.web.audience import Door, audience
from openpes.web.counsellor.person import opened
from openpes.web.counsellor.roles import JOBS_DESK, PEOPLE_DESK
from openpes.web.counsellor.words import reasons_in_words
from openpes.web.forms import OpenpesForm, PlainDateField, with_look

SHOWN = 5
MOST_AT_ONCE = 3


def habit_in_words(employer: Employer) -> str:
    """How an employer usually answers."""
    rate = answer_rate(introductions=employer.introductions, answers=employer.answers)
    if rate is None:
        return _("new here: too few answers to tell")
    if rate >= 0.8:
        return _("nearly always answers")
    return _("answers %(share)s of 10") % {"share": round(rate * 10)}


class ReferForm(OpenpesForm):
    """Which of the jobs, a note, and the person's word."""

    about_self = False
    vacancies = forms.MultipleChoiceField(label=gettext_lazy("Jobs"), error_messages={
        "required": gettext_lazy("Tick at least one job.")})
    note = with_look(forms.CharField(
        label=gettext_lazy("A note to the employer"), required=False, max_length=400,
        help_text=gettext_lazy("What you would say on the phone. Nothing about age, sex, health or family."),
        widget=forms.Textarea(attrs={"rows": 2})))
    agreed = forms.BooleanField(label=gettext_lazy("The person is here and agrees to be introduced, with name and phone"))

    def clean_vacancies(self) -> list[str]:
        """At most three at once: more would be a list, not an introduction."""
        chosen: list[str] = self.cleaned_data["vacancies"]
        if len(chosen) > MOST_AT_ONCE:
            raise forms.ValidationError(_("Choose at most %(most)s jobs at once."), params={"most": MOST_AT_ONCE})
        return chosen


def _card(one: Suggested, jobseeker: Jobseeker, request: HttpRequest) -> dict[str, Any]:
    language = request.LANGUAGE_CODE  # type: ignore[attr-defined]
    match = explain(request.actor, jobseeker, one.vacancy.pk, at=request.at)  # type: ignore[attr-defined]
    lines = lines_of(match, language)
    return {"vacancy": one.vacancy, "percent": match.percent, "lines": lines,
            "parts": [{"label": line.label, "value": line.points, "out_of": line.most, "words": line.words}
                      for line in lines],
            "area": area_name(one.vacancy.area_code, language), "habit": habit_in_words(one.vacancy.employer)}


@audience(Door.ROLES, *PEOPLE_DESK)
def match(request: HttpRequest, ref: str) -> HttpResponse:
    """At most five live jobs with their reasons; one to three can be chosen and sent at once."""
    jobseeker = opened(request, ref)
    actor, at = request.actor, request.at  # type: ignore[attr-defined]
    found = fresh_matches(actor, jobseeker, at=at, limit=SHOWN, without=referred_vacancy_ids(jobseeker.pk))
    cards = [_card(one, jobseeker, request) for one in found]
    form = ReferForm(request.POST if request.method == "POST" else None)
    form.fields["vacancies"].choices = [(card["vacancy"].ref, card["vacancy"].title) for card in cards]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        sent = _send(request, jobseeker, form)
        if sent:
            messages.success(request, ngettext("%(n)s employer is told now.", "%(n)s employers are told now.", sent)
                             % {"n": sent})
            return HttpResponseRedirect(reverse("counsellor:person", args=[jobseeker.ref]))
    ticked = set(form.data.getlist("vacancies")) if form.is_bound else set()  # type: ignore[attr-defined]
    return render(request, "openpes/counsellor/match.html", {
        "jobseeker": jobseeker, "cards": cards, "form": form, "ticked": ticked}, status=422 if form.errors else 200)


def _send(request: HttpRequest, jobseeker: Jobseeker, form: ReferForm) -> int:
    """Refer to each chosen job; what stands in the way of one does not stop the others. Returns how many went."""
    actor, at, sent = request.actor, request.at, 0  # type: ignore[attr-defined]
    for vacancy_ref in form.cleaned_data["vacancies"]:
        vacancy = vacancy_for(actor, vacancy_ref)
        try:
            refer_jobseeker(jobseeker=jobseeker, vacancy=vacancy, note=form.cleaned_data["note"],
                            agreed_now=form.cleaned_data["agreed"], by=actor, at=at)
            sent += 1
        except Refused as refused:
            for sentence in reasons_in_words(refused):
                form.add_error(None, f"{vacancy.title}: {sentence}")
                messages.warning(request, f"{vacancy.title}: {sentence}")
    return sent


@audience(Door.ROLES, *PEOPLE_DESK)
def why_not(request: HttpRequest, ref: str) -> HttpResponse:
    """Why, or why not, for any job: by its number, or found among the office's live ones."""
    jobseeker = opened(request, ref)
    actor, at = request.actor, request.at  # type: ignore[attr-defined]
    text = request.GET.get("text", "").strip()
    found, shown = [], None
    if text:
        try:
            vacancy = vacancy_for(actor, text)
        except NotFound:
            found = list(live_at_offices(actor, text=text)[:20])
        else:
            result = explain(actor, jobseeker, vacancy.pk, at=at)
            language = request.LANGUAGE_CODE  # type: ignore[attr-defined]
            lines = lines_of(result, language)
            shown = {"vacancy": vacancy, "percent": result.percent, "obstacles": obstacles_of(result, language),
                     "parts": [{"label": line.label, "value": line.points, "out_of": line.most, "words": line.words}
                               for line in lines]}
    return render(request, "openpes/counsellor/why_not.html", {
        "jobseeker": jobseeker, "text": text, "found": found, "shown": shown})


class StaffAnswerForm(OpenpesForm):
    """What the employer said on the phone."""

    about_self = False
    answer = with_look(forms.ChoiceField(label=gettext_lazy("The employer says"), choices=list(ANSWER.items()),
                                         widget=forms.RadioSelect))
    reason = forms.ChoiceField(label=gettext_lazy("If not this time: why?"), required=False,
                               choices=[("", gettext_lazy("Choose a reason")), *NOT_HIRED_REASON.items()])
    starts_on = PlainDateField(label=gettext_lazy("If hired: first day of work"), required=False)


class WithdrawForm(OpenpesForm):
    """Why an introduction is taken back."""

    about_self = False
    why = forms.ChoiceField(label=gettext_lazy("Why is it taken back?"), choices=list(WITHDRAWN_REASON.items()))


def _story(referral: Any) -> list[dict[str, Any]]:
    story = []
    for event in referral.events.all():
        words = str(EVENT[event.kind])
        said = event.detail.get("answer") or ""
        if said in set(Answer):
            words = f"{words}: {ANSWER[Answer(said)]}"
        if event.detail.get("ending"):
            words = str(ENDING[event.detail["ending"]])
        story.append({"at": event.at, "words": words, "channel": CHANNEL[event.channel]})
    return story


@audience(Door.ROLES, *JOBS_DESK)
def referral(request: HttpRequest, ref: str) -> HttpResponse:
    """One introduction: its story and clock, what the employer said by phone, or taking it back."""
    actor, at = request.actor, request.at  # type: ignore[attr-defined]
    held = referral_for(actor, ref)
    is_open = held.state != ReferralState.ENDED
    act = request.POST.get("act", "")
    form = StaffAnswerForm(request.POST if act == "answer" else None)
    withdrawing = WithdrawForm(request.POST if act == "withdraw" else None)
    try:
        if act == "answer" and form.is_valid():
            answer_referral(referral=held, answer=Answer(form.cleaned_data["answer"]),
                            reason=form.cleaned_data["reason"], starts_on=form.cleaned_data["starts_on"],
                            channel=AnswerChannel.PHONE_CALL, by=actor, at=at)
            messages.success(request, _("Written down. The person is told now."))
            return HttpResponseRedirect(request.path)
        if act == "withdraw" and withdrawing.is_valid():
            withdraw_referral(referral=held, reason=WithdrawnReason(withdrawing.cleaned_data["why"]), by=actor, at=at)
            messages.success(request, _("Taken back."))
            return HttpResponseRedirect(request.path)
    except Refused as refused:
        for sentence in reasons_in_words(refused):
            (form if act == "answer" else withdrawing).add_error(None, sentence)
    sees_people = actor.may("jobseeker.view", office_id=held.jobseeker.office_id)
    failed = bool((form.is_bound and form.errors) or (withdrawing.is_bound and withdrawing.errors))
    return render(request, "openpes/counsellor/referral.html", {
        "referral": held, "is_open": is_open, "form": form, "withdrawing": withdrawing, "story": _story(held),
        "state": ENDING[held.ending] if held.ending else STATE[held.state], "sees_people": sees_people,
        "reason": NOT_HIRED_REASON.get(held.ending_reason) or WITHDRAWN_REASON.get(held.ending_reason, ""),
        "can_withdraw": sees_people, "habit": habit_in_words(held.vacancy.employer)}, status=422 if failed else 200)
