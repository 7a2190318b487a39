"""The link in an employer's text: who is introduced, and one tap to answer. No account needed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from openpes.core.decisions import NotFound, Refused
from openpes.journeys.answer_referral import answer_referral
from openpes.journeys.links import link_actor, read_answer_token
from openpes.people.queries import live_consent, main_phone_of
from openpes.people.states import Purpose
from openpes.placements.words import REASON as OF_PLACEMENTS
from openpes.reference.country import area_name, country, today
from openpes.reference.labels import education_name, skill_label
from openpes.referrals.meetings import mark_seen
from openpes.referrals.models import Referral
from openpes.referrals.queries import referral_by_ref
from openpes.referrals.states import Answer, AnswerChannel, ReferralState
from openpes.referrals.words import ANSWER, NOT_HIRED_REASON, REASON
from openpes.vacancies.words import CONTRACT_TYPE
from openpes.vacancies.words import REASON as OF_VACANCIES
from openpes.web.audience import Door, audience
from openpes.web.forms import OpenpesForm, PlainDateField, with_look
from openpes.web.requests import OpenpesRequest


class AnswerForm(OpenpesForm):
    """What an employer says about one person; the start day for a hire, the reason for a no."""

    answer = with_look(
        forms.ChoiceField(
            label=_("Your answer"), choices=[(code, words) for code, words in ANSWER.items()], widget=forms.RadioSelect
        ),
        size="m",
    )
    reason = forms.ChoiceField(
        label=_("If not this time: why?"),
        required=False,
        choices=[("", _("Choose a reason")), *NOT_HIRED_REASON.items()],
        help_text=_("The person is told the result, not this reason. The office uses it to send you better people."),
    )
    starts_on = PlainDateField(label=_("If hired: first day of work"), required=False)
    contract_type = forms.ChoiceField(
        label=_("If hired: which kind of contract?"),
        required=False,
        choices=[("", _("Not said")), *CONTRACT_TYPE.items()],
    )

    def clean(self) -> dict[str, Any]:
        """A no needs its reason."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("answer") == Answer.NOT_HIRED and not cleaned.get("reason"):
            self.add_error("reason", _("Choose the reason that fits best."))
        return cleaned


def introduced(referral: Referral, language: str) -> dict[str, Any]:
    """What an employer may see of an introduced person. Never age or sex; contact only while they agree to it."""
    jobseeker = referral.jobseeker
    person = jobseeker.person
    is_open = referral.state != ReferralState.ENDED
    may_reach = is_open and live_consent(person.pk, Purpose.SHARE_CONTACT) is not None
    phone = main_phone_of(person.pk) if may_reach else None
    wanted = set(referral.vacancy.skill_ids) | set(referral.vacancy.must_skill_ids)
    has = [one for one in jobseeker.skill_ids if one in wanted]
    return {
        "name": person.name_as_given if is_open else "",
        "phone": phone.number if phone else "",
        "area": area_name(jobseeker.area_code, language),
        "education": education_name(jobseeker.education_level, language),
        "experience_months": jobseeker.experience_months,
        "skills": [skill_label(one, language) for one in has],
        "skills_wanted": len(wanted),
        "missing": [skill_label(one, language) for one in sorted(wanted - set(jobseeker.skill_ids))],
        "note": referral.note if is_open else "",
    }


@audience(Door.SIGNED_LINK)
@never_cache
def answer(request: OpenpesRequest, token: str) -> HttpResponse:
    """Show the introduced person and take a coded answer. A link for another firm's vacancy does not exist."""
    at = request.at
    link = read_answer_token(token, at=at)
    referral = referral_by_ref(link.referral_ref)
    if referral.vacancy.employer_id != link.employer_id:
        raise NotFound("link")
    form = AnswerForm(request.POST or None, initial={"answer": request.GET.get("say", "")})
    if request.method == "POST" and form.is_valid():
        try:
            answer_referral(
                referral=referral,
                answer=Answer(form.cleaned_data["answer"]),
                reason=form.cleaned_data["reason"],
                starts_on=form.cleaned_data["starts_on"],
                contract_type=form.cleaned_data["contract_type"],
                channel=AnswerChannel.LINK,
                by=link_actor(link),
                at=at,
            )
        except Refused as refused:
            for reason in refused.decision.reasons:
                form.add_error(None, words_of_refusal(reason.code, reason.facts, reason.text))
        else:
            return HttpResponseRedirect(f"{reverse('web:answer', args=[token])}?done=1")
    is_open = referral.state != ReferralState.ENDED
    shown = not is_open or mark_seen(referral=referral, by=link_actor(link), at=at, on=today(at))
    return render(
        request,
        "openpes/signing/answer.html",
        {
            "form": form,
            "referral": referral,
            "person": introduced(referral, request.LANGUAGE_CODE) if shown else {},
            "shown": shown,
            "times_url": reverse("web:answer_times", args=[token]),
            "done": "done" in request.GET,
            "is_open": is_open,
            "country": country(),
            "today": today(at),
        },
        status=422 if form.errors else 200,
    )


def words_of_refusal(code: str, facts: dict[str, Any], text: str = "") -> str:
    """A refusal about a referral, an outcome or a vacancy in the reader's language."""
    sentence = REASON.get(code) or OF_PLACEMENTS.get(code) or OF_VACANCIES.get(code)
    return str(sentence) % facts if sentence else text or code
